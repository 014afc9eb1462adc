//! People who come with a department: invited to each ticket that is opened there or sent there.

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record};
use vigie::tickets::TicketId;

use super::{done, sends};
use crate::browsing::Door;
use crate::mail::{post, told, work};
use crate::world::World;

record! { struct Place { id: i64, default_category_id: i64, version: i64 } }

async fn department(w: &World, name: &str) -> Place {
    let query = global!(
        "SELECT id, default_category_id, version FROM departments WHERE name = $1",
        name
    );
    w.db.read().one(query).await.unwrap()
}

/// Adds somebody by the API, as an administrator.
async fn comes_with(door: &Door, department: i64, who: &str) {
    let path = format!("/api/v1/departments/{department}/invitees");
    let body = format!("{{\"person\":\"{who}@nordet.example\"}}");
    let added = door.asks("max", Method::POST, &path, &body).await;
    assert_eq!(added.status, 201, "{}", added.body);
}

async fn opens(w: &World, door: &Door, who: &str, into: &str) -> TicketId {
    let category = department(w, into).await.default_category_id;
    let body = format!("{{\"subject\":\"Anew\",\"body\":\"It smokes.\",\"category\":{category}}}");
    let made = door.asks(who, Method::POST, "/api/v1/tickets", &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let made: serde_json::Value = serde_json::from_str(&made.body).unwrap();
    TicketId(made["number"].as_i64().unwrap())
}

/// Who was let in to a ticket, and whether by the rule.
async fn invited(door: &Door, ticket: TicketId) -> Vec<(String, bool)> {
    let on = door
        .json("max", &format!("/api/v1/tickets/{ticket}/participants"))
        .await;
    let all = on["invitees"].as_array().unwrap().iter();
    all.map(|one| {
        let name = one["name"].as_str().unwrap().to_owned();
        (name, one["permanent"].as_bool().unwrap())
    })
    .collect()
}

on_both_engines! {
    async fn a_new_ticket_comes_with_them_and_no_mail_tells_of_the_invitation(w) {
        let (post, door) = (post(w).await, w.door().await);
        let blue = department(w, "Blue").await.id;
        for who in ["fay", "emil"] {
            comes_with(&door, blue, who).await;
        }
        let ticket = opens(w, &door, "emil", "Blue").await;
        assert_eq!(invited(&door, ticket).await, [("Fay".to_owned(), true)], "whoever asked is no invitee");
        work(&post).await;
        assert_eq!(told(w).await, ["ben event", "emil acknowledgement", "fay event", "rob event", "vera event"]);
        // They read it, and none of staff's notes.
        done(&sends(w, &door, "ben", ticket, "comments", "audience=staff&body=Between+us").await);
        let page = door.gets("fay", &format!("/portal/tickets/{ticket}")).await;
        assert!(page.status == 200 && page.body.contains("It smokes.") && !page.body.contains("Between us"), "{}", page.body);
        let page = door.gets("ben", &format!("/tickets/{ticket}?show=history")).await;
        assert!(page.body.contains("<b>Vigie</b> invited Fay") && page.body.contains(">permanent</span>"), "{}", page.body);
        // A rule for tickets to come: the others are as they were.
        assert!(invited(&door, w.ticket("printer")).await.is_empty());
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_sent_there_comes_with_them_and_those_of_before_stay(w) {
        let door = w.door().await;
        let (blue, red) = (department(w, "Blue").await.id, department(w, "Red").await.id);
        comes_with(&door, blue, "fay").await;
        comes_with(&door, red, "dora").await;
        let ticket = opens(w, &door, "emil", "Red").await;
        done(&sends(w, &door, "max", ticket, "transfer", &format!("to=d{blue}")).await);
        assert_eq!(invited(&door, ticket).await, [("Dora".to_owned(), true), ("Fay".to_owned(), true)]);
        // Let out by hand, they are not let in again while it stays there.
        let fay = w.person("fay");
        done(&sends(w, &door, "ben", ticket, &format!("invitees/{fay}/removal"), "").await);
        assert_eq!(invited(&door, ticket).await, [("Dora".to_owned(), true)]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_is_shut_out_is_left_out_and_whoever_is_struck_stays_on_what_is_there(w) {
        let door = w.door().await;
        let blue = department(w, "Blue").await.id;
        comes_with(&door, blue, "fay").await;
        let first = opens(w, &door, "emil", "Blue").await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE people SET disabled_at = $2 WHERE id = $1", w.person("fay"), w.now())).await.unwrap();
        tx.commit().await.unwrap();
        let second = opens(w, &door, "emil", "Blue").await;
        assert!(invited(&door, second).await.is_empty());
        let path = format!("/api/v1/departments/{blue}/invitees/{}", w.person("fay"));
        assert_eq!(door.asks("max", Method::DELETE, &path, "").await.status, 204);
        assert_eq!(door.asks("max", Method::DELETE, &path, "").await.status, 204, "struck already");
        assert_eq!(invited(&door, first).await, [("Fay".to_owned(), true)]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_keeps_the_members_keeps_them(w) {
        let door = w.door().await;
        let place = department(w, "Blue").await;
        let path = format!("/admin/departments/{}/invitees", place.id);
        assert_eq!(door.gets("ben", &path).await.status, 403, "he keeps its categories only");
        assert_eq!(door.gets("cleo", &path).await.status, 404);
        let page = door.gets("max", &path).await;
        assert!(page.body.contains("Nobody is invited by itself"), "{}", page.body);
        for (typed, said) in [("", "person-fault"), ("stranger%40nowhere.example", "stranger@nowhere.example")] {
            let refused = door.asks("max", Method::POST, &path, &format!("version={}&person={typed}", place.version)).await;
            assert_eq!(refused.status, 422);
            assert!(refused.body.contains(said), "{}", refused.body);
        }
        done(&door.asks("max", Method::POST, &path, &format!("version={}&person=fay", place.version)).await);
        let stale = door.asks("max", Method::POST, &path, &format!("version={}&person=dora%40nordet.example", place.version)).await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("changed this department meanwhile") && stale.body.contains("dora@nordet.example"), "{}", stale.body);
        let page = door.gets("max", &path).await;
        assert!(page.body.contains("fay@nordet.example"), "{}", page.body);
        let api = format!("/api/v1/departments/{}/invitees", place.id);
        assert_eq!(door.asks("ben", Method::POST, &api, r#"{"person":"dora@nordet.example"}"#).await.status, 403);
        let version = department(w, "Blue").await.version;
        let removal = format!("{path}/{}/removal", w.person("fay"));
        done(&door.asks("max", Method::POST, &removal, &format!("version={version}")).await);
        let journal = door.gets("max", &format!("/admin/journal?department={}", place.id)).await;
        assert!(journal.body.contains("Permanent invitee added") && journal.body.contains("Permanent invitee removed"), "{}", journal.body);
        door.closes().await;
    }
}
