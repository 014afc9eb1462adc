//! Handling: what each deed leaves, who may, who is told, and how the pages and the API offer it.

mod clockwork;
mod giving;
pub mod giving_out;
mod moving;
mod permanent;
mod table;
mod waiting;
mod words;

use axum::http::Method;

use crate::browsing::{Answer, Door};
use crate::world::World;
use vigie::tickets::TicketId;

/// Somebody sends the form of a deed as they saw the ticket now.
pub async fn sends(
    w: &World,
    door: &Door,
    who: &str,
    ticket: TicketId,
    noun: &str,
    fields: &str,
) -> Answer {
    let (_, version) = w.stands(ticket).await;
    sends_at(door, who, ticket, noun, version, fields).await
}

/// The same from an older page.
pub async fn sends_at(
    door: &Door,
    who: &str,
    ticket: TicketId,
    noun: &str,
    version: i64,
    fields: &str,
) -> Answer {
    let room = if matches!(who, "dora" | "emil" | "fay") {
        "/portal/tickets"
    } else {
        "/tickets"
    };
    let path = format!("{room}/{ticket}/{noun}");
    let body = format!("version={version}&{fields}");
    door.asks(who, Method::POST, &path, &body).await
}

/// Asserts that the deed was done: the browser is sent on.
pub fn done(answer: &Answer) {
    assert_eq!(answer.status, 303, "{}", answer.body);
}
