//! What owners and administrators read and change of tickets that are none of theirs is in the journal, once a
//! day; what is theirs, and what anybody else reads, is not.

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{global, record, system};
use vigie::tickets::by_rank;

use crate::browsing::Door;
use crate::world::World;

record! { struct Told { actor_id: i64, way: String, deed: String, detail: String, department_id: Option<i64> } }

/// A door of a desk on which nothing was done by rank: what the world tells of itself is forgotten.
async fn opens(w: &World) -> Door {
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!("DELETE FROM acts_by_rank")).await.unwrap();
    tx.commit().await.unwrap();
    w.door().await
}

/// What the journal tells of it, once time has come by, the oldest first: `who deed way #ticket`.
async fn told(door: &Door, w: &World) -> Vec<String> {
    door.app.finish_errands().await;
    by_rank::tell(&w.db, w.now()).await.unwrap();
    let rows: Vec<Told> =
        w.db.read()
            .all(system!(
                because = "a test",
                "SELECT e.actor_id, e.way, e.deed, e.detail, e.department_id FROM audit_entries e \
                 WHERE e.deed IN ('read_by_rank', 'changed_by_rank') ORDER BY e.id"
            ))
            .await
            .unwrap();
    let name = |id: i64| {
        w.everybody()
            .find(|who| *who != "nobody" && w.person(who).0 == id)
    };
    rows.iter()
        .map(|row| {
            assert!(row.department_id.is_some());
            let ticket = w
                .tickets()
                .find(|(_, id)| row.detail.contains(&format!("\"#{id}\"")));
            let (who, ticket) = (name(row.actor_id).unwrap(), ticket.unwrap().0);
            format!("{who} {} {} {ticket}", row.deed, row.way)
        })
        .collect()
}

on_both_engines! {
    async fn a_ticket_seen_by_rank_alone_is_told_of_once_a_day(w) {
        let door = opens(w).await;
        let salary = w.ticket("salary");
        let file = format!("/api/v1/tickets/{salary}/comments");
        for path in [format!("/tickets/{salary}"), format!("/tickets/{salary}"), format!("/api/v1/tickets/{salary}"), file] {
            assert_eq!(door.gets("max", &path).await.status, 200, "{path}");
            door.app.finish_errands().await;
        }
        assert_eq!(told(&door, w).await, ["max read_by_rank web salary"]);
        // Lists tell a little of many tickets, and are no reading of one.
        door.gets("max", "/tickets").await;
        door.gets("max", "/api/v1/tickets").await;
        assert_eq!(told(&door, w).await.len(), 1);
        // Somebody else, by a program; and the same on the next day, with a look from the list.
        door.gets("ada", &format!("/api/v1/tickets/{salary}/events")).await;
        assert_eq!(told(&door, w).await[1..], ["ada read_by_rank api salary"]);
        w.clock.advance(Span::days(1));
        door.gets("max", &format!("/tickets/{salary}/peek")).await;
        assert_eq!(told(&door, w).await[2..], ["max read_by_rank web salary"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_ones_own_or_within_ones_scope_is_not_told_of(w) {
        let door = opens(w).await;
        // Max is in charge of the cable; Gil's scope holds everything, Ben's his department.
        for (who, ticket) in [("max", "cable"), ("gil", "salary"), ("ben", "printer"), ("rob", "rob"), ("dora", "printer")] {
            let id = w.ticket(ticket);
            door.gets(who, &format!("/tickets/{id}")).await;
            door.gets(who, &format!("/api/v1/tickets/{id}")).await;
        }
        // What was never there is nobody's.
        door.gets("max", "/tickets/999999").await;
        assert!(told(&door, w).await.is_empty());
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_change_by_rank_is_told_of_beside_its_own_history(w) {
        let door = opens(w).await;
        let printer = w.ticket("printer");
        for priority in [5, 1] {
            let body = format!(r#"{{"priority":{priority}}}"#);
            let answer = door.asks("max", Method::PATCH, &format!("/api/v1/tickets/{printer}"), &body).await;
            assert!(answer.status < 300, "{} {}", answer.status, answer.body);
        }
        // Refused, and so not done.
        door.asks("max", Method::PATCH, &format!("/api/v1/tickets/{printer}"), r#"{"priority":9}"#).await;
        let told = told(&door, w).await;
        assert_eq!(told.iter().filter(|it| it.contains("changed_by_rank")).count(), 1, "{told:?}");
        assert!(told.contains(&"max changed_by_rank api printer".to_owned()), "{told:?}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_owner_may_leave_reads_out_of_the_journal_which_is_told_itself(w) {
        let door = opens(w).await;
        let path = "/api/v1/journal/noting";
        for (who, status) in [("max", 403), ("gil", 403), ("dora", 404)] {
            let answer = door.asks(who, Method::PUT, path, r#"{"reads_by_rank":false}"#).await;
            assert_eq!(answer.status, status, "{who}");
        }
        let page = door.gets("max", "/admin/journal").await;
        assert!(!page.body.contains("name=\"notes_reads\""));
        let said = door.asks("ada", Method::POST, "/admin/journal/noting", "version=0").await;
        assert_eq!(said.status, 303, "{}", said.body);
        let stale = door.asks("ada", Method::POST, "/admin/journal/noting", "version=0&notes_reads=1").await;
        assert_eq!(stale.status, 409);
        assert_eq!(door.json("max", path).await["reads_by_rank"], false);
        assert!(door.gets("max", "/admin/journal").await.body.contains("Reads by rank are not noted"));
        let salary = w.ticket("salary");
        door.gets("max", &format!("/tickets/{salary}")).await;
        let body = r#"{"priority":5}"#;
        door.asks("max", Method::PATCH, &format!("/api/v1/tickets/{salary}"), body).await;
        assert_eq!(told(&door, w).await, ["max changed_by_rank api salary"]);
        let journal = door.json("max", "/api/v1/journal?deed=noting_changed").await;
        assert_eq!(journal["items"].as_array().map(Vec::len), Some(1), "{journal}");
        door.closes().await;
    }
}
