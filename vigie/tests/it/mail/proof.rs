//! What a letter proves about its sender and its ticket, and what nobody is let in, told or joined by without proof.

use super::*;

/// Somebody who should learn nothing.
const THIEF: &str = "thief@evil.example";

/// To whom mails are going out.
async fn written_to(w: &World) -> Vec<String> {
    outbox(w).await.into_iter().map(|it| it.address).collect()
}

async fn is_somebody(w: &World, email: &str) -> bool {
    let found = vigie::people::find_by_email(&mut w.db.read(), email).await;
    found.unwrap().is_some()
}

record! { struct Found { n: i64 } }

async fn invited(w: &World, ticket: i64) -> i64 {
    let found: Found =
        w.db.read()
            .one(system!(
                because = "a test counts",
                "SELECT COUNT(*) AS n FROM participants WHERE ticket_id = $1",
                ticket
            ))
            .await
            .unwrap();
    found.n
}

on_both_engines! {
    /// An agent's answer later goes to the requester alone (ID-01, ID-02, ID-07).
    async fn whoever_stands_in_copy_is_let_in_nowhere_and_told_nothing(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        let copy = format!("Cc: Colleague <{THIEF}>\r\nReply-To: {THIEF}\r\n");
        let guess = format!("help+{printer}.{}.aaaaaaaaaaaaaaaaaaaaaaaaaa@nordet.example", w.person("dora").0);
        for (to, joins) in [(token(w, printer, "dora"), true), (guess, false)] {
            let id = deliver(&post, BLUE, &letter("dora@nordet.example", &to, "Re", &copy, "More paper.")).await;
            work(&post).await;
            let ended = ended(w, id).await;
            assert_eq!((ended.state.as_str(), ended.ticket_id == Some(printer.0)), ("done", joins), "{to}");
            assert_eq!(invited(w, ended.ticket_id.unwrap()).await, 0, "{to}");
        }
        let told = written_to(w).await;
        assert!(!told.is_empty() && !told.iter().any(|it| it == THIEF), "{told:?}");
        assert!(!is_somebody(w, THIEF).await, "a copy makes nobody a person");
    }
}

on_both_engines! {
    /// The code that another service sends to somebody's reply address is read by no requester (ID-02).
    async fn what_another_service_writes_to_a_reply_address_is_not_shown_to_whose_it_is(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        for (from, extra) in [
            ("noreply@service.example", "Auto-Submitted: auto-generated\r\n"),
            ("Verification <verify@service.example>", ""),
        ] {
            let sent = letter(from, &token(w, printer, "dora"), "Your code", extra, "The code is 471 199.");
            let id = deliver(&post, BLUE, &sent).await;
            // The same to the bare address opens a ticket of the service's own.
            let bare = deliver(&post, BLUE, &letter(from, BLUE, "Your code", extra, "The code is 471 199.")).await;
            work(&post).await;
            assert_eq!(ended(w, id).await.reason.as_deref(), Some("unproven-sender"), "{from}");
            let opened = ended(w, bare).await.ticket_id.unwrap();
            assert!(comments(w, opened).await[0].author.ends_with("@service.example"));
        }
        let said = comments(w, printer.0).await;
        assert!(said.iter().all(|it| !it.body.contains("471")), "{said:?}");
        assert!(!written_to(w).await.contains(&"dora@nordet.example".to_owned()));
    }
}

on_both_engines! {
    /// Nor is it read as ours when another desk wrote it (ID-03, ID-19).
    async fn a_number_in_a_subject_opens_a_ticket_of_its_own_and_tells_nothing_of_that_one(w) {
        let post = Post { is_demo: true, ..post(w).await };
        let printer = w.ticket("printer");
        let subjects = [
            format!("[#{printer}] Mine"),
            format!("Re: (#{printer})"),
            format!("Re: [Reply Blue #{printer}] The printer"),
            format!("ABC-{printer} and RE: [other #{printer}]"),
        ];
        for subject in &subjects {
            let id = deliver(&post, BLUE, &letter("emil@nordet.example", BLUE, subject, "", "What is it about?")).await;
            work(&post).await;
            let opened = ended(w, id).await.ticket_id.unwrap();
            assert_ne!(opened, printer.0, "{subject}");
            assert_eq!(comments(w, opened).await[0].author, "emil@nordet.example");
        }
        assert_eq!(comments(w, printer.0).await.len(), 1);
        let mails = outbox(w).await;
        let his = mails.iter().filter(|it| it.address == "emil@nordet.example");
        let his: Vec<String> = his.map(|it| String::from_utf8_lossy(it.raw.as_deref().unwrap()).into_owned()).collect();
        assert_eq!(his.len(), subjects.len(), "acknowledged");
        assert!(his.iter().all(|it| !it.contains("eats paper") && !it.contains("dora@")), "{his:?}");
    }
}

on_both_engines! {
    /// The last of them answers what an agent wrote from a mail program of their own (ID-10, ID-11).
    async fn a_broken_chain_joins_by_what_is_left_of_the_proof_and_never_a_wrong_ticket(w) {
        let post = post(w).await;
        let (printer, screen) = (w.ticket("printer"), w.ticket("screen"));
        let by_address = token(w, printer, "dora");
        let ours = |ticket: TicketId| thread::reference_for(&post.key, ticket.0, w.person("dora").0, "n", "desk");
        let table = [
            ("references of another program, our address", by_address.as_str(), "References: <1@mail.example> <2@mail.example>\r\n".to_owned(), Some(printer)),
            ("nothing but our address", by_address.as_str(), String::new(), Some(printer)),
            ("nothing but an index of threads", BLUE, "Thread-Index: AdZx1\r\nThread-Topic: The printer\r\n".to_owned(), None),
            ("an empty identifier", BLUE, "In-Reply-To: <>\r\nReferences: <> <@>\r\n".to_owned(), None),
            ("a list that rewrites what it passes on", BLUE, "In-Reply-To: <3@list.example>\r\nReferences: <3@list.example>\r\n".to_owned(), None),
            ("chains of two tickets run together", BLUE, format!("References: <{}> <{}>\r\n", ours(printer), ours(screen)), None),
            ("our identifier cut in the middle", BLUE, format!("In-Reply-To: <{}\r\n", &ours(printer)[..20]), None),
            ("an answer to an agent's own mail in our chain", BLUE, format!("In-Reply-To: <ben@mail.example>\r\nReferences: <{}> <ben@mail.example>\r\n", ours(printer)), Some(printer)),
        ];
        for (what, to, extra, joins) in &table {
            let id = deliver(&post, BLUE, &letter("dora@nordet.example", to, "Re: The printer", extra, what)).await;
            work(&post).await;
            let ended = ended(w, id).await;
            assert_eq!(ended.state, "done", "{what}: {ended:?}");
            let known = [printer, screen].into_iter().find(|it| ended.ticket_id == Some(it.0));
            assert_eq!(known, *joins, "{what}");
        }
    }
}

on_both_engines! {
    /// Whoever could be taken for somebody of ours is taken for nobody (ID-15).
    async fn an_address_that_can_be_read_in_two_ways_is_nobodys_and_of_no_organisation(w) {
        let post = post(w).await;
        let froms = [
            "=?utf-8?q?dora=40nordet.example=3e?=@evil.example",
            "\"dora@nordet.example\"@evil.example",
            "dora@nordet.example(comment)@evil.example",
            "dora@nord\u{435}t.example",
            "dora@nordet.example, thief@evil.example",
            "Colleagues: dora@nordet.example;",
            "<dora@nordet.example>thief@evil.example",
            "dora@nordet.example.",
        ];
        let before = count(w, "people").await;
        for from in froms {
            let id = deliver(&post, BLUE, &letter(from, BLUE, "Who?", "", from)).await;
            work(&post).await;
            let ended = ended(w, id).await;
            assert_eq!((ended.state.as_str(), ended.reason.as_deref()), ("unreadable", Some("sender-unclear")), "{from}");
            assert_eq!(comments(w, ended.ticket_id.unwrap()).await[0].author, vigie::mail::intake::NOBODY, "{from}");
        }
        assert_eq!(count(w, "people").await, before + 1, "nobody in particular, once");
        assert!(!written_to(w).await.contains(&"dora@nordet.example".to_owned()));
    }
}

on_both_engines! {
    /// What stands behind `+` is another mailbox, and each is one person (IN-24).
    async fn two_first_letters_of_one_address_are_one_person_however_it_is_written(w) {
        let post = post(w).await;
        for pair in [
            ["New.One+tag@example.org", "new.one+TAG@example.org"],
            ["zoe@xn--exmple-cua.org", "Zoe@XN--EXMPLE-CUA.ORG"],
        ] {
            let before = count(w, "people").await;
            let mut ids = vec![];
            for (n, from) in pair.into_iter().enumerate() {
                ids.push(deliver(&post, BLUE, &letter(from, BLUE, &format!("n{n}"), "", "x")).await);
            }
            let reading = ids.iter().map(|id| mail::intake::run(&post, store::ReadMail { mail: *id, released: false }, 1));
            for verdict in futures_util::future::join_all(reading).await {
                assert_eq!(verdict, jobs::Verdict::Done);
            }
            assert_eq!(count(w, "people").await, before + 1, "{pair:?}");
        }
    }
}
