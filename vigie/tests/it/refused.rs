//! What people who are signed in were refused is in the journal, hour by hour: once, whoever tries how often, and
//! without a word of what they sent.

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{record, system};
use vigie::audit::refused::{self, MOST_TOLD, READS_TOLD_FROM};

use crate::browsing::{Door, Manner};
use crate::world::World;

record! { struct Told { actor_id: Option<i64>, way: String, detail: String } }

/// What the journal tells of it when the hour is over, by whom: `who way count request answer`.
async fn told(door: &Door, w: &World) -> Vec<String> {
    door.app.finish_errands().await;
    w.clock.advance(Span::hours(1));
    refused::tell(&w.db, w.now()).await.unwrap();
    let rows: Vec<Told> =
        w.db.read()
            .all(system!(
                because = "a test",
                "SELECT e.actor_id, e.way, e.detail FROM audit_entries e WHERE e.deed = 'requests_refused' ORDER BY e.id"
            ))
            .await
            .unwrap();
    let name = |id: i64| {
        w.everybody()
            .find(|who| *who != "nobody" && w.person(who).0 == id)
    };
    rows.iter()
        .map(|row| {
            let detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap();
            let changes = detail["changes"].as_array().unwrap();
            let of = |field: &str| {
                let found = changes.iter().find(|it| it[0] == field);
                found.map_or("-", |it| it[2].as_str().unwrap()).to_owned()
            };
            let who = row.actor_id.and_then(name).unwrap_or("nobody");
            let (count, request, answer) = (of("count"), of("request"), of("answer"));
            format!("{who} {} {count} {request} {answer}", row.way)
        })
        .collect()
}

on_both_engines! {
    /// Issue "who may see and do what": a clear refusal, nothing changed, one line in the journal.
    async fn tries_at_what_is_not_theirs_are_told_once_for_an_hour(w) {
        let door = w.door().await;
        let max = w.person("max");
        let path = format!("/admin/people/{max}/sessions/end");
        for _ in 0..3 {
            assert_eq!(door.asks("ben", Method::POST, &path, "").await.status, 403);
        }
        // A program of his, a page, and a form that another site sent.
        let api = format!("/api/v1/people/{max}/sessions");
        assert_eq!(door.asks("ben", Method::DELETE, &api, "").await.status, 403);
        assert_eq!(door.gets("ben", "/admin/journal").await.status, 403);
        let forged = door.asks_as(Manner::FromElsewhere, "cleo", Method::POST, "/logout", None, "").await;
        assert_eq!(forged.status, 403);
        // Deeds on tickets that are not there for her: one line for all of them.
        for ticket in ["screen", "badge"] {
            let path = format!("/api/v1/tickets/{}/assignee", w.ticket(ticket));
            assert_eq!(door.asks("cleo", Method::POST, &path, r#"{"person":1}"#).await.status, 404);
        }
        assert_eq!(told(&door, w).await, [
            "ben web 3 POST /admin/people/{id}/sessions/end forbidden",
            "cleo api 2 POST /api/v1/tickets/{number}/assignee not_there",
            "ben api 1 DELETE /api/v1/people/{id}/sessions forbidden",
            "ben web 1 GET /admin/journal forbidden",
            "cleo web 1 POST /logout forbidden",
        ]);
        assert_eq!(told(&door, w).await.len(), 5, "and each once");
        let page = door.gets("max", "/admin/journal?deed=requests_refused").await;
        assert!(page.body.contains("Requests refused") && page.body.contains("not there for them"), "{}", page.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_cannot_be_read_or_is_too_much_is_told_without_a_word_of_it(w) {
        let door = w.door().await;
        let broken = door.asks("ben", Method::POST, "/api/v1/tickets", r#"{"subject": 7, "word-of-his"#).await;
        assert_eq!(broken.status, 422);
        let large = format!(r#"{{"subject": "{}"}}"#, "x".repeat(30 * 1024 * 1024));
        assert_eq!(door.asks("ben", Method::POST, "/api/v1/tickets", &large).await.status, 413);
        assert_eq!(told(&door, w).await, [
            "ben api 1 POST /api/v1/tickets malformed",
            "ben api 1 POST /api/v1/tickets too_large",
        ]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn mistakes_old_links_and_strangers_are_not_told(w) {
        let door = w.door().await;
        let (screen, payroll) = (w.ticket("screen"), w.ticket("payroll"));
        // A form with a mistake, a change that came second, an old link, nine times; and whoever is not signed in.
        assert_eq!(door.asks("max", Method::POST, "/api/v1/people", r#"{"name":"","email":"x"}"#).await.status, 422);
        let stale = door.asks_having_seen("ben", Method::PATCH, &format!("/api/v1/tickets/{screen}"), Some(99), r#"{"subject":"x"}"#).await;
        assert_eq!(stale.status, 409);
        for _ in 1..READS_TOLD_FROM {
            assert_eq!(door.gets("ben", &format!("/tickets/{payroll}")).await.status, 404);
        }
        door.gets("nobody", "/admin").await;
        door.asks("nobody", Method::POST, "/api/v1/tickets", "{}").await;
        assert!(told(&door, w).await.is_empty());
        // Ten are a search.
        for number in 0..READS_TOLD_FROM {
            door.gets("ben", &format!("/tickets/{}", 987_000 + number)).await;
        }
        assert_eq!(told(&door, w).await, ["ben web 10 GET /tickets/{number} not_there"]);
        door.closes().await;
    }
}

on_both_engines! {
    /// Issue "who may see and do what": stale forms and a race of two administrators.
    async fn an_administrator_who_came_second_is_told_and_a_colleague_on_a_ticket_is_not(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        for (who, path, body) in [
            ("max", "/admin/departments/1", "version=0&name=Azul&active=1"),
            ("max", "/admin/departments/1/waiting", "version=0"),
        ] {
            assert_eq!(door.asks(who, Method::POST, path, body).await.status, 409, "{path}");
        }
        let desk = door.asks_having_seen("ada", Method::PATCH, "/api/v1/departments/1", Some(0), r#"{"name":"Azul"}"#).await;
        assert_eq!(desk.status, 409);
        let ticket = door.asks_having_seen("ben", Method::PATCH, &format!("/api/v1/tickets/{screen}"), Some(99), r#"{"subject":"x"}"#).await;
        assert_eq!(ticket.status, 409);
        let mut told = told(&door, w).await;
        told.sort();
        assert_eq!(told, [
            "ada api 1 PATCH /api/v1/departments/{id} changed",
            "max web 1 POST /admin/departments/{id} changed",
            "max web 1 POST /admin/departments/{id}/waiting changed",
        ]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_storm_of_refusals_makes_few_entries_and_the_count_is_right(w) {
        let door = w.door().await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(
            because = "a test",
            "INSERT INTO refused_requests (person_id, way, request, answer, hour, count) \
             WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 400) \
             SELECT $1, 'web', 'POST /' || n, 'forbidden', 1, 2 FROM many",
            w.person("ben")
        ))
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let told = told(&door, w).await;
        assert_eq!(told.len(), MOST_TOLD + 1);
        assert_eq!(told.last().unwrap(), "nobody clock 700 - -");
        door.closes().await;
    }
}
