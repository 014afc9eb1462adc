//! Letters that a server lists and does not hand over, or of which it says something that is not so.

use super::scripted::{Says, Scripted};
use super::*;

const FOR_EVER: usize = usize::MAX;

fn asks() -> Pace {
    Pace {
        poll: Duration::from_millis(60),
        ..told()
    }
}

on_both_engines! {
    // IN-13: refused, NIL, not to be read; each is said with its reason, and taken as soon as it comes.
    async fn one_letter_that_does_not_come_keeps_nobody_from_taking_the_others(w) {
        post(w).await;
        let server = Scripted::start().await;
        for n in 1..7 {
            server.arrives(&numbered(n));
        }
        server.says("UID FETCH 1,2", Says::Text("{tag} NO [SERVERBUG] broken\r\n".to_owned()), FOR_EVER);
        server.says("UID FETCH 2 (UID BODY", Says::Text("{tag} NO [SERVERBUG] broken\r\n".to_owned()), FOR_EVER);
        server.with(|it| {
            it.letters.get_mut(&4).unwrap().instead = Some("NIL");
            it.letters.get_mut(&5).unwrap().instead = Some("(((");
        });
        let id = added(w, &wanted(w, server.port).await).await;
        let fetching = Fetching::start(w, asks());
        until_kept(w, 3).await;
        until("the mailbox was looked into", async || stands(w, id).await.succeeded_at.is_some()).await;
        let it = stands(w, id).await;
        assert_eq!((it.taken, it.withheld, it.fault), (3, 3, None));
        assert_eq!(it.withheld_fault, Some(Kind::Unclear));
        let look = boxes::Look { name: "Support".to_owned(), fault: None, withheld: 3 };
        assert_eq!(boxes::looks(&mut w.db.read()).await.unwrap(), [look]);
        server.arrives(&numbered(7));
        until_kept(w, 4).await;
        // It is not asked for again and again, but it is.
        let asked = server.heard("UID FETCH 2 (UID BODY");
        assert_eq!(asked, 1);
        w.clock.advance(kit::clock::Span::seconds(61));
        until("it is asked for again", async || server.heard("UID FETCH 2 (UID BODY") > asked).await;
        until("the pause is longer", async || server.heard("UID FETCH 5 (UID BODY") == 2).await;
        assert_eq!(stands(w, id).await.withheld, 3);
        // One is thrown away by its reader, the others come.
        server.with(|it| {
            it.table.clear();
            it.letters.remove(&4);
            it.letters.get_mut(&5).unwrap().instead = None;
        });
        w.clock.advance(kit::clock::Span::seconds(121));
        until_kept(w, 6).await;
        until("nothing is withheld", async || stands(w, id).await.withheld == 0).await;
        assert_eq!(stands(w, id).await.withheld_fault, None);
        fetching.ends().await;
        let raw = store::letter_to_read(&mut w.db.read(), store::IncomingId(5)).await.unwrap().unwrap().raw;
        assert_eq!(raw, numbered(2).as_bytes());
    }
}

on_both_engines! {
    // IN-13.
    async fn a_letter_at_which_the_line_breaks_each_time_is_passed_over(w) {
        post(w).await;
        let server = Scripted::start().await;
        for n in 1..4 {
            server.arrives(&numbered(n));
        }
        server.says("UID FETCH 1,2,3 (UID BODY", Says::Goes, FOR_EVER);
        server.says("UID FETCH 2 (UID BODY", Says::Goes, FOR_EVER);
        let id = added(w, &wanted(w, server.port).await).await;
        let fetching = Fetching::start(w, asks());
        until_kept(w, 2).await;
        until("nothing is wrong any more", async || stands(w, id).await.fault.is_none()).await;
        let it = stands(w, id).await;
        assert_eq!((it.withheld, it.withheld_fault), (1, Some(Kind::Dropped)));
        fetching.ends().await;
    }
}

on_both_engines! {
    async fn one_that_is_larger_than_it_was_said_to_be_and_breaks_the_line_is_passed_over_too(w) {
        post(w).await;
        let server = Scripted::start().await;
        server.arrives(&numbered(1).replace("The words", &"many words\r\n".repeat(25_000)));
        server.arrives(&numbered(2));
        server.with(|it| it.letters.get_mut(&1).unwrap().size = 10);
        // It is begun, and breaks off each time when all of it is to come.
        let open = Arc::new(tokio::sync::Semaphore::new(1000));
        for _ in 0..100 {
            server.says("UID FETCH 1 (UID BODY", Says::Later(Arc::clone(&open)), 1);
            server.says("UID FETCH 1 (UID BODY", Says::Goes, 1);
        }
        let id = added(w, &wanted(w, server.port).await).await;
        let fetching = Fetching::start(w, asks());
        until("it is withheld", async || stands(w, id).await.withheld == 1).await;
        server.arrives(&numbered(3));
        until_kept(w, 2).await;
        assert_eq!(stands(w, id).await.withheld_fault, Some(Kind::Dropped));
        server.with(|it| it.table.clear());
        w.clock.advance(kit::clock::Span::seconds(61));
        until_kept(w, 3).await;
        fetching.ends().await;
    }
}

on_both_engines! {
    async fn a_server_that_gives_nothing_to_anybody_is_waited_for(w) {
        post(w).await;
        let server = Scripted::start().await;
        server.arrives(&numbered(1));
        server.arrives(&numbered(2));
        server.says("UID FETCH 1,2 (UID BODY", Says::Text("{tag} NO [UNAVAILABLE] later\r\n".to_owned()), 2);
        // Without such a word it counts as one, too, as long as none of several comes.
        server.says("UID FETCH 1,2 (UID BODY", Says::Text("{tag} NO\r\n".to_owned()), 1);
        server.says("UID FETCH 1 (UID BODY", Says::Text("{tag} NO\r\n".to_owned()), 1);
        server.says("UID FETCH 2 (UID BODY", Says::Text("{tag} NO\r\n".to_owned()), 1);
        let id = added(w, &wanted(w, server.port).await).await;
        let fetching = Fetching::start(w, asks());
        until_kept(w, 2).await;
        until("nothing is wrong any more", async || stands(w, id).await.fault.is_none()).await;
        fetching.ends().await;
        assert!(stands(w, id).await.failed_at.is_some());
        assert_eq!(server.heard("UID FETCH 1,2 (UID BODY"), 4);
        assert!(noted(w).await.iter().all(|it| it.state == "taken"));
    }
}

on_both_engines! {
    // IN-17: what a server says of a letter's size is a guess.
    async fn a_letter_is_as_large_as_it_is_and_not_as_it_is_said_to_be(w) {
        post(w).await;
        let server = Scripted::start().await;
        let most = 400_000;
        let large = |n: usize, bytes: usize| numbered(n).replace("The words", &"many words\r\n".repeat(bytes / 12));
        server.arrives(&large(1, 300_000));
        server.arrives(&large(2, most - 10_000));
        server.arrives(&large(3, 500_000));
        server.arrives(&large(4, 5_000_000));
        server.arrives(&numbered(5));
        server.with(|it| {
            for (uid, said) in [(1, 10), (2, most + 20_000), (3, 10), (4, 10)] {
                it.letters.get_mut(&uid).unwrap().size = said;
            }
        });
        let id = added(w, &Wanted { afterwards: Some(Afterwards::Delete), ..wanted(w, server.port).await }).await;
        let fetching = Fetching::with(w, asks(), dialer(LONG_ENOUGH), most, 4);
        // Three, and the head of one; the other has no end that is waited for.
        until_kept(w, 4).await;
        until_settled(w).await;
        until("nothing is wrong any more", async || stands(w, id).await.fault.is_none()).await;
        fetching.ends().await;
        let it = stands(w, id).await;
        assert_eq!((it.taken, it.too_large, it.withheld), (3, 2, 0));
        let raw = store::letter_to_read(&mut w.db.read(), store::IncomingId(1)).await.unwrap().unwrap().raw;
        assert!(raw == large(1, 300_000).as_bytes());
        assert!(server.with(|it| it.marked.iter().all(|uid| [1, 2, 5].contains(uid))));
    }
}

on_both_engines! {
    // IN-13: one that is silent, and one that says goodbye; a third is fetched meanwhile.
    async fn a_server_that_stands_still_or_says_goodbye_keeps_no_other_mailbox_waiting(w) {
        post(w).await;
        let (silent, other) = (Scripted::start().await, Scripted::start().await);
        silent.arrives(&numbered(1));
        silent.says("UID FETCH 1 (UID BODY", Says::Nothing, FOR_EVER);
        let id = added(w, &wanted(w, silent.port).await).await;
        let second = Wanted { login: "billing".to_owned(), channel: Some(channel(w, RED).await), ..wanted(w, other.port).await };
        added(w, &second).await;
        let fetching = Fetching::with(w, asks(), dialer(Duration::from_millis(400)), letter::MOST_BYTES, 4);
        until("it is being asked", async || silent.heard("UID FETCH 1 (UID BODY") > 0).await;
        other.arrives(&numbered(2));
        until_kept(w, 1).await;
        until("silence is said", async || stands(w, id).await.fault == Some(Kind::NoAnswer)).await;
        silent.with(|it| it.table.clear());
        silent.says("UID FETCH 1 (UID BODY", Says::Bye("going down".to_owned()), 1);
        silent.says("CAPABILITY", Says::Bye("not yet".to_owned()), 1);
        until("the goodbye is said", async || stands(w, id).await.fault_said == "not yet").await;
        // It may have been asked so often by now that it is asked again after a while only.
        until("the letter came", async || {
            w.clock.advance(kit::clock::Span::minutes(10));
            count(w, "incoming").await == 2
        }).await;
        fetching.ends().await;
        assert_eq!(noted(w).await.iter().filter(|it| it.state == "taken").count(), 2);
    }
}
