//! A day with machines on the other side of the post: each answers whatever it is sent, as machines of its kind do, and the
//! desk's own mails come to an end all the same (faults LOOP-01, LOOP-04 to LOOP-06, LOOP-08, LOOP-12, LOOP-13).

use axum::http::Method;
use kit::clock::Span;
use serde_json::json;

use super::*;
use crate::browsing::Door;

/// A mail of ours, as a machine reads it.
struct Mail {
    to: String,
    id: String,
    subject: String,
    reply_to: String,
}

/// What a machine does with a mail: the envelope's sender, where it writes, and what; nothing when it keeps quiet. The
/// number counts what it was sent.
type Machine = fn(&Mail, usize) -> Option<(String, String, String)>;

fn answer(mail: &Mail, from: &str, to: &str, subject: &str, extra: &str, body: &str) -> String {
    let threaded = format!(
        "In-Reply-To: <{}>\r\nReferences: <{}>\r\n{extra}",
        mail.id, mail.id
    );
    letter(from, to, subject, &threaded, body)
}

/// An absence notice to whom answers go, with these headers and this subject.
fn away(mail: &Mail, subject: &str, extra: &str) -> Option<(String, String, String)> {
    let raw = answer(
        mail,
        &mail.to,
        &mail.reply_to,
        subject,
        extra,
        "Back on Monday.",
    );
    Some((mail.to.clone(), mail.reply_to.clone(), raw))
}

fn report(mail: &Mail, status: &str, action: &str) -> Option<(String, String, String)> {
    let raw = format!(
        "From: MAILER-DAEMON@mx.example.org\r\nTo: {BLUE}\r\nSubject: Undelivered Mail Returned to Sender\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; {}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{}>\r\nSubject: {}\r\n\r\n--b--\r\n",
        mail.to, mail.id, mail.subject
    );
    Some((String::new(), BLUE.to_owned(), raw))
}

/// The zoo: what each is, and the most mails it is ever sent by the desk itself in a day on which one person writes once
/// and an agent answers once.
const ZOO: &[(&str, i64, Machine)] = &[
    ("an absence notice that says so", 2, |mail, _| {
        away(mail, "Out of office", "Auto-Submitted: auto-replied\r\n")
    }),
    ("one of an older program", 2, |mail, _| {
        away(
            mail,
            "Absence du bureau",
            "X-Autoreply: yes\r\nPrecedence: bulk\r\n",
        )
    }),
    (
        "one with two kinds of precedence, one of them odd",
        2,
        |mail, _| {
            away(
                mail,
                "Re: your mail",
                "Precedence: first-class\r\nPrecedence: auto_reply\r\n",
            )
        },
    ),
    ("one that asks for no answers", 2, |mail, _| {
        away(
            mail,
            "Automatic reply: hello",
            "X-Auto-Response-Suppress: All\r\n",
        )
    }),
    ("one that says nothing of itself", 2, |mail, _| {
        away(mail, "Abwesenheitsnotiz: Re: Help", "")
    }),
    (
        "one that answers the sender, as if nothing had been asked",
        12,
        |mail, _| {
            Some((
                mail.to.clone(),
                BLUE.to_owned(),
                letter(&mail.to, BLUE, "I am away", "", "Back on Monday."),
            ))
        },
    ),
    ("a full mailbox", 2, |mail, _| {
        report(mail, "4.2.2", "failed")
    }),
    ("nobody there", 1, |mail, _| report(mail, "5.1.1", "failed")),
    ("a policy", 2, |mail, _| report(mail, "5.7.1", "failed")),
    ("a mail that is late", 2, |mail, _| {
        report(mail, "4.4.1", "delayed")
    }),
    ("a report in no form at all", 2, |mail, _| {
        let raw = answer(
            mail,
            "MAILER-DAEMON@mx.example.org",
            BLUE,
            "Mail delivery failed: returning message to sender",
            "Return-Path: <>\r\n",
            "It did not work.",
        );
        Some((String::new(), BLUE.to_owned(), raw))
    }),
    ("a receipt", 2, |mail, _| {
        let raw = answer(
            mail,
            &mail.to,
            &mail.reply_to,
            "Read: your mail",
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n",
            "--b\r\n\r\nRead.\r\n--b--",
        );
        Some((mail.to.clone(), mail.reply_to.clone(), raw))
    }),
    ("a mailing list that sends it on to us", 2, |mail, _| {
        let raw = answer(
            mail,
            &mail.to,
            BLUE,
            &mail.subject,
            "List-Id: <all.example.org>\r\nPrecedence: list\r\n",
            "A copy.",
        );
        Some((mail.to.clone(), BLUE.to_owned(), raw))
    }),
    ("an alias that leads back here", 2, |mail, _| {
        let raw = format!(
            "From: {BLUE}\r\nTo: {}\r\nMessage-ID: <{}>\r\nSubject: {}\r\n\r\nA copy.\r\n",
            mail.to, mail.id, mail.subject
        );
        Some((BLUE.to_owned(), BLUE.to_owned(), raw))
    }),
    (
        "another desk, which opens a ticket for each mail and says so",
        12,
        |mail, n| {
            let subject = format!("[#{n}] We received your request");
            Some((
                mail.to.clone(),
                BLUE.to_owned(),
                letter(
                    &mail.to,
                    BLUE,
                    &subject,
                    "",
                    "Our number is in the subject.",
                ),
            ))
        },
    ),
    ("another desk that keeps the thread", 12, |mail, n| {
        let subject = format!("[#{n}] {}", mail.subject);
        let raw = answer(
            mail,
            &mail.to,
            &mail.reply_to,
            &subject,
            "",
            "We received your mail.",
        );
        Some((mail.to.clone(), mail.reply_to.clone(), raw))
    }),
    (
        "one that answers each time from another address",
        101,
        |_, n| {
            let from = format!("bounce-{n}@machine.example");
            Some((
                from.clone(),
                BLUE.to_owned(),
                letter(&from, BLUE, "Ticket opened", "", "Do not answer."),
            ))
        },
    ),
];

/// The mails that went out since, as machines on the other side read them.
async fn gone(w: &World, after: &mut i64, to: impl Fn(&str) -> bool) -> Vec<Mail> {
    let all = outbox(w).await;
    let new = all
        .iter()
        .filter(|it| it.id > *after && it.state == "captured" && to(&it.address));
    let mails = new.map(|it| {
        let read = letter::parse::parse(it.raw.as_deref().unwrap_or_default());
        Mail {
            to: it.address.clone(),
            id: it.message_id.trim_matches(['<', '>']).to_owned(),
            subject: read.subject,
            reply_to: read
                .reply_to
                .first()
                .map_or(BLUE.to_owned(), |it| it.email.clone()),
        }
    });
    let mails = mails.collect();
    *after = all.iter().map(|it| it.id).max().unwrap_or(*after);
    mails
}

/// A day with one of them: how many mails it was sent, and how many of those in the last half of it.
async fn a_day(w: &World, door: &Door, post: &Post, place: usize, machine: Machine) -> (i64, i64) {
    let asks = format!("machine{place}@machine.example");
    let is_theirs = |address: &str| address.ends_with("@machine.example");
    let mut after = outbox(w).await.iter().map(|it| it.id).max().unwrap_or(0);
    let opens = deliver_from(
        post,
        &asks,
        BLUE,
        letter(&asks, BLUE, "Help", "", "It is broken.").as_bytes(),
    )
    .await;
    let (mut sent, mut late, mut answered) = (0, 0, false);
    for hour in 0..24 {
        // Whatever can be said within an hour is said at once.
        for _ in 0..400 {
            work(post).await;
            let mails = gone(w, &mut after, is_theirs).await;
            if mails.is_empty() && answered {
                break;
            }
            for mail in &mails {
                sent += 1;
                late += i64::from(hour >= 12);
                if let Some((from, to, raw)) = machine(mail, sent as usize) {
                    // Each is a letter of its own, as real ones are: the same bytes twice are one.
                    let raw = raw.replacen("\r\n", &format!("\r\nX-Trace: {place}-{sent}\r\n"), 1);
                    deliver_from(post, &from, &to, raw.as_bytes()).await;
                }
            }
            if !answered {
                answered = true;
                let ticket = TicketId(ended(w, opens).await.ticket_id.unwrap());
                let reply = json!({ "audience": "public", "body": "Turn it on." });
                let said = door
                    .programs("ben", Method::POST, ticket, "/comments", reply)
                    .await;
                assert_eq!(said.status, 201, "{}", said.body);
            }
        }
        w.clock.advance(Span::hours(1));
    }
    (sent, late)
}

on_both_engines! {
    async fn no_machine_keeps_the_desk_talking(w) {
        let door = w.door().await;
        let post = Post { is_demo: true, ..post(w).await };
        for (place, (what, most, machine)) in ZOO.iter().enumerate() {
            let (sent, late) = a_day(w, &door, &post, place, *machine).await;
            assert!((1..=*most).contains(&sent), "{what}: {sent} mails, at most {most}");
            assert_eq!(late, 0, "{what}: it ends by itself");
        }
        // Nothing of it is lost, and agents are not written to without end either.
        let staff = outbox(w).await.iter().filter(|it| it.address == "ben@nordet.example").count();
        assert!(staff <= 400, "{staff} mails to one agent");
        door.closes().await;
    }
}
