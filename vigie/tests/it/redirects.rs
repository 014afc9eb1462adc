//! Virtual departments and categories: whichever way a ticket comes in by an entry, it lives where that
//! leads and keeps its name; nothing leads back; what would not arrive is not offered.

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use serde_json::{Value, json};

use crate::browsing::{Answer, Door};
use crate::mail::{deliver, ended, letter, post, work};
use crate::world::World;

/// Blue's inbox and Red's, and their departments.
const BLUE: i64 = 1;
const RED: i64 = 2;

record! {
    #[derive(Debug, PartialEq, Eq)]
    struct Lives { department_id: i64, category_id: i64, entry_id: Option<i64> }
}

async fn lives(w: &World, ticket: i64) -> (i64, Option<i64>) {
    let lives: Lives =
        w.db.read()
            .one(system!(
                because = "a test looks at the table itself",
                "SELECT department_id, category_id, entry_id FROM tickets WHERE id = $1",
                ticket
            ))
            .await
            .unwrap();
    assert_eq!(lives.department_id, lives.category_id, "one inbox each");
    (lives.category_id, lives.entry_id)
}

async fn leads(door: &Door, who: &str, department: i64, body: Value) -> Answer {
    let path = format!("/api/v1/departments/{department}/redirects");
    door.asks(who, Method::PUT, &path, &body.to_string()).await
}

/// A department of that name, and its first category.
async fn department(door: &Door, name: &str) -> (i64, i64) {
    let body = json!({ "name": name }).to_string();
    let made = door
        .asks("max", Method::POST, "/api/v1/departments", &body)
        .await;
    let made: Value = serde_json::from_str(&made.body).unwrap();
    let category = made["categories"][0]["id"].as_i64().unwrap();
    (made["id"].as_i64().unwrap(), category)
}

/// A department that leads to Red's inbox.
async fn front(door: &Door) -> (i64, i64) {
    let (front, entry) = department(door, "Front").await;
    assert_eq!(
        leads(door, "max", front, json!({ "to": RED })).await.status,
        200
    );
    (front, entry)
}

fn number_at_end(path: &str) -> i64 {
    let mut digits = path.split('/').filter_map(|part| part.parse().ok());
    digits.next_back().unwrap()
}

on_both_engines! {
    async fn whichever_way_a_ticket_comes_in_by_an_entry_it_lives_where_that_leads(w) {
        let (post, door) = (post(w).await, w.door().await);
        let (front, entry) = front(&door).await;
        // Who comes with either department comes with what is sent to the entry.
        for (department, who) in [(front, "emil"), (RED, "fay")] {
            let path = format!("/api/v1/departments/{department}/invitees");
            let body = json!({ "person": who }).to_string();
            assert_eq!(door.asks("max", Method::POST, &path, &body).await.status, 201);
        }
        let offered = door.gets("dora", "/portal/tickets/new").await.body;
        assert!(offered.contains("Front"), "{offered}");

        let form = format!("category={entry}&subject=A+form+of+hers&body=Please&once=v1");
        let sent = door.asks("dora", Method::POST, "/portal/tickets", &form).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let by_portal = number_at_end(sent.location());

        let form = format!("category={entry}&requester=dora&subject=She+phoned&body=Please&once=v2");
        let sent = door.asks("ada", Method::POST, "/tickets", &form).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let by_form = number_at_end(sent.location());

        let body = json!({"subject": "A program", "body": "Please", "category": entry}).to_string();
        let made = door.asks("cleo", Method::POST, "/api/v1/tickets", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let made: Value = serde_json::from_str(&made.body).unwrap();
        assert_eq!(made["department"]["name"], "Red");
        assert_eq!((made["came_in_by"]["id"].as_i64(), made["came_in_by"]["name"].as_str().unwrap().starts_with("Front › ")), (Some(entry), true));
        let by_program = made["number"].as_i64().unwrap();

        let channel = json!({"address": "front@nordet.example", "name": "Front", "category": entry}).to_string();
        assert_eq!(door.asks("max", Method::POST, "/api/v1/channels", &channel).await.status, 201);
        let mail = deliver(&post, "front@nordet.example", &letter("dora@nordet.example", "front@nordet.example", "A letter", "", "Please")).await;
        work(&post).await;
        let by_letter = ended(w, mail).await.ticket_id.unwrap();

        for ticket in [by_portal, by_form, by_program, by_letter] {
            assert_eq!(lives(w, ticket).await, (RED, Some(entry)), "{ticket}");
            let on = door.json("max", &format!("/api/v1/tickets/{ticket}/participants")).await;
            let names = on["invitees"].as_array().unwrap().iter();
            let names: Vec<&str> = names.map(|one| one["name"].as_str().unwrap()).collect();
            assert_eq!(names, ["Emil", "Fay"], "{ticket}");
        }
        // Where it came in stays with it, in both spaces, wherever it goes on to.
        let page = door.gets("cleo", &format!("/tickets/{by_portal}")).await.body;
        assert!(page.contains("Came in by") && page.contains("Front › "), "{page}");
        let hers = door.gets("dora", &format!("/portal/tickets/{by_portal}")).await.body;
        assert!(hers.contains("Sent to") && hers.contains("Front › "), "{hers}");
        let body = json!({"category": BLUE}).to_string();
        let moved = door.asks("ada", Method::POST, &format!("/api/v1/tickets/{by_portal}/transfer"), &body).await;
        assert_eq!(moved.status, 200, "{}", moved.body);
        assert_eq!(lives(w, by_portal).await, (BLUE, Some(entry)));
        // Real again: what comes now lives there.
        assert_eq!(leads(&door, "max", front, json!({ "to": null })).await.status, 200);
        let body = json!({"subject": "Another", "body": "Please", "category": entry}).to_string();
        let made = door.asks("max", Method::POST, "/api/v1/tickets", &body).await;
        let made: Value = serde_json::from_str(&made.body).unwrap();
        assert_eq!((made["department"]["id"].as_i64(), &made["came_in_by"]), (Some(front), &Value::Null));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_transfer_to_an_entry_goes_where_it_leads_and_the_right_looks_there(w) {
        let (door, screen, payroll) = (w.door().await, w.ticket("screen").0, w.ticket("payroll").0);
        let (front, entry) = front(&door).await;
        let to = async |who: &'static str, ticket: i64, body: Value| {
            let path = format!("/api/v1/tickets/{ticket}/transfer");
            door.asks(who, Method::POST, &path, &body.to_string()).await
        };
        let places = async |who: &'static str, ticket: i64| -> Vec<i64> {
            let all = door.json(who, &format!("/api/v1/tickets/{ticket}/transfer")).await;
            all.as_array().unwrap().iter().map(|c| c["id"].as_i64().unwrap()).collect()
        };
        // A ticket that lives in Red is not sent to Red by a detour.
        assert_eq!(places("cleo", payroll).await, [BLUE]);
        assert_eq!(to("cleo", payroll, json!({ "category": entry })).await.status, 422);
        // Without the privilege one sends to departments one handles; Front leads to Red.
        let mut tx = w.db.write().await.unwrap();
        tx.run(kit::global!("UPDATE memberships SET privileges = 'take_free_ticket' WHERE person_id = $1", w.person("ben"))).await.unwrap();
        tx.run(kit::global!(
            "INSERT INTO memberships (person_id, department_id, level, privileges, is_available) VALUES ($1, $2, 'edit', '', TRUE)",
            w.person("ben"),
            front
        )).await.unwrap();
        tx.commit().await.unwrap();
        assert!(places("ben", screen).await.is_empty());
        let refused = to("ben", screen, json!({ "department": front })).await;
        assert_eq!(refused.status, 403, "{}", refused.body);
        assert_eq!(places("ada", screen).await, [entry, RED]);
        let moved = to("ada", screen, json!({ "department": front })).await;
        assert_eq!(moved.status, 200, "{}", moved.body);
        assert_eq!(lives(w, screen).await, (RED, None), "it came in elsewhere");
        door.closes().await;
    }
}

on_both_engines! {
    async fn nothing_leads_back_to_where_it_began(w) {
        let door = w.door().await;
        let (front, entry) = front(&door).await;
        let (back, second) = department(&door, "Back").await;
        let loops = async |department: i64, body: Value| {
            let answer = leads(&door, "max", department, body).await;
            assert_eq!(answer.status, 422, "{}", answer.body);
            assert!(answer.body.contains("leads back here"), "{}", answer.body);
        };
        loops(RED, json!({ "to": RED })).await;
        loops(RED, json!({ "category": RED, "to": RED })).await;
        loops(RED, json!({ "to": entry })).await;
        loops(RED, json!({ "category": RED, "to": entry })).await;
        // Over a third: Back leads to Front, which leads to Red.
        assert_eq!(leads(&door, "max", back, json!({ "to": entry })).await.status, 200);
        loops(RED, json!({ "category": RED, "to": second })).await;
        loops(front, json!({ "to": second })).await;
        let made = door.asks("ada", Method::POST, "/api/v1/tickets", &json!({"subject": "Far", "body": "x", "category": second}).to_string()).await;
        let made: Value = serde_json::from_str(&made.body).unwrap();
        assert_eq!(lives(w, made["number"].as_i64().unwrap()).await, (RED, Some(second)));
        // A category real in itself may lead back once its department leads to it.
        let other = door.asks("max", Method::POST, &format!("/api/v1/departments/{front}/categories"), r#"{"name":"Aside"}"#).await;
        let other: Value = serde_json::from_str(&other.body).unwrap();
        let aside = other["categories"].as_array().unwrap().iter().find(|c| c["name"] == "Aside").unwrap()["id"].as_i64().unwrap();
        loops(front, json!({ "to": aside })).await;
        assert_eq!(leads(&door, "max", front, json!({ "category": aside, "to": BLUE })).await.status, 200);
        assert_eq!(leads(&door, "max", front, json!({ "to": aside })).await.status, 200);
        loops(front, json!({ "category": aside, "to": null })).await;
        // In a browser it is said at the field, and what was chosen is still chosen.
        let version = door.json("max", "/api/v1/departments/2/redirects").await["version"].clone();
        let form = format!("version={version}&category={RED}&to={RED}");
        let page = door.asks("max", Method::POST, "/admin/departments/2/redirects", &form).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("That way leads back here") && page.body.contains(&format!("<option value=\"{RED}\" selected>")), "{}", page.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_entry_whose_tickets_would_not_arrive_is_not_offered(w) {
        let door = w.door().await;
        let (front, entry) = front(&door).await;
        let offers = async || {
            let all = door.json("dora", "/api/v1/categories").await;
            all.as_array().unwrap().iter().any(|c| c["id"] == entry)
        };
        let portal = async || door.gets("dora", "/portal/tickets/new").await.body.contains("Front");
        assert!(offers().await && portal().await);
        let shut = |active: bool| json!({ "active": active }).to_string();
        assert_eq!(door.asks("max", Method::PATCH, "/api/v1/departments/2", &shut(false)).await.status, 200);
        assert!(!offers().await && !portal().await);
        let body = json!({"subject": "Too late", "body": "x", "category": entry}).to_string();
        let refused = door.asks("dora", Method::POST, "/api/v1/tickets", &body).await;
        assert_eq!(refused.status, 403, "{}", refused.body);
        assert!(refused.body.contains("takes no more tickets"), "{}", refused.body);
        let page = door.gets("max", &format!("/admin/departments/{front}/redirects")).await.body;
        assert!(page.contains("This department is not offered"), "{page}");
        assert_eq!(door.asks("max", Method::PATCH, "/api/v1/departments/2", &shut(true)).await.status, 200);
        assert!(offers().await && portal().await);
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_entry_fills_the_form_and_who_looks_along_is_said_where_it_leads(w) {
        let door = w.door().await;
        let (front, entry) = front(&door).await;
        let put = async |department: i64, body: Value| {
            let path = format!("/api/v1/departments/{department}/template");
            assert_eq!(door.asks("max", Method::PUT, &path, &body.to_string()).await.status, 200);
        };
        put(front, json!({"subject": "At the front: ", "visibility": "public"})).await;
        put(RED, json!({"subject": "Red: ", "body": "Which payslip?", "priority": 2})).await;
        let filled = door.json("dora", &format!("/api/v1/categories/{entry}/template")).await;
        assert_eq!(filled["subject"], "At the front:");
        assert_eq!((&filled["body"], &filled["priority"]), (&json!("Which payslip?"), &json!(2)));
        assert_eq!(filled["visibility"], Value::Null, "Red shows its tickets to nobody");
        door.closes().await;
    }
}

on_both_engines! {
    async fn each_part_is_led_by_whoever_has_its_privilege_and_nobody_else(w) {
        let door = w.door().await;
        let (page, api) = ("/admin/departments/1/redirects", "/api/v1/departments/1/redirects");
        for (who, status) in [("ben", 200), ("max", 200), ("vera", 404), ("cleo", 404)] {
            assert_eq!(door.gets(who, page).await.status, status, "{who}");
            assert_eq!(door.gets(who, api).await.status, status, "{who}");
        }
        assert_eq!(door.gets("dora", page).await.status, 404);
        // Ben manages categories and transfers; the department's properties are not his.
        let his = door.gets("ben", page).await.body;
        assert!(his.contains("Virtual categories") && !his.contains("The whole department"), "{his}");
        let refused = leads(&door, "ben", BLUE, json!({ "to": RED })).await;
        assert_eq!(refused.status, 403);
        assert!(refused.body.contains("right-manage-properties") || refused.body.contains("properties of this department"), "{}", refused.body);
        let strange = leads(&door, "ben", BLUE, json!({ "category": RED, "to": BLUE })).await;
        assert_eq!(strange.status, 404, "a category of another department");
        let gone = leads(&door, "ben", BLUE, json!({ "category": BLUE, "to": 99_999 })).await;
        assert_eq!(gone.status, 422);
        let stale = door.asks_having_seen("ben", Method::PUT, api, Some(99), &json!({ "category": BLUE, "to": RED }).to_string()).await;
        assert_eq!(stale.status, 409);
        let stale = door.asks("ben", Method::POST, page, &format!("version=99&category={BLUE}&to={RED}")).await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("Somebody changed this department meanwhile") && stale.body.contains(&format!("<option value=\"{RED}\" selected>")), "{}", stale.body);
        // Without the privilege to transfer he leads nothing to a department that he does not handle.
        let privileges = async |stored: &'static str| {
            let mut tx = w.db.write().await.unwrap();
            tx.run(kit::global!("UPDATE memberships SET privileges = $2 WHERE person_id = $1", w.person("ben"), stored)).await.unwrap();
            tx.commit().await.unwrap();
        };
        privileges("manage_categories").await;
        assert_eq!(leads(&door, "ben", BLUE, json!({ "category": BLUE, "to": RED })).await.status, 403);
        privileges("manage_categories transfer_ticket").await;
        assert_eq!(leads(&door, "ben", BLUE, json!({ "category": BLUE, "to": RED })).await.status, 200);
        let journal = door.json("max", "/api/v1/journal?deed=category_changed").await;
        let last = &journal["items"][0];
        assert!(last.to_string().contains("leads_to") && last.to_string().contains("Red › Red inbox"), "{last}");
        privileges("manage_managers").await;
        assert_eq!(door.gets("ben", page).await.status, 403, "neither part is his");
        door.closes().await;
    }
}
