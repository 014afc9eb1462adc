//! Many mails at once: a relay that is down for two days, one mail nobody takes, two processes that send, and to whom and from
//! whom each of them goes.

use std::collections::BTreeSet;

use axum::body::to_bytes;
use axum::extract::State;
use kit::clock::Span;
use vigie::tickets::comments::NewComment;
use vigie::tickets::rights::Reply;
use vigie::tickets::{Origin, reading, verbs};
use vigie::web::health;

use super::outgoing::{Fails, Server};
use super::*;

/// Ben answers Dora so often; none of it is announced yet.
async fn replies(w: &World, often: usize) {
    let (ben, screen) = (w.actor("ben"), w.ticket("screen"));
    let mut tx = w.db.write().await.unwrap();
    for n in 0..often {
        let may = reading::find_to_change::<Reply>(&mut tx, &ben, screen)
            .await
            .unwrap();
        let words = NewComment::typed(&format!("Answer {n}."), Origin::Web);
        verbs::reply(&mut tx, &may, &ben, words, w.now())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

/// How many mails are in this state.
async fn standing(w: &World, state: &str) -> usize {
    outbox(w)
        .await
        .iter()
        .filter(|it| it.state == state)
        .count()
}

/// The identifiers of what a server took; each mail came once.
fn each_once(server: &Server) -> usize {
    let took = server.took();
    let ids: BTreeSet<String> = took
        .iter()
        .map(|raw| letter::parse::parse(raw.as_bytes()).message_id.unwrap())
        .collect();
    assert_eq!(ids.len(), took.len(), "each once");
    ids.len()
}

fn through(post: &Post, url: &str) -> Post {
    let relay = Relay::at(url, "desk").unwrap();
    Post {
        relay: Some(Arc::new(relay.with_patience(Duration::from_millis(700)))),
        ..post.clone()
    }
}

on_both_engines! {
    /// Refused, unknown by name, without TLS, without a login, greylisting and closing, one after the other (OUT-01).
    async fn a_hundred_replies_outlast_two_days_of_a_relay_that_is_down_in_six_ways(w) {
        let door = w.door().await;
        let quiet = post(w).await;
        replies(w, 100).await;
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let plain = Server::start(&[]).await;
        let greylists = Server::start(&[Fails::Always("451 4.7.1 greylisted")]).await;
        let closes = Server::start(&[Fails::Always("421 4.3.2 closing")]).await;
        let ways = [
            format!("smtp://127.0.0.1:{closed}?tls=none"),
            "smtp://relay.invalid:25?tls=none".to_owned(),
            format!("smtp://127.0.0.1:{}?tls=required", plain.port),
            format!("smtp://desk:s3cret@127.0.0.1:{}?tls=none", plain.port),
            format!("smtp://127.0.0.1:{}?tls=none", greylists.port),
            format!("smtp://127.0.0.1:{}?tls=none", closes.port),
        ];
        // Twelve times in forty-seven hours: pauses grow to an hour, so each time everything is due again.
        // Where nobody is there to talk to, the oldest alone finds out.
        let [_, _, _, _, greylisted, closed] = &ways;
        let mut asked = 0;
        for way in ways.iter().chain(&ways) {
            work(&through(&quiet, way)).await;
            let mails = outbox(w).await;
            assert_eq!(mails.len(), 100);
            for mail in &mails {
                assert_eq!(mail.state, "waiting", "{way}: {mail:?}");
                assert!(mail.last_error.is_some(), "{way}: it says why");
            }
            let each = if [greylisted, closed].contains(&way) { 100 } else { 1 };
            asked += each;
            assert_eq!(mails.iter().map(|it| it.attempts).sum::<i64>(), asked, "{way}");
            w.clock.advance(Span::minutes(235));
        }
        let watched = async || {
            let told = health::metrics(State(door.app.clone())).await.unwrap();
            String::from_utf8(to_bytes(told.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
        };
        assert!(watched().await.contains("\nvigie_mails_waiting 100\n"), "whoever watches the machine is told");
        let server = Server::start(&[]).await;
        let post = through(&quiet, &format!("smtp://127.0.0.1:{}?tls=none", server.port));
        for _ in 0..2 {
            work(&post).await;
            assert_eq!((standing(w, "sent").await, each_once(&server)), (100, 100));
            w.clock.advance(Span::hours(2));
        }
        assert!(watched().await.contains("\nvigie_mails_waiting 0\n"));
        assert!(plain.took().is_empty() && greylists.took().is_empty() && closes.took().is_empty());
        door.closes().await;
    }
}

on_both_engines! {
    /// What is too large, unwanted or refused for good is put aside with its reason (OUT-05).
    async fn a_mail_nobody_takes_holds_none_of_a_hundred_back(w) {
        let quiet = post(w).await;
        let mut sent = 0;
        for poison in [Fails::AfterDot("552 5.3.4 too large"), Fails::AtData("554 5.7.1 unwanted")] {
            let server = Server::start(&[poison]).await;
            replies(w, 101).await;
            let before = outbox(w).await.len();
            work(&with_relay(&quiet, server.port)).await;
            sent += 100;
            let mails = outbox(w).await;
            assert_eq!(mails.len(), before + 101, "{poison:?}");
            assert_eq!(mails[before].state, "failed", "{poison:?}: the first of them");
            assert!(mails[before].last_error.as_deref().unwrap().contains("55"), "{:?}", mails[before]);
            assert_eq!((standing(w, "sent").await, each_once(&server)), (sent, 100), "{poison:?}");
            w.clock.advance(Span::hours(3));
            work(&with_relay(&quiet, server.port)).await;
            assert_eq!(each_once(&server), 100, "{poison:?}: it is not tried again");
        }
    }
}

on_both_engines! {
    /// Both announce and both send (OUT-06).
    async fn two_processes_send_a_thousand_mails_once_each(w) {
        let quiet = post(w).await;
        let server = Server::start(&[]).await;
        let one = with_relay(&quiet, server.port);
        let other = Post { dice: Dice::seeded(2), ..with_relay(&quiet, server.port) };
        replies(w, 1_000).await;
        futures_util::future::join(work(&one), work(&other)).await;
        let mails = outbox(w).await;
        assert_eq!((mails.len(), standing(w, "sent").await), (1_000, 1_000));
        assert!(mails.iter().all(|it| it.attempts == 1), "none was handed over twice");
        assert_eq!(each_once(&server), 1_000);
        assert_eq!(count(w, "jobs").await, 0);
    }
}

on_both_engines! {
    /// Nobody in copy, no mailbox of ours, no agent it was sent to besides (OUT-08).
    async fn a_letter_with_a_long_list_in_copy_is_answered_to_whoever_wrote_it(w) {
        let post = Post { is_demo: true, ..post(w).await };
        deliver(&post, BLUE, &letter("fay@nordet.example", BLUE, "Alone", "", "x")).await;
        work(&post).await;
        let alone = told(w).await;
        let copies = format!(
            "Cc: {RED}, {BLUE}, Ben <BEN@nordet.example>, ben@nordet.example, Emil <emil@Nordet.example>, outside@example.org\r\nBcc: dora@nordet.example\r\nReply-To: outside@example.org\r\n"
        );
        let id = deliver(&post, BLUE, &letter("fay@nordet.example", BLUE, "With copies", &copies, "y")).await;
        work(&post).await;
        let both: Vec<String> = alone.iter().flat_map(|it| [it.clone(), it.clone()]).collect();
        assert_eq!(told(w).await, both, "the list changes nothing");
        // An answer of a person goes no further.
        let before = outbox(w).await.len();
        let ticket = TicketId(ended(w, id).await.ticket_id.unwrap());
        let ben = w.actor("ben");
        let mut tx = w.db.write().await.unwrap();
        let may = reading::find_to_change::<Reply>(&mut tx, &ben, ticket).await.unwrap();
        verbs::reply(&mut tx, &may, &ben, NewComment::typed("Here.", Origin::Web), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        work(&post).await;
        let mails = outbox(w).await;
        let answers: Vec<&str> = mails[before..].iter().map(|it| it.address.as_str()).collect();
        assert_eq!(answers, ["fay@nordet.example"]);
        for mail in mails.iter().filter(|it| it.state == "captured") {
            let raw = mail.raw.as_deref().unwrap();
            let read = letter::parse::parse(raw);
            let to: Vec<&str> = read.to.iter().map(|it| it.email.as_str()).collect();
            assert_eq!((to, read.cc.len()), (vec![mail.address.as_str()], 0));
            assert!(!String::from_utf8_lossy(raw).to_lowercase().contains("\nbcc:"));
        }
    }
}

on_both_engines! {
    /// The sender, the envelope and the identifier are of the department's domain, so that signatures agree and what comes back
    /// is known again: the envelope names the address too, for a report is worth more than silence (OUT-09).
    async fn each_department_writes_from_its_own_domain_and_hears_of_what_comes_back(w) {
        let quiet = post(w).await;
        let wages = "payroll@wages.example";
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE channels SET address = $1 WHERE address = $2", wages, RED)).await.unwrap();
        tx.commit().await.unwrap();
        for own in [BLUE, wages] {
            let server = Server::start(&[]).await;
            let post = with_relay(&quiet, server.port);
            deliver(&post, own, &letter("fay@nordet.example", own, "Help", "", "x")).await;
            work(&post).await;
            let (took, senders) = (server.took(), server.senders());
            assert!(took.len() > 1 && took.len() == senders.len(), "{senders:?}");
            let domain = own.split_once('@').unwrap().1;
            for (raw, sender) in took.iter().zip(&senders) {
                let read = letter::parse::parse(raw.as_bytes());
                assert_eq!((read.from.unwrap().email.as_str(), sender.as_str()), (own, own));
                assert!(read.message_id.unwrap().ends_with(&format!("@{domain}")));
                assert!(raw.contains("Auto-Submitted: auto-"), "{raw}");
            }
            let mail = outbox(w).await.into_iter().rev().find(|it| it.purpose == "acknowledgement").unwrap();
            let report = format!(
                "From: MAILER-DAEMON@mx.example.org\r\nTo: {own}\r\nSubject: Undelivered\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nNo.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; fay@nordet.example\r\nAction: failed\r\nStatus: 5.2.2\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{}>\r\n\r\n--b--\r\n",
                mail.message_id
            );
            let id = deliver_from(&post, "", own, report.as_bytes()).await;
            work(&post).await;
            assert_eq!(ended(w, id).await.reason.as_deref(), Some("bounce"), "{own}");
            let back = outbox(w).await.into_iter().find(|it| it.id == mail.id).unwrap();
            assert_eq!(back.state, "bounced", "{own}");
        }
    }
}
