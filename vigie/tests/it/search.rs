//! Searching: the same answers on both engines, nothing of what one may not see, nothing typed that
//! breaks it.

mod corpus;
mod hidden;
mod keeping_up;
mod many;
mod suggestions;

use kit::db::{Ask, Tx};
use kit::system;
use vigie::search::index;
use vigie::tickets::TicketId;

use crate::browsing::{Answer, Door};
use crate::world::World;

/// An address with what is searched.
pub fn address(path: &str, query: &str) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("q", query);
    format!("{path}?{}", form.finish())
}

/// The numbers of the tickets that somebody's program finds, the best first.
pub async fn finds(door: &Door, who: &str, query: &str) -> Vec<i64> {
    let path = format!("{}&limit=200", address("/api/v1/search", query));
    let answer = door.gets(who, &path).await;
    assert_eq!(answer.status, 200, "{who} {query}: {}", answer.body);
    let found: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let items = found["items"].as_array().into_iter().flatten();
    let numbers: Vec<i64> = items
        .filter_map(|hit| hit["ticket"]["number"].as_i64())
        .collect();
    assert_eq!(
        found["count"].as_i64(),
        i64::try_from(numbers.len()).ok(),
        "{who} {query}: as many as are shown"
    );
    numbers
}

/// The page of the agent's search.
pub async fn page(door: &Door, who: &str, query: &str) -> Answer {
    door.gets(who, &address("/search", query)).await
}

/// Brings the index up to date, as the indexer does beside the desk.
pub async fn keeps_up(w: &World) {
    index::catch_up(&w.db).await.unwrap();
}

/// Changes the table itself, where no verb does yet.
pub async fn change(w: &World, text: impl AsyncFn(&mut Tx)) {
    let mut tx = w.db.write().await.unwrap();
    text(&mut tx).await;
    tx.commit().await.unwrap();
}

/// Puts somebody in charge of a ticket.
pub async fn assign(w: &World, ticket: TicketId, who: &str) {
    let person = w.person(who);
    change(w, async |tx| {
        tx.run(system!(
            because = "a test assigns by itself",
            "UPDATE tickets SET assignee_id = $2, state = 'in_progress' WHERE id = $1",
            ticket,
            person
        ))
        .await
        .unwrap();
    })
    .await;
}

/// How much waits to be indexed.
pub async fn waiting(w: &World) -> i64 {
    kit::record! { struct Count { n: i64 } }
    let count: Count =
        w.db.read()
            .one(kit::global!("SELECT COUNT(*) AS n FROM search_queue"))
            .await
            .unwrap();
    count.n
}

on_both_engines! {
    async fn a_requester_reads_the_state_of_what_they_find_in_plain_words(w) {
        let badge = w.ticket("badge");
        change(w, async |tx| {
            tx.run(system!(because = "a test frees by itself", "UPDATE tickets SET assignee_id = NULL, state = 'free', stage = 'open' WHERE id = $1", badge)).await.unwrap();
        })
        .await;
        keeps_up(w).await;
        let door = w.door().await;
        let asked = door.gets("dora", &address("/portal/search", "badge")).await;
        assert!(asked.body.contains("Received</span>") && !asked.body.contains("Free</span>"));
        let works = page(&door, "ada", "badge").await;
        assert!(works.body.contains("Free</span>") && !works.body.contains("Received</span>"));
        door.closes().await;
    }
}
