//! Who sees which article: by its audience, its state and who they are, by every door.

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::json;

use super::{BLUE, RED, published, publishes, writes};
use crate::browsing::Door;
use crate::roles::may;

const STAFF: &[&str] = &["ada", "max", "ben", "cleo", "vera", "gil", "rob"];
const CUSTOMERS: &[&str] = &["dora", "emil", "fay"];

/// Who of everybody sees it: their program, their list and the pages agree.
async fn seen_by(door: &Door, id: i64) -> BTreeSet<&'static str> {
    let mut all = BTreeSet::new();
    for who in STAFF.iter().chain(CUSTOMERS).copied() {
        let one = door.gets(who, &format!("/api/v1/articles/{id}")).await;
        let list = door.json(who, "/api/v1/articles?limit=200").await;
        let listed = list["items"].as_array().unwrap();
        let is_listed = listed.iter().any(|it| it["id"] == id);
        assert_eq!(one.status == 200, is_listed, "{who} {id}");
        assert!(one.status == 200 || one.status == 404, "{who} {id}");
        let page = match STAFF.contains(&who) {
            true => format!("/knowledge/{id}"),
            false => format!("/portal/solutions/{id}"),
        };
        let read = door.gets(who, &page).await;
        assert_eq!(
            read.status == 200,
            is_listed,
            "{who} {page}: {}",
            read.status
        );
        if is_listed {
            all.insert(who);
        }
    }
    all
}

fn set(names: &[&[&'static str]]) -> BTreeSet<&'static str> {
    names.iter().flat_map(|all| all.iter().copied()).collect()
}

on_both_engines! {
    async fn what_is_published_is_seen_as_far_as_its_audience_reaches(w) {
        let door = w.door().await;
        let of_blue: &[&str] = &["ada", "max", "gil", "ben", "vera", "rob"];
        for (audience, department, seers) in [
            ("public", None, set(&[STAFF, CUSTOMERS])),
            ("authenticated", Some(RED), set(&[STAFF, CUSTOMERS])),
            ("department", Some(BLUE), set(&[of_blue, CUSTOMERS])),
            ("staff", Some(RED), set(&[STAFF])),
        ] {
            let id = published(&door, "Known", audience, department).await;
            assert_eq!(seen_by(&door, id).await, seers, "{audience}");
            // Nobody signed in reads what is public, and learns of nothing else.
            let passing = door.gets("nobody", &format!("/help/{id}")).await;
            assert_eq!(passing.status, if audience == "public" { 200 } else { 404 }, "{audience}");
            let listed = door.gets("nobody", "/help").await.body;
            assert_eq!(listed.contains(&format!("/help/{id}\"")), audience == "public", "{audience}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn drafts_and_what_was_withdrawn_are_for_whoever_keeps_them(w) {
        let door = w.door().await;
        for (audience, department, keepers) in [
            ("public", None, set(&[&["ada", "max"]])),
            ("staff", Some(RED), set(&[&["ada", "max"]])),
            // The privilege of writing articles comes with the membership, for what the department tells its own people.
            ("department", Some(BLUE), set(&[&["ada", "max", "ben", "rob"]])),
            ("department", Some(RED), set(&[&["ada", "max", "cleo"]])),
        ] {
            let body = json!({"title": "Not yet", "body": "Later", "audience": audience, "department": department});
            let id = writes(&door, "ada", body).await;
            assert_eq!(seen_by(&door, id).await, keepers, "{audience} draft");
            publishes(&door, "ada", id).await;
            let path = format!("/api/v1/articles/{id}/publication");
            assert_eq!(door.asks("ada", Method::DELETE, &path, "").await.status, 200);
            assert_eq!(seen_by(&door, id).await, keepers, "{audience} withdrawn");
            assert_eq!(door.gets("nobody", &format!("/help/{id}")).await.status, 404);
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_departments_article_follows_to_whom_the_department_is_offered(w) {
        let door = w.door().await;
        for (who, card) in [
            ("dora", json!({"organization": "Nordet", "site": "Lyon"})),
            ("emil", json!({"organization": "Brêmes", "site": "Nice"})),
        ] {
            let path = format!("/api/v1/people/{}/card", w.person(who));
            assert_eq!(door.asks("ada", Method::PATCH, &path, &card.to_string()).await.status, 200);
        }
        let mut tx = w.db.write().await.unwrap();
        tx.run(kit::global!(
            "INSERT INTO person_addresses (person_id, email, email_key, created_at) VALUES ($1, 'Fay@Etu.Example', 'fay@etu.example', $2)",
            w.person("fay"),
            w.now()
        ))
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let id = published(&door, "Of Red", "department", Some(RED)).await;
        for offering in [
            json!({"offered_to": "everybody"}),
            json!({"offered_to": "nobody"}),
            json!({"offered_to": "these", "organizations": ["Nordet"], "sites": [], "domains": []}),
            json!({"offered_to": "these", "organizations": [], "sites": ["Nice"], "domains": []}),
            json!({"offered_to": "these", "organizations": [], "sites": [], "domains": ["etu.example"]}),
            json!({"offered_to": "these", "organizations": [], "sites": [], "domains": ["tu.example"]}),
        ] {
            let path = format!("/api/v1/departments/{RED}/offering");
            let said = door.asks("ada", Method::PATCH, &path, &offering.to_string()).await;
            assert_eq!(said.status, 200, "{}", said.body);
            for who in CUSTOMERS {
                // One rule in Rust, one in SQL: they say the same of everybody.
                let places = door.json(who, "/api/v1/categories").await;
                let is_offered = places.as_array().unwrap().iter().any(|it| it["id"] == RED);
                let read = door.gets(who, &format!("/portal/solutions/{id}")).await;
                assert_eq!(read.status == 200, is_offered, "{who} {offering}");
            }
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_role_of_the_desk_is_granted_the_knowledge_base_and_nothing_more(w) {
        let door = w.door().await;
        let own = json!({"title": "Mine", "body": "Mine", "audience": "staff"}).to_string();
        for who in ["ben", "vera", "gil", "dora"] {
            assert_eq!(door.asks(who, Method::POST, "/api/v1/articles", &own).await.status, 403, "{who}");
        }
        may(w, &door, "vera", &["read_notes", "knowledge"]).await;
        let id = writes(&door, "vera", json!({"title": "Hers", "body": "Hers", "audience": "public"})).await;
        assert_eq!(publishes(&door, "vera", id).await.status, 200);
        // Of departments she does not belong to she keeps nothing.
        let of_red = json!({"title": "Red", "body": "Red", "audience": "staff", "department": RED}).to_string();
        assert_eq!(door.asks("vera", Method::POST, "/api/v1/articles", &of_red).await.status, 403);
        door.closes().await;
    }
}
