//! Archived tickets go as a whole when an owner said so, with everything that hangs on them, and nothing else does.

mod around;
mod late_mail;
mod runs;
mod whole;

use axum::http::Method;
use kit::clock::{Moment, Span};
use kit::db::{Ask, Query};
use kit::{record, system};
use serde_json::json;
use vigie::privacy::retention;
use vigie::tickets::TicketId;

use crate::browsing::Door;
use crate::world::World;

const AT: &str = "/api/v1/retention";

record! { struct Number { id: i64 } }

async fn writes(w: &World, query: Query) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(query).await.unwrap();
    tx.commit().await.unwrap();
}

/// The same of a statement that answers with the number of its row.
async fn makes(w: &World, query: Query) -> i64 {
    let mut tx = w.db.write().await.unwrap();
    let made: Number = tx.one(query).await.unwrap();
    tx.commit().await.unwrap();
    made.id
}

async fn number(w: &World, query: Query) -> i64 {
    let found: Number = w.db.read().one(query).await.unwrap();
    found.id
}

fn days_ago(w: &World, days: i64) -> Moment {
    w.now().minus(Span::days(days))
}

/// Puts a ticket into the archive, so many days ago.
async fn archives(w: &World, ticket: TicketId, days: i64) {
    writes(
        w,
        system!(
            because = "a test writes the table itself",
            "UPDATE tickets SET state = 'archived', stage = 'archived', archived_at = $2, version = version + 1 WHERE id = $1",
            ticket,
            days_ago(w, days)
        ),
    )
    .await;
}

/// The owner says after how many days archived tickets go.
async fn says(door: &Door, days: i64) {
    let rules = json!({ "tickets": days }).to_string();
    let said = door.asks("ada", Method::PUT, AT, &rules).await;
    assert_eq!(said.status, 200, "{}", said.body);
}

/// How many would go by that.
async fn counted(door: &Door, days: i64) -> i64 {
    let rules = json!({ "tickets": days }).to_string();
    let counted = door
        .asks("ada", Method::POST, &format!("{AT}/preview"), &rules)
        .await;
    assert_eq!(counted.status, 200, "{}", counted.body);
    let counted: serde_json::Value = serde_json::from_str(&counted.body).unwrap();
    counted["tickets"].as_i64().unwrap()
}

async fn runs(w: &World) -> usize {
    retention::keep(&w.db, w.now()).await.unwrap()
}

async fn is_there(w: &World, ticket: TicketId) -> bool {
    number(
        w,
        system!(
            because = "a test looks at the table itself",
            "SELECT COUNT(*) AS id FROM tickets WHERE id = $1",
            ticket
        ),
    )
    .await
        == 1
}
