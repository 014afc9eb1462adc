//! Teams: what they give beside memberships, and that it is gone with them.

use std::collections::BTreeSet;

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record};
use serde_json::{Value, json};
use vigie::inspector;
use vigie::tickets::rights::Read;
use vigie::tickets::{TicketId, reading};

use crate::browsing::{Answer, Door};
use crate::handling::{done, giving_out::blue_gives, sends};
use crate::live::line::{Listening, on};
use crate::world::World;

record! { struct Number { id: i64 } }
record! { struct Sight { level: String, takes: bool, privileges: String } }

async fn department(w: &World, name: &str) -> i64 {
    let query = global!("SELECT id FROM departments WHERE name = $1", name);
    w.db.read().one::<Number>(query).await.unwrap().id
}

/// What somebody's sight of a department comes to: level, whether they take tickets, number of privileges.
async fn sight(w: &World, who: &str, name: &str) -> Option<(String, bool, usize)> {
    let query = global!(
        "SELECT s.level, s.takes, s.privileges FROM sights s JOIN departments d ON d.id = s.department_id \
         WHERE s.person_id = $1 AND d.name = $2",
        w.person(who),
        name
    );
    let found: Option<Sight> = w.db.read().maybe(query).await.unwrap();
    found.map(|it| {
        let words: BTreeSet<&str> = it.privileges.split_whitespace().collect();
        (it.level, it.takes, words.len())
    })
}

fn has(level: &str, takes: bool, privileges: usize) -> Option<(String, bool, usize)> {
    Some((level.to_owned(), takes, privileges))
}

async fn asks(door: &Door, by: &str, method: Method, path: &str, body: Value) -> Answer {
    let body = match body {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    door.asks(by, method, path, &body).await
}

fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_default()
}

/// A team with these members, by its number.
async fn team(door: &Door, name: &str, members: &[&str]) -> i64 {
    let made = asks(
        door,
        "ada",
        Method::POST,
        "/api/v1/teams",
        json!({ "name": name }),
    )
    .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let id = read(&made)["id"].as_i64().unwrap();
    for who in members {
        joins(door, "ada", id, who, 201).await;
    }
    id
}

async fn joins(door: &Door, by: &str, team: i64, who: &str, status: u16) -> Answer {
    let path = format!("/api/v1/teams/{team}/members");
    let answer = asks(door, by, Method::POST, &path, json!({ "person": who })).await;
    assert_eq!(answer.status, status, "{who}: {}", answer.body);
    answer
}

async fn leaves(w: &World, door: &Door, team: i64, who: &str, query: &str) -> Answer {
    let path = format!("/api/v1/teams/{team}/members/{}{query}", w.person(who));
    asks(door, "ada", Method::DELETE, &path, Value::Null).await
}

async fn gives(w: &World, door: &Door, by: &str, team: i64, name: &str, body: Value) -> Answer {
    let path = format!(
        "/api/v1/teams/{team}/departments/{}",
        department(w, name).await
    );
    asks(door, by, Method::PUT, &path, body).await
}

/// The same, which goes well.
async fn given(w: &World, door: &Door, team: i64, name: &str, level: &str) {
    let answer = gives(w, door, "ada", team, name, json!({ "level": level })).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

async fn membership(w: &World, door: &Door, who: &str, name: &str, level: Value) {
    let path = format!("/api/v1/people/{}/scope", w.person(who));
    let body = json!({"release": true, "departments": [{"department": department(w, name).await, "level": level}]});
    let answer = asks(door, "ada", Method::PUT, &path, body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

async fn holder(w: &World, ticket: TicketId) -> Option<i64> {
    let ticket = reading::find::<Read>(&mut w.db.read(), &w.actor("ada"), ticket).await;
    ticket.unwrap().assignee_id.map(|it| it.0)
}

/// Whether somebody meets a ticket in every way of looking, or in none.
async fn meets(door: &Door, who: &str, ticket: TicketId, subject: &str) -> bool {
    let opens = door.gets(who, &format!("/tickets/{ticket}")).await.status == 200;
    let api = door
        .gets(who, &format!("/api/v1/tickets/{ticket}"))
        .await
        .status
        == 200;
    assert_eq!(api, opens, "{who}: the API");
    let list = door.json(who, "/api/v1/tickets?limit=200").await;
    let items = list["items"].as_array().unwrap();
    let listed = items
        .iter()
        .any(|it| it["number"].as_i64() == Some(ticket.0));
    assert_eq!(listed, opens, "{who}: the list");
    let page = door.gets(who, "/tickets").await;
    assert_eq!(
        page.body.contains(subject),
        opens,
        "{who}: the page of the list"
    );
    opens
}

on_both_engines! {
    async fn a_team_gives_a_level_in_each_of_its_departments_and_the_strongest_counts(w) {
        let door = w.door().await;
        let first = team(&door, "Applications", &["ben", "vera"]).await;
        assert_eq!(sight(w, "ben", "Red").await, None);
        given(w, &door, first, "Red", "view").await;
        given(w, &door, first, "Blue", "edit").await;
        // Ben had eight privileges in Blue, and has them; Vera looked there, and handles.
        assert_eq!(sight(w, "ben", "Blue").await, has("edit", true, 8));
        assert_eq!(sight(w, "vera", "Blue").await, has("edit", true, 8));
        assert_eq!(sight(w, "ben", "Red").await, has("view", false, 0));
        let second = team(&door, "Network", &["ben", "cleo"]).await;
        given(w, &door, second, "Red", "assigned").await;
        // Whoever looks by one and takes by the other does both.
        assert_eq!(sight(w, "ben", "Red").await, has("view", true, 0));
        assert_eq!(sight(w, "cleo", "Red").await, has("edit", true, 8), "her own is stronger");
        given(w, &door, second, "Red", "edit").await;
        assert_eq!(sight(w, "ben", "Red").await, has("edit", true, 8));
        // The membership goes, the team stays; and the other way round.
        membership(w, &door, "ben", "Blue", Value::Null).await;
        assert_eq!(sight(w, "ben", "Blue").await, has("edit", true, 8));
        membership(w, &door, "ben", "Blue", json!("view")).await;
        assert_eq!(sight(w, "ben", "Blue").await, has("edit", true, 8));
        let gone = asks(&door, "ada", Method::DELETE, &format!("/api/v1/teams/{first}?release=true"), Value::Null).await;
        assert_eq!(gone.status, 204, "{}", gone.body);
        assert_eq!(sight(w, "ben", "Blue").await, has("view", false, 8));
        assert_eq!(sight(w, "vera", "Blue").await, has("view", false, 8));
        assert_eq!(sight(w, "ben", "Red").await, has("edit", true, 8), "the other team stays");
        let shown = asks(&door, "ada", Method::PUT, &format!("/api/v1/teams/{second}/departments/{}", department(w, "Red").await), json!({"level": null})).await;
        assert_eq!(shown.status, 200, "{}", shown.body);
        assert_eq!(sight(w, "ben", "Red").await, None);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_membership_that_says_none_is_not_overruled(w) {
        let door = w.door().await;
        membership(w, &door, "ben", "Red", json!("none")).await;
        let id = team(&door, "Applications", &["ben", "vera"]).await;
        given(w, &door, id, "Red", "edit").await;
        assert_eq!(sight(w, "ben", "Red").await, None, "an administrator said no");
        assert_eq!(sight(w, "vera", "Red").await, has("edit", true, 8));
        membership(w, &door, "ben", "Red", json!("view")).await;
        assert_eq!(sight(w, "ben", "Red").await, has("edit", true, 8));
        // One that does not hold for tickets says the same.
        let path = format!("/api/v1/people/{}/scope", w.person("ben"));
        let body = json!({"release": true, "departments": [{"department": department(w, "Red").await, "level": "view", "services": ["chats"]}]});
        assert_eq!(asks(&door, "ada", Method::PUT, &path, body).await.status, 200);
        assert_eq!(sight(w, "ben", "Red").await, None);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_leaves_a_team_loses_at_once_what_it_gave_in_every_way_of_looking(w) {
        let (door, payroll) = (w.door().await, w.ticket("payroll"));
        let subject = "Someone reads my payslip";
        assert!(!meets(&door, "ben", payroll, subject).await);
        let id = team(&door, "Applications", &["ben"]).await;
        given(w, &door, id, "Red", "edit").await;
        assert!(meets(&door, "ben", payroll, subject).await);
        // He handles it, with the usual privileges.
        done(&sends(w, &door, "ben", payroll, "assignment", "").await);
        assert_eq!(holder(w, payroll).await, Some(w.person("ben").0));
        // What he holds goes first, as it is said.
        let refused = leaves(w, &door, id, "ben", "").await;
        assert!(refused.status == 422 && refused.body.contains('1'), "{}", refused.body);
        assert!(meets(&door, "ben", payroll, subject).await, "nothing was done");
        let left = leaves(w, &door, id, "ben", "?release=true").await;
        assert_eq!(left.status, 204, "{}", left.body);
        assert_eq!(holder(w, payroll).await, None);
        assert!(!meets(&door, "ben", payroll, subject).await);
        let noted = door.json("ada", &format!("/api/v1/journal?person={}", w.person("ben"))).await.to_string();
        assert!(noted.contains("team_member_added") && noted.contains("team_member_removed") && noted.contains("Applications"), "{noted}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn tickets_are_offered_and_given_out_to_whoever_handles_by_a_team(w) {
        let (door, printer) = (w.door().await, w.ticket("printer"));
        let offers = async || {
            let form = door.gets("ada", &format!("/tickets/{printer}/assignee")).await;
            form.body.contains(">Cleo</option>")
        };
        assert!(!offers().await);
        let id = team(&door, "Applications", &["cleo"]).await;
        given(w, &door, id, "Blue", "edit").await;
        assert!(offers().await);
        // Those who are members of Blue are not available: the next ticket is hers.
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE memberships SET is_available = FALSE WHERE person_id <> $1", w.person("cleo"))).await.unwrap();
        tx.commit().await.unwrap();
        blue_gives(w, "round_robin").await;
        let inbox: Number = w.db.read().one(global!("SELECT id FROM categories WHERE name = 'Blue inbox'")).await.unwrap();
        let body = json!({"subject": "Anew", "body": "It smokes.", "category": inbox.id});
        let made = asks(&door, "emil", Method::POST, "/api/v1/tickets", body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let anew = TicketId(read(&made)["number"].as_i64().unwrap());
        assert_eq!(holder(w, anew).await, Some(w.person("cleo").0));
        // A category may name her, too.
        let serving = format!("/api/v1/departments/{}/serving", department(w, "Blue").await);
        let wanted = json!({"categories": [{"category": inbox.id, "people": [w.person("cleo").0]}]});
        let named = asks(&door, "ada", Method::PUT, &serving, wanted).await;
        assert_eq!(named.status, 200, "{}", named.body);
        assert!(door.gets("ada", &format!("/admin/departments/{}/serving", department(w, "Blue").await)).await.body.contains("Cleo"));
        // Nobody handles there by a team that only looks.
        let lowered = gives(w, &door, "ada", id, "Blue", json!({"level": "view", "give_to": w.person("ada").0})).await;
        assert_eq!(lowered.status, 422, "{}", lowered.body);
        let lowered = gives(w, &door, "ada", id, "Blue", json!({"level": "view", "release": true})).await;
        assert_eq!(lowered.status, 200, "{}", lowered.body);
        assert_eq!(holder(w, anew).await, None);
        assert!(!offers().await);
        door.closes().await;
    }
}

on_both_engines! {
    async fn nobody_gives_by_a_team_what_they_may_not_give(w) {
        let door = w.door().await;
        let id = team(&door, "Applications", &["vera"]).await;
        given(w, &door, id, "Red", "view").await;
        for (who, status) in [("dora", 404), ("ben", 403), ("gil", 403), ("vera", 403), ("max", 200)] {
            assert_eq!(door.gets(who, "/admin/teams").await.status, status, "{who}");
            assert_eq!(door.gets(who, "/api/v1/teams").await.status, status, "{who}: the API");
            assert_eq!(door.gets(who, &format!("/admin/teams/{id}")).await.status, status, "{who}: the team");
        }
        // A role that manages people, and no department.
        let role = asks(&door, "ada", Method::POST, "/api/v1/roles", json!({"name": "Clerk", "from": "agent"})).await;
        let role = read(&role)["id"].as_str().unwrap().to_owned();
        let mut all: Vec<String> = door.json("ada", &format!("/api/v1/roles/{role}")).await["permissions"]
            .as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
        all.push("manage_people".to_owned());
        let granted = asks(&door, "ada", Method::PATCH, &format!("/api/v1/roles/{role}"), json!({"permissions": all})).await;
        assert_eq!(granted.status, 200, "{}", granted.body);
        let becomes = |who: &'static str, body: Value| {
            let path = format!("/api/v1/people/{}", w.person(who));
            let door = &door;
            async move { asks(door, "ada", Method::PATCH, &path, body).await }
        };
        let clerk = becomes("gil", json!({"role": role})).await;
        assert_eq!(clerk.status, 200, "{}", clerk.body);
        assert_eq!(door.gets("gil", &format!("/admin/teams/{id}")).await.status, 200);
        // Gil decides who belongs to no department: neither members nor levels are his to change.
        joins(&door, "gil", id, "gil", 403).await;
        let refused = gives(w, &door, "gil", id, "Blue", json!({"level": "edit"})).await;
        assert_eq!(refused.status, 422, "as of a department that is not there: {}", refused.body);
        let path = format!("/api/v1/teams/{id}");
        assert_eq!(asks(&door, "gil", Method::DELETE, &path, Value::Null).await.status, 403);
        // He makes one of his own, which gives nothing.
        let own = asks(&door, "gil", Method::POST, "/api/v1/teams", json!({"name": "Clerks"})).await;
        assert_eq!(own.status, 201, "{}", own.body);
        let own = read(&own)["id"].as_i64().unwrap();
        joins(&door, "gil", own, "gil", 201).await;
        joins(&door, "gil", own, "max", 403).await;
        // Whose eyes do not reach everywhere keeps no team.
        let narrowed = becomes("gil", json!({"scope": "group"})).await;
        assert_eq!(narrowed.status, 200, "{}", narrowed.body);
        assert_eq!(door.gets("gil", "/api/v1/teams").await.status, 403);
        assert_eq!(door.gets("gil", "/admin/teams").await.status, 403);
        // Customers and those who are shut out are in no team.
        let said = joins(&door, "ada", id, "dora", 422).await;
        assert!(said.body.contains("Dora"), "{}", said.body);
        let again = joins(&door, "ada", id, "vera", 422).await;
        assert!(again.body.contains("in the team already"), "{}", again.body);
        joins(&door, "ada", id, "nobody-at-all", 422).await;
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_name_is_had_once_and_a_stale_form_changes_nothing(w) {
        let door = w.door().await;
        let id = team(&door, "Applications", &[]).await;
        for (name, status) in [("applications", 422), ("  ", 422), ("Réseau", 201), ("RÉSEAU", 422)] {
            let made = asks(&door, "ada", Method::POST, "/api/v1/teams", json!({"name": name})).await;
            assert_eq!(made.status, status, "{name}: {}", made.body);
        }
        let long = "x".repeat(61);
        let refused = door.asks("ada", Method::POST, "/admin/teams", &format!("name={long}")).await;
        assert!(refused.status == 422 && refused.body.contains(&long), "{}", refused.body);
        let seen = door.json("ada", &format!("/api/v1/teams/{id}")).await["version"].as_i64().unwrap();
        joins(&door, "ada", id, "ben", 201).await;
        let path = format!("/admin/teams/{id}");
        for (to, fields) in [
            ("", "name=Apps"), ("/members", "person=vera"), ("/departments", "level-1=edit"), ("/removal", ""),
            (&format!("/members/{}/removal", w.person("ben")), ""),
        ] {
            let stale = door.asks("max", Method::POST, &format!("{path}{to}"), &format!("version={seen}&{fields}")).await;
            assert_eq!(stale.status, 409, "{to}: {}", stale.body);
            assert!(stale.body.contains("Somebody changed this team meanwhile"), "{to}: {}", stale.body);
        }
        let stands = door.json("ada", &format!("/api/v1/teams/{id}")).await;
        assert_eq!((stands["name"].as_str(), stands["version"].as_i64()), (Some("Applications"), Some(seen + 1)));
        let stale = door.asks_having_seen("max", Method::PATCH, &format!("/api/v1/teams/{id}"), Some(seen), r#"{"name":"Apps"}"#).await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_pages_do_it_without_script_and_ask_what_becomes_of_tickets(w) {
        let (door, payroll) = (w.door().await, w.ticket("payroll"));
        let made = door.asks("ada", Method::POST, "/admin/teams", "name=Applications").await;
        assert_eq!(made.status, 303, "{}", made.body);
        let page = made.location().split('?').next().unwrap().to_owned();
        let id: i64 = page.rsplit('/').next().unwrap().parse().unwrap();
        let version = async || door.json("ada", &format!("/api/v1/teams/{id}")).await["version"].as_i64().unwrap();
        let posts = async |to: &str, fields: &str| {
            let body = format!("version={}&{fields}", version().await);
            door.asks("ada", Method::POST, &format!("{page}{to}"), &body).await
        };
        assert_eq!(posts("/members", "person=ben").await.status, 303);
        let (red, blue) = (department(w, "Red").await, department(w, "Blue").await);
        let refused = posts("/departments", &format!("level-{red}=none&level-{blue}=")).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        let saved = posts("/departments", &format!("level-{red}=edit&level-{blue}=")).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let shown = door.gets("ada", &page).await;
        assert!(shown.body.contains("ben@nordet.example") && shown.body.contains("Applications"), "{}", shown.body);
        // The page of his scope says where that comes from.
        let scope = door.gets("ada", &format!("/admin/scopes/{}", w.person("ben"))).await;
        assert!(scope.body.contains("through the team Applications"), "{}", scope.body);
        done(&sends(w, &door, "ben", payroll, "assignment", "").await);
        let asked = posts("/departments", &format!("level-{red}=&level-{blue}=")).await;
        assert!(asked.status == 422 && asked.body.contains("Open tickets are at stake"), "{}", asked.body);
        let done_with = posts("/departments", &format!("level-{red}=&level-{blue}=&held=1&release=1")).await;
        assert_eq!(done_with.status, 303, "{}", done_with.body);
        assert_eq!(holder(w, payroll).await, None);
        assert_eq!(posts("", "name=Apps").await.status, 303);
        assert_eq!(posts("/removal", "").await.location().split('?').next(), Some("/admin/teams"));
        assert_eq!(door.gets("ada", &page).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_inspector_names_the_team_and_agrees_with_the_rule(w) {
        let (door, max) = (w.door().await, w.actor("max"));
        let id = team(&door, "Applications", &["ben", "rob", "gil", "vera"]).await;
        given(w, &door, id, "Red", "edit").await;
        for (name, ticket) in w.tickets() {
            let subject = inspector::subject(&mut w.db.read(), &max, ticket).await.unwrap();
            for who in w.everybody().filter(|who| *who != "nobody") {
                let seer = inspector::seer(&mut w.db.read(), &max, w.person(who)).await.unwrap();
                let verdict = inspector::why(&mut w.db.read(), seer, &subject).await.unwrap();
                let rule = reading::find::<Read>(&mut w.db.read(), &w.actor(who), ticket).await.is_ok();
                assert_eq!((verdict.sees, !verdict.grounds.is_empty()), (rule, rule), "{who} {name}");
                let is_named = !verdict.teams.is_empty();
                let by_team = subject.department == "Red" && ["ben", "rob", "gil", "vera"].contains(&who);
                assert_eq!(is_named, by_team, "{who} {name}");
            }
        }
        let payroll = w.ticket("payroll");
        let why = door.gets("max", &format!("/admin/inspector?person=ben&ticket={payroll}")).await;
        assert!(why.body.contains("Through the team Applications"), "{}", why.body);
        let who = door.gets("max", &format!("/admin/inspector/file?ticket={payroll}")).await;
        assert!(who.body.contains("Through the team Applications"), "{}", who.body);
        let api = door.json("max", &format!("/api/v1/tickets/{payroll}/access/{}", w.person("ben"))).await;
        assert_eq!(api["teams"], json!(["Applications"]), "{api}");
        let looks = door.gets("max", &format!("/admin/inspector?department={}", department(w, "Red").await)).await;
        assert!(looks.body.contains("Through the team Applications"), "{}", looks.body);
        let scope = door.json("max", &format!("/api/v1/people/{}/scope", w.person("ben"))).await;
        assert!(scope["departments"].to_string().contains("Applications"), "{scope}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_leaves_a_team_loses_the_line_and_finds_the_ticket_gone(w) {
        let door = w.door().await;
        let id = team(&door, "Applications", &["ben"]).await;
        given(w, &door, id, "Red", "view").await;
        let desk = Listening::at(door).await;
        let payroll = w.ticket("payroll");
        let (mut ben, first) = desk.page("ben", on(payroll, 0)).await;
        assert_eq!(first["gone"], Value::Null);
        let left = leaves(w, &desk.door, id, "ben", "").await;
        assert_eq!(left.status, 204, "{}", left.body);
        assert_eq!(ben.ends().await, 4001);
        let (_, again) = desk.page("ben", on(payroll, 0)).await;
        assert_eq!(again["gone"], json!([format!("ticket/{payroll}")]));
        desk.closes().await;
    }
}

on_both_engines! {
    async fn whoever_is_no_longer_staff_is_in_no_team(w) {
        let door = w.door().await;
        let id = team(&door, "Applications", &["vera"]).await;
        given(w, &door, id, "Red", "edit").await;
        let path = format!("/api/v1/people/{}", w.person("vera"));
        let gone = asks(&door, "ada", Method::PATCH, &path, json!({"role": null, "portal": true})).await;
        assert_eq!(gone.status, 200, "{}", gone.body);
        assert_eq!(sight(w, "vera", "Red").await, None);
        let stands = door.json("ada", &format!("/api/v1/teams/{id}")).await;
        assert_eq!(stands["members"], json!([]), "{stands}");
        door.closes().await;
    }
}
