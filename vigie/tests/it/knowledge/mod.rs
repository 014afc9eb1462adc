//! The knowledge base: who sees what, how it is kept, and what customers make of it.

mod keeping;
mod solutions;
mod who_sees;

use axum::http::Method;
use serde_json::{Value, json};

use crate::browsing::{Answer, Door};

/// Blue and Red, and their inboxes.
pub const BLUE: i64 = 1;
pub const RED: i64 = 2;

/// An article that somebody's program wrote.
pub async fn writes(door: &Door, who: &str, body: Value) -> i64 {
    let answer = door
        .asks(who, Method::POST, "/api/v1/articles", &body.to_string())
        .await;
    assert_eq!(answer.status, 201, "{who}: {}", answer.body);
    let made: Value = serde_json::from_str(&answer.body).unwrap();
    made["id"].as_i64().unwrap()
}

/// The same, published.
pub async fn published(door: &Door, title: &str, audience: &str, department: Option<i64>) -> i64 {
    let body = json!({"title": title, "body": format!("How: **{title}**"), "audience": audience, "department": department});
    let id = writes(door, "ada", body).await;
    assert_eq!(publishes(door, "ada", id).await.status, 200);
    id
}

/// Somebody's program publishes one.
pub async fn publishes(door: &Door, who: &str, id: i64) -> Answer {
    let path = format!("/api/v1/articles/{id}/publication");
    door.asks(who, Method::POST, &path, "{}").await
}

/// What a program reads of an article, with its figures for whoever keeps it.
pub async fn told(door: &Door, who: &str, id: i64) -> Value {
    door.json(who, &format!("/api/v1/articles/{id}")).await
}
