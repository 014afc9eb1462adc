//! What administrators say in mails in place of the desk's own sentences, and what departments write under them.

use axum::http::Method;
use serde_json::{Value, json};

use super::outgoing::Server;
use super::*;
use crate::browsing::Door;

const API: &str = "/api/v1/mail-texts/public-reply/en";
const PAGE: &str = "/admin/mail-texts/public-reply/en";

async fn says(door: &Door, who: &str, body: Value) -> u16 {
    let answer = door.asks(who, Method::PUT, API, &body.to_string()).await;
    answer.status
}

/// What Dora reads in her mail program when Ben answers her: subject, text and HTML.
async fn dora_reads(
    w: &World,
    door: &Door,
    post: &Post,
    server: &Server,
) -> (String, String, String) {
    let before = server.took().len();
    let reply = json!({ "audience": "public", "body": "Turn it on." });
    let screen = w.ticket("screen");
    let answer = door
        .programs("ben", Method::POST, screen, "/comments", reply)
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    work(post).await;
    let took = server.took();
    let hers = took[before..].iter().find(|raw| {
        let to = raw.lines().find(|line| line.starts_with("To:"));
        to.is_some_and(|to| to.contains("dora@"))
    });
    let read = letter::parse::parse(hers.unwrap().as_bytes());
    (read.subject, read.text, read.html.unwrap_or_default())
}

on_both_engines! {
    async fn a_mail_says_what_administrators_say_and_what_people_wrote_all_the_same(w) {
        let door = w.door().await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        let (ours, _, _) = dora_reads(w, &door, &post, &server).await;
        assert!(ours.starts_with("[Reply Blue #"), "{ours}");
        let said = json!({
            "subject": "{desk.name}: {ticket.subject} <{ticket.number}>",
            "lead": "News of <b>{actor.name}</b>",
            "next": "We are there from 8 to 6.\nCall 12 if it burns.",
        });
        assert_eq!(says(&door, "max", said).await, 200);
        let signature = json!({ "signature": "The Blue team\nBuilding C" });
        let signed = door.asks("max", Method::PUT, "/api/v1/departments/1/signature", &signature.to_string()).await;
        assert_eq!(signed.status, 200, "{}", signed.body);
        let (subject, text, html) = dora_reads(w, &door, &post, &server).await;
        assert!(subject.contains("Écran noir au réveil <") && !subject.contains('{'), "{subject}");
        assert!(text.contains("News of <b>Ben") && text.contains("Turn it on.") && text.contains("Call 12 if it burns."), "{text}");
        assert!(text.contains("/portal/tickets/"), "the link stays: {text}");
        assert!(html.contains("&lt;b&gt;Ben") || html.contains("&#60;b&#62;Ben"), "words are words: {html}");
        assert!(text.contains("The Blue team\nBuilding C") && html.contains("<p>Building C</p>"), "{text} {html}");
        // In French nothing was said.
        let page = door.gets("max", "/admin/mail-texts").await;
        assert_eq!(page.body.matches("Your own").count(), 1, "{}", page.body);
        // And back to the desk's own.
        assert_eq!(says(&door, "max", json!({})).await, 200);
        let (subject, text, _) = dora_reads(w, &door, &post, &server).await;
        assert_eq!((subject, text.contains("burns")), (ours, false));
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_a_mail_may_not_say_no_text_makes_it_say(w) {
        let door = w.door().await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        let said = json!({ "subject": "{ticket.subject}", "lead": "About {ticket.subject}" });
        assert_eq!(says(&door, "max", said).await, 200);
        super::bare::says(w, &door, super::bare::category(w, "screen").await, Some(true)).await;
        let (subject, text, html) = dora_reads(w, &door, &post, &server).await;
        for said in [&subject, &text, &html] {
            assert!(!said.contains("réveil") && !said.contains("Turn it on"), "{said}");
        }
        assert!(subject.contains("content on the ticket"), "{subject}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn mistakes_get_a_sentence_what_was_typed_stays_and_nobody_is_overwritten(w) {
        let door = w.door().await;
        for (who, status) in [("ben", 403), ("dora", 404)] {
            assert_eq!(says(&door, who, json!({"lead": "Mine"})).await, status, "{who}");
            assert_eq!(door.asks(who, Method::GET, "/api/v1/mail-texts", "").await.status, status, "{who}");
        }
        assert_eq!(door.gets("ben", PAGE).await.status, 403);
        assert_eq!(door.gets("max", "/admin/mail-texts/never/en").await.status, 404);
        assert_eq!(door.gets("max", "/admin/mail-texts/created/de").await.status, 404);
        let post = async |form: &str| door.asks("max", Method::POST, PAGE, form).await;
        let wrong = post("version=1&subject=%7Bticket.secret%7D&lead=%7Bdate%7D").await;
        assert_eq!(wrong.status, 422);
        for word in ["“ticket.secret” is no placeholder", "“date” is no placeholder", "value=\"{ticket.secret}\""] {
            assert!(wrong.body.contains(word), "{word}: {}", wrong.body);
        }
        let long = post(&format!("version=1&lead={}", "x".repeat(501))).await;
        assert_eq!(long.status, 422, "{}", long.body);
        // A preview shows it and keeps nothing.
        let shown = post("version=1&do=preview&lead=Look+at+%7Bticket.number%7D").await;
        assert_eq!(shown.status, 200);
        assert!(shown.body.contains("Look at 4770") && shown.body.contains("value=\"Look at {ticket.number}\""), "{}", shown.body);
        let mine = door.json("max", "/api/v1/mail-texts").await;
        let of = |all: &Value| all["items"].as_array().unwrap().iter().find(|it| it["event"] == "public-reply" && it["language"] == "en").unwrap().clone();
        assert_eq!((&of(&mine)["lead"], &of(&mine)["version"]), (&Value::Null, &json!(1)));
        assert_eq!(post("version=1&lead=First").await.status, 303);
        let stale = post("version=1&lead=Second").await;
        assert_eq!(stale.status, 409);
        for word in ["First", "value=\"Second\"", "name=\"version\" value=\"2\""] {
            assert!(stale.body.contains(word), "{word}: {}", stale.body);
        }
        assert_eq!(door.asks_having_seen("max", Method::PUT, API, Some(1), r#"{"lead":"Third"}"#).await.status, 409);
        assert_eq!(post("version=2&do=reset&lead=Second").await.status, 303);
        let mine = door.json("max", "/api/v1/mail-texts").await;
        assert_eq!((&of(&mine)["lead"], &of(&mine)["version"]), (&Value::Null, &json!(3)));
        let journal = door.gets("max", "/admin/journal?deed=mail_text_changed").await;
        assert!(journal.body.contains("public-reply en") && journal.body.contains("First"), "{}", journal.body);
        // A signature, the same way.
        let page = "/admin/departments/1/signature";
        let shown = door.gets("max", page).await;
        let version: i64 = shown.body.split("name=\"version\" value=\"").nth(1).and_then(|it| it.split('"').next()).and_then(|it| it.parse().ok()).unwrap();
        let long = door.asks("max", Method::POST, page, &format!("version={version}&signature={}", "x".repeat(1001))).await;
        assert_eq!(long.status, 422);
        assert_eq!(door.asks("max", Method::POST, page, &format!("version={version}&signature=Blue")).await.status, 303);
        let stale = door.asks("max", Method::POST, page, &format!("version={version}&signature=Azure")).await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("Azure</textarea>") && stale.body.contains(">Blue</div>"), "{}", stale.body);
        assert_eq!(door.gets("ben", page).await.status, 403);
        assert_eq!(door.gets("cleo", page).await.status, 404);
        door.closes().await;
    }
}
