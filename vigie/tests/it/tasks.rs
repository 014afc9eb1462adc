//! Tasks of a ticket, and the time it took.

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use vigie::tickets::TicketId;

use crate::browsing::Door;
use crate::world::World;

record! { struct Count { n: i64 } }

/// A program of somebody's writes a task down; its identifier.
async fn adds(door: &Door, who: &str, ticket: TicketId, body: &str) -> i64 {
    let path = format!("/api/v1/tickets/{ticket}/tasks");
    let answer = door.asks(who, Method::POST, &path, body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let task: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    task["id"].as_i64().unwrap()
}

async fn titles(door: &Door, who: &str, path: &str) -> Vec<String> {
    let list = door.json(who, path).await;
    let items = list["items"].as_array().into_iter().flatten();
    items
        .map(|t| t["title"].as_str().unwrap().to_owned())
        .collect()
}

async fn lines(w: &World, ticket: TicketId) -> Vec<String> {
    record! { struct Line { kind: String } }
    let lines: Vec<Line> = w.db.read().all(system!(
        because = "a test looks at the table itself",
        "SELECT kind FROM events WHERE ticket_id = $1 AND (kind LIKE 'task%' OR kind LIKE 'time%') ORDER BY id",
        ticket
    )).await.unwrap();
    lines.into_iter().map(|l| l.kind).collect()
}

on_both_engines! {
    async fn a_task_given_to_a_colleague_is_in_their_list_and_its_time_in_the_tickets_total(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let ben = w.person("ben").0;
        let before = w.stands(screen).await;
        let body = format!(r#"{{"title":"Bring a cable","assignee":{ben},"due":"2026-11-27"}}"#);
        let task = adds(&door, "max", screen, &body).await;
        assert_eq!(titles(&door, "ben", "/api/v1/tasks").await, ["Bring a cable"]);
        let mine = door.gets("ben", "/tasks").await;
        assert!(mine.body.contains("Bring a cable") && mine.body.contains(&format!("/tickets/{screen}")), "{}", mine.body);
        let path = format!("/api/v1/tickets/{screen}/time");
        let body = format!(r#"{{"minutes":20,"task":{task}}}"#);
        assert_eq!(door.asks("ben", Method::POST, &path, &body).await.status, 201);
        let time = door.json("vera", &path).await;
        assert_eq!(time["total"], 20);
        let page = door.gets("ben", &format!("/tickets/{screen}")).await;
        assert!(page.body.contains("Bring a cable") && page.body.contains("20\u{a0}min") || page.body.contains("20 min"), "{}", page.body);
        assert_eq!(w.stands(screen).await, before, "tasks stand beside the ticket's life");
        assert_eq!(lines(w, screen).await, ["task_added", "task_given", "time_spent"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_was_given_a_task_and_nobody_else_is_mailed(w) {
        let (door, post) = (w.door().await, crate::mail::post(w).await);
        let screen = w.ticket("screen");
        let ben = w.person("ben").0;
        adds(&door, "max", screen, &format!(r#"{{"title":"Bring a cable","assignee":{ben}}}"#)).await;
        adds(&door, "ben", screen, &format!(r#"{{"title":"Mine anyway","assignee":{ben}}}"#)).await;
        record! { struct Payload { payload: String } }
        let jobs: Vec<Payload> = w.db.read().all(kit::global!("SELECT payload FROM jobs WHERE kind = 'announce' ORDER BY id DESC LIMIT 2")).await.unwrap();
        for job in jobs {
            let announce = serde_json::from_str(&job.payload).unwrap();
            vigie::mail::announce::run(&post, announce).await;
        }
        record! { struct Mail { person_id: i64 } }
        let mails: Vec<Mail> = w.db.read().all(system!(
            because = "a test looks at the table itself",
            "SELECT m.person_id FROM outgoing_mails m JOIN events e ON e.id = m.event_id WHERE e.kind LIKE 'task%'"
        )).await.unwrap();
        let told: Vec<i64> = mails.into_iter().map(|m| m.person_id).collect();
        assert_eq!(told, [ben], "once, and not for what one gives oneself");
        door.closes().await;
    }
}

on_both_engines! {
    async fn tasks_and_time_are_staffs_own(w) {
        let door = w.door().await;
        let (screen, own) = (w.ticket("screen"), w.ticket("own"));
        adds(&door, "ben", screen, r#"{"title":"canary-task"}"#).await;
        adds(&door, "cleo", own, r#"{"title":"canary-own"}"#).await;
        for (who, ticket) in [("dora", screen), ("ben", own)] {
            // They see the ticket, and no task of it.
            let path = format!("/api/v1/tickets/{ticket}/tasks");
            assert_eq!(titles(&door, who, &path).await, [""; 0], "{who}");
            assert_eq!(door.asks(who, Method::POST, &path, r#"{"title":"x"}"#).await.status, 403, "{who}");
            for page in [format!("/tickets/{ticket}"), format!("/portal/tickets/{ticket}"), format!("/tickets/{ticket}/tasks"), format!("/api/v1/tickets/{ticket}/events")] {
                let answer = door.gets(who, &page).await;
                assert!(!answer.body.contains("canary"), "{who} {page}");
            }
        }
        // A viewer reads them, and changes nothing.
        assert_eq!(titles(&door, "vera", &format!("/api/v1/tickets/{screen}/tasks")).await, ["canary-task"]);
        assert_eq!(door.asks("vera", Method::POST, &format!("/api/v1/tickets/{screen}/time"), r#"{"minutes":1}"#).await.status, 403);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_task_is_looked_up_through_its_ticket_only(w) {
        let door = w.door().await;
        let (screen, printer) = (w.ticket("screen"), w.ticket("printer"));
        let task = adds(&door, "ben", screen, r#"{"title":"Here"}"#).await;
        for (method, body) in [(Method::PATCH, r#"{"done":true}"#), (Method::DELETE, "{}")] {
            let path = format!("/api/v1/tickets/{printer}/tasks/{task}");
            assert_eq!(door.asks("ben", method, &path, body).await.status, 404);
        }
        for deed in ["", "/completion", "/position", "/removal"] {
            let path = format!("/tickets/{printer}/tasks/{task}{deed}");
            let answer = door.asks("ben", Method::POST, &path, "title=Elsewhere&version=1&done=1").await;
            assert!(matches!(answer.status, 303 | 404), "{path}: {}", answer.status);
        }
        let body = format!(r#"{{"minutes":5,"task":{task}}}"#);
        assert_eq!(door.asks("ben", Method::POST, &format!("/api/v1/tickets/{printer}/time"), &body).await.status, 422);
        let still = door.json("ben", &format!("/api/v1/tickets/{screen}/tasks")).await;
        assert_eq!((&still["items"][0]["title"], &still["items"][0]["done"]), (&"Here".into(), &false.into()));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_task_goes_to_somebody_who_may_read_it(w) {
        let door = w.door().await;
        let path = format!("/api/v1/tickets/{}/tasks", w.ticket("screen"));
        for (who, status) in [("ben", 201), ("max", 201), ("gil", 201), ("vera", 422), ("cleo", 422), ("rob", 422), ("dora", 422)] {
            let body = format!(r#"{{"title":"For {who}","assignee":{}}}"#, w.person(who).0);
            let answer = door.asks("ben", Method::POST, &path, &body).await;
            assert_eq!(answer.status, status, "{who}: {}", answer.body);
        }
        let answer = door.asks("ben", Method::POST, &path, r#"{"title":"x","assignee":987654321}"#).await;
        assert_eq!(answer.status, 422);
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_page_keeps_what_was_typed_and_says_what_is_wrong(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let path = format!("/tickets/{screen}/tasks");
        let sent = door.asks("ben", Method::POST, &path, "title=Bring+a+cable&due=tomorrow&version=1").await;
        assert_eq!(sent.status, 422);
        assert!(sent.body.contains("Bring a cable") && sent.body.contains("Write the day like"), "{}", sent.body);
        let sent = door.asks("ben", Method::POST, &format!("/tickets/{screen}/time"), "minutes=lots&day=2026-11-23&note=On+the+phone&version=1").await;
        assert_eq!(sent.status, 422);
        assert!(sent.body.contains("On the phone") && sent.body.contains("Between 1 and"), "{}", sent.body);
        // The same form twice is one task.
        for _ in 0..2 {
            assert_eq!(door.asks("ben", Method::POST, &path, "title=Once&once=form-7&version=1").await.status, 303);
        }
        assert_eq!(titles(&door, "ben", &format!("/api/v1/tickets/{screen}/tasks")).await, ["Once"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_task_changed_meanwhile_comes_back_with_both(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let task = adds(&door, "ben", screen, r#"{"title":"Bring a cable"}"#).await;
        let path = format!("/tickets/{screen}/tasks/{task}");
        assert_eq!(door.asks("max", Method::POST, &path, "title=Bring+two+cables&version=1").await.status, 303);
        let late = door.asks("ben", Method::POST, &path, "title=Bring+an+adapter&version=1").await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("Bring two cables") && late.body.contains("Bring an adapter"), "{}", late.body);
        let removal = door.asks("ben", Method::POST, &format!("{path}/removal"), "version=1").await;
        assert_eq!(removal.status, 409);
        // By the API, with the version one saw.
        let api = format!("/api/v1/tickets/{screen}/tasks/{task}");
        assert_eq!(door.asks("ben", Method::PATCH, &api, r#"{"title":"Bring three","done":true}"#).await.status, 200);
        assert_eq!(door.asks("ben", Method::DELETE, &api, "{}").await.status, 204);
        let gone: Count = w.db.read().one(system!(because = "a test counts the table itself", "SELECT COUNT(*) AS n FROM tasks")).await.unwrap();
        assert_eq!(gone.n, 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn tasks_are_ticked_ordered_and_struck_out_and_their_time_stays(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let first = adds(&door, "ben", screen, r#"{"title":"One"}"#).await;
        adds(&door, "ben", screen, r#"{"title":"Two"}"#).await;
        let third = adds(&door, "ben", screen, r#"{"title":"Three"}"#).await;
        let list = format!("/api/v1/tickets/{screen}/tasks");
        for (task, way) in [(third, "up"), (first, "up"), (third, "up")] {
            let path = format!("/tickets/{screen}/tasks/{task}/position");
            assert_eq!(door.asks("ben", Method::POST, &path, &format!("way={way}&version=1")).await.status, 303);
        }
        assert_eq!(titles(&door, "ben", &list).await, ["Three", "One", "Two"]);
        for _ in 0..2 {
            let path = format!("/tickets/{screen}/tasks/{third}/completion");
            assert_eq!(door.asks("ben", Method::POST, &path, "version=1&done=1&back=mine").await.location(), "/tasks");
        }
        let time = format!("/tickets/{screen}/time");
        assert_eq!(door.asks("ben", Method::POST, &time, &format!("minutes=90&day=2026-11-20&task={third}&note=Twice&version=1")).await.status, 303);
        let page = door.gets("ben", &format!("/tickets/{screen}/tasks")).await;
        assert!(page.body.contains("Twice") && page.body.contains("1 of 3"), "{}", page.body);
        for _ in 0..2 {
            assert_eq!(door.asks("ben", Method::POST, &format!("/tickets/{screen}/tasks/{third}/removal"), "version=1").await.status, 303);
        }
        assert_eq!(titles(&door, "ben", &list).await, ["One", "Two"]);
        let noted = door.json("ben", &format!("/api/v1/tickets/{screen}/time")).await;
        assert_eq!((&noted["total"], &noted["items"][0]["task"]), (&90.into(), &serde_json::Value::Null));
        // Somebody else's time is theirs; an administrator may take it back.
        let entry = noted["items"][0]["id"].as_i64().unwrap();
        let path = format!("/api/v1/tickets/{screen}/time/{entry}");
        assert_eq!(door.asks("gil", Method::DELETE, &path, "{}").await.status, 403);
        assert_eq!(door.asks("max", Method::DELETE, &path, "{}").await.status, 204);
        assert_eq!(lines(w, screen).await, ["task_added", "task_added", "task_added", "task_done", "time_spent", "task_removed", "time_removed"]);
        door.closes().await;
    }
}
