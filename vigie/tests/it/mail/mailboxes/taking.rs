//! What is taken, once, whatever happens to the folder and the line.

use std::sync::atomic::Ordering;

use super::proxy::Proxy;
use super::*;

on_both_engines! {
    async fn a_letter_is_told_of_by_the_server_kept_whole_and_becomes_a_ticket(w) {
        let post = post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        let id = added(w, &wanted(w, server.port).await).await;
        let fetching = Fetching::start(w, told());
        until("the mailbox was looked into", async || stands(w, id).await.succeeded_at.is_some()).await;
        assert_eq!(count(w, "incoming").await, 0);
        // Nobody asks within the hour: the server says so itself (IDLE).
        human.puts("INBOX", &numbered(1)).await;
        let told = tokio::time::timeout(Duration::from_secs(2), until_kept(w, 1)).await;
        assert!(told.is_ok(), "it took longer than two seconds");
        let kept = store::letter_to_read(&mut w.db.read(), store::IncomingId(1)).await.unwrap().unwrap();
        assert_eq!(kept.raw, numbered(1).as_bytes());
        let digest = blake3::hash(numbered(1).as_bytes()).to_hex().to_string();
        assert_eq!(noted(w).await, [Noted { folder: "INBOX".to_owned(), uid: 1, state: "taken".to_owned(), digest }]);
        assert_eq!(stands(w, id).await.taken, 1);
        work(&post).await;
        let ended = ended(w, 1).await;
        assert_eq!((ended.state.as_str(), ended.reason), ("done", None));
        let words = comments(w, ended.ticket_id.unwrap()).await;
        assert_eq!((words[0].author.as_str(), words[0].body.trim()), ("zoe@example.org", "The words of 1"));
        // And a second one, on the same connection.
        human.puts("INBOX", &numbered(2)).await;
        until_kept(w, 2).await;
        fetching.ends().await;
    }
}

on_both_engines! {
    // IN-15: without IDLE it is asked, without MOVE it is copied and deleted.
    async fn a_server_that_tells_nothing_is_asked_and_one_that_cannot_move_copies_once(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::Little).await else { return };
        let mut human = server.human().await;
        human.does("CREATE Done").await;
        let moving = Wanted { afterwards: Some(Afterwards::Move), move_to: "Done".to_owned(), ..wanted(w, server.port).await };
        added(w, &moving).await;
        let fetching = Fetching::start(w, Pace { poll: Duration::from_millis(100), ..told() });
        for n in 1..4 {
            human.puts("INBOX", &numbered(n)).await;
            until_kept(w, n as i64).await;
        }
        until_settled(w).await;
        fetching.ends().await;
        assert_eq!((human.count("INBOX").await, human.count("Done").await), (0, 3));
    }
}

on_both_engines! {
    // IN-04.
    async fn what_a_human_read_first_is_taken_all_the_same(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        for n in 1..4 {
            human.puts("INBOX", &numbered(n)).await;
        }
        human.does("SELECT INBOX").await;
        human.does("STORE 1:* +FLAGS (\\Seen)").await;
        added(w, &wanted(w, server.port).await).await;
        let fetching = Fetching::start(w, told());
        until_kept(w, 3).await;
        fetching.ends().await;
        // And what nobody read is not marked as read by being fetched.
        human.puts("INBOX", &numbered(4)).await;
        let fetching = Fetching::start(w, told());
        until_kept(w, 4).await;
        fetching.ends().await;
        assert_eq!(human.flags("INBOX").await, ["\\Seen", "\\Seen", "\\Seen", ""]);
    }
}

/// Gives the folder another numbering, as moving it to another server does; letters keep what they say.
async fn numbers_anew(human: &mut Human, folder: &str) {
    human.does("CREATE Aside").await;
    human.does(&format!("SELECT {folder}")).await;
    // In another order, so that numbers say nothing.
    human.does("UID COPY 3:* Aside").await;
    human.does("UID COPY 1:2 Aside").await;
    human.does("CLOSE").await;
    human.does(&format!("DELETE {folder}")).await;
    human.does(&format!("RENAME Aside {folder}")).await;
}

on_both_engines! {
    // IN-05, and IN-07: of two with the same head, the one that was not met is found by its bytes.
    async fn a_folder_that_is_numbered_anew_repeats_nothing_and_skips_nothing(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        human.does("CREATE Help").await;
        for n in 1..6 {
            human.puts("Help", &numbered(n)).await;
        }
        let help = Wanted { folder: "Help".to_owned(), ..wanted(w, server.port).await };
        let id = added(w, &help).await;
        let fetching = Fetching::start(w, told());
        until_kept(w, 5).await;
        fetching.ends().await;
        numbers_anew(&mut human, "Help").await;
        human.puts("Help", &numbered(6)).await;
        // Another letter under a head that was met.
        let twin = numbered(2).replace("The words of 2", "Other words altogether");
        human.puts("Help", &twin).await;
        let fetching = Fetching::start(w, told());
        until_kept(w, 7).await;
        human.puts("Help", &numbered(8)).await;
        until_kept(w, 8).await;
        fetching.ends().await;
        assert_eq!(stands(w, id).await.taken, 8);
        let rows = noted(w).await;
        // Under the first numbers five; under the others all eight, of which five were known.
        assert_eq!(rows.len(), 13);
        assert_eq!(rows[5..].iter().filter(|it| it.state == "known").count(), 5);
        // Once more, and nothing happens.
        let fetching = Fetching::start(w, told());
        until("the mailbox was looked into", async || stands(w, id).await.fault.is_none()).await;
        human.puts("Help", &numbered(9)).await;
        until_kept(w, 9).await;
        fetching.ends().await;
    }
}

on_both_engines! {
    // IN-16.
    async fn what_lay_there_is_left_when_only_new_letters_are_wanted_even_under_other_numbers(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        human.does("CREATE Help").await;
        for n in 1..4 {
            human.puts("Help", &numbered(n)).await;
        }
        let new_ones = Wanted { folder: "Help".to_owned(), begins: Some(Begins::FromNowOn), afterwards: Some(Afterwards::MarkRead), ..wanted(w, server.port).await };
        let id = added(w, &new_ones).await;
        let fetching = Fetching::start(w, told());
        until("the mailbox was looked into", async || stands(w, id).await.succeeded_at.is_some()).await;
        human.puts("Help", &numbered(4)).await;
        until_kept(w, 1).await;
        until_settled(w).await;
        fetching.ends().await;
        assert_eq!(human.flags("Help").await, ["", "", "", "\\Seen"]);
        numbers_anew(&mut human, "Help").await;
        human.puts("Help", &numbered(5)).await;
        let fetching = Fetching::start(w, told());
        until_kept(w, 2).await;
        fetching.ends().await;
        let raw = store::letter_to_read(&mut w.db.read(), store::IncomingId(2)).await.unwrap().unwrap().raw;
        assert_eq!(raw, numbered(5).as_bytes());
    }
}

on_both_engines! {
    // IN-13: in the middle of the third letter, then in its last line; then it holds.
    async fn a_line_that_breaks_in_the_middle_of_a_letter_loses_and_halves_nothing(w) {
        let post = post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        let large = |n: usize| numbered(n).replace("The words", &"a line of words\r\n".repeat(3000));
        for n in 1..5 {
            human.puts("INBOX", &large(n)).await;
        }
        let one = large(1).len();
        let proxy = Proxy::to(server.port, vec![600, 2 * one + one / 2, one + one / 3, one + 1400, 900]).await;
        let id = added(w, &wanted(w, proxy.port).await).await;
        let fetching = Fetching::start(w, told());
        until_kept(w, 4).await;
        until("nothing is wrong any more", async || stands(w, id).await.fault.is_none()).await;
        fetching.ends().await;
        assert!(proxy.cuts.load(Ordering::SeqCst) >= 3, "the line broke");
        assert!(stands(w, id).await.failed_at.is_some());
        for n in 1..5 {
            let raw = store::letter_to_read(&mut w.db.read(), store::IncomingId(n)).await.unwrap().unwrap().raw;
            assert_eq!(raw, large(n as usize).as_bytes(), "whole, in their order");
        }
        work(&post).await;
        assert_eq!(ended(w, 4).await.state, "done");
    }
}

on_both_engines! {
    // IN-09: two processes, and one of them dies.
    async fn two_processes_on_one_mailbox_take_each_letter_once_and_one_goes_on_where_the_other_died(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        for n in 0..40 {
            human.puts("INBOX", &numbered(n)).await;
        }
        let id = added(w, &wanted(w, server.port).await).await;
        let one = Fetching::with(w, told(), dialer(LONG_ENOUGH), letter::MOST_BYTES, 1);
        let other = Fetching::with(w, told(), dialer(LONG_ENOUGH), letter::MOST_BYTES, 2);
        until_kept(w, 40).await;
        record! { struct Holder { holder: Option<String> } }
        let holder = async || {
            let row: Holder = w.db.read().one(global!("SELECT holder FROM mailbox_states WHERE mailbox_id = $1", id)).await.unwrap();
            row.holder
        };
        let first = holder().await;
        // Told to end, a process lets go, and the other takes over at once.
        one.ends().await;
        until("somebody holds it", async || holder().await.is_some()).await;
        human.puts("INBOX", &numbered(41)).await;
        until_kept(w, 41).await;
        // Dead, it does not: its lease must run out.
        other.task.abort();
        let dead = holder().await;
        let third = Fetching::with(w, told(), dialer(LONG_ENOUGH), letter::MOST_BYTES, 3);
        human.puts("INBOX", &numbered(42)).await;
        w.clock.advance(kit::clock::Span::seconds(31));
        until("another one holds it", async || holder().await != dead).await;
        until("the letter is kept", async || count(w, "incoming").await >= 42).await;
        assert_eq!(count(w, "incoming").await, 42);
        assert_eq!(stands(w, id).await.taken, 42);
        assert!(first.is_some());
        third.ends().await;
    }
}

on_both_engines! {
    // IN-09, the second lock: whatever a lease says, a letter of one number is noted once.
    async fn a_letter_of_one_number_is_kept_once_even_by_two_who_both_hold_the_mailbox(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        for n in 0..60 {
            human.puts("INBOX", &numbered(n)).await;
        }
        let id = added(w, &wanted(w, server.port).await).await;
        // The same chance gives both the same name: each takes itself for the one that holds it, and both take at once.
        let both = [9, 9].map(|seed| Fetching::with(w, told(), dialer(LONG_ENOUGH), letter::MOST_BYTES, seed));
        until_kept(w, 60).await;
        human.puts("INBOX", &numbered(60)).await;
        until_kept(w, 61).await;
        for one in both {
            one.ends().await;
        }
        // As if one had died before it noted how far it came.
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE mailbox_states SET next_uid = 3 WHERE mailbox_id = $1", id)).await.unwrap();
        tx.commit().await.unwrap();
        let fetching = Fetching::start(w, told());
        human.puts("INBOX", &numbered(61)).await;
        until_kept(w, 62).await;
        fetching.ends().await;
        assert_eq!(noted(w).await.len(), 62);
        assert_eq!(stands(w, id).await.taken, 62);
    }
}

on_both_engines! {
    // IN-11: by UID, while somebody else throws letters away.
    async fn each_original_ends_as_it_was_said_and_no_other_is_touched(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        human.does("CREATE \"Done &AOk-t&AOk-\"").await;
        let base = wanted(w, server.port).await;
        let id = added(w, &Wanted { is_active: false, ..base.clone() }).await;
        let mut kept = 0;
        let fates = [
            (Afterwards::Leave, "", vec!["", "\\Flagged"], 0),
            (Afterwards::MarkRead, "", vec!["\\Seen", "\\Flagged \\Seen"], 0),
            (Afterwards::Move, "Done été", vec![], 2),
            (Afterwards::Delete, "", vec![], 2),
        ];
        for (afterwards, move_to, flags, moved) in fates {
            human.does("SELECT INBOX").await;
            human.does("UID STORE 1:* +FLAGS (\\Deleted)").await;
            human.does("EXPUNGE").await;
            let fate = Wanted { afterwards: Some(afterwards), move_to: move_to.to_owned(), is_active: true, ..base.clone() };
            changed(w, id, &fate).await;
            human.puts("INBOX", &numbered(kept as usize + 1)).await;
            human.puts("INBOX", &numbered(kept as usize + 2)).await;
            human.does("STORE 2 +FLAGS (\\Flagged)").await;
            let fetching = Fetching::start(w, told());
            kept += 2;
            until_kept(w, kept).await;
            until_settled(w).await;
            fetching.ends().await;
            assert_eq!(human.flags("INBOX").await, flags, "{afterwards:?}");
            assert_eq!(human.count("\"Done &AOk-t&AOk-\"").await, moved, "{afterwards:?}");
        }
    }
}

on_both_engines! {
    // IN-02: what cannot be committed is not marked, moved or deleted, and is fetched again.
    async fn nothing_is_done_to_an_original_before_its_letter_is_kept(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        human.puts("INBOX", &numbered(1)).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "a test takes a table away", "ALTER TABLE incoming_mails RENAME TO incoming_elsewhere")).await.unwrap();
        tx.commit().await.unwrap();
        let id = added(w, &Wanted { afterwards: Some(Afterwards::Delete), ..wanted(w, server.port).await }).await;
        let fetching = Fetching::start(w, told());
        until("it cannot be kept", async || stands(w, id).await.fault == Some(Kind::NotKept)).await;
        assert_eq!(human.flags("INBOX").await, [""]);
        assert_eq!(noted(w).await, []);
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "a test puts a table back", "ALTER TABLE incoming_elsewhere RENAME TO incoming_mails")).await.unwrap();
        tx.commit().await.unwrap();
        until_kept(w, 1).await;
        until_settled(w).await;
        until("nothing is wrong any more", async || stands(w, id).await.fault.is_none()).await;
        fetching.ends().await;
        assert_eq!(human.count("INBOX").await, 0);
    }
}

on_both_engines! {
    // IN-07, IN-08, IN-19.
    async fn one_message_id_over_two_letters_two_mailboxes_and_what_comes_out_of_junk(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        human.does("CREATE Billing").await;
        human.does("CREATE Junk").await;
        added(w, &wanted(w, server.port).await).await;
        let billing = Wanted { name: "Billing".to_owned(), folder: "Billing".to_owned(), channel: Some(channel(w, RED).await), ..wanted(w, server.port).await };
        added(w, &billing).await;
        human.puts("Junk", &numbered(3)).await;
        // The same Message-ID over other words: both are kept.
        human.puts("INBOX", &numbered(1)).await;
        human.puts("INBOX", &numbered(1).replace("The words", "Others")).await;
        let fetching = Fetching::start(w, told());
        until_kept(w, 2).await;
        // One letter in two mailboxes of two departments: one ticket in each, and no more.
        human.puts("INBOX", &numbered(2)).await;
        human.puts("Billing", &numbered(2)).await;
        until_kept(w, 4).await;
        // The same bytes once more are the same letter.
        human.puts("INBOX", &numbered(2)).await;
        // What a filter was wrong about comes later, and is older than what came before it.
        human.does("SELECT Junk").await;
        human.does("MOVE 1 INBOX").await;
        until_kept(w, 5).await;
        fetching.ends().await;
    }
}
