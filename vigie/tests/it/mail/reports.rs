//! Reports about mails of ours: what each says, and that none makes the desk write.

use axum::http::Method;
use kit::clock::Span;
use serde_json::json;
use vigie::people::suppression;

use super::outgoing::Server;
use super::*;
use crate::browsing::Door;

const DORA: &str = "dora@nordet.example";

/// A report in its parts, with a subject and words as servers write them.
fn report(subject: &str, words: &str, fields: &str, mail: &Going) -> String {
    let kind = if fields.starts_with("Feedback-Type") {
        "feedback-report"
    } else {
        "delivery-status"
    };
    let field = if kind == "feedback-report" {
        "Original-Rcpt-To: "
    } else {
        "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; "
    };
    format!(
        "From: MAILER-DAEMON@mx.example.org\r\nTo: {BLUE}\r\nSubject: {subject}\r\nContent-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n--b\r\nContent-Type: message/{kind}\r\n\r\n{field}{}\r\n{fields}\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{}>\r\nSubject: x\r\n\r\n--b--\r\n",
        mail.address, mail.message_id
    )
}

record! { struct Noted { n: i64, open: i64 } }

/// How often staff were told that a mail came back, and how often anybody else was.
async fn noted(w: &World) -> (i64, i64) {
    let noted: Noted =
        w.db.read()
            .one(system!(
                because = "a test counts",
                "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN audience = 'staff' THEN 0 ELSE 1 END), 0) AS BIGINT) AS open \
                 FROM events WHERE kind = 'bounced'"
            ))
            .await
            .unwrap();
    (noted.n, noted.open)
}

/// Ben answers Dora, and the mail to her left.
async fn answered(w: &World, door: &Door, post: &Post, words: &str) -> Going {
    let reply = json!({ "audience": "public", "body": words });
    let said = door
        .programs("ben", Method::POST, w.ticket("screen"), "/comments", reply)
        .await;
    assert_eq!(said.status, 201, "{}", said.body);
    work(post).await;
    let mail = outbox(w).await.pop().unwrap();
    assert_eq!(
        (mail.address.as_str(), mail.state.as_str()),
        (DORA, "sent"),
        "{mail:?}"
    );
    mail
}

/// What a report leaves: how its mail stands, whether staff read of it, why the address gets no more.
type Left = (&'static str, bool, Option<suppression::Reason>);

on_both_engines! {
    /// By the family of its code, whatever language its words are in; without one by what it is (LOOP-06).
    async fn a_report_counts_for_what_its_code_says_in_any_language_and_form(w) {
        use suppression::Reason::{Bounced, Complaint};
        let door = w.door().await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        let failed = |status: &str| format!("Action: failed\r\nStatus: {status}");
        let table: [(&str, &str, String, Left); 12] = [
            ("Warning: could not send message for past 4 hours", "Still trying.", "Action: delayed\r\nStatus: 4.4.1".to_owned(), ("sent", false, None)),
            ("Undelivered Mail Returned to Sender", "Connection timed out.", failed("4.4.1"), ("bounced", true, None)),
            ("Undelivered Mail Returned to Sender", "Over quota.", failed("4.2.2"), ("bounced", true, None)),
            ("Undelivered Mail Returned to Sender", "Over quota.", failed("5.2.2"), ("bounced", true, None)),
            ("Undelivered Mail Returned to Sender", "No such user.", failed("5.1.1"), ("bounced", true, Some(Bounced))),
            ("Undeliverable: Re: screen", "Access denied.", failed("5.7.1"), ("bounced", true, None)),
            ("Undeliverable: Re: screen", "Not allowed to send to this group.", failed("5.7.129"), ("bounced", true, None)),
            ("Undeliverable: Re: screen", "Only people inside may.", failed("5.7.133"), ("bounced", true, None)),
            ("=?utf-8?q?Non_remis=C2=A0:_Re=C2=A0:_=C3=A9cran?=", "Votre message n’a pas pu être remis.", failed("5.1.10"), ("bounced", true, Some(Bounced))),
            ("Unzustellbar: Re: Bildschirm", "Das Postfach ist abgeschaltet.", failed("5.2.1"), ("bounced", true, Some(Bounced))),
            ("Mail delivery failed", "It did not work.", "Action: failed".to_owned(), ("bounced", true, None)),
            ("Abuse report", "Unwanted.", "Feedback-Type: abuse\r\nUser-Agent: Provider/1\r\nVersion: 1".to_owned(), ("sent", false, Some(Complaint))),
        ];
        for (n, (subject, words, fields, left)) in table.iter().enumerate() {
            let mail = answered(w, &door, &post, &format!("Words {n}")).await;
            let (before, sent) = (noted(w).await.0, count(w, "outgoing").await);
            let id = deliver_from(&post, "", BLUE, report(subject, words, fields, &mail).as_bytes()).await;
            work(&post).await;
            let what = format!("{subject}: {fields}");
            assert_eq!(ended(w, id).await.reason.as_deref(), Some("bounce"), "{what}");
            let stands = outbox(w).await.into_iter().find(|it| it.id == mail.id).unwrap();
            let known = suppression::of(&mut w.db.read(), DORA).await.unwrap();
            let found = (stands.state.as_str(), noted(w).await.0 > before, known.map(|it| it.reason));
            assert_eq!(found, *left, "{what}");
            assert_eq!(count(w, "outgoing").await, sent, "{what}: nobody is written to");
            let mut tx = w.db.write().await.unwrap();
            suppression::forget(&mut tx, DORA).await.unwrap();
            tx.commit().await.unwrap();
            // More than ten of one machine within an hour would wait.
            w.clock.advance(Span::hours(1));
        }
        assert_eq!(noted(w).await.1, 0, "only staff read of it");
        door.closes().await;
    }
}

on_both_engines! {
    /// Nobody learns from it that a mail came back who could not see so in its form (LOOP-06).
    async fn a_report_without_a_form_is_a_machines_all_the_same(w) {
        let door = w.door().await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        let mail = answered(w, &door, &post, "Words").await;
        let before = (count(w, "tickets").await, count(w, "comments").await, count(w, "outgoing").await);
        let back = format!("In-Reply-To: <{}>\r\n", mail.message_id);
        let html = "Content-Type: text/html; charset=utf-8\r\nX-MS-Exchange-Message-Is-Ndr:\r\n";
        let page = "<html><body><h1>Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'</h1></body></html>";
        let postmaster = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@corp.example";
        for (what, envelope, raw, reason) in [
            ("a page of Exchange", "", letter(postmaster, BLUE, "Undeliverable: Re: screen", &format!("{back}{html}"), page), "bounce"),
            ("a page in a language nobody here reads", "", letter(postmaster, BLUE, "Kézbesíthetetlen", &format!("{back}{html}"), page), "bounce"),
            ("the same about a mail of somebody else", "", letter(postmaster, BLUE, "Kézbesíthetetlen", html, page), "foreign-bounce"),
            ("words of a server", "", letter("root@mx.example.org", BLUE, "Sorry", "", "Your mail was not delivered."), "auto-reply"),
            ("words of a postmaster", "postmaster@mx.example.org", letter("postmaster@mx.example.org", BLUE, "Sorry", "", "Your mail was not delivered."), "auto-reply"),
        ] {
            let id = deliver_from(&post, envelope, BLUE, raw.as_bytes()).await;
            work(&post).await;
            assert_eq!(ended(w, id).await.reason.as_deref(), Some(reason), "{what}");
        }
        let after = (count(w, "tickets").await, count(w, "comments").await, count(w, "outgoing").await);
        assert_eq!(after, before);
        door.closes().await;
    }
}

on_both_engines! {
    /// Each report answers a mail, none makes one (LOOP-04, LOOP-05).
    async fn reports_about_mails_to_staff_and_to_who_asked_do_not_grow(w) {
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        deliver(&post, BLUE, &letter(DORA, BLUE, "Help", "", "x")).await;
        work(&post).await;
        let first = outbox(w).await;
        let sent: Vec<&Going> = first.iter().filter(|it| it.state == "sent").collect();
        assert!(sent.len() >= 3, "{first:?}");
        for round in 0..4 {
            for mail in &sent {
                let words = format!("Over quota, round {round}.");
                let raw = report("Undelivered Mail Returned to Sender", &words, "Action: failed\r\nStatus: 5.2.2", mail);
                deliver_from(&post, "", BLUE, raw.as_bytes()).await;
            }
            work(&post).await;
            assert_eq!(outbox(w).await.len(), first.len(), "round {round}");
            w.clock.advance(Span::hours(2));
        }
        let (all, open) = noted(w).await;
        assert!((1..=4 * sent.len() as i64).contains(&all) && open == 0, "{all} {open}");
        // Where nobody is, the next mail does not leave.
        let ben = sent.iter().find(|it| it.address == "ben@nordet.example").unwrap();
        deliver_from(&post, "", BLUE, report("Undeliverable", "Nobody.", "Action: failed\r\nStatus: 5.1.1", ben).as_bytes()).await;
        work(&post).await;
        deliver(&post, BLUE, &letter("emil@nordet.example", BLUE, "Help", "", "y")).await;
        work(&post).await;
        let next = outbox(w).await.into_iter().rev().find(|it| it.address == ben.address).unwrap();
        assert_eq!((next.state.as_str(), next.last_error.as_deref()), ("dropped", Some("suppressed")));
    }
}
