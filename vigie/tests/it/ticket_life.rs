//! What happens to a ticket, deed by deed.

use crate::world::World;
use axum::http::Method;
use kit::db::Ask;
use kit::error::Error;
use kit::{record, system};
use vigie::tickets::comments::NewComment;
use vigie::tickets::reading::{find, find_to_change};
use vigie::tickets::rights::{Approve, Close, Read, RefuseClosure, Release, Reopen, Reply, Take};
use vigie::tickets::{Hat, Origin, verbs};

record! { struct Count { n: i64 } }

on_both_engines! {
    async fn taking_a_free_ticket_puts_one_in_charge_and_tells_it_once(w) {
        let (ben, printer) = (w.actor("ben"), w.ticket("printer"));
        let mut tx = w.db.write().await.unwrap();
        let may = find_to_change::<Take>(&mut tx, &ben, printer).await.unwrap();
        let event = verbs::take(&mut tx, &may, &ben, Some(may.version), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let ticket = find::<Read>(&mut w.db.read(), &ben, printer).await.unwrap();
        assert_eq!(ticket.assignee_id, Some(w.person("ben")));
        assert_eq!(ticket.state.word(), "in_progress");
        assert_eq!(ticket.last_side, Hat::Agent);
        let jobs: Count = w.db.read().one(kit::global!(
            "SELECT COUNT(*) AS n FROM jobs WHERE kind = 'announce' AND payload = $1",
            format!("{{\"event\":{}}}", event.0)
        )).await.unwrap();
        assert_eq!(jobs.n, 1);
    }
}

on_both_engines! {
    async fn a_change_that_is_not_committed_never_happened(w) {
        let (ben, printer) = (w.actor("ben"), w.ticket("printer"));
        let before = w.stands(printer).await;
        let mut tx = w.db.write().await.unwrap();
        let may = find_to_change::<Take>(&mut tx, &ben, printer).await.unwrap();
        verbs::take(&mut tx, &may, &ben, None, w.now()).await.unwrap();
        drop(tx);
        assert_eq!(w.stands(printer).await, before);
    }
}

on_both_engines! {
    async fn a_stale_version_is_refused_with_both_versions_and_changes_nothing(w) {
        let (ben, screen) = (w.actor("ben"), w.ticket("screen"));
        let before = w.stands(screen).await;
        let mut tx = w.db.write().await.unwrap();
        let may = find_to_change::<Close>(&mut tx, &ben, screen).await.unwrap();
        let refused = verbs::close(&mut tx, &may, &ben, Some(1), None, w.now()).await.unwrap_err();
        assert!(matches!(refused, Error::Conflict(ref clash) if clash.seen == 1 && clash.current == before.1), "{refused}");
        drop(tx);
        assert_eq!(w.stands(screen).await, before);
    }
}

on_both_engines! {
    /// Faults PRES-21.
    async fn the_same_form_sent_twice_is_one_comment(w) {
        let (dora, screen) = (w.actor("dora"), w.ticket("screen"));
        let mut first = None;
        for _ in 0..2 {
            let mut tx = w.db.write().await.unwrap();
            let may = find_to_change::<Reply>(&mut tx, &dora, screen).await.unwrap();
            let mut words = NewComment::typed("Still black.", Origin::Portal);
            words.once = Some("form-1".to_owned());
            let written = verbs::reply(&mut tx, &may, &dora, words, w.now()).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(*first.get_or_insert(written.comment), written.comment);
        }
        let n: Count = w.db.read().one(system!(
            because = "a test counts the table itself",
            "SELECT COUNT(*) AS n FROM comments WHERE ticket_id = $1 AND once = 'form-1'", screen
        )).await.unwrap();
        assert_eq!(n.n, 1);
    }
}

on_both_engines! {
    async fn a_closure_is_refused_then_closed_again_and_approved_by_its_requester_only(w) {
        let (ben, emil, dora, badge) = (w.actor("ben"), w.actor("emil"), w.actor("dora"), w.ticket("badge"));
        // Dora is invited, not the requester.
        assert!(matches!(find::<Approve>(&mut w.db.read(), &dora, badge).await, Err(Error::Forbidden(_))));
        let mut tx = w.db.write().await.unwrap();
        let may = find_to_change::<RefuseClosure>(&mut tx, &emil, badge).await.unwrap();
        verbs::refuse_closure(&mut tx, &may, &emil, None, Some(NewComment::typed("Not mine yet.", Origin::Portal)), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(w.stands(badge).await.0, "in_progress");
        let mut tx = w.db.write().await.unwrap();
        let may = find_to_change::<Close>(&mut tx, &ben, badge).await.unwrap();
        verbs::close(&mut tx, &may, &ben, None, None, w.now()).await.unwrap();
        let may = find_to_change::<Approve>(&mut tx, &emil, badge).await.unwrap();
        verbs::approve(&mut tx, &may, &emil, None, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(w.stands(badge).await.0, "approved");
    }
}

on_both_engines! {
    async fn releasing_frees_the_ticket_and_reopening_an_unheld_one_leaves_it_free(w) {
        let (ben, dora, screen) = (w.actor("ben"), w.actor("dora"), w.ticket("screen"));
        let mut tx = w.db.write().await.unwrap();
        let may = find_to_change::<Release>(&mut tx, &ben, screen).await.unwrap();
        verbs::release(&mut tx, &may, &ben, None, w.now()).await.unwrap();
        let may = find_to_change::<Close>(&mut tx, &dora, screen).await.unwrap();
        verbs::close(&mut tx, &may, &dora, None, None, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(w.stands(screen).await.0, "approved", "the requester's own closure needs no approval");
        let mut tx = w.db.write().await.unwrap();
        let may = find_to_change::<Reopen>(&mut tx, &dora, screen).await.unwrap();
        verbs::reopen(&mut tx, &may, &dora, None, None, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(w.stands(screen).await.0, "free");
    }
}

on_both_engines! {
    async fn kept_counts_equal_counted_rows_after_everything(w) {
        let (ben, screen) = (w.actor("ben"), w.ticket("screen"));
        let mut tx = w.db.write().await.unwrap();
        let may = find_to_change::<Close>(&mut tx, &ben, screen).await.unwrap();
        verbs::close(&mut tx, &may, &ben, None, None, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let wrong: Count = w.db.read().one(system!(
            because = "a test compares kept counts with the table itself",
            "SELECT COUNT(*) AS n FROM ticket_counts c WHERE c.n <> (SELECT COUNT(*) FROM tickets t \
             WHERE t.department_id = c.department_id AND t.state = c.state AND COALESCE(t.assignee_id, 0) = c.holder \
             AND COALESCE(t.confidential_id, 0) = c.confidential)"
        )).await.unwrap();
        assert_eq!(wrong.n, 0);
        assert_eq!(forgetful(w).await, 0);
    }
}

/// Participants beside whom something else stands than what their ticket says.
pub async fn forgetful(w: &World) -> i64 {
    let wrong: Count = w.db.read().one(system!(
        because = "a test compares what is kept beside participants with the tickets themselves",
        "SELECT COUNT(*) AS n FROM participants p JOIN tickets t ON t.id = p.ticket_id WHERE p.state <> t.state \
         OR p.department <> t.department_id OR p.confidential <> COALESCE(t.confidential_id, 0) \
         OR p.holder <> COALESCE(t.assignee_id, 0) OR p.requester <> t.requester_id"
    )).await.unwrap();
    wrong.n
}

on_both_engines! {
    async fn other_words_from_a_form_one_came_back_to_are_words_of_their_own(w) {
        let (door, screen) = (w.door().await, w.ticket("screen"));
        let seen = w.stands(screen).await.1;
        // Its page stood in the browser's history, with its token; and everything is sent by a double click.
        for text in ["First.", "First.", "Second.", "Second."] {
            for (audience, said, token) in [("staff", "Note", "form-1"), ("public", "Reply", "form-2")] {
                let form = format!("audience={audience}&body={said}:+{text}&once={token}&version={seen}");
                let sent = door.asks("ben", Method::POST, &format!("/tickets/{screen}/comments"), &form).await;
                assert_eq!(sent.status, 303, "{}", sent.body);
            }
        }
        record! { #[derive(Debug)] struct Text { body: String } }
        let written: Vec<Text> = w.db.read().all(system!(
            because = "a test looks at the table itself",
            "SELECT c.body FROM comments c WHERE c.ticket_id = $1 AND c.body LIKE 'Note: %' UNION ALL \
             SELECT d.body FROM drafts d WHERE d.ticket_id = $1 AND d.state = 'held' ORDER BY 1", screen
        )).await.unwrap();
        let written: Vec<&str> = written.iter().map(|it| it.body.as_str()).collect();
        assert_eq!(written, ["Note: First.", "Note: Second.", "Reply: First.", "Reply: Second."]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_deed_done_already_takes_no_other_words_in_silence(w) {
        use vigie::tickets::deeds::{Wanted, act};
        let (ben, screen) = (w.actor("ben"), w.ticket("screen"));
        let (_, seen) = w.stands(screen).await;
        let closes = async |text: &str, seen: Option<i64>| {
            let words = Some(NewComment::typed(text, Origin::Web));
            act(&w.db, &ben, screen, Wanted::Close, seen, words, w.now()).await
        };
        closes("Done.", Some(seen)).await.unwrap();
        // A double click: the same words, and nothing more.
        closes("Done.", Some(seen)).await.unwrap();
        let (_, now) = w.stands(screen).await;
        assert_eq!(now, seen + 1);
        // From another tab, with other words: told, and told what stands there now.
        assert!(matches!(closes("Done, and more.", Some(seen)).await, Err(Error::Conflict(clash)) if clash.current == now));
        assert!(matches!(closes("Done, and more.", None).await, Err(Error::Forbidden(_))));
        act(&w.db, &ben, screen, Wanted::Close, Some(seen), None, w.now()).await.unwrap();
        assert_eq!(w.stands(screen).await.1, now);
    }
}
