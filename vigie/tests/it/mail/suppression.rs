//! Addresses nothing is mailed to any more, and the page of mails going out.

use axum::http::Method;
use serde_json::{Value, json};

use super::outgoing::{Fails, Server};
use super::*;
use crate::browsing::Door;

const DORA: &str = "dora@nordet.example";
const PAGE: &str = "/admin/mail/suppressed";

/// A report about a mail, as a mail server or a provider sends it.
fn report(kind: &str, status: &str, message_id: &str) -> String {
    let part = match kind {
        "feedback-report" => format!(
            "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: Provider/1\r\nVersion: 1\r\nOriginal-Rcpt-To: <{DORA}>\r\n"
        ),
        _ => format!(
            "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; {DORA}\r\nAction: failed\r\nStatus: {status}\r\n"
        ),
    };
    format!(
        "From: MAILER-DAEMON@mx.example.org\r\nTo: {BLUE}\r\nSubject: About your mail\r\nContent-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n\
         --b\r\n\r\nSee below.\r\n--b\r\n{part}\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}>\r\nSubject: x\r\n\r\n--b--\r\n"
    )
}

/// Ben answers Dora on the ticket of the screen, and what is to be done is done; the mail to her.
async fn tells_dora(w: &World, door: &Door, post: &Post, words: &str) -> Going {
    let screen = w.ticket("screen");
    let reply = json!({ "audience": "public", "body": words });
    let answer = door
        .programs("ben", Method::POST, screen, "/comments", reply)
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    work(post).await;
    let all = outbox(w).await;
    all.into_iter().rev().find(|it| it.address == DORA).unwrap()
}

async fn suppressed(door: &Door) -> Vec<Value> {
    let all = door.json("max", "/api/v1/suppressed-addresses").await;
    all["items"].as_array().unwrap().clone()
}

on_both_engines! {
    async fn an_address_where_nobody_is_gets_no_second_mail_and_people_read_so(w) {
        let door = w.door().await;
        let server = Server::start(&[Fails::ForAddress(DORA)]).await;
        let post = with_relay(&post(w).await, server.port);
        let first = tells_dora(w, &door, &post, "One").await;
        assert_eq!(first.state, "failed", "{first:?}");
        let all = suppressed(&door).await;
        assert_eq!((all.len(), &all[0]["address"], &all[0]["reason"], &all[0]["held_back"]), (1, &json!(DORA), &json!("refused"), &json!(0)));
        assert!(all[0]["said"].as_str().unwrap().contains("no such user"), "{all:?}");
        let second = tells_dora(w, &door, &post, "Two").await;
        assert_eq!((second.state.as_str(), second.last_error.as_deref(), second.attempts), ("dropped", Some("suppressed"), 0));
        assert!(second.subject.is_some_and(|it| it.contains("Blue")), "one sees what it was");
        assert_eq!(suppressed(&door).await[0]["held_back"], 1);
        // Where her address is read.
        for path in [format!("/tickets/{}", w.ticket("screen")), format!("/people/{}", w.person("dora").0)] {
            let page = door.gets("ben", &path).await;
            assert!(page.body.contains("No mail is sent to this address"), "{path}");
            assert!(!page.body.contains(PAGE), "the page of administrators is not his");
        }
        assert!(door.gets("max", &format!("/people/{}", w.person("dora").0)).await.body.contains(PAGE));
        // What she asks for herself is tried.
        let asks = door.asks("gil", Method::POST, "/login/forgotten", &format!("login={DORA}")).await;
        assert!(asks.status < 400, "{}", asks.body);
        door.app.finish_errands().await;
        work(&post).await;
        let link = outbox(w).await.into_iter().find(|it| it.purpose == "password_link").unwrap();
        assert_eq!(link.state, "failed", "{link:?}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_refusal_that_is_not_about_the_address_ends_that_mail_alone(w) {
        let door = w.door().await;
        let quiet = post(w).await;
        for refusal in [Fails::AtRecipient("550 5.7.1 not from you"), Fails::AtRecipient("550 go away"), Fails::AtData("552 5.3.4 too large"), Fails::AfterDot("550 5.1.1 no such user")] {
            let server = Server::start(&[refusal]).await;
            let post = with_relay(&quiet, server.port);
            let mail = tells_dora(w, &door, &post, "Words").await;
            assert_eq!(mail.state, "failed", "{refusal:?}: {mail:?}");
            assert_eq!(suppressed(&door).await, Vec::<Value>::new(), "{refusal:?}");
            let next = tells_dora(w, &door, &post, "More words").await;
            assert_eq!(next.state, "sent", "{refusal:?}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    /// By the family of its code (LOOP-06).
    async fn a_report_about_a_mail_of_ours_counts_and_a_letter_from_there_lifts_it(w) {
        let door = w.door().await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        let mail = tells_dora(w, &door, &post, "One").await;
        assert_eq!(mail.state, "sent");
        for (status, message_id) in [("5.1.1", "other@elsewhere.org"), ("5.2.2", mail.message_id.as_str()), ("5.7.1", mail.message_id.as_str())] {
            deliver_from(&post, "", BLUE, report("delivery-status", status, message_id).as_bytes()).await;
            work(&post).await;
            assert_eq!(suppressed(&door).await, Vec::<Value>::new(), "{status} {message_id}");
        }
        deliver_from(&post, "", BLUE, report("delivery-status", "5.1.1", &mail.message_id).as_bytes()).await;
        work(&post).await;
        let all = suppressed(&door).await;
        assert_eq!((&all[0]["address"], &all[0]["reason"], &all[0]["said"]), (&json!(DORA), &json!("bounced"), &json!("5.1.1")));
        // An absence notice is a machine's and shows nothing; her own words do.
        let to = token(w, w.ticket("screen"), "dora");
        deliver(&post, &to, &letter(DORA, &to, "Re: screen", "Auto-Submitted: auto-replied\r\n", "Away.")).await;
        work(&post).await;
        assert_eq!(suppressed(&door).await.len(), 1);
        deliver(&post, &to, &letter(DORA, &to, "Re: screen", "", "Here I am.")).await;
        work(&post).await;
        assert_eq!(suppressed(&door).await, Vec::<Value>::new());
        assert_eq!(tells_dora(w, &door, &post, "Two").await.state, "sent");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_complaint_stays_until_an_administrator_lifts_it_and_marks_no_mail(w) {
        let door = w.door().await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        let mail = tells_dora(w, &door, &post, "One").await;
        deliver_from(&post, "", BLUE, report("delivery-status", "5.1.1", &mail.message_id).as_bytes()).await;
        deliver_from(&post, "", BLUE, report("feedback-report", "", &mail.message_id).as_bytes()).await;
        work(&post).await;
        let all = suppressed(&door).await;
        assert_eq!((all.len(), &all[0]["reason"]), (1, &json!("complaint")), "{all:?}");
        let to = token(w, w.ticket("screen"), "dora");
        deliver(&post, &to, &letter(DORA, &to, "Re: screen", "", "Stop it.")).await;
        work(&post).await;
        assert_eq!(suppressed(&door).await.len(), 1, "she wrote, and wants no mail");
        let page = door.gets("max", PAGE).await;
        assert!(page.body.contains(DORA) && page.body.contains("reported our mail as unwanted"), "{}", page.body);
        for (who, status) in [("ben", 403), ("dora", 404)] {
            assert_eq!(door.asks(who, Method::DELETE, &format!("/api/v1/suppressed-addresses/{}", all[0]["id"]), "").await.status, status, "{who}");
        }
        let lifts = format!("{PAGE}/{}/removal", all[0]["id"]);
        for _ in 0..2 {
            assert_eq!(door.asks("max", Method::POST, &lifts, "").await.status, 303, "twice is once");
        }
        assert_eq!(suppressed(&door).await, Vec::<Value>::new());
        let journal = door.gets("max", "/admin/journal?deed=suppression_lifted").await;
        assert_eq!(journal.body.matches(DORA).count(), 1, "{}", journal.body);
        assert_eq!(tells_dora(w, &door, &post, "Two").await.state, "sent");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_report_about_a_mail_of_no_ticket_counts_too(w) {
        let door = w.door().await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        let asks = door.asks("gil", Method::POST, "/login/forgotten", &format!("login={DORA}")).await;
        assert!(asks.status < 400, "{}", asks.body);
        door.app.finish_errands().await;
        work(&post).await;
        let link = outbox(w).await.into_iter().find(|it| it.purpose == "password_link").unwrap();
        let id = deliver_from(&post, "", BLUE, report("delivery-status", "5.1.1", link.message_id.trim_matches(['<', '>'])).as_bytes()).await;
        work(&post).await;
        let end = ended(w, id).await;
        assert_eq!((end.state.as_str(), end.reason.as_deref(), end.ticket_id), ("done", Some("bounce"), None));
        assert_eq!(suppressed(&door).await[0]["address"], DORA);
        let back = outbox(w).await.into_iter().find(|it| it.purpose == "password_link").unwrap();
        assert_eq!(back.state, "bounced");
        door.closes().await;
    }
}

on_both_engines! {
    async fn mails_are_found_by_where_they_are_and_by_address(w) {
        let door = w.door().await;
        let server = Server::start(&[Fails::ForAddress(DORA)]).await;
        let post = with_relay(&post(w).await, server.port);
        tells_dora(w, &door, &post, "One").await;
        tells_dora(w, &door, &post, "Two").await;
        let api = "/api/v1/outgoing-mails";
        let states = |all: &Value| all["items"].as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let hers = door.json("max", &format!("{api}?address=DORA@")).await;
        assert_eq!(states(&hers), ["dropped", "failed"], "{hers}");
        assert_eq!(hers["items"][0]["why"], "suppressed");
        assert_eq!(states(&door.json("max", &format!("{api}?state=failed")).await), ["failed"]);
        assert_eq!(states(&door.json("max", &format!("{api}?address=d_ra")).await), Vec::<String>::new(), "a pattern stands for itself");
        let page = door.json("max", &format!("{api}?address=dora&limit=1")).await;
        let rest = door.json("max", &format!("{api}?address=dora&limit=1&cursor={}", page["next"].as_str().unwrap())).await;
        assert_eq!((states(&page), states(&rest)), (vec!["dropped".to_owned()], vec!["failed".to_owned()]));
        for wrong in ["state=lost", "limit=0", "cursor=x"] {
            assert_eq!(door.asks("max", Method::GET, &format!("{api}?{wrong}"), "").await.status, 422, "{wrong}");
        }
        assert_eq!(door.asks("ben", Method::GET, api, "").await.status, 403);
        let shown = door.gets("max", "/admin/mail/outbox?state=dropped&address=dora").await;
        assert!(shown.body.contains("The address is suppressed.") && !shown.body.contains("no such user"), "{}", shown.body);
        let shown = door.gets("max", "/admin/mail/outbox").await;
        assert!(shown.body.contains("no such user") && shown.body.contains("1 suppressed address"), "{}", shown.body);
        assert_eq!(door.gets("ben", "/admin/mail/outbox").await.status, 403);
        let id = hers["items"][1]["id"].as_i64().unwrap();
        let again = door.asks("max", Method::POST, &format!("{api}/{id}/retry"), "").await;
        assert_eq!(again.body, r#"{"retried":true}"#);
        let none = door.asks("max", Method::POST, &format!("{api}/{}/retry", hers["items"][0]["id"]), "").await;
        assert_eq!(none.body, r#"{"retried":false}"#);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_is_erased_leaves_no_address_behind(w) {
        let door = w.door().await;
        let server = Server::start(&[Fails::ForAddress(DORA)]).await;
        let post = with_relay(&post(w).await, server.port);
        tells_dora(w, &door, &post, "One").await;
        let own = door.json("dora", "/api/v1/me/data").await;
        assert_eq!(own["mail_stopped"][0]["address"], DORA, "what is held on her is told: {own}");
        let name = door.json("max", &format!("/api/v1/people/{}", w.person("dora").0)).await["name"].as_str().unwrap().to_owned();
        let erases = json!({ "name": name });
        let gone = door.asks("max", Method::POST, &format!("/api/v1/people/{}/erasure", w.person("dora").0), &erases.to_string()).await;
        assert!(gone.status < 300, "{}", gone.body);
        assert_eq!(suppressed(&door).await, Vec::<Value>::new());
        door.closes().await;
    }
}
