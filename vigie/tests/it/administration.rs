//! Administering departments and people: who may, what is refused, and what it changes at once.

mod directory;
mod finding;
mod leaving;
mod persons;

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use kit::db::{Ask, Place};
use kit::ids::Dice;
use kit::{config, global, record, system};
use serde_json::{Value, json};
use vigie::house::{House, Opening};
use vigie::people::access::{sessions, tokens};
use vigie::people::{self, PersonId};
use vigie::policy::Privilege;

use crate::desk::{Answer, Browser, Desk, PUBLIC_URL, folder};
use crate::world::World;

/// The world with its web door.
struct Office<'a> {
    w: &'a World,
    desk: Desk,
    folder: PathBuf,
}

record! { struct Number { id: i64 } }
record! { struct Counted { n: i64 } }
record! { struct Text { text: String } }

impl<'a> Office<'a> {
    async fn of(w: &'a World) -> Office<'a> {
        let folder = folder();
        let given = [
            ("data".to_owned(), folder.display().to_string()),
            ("public_url".to_owned(), PUBLIC_URL.to_owned()),
            ("language".to_owned(), "en".to_owned()),
        ];
        let mut config = config::from_parts(None, &[].into(), &given.into()).unwrap();
        config.database = Place::File(folder.join("beside.db"));
        let (clock, dice) = (w.clock.clone(), Dice::seeded(5));
        let opened = House::open_with(config, clock, dice, Opening::Migrating, false).await;
        let mut house = opened.unwrap();
        house.db.close().await;
        house.db = w.db.clone();
        let desk = Desk::of(Arc::new(house));
        Office { w, desk, folder }
    }

    /// A browser in which somebody is signed in.
    async fn with(&self, who: &str) -> Browser<'_> {
        let mut browser = self.desk.browser();
        let mut tx = self.w.db.write().await.unwrap();
        let (person, dice) = (self.w.person(who), &self.desk.app.dice);
        let token = sessions::open(&mut tx, person, "a test", "127.0.0.1", self.w.now(), dice)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        browser.cookies.insert("vigie_session".to_owned(), token);
        browser
    }

    async fn token(&self, who: &str) -> String {
        let mut tx = self.w.db.write().await.unwrap();
        let (person, dice) = (self.w.person(who), &self.desk.app.dice);
        let token = tokens::create(&mut tx, person, "a test", self.w.now(), dice)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        token
    }

    /// What a program of somebody hears; `seen` is the version it sends along.
    async fn asks(
        &self,
        who: &str,
        method: &str,
        path: &str,
        seen: Option<i64>,
        body: Value,
    ) -> (u16, Value) {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "desk.example")
            .header("authorization", format!("Bearer {}", self.token(who).await))
            .header("content-type", "application/json");
        if let Some(seen) = seen {
            request = request.header("if-match", format!("\"{seen}\""));
        }
        let body = if body.is_null() {
            Body::empty()
        } else {
            Body::from(body.to_string())
        };
        let answer = self.desk.sends(request.body(body).unwrap()).await;
        let value = serde_json::from_str(&answer.text).unwrap_or(Value::Null);
        (answer.status, value)
    }

    async fn department(&self, name: &str) -> i64 {
        let row: Number = self
            .w
            .db
            .read()
            .one(global!("SELECT id FROM departments WHERE name = $1", name))
            .await
            .unwrap();
        row.id
    }

    async fn category(&self, name: &str) -> i64 {
        let row: Number = self
            .w
            .db
            .read()
            .one(global!("SELECT id FROM categories WHERE name = $1", name))
            .await
            .unwrap();
        row.id
    }

    /// The department as the owner's program reads it.
    async fn reads(&self, department: i64) -> Value {
        let path = format!("/api/v1/departments/{department}");
        let (status, value) = self.asks("ada", "GET", &path, None, Value::Null).await;
        assert_eq!(status, 200, "{value}");
        value
    }

    async fn member(&self, department: i64, who: &str) -> Value {
        let person = self.w.person(who).0;
        let all = self.reads(department).await;
        let all = all["members"].as_array().unwrap().clone();
        all.into_iter()
            .find(|m| m["person"] == person)
            .unwrap_or(Value::Null)
    }

    async fn person(&self, who: &str) -> Value {
        let path = format!("/api/v1/people/{}", self.w.person(who).0);
        self.asks("ada", "GET", &path, None, Value::Null).await.1
    }

    /// Gives a member exactly these privileges.
    async fn trusts(&self, who: &str, department: i64, privileges: &[Privilege]) {
        let words: Vec<&str> = privileges.iter().map(|p| p.word()).collect();
        let path = self.member_path(department, who);
        let body = json!({ "privileges": words });
        let (status, said) = self.asks("ada", "PATCH", &path, None, body).await;
        assert_eq!(status, 200, "{said}");
    }

    fn member_path(&self, department: i64, who: &str) -> String {
        let person = self.w.person(who);
        format!("/api/v1/departments/{department}/members/{person}")
    }

    async fn kinds_of(&self, ticket: &str) -> Vec<String> {
        let rows: Vec<Text> = self
            .w
            .db
            .read()
            .all(system!(
                because = "a test reads the whole history",
                "SELECT kind AS text FROM events WHERE ticket_id = $1 ORDER BY id",
                self.w.ticket(ticket)
            ))
            .await
            .unwrap();
        rows.into_iter().map(|r| r.text).collect()
    }

    fn leave(self) {
        std::fs::remove_dir_all(self.folder).unwrap();
    }
}

/// The form of somebody's page as it stands, with these fields changed; an empty box is left out.
fn person_form<'a>(
    person: &'a Value,
    version: &'a str,
    changed: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let text = |field: &str| person[field].as_str().unwrap_or_default();
    let mut form = vec![
        ("version", version),
        ("name", text("name")),
        ("email", text("email")),
        ("login", text("login")),
        ("language", "en"),
        ("role", person["role"].as_str().unwrap_or("none")),
        ("scope", person["scope"].as_str().unwrap_or("global")),
    ];
    if person["portal"] == true {
        form.push(("portal", "1"));
    }
    form.retain(|(field, _)| !changed.iter().any(|(other, _)| other == field));
    form.extend_from_slice(changed);
    form
}

async fn edits(
    office: &Office<'_>,
    by: &str,
    whom: &str,
    version: Option<i64>,
    changed: &[(&str, &str)],
) -> Answer {
    let person = office.person(whom).await;
    let version = version.unwrap_or(person["version"].as_i64().unwrap());
    let version = version.to_string();
    let form = person_form(&person, &version, changed);
    let path = format!("/admin/people/{}", office.w.person(whom));
    let mut browser = office.with(by).await;
    // Any page has a form token; the person's own may be closed to whoever tries.
    browser.posts("/preferences", &path, &form).await
}

fn says(answer: &Answer, status: u16, sentence: &str) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert!(
        answer.text.contains(sentence),
        "no “{sentence}” in {}",
        answer.text
    );
}

on_both_engines! {
    async fn everybody_finds_the_doors_of_administration_they_may_open_and_no_other(w) {
        let office = Office::of(w).await;
        let (blue, red) = (office.department("Blue").await, office.department("Red").await);
        let blue = format!("/admin/departments/{blue}");
        let red = format!("/admin/departments/{red}");
        let person = format!("/admin/people/{}", w.person("dora"));
        let doors = ["/admin", "/admin/people", "/admin/people/new", &person, "/admin/departments", &blue, &red];
        for (who, expect) in [
            ("ada", [200, 200, 200, 200, 200, 200, 200]),
            ("max", [200, 200, 200, 200, 200, 200, 200]),
            // A new manager manages the categories of their department.
            ("ben", [403, 403, 403, 403, 200, 200, 404]),
            ("cleo", [403, 403, 403, 403, 200, 404, 200]),
            ("gil", [403, 403, 403, 403, 403, 404, 404]),
            ("vera", [403, 403, 403, 403, 403, 404, 404]),
            ("dora", [404, 404, 404, 404, 404, 404, 404]),
        ] {
            let mut browser = office.with(who).await;
            let mut met = vec![];
            for door in doors {
                met.push(browser.gets(door).await.status);
            }
            assert_eq!(met, expect, "{who}");
        }
        for door in doors {
            let answer = office.desk.browser().gets(door).await;
            assert!(answer.location().starts_with("/login"), "{door}");
        }
        let missing = office.with("max").await.gets("/admin/departments/99999").await;
        assert_eq!(missing.status, 404);
        office.leave();
    }
}

on_both_engines! {
    async fn a_manager_changes_only_the_part_they_are_trusted_with(w) {
        let office = Office::of(w).await;
        let (blue, red) = (office.department("Blue").await, office.department("Red").await);
        let page = format!("/admin/departments/{blue}");
        let mut ben = office.with("ben").await;
        let added = ben
            .posts(&page, &format!("{page}/categories"), &[("name", "Laptops")])
            .await;
        assert_eq!((added.status, added.location()), (303, page.as_str()));
        let shown = ben.gets(&page).await.text;
        assert!(shown.contains("Laptops") && shown.contains("categories-title"));
        assert!(!shown.contains("properties-title") && !shown.contains("members-title"));
        let version = [("version", "1"), ("name", "Azure"), ("active", "1")];
        says(&ben.posts(&page, &page, &version).await, 403, "change the properties of this department");
        let members = format!("{page}/members");
        let let_in = [("person", "cleo"), ("level", "edit")];
        says(&ben.posts(&page, &members, &let_in).await, 403, "manage the members of this department");
        let elsewhere = format!("/admin/departments/{red}/categories");
        assert_eq!(ben.posts(&page, &elsewhere, &[("name", "Mine")]).await.status, 404);
        let create = ben.posts(&page, "/admin/departments", &[("name", "Green")]).await;
        assert_eq!(create.status, 403);
        office.leave();
    }
}

on_both_engines! {
    async fn a_new_department_has_a_first_category_in_its_makers_language(w) {
        let office = Office::of(w).await;
        let mut tx = w.db.write().await.unwrap();
        people::choose_language(&mut tx, w.person("ada"), "fr").await.unwrap();
        tx.commit().await.unwrap();
        for (who, name, first) in [("ada", "Vert", "Général"), ("max", "Green", "General")] {
            let mut browser = office.with(who).await;
            let made = browser
                .posts("/admin/departments", "/admin/departments", &[("name", name), ("active", "1")])
                .await;
            let id = office.department(name).await;
            assert_eq!((made.status, made.location()), (303, format!("/admin/departments/{id}").as_str()));
            let read = office.reads(id).await;
            assert_eq!(read["categories"][0]["name"], first);
            assert_eq!(read["default_category"], read["categories"][0]["id"]);
        }
        office.leave();
    }
}

on_both_engines! {
    async fn a_name_that_cannot_be_taken_comes_back_with_its_fault_and_makes_nothing(w) {
        let office = Office::of(w).await;
        let mut max = office.with("max").await;
        let long = "x".repeat(121);
        for (name, sentence) in [
            ("Blue", "A department has this name already"),
            ("  ", "This field is required"),
            (long.as_str(), "at most 120 characters"),
        ] {
            let answer = max
                .posts("/admin/departments", "/admin/departments", &[("name", name)])
                .await;
            says(&answer, 422, sentence);
            assert!(answer.text.contains(&format!("value=\"{}\"", name.trim())), "{name}");
        }
        let count: Counted = w.db.read().one(global!("SELECT COUNT(*) AS n FROM departments")).await.unwrap();
        assert_eq!(count.n, 2);
        let page = format!("/admin/departments/{}", office.department("Red").await);
        let answer = max
            .posts(&page, &page, &[("version", "1"), ("name", "Blue"), ("active", "1")])
            .await;
        says(&answer, 422, "A department has this name already");
        assert_eq!(office.department("Red").await, office.reads(office.department("Red").await).await["id"]);
        office.leave();
    }
}

on_both_engines! {
    async fn of_two_who_rename_a_department_the_second_sees_what_the_first_saved(w) {
        let office = Office::of(w).await;
        let id = office.department("Blue").await;
        let page = format!("/admin/departments/{id}");
        let version = office.reads(id).await["version"].to_string();
        let mut max = office.with("max").await;
        let first = max
            .posts(&page, &page, &[("version", &version), ("name", "Azure"), ("active", "1")])
            .await;
        assert_eq!(first.status, 303);
        let mut ada = office.with("ada").await;
        let second = ada
            .posts(&page, &page, &[("version", &version), ("name", "Navy")])
            .await;
        says(&second, 409, "Somebody saved in the meantime");
        assert!(second.text.contains("<dd>Azure</dd>") && second.text.contains("value=\"Navy\""));
        let standing = office.reads(id).await;
        assert_eq!((&standing["name"], &standing["active"]), (&json!("Azure"), &json!(true)));
        let again = ada
            .posts(&page, &page, &[("version", &standing["version"].to_string()), ("name", "Navy")])
            .await;
        assert_eq!(again.status, 303);
        assert_eq!(office.reads(id).await["name"], "Navy");
        let without = ada.posts(&page, &page, &[("name", "Sky")]).await;
        says(&without, 422, "The version you read is missing");
        office.leave();
    }
}

on_both_engines! {
    async fn a_category_moves_within_its_department_and_never_under_itself(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let page = format!("/admin/departments/{blue}");
        let categories = format!("{page}/categories");
        let mut max = office.with("max").await;
        let inbox = office.category("Blue inbox").await.to_string();
        for (name, parent) in [("Screens", inbox.clone()), ("Cables", String::new())] {
            let answer = max.posts(&page, &categories, &[("name", name), ("parent", &parent)]).await;
            assert_eq!(answer.status, 303, "{}", answer.text);
        }
        let screens = office.category("Screens").await.to_string();
        let red = office.category("Red inbox").await.to_string();
        let of_inbox = format!("{categories}/{inbox}");
        for (parent, sentence) in [
            (screens.as_str(), "A category cannot stand under itself"),
            (inbox.as_str(), "A category cannot stand under itself"),
            (red.as_str(), "This category is not of this department"),
            ("x", "This category is not of this department"),
        ] {
            let fields = [("version", "1"), ("name", "Blue inbox"), ("parent", parent), ("active", "1")];
            says(&max.posts(&page, &of_inbox, &fields).await, 422, sentence);
        }
        let shut = max.posts(&page, &of_inbox, &[("version", "1"), ("name", "Blue inbox")]).await;
        says(&shut, 422, "choose another one first");
        let cables = office.category("Cables").await.to_string();
        let moved = [("version", "1"), ("name", "Cables & plugs"), ("parent", screens.as_str())];
        assert_eq!(max.posts(&page, &format!("{categories}/{cables}"), &moved).await.status, 303);
        says(&max.posts(&page, &format!("{categories}/{cables}"), &moved).await, 409, "Somebody saved in the meantime");
        let tree = office.reads(blue).await["categories"].clone();
        assert_eq!(tree[2]["name"], "Cables & plugs");
        assert_eq!(tree[2]["parent"].to_string(), screens);
        assert_eq!(tree[2]["active"], false);
        // A closed category takes no ticket, and cannot become the default.
        let fields = [("version", "1"), ("name", "Blue"), ("default_category", cables.as_str())];
        says(&max.posts(&page, &page, &fields).await, 422, "takes no more tickets");
        let foreign = max
            .posts(&page, &format!("{categories}/{red}"), &[("version", "1"), ("name", "Stolen")])
            .await;
        assert_eq!(foreign.status, 404);
        office.leave();
    }
}

on_both_engines! {
    async fn only_agents_who_can_come_in_become_members_and_only_once(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let (page, members) = (format!("/admin/departments/{blue}"), format!("/admin/departments/{blue}/members"));
        let mut tx = w.db.write().await.unwrap();
        people::disable(&mut tx, w.person("gil"), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let mut max = office.with("max").await;
        for (person, level, sentence) in [
            ("nobody@nordet.example", "edit", "Nobody is known as"),
            ("dora", "edit", "is no agent"),
            ("gil", "edit", "is disabled"),
            ("BEN", "edit", "is a member of this department already"),
            ("", "edit", "This field is required"),
            ("cleo", "all", "The level is none, assigned, view or edit"),
        ] {
            let answer = max.posts(&page, &members, &[("person", person), ("level", level)]).await;
            assert_eq!(answer.status, 422, "{person}");
            if level == "edit" {
                says(&answer, 422, sentence);
                assert!(answer.text.contains(&format!("value=\"{person}\"")), "{person}");
            }
        }
        let mut cleo = office.with("cleo").await;
        let ticket = format!("/tickets/{}", w.ticket("printer"));
        assert_eq!(cleo.gets(&ticket).await.status, 404);
        let added = max.posts(&page, &members, &[("person", "cleo@nordet.example"), ("level", "view")]).await;
        assert_eq!(added.status, 303);
        assert_eq!(cleo.gets(&ticket).await.status, 200);
        let member = office.member(blue, "cleo").await;
        assert_eq!(member["level"], "view");
        assert_eq!(member["privileges"].as_array().unwrap().len(), Privilege::FACTORY.len());
        office.leave();
    }
}

on_both_engines! {
    async fn whoever_holds_tickets_leaves_once_they_are_released_and_sees_them_no_more(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let page = format!("/admin/departments/{blue}");
        let person = w.person("ben");
        let removal = format!("{page}/members/{person}/removal");
        let (mut max, mut ben) = (office.with("max").await, office.with("ben").await);
        let ticket = format!("/tickets/{}", w.ticket("screen"));
        assert_eq!(ben.gets(&ticket).await.status, 200);
        let fields = [("version", "1"), ("level", "edit")];
        let refused = max.posts(&page, &removal, &fields).await;
        says(&refused, 422, "1 open ticket is in their charge");
        assert!(refused.text.contains("name=\"release\""));
        assert_eq!(office.member(blue, "ben").await["level"], "edit");
        assert_eq!(w.stands(w.ticket("screen")).await.0, "in_progress");
        let lowered = format!("{page}/members/{person}");
        let view = [("version", "1"), ("level", "view")];
        says(&max.posts(&page, &lowered, &view).await, 422, "1 open ticket is in their charge");
        let gone = [("version", "1"), ("level", "edit"), ("release", "1")];
        assert_eq!(max.posts(&page, &removal, &gone).await.status, 303);
        assert_eq!(w.stands(w.ticket("screen")).await.0, "free");
        assert_eq!(office.kinds_of("screen").await.last().unwrap(), "released");
        assert_eq!(w.stands(w.ticket("badge")).await.0, "closed", "what is over stays as it is");
        assert_eq!(office.member(blue, "ben").await, Value::Null);
        assert_eq!(ben.gets(&ticket).await.status, 404);
        assert_eq!(ben.gets(&page).await.status, 404);
        assert_eq!(max.posts(&page, &removal, &gone).await.status, 404);
        office.leave();
    }
}

on_both_engines! {
    async fn lowering_a_member_releases_only_their_tickets_of_this_department(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(
            because = "the test world assigns before the verb exists",
            "UPDATE tickets SET assignee_id = $2, state = 'in_progress' WHERE id = $1",
            w.ticket("payroll"),
            w.person("ben")
        ))
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let path = office.member_path(blue, "ben");
        let lower = json!({ "level": "view" });
        let (status, said) = office.asks("max", "PATCH", &path, None, lower).await;
        assert_eq!((status, &said["errors"][0]["field"]), (422, &json!("level")));
        let lower = json!({ "level": "view", "release": true });
        let (status, said) = office.asks("max", "PATCH", &path, Some(1), lower).await;
        assert_eq!(status, 200, "{said}");
        assert_eq!(w.stands(w.ticket("screen")).await.0, "free");
        assert_eq!(w.stands(w.ticket("payroll")).await.0, "in_progress");
        let (status, said) = office.asks("max", "PATCH", &path, Some(1), json!({ "level": "edit" })).await;
        assert_eq!((status, &said["current_version"]), (409, &json!(2)));
        office.leave();
    }
}

on_both_engines! {
    async fn a_manager_of_members_releases_tickets_but_gives_no_privilege_they_lack(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let page = format!("/admin/departments/{blue}");
        office
            .trusts("ben", blue, &[Privilege::ManageManagers, Privilege::TakeFreeTicket])
            .await;
        office
            .trusts("rob", blue, &[Privilege::ManageProperties, Privilege::TakeFreeTicket])
            .await;
        let path = office.member_path(blue, "rob");
        for words in [
            json!(["manage_properties", "take_free_ticket", "transfer_ticket"]),
            json!(["take_free_ticket"]),
        ] {
            let body = json!({ "privileges": words });
            let (status, said) = office.asks("ben", "PATCH", &path, None, body).await;
            assert_eq!((status, &said["errors"][0]["code"]), (422, &json!("fault-privilege-above")));
        }
        let (status, _) = office.asks("ben", "PATCH", &path, None, json!({ "privileges": ["be_king"] })).await;
        assert_eq!(status, 422);
        // The page offers only what Ben has, and leaves what it cannot show.
        let mut ben = office.with("ben").await;
        let shown = ben.gets(&page).await.text;
        assert!(shown.contains("value=\"manage_managers\"") && !shown.contains("value=\"manage_properties\""));
        let form = [
            ("version", "2"),
            ("level", "edit"),
            ("privilege", "manage_managers"),
            ("privilege", "manage_properties"),
        ];
        let to = format!("{page}/members/{}", w.person("rob"));
        assert_eq!(ben.posts(&page, &to, &form).await.status, 303);
        let member = office.member(blue, "rob").await;
        assert_eq!(member["privileges"], json!(["manage_properties", "manage_managers"]));
        // Whoever they let in gets no more than they have.
        let let_in = [("person", "cleo"), ("level", "edit")];
        assert_eq!(ben.posts(&page, &format!("{page}/members"), &let_in).await.status, 303);
        assert_eq!(office.member(blue, "cleo").await["privileges"], json!(["take_free_ticket"]));
        // And Ben may send himself away, his ticket released by the right he still has.
        let gone = [("version", "2"), ("level", "edit"), ("release", "1")];
        let removal = format!("{page}/members/{}/removal", w.person("ben"));
        let answer = ben.posts(&page, &removal, &gone).await;
        assert_eq!((answer.status, answer.location()), (303, "/tickets"));
        assert_eq!(w.stands(w.ticket("screen")).await.0, "free");
        office.leave();
    }
}
