//! The register of assets: who sees what of it, how it is kept, and what hangs on it.

mod keeping;
mod portal;

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use serde_json::{Value, json};

use crate::browsing::{Answer, Door};
use crate::roles;
use crate::world::World;

/// Adds an asset as Ada; its number.
async fn adds(door: &Door, body: Value) -> i64 {
    let answer = tries(door, "ada", &body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let made: Value = serde_json::from_str(&answer.body).unwrap();
    made["id"].as_i64().unwrap()
}

async fn tries(door: &Door, who: &str, body: &Value) -> Answer {
    let body = body.to_string();
    door.asks(who, Method::POST, "/api/v1/assets", &body).await
}

async fn patches(door: &Door, who: &str, id: i64, seen: i64, body: Value) -> Answer {
    let path = format!("/api/v1/assets/{id}");
    let body = body.to_string();
    door.asks_having_seen(who, Method::PATCH, &path, Some(seen), &body)
        .await
}

async fn links(door: &Door, who: &str, ticket: impl std::fmt::Display, asset: i64) -> Answer {
    let path = format!("/api/v1/tickets/{ticket}/assets");
    let body = json!({"asset": asset}).to_string();
    door.asks(who, Method::POST, &path, &body).await
}

/// The names of the assets that somebody's programs, pages and lists tell of; both tell the same.
async fn seen(door: &Door, who: &str, all: &[(&str, i64)]) -> Vec<String> {
    let list = door.json(who, "/api/v1/assets?limit=200").await;
    let items = list["items"].as_array().cloned().unwrap_or_default();
    let mut names: Vec<String> = items
        .iter()
        .filter_map(|it| it["name"].as_str().map(str::to_owned))
        .collect();
    names.sort();
    for (name, id) in all {
        let answer = door.gets(who, &format!("/api/v1/assets/{id}")).await;
        let is_listed = names.iter().any(|it| it == name);
        assert_eq!(answer.status == 200, is_listed, "{who} {name}");
        if !is_listed {
            let never = door.gets(who, "/api/v1/assets/987654321").await;
            assert_eq!(answer.status, never.status, "{who} {name}");
        }
    }
    names
}

/// A laptop of Dora's, a telephone of Ben's, a switch of nobody's, and a screen that Cleo's ticket is about.
async fn register(w: &World, door: &Door) -> [(&'static str, i64); 4] {
    let laptop = json!({"name": "Laptop", "kind": "computer", "holder": "dora@nordet.example", "note": "Hinge mended"});
    let laptop = adds(door, laptop).await;
    let phone = json!({"name": "Phone", "kind": "phone", "holder": "ben@nordet.example"});
    let phone = adds(door, phone).await;
    let switch = adds(
        door,
        json!({"name": "Switch", "kind": "network", "state": "in_use"}),
    )
    .await;
    let screen = adds(door, json!({"name": "Screen", "kind": "screen"})).await;
    let red = w.ticket("salary");
    assert_eq!(links(door, "ada", red, screen).await.status, 201);
    [
        ("Laptop", laptop),
        ("Phone", phone),
        ("Switch", switch),
        ("Screen", screen),
    ]
}

on_both_engines! {
    async fn everybody_sees_what_the_rule_says_and_the_rest_is_not_there(w) {
        let door = w.door().await;
        let all = register(w, &door).await;
        let everything = ["Laptop", "Phone", "Screen", "Switch"];
        for (who, expected) in [
            ("ada", &everything[..]),
            ("max", &everything[..]),
            // Whom they may find, and what their tickets are about; not what nobody has.
            ("gil", &["Laptop", "Phone", "Screen"][..]),
            ("cleo", &["Laptop", "Phone", "Screen"][..]),
            ("ben", &["Laptop", "Phone"][..]),
            ("vera", &["Laptop", "Phone"][..]),
            // Colleagues, and whoever asked for a ticket of his.
            ("rob", &["Phone"][..]),
            ("dora", &["Laptop"][..]),
            ("emil", &[][..]),
            ("fay", &[][..]),
        ] {
            assert_eq!(seen(&door, who, &all).await, expected, "{who}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_has_the_permission_keeps_all_of_it_and_others_read(w) {
        let door = w.door().await;
        let all = register(w, &door).await;
        let body = json!({"name": "Mouse"});
        for (who, status) in [("ben", 403), ("vera", 403), ("dora", 404)] {
            assert_eq!(tries(&door, who, &body).await.status, status, "{who}");
        }
        let laptop = all[0].1;
        let refused = patches(&door, "ben", laptop, 1, json!({"name": "Mine"})).await;
        assert_eq!(refused.status, 403);
        assert!(refused.body.contains("right-manage-assets"), "{}", refused.body);
        let page = door.gets("ben", &format!("/assets/{laptop}")).await;
        assert!(page.body.contains("Laptop") && !page.body.contains("/edit\""), "he reads, and is offered nothing");
        roles::may(w, &door, "ben", &["handle", "reply", "note", "read_notes", "assets"]).await;
        assert_eq!(seen(&door, "ben", &all).await, ["Laptop", "Phone", "Screen", "Switch"]);
        assert_eq!(patches(&door, "ben", laptop, 1, json!({"name": "Laptop 2"})).await.status, 200);
        assert_eq!(tries(&door, "ben", &body).await.status, 201);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_keeper_who_serves_some_alone_keeps_what_is_theirs(w) {
        let door = w.door().await;
        for (who, organization) in [("dora", "Brêmes"), ("fay", "Nordet")] {
            let path = format!("/api/v1/people/{}/card", w.person(who));
            let body = json!({"organization": organization, "site": "Lyon"}).to_string();
            assert_eq!(door.asks("ada", Method::PATCH, &path, &body).await.status, 200);
        }
        let all = [
            ("Of Brêmes", adds(&door, json!({"name": "Of Brêmes", "organization": "Brêmes"})).await),
            ("Of Nordet", adds(&door, json!({"name": "Of Nordet", "organization": "Nordet", "serial": "S-9"})).await),
            ("Of nobody", adds(&door, json!({"name": "Of nobody"})).await),
            // It takes the place of whoever is given it.
            ("Of Fay", adds(&door, json!({"name": "Of Fay", "holder": "fay@nordet.example"})).await),
        ];
        roles::may(w, &door, "gil", &["assets"]).await;
        let path = format!("/api/v1/people/{}/scope", w.person("gil"));
        let body = json!({"organizations": ["Brêmes"]}).to_string();
        let answer = door.asks("ada", Method::PUT, &path, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(seen(&door, "gil", &all).await, ["Of Brêmes"]);
        let beyond = patches(&door, "gil", all[0].1, 1, json!({"organization": "Nordet"})).await;
        assert_eq!(beyond.status, 422, "he would see it no more");
        assert!(beyond.body.contains("fault-asset-beyond"), "{}", beyond.body);
        let made = tries(&door, "gil", &json!({"name": "Stray"})).await;
        assert_eq!(made.status, 422, "{}", made.body);
        // Of the serial of an asset that he does not see he learns nothing.
        let same = tries(&door, "gil", &json!({"name": "Same", "serial": "s9", "organization": "Brêmes"})).await;
        assert_eq!(same.status, 201, "{}", same.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_link_is_read_from_both_ends_by_whoever_works_on_the_ticket(w) {
        let door = w.door().await;
        let all = register(w, &door).await;
        let (laptop, screen) = (all[0].1, all[3].1);
        let blue = w.ticket("screen");
        // Ben works on it and sees the laptop; of the screen he learns as little as of what never was.
        let hidden = links(&door, "ben", blue, screen).await;
        let never = links(&door, "ben", blue, 987_654_321).await;
        assert_eq!((hidden.status, never.status), (422, 422));
        assert_eq!(hidden.body.replace(&screen.to_string(), "N").replace("987654321", "N").split("request").next(),
            never.body.replace("987654321", "N").split("request").next());
        assert_eq!(links(&door, "ben", blue, laptop).await.status, 201);
        assert_eq!(links(&door, "ben", blue, laptop).await.status, 201, "twice is once");
        for who in ["ben", "vera", "ada"] {
            let ticket = door.gets(who, &format!("/tickets/{blue}")).await;
            assert!(ticket.body.contains(&format!("/assets/{laptop}\"")), "{who}");
            let asset = door.gets(who, &format!("/assets/{laptop}")).await;
            assert!(asset.body.contains(&format!("/tickets/{blue}\"")), "{who}");
        }
        // Cleo sees the laptop, and not the ticket of another department.
        let asset = door.gets("cleo", &format!("/assets/{laptop}")).await;
        assert_eq!(asset.status, 200);
        assert!(!asset.body.contains(&format!("/tickets/{blue}")) && !asset.body.contains(&format!("#{blue}")), "{}", asset.body);
        // Dora sees her ticket and her laptop, and no link.
        let list = door.json("dora", &format!("/api/v1/tickets/{blue}/assets")).await;
        assert_eq!(list["items"], json!([]));
        // What the link shows ends with it.
        assert!(seen(&door, "gil", &all).await.contains(&"Screen".to_owned()));
        let red = w.ticket("salary");
        let path = format!("/api/v1/tickets/{red}/assets/{screen}");
        assert_eq!(door.asks("cleo", Method::DELETE, &path, "").await.status, 204);
        assert!(!seen(&door, "gil", &all).await.contains(&"Screen".to_owned()));
        let history = door.gets("ada", &format!("/tickets/{red}")).await;
        assert!(history.body.contains(&format!("unlinked asset No. {screen}")), "{}", history.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn from_the_page_a_ticket_is_linked_by_tag_serial_or_name_and_theirs_is_offered_first(w) {
        let door = w.door().await;
        let laptop = adds(&door, json!({"name": "ThinkPad of Dora", "tag": "NB-2417", "serial": "PF 4K", "holder": "dora@nordet.example"})).await;
        adds(&door, json!({"name": "Cable one", "holder": "ben@nordet.example"})).await;
        adds(&door, json!({"name": "Cable two", "holder": "ben@nordet.example"})).await;
        let blue = w.ticket("screen");
        let page = door.gets("ben", &format!("/tickets/{blue}")).await;
        assert!(page.body.contains(&format!("value=\"#{laptop}\"")), "the requester's own is offered: {}", page.body);
        let path = format!("/tickets/{blue}/assets");
        let removal = format!("/tickets/{blue}/assets/{laptop}/removal");
        for typed in ["nb2417", "pf-4k", "thinkpad", &format!("%23{laptop}")] {
            let answer = door.asks("ben", Method::POST, &path, &format!("asset={typed}")).await;
            assert_eq!(answer.status, 303, "{typed}: {}", answer.body);
            assert_eq!(door.asks("ben", Method::POST, &removal, "").await.status, 303);
        }
        for typed in ["cable", "nothing+of+the+kind", ""] {
            let answer = door.asks("ben", Method::POST, &path, &format!("asset={typed}")).await;
            assert_eq!(answer.status, 422, "{typed}");
        }
        door.closes().await;
    }
}
