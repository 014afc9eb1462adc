//! How much agents hear of their departments, as they say on their page and by the API.

use axum::http::Method;
use serde_json::{Value, json};

use super::*;
use crate::browsing::Door;

record! { struct Id { id: i64 } }

async fn department(w: &World, name: &str) -> i64 {
    let row: Id =
        w.db.read()
            .one(global!("SELECT id FROM departments WHERE name = $1", name))
            .await
            .unwrap();
    row.id
}

async fn inbox(w: &World, name: &str) -> i64 {
    let row: Id =
        w.db.read()
            .one(global!(
                "SELECT default_category_id AS id FROM departments WHERE name = $1",
                name
            ))
            .await
            .unwrap();
    row.id
}

const MINE: &str = "/api/v1/me/monitoring";
const FORM: &str = "/preferences/monitoring";

async fn asks(door: &Door, who: &str, method: Method, path: &str, body: Value) -> u16 {
    door.asks(who, method, path, &body.to_string()).await.status
}

async fn chooses(w: &World, door: &Door, who: &str, place: &str, level: &str) {
    let body = json!({"departments": [{"department": department(w, place).await, "level": level}]});
    assert_eq!(asks(door, who, Method::PATCH, MINE, body).await, 200);
}

/// Who is written to because of what happens now, and nothing of before.
async fn hear_of(w: &World, post: &Post) -> Vec<String> {
    work(post).await;
    let all = told(w).await;
    let mut tx = w.db.write().await.unwrap();
    tx.run(system!(
        because = "a test begins again",
        "DELETE FROM outgoing_mails"
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
    all
}

async fn opens(w: &World, door: &Door, who: &str, place: &str) -> i64 {
    let body =
        json!({"subject": "A lamp", "body": "It flickers.", "category": inbox(w, place).await});
    let answer = door
        .asks(who, Method::POST, "/api/v1/tickets", &body.to_string())
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    serde_json::from_str::<Value>(&answer.body).unwrap()["number"]
        .as_i64()
        .unwrap()
}

on_both_engines! {
    async fn each_agent_hears_what_they_chose_of_each_department(w) {
        let (door, post) = (w.door().await, post(w).await);
        // Rob's scope is restricted: what is written to him is dropped when it leaves.
        chooses(w, &door, "rob", "Blue", "none").await;
        opens(w, &door, "dora", "Blue").await;
        assert_eq!(hear_of(w, &post).await, ["ben event", "dora acknowledgement", "vera event"], "the usual level");
        chooses(w, &door, "ben", "Blue", "minimal").await;
        chooses(w, &door, "vera", "Blue", "complete").await;
        let lamp = opens(w, &door, "dora", "Blue").await;
        assert_eq!(hear_of(w, &post).await, ["dora acknowledgement", "vera event"]);
        let said = json!({"audience": "public", "body": "Still."});
        let comments = |ticket: i64| format!("/api/v1/tickets/{ticket}/comments");
        assert_eq!(asks(&door, "dora", Method::POST, &comments(lamp), said.clone()).await, 201);
        assert_eq!(hear_of(w, &post).await, ["vera event"]);
        let screen = w.ticket("screen").0;
        assert_eq!(asks(&door, "dora", Method::POST, &comments(screen), said.clone()).await, 201);
        assert_eq!(hear_of(w, &post).await, ["ben event", "vera event"], "ben holds it");
        // A release makes it free again: told as a creation.
        chooses(w, &door, "vera", "Blue", "assiduous").await;
        assert_eq!(asks(&door, "ben", Method::POST, &format!("/api/v1/tickets/{screen}/release"), json!({})).await, 200);
        assert_eq!(hear_of(w, &post).await, ["dora event", "vera event"]);
        // Suspended, and taken up again with the levels as they were.
        assert_eq!(asks(&door, "vera", Method::PATCH, MINE, json!({"suspended": true})).await, 200);
        opens(w, &door, "dora", "Blue").await;
        assert_eq!(hear_of(w, &post).await, ["dora acknowledgement"]);
        assert_eq!(asks(&door, "vera", Method::PATCH, MINE, json!({"suspended": false})).await, 200);
        opens(w, &door, "dora", "Blue").await;
        assert_eq!(hear_of(w, &post).await, ["dora acknowledgement", "vera event"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_category_one_does_not_serve_is_any_ticket_of_the_department(w) {
        let (door, post) = (w.door().await, post(w).await);
        chooses(w, &door, "rob", "Blue", "none").await;
        let blue = department(w, "Blue").await;
        let served = json!({"categories": [{"category": inbox(w, "Blue").await, "people": [w.person("ben").0]}]});
        assert_eq!(asks(&door, "ada", Method::PUT, &format!("/api/v1/departments/{blue}/serving"), served).await, 200);
        opens(w, &door, "dora", "Blue").await;
        assert_eq!(hear_of(w, &post).await, ["ben event", "dora acknowledgement"]);
        chooses(w, &door, "vera", "Blue", "assiduous").await;
        opens(w, &door, "dora", "Blue").await;
        assert_eq!(hear_of(w, &post).await, ["ben event", "dora acknowledgement", "vera event"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn who_heard_of_everything_there_is_asked_for_their_right_when_the_mail_leaves(w) {
        let (door, post) = (w.door().await, post(w).await);
        chooses(w, &door, "rob", "Blue", "none").await;
        chooses(w, &door, "vera", "Blue", "complete").await;
        let (screen, red) = (w.ticket("screen").0, department(w, "Red").await);
        let away = json!({"department": red, "message": "Yours"});
        let sent = door.asks("max", Method::POST, &format!("/api/v1/tickets/{screen}/transfer"), &away.to_string()).await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        work(&post).await;
        let mails = outbox(w).await;
        let of = |who: &str| mails.iter().find(|m| m.address.starts_with(who)).map(|m| (m.state.as_str(), m.last_error.as_deref()));
        assert_eq!(of("cleo"), Some(("waiting", Some("no-relay"))), "new to her department");
        assert_eq!(of("dora"), Some(("waiting", Some("no-relay"))));
        // Both would hear of it where it was, and see it no longer.
        assert_eq!(of("vera"), Some(("dropped", Some("not-visible"))));
        assert_eq!(of("ben"), Some(("dropped", Some("not-visible"))), "he held it");
        assert_eq!((of("rob"), of("max")), (None, None));
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_page_lists_the_departments_one_belongs_to_and_keeps_what_one_says(w) {
        let door = w.door().await;
        let blue = department(w, "Blue").await;
        let red = department(w, "Red").await;
        let page = door.gets("ben", FORM).await;
        assert_eq!(page.status, 200);
        for said in ["name=\"version\" value=\"1\"", &format!("name=\"level-{blue}\""), "<option value=\"medium\" selected>",
            &format!("name=\"held-{blue}\" value=\"always\" checked")] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        assert!(!page.body.contains(&format!("level-{red}")), "not his");
        assert_eq!(door.gets("dora", FORM).await.status, 404);
        assert!(door.gets("gil", FORM).await.body.contains("You belong to no department"));
        // One's own triple, with a line that says less than the one above it: raised, and said so.
        let chosen = format!("version=1&level-{blue}=custom&any-{blue}=creation&category-{blue}=never&held-{blue}=never&level-{red}=complete");
        let saved = door.asks("ben", Method::POST, FORM, &chosen).await;
        assert_eq!((saved.status, saved.location().split('?').next()), (303, Some(FORM)));
        let mine = door.json("ben", MINE).await;
        assert_eq!(mine, json!({"suspended": false, "version": 2, "departments": [
            {"department": blue, "name": "Blue", "level": "custom", "any": "creation", "category": "creation", "held": "creation"}]}));
        let page = door.gets("ben", FORM).await.body;
        assert!(page.contains("<option value=\"custom\" selected>") && page.contains(&format!("name=\"any-{blue}\" value=\"creation\" checked")), "{page}");
        // A triple that has a name is shown by it.
        let named = format!("version=2&level-{blue}=custom&any-{blue}=never&category-{blue}=never&held-{blue}=always");
        assert_eq!(door.asks("ben", Method::POST, FORM, &named).await.status, 303);
        assert_eq!(door.json("ben", MINE).await["departments"][0]["level"], "minimal");
        // Another tab saved meanwhile: what stands is said, what was chosen stays in the form.
        let stale = door.asks("ben", Method::POST, FORM, &format!("version=2&level-{blue}=complete")).await;
        assert_eq!(stale.status, 409);
        for said in ["You saved something else meanwhile", "<dd>Minimal</dd>", "name=\"version\" value=\"3\"", "<option value=\"complete\" selected>"] {
            assert!(stale.body.contains(said), "{said}: {}", stale.body);
        }
        let bad = door.asks("ben", Method::POST, FORM, &format!("version=3&level-{blue}=loud")).await;
        assert!(bad.status == 422 && bad.body.contains("The level is none"), "{}", bad.body);
        let bad = door.asks("ben", Method::POST, FORM, &format!("version=3&level-{blue}=custom&any-{blue}=never")).await;
        assert!(bad.status == 422 && bad.body.contains("The behaviour is never"), "{}", bad.body);
        assert_eq!(door.json("ben", MINE).await["version"], 3, "nothing half done");
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_switch_suspends_all_and_back_from_the_version_one_saw(w) {
        let door = w.door().await;
        let switch = format!("{FORM}/suspension");
        assert_eq!(door.asks("ben", Method::POST, &switch, "version=1&suspended=yes").await.status, 303);
        assert!(door.gets("ben", FORM).await.body.contains("All monitoring is suspended"));
        assert!(door.gets("ben", "/preferences").await.body.contains("Suspended"));
        let stale = door.asks("ben", Method::POST, &switch, "version=1&suspended=no").await;
        assert!(stale.status == 409 && stale.body.contains("name=\"version\" value=\"2\""), "{}", stale.body);
        assert_eq!(door.asks("ben", Method::POST, &switch, "version=2&suspended=no").await.status, 303);
        assert_eq!(door.json("ben", MINE).await, json!({"suspended": false, "version": 3, "departments": door.json("ben", MINE).await["departments"]}));
        door.closes().await;
    }
}

on_both_engines! {
    async fn programs_say_it_of_themselves_and_of_departments_they_belong_to(w) {
        let door = w.door().await;
        let (blue, red) = (department(w, "Blue").await, department(w, "Red").await);
        assert_eq!(door.asks("dora", Method::GET, MINE, "").await.status, 404);
        assert_eq!(asks(&door, "dora", Method::PATCH, MINE, json!({"suspended": true})).await, 404);
        for body in [
            json!({"departments": [{"department": red, "level": "none"}]}),
            json!({"departments": [{"department": blue, "level": "loud"}]}),
            json!({"departments": [{"department": blue, "held": "sometimes"}]}),
        ] {
            assert_eq!(asks(&door, "ben", Method::PATCH, MINE, body.clone()).await, 422, "{body}");
        }
        let raised = json!({"departments": [{"department": blue, "any": "always"}]});
        assert_eq!(asks(&door, "ben", Method::PATCH, MINE, raised).await, 200);
        assert_eq!(door.json("ben", MINE).await["departments"][0]["level"], "complete");
        let body = json!({"suspended": true}).to_string();
        let stale = door.asks_having_seen("ben", Method::PATCH, MINE, Some(1), &body).await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_belongs_to_a_department_by_a_team_says_it_too_until_they_are_no_longer_staff(w) {
        let (door, post) = (w.door().await, post(w).await);
        let blue = department(w, "Blue").await;
        let made = door.asks("ada", Method::POST, "/api/v1/teams", r#"{"name":"Applications"}"#).await;
        let team = serde_json::from_str::<Value>(&made.body).unwrap()["id"].as_i64().unwrap();
        let at = format!("/api/v1/teams/{team}");
        assert!(asks(&door, "ada", Method::POST, &format!("{at}/members"), json!({"person": "cleo"})).await < 300);
        assert!(asks(&door, "ada", Method::PUT, &format!("{at}/departments/{blue}"), json!({"level": "view"})).await < 300);
        let mine = door.json("cleo", MINE).await;
        let names: Vec<&str> = mine["departments"].as_array().unwrap().iter().map(|d| d["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Blue", "Red"]);
        chooses(w, &door, "rob", "Blue", "none").await;
        chooses(w, &door, "cleo", "Blue", "none").await;
        opens(w, &door, "dora", "Blue").await;
        assert_eq!(hear_of(w, &post).await, ["ben event", "dora acknowledgement", "vera event"]);
        let rests = |w: &World| {
            let (db, cleo) = (w.db.clone(), w.person("cleo"));
            async move {
                let row: Id = db.read().one(global!("SELECT COUNT(*) AS id FROM monitoring_levels WHERE person_id = $1", cleo)).await.unwrap();
                row.id
            }
        };
        assert_eq!(rests(w).await, 1);
        let gone = json!({"role": null, "portal": true, "release": true});
        let answer = door.asks("ada", Method::PATCH, &format!("/api/v1/people/{}", w.person("cleo").0), &gone.to_string()).await;
        assert!(answer.status < 300, "{}", answer.body);
        assert_eq!(rests(w).await, 0);
        door.closes().await;
    }
}
