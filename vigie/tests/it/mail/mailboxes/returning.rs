//! Finding one's place again: after a server was put right, numbered anew or put back, and where heads say little or much.

use super::scripted::{Says, Scripted};
use super::*;

const FOR_EVER: usize = usize::MAX;

fn asks() -> Pace {
    Pace {
        poll: Duration::from_millis(60),
        ..told()
    }
}

fn none() -> Says {
    Says::Text("* SEARCH\r\n{tag} OK done\r\n".to_owned())
}

async fn looked(w: &World, id: MailboxId, fetching: Fetching) {
    w.clock.advance(kit::clock::Span::seconds(1));
    let now = w.now();
    until("the mailbox was looked into", async || {
        stands(w, id).await.succeeded_at >= Some(now)
    })
    .await;
    fetching.ends().await;
}

on_both_engines! {
    // IN-16.
    async fn what_came_while_a_server_was_named_wrongly_is_new_and_what_lies_in_another_mailbox_is_not(w) {
        post(w).await;
        let server = Scripted::start().await;
        server.arrives(&numbered(1));
        let new_ones = Wanted { begins: Some(Begins::FromNowOn), ..wanted(w, server.port).await };
        let id = added(w, &new_ones).await;
        looked(w, id, Fetching::start(w, asks())).await;
        server.arrives(&numbered(2));
        let fetching = Fetching::start(w, asks());
        until_kept(w, 1).await;
        fetching.ends().await;
        // The same mailbox under another name: what came meanwhile is taken, however old it is said to be.
        server.arrives(&numbered(3));
        server.says("UID SEARCH SINCE", none(), FOR_EVER);
        changed(w, id, &Wanted { login: "help".to_owned(), ..new_ones.clone() }).await;
        let fetching = Fetching::start(w, asks());
        until_kept(w, 2).await;
        looked(w, id, fetching).await;
        assert_eq!(count(w, "incoming").await, 2);
        // Another mailbox: what lies there is old, but for what came since one looked.
        let other = Scripted::start().await;
        for n in 11..14 {
            other.arrives(&numbered(n));
        }
        other.says("UID SEARCH SINCE", Says::Text("* SEARCH 3\r\n{tag} OK done\r\n".to_owned()), FOR_EVER);
        let elsewhere = Wanted { login: "other".to_owned(), ..wanted(w, other.port).await };
        changed(w, id, &Wanted { begins: Some(Begins::FromNowOn), ..elsewhere }).await;
        let fetching = Fetching::start(w, asks());
        until_kept(w, 3).await;
        other.arrives(&numbered(14));
        until_kept(w, 4).await;
        looked(w, id, fetching).await;
        assert_eq!(count(w, "incoming").await, 4);
        let raw = store::letter_to_read(&mut w.db.read(), store::IncomingId(3)).await.unwrap().unwrap().raw;
        assert_eq!(raw, numbered(13).as_bytes());
        let said = other.with(|it| it.heard.iter().find(|it| it.starts_with("UID SEARCH SINCE")).cloned());
        assert_eq!(said.as_deref(), Some("UID SEARCH SINCE 22-Nov-2026"));
    }
}

on_both_engines! {
    // IN-05: what has no head is known by its bytes, and taken when it is not.
    async fn a_letter_without_a_head_in_a_folder_numbered_anew_is_taken(w) {
        post(w).await;
        let server = Scripted::start().await;
        for n in 1..4 {
            server.arrives(&numbered(n));
        }
        let id = added(w, &wanted(w, server.port).await).await;
        let fetching = Fetching::start(w, asks());
        until_kept(w, 3).await;
        fetching.ends().await;
        server.arrives(&numbered(4));
        server.with(|it| it.validity = 8);
        for refused in ["UID FETCH 1,2,3,4 (UID RFC822.SIZE BODY", "UID FETCH 2 (UID RFC822.SIZE BODY", "UID FETCH 4 (UID RFC822.SIZE BODY",
            "UID FETCH 1,2 (UID RFC822.SIZE BODY", "UID FETCH 3,4 (UID RFC822.SIZE BODY"] {
            server.says(refused, Says::Text("{tag} NO no heads\r\n".to_owned()), FOR_EVER);
        }
        let fetching = Fetching::start(w, asks());
        until_kept(w, 4).await;
        looked(w, id, fetching).await;
        assert_eq!(stands(w, id).await.taken, 4);
        assert_eq!(noted(w).await.iter().filter(|it| it.state == "known").count(), 3);
    }
}

on_both_engines! {
    // IN-05: put back from a copy, a folder says that it is the same.
    async fn numbers_that_go_back_are_another_folder_whatever_it_says(w) {
        post(w).await;
        let server = Scripted::start().await;
        for n in 1..5 {
            server.arrives(&numbered(n));
        }
        let id = added(w, &wanted(w, server.port).await).await;
        let fetching = Fetching::start(w, asks());
        until_kept(w, 4).await;
        fetching.ends().await;
        server.with(|it| {
            it.letters.clear();
            it.next = 1;
        });
        for n in [3, 9] {
            server.arrives(&numbered(n));
        }
        let fetching = Fetching::start(w, asks());
        until_kept(w, 5).await;
        server.arrives(&numbered(10));
        until_kept(w, 6).await;
        looked(w, id, fetching).await;
        assert_eq!(stands(w, id).await.taken, 6);
        // Once more, and it is the same folder.
        let rows = noted(w).await.len();
        looked(w, id, Fetching::start(w, asks())).await;
        assert_eq!((noted(w).await.len(), count(w, "incoming").await), (rows, 6));
    }
}

on_both_engines! {
    async fn heads_that_are_large_together_are_asked_for_in_halves(w) {
        post(w).await;
        let server = Scripted::start().await;
        for n in 0..110 {
            let large = format!("Subject: {}", "x".repeat(70_000));
            server.arrives(&numbered(n).replace("Subject: ", &large));
        }
        let new_ones = Wanted { begins: Some(Begins::FromNowOn), ..wanted(w, server.port).await };
        let id = added(w, &new_ones).await;
        let fetching = Fetching::start(w, asks());
        until("the mailbox was looked into", async || stands(w, id).await.succeeded_at.is_some()).await;
        server.arrives(&numbered(200));
        until_kept(w, 1).await;
        fetching.ends().await;
        assert_eq!(stands(w, id).await.failed_at, None);
        assert_eq!(noted(w).await.iter().filter(|it| it.state == "before").count(), 110);
    }
}
