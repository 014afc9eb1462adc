//! Confidential categories: those who are let in see their tickets beside the people of each, and nobody else does,
//! whatever way they look; and only whoever is in a confidence lets others in.

use std::collections::BTreeSet;

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record, system};
use serde_json::{Value, json};
use vigie::search::index;

use crate::browsing::{Answer, Door};
use crate::handling::{done, sends};
use crate::house::one_rule::{canary, is_customer, mark, reads_notes, sees};
use crate::search::finds;
use crate::world::World;

/// Blue and Red, and their inboxes.
const BLUE: i64 = 1;
const RED: i64 = 2;

/// What is asked for in Red.
const OF_RED: &[&str] = &["leave", "own", "payroll", "rob", "salary"];

fn address(department: i64, category: i64) -> String {
    format!("/api/v1/departments/{department}/categories/{category}/confidence")
}

/// Says who is let into the confidence of a category.
async fn says(
    w: &World,
    door: &Door,
    by: &str,
    (department, category): (i64, i64),
    let_in: &[(&str, &str)],
) -> Answer {
    let confidants: Vec<Value> = let_in
        .iter()
        .map(|(who, level)| json!({"person": w.person(who).0, "level": level}))
        .collect();
    let body = json!({"confidential": !let_in.is_empty(), "confidants": confidants});
    door.asks(
        by,
        Method::PUT,
        &address(department, category),
        &body.to_string(),
    )
    .await
}

async fn confides(w: &World, door: &Door, place: (i64, i64), let_in: &[(&str, &str)]) {
    let answer = says(w, door, "ada", place, let_in).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// A new category of a department, and who is let into its confidence.
pub async fn below(w: &World, door: &Door, department: i64, let_in: &[(&str, &str)]) -> i64 {
    let path = format!("/api/v1/departments/{department}/categories");
    let made = door
        .asks("ada", Method::POST, &path, r#"{"name":"Secret"}"#)
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    record! { struct Made { id: i64 } }
    let made = global!("SELECT id FROM categories WHERE name = 'Secret'");
    let made: Made = w.db.read().one(made).await.unwrap();
    confides(w, door, (department, made.id), let_in).await;
    made.id
}

/// Makes somebody a member of a department.
async fn joins(w: &World, door: &Door, department: i64, who: &str, level: &str) {
    let path = format!("/api/v1/departments/{department}/members");
    let body = json!({"person": format!("{who}@nordet.example"), "level": level}).to_string();
    let answer = door.asks("ada", Method::POST, &path, &body).await;
    assert!(answer.status < 300, "{}", answer.body);
    assert!(w.person(who).0 > 0);
}

async fn lists(door: &Door, who: &str) -> BTreeSet<i64> {
    let list = door.json(who, "/api/v1/tickets?limit=200").await;
    let items = list["items"].as_array().into_iter().flatten();
    items.filter_map(|it| it["number"].as_i64()).collect()
}

record! { struct Stands { confidential_id: Option<i64>, visibility: String } }

async fn stands(w: &World, ticket: i64) -> Stands {
    let query = system!(
        because = "a test looks at the table itself",
        "SELECT confidential_id, visibility FROM tickets WHERE id = $1",
        ticket
    );
    w.db.read().one(query).await.unwrap()
}

on_both_engines! {
    async fn what_is_confidential_is_seen_by_those_who_are_let_in_whatever_way_one_looks(w) {
        let door = w.door().await;
        let files = mark(w, &door).await;
        // Gil sees everything else. Vera is no more than assigned to in Red, and let in to look.
        joins(w, &door, RED, "vera", "assigned").await;
        confides(w, &door, (RED, RED), &[("cleo", "edit"), ("vera", "view")]).await;
        index::catch_up(&w.db).await.unwrap();
        let is_let_in = |who: &str, ticket: &str| match who {
            "gil" => !OF_RED.contains(&ticket),
            "vera" => sees(who, ticket) || OF_RED.contains(&ticket),
            _ => sees(who, ticket),
        };
        let reads = |who: &str, ticket: &str| match who {
            "gil" | "vera" => is_let_in(who, ticket),
            _ => reads_notes(who, ticket),
        };
        let mut shut_out = 0;
        for who in w.everybody().filter(|who| *who != "nobody") {
            let expected: BTreeSet<i64> =
                w.tickets().filter(|(name, _)| is_let_in(who, name)).map(|(_, id)| id.0).collect();
            assert_eq!(lists(&door, who).await, expected, "{who}: the list");
            let counts = door.json(who, "/api/v1/tickets/counts").await;
            let counted: i64 = counts.as_array().into_iter().flatten().filter_map(|it| it["count"].as_i64()).sum();
            assert_eq!(counted, i64::try_from(expected.len()).unwrap(), "{who}: counts {counts}");
            let found: BTreeSet<i64> = finds(&door, who, "state:open,awaiting,ended").await.into_iter().collect();
            assert_eq!(found, expected, "{who}: search");
            if !is_customer(who) {
                let open = door.json(who, "/api/v1/tickets?limit=200&stage=open").await;
                let open = open["items"].as_array().unwrap().len();
                let made = json!({"name": "Open", "filter": "stage=open"}).to_string();
                let made = door.asks(who, Method::POST, "/api/v1/views", &made).await;
                assert_eq!(made.status, 201, "{}", made.body);
                let views = door.json(who, "/api/v1/views").await;
                let view = views.as_array().unwrap().iter().find(|it| it["name"] == "Open").unwrap();
                assert_eq!(view["count"].as_u64(), u64::try_from(open).ok(), "{who}: the view {view}");
            }
            let page = if is_customer(who) { "/portal/tickets" } else { "/tickets" };
            let bytes = [
                door.gets(who, page).await.body,
                door.gets(who, "/api/v1/search?q=canary").await.body,
                door.gets(who, "/api/v1/tickets?limit=200").await.body,
            ].concat();
            for (name, id) in w.tickets() {
                let yes = is_let_in(who, name);
                let opens = async |path: &str| door.gets(who, path).await.status == 200;
                assert_eq!(opens(&format!("{page}/{id}")).await, yes, "{who} {name}: the page");
                assert_eq!(opens(&format!("/api/v1/tickets/{id}")).await, yes, "{who} {name}: the API");
                let words = door.gets(who, &format!("/api/v1/tickets/{id}/comments")).await.body;
                assert_eq!(words.contains(&canary("note", name)), reads(who, name), "{who} {name}: notes");
                let (open, internal) = files[name];
                if open != 0 {
                    assert_eq!(opens(&format!("/api/v1/tickets/{id}/attachments/{open}")).await, yes, "{who} {name}: a file");
                }
                let reads = reads(who, name);
                assert_eq!(opens(&format!("/api/v1/tickets/{id}/attachments/{internal}")).await, reads, "{who} {name}: the file of a note");
                if !yes {
                    shut_out += 1;
                    assert!(!bytes.contains(&canary("reply", name)), "{who} meets {name}");
                }
            }
        }
        assert!(shut_out > 20, "somebody is shut out: {shut_out}");
        // Who looks only looks; and the inspector says why, and why not.
        let salary = w.ticket("salary");
        let reply = sends(w, &door, "vera", salary, "comments", "body=Mine&audience=public").await;
        assert_eq!(reply.status, 403, "{}", reply.body);
        let why = async |who: &str| {
            let path = format!("/api/v1/tickets/{salary}/access/{}", w.person(who).0);
            door.json("max", &path).await["reasons"].clone()
        };
        assert_eq!(why("vera").await, json!(["confidant"]));
        assert_eq!(why("gil").await, json!([]));
        assert_eq!(why("fay").await, json!(["requester"]));
        assert!(why("cleo").await.to_string().contains("confidant"));
        let page = door.gets("max", &format!("/admin/inspector?person=gil&ticket={salary}")).await;
        assert!(page.body.contains("Its category is confidential"), "{}", page.body);
        // No longer: everything is as it was, and nobody remembers who was let in.
        confides(w, &door, (RED, RED), &[]).await;
        assert_eq!(lists(&door, "gil").await.len(), w.tickets().count());
        let says = door.json("ada", &address(RED, RED)).await;
        assert_eq!((&says["confidential"], &says["confidants"]), (&json!(false), &json!([])));
        door.closes().await;
    }
}

on_both_engines! {
    async fn only_who_is_in_a_confidence_lets_others_in(w) {
        let door = w.door().await;
        let privilege = async |who: &str, department: i64| {
            let mut tx = w.db.write().await.unwrap();
            tx.run(global!("UPDATE memberships SET privileges = privileges || ' manage_managers' WHERE person_id = $1 AND department_id = $2",
                w.person(who), department)).await.unwrap();
            tx.commit().await.unwrap();
        };
        let all = [("ada", 200), ("max", 200), ("gil", 404), ("ben", 404), ("cleo", 403), ("dora", 404), ("vera", 404)];
        for (who, status) in all {
            let answer = says(w, &door, who, (RED, RED), &[("cleo", "edit")]).await;
            assert_eq!(answer.status, status, "{who}: {}", answer.body);
        }
        privilege("cleo", RED).await;
        joins(w, &door, RED, "vera", "edit").await;
        confides(w, &door, (RED, RED), &[("cleo", "edit"), ("vera", "view")]).await;
        // Cleo handles what is there: she says who else is in it. Then she lets herself out.
        let answer = says(w, &door, "cleo", (RED, RED), &[("cleo", "view"), ("rob", "edit")]).await;
        assert_eq!(answer.status, 422, "rob left Red: {}", answer.body);
        joins(w, &door, RED, "rob", "edit").await;
        for (let_in, status, why) in [
            (&[("cleo", "view")][..], 422, "nobody who handles them"),
            (&[("cleo", "edit"), ("ben", "view")], 422, "no member"),
            (&[("cleo", "fly")], 422, "no level"),
            (&[("rob", "edit"), ("cleo", "view")], 200, "she only looks from now on"),
            (&[("cleo", "edit")], 403, "who only looks lets nobody in"),
        ] {
            let answer = says(w, &door, "cleo", (RED, RED), let_in).await;
            assert_eq!(answer.status, status, "{why}: {}", answer.body);
        }
        assert_eq!(door.gets("cleo", &address(RED, RED)).await.status, 403);
        let page = format!("/admin/departments/{RED}/categories/{RED}/confidence");
        assert_eq!(door.gets("cleo", &page).await.status, 403);
        assert_eq!(door.gets("cleo", &format!("/admin/departments/{RED}/confidence")).await.status, 200);
        // Another department's category is not there.
        assert_eq!(door.gets("ada", &address(RED, BLUE)).await.status, 404);
        // The page: what was chosen comes back with what is wrong; somebody was quicker; then it is saved.
        let shown = door.gets("ada", &page).await.body;
        assert!(shown.contains("name=\"confidential\" value=\"1\" checked"), "{shown}");
        let version = door.json("ada", &address(RED, RED)).await["version"].as_i64().unwrap();
        let form = |version: i64, rest: &str| format!("version={version}&{rest}");
        let posts = async |body: String| door.asks("ada", Method::POST, &page, &body).await;
        let nobody = posts(form(version, &format!("confidential=1&level-{}=view", w.person("cleo")))).await;
        assert_eq!(nobody.status, 422, "{}", nobody.body);
        assert!(nobody.body.contains("Let in at least one person"), "{}", nobody.body);
        let quicker = posts(form(version - 1, &format!("confidential=1&level-{}=edit", w.person("cleo")))).await;
        assert_eq!(quicker.status, 409, "{}", quicker.body);
        assert!(quicker.body.contains("changed meanwhile"), "{}", quicker.body);
        done(&posts(form(version, &format!("confidential=1&level-{}=edit", w.person("cleo")))).await);
        let says = door.json("ada", &address(RED, RED)).await;
        assert_eq!(says["confidants"], json!([{"person": w.person("cleo").0, "level": "edit"}]));
        let journal = door.gets("ada", "/admin/journal").await.body;
        assert!(journal.contains("Confidentiality changed") && journal.contains("Cleo (Handles)"), "{journal}");
        assert!(journal.contains(">Yes<") && !journal.contains(">yes<"), "{journal}");
        // Whoever leaves the department leaves its confidences, and does not come back into them by coming back.
        let payroll = w.ticket("payroll");
        assert_eq!(door.gets("cleo", &format!("/tickets/{payroll}")).await.status, 200);
        let member = format!("/api/v1/departments/{RED}/members/{}?release=true", w.person("cleo").0);
        assert!(door.asks("ada", Method::DELETE, &member, "").await.status < 300);
        joins(w, &door, RED, "cleo", "edit").await;
        assert_eq!(door.gets("cleo", &format!("/tickets/{payroll}")).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_lies_below_is_as_confidential_and_is_moved_by_those_who_are_in(w) {
        let door = w.door().await;
        joins(w, &door, RED, "vera", "edit").await;
        confides(w, &door, (RED, RED), &[("vera", "edit")]).await;
        // Cleo keeps the tree of Red, and is not in the confidence.
        let categories = format!("/api/v1/departments/{RED}/categories");
        let makes = async |name: &str, parent: Value| {
            let body = json!({"name": name, "parent": parent}).to_string();
            let made = door.asks("cleo", Method::POST, &categories, &body).await;
            assert_eq!(made.status, 201, "{}", made.body);
            let query = global!("SELECT id, confidential_id FROM categories WHERE name = $1", name);
            record! { struct Made { id: i64, confidential_id: Option<i64> } }
            let made: Made = w.db.read().one(query).await.unwrap();
            (made.id, made.confidential_id)
        };
        let (below, held_by) = makes("Below", json!(RED)).await;
        assert_eq!(held_by, Some(RED));
        let (aside, held_by) = makes("Aside", Value::Null).await;
        assert_eq!(held_by, None);
        let opened = json!({"category": below, "subject": "Told in confidence", "body": "Nobody else", "visibility": "public"}).to_string();
        let opened = door.asks("dora", Method::POST, "/api/v1/tickets", &opened).await;
        assert_eq!(opened.status, 201, "{}", opened.body);
        let number = serde_json::from_str::<Value>(&opened.body).unwrap()["number"].as_i64().unwrap();
        let now = stands(w, number).await;
        assert_eq!((now.confidential_id, now.visibility.as_str()), (Some(RED), "private"));
        let opens = async |who: &str| door.gets(who, &format!("/tickets/{number}")).await.status == 200;
        assert!(opens("vera").await && !opens("cleo").await && !opens("gil").await);
        let moves = async |who: &str, category: i64, parent: Value| {
            let path = format!("{categories}/{category}");
            let body = json!({"parent": parent}).to_string();
            door.asks(who, Method::PATCH, &path, &body).await.status
        };
        assert_eq!(moves("cleo", below, Value::Null).await, 403, "out of it");
        assert_eq!(moves("cleo", aside, json!(RED)).await, 403, "into it");
        assert!(!opens("cleo").await);
        assert_eq!(moves("ada", below, Value::Null).await, 200);
        assert!(opens("cleo").await && opens("gil").await);
        assert_eq!(moves("ada", below, json!(RED)).await, 200);
        assert!(!opens("cleo").await);
        // One that lets in others itself.
        confides(w, &door, (RED, below), &[("cleo", "edit")]).await;
        assert!(opens("cleo").await && !opens("vera").await);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_goes_into_a_confidence_and_its_sender_stays_behind(w) {
        let door = w.door().await;
        let (screen, salary) = (w.ticket("screen"), w.ticket("salary"));
        joins(w, &door, RED, "vera", "edit").await;
        let shown = door.asks("ada", Method::PATCH, &format!("/api/v1/tickets/{salary}"), r#"{"visibility":"public"}"#).await;
        assert_eq!(shown.status, 200, "{}", shown.body);
        done(&sends(w, &door, "vera", salary, "observation", "wants=yes").await);
        confides(w, &door, (RED, RED), &[("cleo", "edit")]).await;
        assert_eq!(stands(w, salary.0).await.visibility, "private");
        let history = door.json("cleo", &format!("/api/v1/tickets/{salary}/events")).await.to_string();
        assert!(history.contains("visibility_changed") && history.contains("private"), "{history}");
        // Who observed by themselves is no longer there; and whose tickets one does not see, one takes out of nothing.
        assert_eq!(door.gets("vera", &format!("/tickets/{salary}")).await.status, 404);
        let tasks = door.gets("cleo", &format!("/tickets/{salary}/tasks")).await.body;
        assert!(tasks.contains(">Cleo<") || tasks.contains("You"), "{tasks}");
        assert!(!tasks.contains(">Vera</option>"), "{tasks}");
        joins(w, &door, RED, "ben", "edit").await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE memberships SET privileges = privileges || ' manage_managers' WHERE person_id = $1", w.person("ben"))).await.unwrap();
        tx.commit().await.unwrap();
        let takes_out = format!("/api/v1/departments/{RED}/members/{}?release=true", w.person("cleo").0);
        let refused = door.asks("ben", Method::DELETE, &takes_out, "").await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.body.contains("tickets that you do not see"), "{}", refused.body);
        let shows = door.asks("ada", Method::PATCH, &format!("/api/v1/tickets/{salary}"), r#"{"visibility":"public"}"#).await;
        assert_eq!(shows.status, 403, "{}", shows.body);
        // Nobody lets themselves in by following what they send.
        let transfer = format!("/api/v1/tickets/{screen}/transfer");
        let sends = async |follow: bool| {
            let body = json!({"category": RED, "follow": follow}).to_string();
            door.asks("ben", Method::POST, &transfer, &body).await
        };
        let refused = sends(true).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.body.contains("Nobody lets themselves into"), "{}", refused.body);
        let sent = sends(false).await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        assert_eq!(door.gets("ben", &format!("/tickets/{screen}")).await.status, 404);
        assert_eq!(door.gets("cleo", &format!("/tickets/{screen}")).await.status, 200);
        // It is given to those who are let in, though Vera is of the department.
        let candidates = door.json("ada", &format!("/api/v1/tickets/{screen}/assignee")).await.to_string();
        assert!(candidates.contains("Cleo") && !candidates.contains("Vera"), "{candidates}");
        let given = json!({"person": w.person("vera").0}).to_string();
        let given = door.asks("ada", Method::POST, &format!("/api/v1/tickets/{screen}/assignee"), &given).await;
        assert_eq!(given.status, 422, "{}", given.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn no_list_nor_entry_of_others_leads_into_a_confidence_or_out_of_it(w) {
        let door = w.door().await;
        let secret = below(w, &door, RED, &[("cleo", "edit")]).await;
        joins(w, &door, RED, "ben", "edit").await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE memberships SET privileges = privileges || ' manage_managers manage_properties' WHERE person_id = $1", w.person("ben"))).await.unwrap();
        tx.commit().await.unwrap();
        // A standing invitation of the department is none to what is confidential in it.
        let invitees = format!("/api/v1/departments/{RED}/invitees");
        let added = door.asks("ben", Method::POST, &invitees, r#"{"person":"emil"}"#).await;
        assert_eq!(added.status, 201, "{}", added.body);
        for (category, sees) in [(RED, 200), (secret, 404)] {
            let body = json!({"category": category, "subject": "Told", "body": "Listen"}).to_string();
            let opened = door.asks("dora", Method::POST, "/api/v1/tickets", &body).await;
            let number = serde_json::from_str::<Value>(&opened.body).unwrap()["number"].as_i64().unwrap();
            assert_eq!(door.gets("emil", &format!("/portal/tickets/{number}")).await.status, sees);
        }
        // Nor is what comes in by it led to where others read it.
        let leads = async |who: &str, body: Value| {
            let path = format!("/api/v1/departments/{RED}/redirects");
            door.asks(who, Method::PUT, &path, &body.to_string()).await.status
        };
        assert_eq!(leads("ben", json!({"category": secret, "to": RED})).await, 403);
        assert_eq!(leads("ben", json!({"to": BLUE})).await, 403);
        assert_eq!(leads("ada", json!({"category": secret, "to": RED})).await, 200);
        assert_eq!(leads("ada", json!({"category": secret, "to": Value::Null})).await, 200);
        // Who observes by themselves does not stay by that.
        let screen = w.ticket("screen");
        let observes = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{screen}/observers"), &json!({"people": ["ben"]}).to_string()).await;
        assert!(observes.status < 300, "{}", observes.body);
        let body = json!({"category": secret, "follow": true}).to_string();
        let refused = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{screen}/transfer"), &body).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        let body = json!({"category": secret}).to_string();
        let sent = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{screen}/transfer"), &body).await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        assert_eq!(door.gets("ben", &format!("/tickets/{screen}")).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn who_is_let_in_is_touched_by_nobody_who_is_not(w) {
        let door = w.door().await;
        let role = json!({"name": "Keeper", "from": "agent"}).to_string();
        let role = door.asks("ada", Method::POST, "/api/v1/roles", &role).await;
        let role: Value = serde_json::from_str(&role.body).unwrap();
        let path = format!("/api/v1/roles/{}", role["id"].as_str().unwrap());
        let mut granted: Vec<String> = role["permissions"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
        granted.push("manage_people".to_owned());
        let grants = json!({ "permissions": granted }).to_string();
        assert_eq!(door.asks("ada", Method::PATCH, &path, &grants).await.status, 200);
        let becomes = json!({"role": role["id"]}).to_string();
        let gil = format!("/api/v1/people/{}", w.person("gil").0);
        assert_eq!(door.asks("ada", Method::PATCH, &gil, &becomes).await.status, 200);
        let cleo = format!("/api/v1/people/{}", w.person("cleo").0);
        let touches = async |email: &str| {
            let body = json!({ "email": email }).to_string();
            door.asks("gil", Method::PATCH, &cleo, &body).await.status
        };
        assert_eq!(touches("cleo2@nordet.example").await, 200, "gil sees all that she sees");
        confides(w, &door, (RED, RED), &[("cleo", "edit")]).await;
        assert_eq!(touches("gil2@nordet.example").await, 403, "and no longer");
        door.closes().await;
    }
}

on_both_engines! {
    async fn no_statement_forgets_that_a_category_is_confidential(w) {
        let door = w.door().await;
        confides(w, &door, (RED, RED), &[("cleo", "edit")]).await;
        let (printer, payroll) = (w.ticket("printer"), w.ticket("payroll"));
        // Into it without saying so, and out of it without moving.
        for (ticket, query) in [
            (printer, system!(because = "a test forgets", "UPDATE tickets SET department_id = 2, category_id = 2 WHERE id = $1", printer)),
            (payroll, system!(because = "a test forgets", "UPDATE tickets SET confidential_id = NULL WHERE id = $1", payroll)),
        ] {
            let mut tx = w.db.write().await.unwrap();
            if tx.run(query).await.is_ok() {
                tx.commit().await.unwrap();
                assert_eq!(stands(w, ticket.0).await.confidential_id, Some(RED));
            }
        }
        assert_eq!(stands(w, payroll.0).await.confidential_id, Some(RED));
        record! { struct Wrong { n: i64 } }
        let wrong: Wrong = w.db.read().one(system!(
            because = "a test looks at the tables themselves",
            "SELECT COUNT(*) AS n FROM ticket_counts c WHERE c.n <> (SELECT COUNT(*) FROM tickets t \
             WHERE t.department_id = c.department_id AND COALESCE(t.confidential_id, 0) = c.confidential \
             AND COALESCE(t.assignee_id, 0) = c.holder AND t.state = c.state)"
        )).await.unwrap();
        assert_eq!(wrong.n, 0);
        door.closes().await;
    }
}
