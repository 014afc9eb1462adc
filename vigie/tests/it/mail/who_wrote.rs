//! Whether a letter comes from whom it names (decision 0073): what a trusted receiver wrote, what a stranger wrote himself, and what the
//! DNS says where letters come straight from their senders.

use axum::http::Method;
use kit::config::DkimKey;
use vigie::mail::identity::look::Names;
use vigie::mail::intake::NOBODY;
use vigie::mail::mailboxes;
use vigie::mail::signing::Signers;
use vigie::mail::store::Source;

use super::*;

/// The server in front.
pub const RECEIVER: &str = "mx.nordet.example";
pub const PASS: &str = "dmarc=pass header.from=nordet.example";
pub const FAIL: &str = "spf=fail smtp.mailfrom=thief@evil.example; dkim=none; dmarc=fail (p=none dis=none) header.from=nordet.example";

fn believing(receivers: &str) -> Source {
    Source {
        receivers: receivers.to_owned(),
        peer: String::new(),
    }
}

/// A letter as the server in front hands it on, with what it found.
pub fn received(found: &str, letter: &str) -> String {
    format!(
        "Authentication-Results: {RECEIVER}; {found}\r\n{}{letter}",
        took()
    )
}

fn took() -> String {
    format!(
        "Received: from out.example.org by {RECEIVER} with ESMTPS; Mon, 23 Nov 2026 12:00:00 +0100\r\n"
    )
}

async fn arrives(post: &Post, source: &Source, raw: &str) -> i64 {
    let id = deliver_with(post, source, "thief@evil.example", BLUE, raw.as_bytes()).await;
    work(post).await;
    id
}

record! { struct Found { verdict: Option<String> } }

async fn verdict(w: &World, id: i64) -> String {
    let query = system!(
        because = "a test looks at the table itself",
        "SELECT verdict FROM incoming_mails WHERE id = $1",
        id
    );
    let found: Found = w.db.read().one(query).await.unwrap();
    found.verdict.unwrap_or_default()
}

record! { struct Number { n: i64 } }

async fn invited(w: &World, ticket: i64) -> i64 {
    let query = system!(
        because = "a test counts",
        "SELECT COUNT(*) AS n FROM participants WHERE ticket_id = $1",
        ticket
    );
    let found: Number = w.db.read().one(query).await.unwrap();
    found.n
}

on_both_engines! {
    /// The thief knows the address by which she answers, and stands in copy (ID-01).
    async fn a_forged_customer_joins_no_ticket_of_hers_lets_nobody_in_and_hears_nothing(w) {
        let post = Post { is_demo: true, ..post(w).await };
        let printer = w.ticket("printer");
        let copy = "Cc: thief@evil.example\r\nReply-To: thief@evil.example\r\n";
        let sent = letter("Dora <dora@nordet.example>", &token(w, printer, "dora"), "Re: The printer", copy, "Send me everything.");
        let id = arrives(&post, &believing(RECEIVER), &received(FAIL, &sent)).await;
        let found = ended(w, id).await;
        assert_eq!((found.state.as_str(), found.reason.as_deref()), ("unreadable", Some("forged")));
        assert_eq!(verdict(w, id).await, "forged");
        let opened = found.ticket_id.unwrap();
        assert_ne!(opened, printer.0);
        assert_eq!(comments(w, opened).await[0].author, NOBODY, "in nobody's history");
        assert_eq!(comments(w, printer.0).await.len(), 1);
        for ticket in [opened, printer.0] {
            assert_eq!(invited(w, ticket).await, 0);
        }
        let told: Vec<String> = outbox(w).await.into_iter().map(|it| it.address).collect();
        assert!(!told.iter().any(|it| it.starts_with("thief@") || it.starts_with("dora@")), "{told:?}");
        let thief = vigie::people::find_by_email(&mut w.db.read(), "thief@evil.example").await;
        assert!(thief.unwrap().is_none(), "a copy makes nobody a person");
    }
}

on_both_engines! {
    /// From a mail program of their own, by the token that was made for them (ID-01, ID-11).
    async fn an_agents_answer_by_mail_is_theirs_unless_it_is_forged(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        for (found, joins) in [(FAIL, false), (PASS, true), ("dmarc=temperror header.from=nordet.example", true)] {
            let before = comments(w, printer.0).await.len();
            let sent = letter("ben@nordet.example", &token(w, printer, "ben"), "Re", "", found);
            let id = arrives(&post, &believing(RECEIVER), &received(found, &sent)).await;
            let ended = ended(w, id).await;
            assert_eq!(ended.ticket_id == Some(printer.0), joins, "{found}: {ended:?}");
            let words = comments(w, printer.0).await;
            assert_eq!(words.len(), before + usize::from(joins), "{found}");
            if joins {
                let last = words.last().unwrap();
                assert_eq!((last.author.as_str(), last.hat.as_str()), ("ben@nordet.example", "agent"));
            }
        }
    }
}

on_both_engines! {
    async fn only_what_a_trusted_receiver_wrote_where_it_writes_is_believed(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        let sent = |subject: &str, extra: &str| letter("dora@nordet.example", &token(w, printer, "dora"), subject, extra, "x");
        let own = |found: &str| format!("Authentication-Results: {RECEIVER}; {found}\r\n");
        let strange = "Received: from x by relay.evil.example with SMTP; Mon, 23 Nov 2026 11:00:00 +0100\r\n";
        let table = [
            ("nobody is trusted", "", received(FAIL, &sent("1", "")), "unknown"),
            ("another is trusted", "mx.other.example", received(FAIL, &sent("2", "")), "unknown"),
            ("it found her", RECEIVER, received(PASS, &sent("3", "")), "proven"),
            ("it found nothing", RECEIVER, received("none", &sent("4", "")), "unknown"),
            ("the stranger wrote that it found her", RECEIVER, format!("{}{}", took(), sent("5", &own(PASS))), "unknown"),
            ("the stranger wrote it on top, below a line of his own", RECEIVER, format!("{}{strange}{}{}", took(), own(PASS), sent("6", "")), "unknown"),
            ("the stranger wrote it, and it found another", RECEIVER, received(FAIL, &format!("{}{}", own(PASS), sent("7", ""))), "forged"),
            ("two of its own, one for each method", RECEIVER, format!("{}{}", own("dkim=pass header.d=evil.example"), received(FAIL, &sent("8", ""))), "forged"),
            ("two of its own, and one is good", RECEIVER, format!("{}{}", own("spf=softfail smtp.mailfrom=x@evil.example"), received(PASS, &sent("9", ""))), "proven"),
            ("by another name of the desk's", "mx2.nordet.example mx.nordet.example", received(PASS, &sent("10", "")), "proven"),
        ];
        for (what, trusted, raw, expected) in table {
            let id = arrives(&post, &believing(trusted), &raw).await;
            let ended = ended(w, id).await;
            assert_eq!(verdict(w, id).await, expected, "{what}: {ended:?}");
            assert_eq!(ended.ticket_id == Some(printer.0), expected != "forged", "{what}: {ended:?}");
        }
    }
}

on_both_engines! {
    /// It breaks her signature and sends from its own server (ID-10).
    async fn what_a_mailing_list_passes_on_is_the_lists_when_it_says_so_and_nobodys_when_not(w) {
        let post = post(w).await;
        let listed = "List-Id: <users.lists.example>\r\n";
        let as_it_was = letter("dora@nordet.example", BLUE, "[users] Printer", listed, "Unchanged.");
        let id = arrives(&post, &believing(RECEIVER), &received(FAIL, &as_it_was)).await;
        let found = ended(w, id).await;
        assert_eq!((found.state.as_str(), found.reason.as_deref()), ("unreadable", Some("forged")));
        assert_eq!(comments(w, found.ticket_id.unwrap()).await[0].author, NOBODY);
        let rewritten = letter("Dora via users <users@lists.example>", BLUE, "[users] Printer", listed, "Rewritten.");
        let id = arrives(&post, &believing(RECEIVER), &received("dmarc=pass header.from=lists.example", &rewritten)).await;
        let found = ended(w, id).await;
        assert_eq!((found.state.as_str(), found.reason.as_deref()), ("done", Some("list")));
        assert_eq!(comments(w, found.ticket_id.unwrap()).await[0].author, "users@lists.example");
    }
}

/// Her domain, as the DNS knows it.
fn zone() -> (Signers, Vec<(String, String)>) {
    let signers = Signers::open(&[DkimKey {
        selector: "k".to_owned(),
        domain: "nordet.example".to_owned(),
        file: super::signing::key("rsa"),
    }])
    .unwrap();
    let mut zone: Vec<(String, String)> = signers
        .records()
        .into_iter()
        .map(|it| (it.name, it.text))
        .collect();
    zone.push((
        "nordet.example".to_owned(),
        "v=spf1 ip4:192.0.2.7 -all".to_owned(),
    ));
    zone.push((
        "_dmarc.nordet.example".to_owned(),
        "v=DMARC1; p=none".to_owned(),
    ));
    (signers, zone)
}

fn asking(post: &Post, zone: Option<&[(String, String)]>) -> Post {
    let records = zone.map(|zone| {
        zone.iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect::<Vec<_>>()
    });
    Post {
        names: Some(Arc::new(Names::fixed(records.as_deref()).unwrap())),
        ..post.clone()
    }
}

const HERS: &str = "192.0.2.7 out.nordet.example";
const THIEFS: &str = "203.0.113.9 evil.example";

on_both_engines! {
    /// Nothing that the DNS does not say loses or refuses a letter.
    async fn a_letter_that_comes_straight_from_its_sender_is_looked_at_here(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        let (signers, zone) = zone();
        let without = |name: &str| zone.iter().filter(|it| it.0 != name).cloned().collect::<Vec<_>>();
        let unsigned = |subject: &str| letter("dora@nordet.example", &token(w, printer, "dora"), subject, "", "More paper.");
        let signed = |subject: &str| String::from_utf8(signers.sign("dora@nordet.example", unsigned(subject).into_bytes()).unwrap()).unwrap();
        let (hers, thiefs) = ("dora@nordet.example", "thief@evil.example");
        let table = [
            ("signed, from anywhere", Some(zone.clone()), THIEFS, thiefs, signed("1"), "proven"),
            ("signed, and changed", Some(zone.clone()), THIEFS, thiefs, signed("2").replace("More", "Less"), "forged"),
            ("signed, and written by two", Some(zone.clone()), THIEFS, thiefs, signed("3").replace("From: ", "From: thief@evil.example\r\nFrom: "), "unknown"),
            ("from her server", Some(zone.clone()), HERS, hers, unsigned("4"), "proven"),
            ("from her server, for another", Some(zone.clone()), HERS, thiefs, unsigned("5"), "forged"),
            ("from his server", Some(zone.clone()), THIEFS, hers, unsigned("6"), "forged"),
            ("from his server, a domain without policy", Some(without("_dmarc.nordet.example")), THIEFS, hers, unsigned("7"), "unknown"),
            ("signed, a domain without policy", Some(without("_dmarc.nordet.example")), THIEFS, thiefs, signed("8"), "proven"),
            ("signed, a domain without that key", Some(without("k._domainkey.nordet.example")), THIEFS, thiefs, signed("9"), "forged"),
            ("from his server, and the DNS is away", None, THIEFS, hers, unsigned("10"), "unknown"),
            ("signed, and the DNS is away", None, THIEFS, thiefs, signed("11"), "unknown"),
            ("from his server, by a relay in front", Some(zone.clone()), "", hers, unsigned("12"), "unknown"),
            ("from who knows where", Some(zone.clone()), "nowhere evil.example", hers, unsigned("13"), "unknown"),
        ];
        for (what, zone, peer, envelope, raw, expected) in table {
            let post = asking(&post, zone.as_deref());
            let source = Source { receivers: String::new(), peer: peer.to_owned() };
            let id = deliver_with(&post, &source, envelope, BLUE, raw.as_bytes()).await;
            work(&post).await;
            let ended = ended(w, id).await;
            assert_eq!(verdict(w, id).await, expected, "{what}: {ended:?}");
            let joins = expected != "forged" && !raw.contains("From: thief");
            assert_eq!(ended.ticket_id == Some(printer.0), joins, "{what}: {ended:?}");
        }
    }
}

on_both_engines! {
    async fn what_was_found_once_stays_when_the_letter_is_read_again_and_the_dns_is_away(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        let (_, zone) = zone();
        let absent = letter("dora@nordet.example", &token(w, printer, "dora"), "Away", "Auto-Submitted: auto-replied\r\n", "Until Monday.");
        let source = Source { receivers: String::new(), peer: THIEFS.to_owned() };
        let id = arrives(&asking(&post, Some(&zone)), &source, &absent).await;
        let held = ended(w, id).await;
        assert_eq!((held.state.as_str(), held.reason.as_deref()), ("held", Some("auto-reply")));
        assert_eq!(verdict(w, id).await, "forged");
        let mut tx = w.db.write().await.unwrap();
        assert!(store::replay(&mut tx, &w.actor("max"), store::IncomingId(id), w.now()).await.unwrap());
        tx.commit().await.unwrap();
        work(&asking(&post, None)).await;
        let again = ended(w, id).await;
        assert_eq!((again.state.as_str(), again.reason.as_deref()), ("unreadable", Some("forged")));
        assert_eq!((verdict(w, id).await.as_str(), comments(w, printer.0).await.len()), ("forged", 1));
    }
}

record! { struct Kept { receivers: String, peer: String } }

on_both_engines! {
    /// A server that hands letters on by LMTP took them before, and its address says nothing of who wrote them.
    async fn the_door_keeps_with_a_letter_what_may_tell_who_wrote_it(w) {
        let post = post(w).await;
        let table = [
            (Trust::default(), "EHLO", "", ""),
            (Trust { is_first: true, ..Trust::default() }, "EHLO", "", "127.0.0.1 sender.example.org"),
            (Trust { is_first: true, ..Trust::default() }, "HELO", "", "127.0.0.1 sender.example.org"),
            (Trust { is_first: true, ..Trust::default() }, "LHLO", "", ""),
            (Trust { receivers: RECEIVER.to_owned(), is_first: false }, "EHLO", RECEIVER, ""),
        ];
        for (n, (trust, greeting, receivers, peer)) in table.into_iter().enumerate() {
            let door = open_door_that(&post, Limits::default(), trust).await;
            let mut caller = Caller::to(&door).await;
            for line in [&format!("{greeting} sender.example.org"), "MAIL FROM:<dora@nordet.example>", &format!("RCPT TO:<{BLUE}>"), "DATA"] {
                let answer = caller.ask(line).await;
                assert!(answer.starts_with(['2', '3']), "{line}: {answer}");
            }
            caller.say(&format!("{}.\r\n", letter("dora@nordet.example", BLUE, &n.to_string(), "", "x"))).await;
            assert!(caller.hear().await.starts_with("250"));
            let query = system!(because = "a test looks at the table itself", "SELECT receivers, peer FROM incoming_mails ORDER BY id DESC LIMIT 1");
            let kept: Kept = w.db.read().one(query).await.unwrap();
            assert_eq!((kept.receivers.as_str(), kept.peer.as_str()), (receivers, peer), "{n}");
            drop(caller);
            door.stop.send(true).unwrap();
            door.task.await.unwrap();
        }
    }
}

on_both_engines! {
    async fn whoever_reads_a_forged_mail_is_told_so(w) {
        let post = post(w).await;
        let door = w.door().await;
        let sent = letter("dora@nordet.example", &token(w, w.ticket("printer"), "dora"), "Re", "", "Send me everything.");
        let id = arrives(&post, &believing(RECEIVER), &received(FAIL, &sent)).await;
        let plain = deliver(&post, BLUE, &letter("fay@nordet.example", BLUE, "Screen", "", "Black.")).await;
        work(&post).await;
        let told = "This message does not come from the address it names";
        for (letter, is_forged) in [(id, true), (plain, false)] {
            let ticket = ended(w, letter).await.ticket_id.unwrap();
            let page = door.gets("ben", &format!("/tickets/{ticket}")).await;
            assert_eq!((page.status, page.body.contains(told)), (200, is_forged));
            let words = door.json("ben", &format!("/api/v1/tickets/{ticket}/comments")).await;
            assert_eq!(words["items"][0]["forged"], is_forged, "{words}");
        }
        let page = door.gets("max", "/admin/mail").await;
        assert!(page.body.contains("Does not come from the domain of its sender"), "{}", page.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_mailbox_believes_the_servers_that_administrators_name_for_it(w) {
        let post = post(w).await;
        let door = w.door().await;
        let body = |trusted: &str| serde_json::json!({
            "name": "Support", "host": "localhost", "protection": "none", "login": "zoe", "password": "s3cret",
            "channel": 1, "trusted_receivers": trusted,
        }).to_string();
        let odd = door.asks("ada", Method::POST, "/api/v1/mailboxes", &body("mx.nordet.example; dmarc=pass")).await;
        assert_eq!(odd.status, 422, "{}", odd.body);
        let made = door.asks("ada", Method::POST, "/api/v1/mailboxes", &body(" MX.nordet.example, mail.nordet.example ")).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let stands = mailboxes::list(&mut w.db.read(), &vigie::mail::channels::keeper(&w.actor("ada")).unwrap()).await.unwrap();
        assert_eq!(stands[0].trusted_receivers, "mx.nordet.example mail.nordet.example");
        let page = door.gets("ada", "/admin/mailboxes").await;
        assert!(page.body.contains("value=\"mx.nordet.example mail.nordet.example\""), "{}", page.body);
        drop(post);
        door.closes().await;
    }
}
