//! Taking a part of a message out: it is nowhere any more, and everybody reads that it is gone.

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{record, system};
use serde_json::{Value, json};
use vigie::tickets::TicketId;

use super::{post, stands, works};
use crate::browsing::Door;
use crate::mail::{BLUE, deliver, letter};
use crate::world::World;

/// What somebody should not have written.
const SECRET: &str = "zqxsecret77";
/// `the code is zqxsecret77, keep it`
const FILE: &str = "dGhlIGNvZGUgaXMgenF4c2VjcmV0NzcsIGtlZXAgaXQ=";

record! { struct Number { id: i64 } }

async fn comments(door: &Door, who: &str, ticket: TicketId) -> Vec<Value> {
    let path = format!("/api/v1/tickets/{ticket}/comments");
    let all = door.json(who, &path).await;
    all["items"].as_array().unwrap().clone()
}

async fn does(door: &Door, who: &str, method: Method, path: &str, body: Value) -> Value {
    let answer = door.asks(who, method, path, &body.to_string()).await;
    assert!(answer.status < 300, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap_or_default()
}

/// Changes a table itself, as what no test can wait for would.
async fn writes(w: &World, query: kit::db::Query) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(query).await.unwrap();
    tx.commit().await.unwrap();
}

on_both_engines! {
    async fn a_pasted_password_vanishes_from_every_table_index_and_file(w) {
        let door = w.door().await;
        let p = post(w, &door).await;
        let said = format!("Bonjour,\nmy code is {SECRET}, thanks.");
        let subject = format!("Code {SECRET} refused");
        deliver(&p, BLUE, &letter("Dora <dora@nordet.example>", BLUE, &subject, "Message-ID: <first@nordet.example>\r\n", &said)).await;
        works(w, &door, &p).await;
        let opened: Number = w.db.read().one(system!(because = "a test looks at the table itself", "SELECT MAX(id) AS id FROM tickets")).await.unwrap();
        let ticket = TicketId(opened.id);
        let at = format!("/api/v1/tickets/{ticket}");
        // Quoted by a colleague, corrected, in a file, in a draft, in a task, in time spent.
        let answer = json!({"audience": "public", "body": format!("> {SECRET}\n\nChange it!"), "files": [{"name": "code.txt", "content": FILE}]});
        let reply = does(&door, "ben", Method::POST, &format!("{at}/comments"), answer).await["id"].as_i64().unwrap();
        does(&door, "ben", Method::PATCH, &format!("{at}/comments/{reply}"), json!({"body": format!("> {SECRET}\n\nChange it now!")})).await;
        does(&door, "ben", Method::POST, &format!("{at}/tasks"), json!({"title": format!("Reset {SECRET}")})).await;
        does(&door, "ben", Method::POST, &format!("{at}/time"), json!({"minutes": 5, "note": format!("About {SECRET}")})).await;
        works(w, &door, &p).await;
        writes(w, system!(because = "a test writes the table itself",
            "INSERT INTO drafts (ticket_id, author_id, audience, state, body, updated_at) VALUES ($1, $2, 'public', 'draft', $3, 1)",
            ticket, w.person("gil"), format!("Is it {SECRET}?"))).await;
        writes(w, system!(because = "a test writes the table itself",
            "UPDATE outgoing_mails SET raw = $1 WHERE ticket_id = $2", said.as_bytes(), ticket)).await;
        writes(w, system!(because = "a test writes the table itself",
            "INSERT INTO incoming_mails (digest, raw, envelope_from, envelope_to, received_at, state, ticket_id) VALUES ('held', $1, 'x@nordet.example', $2, 1, 'held', $3)",
            letter("x@nordet.example", BLUE, "Again", "", &said).as_bytes(), BLUE, ticket)).await;
        let before = stands(w, &door, SECRET).await;
        for place in ["a file", "comments", "drafts", "events", "incoming_mails", "outgoing_mails", "tasks", "tickets", "time_entries"] {
            assert!(before.iter().any(|found| found == place), "{place}: {before:?}");
        }
        assert!(before.iter().any(|found| found.starts_with("search_index")), "{before:?}");

        // The page shows what would be left, and nothing has changed by that.
        let first = comments(&door, "ben", ticket).await[0]["id"].as_i64().unwrap();
        let page = format!("/tickets/{ticket}/comments/{first}/redaction");
        let seen = door.json("ben", &at).await["version"].as_i64().unwrap();
        let ticket_page = door.gets("ben", &format!("/tickets/{ticket}")).await;
        assert!(ticket_page.body.contains(&page), "it is offered beside the message");
        let form = door.gets("ben", &page).await;
        assert!(form.status == 200 && form.body.contains(SECRET), "the words can be copied: {}", form.body);
        let typed = format!("version={seen}&words={SECRET}&reason=A+password");
        let asked = door.asks("ben", Method::POST, &page, &format!("{typed}&step=preview")).await;
        assert_eq!(asked.status, 200, "{}", asked.body);
        assert!(asked.body.contains("[removed]") && asked.body.contains("in 1 other message") && asked.body.contains("subject"), "{}", asked.body);
        assert_eq!(stands(w, &door, SECRET).await, before);

        let done = door.asks("ben", Method::POST, &page, &format!("{typed}&step=remove")).await;
        assert_eq!((done.status, done.location()), (303, &*format!("/tickets/{ticket}#comment-{first}")), "{}", done.body);
        // The file of the other message goes by its own tick.
        let other = comments(&door, "ben", ticket).await[1].clone();
        let file = other["attachments"][0]["id"].as_i64().unwrap();
        let path = format!("{at}/comments/{reply}/redaction");
        does(&door, "ben", Method::POST, &path, json!({"files": [file], "reason": "The same"})).await;
        works(w, &door, &p).await;
        w.clock.advance(Span::minutes(11));
        works(w, &door, &p).await;
        assert_eq!(stands(w, &door, SECRET).await, Vec::<String>::new());

        // What happened is said to both sides: by whom and why, never what.
        for (who, path) in [("ben", format!("/tickets/{ticket}")), ("dora", format!("/portal/tickets/{ticket}"))] {
            let page = door.gets(who, &path).await;
            assert!(page.body.contains("my code is [removed], thanks.") && page.body.contains("A password"), "{who}: {}", page.body);
            assert!(page.body.contains("removed by Ben"), "{who}: {}", page.body);
        }
        let history = door.json("dora", &format!("{at}/events")).await;
        let lines = history["items"].as_array().unwrap();
        let line = lines.iter().find(|line| line["kind"] == "redacted").unwrap();
        assert_eq!((line["after"].as_str(), line["before"].as_str()), (Some("A password"), None), "{line}");
        let words = comments(&door, "dora", ticket).await;
        assert!(words[0]["redacted_at"].is_string() && words[0]["redaction_reason"] == "A password", "{}", words[0]);
        assert_eq!(door.gets("ben", &format!("{at}/attachments/{file}")).await.status, 404);
        let found = door.gets("ben", &format!("/search?q={SECRET}")).await;
        assert!(!found.body.contains(&format!("/tickets/{ticket}")), "{}", found.body);
        let noted = door.gets("ada", "/admin/journal").await;
        assert!(noted.body.contains("Part of a message removed") && noted.body.contains(&format!("#{ticket}")), "{}", noted.body);
        // The letter is still known by its identifier, so the same one is not taken twice and answers thread.
        let kept: Vec<Number> = w.db.read().all(system!(because = "a test looks at the table itself",
            "SELECT id FROM incoming_mails WHERE ticket_id = $1 AND SUBSTR(raw, 1, 35) = $2", ticket, &b"Message-ID: <first@nordet.example>\r"[..])).await.unwrap();
        assert!(kept.len() == 1 && kept[0].id > 0, "{}", kept.len());
        door.closes().await;
    }
}

on_both_engines! {
    async fn only_whoever_handles_the_departments_tickets_takes_something_out(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let at = format!("/api/v1/tickets/{screen}");
        let said = json!({"audience": "public", "body": format!("It is {SECRET}.")});
        let comment = does(&door, "ben", Method::POST, &format!("{at}/comments"), said).await["id"].as_i64().unwrap();
        let path = format!("{at}/comments/{comment}/redaction");
        let wish = json!({"words": SECRET, "reason": "A password"}).to_string();
        let page = format!("/tickets/{screen}/comments/{comment}/redaction");
        for (who, status) in [("dora", 403), ("vera", 403), ("gil", 403), ("cleo", 404), ("rob", 404), ("emil", 404), ("nobody", 401)] {
            assert_eq!(door.asks(who, Method::POST, &path, &wish).await.status, status, "{who}");
            let page = door.gets(who, &page).await;
            assert!(page.status != 200 && !page.body.contains(SECRET), "{who}");
        }
        for (body, field) in [
            (json!({"reason": "A password"}), "words"),
            (json!({"words": "z", "reason": "A password"}), "words"),
            (json!({"words": "something else", "reason": "A password"}), "words"),
            (json!({"words": SECRET, "reason": " "}), "reason"),
            (json!({"words": SECRET, "reason": format!("It was {SECRET}")}), "reason"),
            (json!({"words": SECRET, "reason": "x".repeat(301)}), "reason"),
            (json!({"words": SECRET, "files": [999_999], "reason": "A password"}), "files"),
        ] {
            let refused = door.asks("ben", Method::POST, &path, &body.to_string()).await;
            assert_eq!(refused.status, 422, "{body}: {}", refused.body);
            assert!(refused.body.contains(field), "{body}: {}", refused.body);
        }
        // From a page that is not the one that stands: what was typed stays, nothing is done.
        let seen = door.json("ben", &at).await["version"].as_i64().unwrap();
        let stale = door.asks_having_seen("ben", Method::POST, &path, Some(seen - 1), &wish).await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        let typed = format!("version={}&words={SECRET}&reason=Because&step=remove", seen - 1);
        let stale = door.asks("ben", Method::POST, &page, &typed).await;
        assert!(stale.status == 409 && stale.body.contains("Because"), "{}", stale.body);
        assert!(stands(w, &door, SECRET).await.contains(&"comments".to_owned()));
        // A message of another ticket is not found here.
        let other = format!("/api/v1/tickets/{}/comments/{comment}/redaction", w.ticket("printer"));
        assert_eq!(door.asks("ben", Method::POST, &other, &wish).await.status, 404);
        // An administrator may, wherever it is; whoever has it as the last version, once.
        assert_eq!(door.asks_having_seen("max", Method::POST, &path, Some(seen), &wish).await.status, 204);
        assert_eq!(door.asks("max", Method::POST, &path, &wish).await.status, 422, "it is gone");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_secret_in_the_store_or_on_a_merged_ticket_goes_too(w) {
        let door = w.door().await;
        let p = post(w, &door).await;
        let printer = w.ticket("printer");
        let into = w.ticket("screen");
        let said = json!({"audience": "staff", "body": format!("The code: {SECRET}")});
        let comment = does(&door, "ben", Method::POST, &format!("/api/v1/tickets/{printer}/comments"), said).await["id"].as_i64().unwrap();
        let subject = json!({"subject": format!("Code {SECRET}")});
        does(&door, "max", Method::PATCH, &format!("/api/v1/tickets/{printer}"), subject).await;
        let merge = json!({"into": into.0, "let_requester_in": true}).to_string();
        let merged = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{printer}/merge"), &merge).await;
        assert!(merged.status < 300, "{}", merged.body);
        writes(w, system!(because = "a test writes the table itself", "UPDATE tickets SET state = 'archived', stage = 'archived' WHERE id = $1", into)).await;
        let wish = json!({"words": SECRET, "reason": "A password"});
        does(&door, "ben", Method::POST, &format!("/api/v1/tickets/{into}/comments/{comment}/redaction"), wish).await;
        works(w, &door, &p).await;
        assert_eq!(stands(w, &door, SECRET).await, Vec::<String>::new());
        door.closes().await;
    }
}
