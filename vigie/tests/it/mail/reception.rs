//! How letters come in: over real connections.

use std::time::Duration;

use vigie::mail::receive::Limits;

use super::*;

fn quick() -> Limits {
    Limits {
        silence: Duration::from_millis(600),
        ..Limits::default()
    }
}

on_both_engines! {
    /// The answer comes after the commit (IN-20).
    async fn a_letter_is_kept_before_it_is_acknowledged(w) {
        let post = post(w).await;
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        caller.announce(&[BLUE]).await;
        let sent = letter("Zoé <zoe@example.org>", BLUE, "Hello", "", "..dots\nstay");
        caller.say(&sent.replace("\r\n.", "\r\n..")).await;
        assert!(caller.ask(".").await.starts_with("250"));
        let kept = store::letter_to_read(&mut w.db.read(), store::IncomingId(1)).await.unwrap().unwrap();
        assert_eq!(kept.raw, sent.as_bytes());
        assert_eq!(kept.envelope_from, "sender@example.org");
        assert_eq!(count(w, "read jobs").await, 1);
        assert!(caller.ask("QUIT").await.starts_with("221"));
    }
}

on_both_engines! {
    /// A sender that did not hear the answer sends again (IN-20).
    async fn a_sender_who_repeats_itself_is_believed_once(w) {
        let post = post(w).await;
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        for _ in 0..3 {
            caller.announce(&[BLUE]).await;
            caller.say(&letter("a@example.org", BLUE, "Same", "", "same")).await;
            assert!(caller.ask(".").await.starts_with("250"));
        }
        assert_eq!(count(w, "incoming").await, 1);
        assert_eq!(count(w, "read jobs").await, 1);
    }
}

on_both_engines! {
    /// And to each of them once (IN-08, LOOP-08).
    async fn one_letter_to_two_channels_is_one_row_each_and_one_commit(w) {
        let post = post(w).await;
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        let plus = token(w, w.ticket("printer"), "dora");
        caller.announce(&[BLUE, RED, &plus]).await;
        caller.say(&letter("a@example.org", BLUE, "Both", "", "both")).await;
        assert!(caller.ask(".").await.starts_with("250"));
        assert_eq!(count(w, "incoming").await, 2);
        let kept = store::letter_to_read(&mut w.db.read(), store::IncomingId(1)).await.unwrap().unwrap();
        assert_eq!(kept.envelope_to, format!("{BLUE} {plus}"));
    }
}

on_both_engines! {
    async fn nobody_unknown_is_written_to_and_nothing_is_relayed(w) {
        let post = post(w).await;
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        caller.ask("EHLO x").await;
        assert!(caller.ask("RCPT TO:<help@nordet.example>").await.starts_with("503"));
        caller.ask("MAIL FROM:<>").await;
        for to in ["someone@elsewhere.org", "nobody@nordet.example", "help%elsewhere.org@nordet.example", "help@nordet.example@evil.org"] {
            let answer = caller.ask(&format!("RCPT TO:<{to}>")).await;
            assert!(answer.starts_with("550") || answer.starts_with("501"), "{to}: {answer}");
        }
        assert!(caller.ask("DATA").await.starts_with("503"));
        assert!(caller.ask("RCPT TO:<HELP+1.2.abc@Nordet.Example>").await.starts_with("250"));
        assert_eq!(count(w, "incoming").await, 0);
    }
}

on_both_engines! {
    /// A second letter in the same breath is read as commands only where one may begin (IN-21).
    async fn pipelined_commands_are_answered_in_order(w) {
        let post = post(w).await;
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        let offer = caller.ask("EHLO x").await;
        for offered in ["PIPELINING", "SIZE 26214400", "8BITMIME", "SMTPUTF8"] {
            assert!(offer.contains(offered), "{offer}");
        }
        assert!(!offer.contains("CHUNKING"), "{offer}");
        caller.say(&format!("MAIL FROM:<a@example.org> SIZE=100 BODY=8BITMIME\r\nRCPT TO:<{BLUE}>\r\nRCPT TO:<x@y.org>\r\nDATA\r\n")).await;
        let mut answers = vec![];
        for _ in 0..4 {
            answers.push(caller.hear().await[..3].to_owned());
        }
        assert_eq!(answers, ["250", "250", "550", "354"]);
        caller.say(&format!("{}.\r\nRSET\r\nNOOP\r\nQUIT\r\n", letter("a@example.org", BLUE, "P", "", "p"))).await;
        for expected in ["250", "250", "250", "221"] {
            assert_eq!(caller.hear().await[..3], *expected);
        }
        assert_eq!(count(w, "incoming").await, 1);
    }
}

on_both_engines! {
    /// What looks like commands behind it is read by nobody (IN-21).
    async fn a_letter_sent_before_it_was_asked_for_is_not_taken(w) {
        let post = post(w).await;
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        caller.ask("EHLO x").await;
        caller.say(&format!("MAIL FROM:<a@example.org>\r\nRCPT TO:<{BLUE}>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\n")).await;
        caller.hear().await;
        caller.hear().await;
        assert!(caller.hear().await.starts_with("503"));
        assert_eq!(caller.hear().await, "");
        assert_eq!(count(w, "incoming").await, 0);
    }
}

on_both_engines! {
    /// Whatever end another server takes for one (IN-21).
    async fn no_letter_can_be_smuggled_in_behind_another(w) {
        let post = post(w).await;
        let door = open_door(&post, quick()).await;
        for end in ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\r\r\n.\r\n", "\r\n.\r\r\n"] {
            let mut caller = Caller::to(&door).await;
            caller.announce(&[BLUE]).await;
            caller.say(&format!(
                "Subject: first\r\n\r\nfirst{end}MAIL FROM:<boss@nordet.example>\r\nRCPT TO:<{BLUE}>\r\nDATA\r\nSubject: smuggled\r\n\r\nsmuggled\r\n.\r\n"
            )).await;
            let answer = caller.hear().await;
            assert!(answer.starts_with("521"), "{end:?}: {answer}");
            assert_eq!(caller.hear().await, "", "{end:?}");
        }
        assert_eq!(count(w, "incoming").await, 0);
        let mut caller = Caller::to(&door).await;
        caller.say("EHLO x\nMAIL FROM:<a@b.c>\r\n").await;
        assert!(caller.hear().await.starts_with("521"));
        let mut caller = Caller::to(&door).await;
        caller.ask("EHLO x").await;
        caller.say("BDAT 10 LAST\r\n0123456789QUIT\r\n").await;
        assert!(caller.hear().await.starts_with("502"));
        assert_eq!(caller.hear().await, "");
    }
}

on_both_engines! {
    async fn lmtp_answers_for_each_recipient(w) {
        let post = post(w).await;
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        assert!(caller.ask("LHLO relay").await.starts_with("250"));
        caller.ask("MAIL FROM:<a@example.org>").await;
        caller.ask(&format!("RCPT TO:<{BLUE}>")).await;
        assert!(caller.ask("RCPT TO:<x@y.org>").await.starts_with("550"));
        caller.ask(&format!("RCPT TO:<{RED}>")).await;
        caller.ask("DATA").await;
        caller.say(&letter("a@example.org", BLUE, "L", "", "l")).await;
        caller.say(".\r\n").await;
        assert!(caller.hear().await.starts_with("250"));
        assert!(caller.hear().await.starts_with("250"));
        assert!(caller.ask("NOOP").await.starts_with("250 2.0.0"));
        assert_eq!(count(w, "incoming").await, 2);
    }
}

on_both_engines! {
    async fn what_is_too_large_is_refused_and_the_connection_goes_on(w) {
        let post = post(w).await;
        let limits = Limits { most_bytes: 2000, ..quick() };
        let door = open_door(&post, limits).await;
        let mut caller = Caller::to(&door).await;
        caller.ask("EHLO x").await;
        // The sentence reaches whoever wrote the letter, in the report of their own server.
        let refusal = "552 5.3.4 too large: at most 2000 bytes are taken here; write without the files and add them to your request on its page";
        assert_eq!(caller.ask("MAIL FROM:<a@example.org> SIZE=2001").await.trim_end(), refusal);
        caller.announce(&[BLUE]).await;
        caller.say(&letter("a@example.org", BLUE, "Big", "", &"x".repeat(3000))).await;
        assert_eq!(caller.ask(".").await.trim_end(), refusal);
        caller.announce(&[BLUE]).await;
        caller.say(&letter("a@example.org", BLUE, "Small", "", "x")).await;
        assert!(caller.ask(".").await.starts_with("250"));
        assert_eq!(count(w, "incoming").await, 1);
    }
}

on_both_engines! {
    async fn whoever_says_nothing_or_too_much_or_comes_too_many_is_sent_away(w) {
        let post = post(w).await;
        let limits = Limits { connections: 2, mistakes: 3, silence: Duration::from_millis(150), ..Limits::default() };
        let door = open_door(&post, limits).await;
        let mut silent = Caller::to(&door).await;
        assert!(silent.hear().await.starts_with("421"));
        let mut endless = Caller::to(&door).await;
        endless.say(&"x".repeat(5000)).await;
        assert!(endless.hear().await.starts_with("500"));
        drop((silent, endless));
        let mut clumsy = Caller::to(&door).await;
        for _ in 0..3 {
            assert!(clumsy.ask("XYZZY").await.starts_with("500"));
        }
        assert!(clumsy.hear().await.starts_with("421"));
    }
}

on_both_engines! {
    async fn a_third_connection_is_told_to_come_back(w) {
        let post = post(w).await;
        let limits = Limits { connections: 2, ..quick() };
        let door = open_door(&post, limits).await;
        let mut first = Caller::to(&door).await;
        let mut second = Caller::to(&door).await;
        assert!(first.ask("NOOP").await.starts_with("250"));
        assert!(second.ask("NOOP").await.starts_with("250"));
        let mut third = TcpStream::connect(("127.0.0.1", door.port)).await.unwrap();
        let mut said = String::new();
        third.read_to_string(&mut said).await.unwrap();
        assert!(said.starts_with("421"), "{said}");
        assert!(first.ask("NOOP").await.starts_with("250"));
    }
}

on_both_engines! {
    /// No commit, no answer (IN-20).
    async fn nothing_is_acknowledged_while_the_database_does_not_answer(w) {
        let post = post(w).await;
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        caller.announce(&[BLUE]).await;
        w.db.close().await;
        caller.say(&letter("a@example.org", BLUE, "Lost?", "", "x")).await;
        assert!(caller.ask(".").await.starts_with("451"));
        caller.ask("MAIL FROM:<a@example.org>").await;
        assert!(caller.ask(&format!("RCPT TO:<{BLUE}>")).await.starts_with("451"));
    }
}

on_both_engines! {
    /// Killed at that moment (IN-20).
    async fn a_desk_that_dies_between_the_last_dot_and_the_answer_has_the_letter_once(w) {
        let post = post(w).await;
        let sent = letter("a@example.org", BLUE, "Once", "", "once");
        // Somebody holds the row this letter will have, so that its commit cannot happen yet.
        let mut blocking = w.db.write().await.unwrap();
        let digest = blake3::hash(sent.as_bytes()).to_hex().to_string();
        let channel = store::channel_at(&mut blocking, BLUE).await.unwrap().unwrap();
        let row = store::NewIncoming { channel, digest: &digest, raw: b"x", envelope_from: "", envelope_to: "", source: &store::Source::default(), left_bytes: None };
        store::keep(&mut blocking, &row, post.clock.now()).await.unwrap();
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        caller.announce(&[BLUE]).await;
        caller.say(&format!("{sent}.\r\n")).await;
        let answer = tokio::time::timeout(Duration::from_millis(300), caller.hear()).await;
        assert!(answer.is_err(), "answered before the commit: {answer:?}");
        door.task.abort();
        drop(blocking);
        // The sender heard nothing and comes back, whatever became of the first time.
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        caller.announce(&[BLUE]).await;
        caller.say(&sent).await;
        assert!(caller.ask(".").await.starts_with("250"));
        assert_eq!(count(w, "incoming").await, 1);
        assert_eq!(count(w, "read jobs").await, 1);
    }
}

on_both_engines! {
    async fn a_desk_that_stops_says_so_and_keeps_what_it_acknowledged(w) {
        let post = post(w).await;
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        caller.announce(&[BLUE]).await;
        caller.say(&letter("a@example.org", BLUE, "S", "", "s")).await;
        assert!(caller.ask(".").await.starts_with("250"));
        door.stop.send(true).unwrap();
        assert!(caller.hear().await.starts_with("421"));
        door.task.await.unwrap();
        assert_eq!(count(w, "incoming").await, 1);
    }
}

on_both_engines! {
    async fn the_desks_own_address_takes_letters_from_the_first_day_and_only_then(w) {
        let post = vigie::mail::post::Post { mail_from: Some("desk@nordet.example".to_owned()), ..post(w).await };
        // With channels made by somebody, the desk's address is theirs to decide.
        let first = vigie::mail::store::channel_or_first(&post.db, "desk@nordet.example", Some("desk@nordet.example"));
        assert!(first.await.unwrap().is_none());
        let mut tx = w.db.write().await.unwrap();
        tx.run(kit::global!("DELETE FROM channels")).await.unwrap();
        tx.commit().await.unwrap();
        let door = open_door(&post, quick()).await;
        let mut caller = Caller::to(&door).await;
        caller.ask("EHLO x").await;
        caller.ask("MAIL FROM:<>").await;
        assert!(caller.ask("RCPT TO:<other@nordet.example>").await.starts_with("550"));
        for _ in 0..2 {
            assert!(caller.ask("RCPT TO:<Desk@nordet.example>").await.starts_with("250"));
        }
        let channels = vigie::mail::store::channels(&mut w.db.read()).await.unwrap();
        assert_eq!(channels.iter().map(|c| c.address.as_str()).collect::<Vec<_>>(), ["desk@nordet.example"]);
    }
}
