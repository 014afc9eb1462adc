//! A program that did not hear the answer asks again.

use kit::clock::Span;
use kit::db::Ask;
use kit::{global, record, system};
use serde_json::{Value, json};

use crate::world::World;

record! { struct Count { n: i64 } }

async fn tickets(w: &World) -> i64 {
    let count: Count =
        w.db.read()
            .one(system!(
                because = "a test counts",
                "SELECT COUNT(*) AS n FROM tickets"
            ))
            .await
            .unwrap();
    count.n
}

async fn comments(w: &World) -> i64 {
    let count: Count =
        w.db.read()
            .one(system!(
                because = "a test counts",
                "SELECT COUNT(*) AS n FROM comments"
            ))
            .await
            .unwrap();
    count.n
}

/// The category of a ticket.
async fn category(w: &World, ticket: &str) -> i64 {
    let ticket = w.read(&w.actor("ada"), w.ticket(ticket)).await;
    ticket.category_id.0
}

on_both_engines! {
    /// Also at once, after a restart, and after one that died before it answered (IN-23).
    async fn a_ticket_and_an_answer_asked_for_again_are_the_same_ticket_and_the_same_answer(w) {
        let door = w.door().await;
        let body = json!({"subject": "A lamp", "body": "It flickers.", "category": category(w, "printer").await}).to_string();
        let before = (tickets(w).await, comments(w).await);
        let asks = || door.asks_with_key("dora", "k1", "/api/v1/tickets", &body);
        let at_once = futures_util::future::join_all([asks(), asks(), asks(), asks()]).await;
        let made: Vec<&str> = at_once.iter().filter(|it| it.status == 201).map(|it| it.body.as_str()).collect();
        assert!(!made.is_empty(), "{at_once:?}");
        assert!(at_once.iter().all(|it| it.status == 201 || it.status == 409), "{at_once:?}");
        assert!(made.iter().all(|it| *it == made[0]), "{made:?}");
        let first: Value = serde_json::from_str(made[0]).unwrap();
        let again = asks().await;
        assert_eq!((again.status, again.body.as_str()), (201, made[0]));
        let other = body.replace("A lamp", "A chair");
        assert_eq!(door.asks_with_key("dora", "k1", "/api/v1/tickets", &other).await.status, 422);
        // The same words below the key of somebody else are somebody else's.
        assert_eq!(door.asks_with_key("emil", "k1", "/api/v1/tickets", &body).await.status, 201);
        assert_eq!(tickets(w).await, before.0 + 2);
        let path = format!("/api/v1/tickets/{}/comments", first["number"]);
        let said = json!({"audience": "public", "body": "It still does."}).to_string();
        let one = door.asks_with_key("dora", "k2", &path, &said).await;
        assert_eq!(one.status, 201, "{}", one.body);
        door.closes().await;
        // Everybody comes in anew.
        let mut tx = w.db.write().await.unwrap();
        for way_in in [global!("DELETE FROM sessions"), global!("DELETE FROM api_tokens")] {
            tx.run(way_in).await.unwrap();
        }
        tx.commit().await.unwrap();

        let door = w.door().await;
        for (key, path, body, answer) in [("k1", "/api/v1/tickets", &body, made[0]), ("k2", path.as_str(), &said, one.body.as_str())] {
            let again = door.asks_with_key("dora", key, path, body).await;
            assert_eq!((again.status, again.body.as_str()), (201, answer), "{key}");
        }
        // It died between the deed and its answer.
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE idempotency_keys SET status = NULL, body = NULL WHERE person_id = $1", w.person("dora"))).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(door.asks_with_key("dora", "k1", "/api/v1/tickets", &body).await.status, 409, "it may still be running");
        w.clock.advance(Span::minutes(2));
        let again = door.asks_with_key("dora", "k1", "/api/v1/tickets", &body).await;
        assert_eq!(again.status, 201, "{}", again.body);
        assert_eq!(serde_json::from_str::<Value>(&again.body).unwrap()["number"], first["number"]);
        assert_eq!(door.asks_with_key("dora", "k2", &path, &said).await.status, 201);
        assert_eq!((tickets(w).await, comments(w).await), (before.0 + 2, before.1 + 3));
        door.closes().await;
    }
}
