//! Mails without content: what a category wants kept at the desk does not leave it.

use axum::http::Method;
use serde_json::json;

use super::outgoing::Server;
use super::*;
use crate::browsing::Door;

/// Says of a department's default category, or another, how it is mailed.
pub async fn says(w: &World, door: &Door, category: i64, is_bare: Option<bool>) {
    let confidants = json!([{ "person": w.person("ben").0, "level": "edit" }]);
    let body = json!({ "confidential": true, "confidants": confidants, "bare_mails": is_bare });
    let path = format!("/api/v1/departments/1/categories/{category}/confidence");
    let said = door
        .asks("ada", Method::PUT, &path, &body.to_string())
        .await;
    assert_eq!(said.status, 200, "{}", said.body);
}

pub async fn category(w: &World, ticket: &str) -> i64 {
    let ticket = w.read(&w.actor("ada"), w.ticket(ticket)).await;
    ticket.category_id.0
}

/// What the server took since, as everything somebody may read of it.
async fn read(post: &Post, server: &Server, before: usize) -> (usize, String) {
    work(post).await;
    let took = server.took();
    let mut all = String::new();
    for raw in &took[before..] {
        let read = letter::parse::parse(raw.as_bytes());
        all.push_str(&format!(
            "{}\n{}\n{}\n{raw}\n",
            read.subject,
            read.text,
            read.html.unwrap_or_default()
        ));
    }
    (took.len(), all)
}

/// Does what is mailed, and says words that stand nowhere else by it.
async fn works(door: &Door, ticket: TicketId, word: &str) {
    let reply = json!({ "audience": "public", "body": format!("{word} reply") });
    assert_eq!(
        door.programs("ben", Method::POST, ticket, "/comments", reply)
            .await
            .status,
        201
    );
    let note = json!({ "audience": "staff", "body": format!("{word} note for @max") });
    assert_eq!(
        door.programs("ada", Method::POST, ticket, "/comments", note)
            .await
            .status,
        201
    );
    let answer = json!({ "audience": "public", "body": format!("{word} answer") });
    assert_eq!(
        door.programs("dora", Method::POST, ticket, "/comments", answer)
            .await
            .status,
        201
    );
    let closes = json!({ "message": format!("{word} closure") });
    assert_eq!(
        door.programs("ben", Method::POST, ticket, "/closure", closes)
            .await
            .status,
        200
    );
    let refuses = json!({ "message": format!("{word} refusal") });
    assert_eq!(
        door.programs("dora", Method::POST, ticket, "/refusal", refuses)
            .await
            .status,
        200
    );
}

on_both_engines! {
    /// The canary: neither the subject nor a word.
    async fn nothing_that_was_written_is_in_a_mail_of_such_a_category(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        says(w, &door, category(w, "screen").await, Some(true)).await;
        works(&door, screen, "zqxcanary").await;
        let (count, all) = read(&post, &server, 0).await;
        assert!(count >= 4, "{count}");
        for word in ["zqxcanary", "noir", "réveil", "/mailed/"] {
            assert!(!all.contains(word), "{word}: {all}");
        }
        for word in [format!("/tickets/{screen}"), "content on the ticket".to_owned(), "nothing of what was written".to_owned(), "Ben".to_owned()] {
            assert!(all.contains(&word), "{word}: {all}");
        }
        // Somebody ends it: the next mail says it again.
        says(w, &door, category(w, "screen").await, Some(false)).await;
        works(&door, screen, "zqxagain").await;
        let (_, all) = read(&post, &server, count).await;
        assert!(all.contains("zqxagain reply") && all.contains("noir"), "{all}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_lies_below_follows_and_who_says_nothing_of_it_changes_nothing(w) {
        let door = w.door().await;
        let top = category(w, "screen").await;
        says(w, &door, top, Some(true)).await;
        says(w, &door, top, None).await;
        let path = format!("/api/v1/departments/1/categories/{top}/confidence");
        assert_eq!(door.json("ada", &path).await["bare_mails"], json!(true));
        let below = json!({ "name": "Below", "parent": top }).to_string();
        let made = door.asks("ada", Method::POST, "/api/v1/departments/1/categories", &below).await;
        assert_eq!(made.status, 201, "{}", made.body);
        record! { struct Made { id: vigie::departments::CategoryId } }
        let made: Made = w.db.read().one(global!("SELECT id FROM categories WHERE name = 'Below'")).await.unwrap();
        let is_bare = async |category| vigie::departments::confidence::is_mailed_bare(&mut w.db.read(), category).await.unwrap();
        assert!(is_bare(made.id).await);
        // The page says it, and the journal keeps who did.
        let page = door.gets("ada", &format!("/admin/departments/1/categories/{top}/confidence")).await.body;
        assert!(page.contains("name=\"bare\" value=\"1\" checked"), "{page}");
        let version = door.json("ada", &path).await["version"].as_i64().unwrap();
        let form = format!("version={version}&confidential=1&level-{}=edit", w.person("ben"));
        let saved = door.asks("ada", Method::POST, &format!("/admin/departments/1/categories/{top}/confidence"), &form).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert!(!is_bare(made.id).await);
        let journal = door.json("ada", "/api/v1/journal?deed=confidence_changed").await.to_string();
        assert!(journal.contains("mailed_bare"), "{journal}");
        door.closes().await;
    }
}
