//! The desk with and without what one may not see answers the same bytes: everybody reads all that
//! they can and tries what cannot be done, then hidden things come, and they do it again.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::json;
use vigie::search::index;

use super::cast::Desk;
use super::crossing::Pass;
use super::{Tally, bodies, plain, readings, things};
use crate::browsing::{Answer, Manner};
use crate::world::World;

/// Whoever sees nothing of Red.
const READERS: &[&str] = &[
    "dora", "emil", "fay", "rob", "ben", "vera", "olga", "mona", "tess",
];

/// What is asked, by which method, and with what.
type Asking = (Method, String, String);

/// Everything that is read or tried in vain: each address about one thing that is there, and the other ways of looking.
fn script(desk: &Desk) -> Vec<Asking> {
    let look = |path: String| (Method::GET, path, String::new());
    let mut script: Vec<Asking> = readings::all(desk).into_iter().map(look).collect();
    for route in vigie::routes::all() {
        // Administrators' pages tell of everything, and of nothing to these; undoing is done once.
        let is_other = route.path.contains("/admin/") || route.path.contains("/undoing");
        if Pass::of(&route) == Pass::Doing || is_other {
            continue;
        }
        let all = things::of(desk, route.path);
        let held = all.iter().find(|thing| thing.name == "held");
        let path = held.unwrap_or(&all[0]).path.clone();
        script.push((route.method.clone(), path, bodies::of(&route, 0)));
    }
    script
}

async fn read(
    desk: &Desk,
    script: &[Asking],
    tally: &mut Tally,
) -> BTreeMap<(usize, &'static str), Answer> {
    let mut answers = BTreeMap::new();
    for (n, (method, path, body)) in script.iter().enumerate() {
        for who in READERS {
            let seen = (*method != Method::GET).then_some(0);
            let answer = desk
                .door
                .asks_as(Manner::Honest, who, method.clone(), path, seen, body)
                .await;
            tally.looks_at(who, path, &answer);
            answers.insert((n, *who), plain(&answer, path));
            // How a list was ordered last is noted after the answer, and read by the next.
            desk.door.app.finish_errands().await;
        }
    }
    answers
}

/// Reads, lets hidden things come, reads again.
pub async fn compares(w: &World, desk: &Desk, tally: &mut Tally) {
    let script = script(desk);
    index::catch_up(&w.db).await.unwrap();
    let before = read(desk, &script, tally).await;
    come(desk).await;
    index::catch_up(&w.db).await.unwrap();
    let after = read(desk, &script, tally).await;
    for ((n, who), answer) in &before {
        let now = &after[&(*n, *who)];
        tally.faults(answer != now, || {
            let at = answer.body.bytes().zip(now.body.bytes());
            let at = at.take_while(|(a, b)| a == b).count();
            let near = |body: &str| {
                let from = body.floor_char_boundary(at.saturating_sub(80));
                let to = body.floor_char_boundary((at + 120).min(body.len()));
                body[from..to].to_owned()
            };
            format!(
                "{who} {}: {} and {} differ at {at}:\n{}\n---\n{}",
                script[*n].1,
                answer.status,
                now.status,
                near(&answer.body),
                near(&now.body)
            )
        });
    }
}

/// More of what Red alone may see: on tickets of theirs, and on the shelves.
async fn come(desk: &Desk) {
    let category: i64 = desk.id("category", "red").parse().unwrap();
    let department: i64 = desk.id("department", "red").parse().unwrap();
    let post = |who: &'static str, path: String, body| async move {
        desk.does(who, Method::POST, &path, body).await
    };
    for n in 0..3 {
        let new = json!({
            "subject": format!("Affair later {n} canary-subject-red"),
            "body": "Affair canary-reply-red",
            "category": category,
            "requester": "gil",
        });
        let made = post("ada", "/api/v1/tickets".to_owned(), new).await;
        let ticket = format!("/api/v1/tickets/{}", made["number"]);
        let holder = json!({"person": desk.people["cleo"].0});
        post("ada", format!("{ticket}/assignee"), holder).await;
        for audience in ["public", "staff"] {
            let file = json!([{"name": "canary-file-red.txt", "content": "aGVsbG8="}]);
            let words =
                json!({"audience": audience, "body": "Affair canary-note-red", "files": file});
            post("cleo", format!("{ticket}/comments"), words).await;
        }
        let question = json!({"message": "canary-note-red"});
        post("cleo", format!("{ticket}/advice"), question).await;
        let tags = json!({"tags": [format!("canary-tag-red {n}")]});
        post("cleo", format!("{ticket}/tags"), tags).await;
        let task = json!({"title": "canary-task-red"});
        post("cleo", format!("{ticket}/tasks"), task).await;
        let time = json!({"minutes": 5, "note": "canary-time-red"});
        post("cleo", format!("{ticket}/time"), time).await;
    }
    // A link says nothing to whoever sees only the end it leads to.
    let held: i64 = desk.id("ticket", "held").parse().unwrap();
    let hidden = desk.id("ticket", "hidden");
    let link = json!({"other": held});
    post("ada", format!("/api/v1/tickets/{hidden}/links"), link).await;
    let asset = json!({"name": "canary-asset-stock later", "serial": "canary-asset-stock later"});
    post("ada", "/api/v1/assets".to_owned(), asset).await;
    let reply = json!({"title": "canary-savedreply-red", "body": "canary-savedreply-red later", "sharing": "department", "department": department});
    post("ada", "/api/v1/replies".to_owned(), reply).await;
    let article = json!({"title": "Affair canary-article-draft", "body": "Affair canary-article-draft later", "audience": "department",
        "department": department, "categories": [desk.id("category", "blue").parse::<i64>().unwrap()]});
    post("ada", "/api/v1/articles".to_owned(), article).await;
    let view = json!({"name": "canary-view-red", "audience": "department", "department": department, "filter": "state=free"});
    post("ada", "/api/v1/views".to_owned(), view).await;
    let channel = json!({"address": "canary-channel-later@nordet.example", "name": "canary-channel", "category": category});
    post("ada", "/api/v1/channels".to_owned(), channel).await;
    let mailbox = json!({"name": "canary-mailbox", "host": "127.0.0.1", "port": 9, "protection": "none", "login": "canary-mailbox-later",
        "password": "canary-password", "channel": desk.id("channel", "one").parse::<i64>().unwrap(), "active": false});
    post("ada", "/api/v1/mailboxes".to_owned(), mailbox).await;
    let filter =
        json!({"name": "canary-filter", "words": ["canary-filter later"], "outcome": "quarantine"});
    post("ada", "/api/v1/filters".to_owned(), filter).await;
}
