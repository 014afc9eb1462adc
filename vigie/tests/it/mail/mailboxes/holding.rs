//! Who fetches a mailbox while a server takes its time, and what a server may not do: go on for ever, or repeat a password.

use std::sync::Arc;

use data_encoding::BASE64;
use tokio::sync::Semaphore;

use super::scripted::{Says, Scripted};
use super::*;

const FOR_EVER: usize = usize::MAX;

record! {
    struct Held { holder: Option<String>, held_until: i64 }
}

async fn held(w: &World, id: MailboxId) -> Held {
    w.db.read()
        .one(global!(
            "SELECT holder, held_until FROM mailbox_states WHERE mailbox_id = $1",
            id
        ))
        .await
        .unwrap()
}

/// Takes the lease away, as if it had run out unnoticed.
async fn taken_away(w: &World, id: MailboxId, by: Option<&str>) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!(
        "UPDATE mailbox_states SET holder = $2, held_until = 0 WHERE mailbox_id = $1",
        id,
        by
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

on_both_engines! {
    // IN-09: a letter that takes longer than the lease.
    async fn whoever_waits_for_a_slow_letter_keeps_the_mailbox(w) {
        post(w).await;
        let server = Scripted::start().await;
        server.arrives(&numbered(1));
        let gate = Arc::new(Semaphore::new(0));
        server.says("UID FETCH 1 (UID BODY", Says::Later(Arc::clone(&gate)), FOR_EVER);
        let id = added(w, &wanted(w, server.port).await).await;
        let pace = Pace { lease: Duration::from_millis(300), ..told() };
        let one = Fetching::with(w, pace.clone(), dialer(LONG_ENOUGH), letter::MOST_BYTES, 1);
        until("it is asked for", async || server.heard("UID FETCH 1 (UID BODY") == 1).await;
        let first = held(w, id).await.holder;
        let other = Fetching::with(w, pace, dialer(LONG_ENOUGH), letter::MOST_BYTES, 2);
        for _ in 0..5 {
            // Two thirds of a lease pass, and it is renewed.
            let before = held(w, id).await.held_until;
            w.clock.advance(kit::clock::Span(200_000));
            until("the lease is renewed", async || held(w, id).await.held_until > before).await;
            assert_eq!(held(w, id).await.holder, first);
        }
        gate.add_permits(9);
        until_kept(w, 1).await;
        assert_eq!(server.heard("UID FETCH 1 (UID BODY"), 1);
        one.ends().await;
        other.ends().await;
    }
}

on_both_engines! {
    // IN-09: both fetch the same letters, and one of them has lost the mailbox meanwhile.
    async fn whoever_lost_the_mailbox_while_letters_came_keeps_none_of_them(w) {
        post(w).await;
        let server = Scripted::start().await;
        for n in 1..21 {
            server.arrives(&numbered(n));
        }
        let gate = Arc::new(Semaphore::new(0));
        let all = "UID FETCH 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20 (UID BODY";
        server.says(all, Says::Later(Arc::clone(&gate)), 1);
        let id = added(w, &wanted(w, server.port).await).await;
        let one = Fetching::with(w, told(), dialer(LONG_ENOUGH), letter::MOST_BYTES, 1);
        until("it is asked for", async || server.heard(all) == 1).await;
        let first = held(w, id).await.holder;
        taken_away(w, id, None).await;
        let other = Fetching::with(w, told(), dialer(LONG_ENOUGH), letter::MOST_BYTES, 2);
        until_kept(w, 20).await;
        assert_eq!(server.heard(all), 2, "both fetched them");
        until("another one holds it", async || held(w, id).await.holder.is_some_and(|it| Some(it) != first)).await;
        gate.add_permits(1);
        until("the first gave up", async || server.with(|it| it.ended) == 1).await;
        assert_eq!((count(w, "incoming").await, stands(w, id).await.taken), (20, 20));
        one.ends().await;
        other.ends().await;
    }
}

on_both_engines! {
    async fn whoever_lost_the_mailbox_while_an_original_was_marked_writes_nothing_of_it(w) {
        post(w).await;
        let server = Scripted::start().await;
        server.arrives(&numbered(1));
        let gate = Arc::new(Semaphore::new(0));
        server.says("UID STORE", Says::Later(Arc::clone(&gate)), 1);
        let id = added(w, &Wanted { afterwards: Some(Afterwards::MarkRead), ..wanted(w, server.port).await }).await;
        let fetching = Fetching::start(w, told());
        until("it is being marked", async || server.heard("UID STORE") == 1).await;
        let now = w.now().plus(kit::clock::Span::days(1));
        taken_away(w, id, Some("somebody")).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE mailbox_states SET held_until = $2 WHERE mailbox_id = $1", id, now)).await.unwrap();
        tx.commit().await.unwrap();
        gate.add_permits(1);
        until("it gave up", async || server.with(|it| it.ended) == 1).await;
        record! { struct Open { n: i64 } }
        let open: Open = w.db.read().one(global!("SELECT COUNT(*) AS n FROM mailbox_letters WHERE is_settled = FALSE")).await.unwrap();
        assert_eq!((open.n, stands(w, id).await.succeeded_at), (1, None));
        fetching.ends().await;
    }
}

on_both_engines! {
    async fn a_server_that_repeats_what_it_said_wakes_nobody(w) {
        post(w).await;
        let server = Scripted::start().await;
        server.with(|it| it.offers = "IMAP4rev1 IDLE");
        server.arrives(&numbered(1));
        server.says("IDLE", Says::Text("+ idling\r\n* 1 EXISTS\r\n".to_owned()), FOR_EVER);
        let id = added(w, &wanted(w, server.port).await).await;
        let fetching = Fetching::start(w, Pace { idle: Duration::from_millis(200), ..told() });
        let often = async || until("it listened often", async || server.heard("IDLE") >= 6).await;
        let soon = tokio::time::timeout(Duration::from_millis(900), often()).await;
        assert!(soon.is_err(), "it was woken");
        often().await;
        // One that says more is heard at once.
        server.arrives(&numbered(2));
        server.says("IDLE", Says::Text("+ idling\r\n* 2 EXISTS\r\n".to_owned()), 1);
        until_kept(w, 2).await;
        assert_eq!(stands(w, id).await.fault, None);
        fetching.ends().await;
    }
}

on_both_engines! {
    // IN-13: it answers all the time, and never with an end.
    async fn a_server_that_goes_on_and_on_is_hung_up_on(w) {
        post(w).await;
        let server = Scripted::start().await;
        let quick = || dialer(Duration::from_millis(150));
        let id = added(w, &wanted(w, server.port).await).await;
        let test = async || {
            let found = tokio::time::timeout(LONG_ENOUGH, tested(w, id, quick()));
            found.await.expect("it has an end").map_err(|fault| fault.kind)
        };
        assert_eq!(test().await, Ok(0));
        server.says("EXAMINE", Says::Chatters, 1);
        let soon = tokio::time::timeout(Duration::from_millis(800), test()).await;
        assert_eq!(soon, Ok(Err(Kind::NoAnswer)), "whoever waits for it does not wait long");
        server.says("EXAMINE", Says::Text("* OK so it goes on and on and on and on\r\n".repeat(500_000)), 1);
        let found = tested(w, id, dialer(LONG_ENOUGH)).await;
        assert_eq!(found.map_err(|fault| fault.kind), Err(Kind::Endless));
        server.arrives(&numbered(1));
        server.says("UID SEARCH", Says::Chatters, 1);
        let fetching = Fetching::with(w, told(), quick(), letter::MOST_BYTES, 3);
        until("it is said", async || stands(w, id).await.fault == Some(Kind::NoAnswer)).await;
        until_kept(w, 1).await;
        fetching.ends().await;
    }
}

on_both_engines! {
    async fn a_password_that_a_server_repeats_is_shown_to_nobody(w) {
        post(w).await;
        let server = Scripted::start().await;
        let odd = "s3\"cret \\ word";
        let plain = wanted(w, server.port).await;
        let id = added(w, &Wanted { password: odd.to_owned(), ..plain }).await;
        let forms = [
            odd.to_owned(),
            odd.replace('\\', "\\\\").replace('"', "\\\""),
            BASE64.encode(odd.as_bytes()),
            BASE64.encode(format!("\0{LOGIN}\0{odd}").as_bytes()),
        ];
        let repeated = forms.join(" and ");
        for says in [Says::Text(format!("{{tag}} NO wrong: {repeated}, sorry\r\n")), Says::Bye(format!("wrong: {repeated}, sorry"))] {
            server.with(|it| it.table.clear());
            server.says("LOGIN", says, 1);
            let found = tested(w, id, dialer(LONG_ENOUGH)).await;
            let said = found.unwrap_err().said;
            assert!(said.contains("wrong: … and … and … and …") && said.contains("sorry"), "{said}");
            assert!(stands(w, id).await.test_said.contains("sorry"));
            assert!(forms.iter().all(|form| !said.contains(form.trim_end_matches('='))), "{said}");
        }
    }
}
