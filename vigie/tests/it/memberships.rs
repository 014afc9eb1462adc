//! What a membership comes to: its level, and the services for which it holds.

use std::collections::BTreeSet;

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record};
use serde_json::{Value, json};

use crate::browsing::Door;
use crate::handling::{done, sends};
use crate::world::World;

record! { struct Number { id: i64 } }

async fn blue(w: &World) -> i64 {
    let query = global!("SELECT id FROM departments WHERE name = 'Blue'");
    w.db.read().one::<Number>(query).await.unwrap().id
}

/// The tickets somebody lists, by their short names; each of them opens, and no other does.
async fn lists(w: &World, door: &Door, who: &str) -> BTreeSet<&'static str> {
    let list = door.json(who, "/api/v1/tickets?limit=200").await;
    let items = list["items"].as_array().unwrap();
    let listed: Vec<i64> = items
        .iter()
        .map(|it| it["number"].as_i64().unwrap())
        .collect();
    let mut names = BTreeSet::new();
    for (name, id) in w.tickets() {
        let opens = door.gets(who, &format!("/tickets/{id}")).await.status == 200;
        assert_eq!(opens, listed.contains(&id.0), "{who} {name}");
        if opens {
            names.insert(name);
        }
    }
    names
}

async fn becomes(w: &World, door: &Door, who: &str, body: &Value) {
    let path = format!(
        "/api/v1/departments/{}/members/{}",
        blue(w).await,
        w.person(who).0
    );
    let answer = door
        .asks("ada", Method::PATCH, &path, &body.to_string())
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

on_both_engines! {
    async fn whoever_is_there_for_assigned_tickets_handles_those_and_sees_no_other(w) {
        let (door, printer, screen) = (w.door().await, w.ticket("printer"), w.ticket("screen"));
        assert!(lists(w, &door, "ben").await.contains("printer"));
        // Nothing that he holds has to be released: he may go on with it.
        becomes(w, &door, "ben", &json!({"level": "assigned"})).await;
        assert_eq!(lists(w, &door, "ben").await, BTreeSet::from(["screen", "badge", "own"]));
        let counts = door.gets("ben", "/tickets").await;
        assert!(!counts.body.contains("The printer eats paper"), "{}", counts.body);
        // What he holds he handles: he writes to the requester, and gives it on.
        done(&sends(w, &door, "ben", screen, "comments", "body=Here+I+am&audience=public").await);
        // He can be given more, and sees it from then on.
        let offered = door.gets("ada", &format!("/tickets/{printer}/assignee")).await;
        assert!(offered.body.contains(">Ben</option>"), "{}", offered.body);
        done(&sends(w, &door, "ada", printer, "assignee", &format!("person={}", w.person("ben"))).await);
        assert!(lists(w, &door, "ben").await.contains("printer"));
        done(&sends(w, &door, "ben", printer, "release", "").await);
        assert!(!lists(w, &door, "ben").await.contains("printer"), "what he lets go of is gone");
        let said = door.gets("ada", &format!("/admin/inspector?person=ben&ticket={printer}")).await;
        assert!(said.body.contains("Assigned only"), "{}", said.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_membership_without_tickets_gives_none_and_nobody_assigns_there(w) {
        let (door, printer) = (w.door().await, w.ticket("printer"));
        let path = format!("/api/v1/people/{}/scope", w.person("ben").0);
        let wanted = |services: Value, release: bool| json!({"release": release, "departments": [
            {"department": 0, "level": "edit", "services": services}]}).to_string();
        let at = |text: String, id: i64| text.replace("\"department\":0", &format!("\"department\":{id}"));
        let id = blue(w).await;
        let refused = door.asks("ada", Method::PUT, &path, &at(wanted(json!(["chats"]), false), id)).await;
        assert_eq!(refused.status, 422, "he holds a ticket there: {}", refused.body);
        let unknown = door.asks("ada", Method::PUT, &path, &at(wanted(json!(["teas"]), true), id)).await;
        assert!(unknown.status == 422 && unknown.body.contains("tickets, chats, calls"), "{}", unknown.body);
        let shown = door.asks("ada", Method::POST, &format!("{path}/preview"), &at(wanted(json!(["calls", "chats"]), true), id)).await;
        let shown: Value = serde_json::from_str(&shown.body).unwrap();
        assert_eq!(shown["changes"][0]["services"], json!(["chats", "calls"]), "{shown}");
        assert!(shown["lost"].as_i64().unwrap() > 0, "{shown}");
        let saved = door.asks("ada", Method::PUT, &path, &at(wanted(json!(["chats", "calls"]), true), id)).await;
        assert_eq!(saved.status, 200, "{}", saved.body);
        let seen = lists(w, &door, "ben").await;
        assert_eq!(i64::try_from(seen.len()).unwrap(), shown["then"].as_i64().unwrap(), "{seen:?}");
        assert!(!seen.contains("printer"));
        let offered = door.gets("ada", &format!("/tickets/{printer}/assignee")).await;
        assert!(!offered.body.contains(">Ben</option>"), "{}", offered.body);
        let refused = sends(w, &door, "ada", printer, "assignee", &format!("person={}", w.person("ben"))).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        // The page says what is set, and one tick brings everything back.
        let page = door.gets("ada", &format!("/admin/departments/{id}")).await;
        assert!(page.body.contains("nobody assigns one there"), "{}", page.body);
        becomes(w, &door, "ben", &json!({"services": ["tickets"]})).await;
        assert!(lists(w, &door, "ben").await.contains("printer"));
        let noted = door.json("ada", &format!("/api/v1/journal?person={}", w.person("ben").0)).await;
        assert!(noted.to_string().contains("chats calls"), "{noted}");
        door.closes().await;
    }
}
