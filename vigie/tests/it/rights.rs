//! Who sees what: one rule, the same through every way of looking.

use std::collections::BTreeSet;

use kit::db::Ask;
use kit::error::Error;
use kit::{record, scoped};
use vigie::tickets::listing::{Column, Filter, Order};
use vigie::tickets::machine::Deed;
use vigie::tickets::rights::Read;
use vigie::tickets::{TicketId, counts, listing, reading};

const NEWEST: Order = Order {
    column: Column::Activity,
    is_descending: true,
};

on_both_engines! {
    async fn everybody_sees_in_the_list_what_they_can_open_and_counts_agree(w) {
        for name in w.everybody() {
            let actor = w.actor(name);
            let mut db = w.db.read();
            let listed: BTreeSet<TicketId> = listing::page(&mut db, &actor, &Filter::default(), NEWEST, None, 200)
                .await.unwrap().rows.iter().map(|r| r.id).collect();
            let mut opened = BTreeSet::new();
            for (_, ticket) in w.tickets() {
                match reading::find::<Read>(&mut db, &actor, ticket).await {
                    Ok(may) => { opened.insert(may.id); }
                    Err(Error::NotFound) => {
                        let ticket = w.read(&actor, ticket).await;
                        assert!(reading::comments(&mut db, &actor, &ticket).await.unwrap().is_empty());
                        assert!(reading::events(&mut db, &actor, &ticket).await.unwrap().is_empty());
                        assert!(vigie::tickets::participants::of(&mut db, &actor, &ticket).await.unwrap().is_empty());
                    }
                    Err(other) => panic!("{name}: {other}"),
                }
            }
            assert_eq!(listed, opened, "{name}");
            let counted = counts::seen_by(&mut db, &actor).await.unwrap();
            assert_eq!(counted.all(), listed.len() as i64, "{name}");
        }
    }
}

on_both_engines! {
    async fn pages_walk_the_whole_list_both_ways_without_gap_or_repeat(w) {
        for column in Column::ALL.iter().copied() {
            for is_descending in [true, false] {
                let order = Order { column, is_descending };
                let ada = w.actor("ada");
                let whole: Vec<TicketId> = listing::page(&mut w.db.read(), &ada, &Filter::default(), order, None, 200)
                    .await.unwrap().rows.iter().map(|r| r.id).collect();
                let (mut walked, mut cursor) = (vec![], None);
                let mut last = None;
                loop {
                    let page = listing::page(&mut w.db.read(), &ada, &Filter::default(), order, cursor, 4).await.unwrap();
                    walked.extend(page.rows.iter().map(|r| r.id));
                    cursor = page.after;
                    if cursor.is_none() { last = page.before.or(last); break; }
                }
                assert_eq!(walked, whole, "{column:?} {is_descending}");
                let back = listing::page(&mut w.db.read(), &ada, &Filter::default(), order, last, 4).await.unwrap();
                assert_eq!(back.rows.iter().map(|r| r.id).collect::<Vec<_>>(), whole[4..8].to_vec());
            }
        }
    }
}

on_both_engines! {
    async fn a_customer_never_sees_an_internal_note(w) {
        for (name, ticket) in [("dora", "screen"), ("emil", "badge"), ("dora", "badge"), ("fay", "salary")] {
            let seen = w.read(&w.actor(name), w.ticket(ticket)).await;
            let words = reading::comments(&mut w.db.read(), &w.actor(name), &seen).await.unwrap();
            assert!(!words.is_empty());
            assert!(words.iter().all(|c| !c.body.contains("Staff only")), "{name} {ticket}");
        }
    }
}

on_both_engines! {
    async fn an_agent_loses_internal_notes_on_their_own_request_outside_their_scope(w) {
        let (ben, own) = (w.actor("ben"), w.ticket("own"));
        let cleo = w.actor("cleo");
        let mut tx = w.db.write().await.unwrap();
        let may = reading::find_to_change::<vigie::tickets::rights::Note>(&mut tx, &cleo, own).await.unwrap();
        vigie::tickets::verbs::note(&mut tx, &may, &cleo,
            vigie::tickets::comments::NewComment::typed("He forgot it again.", vigie::tickets::Origin::Web), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let his = reading::comments(&mut w.db.read(), &ben, &*w.read(&ben, own).await).await.unwrap();
        assert!(his.iter().all(|c| !c.body.contains("forgot")));
        let hers = reading::comments(&mut w.db.read(), &cleo, &*w.read(&cleo, own).await).await.unwrap();
        assert!(hers.iter().any(|c| c.body.contains("forgot")));
    }
}

on_both_engines! {
    async fn leaving_a_department_is_felt_by_the_next_question(w) {
        let (ben, printer) = (w.actor("ben"), w.ticket("printer"));
        assert!(reading::find::<Read>(&mut w.db.read(), &ben, printer).await.is_ok());
        let mut tx = w.db.write().await.unwrap();
        tx.run(kit::global!("DELETE FROM memberships WHERE person_id = $1", w.person("ben"))).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(reading::find::<Read>(&mut w.db.read(), &ben, printer).await, Err(Error::NotFound)));
        // What he holds by name stays.
        assert!(reading::find::<Read>(&mut w.db.read(), &ben, w.ticket("screen")).await.is_ok());
    }
}

on_both_engines! {
    async fn an_unscoped_query_is_no_way_to_a_right(w) {
        record! { #[derive(Debug)] struct Post { id: i64 } }
        let seen: Vec<Post> = w.db.read().all(scoped!(&w.actor("gil"),
            "SELECT i.id FROM incoming_mails i WHERE {visible:incoming_mails i}")).await.unwrap();
        assert!(seen.is_empty(), "the post is for administrators: {seen:?}");
        assert!(seen.iter().all(|p| p.id > 0));
    }
}

on_both_engines! {
    /// Everybody × every ticket × every deed, as one file that people read.
    async fn the_verdicts_are_the_reviewed_ones(w) {
        let deeds = [Deed::Take, Deed::TakeAndClose, Deed::TakeAndAsk, Deed::Assign, Deed::Release, Deed::Ask, Deed::Reply,
            Deed::Note, Deed::Postpone, Deed::Recall, Deed::Close, Deed::Approve, Deed::RefuseClosure, Deed::Refuse,
            Deed::Cancel, Deed::Reopen, Deed::Transfer, Deed::Link, Deed::Tag,
            Deed::ChangeSubject, Deed::ChangePriority, Deed::ChangeVisibility, Deed::ChangeRequester, Deed::ChangeOrigin, Deed::DeleteAttachment, Deed::Redact,
            Deed::Invite, Deed::Observe, Deed::AddObserver];
        let mut out = String::from("person × ticket → what they may do, + yes, or the missing right; absent: they cannot see it\n");
        for name in w.everybody() {
            let actor = w.actor(name);
            out.push_str(&format!("\n{name}\n"));
            for (short, id) in w.tickets() {
                let Ok(ticket) = reading::find::<Read>(&mut w.db.read(), &actor, id).await else { continue };
                let verdicts: Vec<String> = deeds.iter().map(|deed| {
                    use kit::authz::Judged;
                    match ticket.judge(&actor, deed.word()) {
                        Ok(()) => format!("{}+", deed.word()),
                        Err(because) => format!("{}:{}", deed.word(), because.0.trim_start_matches("right-").trim_start_matches("rule-")),
                    }
                }).collect();
                out.push_str(&format!("  {short} ({}) {}\n", ticket.state.word(), verdicts.join(" ")));
            }
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/expect/verdicts.txt");
        if std::fs::read_to_string(path).unwrap_or_default() != out {
            std::fs::write(format!("{path}.new"), &out).unwrap();
            panic!("verdicts changed: compare {path} with {path}.new");
        }
    }
}
