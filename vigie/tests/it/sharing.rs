//! Departments with the same sharing tag: their people look at each other's tickets, and nothing else comes with it.

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record};
use serde_json::{Value, json};
use vigie::departments::{CategoryId, DepartmentId};
use vigie::inspector;
use vigie::mail::announce_store;
use vigie::tickets::reading;
use vigie::tickets::rights::Read;

use crate::browsing::{Answer, Door};
use crate::house::one_rule::sees;
use crate::live::line::{Listening, on};
use crate::world::World;

/// Blue and Red, and their inboxes.
const BLUE: i64 = 1;
const RED: i64 = 2;

async fn asks(door: &Door, by: &str, method: Method, path: &str, body: Value) -> Answer {
    door.asks(by, method, path, &body.to_string()).await
}

async fn tags(door: &Door, by: &str, department: i64, tag: Value, status: u16) -> Answer {
    let path = format!("/api/v1/departments/{department}/sharing");
    let answer = asks(door, by, Method::PUT, &path, json!({ "tag": tag })).await;
    assert_eq!(answer.status, status, "{by}: {}", answer.body);
    answer
}

/// Blue and Red share.
async fn both(door: &Door) {
    tags(door, "ada", BLUE, json!("Information"), 200).await;
    tags(door, "max", RED, json!(" information "), 200).await;
}

async fn membership(w: &World, door: &Door, who: &str, department: i64, level: Value) {
    let path = format!("/api/v1/people/{}/scope", w.person(who));
    let body =
        json!({"release": true, "departments": [{"department": department, "level": level}]});
    let answer = asks(door, "ada", Method::PUT, &path, body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

record! { struct Sight { level: String, takes: bool, own_level: Option<String> } }

async fn sight(w: &World, who: &str, department: i64) -> Option<(String, bool, String)> {
    let query = global!(
        "SELECT s.level, s.takes, s.own_level FROM sights s WHERE s.person_id = $1 AND s.department_id = $2",
        w.person(who),
        department
    );
    let found: Option<Sight> = w.db.read().maybe(query).await.unwrap();
    found.map(|it| (it.level, it.takes, it.own_level.unwrap_or_default()))
}

fn has(level: &str, takes: bool, own: &str) -> Option<(String, bool, String)> {
    Some((level.to_owned(), takes, own.to_owned()))
}

on_both_engines! {
    async fn departments_with_the_same_tag_look_at_each_others_tickets_in_every_way_of_looking(w) {
        let door = w.door().await;
        tags(&door, "ada", BLUE, json!("Information"), 200).await;
        assert_eq!(sight(w, "ben", RED).await, None, "nobody else carries it yet");
        both(&door).await;
        // Rob belongs to no department by which he looks, and his scope holds what names him.
        let by_tag = |who: &str| ["ben", "cleo", "vera"].contains(&who);
        for who in w.everybody().filter(|who| *who != "nobody") {
            let list = door.json(who, "/api/v1/tickets?limit=200").await;
            let counts = door.json(who, "/api/v1/tickets/counts").await;
            let counted: i64 = counts.as_array().into_iter().flatten().filter_map(|it| it["count"].as_i64()).sum();
            let mut expected = 0;
            for (name, ticket) in w.tickets() {
                let yes = by_tag(who) || sees(who, name);
                expected += i64::from(yes);
                let listed = list["items"].as_array().unwrap().iter().any(|it| it["number"].as_i64() == Some(ticket.0));
                assert_eq!(listed, yes, "{who} {name}: the list");
                let rule = reading::find::<Read>(&mut w.db.read(), &w.actor(who), ticket).await.is_ok();
                assert_eq!(rule, yes, "{who} {name}: the rule");
            }
            assert_eq!(counted, expected, "{who}: the counts");
        }
        tags(&door, "ada", RED, Value::Null, 200).await;
        for who in ["ben", "cleo", "vera"] {
            for (name, ticket) in w.tickets() {
                let rule = reading::find::<Read>(&mut w.db.read(), &w.actor(who), ticket).await.is_ok();
                assert_eq!(rule, sees(who, name), "{who} {name}: after it");
            }
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_tag_adds_a_look_alone_leads_no_further_and_overrules_no_no(w) {
        let door = w.door().await;
        both(&door).await;
        assert_eq!(sight(w, "ben", RED).await, has("view", false, ""));
        assert_eq!(sight(w, "ben", BLUE).await, has("edit", false, "edit").map(|it| (it.0, true, it.2)), "his own stays");
        assert_eq!(sight(w, "vera", RED).await, has("view", false, ""));
        // Whoever is assigned to looks at nobody's tickets, by the tag neither; and keeps taking where they look by it.
        membership(w, &door, "ben", RED, json!("assigned")).await;
        assert_eq!(sight(w, "ben", RED).await, has("view", true, "assigned"));
        membership(w, &door, "ben", BLUE, json!("assigned")).await;
        assert_eq!(sight(w, "ben", RED).await, has("assigned", true, "assigned"));
        membership(w, &door, "ben", BLUE, json!("view")).await;
        for no in [json!({"level": "none"}), json!({"level": "edit", "services": ["chats"]})] {
            let path = format!("/api/v1/people/{}/scope", w.person("ben"));
            let mut place = no.clone();
            place["department"] = json!(RED);
            let answer = asks(&door, "ada", Method::PUT, &path, json!({"release": true, "departments": [place]})).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            assert_eq!(sight(w, "ben", RED).await, None, "{no}");
        }
        membership(w, &door, "ben", RED, Value::Null).await;
        assert_eq!(sight(w, "ben", RED).await, has("view", false, ""));
        // Through a team, too; and it is gone with the membership that led there.
        membership(w, &door, "ben", BLUE, Value::Null).await;
        assert_eq!(sight(w, "ben", RED).await, None);
        let made = asks(&door, "ada", Method::POST, "/api/v1/teams", json!({"name": "Applications"})).await;
        let team: Value = serde_json::from_str(&made.body).unwrap();
        let team = team["id"].as_i64().unwrap();
        asks(&door, "ada", Method::POST, &format!("/api/v1/teams/{team}/members"), json!({"person": "ben"})).await;
        asks(&door, "ada", Method::PUT, &format!("/api/v1/teams/{team}/departments/{BLUE}"), json!({"level": "view"})).await;
        assert_eq!(sight(w, "ben", RED).await, has("view", false, ""));
        // A third department that carries another tag is not reached over the second.
        let third = asks(&door, "ada", Method::POST, "/api/v1/departments", json!({"name": "Third", "active": true})).await;
        let third: Value = serde_json::from_str(&third.body).unwrap();
        let third = third["id"].as_i64().unwrap();
        tags(&door, "ada", third, json!("Else"), 200).await;
        assert_eq!(sight(w, "ben", third).await, None);
        tags(&door, "ada", third, json!("INFORMATION"), 200).await;
        assert_eq!(sight(w, "ben", third).await, has("view", false, ""));
        tags(&door, "ada", third, Value::Null, 200).await;
        assert_eq!(sight(w, "ben", third).await, None);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_comes_with_belonging_does_not_come_with_a_tag(w) {
        let (door, payroll) = (w.door().await, w.ticket("payroll"));
        let made = json!({"title": "Of Red alone", "body": "Canary.", "sharing": "department", "department": RED});
        let made = asks(&door, "cleo", Method::POST, "/api/v1/replies", made).await;
        assert_eq!(made.status, 201, "{}", made.body);
        both(&door).await;
        assert_eq!(door.gets("ben", &format!("/tickets/{payroll}")).await.status, 200);
        // He reads and notes, and does nothing else.
        let says = async |audience: &str| {
            let body = json!({"audience": audience, "body": "Seen next door."});
            asks(&door, "ben", Method::POST, &format!("/api/v1/tickets/{payroll}/comments"), body).await.status
        };
        assert_eq!((says("staff").await, says("public").await), (201, 403));
        let taken = asks(&door, "ben", Method::POST, &format!("/api/v1/tickets/{payroll}/assignment"), json!({})).await;
        assert_eq!(taken.status, 403, "{}", taken.body);
        // No mail, no task, no reply of theirs.
        let told = announce_store::monitors(&mut w.db.read(), DepartmentId(RED), CategoryId(RED)).await.unwrap();
        assert!(told.iter().all(|it| it.person != w.person("ben") && it.person != w.person("vera")));
        assert!(told.iter().any(|it| it.person == w.person("cleo")));
        let tasks = door.gets("cleo", &format!("/tickets/{payroll}/tasks")).await;
        assert!(tasks.body.contains(">Cleo</option>") && !tasks.body.contains(">Ben</option>"), "{}", tasks.body);
        assert!(!door.gets("ben", "/api/v1/replies").await.body.contains("Canary."));
        assert!(door.gets("cleo", "/api/v1/replies").await.body.contains("Canary."));
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_confidential_stays_shut_to_whoever_looks_by_a_tag(w) {
        let (door, payroll) = (w.door().await, w.ticket("payroll"));
        both(&door).await;
        let path = format!("/api/v1/departments/{RED}/categories/{RED}/confidence");
        let body = json!({"confidential": true, "confidants": [{"person": w.person("cleo").0, "level": "edit"}]});
        assert_eq!(asks(&door, "ada", Method::PUT, &path, body).await.status, 200);
        assert_eq!(door.gets("ben", &format!("/tickets/{payroll}")).await.status, 404);
        assert_eq!(door.gets("cleo", &format!("/tickets/{payroll}")).await.status, 200);
        door.closes().await;
    }
}

on_both_engines! {
    async fn rank_alone_gives_a_tag_and_whoever_keeps_the_members_takes_it_away(w) {
        let door = w.door().await;
        for (who, status) in [("dora", 404), ("emil", 404), ("ben", 403), ("vera", 404), ("gil", 404)] {
            tags(&door, who, BLUE, json!("Information"), status).await;
        }
        both(&door).await;
        let member = format!("/api/v1/departments/{BLUE}/members/{}", w.person("ben"));
        let keeps = asks(&door, "ada", Method::PATCH, &member, json!({"privileges": ["manage_managers"]})).await;
        assert_eq!(keeps.status, 200, "{}", keeps.body);
        let page = door.gets("ben", &format!("/admin/departments/{BLUE}/sharing")).await;
        assert!(page.status == 200 && page.body.contains("Red") && page.body.contains("Share no longer"), "{}", page.body);
        assert_eq!(door.gets("ben", &format!("/admin/departments/{RED}/sharing")).await.status, 404);
        let access = door.gets("ben", &format!("/admin/departments/{BLUE}/access")).await;
        assert!(access.body.contains("By the sharing tag “information”, as one of Red"), "{}", access.body);
        tags(&door, "ben", BLUE, json!("Other"), 403).await;
        // One of Blue looked at Red by it, and stays an observer of nothing there.
        let payroll = w.ticket("payroll");
        let observes = asks(&door, "ben", Method::POST, &format!("/api/v1/tickets/{payroll}/observers"), json!({"people": []})).await;
        assert_eq!(observes.status, 201, "{}", observes.body);
        tags(&door, "ben", BLUE, Value::Null, 200).await;
        assert_eq!(door.gets("ben", &format!("/tickets/{payroll}")).await.status, 404);
        assert_eq!(sight(w, "cleo", BLUE).await, None);
        tags(&door, "ben", BLUE, json!("information"), 403).await;
        // Bad input, and a version that is gone.
        tags(&door, "ada", BLUE, json!("x".repeat(61)), 422).await;
        let stale = door.asks("ada", Method::POST, &format!("/admin/departments/{BLUE}/sharing"), "version=1&tag=Mine").await;
        assert!(stale.status == 409 && stale.body.contains("value=\"Mine\""), "{}", stale.body);
        let version = door.json("ada", &format!("/api/v1/departments/{BLUE}/sharing")).await["version"].as_i64().unwrap();
        let body = format!("version={version}&tag=Anew");
        let said = door.asks("ada", Method::POST, &format!("/admin/departments/{BLUE}/sharing"), &body).await;
        assert_eq!(said.status, 303, "{}", said.body);
        let noted = door.json("ada", "/api/v1/journal?limit=200").await.to_string();
        assert_eq!(noted.matches("sharing_changed").count(), 4, "{noted}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_inspector_and_the_scope_name_the_tag_and_a_preview_counts_it(w) {
        let (door, payroll) = (w.door().await, w.ticket("payroll"));
        both(&door).await;
        let max = w.actor("max");
        for (name, ticket) in w.tickets() {
            let subject = inspector::subject(&mut w.db.read(), &max, ticket).await.unwrap();
            for who in w.everybody().filter(|who| *who != "nobody") {
                let seer = inspector::seer(&mut w.db.read(), &max, w.person(who)).await.unwrap();
                let verdict = inspector::why(&mut w.db.read(), seer, &subject).await.unwrap();
                let rule = reading::find::<Read>(&mut w.db.read(), &w.actor(who), ticket).await.is_ok();
                assert_eq!((verdict.sees, !verdict.grounds.is_empty()), (rule, rule), "{who} {name}");
            }
        }
        let api = door.json("max", &format!("/api/v1/tickets/{payroll}/access/{}", w.person("ben"))).await;
        assert_eq!((&api["tags"], &api["reasons"]), (&json!(["Information"]), &json!(["department"])), "{api}");
        let said = "By the sharing tag “Information”, as one of Blue";
        for path in [
            format!("/admin/inspector?person=ben&ticket={payroll}"),
            format!("/admin/inspector/file?ticket={payroll}"),
            format!("/admin/inspector?department={RED}"),
            format!("/admin/scopes/{}", w.person("ben")),
        ] {
            let page = door.gets("max", &path).await;
            assert!(page.body.contains(said), "{path}: {}", page.body);
        }
        // Out of Blue, Ben sees what names him alone, in Red as in Blue.
        let path = format!("/api/v1/people/{}/scope/preview", w.person("ben"));
        let body = json!({"release": true, "departments": [{"department": BLUE, "level": null}]});
        let shown = asks(&door, "ada", Method::POST, &path, body).await;
        let shown: Value = serde_json::from_str(&shown.body).unwrap();
        let red = shown["departments"].as_array().unwrap().iter().find(|it| it["department"] == json!(RED)).unwrap();
        assert_eq!((&red["now"], &red["then"]), (&json!(5), &json!(1)), "{shown}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_open_page_is_told_when_the_tag_goes(w) {
        let door = w.door().await;
        both(&door).await;
        let desk = Listening::at(door).await;
        let payroll = w.ticket("payroll");
        let (mut ben, first) = desk.page("ben", on(payroll, 0)).await;
        assert_eq!(first["gone"], Value::Null);
        tags(&desk.door, "ada", RED, Value::Null, 200).await;
        assert_eq!(ben.ends().await, 4001);
        let (_, again) = desk.page("ben", on(payroll, 0)).await;
        assert_eq!(again["gone"], json!([format!("ticket/{payroll}")]));
        desk.closes().await;
    }
}
