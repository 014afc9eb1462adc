//! Whoever may not is told that first, whatever version their page is of and whatever stands in their
//! form; and a version that is named is compared, by every door.

use axum::http::Method;
use serde_json::json;

use crate::browsing::Door;
use crate::world::World;

/// Forms about a ticket: of something that can be done, and of nothing that can.
const FORMS: &[(&str, &str)] = &[
    ("assignment", ""),
    ("assignment/closure", ""),
    ("assignment/question", ""),
    ("release", ""),
    ("question", "message=Why"),
    ("question", ""),
    ("closure", ""),
    ("approval", ""),
    ("refusal", ""),
    ("reopening", ""),
    ("assignee", "person=1"),
    ("assignee", ""),
    ("postponement", ""),
    ("postponement", "until=never"),
    ("recall", ""),
    ("transfer", "to=2"),
    ("transfer", ""),
    ("rejection", ""),
    ("cancellation", ""),
    ("subject", "subject=Mine"),
    ("subject", ""),
    ("priority", "priority=high"),
    ("priority", "priority=9"),
    ("origin", "origin=phone"),
    ("origin", ""),
    ("visibility", "visibility=public"),
    ("visibility", ""),
    ("requester", "requester=dora%40nordet.example"),
    ("comments", "audience=public&body=Hello"),
    ("comments", "audience=public&body="),
    ("comments", "audience=staff&body="),
    ("comments", ""),
    ("merge", "into=0"),
    ("merge/removal", ""),
    ("tags", ""),
    ("links", ""),
    ("invitees", ""),
    ("observers", ""),
];

/// A comment by an administrator, after which whatever page somebody has is old.
async fn goes_on(door: &Door, ticket: &str) {
    let words = json!({"audience": "staff", "body": "One more."}).to_string();
    let path = format!("{ticket}/comments");
    let said = door.asks("ada", Method::POST, &path, &words).await;
    assert_eq!(said.status, 201, "{}", said.body);
}

/// A program of somebody's, having seen a version.
async fn asks(door: &Door, who: &str, method: Method, path: &str, seen: i64, body: &str) -> u16 {
    let answer = door.asks_having_seen(who, method, path, Some(seen), body);
    answer.await.status
}

async fn version(w: &World, ticket: &str) -> i64 {
    w.stands(w.ticket(ticket)).await.1
}

on_both_engines! {
    async fn who_may_not_is_told_that_and_not_that_somebody_was_quicker_or_what_is_wrong(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        goes_on(&door, &format!("/api/v1/tickets/{screen}")).await;
        let stands = w.stands(screen).await;
        for (deed, form) in FORMS {
            for seen in [1, stands.1] {
                let body = format!("version={seen}&{form}");
                let path = format!("/tickets/{screen}/{deed}");
                let answer = door.asks("vera", Method::POST, &path, &body).await;
                assert_eq!(answer.status, 403, "{deed} {body}: {}", answer.body);
            }
        }
        assert_eq!(w.stands(screen).await, stands);
        door.closes().await;
    }
}

on_both_engines! {
    async fn who_could_but_for_what_another_did_is_told_of_it(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = version(w, "screen").await;
        let taken = door.asks("max", Method::POST, &format!("/api/v1/tickets/{screen}/assignment"), "{}").await;
        assert_eq!(taken.status, 200, "{}", taken.body);
        for (deed, form) in [("release", ""), ("subject", "subject=Mine")] {
            let body = format!("version={seen}&{form}");
            let told = door.asks("ben", Method::POST, &format!("/tickets/{screen}/{deed}"), &body).await;
            assert_eq!(told.status, 409, "{deed}: {}", told.body);
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn words_that_go_with_what_nobody_may_do_are_kept(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let form = format!("version={}&to=&message=canary-reason", version(w, "screen").await);
        let told = door.asks("vera", Method::POST, &format!("/tickets/{screen}/transfer"), &form).await;
        assert_eq!(told.status, 403, "{}", told.body);
        let page = door.gets("vera", &format!("/tickets/{screen}")).await;
        assert_eq!(page.status, 200);
        let ended = w.ticket("badge");
        let form = format!("version={}&to=&message=canary-reason", version(w, "badge").await);
        let told = door.asks("rob", Method::POST, &format!("/tickets/{ended}/transfer"), &form).await;
        assert_eq!(told.status, 404, "what is hidden stays hidden: {}", told.body);
        let leave = w.ticket("leave");
        let form = format!("version={}&person=&message=canary-reason", version(w, "leave").await);
        let told = door.asks("cleo", Method::POST, &format!("/tickets/{leave}/assignee"), &form).await;
        assert_eq!(told.status, 403, "nobody is put in charge of what has ended: {}", told.body);
        let page = door.gets("cleo", &format!("/tickets/{leave}")).await;
        assert!(page.body.contains("canary-reason"), "the words wait in the composer");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_version_that_is_named_is_compared_by_every_removal_that_rests_on_the_whole(w) {
        let door = w.door().await;
        let (screen, badge) = (w.ticket("screen"), w.ticket("badge"));
        let at = format!("/api/v1/tickets/{screen}");
        let words = json!({"audience": "public", "body": "See this.", "files": [{"name": "a.txt", "content": "aGVsbG8="}]});
        door.asks("ben", Method::POST, &format!("{at}/comments"), &words.to_string()).await;
        let comments = door.json("ben", &format!("{at}/comments")).await;
        let file = comments["items"].as_array().unwrap().iter().find_map(|c| c["attachments"][0]["id"].as_i64()).unwrap();
        let rob = w.person("rob");
        let observed = door.asks("ben", Method::POST, &format!("{at}/observers"), r#"{"people":["rob@nordet.example"]}"#).await;
        assert_eq!(observed.status, 201, "{}", observed.body);
        let (old, now) = (version(w, "screen").await, version(w, "screen").await + 1);
        goes_on(&door, &at).await;
        for (method, path, body) in [
            (Method::DELETE, format!("{at}/attachments/{file}"), ""),
        ] {
            let stale = asks(&door, "ben", method.clone(), &path, old, body).await;
            assert_eq!(stale, 409, "{method} {path}");
            assert_eq!(version(w, "screen").await, now, "{method} {path}");
        }
        assert_eq!(asks(&door, "ben", Method::DELETE, &format!("{at}/attachments/{file}"), now, "").await, 204);
        assert_eq!(asks(&door, "ben", Method::DELETE, &format!("{at}/observers/{rob}"), now + 1, "").await, 204);

        // Merged, undone, merged again: a page of the first merge does not undo the second.
        let into = json!({"into": screen.0, "let_requester_in": false}).to_string();
        let merge = format!("/api/v1/tickets/{badge}/merge");
        assert_eq!(door.asks("ben", Method::POST, &merge, &into).await.status, 200);
        let first = version(w, "badge").await;
        assert_eq!(asks(&door, "ben", Method::DELETE, &merge, first, "").await, 200);
        assert_eq!(door.asks("ben", Method::POST, &merge, &into).await.status, 200);
        assert_eq!(asks(&door, "ben", Method::DELETE, &merge, first, "").await, 409);
        let removal = format!("/tickets/{badge}/merge/removal");
        let form = format!("version={first}");
        assert_eq!(door.asks("ben", Method::POST, &removal, &form).await.status, 409);
        assert_eq!(w.stands(badge).await.0, "merged");
        let page = door.gets("ben", &format!("/tickets/{screen}")).await;
        let current = version(w, "badge").await;
        let field = format!("name=\"version\" value=\"{current}\"");
        assert!(page.body.split(&removal).nth(1).is_some_and(|rest| rest[..400].contains(&field)), "the form knows the merge it undoes");
        let form = format!("version={current}");
        assert_eq!(door.asks("ben", Method::POST, &removal, &form).await.status, 303);
        assert_ne!(w.stands(badge).await.0, "merged");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_view_is_deleted_as_it_was_seen(w) {
        let door = w.door().await;
        let made = door.asks("ben", Method::POST, "/api/v1/views", r#"{"name":"Mine","audience":"personal","filter":"state=free"}"#).await;
        let view: serde_json::Value = serde_json::from_str(&made.body).unwrap();
        let (path, seen) = (format!("/views/{}", view["id"]), view["version"].as_i64().unwrap());
        let form = door.gets("ben", &path).await;
        let sent = form.body.split("/deletion\"").nth(1).unwrap_or_default();
        assert!(sent.contains(&format!("name=\"version\" value=\"{seen}\"")), "{}", form.body);
        let renamed = door.asks("ben", Method::PATCH, &format!("/api/v1{path}"), r#"{"name":"Ours"}"#).await;
        assert_eq!(renamed.status, 200, "{}", renamed.body);
        let deletion = format!("{path}/deletion");
        assert_eq!(door.asks("ben", Method::POST, &deletion, &format!("version={seen}")).await.status, 409);
        assert_eq!(door.gets("ben", &format!("/api/v1{path}")).await.status, 200);
        assert_eq!(door.asks("ben", Method::POST, &deletion, &format!("version={}", seen + 1)).await.status, 303);
        assert_eq!(door.gets("ben", &format!("/api/v1{path}")).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_file_that_a_merge_took_along_opens_at_its_old_address_for_programs_too(w) {
        let door = w.door().await;
        let (screen, badge) = (w.ticket("screen"), w.ticket("badge"));
        let old = format!("/api/v1/tickets/{badge}");
        let words = json!({"audience": "staff", "body": "See this.", "files": [{"name": "a.txt", "content": "aGVsbG8="}]});
        door.asks("ben", Method::POST, &format!("{old}/comments"), &words.to_string()).await;
        let comments = door.json("ben", &format!("{old}/comments")).await;
        let file = comments["items"].as_array().unwrap().iter().find_map(|c| c["attachments"][0]["id"].as_i64()).unwrap();
        let into = json!({"into": screen.0, "let_requester_in": true}).to_string();
        assert_eq!(door.asks("ben", Method::POST, &format!("{old}/merge"), &into).await.status, 200);
        let opened = door.gets("ben", &format!("{old}/attachments/{file}")).await;
        assert_eq!((opened.status, opened.body.as_str()), (200, "hello"));
        // It was staff's, and still is; and whoever sees neither learns nothing.
        for who in ["emil", "dora", "fay", "rob"] {
            let hidden = door.gets(who, &format!("{old}/attachments/{file}")).await;
            assert_eq!(hidden.status, 404, "{who}: {}", hidden.body);
        }
        door.closes().await;
    }
}
