//! What becomes of originals on servers that can little, refuse, or break off in the middle.

use super::scripted::{Says, Scripted};
use super::*;

const FOR_EVER: usize = usize::MAX;

async fn moving(w: &World, server: &Scripted) -> (MailboxId, Fetching) {
    server.with(|it| it.offers = "IMAP4rev1 UIDPLUS");
    for n in 1..4 {
        server.arrives(&numbered(n));
    }
    let wanted = Wanted {
        afterwards: Some(Afterwards::Move),
        move_to: "Done".to_owned(),
        ..wanted(w, server.port).await
    };
    let id = added(w, &wanted).await;
    let pace = Pace {
        poll: Duration::from_millis(40),
        ..told()
    };
    (id, Fetching::start(w, pace))
}

/// Each was copied once, and nothing is left.
async fn moved_once(w: &World, server: &Scripted, fetching: Fetching) {
    until_kept(w, 3).await;
    until_settled(w).await;
    fetching.ends().await;
    let copies: Vec<String> =
        server.with(|it| it.copies.values().map(|it| it.raw.clone()).collect());
    assert_eq!(copies, [numbered(1), numbered(2), numbered(3)]);
    assert!(server.with(|it| it.letters.is_empty()));
}

fn no(times: usize) -> (Says, usize) {
    (Says::Text("{tag} NO not now\r\n".to_owned()), times)
}

on_both_engines! {
    // IN-11.
    async fn what_is_refused_is_no_attempt_and_is_done_once_it_may_be(w) {
        post(w).await;
        let server = Scripted::start().await;
        let (says, times) = no(6);
        server.says("UID COPY", says, times);
        let (id, fetching) = moving(w, &server).await;
        until("it is said", async || stands(w, id).await.fault == Some(Kind::NotSettled)).await;
        moved_once(w, &server, fetching).await;
        assert_eq!(server.heard("UID COPY"), 7);
    }
}

on_both_engines! {
    // IN-11.
    async fn an_original_that_cannot_be_deleted_yet_is_not_copied_again(w) {
        post(w).await;
        let server = Scripted::start().await;
        let (says, times) = no(6);
        server.says("UID STORE", says, times);
        let (_, fetching) = moving(w, &server).await;
        moved_once(w, &server, fetching).await;
        assert_eq!((server.heard("UID COPY"), server.heard("UID STORE")), (1, 7));
    }
}

on_both_engines! {
    // IN-11: the copy is made, and nobody hears of it.
    async fn a_copy_of_which_nobody_heard_is_looked_for_and_not_made_again(w) {
        post(w).await;
        let server = Scripted::start().await;
        server.says("UID COPY", Says::DoesAndGoes, 1);
        let (_, fetching) = moving(w, &server).await;
        moved_once(w, &server, fetching).await;
        assert_eq!(server.heard("UID COPY"), 1);
        assert_eq!(server.heard("EXAMINE \"Done\""), 1);
    }
}

on_both_engines! {
    // IN-11: the line breaks before the copy is made, each time.
    async fn a_copy_that_breaks_off_each_time_is_given_up(w) {
        post(w).await;
        let server = Scripted::start().await;
        server.says("UID COPY", Says::Goes, FOR_EVER);
        let (id, fetching) = moving(w, &server).await;
        until_kept(w, 3).await;
        until_settled(w).await;
        until("the mailbox was looked into", async || stands(w, id).await.succeeded_at.is_some()).await;
        fetching.ends().await;
        assert_eq!(server.heard("UID COPY"), 3);
        assert_eq!(server.with(|it| (it.letters.len(), it.copies.len())), (3, 0));
    }
}

on_both_engines! {
    // IN-15: no SASL, no IDLE, no MOVE, no UIDPLUS. What others marked as deleted is theirs to throw away.
    async fn a_server_that_can_nothing_beside_the_protocol_is_fetched_and_loses_nobody_elses_letters(w) {
        post(w).await;
        let server = Scripted::start().await;
        server.arrives(&numbered(1));
        server.arrives(&numbered(2));
        let id = added(w, &Wanted { afterwards: Some(Afterwards::Delete), ..wanted(w, server.port).await }).await;
        let fetching = Fetching::start(w, Pace { poll: Duration::from_millis(40), ..told() });
        until_kept(w, 2).await;
        server.arrives(&numbered(3));
        until_kept(w, 3).await;
        until_settled(w).await;
        until("nothing is wrong", async || stands(w, id).await.succeeded_at.is_some()).await;
        fetching.ends().await;
        let mut marked = server.with(|it| it.marked.clone());
        marked.sort_unstable();
        assert_eq!(marked, [1, 2, 3]);
        assert_eq!(server.with(|it| it.letters.len()), 3);
        assert!(server.heard("LOGIN ") > 0 && server.heard("AUTHENTICATE") == 0);
        assert_eq!(server.heard("IDLE") + server.heard("UID EXPUNGE") + server.heard("EXPUNGE"), 0);
    }
}
