//! Departments and their categories.

use kit::db::Ask;
use kit::global;
use serde_json::{Value, json};
use vigie::people;

use super::{Counted, Office, says};

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
    async fn programs_administer_by_the_same_rules_as_pages(w) {
        let office = Office::of(w).await;
        let blue = office.department("Blue").await;
        let path = format!("/api/v1/departments/{blue}");
        for (who, method, path, body, expect) in [
            ("ben", "POST", "/api/v1/departments", json!({ "name": "Green" }), 403),
            ("dora", "POST", "/api/v1/departments", json!({ "name": "Green" }), 403),
            ("max", "POST", "/api/v1/departments", json!({ "name": "Green" }), 201),
            ("max", "POST", "/api/v1/departments", json!({ "name": "Green" }), 422),
            ("gil", "GET", &path, Value::Null, 404),
            ("ben", "GET", &path, Value::Null, 200),
            ("ben", "PATCH", &path, json!({ "name": "Azure" }), 403),
            ("max", "PATCH", &path, json!({ "name": "Azure", "colour": 3 }), 422),
            ("max", "PATCH", &path, json!({ "default_category": null }), 200),
            ("dora", "GET", "/api/v1/people", Value::Null, 404),
            ("ben", "GET", "/api/v1/people", Value::Null, 200),
            ("ben", "POST", "/api/v1/people", json!({ "name": "Z", "email": "z@nordet.example" }), 403),
            ("dora", "POST", "/api/v1/people", json!({ "name": "Z", "email": "z@nordet.example" }), 404),
            ("max", "POST", "/api/v1/people", json!({ "name": "Z", "email": "z@nordet.example" }), 201),
            ("max", "POST", "/api/v1/people", json!({ "name": "Y", "email": "y@nordet.example", "role": "king" }), 422),
        ] {
            let (status, said) = office.asks(who, method, path, None, body).await;
            assert_eq!(status, expect, "{who} {method} {path}: {said}");
        }
        let standing = office.reads(blue).await;
        assert_eq!((&standing["name"], &standing["default_category"]), (&json!("Blue"), &Value::Null));
        let (status, said) = office.asks("max", "PATCH", &path, Some(1), json!({ "name": "Azure" })).await;
        assert_eq!((status, &said["current_version"]), (409, &json!(2)));
        // Those who do not manage members do not read them either.
        let (_, seen) = office.asks("ben", "GET", &path, None, Value::Null).await;
        assert_eq!(seen["members"], Value::Null);
        let ada = format!("/api/v1/people/{}", w.person("ada"));
        let (status, _) = office.asks("max", "PATCH", &ada, None, json!({ "disabled": true })).await;
        assert_eq!(status, 403);
        let gil = format!("/api/v1/people/{}", w.person("gil"));
        let (status, said) = office.asks("max", "PATCH", &gil, None, json!({ "login": null, "scope": "group" })).await;
        assert_eq!((status, &said["login"], &said["scope"]), (200, &Value::Null, &json!("group")));
        let member = office.member_path(blue, "ben");
        assert_eq!(office.asks("max", "DELETE", &member, None, Value::Null).await.0, 422);
        assert_eq!(office.asks("max", "DELETE", &format!("{member}?release=true"), None, Value::Null).await.0, 204);
        let ticket = format!("/api/v1/tickets/{}", w.ticket("screen"));
        assert_eq!(office.asks("ben", "GET", &ticket, None, Value::Null).await.0, 404);
        office.leave();
    }
}
