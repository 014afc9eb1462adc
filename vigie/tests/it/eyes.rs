//! Looking with somebody's eyes: what they see and nothing else, nothing changed, both ends noted.

use axum::http::Method;
use kit::clock::Span;
use vigie::web::route::Audience;

use crate::browsing::Door;
use crate::world::World;

/// An administrator opens somebody's eyes.
async fn opens(w: &World, door: &Door, who: &str, whose: &str) -> u16 {
    let path = format!("/admin/people/{}/eyes", w.person(whose));
    door.asks(who, Method::POST, &path, "").await.status
}

/// The words of the journal's newest deeds, the newest first.
async fn noted(door: &Door, who: &str) -> Vec<String> {
    let page = door.json(who, "/api/v1/journal?limit=5").await;
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|it| it["deed"].as_str().unwrap().to_owned())
        .collect()
}

/// Whether somebody finds a ticket at its address.
async fn finds(w: &World, door: &Door, who: &str, ticket: &str) -> bool {
    door.gets(who, &format!("/tickets/{}", w.ticket(ticket)))
        .await
        .status
        == 200
}

on_both_engines! {
    async fn one_sees_exactly_what_they_see_and_a_banner(w) {
        let door = w.door().await;
        for whose in ["ben", "cleo", "vera", "rob", "gil"] {
            assert_eq!(opens(w, &door, "max", whose).await, 303, "{whose}");
            for (ticket, id) in w.tickets() {
                assert_eq!(finds(w, &door, "max", ticket).await, finds(w, &door, whose, ticket).await, "{whose} {ticket} {id}");
            }
            let list = door.gets("max", "/tickets?view=all").await;
            let own = door.gets(whose, "/tickets?view=all").await;
            for (ticket, id) in w.tickets() {
                let link = format!("/tickets/{id}?");
                assert_eq!(list.body.contains(&link), own.body.contains(&link), "{whose} {ticket}");
            }
            assert!(list.body.contains("Nothing can be changed") && !own.body.contains("Nothing can be changed"));
            let ended = door.asks("max", Method::POST, "/eyes/end", "").await;
            assert_eq!(ended.location(), format!("/admin/people/{}", w.person(whose)));
            assert!(finds(w, &door, "max", "salary").await, "own eyes again");
            assert_eq!(noted(&door, "max").await[..2], ["eyes_closed", "eyes_opened"]);
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn nothing_is_changed_meanwhile_and_what_is_personal_stays_closed(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let drafted = door.asks("ben", Method::POST, &format!("/tickets/{screen}/draft"), "audience=public&body=half+a+secret+thought").await;
        assert!(drafted.status < 400, "{}", drafted.body);
        assert!(door.gets("ben", &format!("/tickets/{screen}")).await.body.contains("half a secret thought"));
        let before = w.stands(screen).await;
        let seen = door.gets("ben", "/tickets").await.body.matches("unread").count();
        assert_eq!(opens(w, &door, "max", "ben").await, 303);
        assert!(!door.gets("max", &format!("/tickets/{screen}")).await.body.contains("half a secret thought"));
        // Whatever the router knows: a new address is refused until somebody marks it.
        for route in vigie::routes::all() {
            let is_deed = route.method != Method::GET && route.audience != Audience::Api;
            if !is_deed || ["/eyes/end", "/logout"].contains(&route.path) {
                continue;
            }
            let path = route.path.replace("{number}", &screen.to_string()).replace(['{', '}'], "");
            let answer = door.asks("max", route.method.clone(), &path, "language=fr&audience=public&body=x").await;
            assert_eq!(answer.status, 403, "{} {path}", route.method);
            assert!(answer.body.contains("Stop looking first"), "{path}: {}", answer.body);
        }
        for path in ["/preferences", "/live", "/lists/export/file?list=view%3Dall", "/admin", "/admin/journal"] {
            assert_eq!(door.gets("max", path).await.status, 403, "{path}");
        }
        assert_eq!(w.stands(screen).await, before);
        assert_eq!(door.gets("ben", "/tickets").await.body.matches("unread").count(), seen, "ben has read nothing by it");
        door.closes().await;
    }
}

on_both_engines! {
    async fn nobody_looks_with_the_eyes_of_somebody_above_them_or_of_a_customer(w) {
        let door = w.door().await;
        for (who, whose, status) in [("max", "ada", 403), ("max", "max", 422), ("max", "dora", 422), ("gil", "ben", 403), ("ben", "cleo", 403), ("dora", "ben", 404)] {
            assert_eq!(opens(w, &door, who, whose).await, status, "{who} {whose}");
        }
        assert!(noted(&door, "max").await.iter().all(|deed| deed != "eyes_opened"));
        assert_eq!(opens(w, &door, "ada", "max").await, 303);
        assert_eq!(door.gets("ada", "/admin/people").await.status, 403, "not what an administrator administers");
        door.closes().await;
    }
}

on_both_engines! {
    async fn it_ends_by_itself_and_with_what_let_it_begin(w) {
        let door = w.door().await;
        assert_eq!(opens(w, &door, "max", "ben").await, 303);
        assert!(!finds(w, &door, "max", "salary").await);
        w.clock.advance(Span::minutes(61));
        assert!(finds(w, &door, "max", "salary").await, "after an hour");
        assert_eq!(opens(w, &door, "max", "ben").await, 303);
        let path = format!("/api/v1/people/{}", w.person("ben"));
        let disabled = door.asks("ada", Method::PATCH, &path, r#"{"disabled":true,"release":true}"#).await;
        assert_eq!(disabled.status, 200, "{}", disabled.body);
        assert!(finds(w, &door, "max", "salary").await, "with the account it looked with");
        assert_eq!(opens(w, &door, "max", "cleo").await, 303);
        let lowered = door.asks("ada", Method::PATCH, &format!("/api/v1/people/{}", w.person("max")), r#"{"role":"agent","scope":"restricted"}"#).await;
        assert_eq!(lowered.status, 200, "{}", lowered.body);
        assert!(!finds(w, &door, "max", "payroll").await, "with the rank it was begun by");
        assert_eq!(door.asks("max", Method::POST, "/eyes/end", "").await.location(), "/");
        assert_eq!(noted(&door, "ada").await[0], "eyes_closed");
        door.closes().await;
    }
}
