//! Saved views: whose they are, who sees them, and that they filter and never grant.

use axum::http::Method;
use serde_json::Value;

use vigie::tickets::listing::{self, Calendar, Filter};

use crate::browsing::{Answer, Door};

async fn made(door: &Door, who: &str, body: &str) -> i64 {
    let answer = door.asks(who, Method::POST, "/api/v1/views", body).await;
    assert_eq!(answer.status, 201, "{who} {body}: {}", answer.body);
    let item: Value = serde_json::from_str(&answer.body).unwrap();
    item["id"].as_i64().unwrap()
}

fn count(items: &Value, id: i64) -> Option<i64> {
    let items = items.as_array().unwrap();
    items
        .iter()
        .find(|item| item["id"] == id)
        .and_then(|item| item["count"].as_i64())
}

on_both_engines! {
    async fn a_view_is_seen_by_those_it_is_for_and_counts_what_each_sees(w) {
        let door = w.door().await;
        let own = made(&door, "ben", r#"{"name":"Mine","filter":"state=free"}"#).await;
        let blue = made(&door, "ben", r#"{"name":"Blue","audience":"department","department":1,"filter":"stage=open","sort":"number"}"#).await;
        let all = made(&door, "max", r#"{"name":"All","audience":"everyone","filter":"stage=open"}"#).await;
        for (who, sees) in [
            ("ben", &[own, blue, all][..]),
            ("vera", &[blue, all][..]),
            ("max", &[blue, all][..]),
            ("cleo", &[all][..]),
            ("dora", &[][..]),
        ] {
            for id in [own, blue, all] {
                let status = door.gets(who, &format!("/api/v1/views/{id}")).await.status;
                let expect = if sees.contains(&id) { 200 } else { 404 };
                assert_eq!(status, expect, "{who} {id}");
                if who != "dora" {
                    let page = door.gets(who, &format!("/tickets?view={id}")).await;
                    assert_eq!(page.status, expect, "{who} {id}: the list");
                }
            }
        }
        // It filters and never grants: each sees of it what they see anyway (AZ-25).
        for (who, n) in [("max", 7), ("ben", 4), ("vera", 3), ("cleo", 4)] {
            let items = door.json(who, "/api/v1/views").await;
            assert_eq!(count(&items, all), Some(n), "{who}: {items}");
            let page = door.gets(who, &format!("/tickets?view={all}")).await;
            assert_eq!(page.body.matches("class=\"c-subj\"").count() - 1, usize::try_from(n).unwrap(), "{who}");
            assert!(page.body.contains("All"), "{who}: the sidebar");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn each_shares_only_by_right_and_changes_only_their_own(w) {
        let door = w.door().await;
        let status = async |who: &str, body: &str| door.asks(who, Method::POST, "/api/v1/views", body).await.status;
        assert_eq!(status("ben", r#"{"name":"x","audience":"everyone"}"#).await, 403);
        assert_eq!(status("ben", r#"{"name":"x","audience":"department","department":2}"#).await, 403);
        assert_eq!(status("vera", r#"{"name":"x","audience":"department","department":1}"#).await, 403);
        assert_eq!(status("vera", r#"{"name":"x"}"#).await, 201);
        assert_eq!(status("dora", r#"{"name":"x"}"#).await, 403);
        assert_eq!(status("ben", r#"{"name":" "}"#).await, 422);
        assert_eq!(status("ben", r#"{"name":"x","filter":"state=purple"}"#).await, 422);
        assert_eq!(status("ben", r#"{"name":"x","sort":"password_hash"}"#).await, 422);
        assert_eq!(status("max", r#"{"name":"x","audience":"department"}"#).await, 422);

        let blue = made(&door, "ben", r#"{"name":"Blue","audience":"department","department":1}"#).await;
        let path = format!("/api/v1/views/{blue}");
        let rename = r#"{"name":"Bluer"}"#;
        assert_eq!(door.asks("vera", Method::PATCH, &path, rename).await.status, 403);
        assert_eq!(door.asks("cleo", Method::PATCH, &path, rename).await.status, 404);
        // Rob handles Blue's tickets, so its shared views are his to keep, too.
        assert_eq!(door.asks("rob", Method::PATCH, &path, rename).await.status, 200);
        assert_eq!(door.asks("rob", Method::PATCH, &path, r#"{"audience":"personal"}"#).await.status, 422);
        assert_eq!(door.asks("ben", Method::DELETE, &path, "").await.status, 204);
        assert_eq!(door.gets("ben", &path).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_view_is_made_renamed_moved_and_deleted_by_plain_forms(w) {
        let door = w.door().await;
        let form = async |path: &str, body: &str| door.asks("ben", Method::POST, path, body).await;
        let list = "list=view%3Dall%26state%3Dfree%26sort%3Dnumber";
        assert_eq!(door.gets("ben", &format!("/views/new?{list}")).await.status, 200);
        let refused = form("/views", &format!("{list}&name=&audience=personal")).await;
        assert_eq!(refused.status, 422);
        let created = form("/views", &format!("{list}&name=Free+ones&audience=personal")).await;
        assert_eq!(created.status, 303, "{}", created.body);
        let view = created.location().to_owned();
        let id = view.rsplit('=').next().unwrap().to_owned();
        let page = door.gets("ben", &view).await;
        assert!(page.body.contains("Free ones"));
        assert_eq!(rows(&page), 2);
        // Another condition in the address stands instead of the view's, and the page says so.
        let changed = door.gets("ben", &format!("{view}&state=closed")).await;
        assert_eq!(rows(&changed), 1);
        assert!(changed.body.contains("changed, back to the view"));
        // The view takes over what was looked at; a second change from the same version is refused.
        let panel = door.gets("ben", &format!("/views/{id}?list=view%3D{id}%26state%3Dclosed")).await;
        assert!(panel.body.contains("name=\"version\" value=\"1\""));
        let body = format!("list=view%3D{id}%26state%3Dclosed&name=Closed+ones&audience=personal&version=1");
        assert_eq!(form(&format!("/views/{id}"), &body).await.status, 303);
        assert_eq!(form(&format!("/views/{id}"), &body).await.status, 409);
        assert_eq!(rows(&door.gets("ben", &view).await), 1);
        // Moved up before the first.
        let second = form("/views", &format!("{list}&name=Second&audience=personal")).await;
        let second = second.location().rsplit('=').next().unwrap().to_owned();
        let order = async || {
            let page = door.gets("ben", "/tickets").await.body;
            (page.find("Closed ones").unwrap(), page.find("Second").unwrap())
        };
        let (first, other) = order().await;
        assert!(first < other);
        assert_eq!(form(&format!("/views/{second}/position"), "up=1").await.status, 303);
        let (first, other) = order().await;
        assert!(other < first);
        assert_eq!(form(&format!("/views/{id}/deletion"), "version=1").await.status, 409);
        assert_eq!(form(&format!("/views/{id}/deletion"), "version=2").await.status, 303);
        assert_eq!(door.gets("ben", &view).await.status, 404);
        let _ = w;
        door.closes().await;
    }
}

fn rows(page: &Answer) -> usize {
    page.body.matches("<tr").count().saturating_sub(1)
}

/// What views ask: of what is not ended, counted together, and of the rest, counted one by one.
const ASKED: &[&str] = &[
    "stage=open",
    "stage=open,awaiting&priority=3,4,5",
    "state=free,in_progress&assignee=none",
    "state=closed",
    "stage=open&assignee=me",
    "stage=open&unread=yes",
    "stage=open&advice=yes",
    "stage=open&advice=no",
    "stage=open&trainees=yes",
    "stage=open&trainees=no",
    "stage=awaiting&participant=invited,observing",
    "stage=open&department=1&requester=not:me",
    "stage=open&created=after:-7d&origin=web,email",
    "stage=open&tag=1",
    "stage=ended",
    "priority=3",
    "",
];

on_both_engines! {
    async fn many_views_counted_in_one_walk_hold_what_each_holds_alone(w) {
        let calendar = Calendar { now: w.now(), zone: jiff::tz::TimeZone::UTC };
        let filters: Vec<Filter> = ASKED.iter().map(|text| Filter::of_text(text, &calendar).unwrap()).collect();
        let all: Vec<&Filter> = filters.iter().collect();
        let mut seen = 0;
        for who in w.everybody() {
            let actor = w.actor(who);
            let together = listing::counts(&mut w.db.read(), &actor, &all, 500).await.unwrap();
            for ((filter, text), counted) in filters.iter().zip(ASKED).zip(together) {
                let alone = listing::count(&mut w.db.read(), &actor, filter, 500).await.unwrap();
                assert_eq!(counted, alone, "{who} {text}");
                seen += counted.n;
            }
        }
        assert!(seen > 100, "too little is seen to compare: {seen}");
    }
}
