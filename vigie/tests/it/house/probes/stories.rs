//! The tickets of the probes: opened, given everything that can hang on one, brought into their states.

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use serde_json::json;

use super::cast::Desk;
use crate::world::World;

record! { struct Row { id: i64 } }

/// Opens a ticket, and hangs everything on it that can hang there.
pub async fn open(desk: &mut Desk, name: &'static str) {
    let is_red = matches!(name, "hidden" | "shown");
    // Nobody of those who ask is one of its people.
    let is_apart = is_red || name == "confided";
    let (requester, guest, agent, colour, category) = match name {
        "hidden" | "shown" => ("ivy", "fay", "cleo", "red", "red"),
        "confided" => ("ivy", "fay", "mona", "kept", "confided"),
        _ => ("dora", "emil", "mona", "blue", "blue"),
    };
    // What is shown to everybody who signs in is no secret, except for its notes.
    let word = |what: &str| match name {
        "shown" if what != "note" => format!("shown {what}"),
        "shown" => "canary-note-shown".to_owned(),
        _ => format!("canary-{what}-{colour}"),
    };
    let file = |what: &str| json!([{"name": format!("{}.txt", word(what)), "content": "aGVsbG8="}]);
    let new = json!({
        "subject": format!("Affair {name} {}", word("subject")),
        "body": format!("Affair {}", word("reply")),
        "category": desk.id("category", category).parse::<i64>().unwrap(),
        "requester": format!("{requester}@nordet.example"),
    });
    let made = desk.posts("ada", "/api/v1/tickets", new).await;
    desk.keep("ticket", name, &made["number"]);
    let ticket = format!("/api/v1/tickets/{}", made["number"]);
    let hold = json!({"person": desk.people[agent].0});
    desk.posts("ada", &format!("{ticket}/assignee"), hold).await;
    for (audience, what, files) in [
        ("public", "reply", file("file")),
        ("staff", "note", file("notefile")),
    ] {
        let words =
            json!({"audience": audience, "body": format!("Affair {}", word(what)), "files": files});
        desk.posts(agent, &format!("{ticket}/comments"), words)
            .await;
    }
    if !is_apart {
        let observer = json!({"people": ["olga@nordet.example"]});
        desk.posts("ada", &format!("{ticket}/observers"), observer)
            .await;
        let invited = json!({"people": [format!("{guest}@nordet.example")]});
        desk.posts("ada", &format!("{ticket}/invitees"), invited)
            .await;
        for (audience, what) in [("requester", "aside"), ("invitees", "guests")] {
            let words = json!({"audience": audience, "body": format!("Affair {}", word(what))});
            desk.posts(agent, &format!("{ticket}/comments"), words)
                .await;
        }
    }
    let tags = json!({"tags": [word("tag")]});
    desk.posts(agent, &format!("{ticket}/tags"), tags).await;
    let task = json!({"title": word("task")});
    let task = desk.posts(agent, &format!("{ticket}/tasks"), task).await;
    desk.keep("task", name, &task["id"]);
    let time = json!({"minutes": 5, "note": word("time")});
    let time = desk.posts(agent, &format!("{ticket}/time"), time).await;
    desk.keep("time", name, &time["id"]);
    // The first of each colour has nothing to be linked with, and is what the others are linked with.
    let first: i64 = desk
        .id("ticket", if is_red { "hidden" } else { "free" })
        .parse()
        .unwrap();
    if !matches!(name, "free" | "hidden") {
        let other = json!({"other": first});
        desk.posts("ada", &format!("{ticket}/links"), other).await;
    }
    let (guest, olga) = (desk.people[guest].0, desk.people["olga"].0);
    desk.keep("link", name, &first.into());
    desk.keep("guest", name, &guest.into());
    desk.keep("observer", name, &olga.into());
    let words = desk.door.json("ada", &format!("{ticket}/comments")).await;
    for (noun, files, what) in [
        ("comment", "file", "reply"),
        ("comment-secret", "file-secret", "note"),
    ] {
        let one = words["items"].as_array().unwrap().iter().find(|c| {
            let file = c["attachments"]
                .as_array()
                .is_some_and(|files| !files.is_empty());
            file && c["body"].as_str().unwrap().contains(&word(what))
        });
        let one = one.unwrap_or_else(|| panic!("{what} of {name}: {words}"));
        desk.keep(noun, name, &one["id"]);
        desk.keep(files, name, &one["attachments"][0]["id"]);
    }
    let tags = desk.door.json("ada", &format!("{ticket}/tags")).await;
    desk.keep("tag", name, &tags["items"][0]["id"]);
}

/// Brings the tickets into their states.
pub async fn end(w: &World, desk: &mut Desk) {
    let at = |name: &'static str| format!("/api/v1/tickets/{}", desk.id("ticket", name));
    desk.posts("mona", &format!("{}/release", at("free")), json!({}))
        .await;
    for (name, deed) in [
        ("incomplete", "question"),
        ("postponed", "postponement"),
        ("refused", "rejection"),
    ] {
        let words = json!({"message": "Told."});
        desk.posts("mona", &format!("{}/{deed}", at(name)), words)
            .await;
    }
    desk.posts(
        "dora",
        &format!("{}/cancellation", at("cancelled")),
        json!({}),
    )
    .await;
    let question = json!({"message": "canary-advice-red"});
    desk.posts("cleo", &format!("{}/advice", at("shown")), question)
        .await;
    for name in ["closed", "approved", "expired", "archived"] {
        desk.posts(
            "mona",
            &format!("{}/closure", at(name)),
            json!({"message": "Done."}),
        )
        .await;
    }
    for name in ["approved", "archived"] {
        desk.posts("dora", &format!("{}/approval", at(name)), json!({}))
            .await;
    }
    let shown = json!({"visibility": "public"});
    desk.does("cleo", Method::PATCH, &at("shown"), shown).await;
    let into: i64 = desk.id("ticket", "held").parse().unwrap();
    let merge = json!({"into": into, "let_requester_in": false});
    desk.posts("ada", &format!("{}/merge", at("merged")), merge)
        .await;
    let mut tx = w.db.write().await.unwrap();
    tx.run(system!(
        because = "a month of waiting is told elsewhere",
        "UPDATE tickets SET state = 'archived', stage = 'archived' WHERE id = $1",
        desk.id("ticket", "archived").parse::<i64>().unwrap()
    ))
    .await
    .unwrap();
    tx.run(system!(
        because = "a fortnight of waiting is told elsewhere",
        "UPDATE tickets SET state = 'expired', stage = 'ended' WHERE id = $1",
        desk.id("ticket", "expired").parse::<i64>().unwrap()
    ))
    .await
    .unwrap();
    let draft: Row = tx
        .one(system!(
            because = "a test leaves a draft",
            "INSERT INTO drafts (ticket_id, author_id, audience, state, body, updated_at) \
             VALUES ($1, $2, 'public', 'draft', 'canary-draft-gil', $3) RETURNING id",
            into,
            desk.people["gil"],
            w.now()
        ))
        .await
        .unwrap();
    let mut unsent = vec![];
    for (who, form) in [("gil", "new"), ("dora", "portal_new")] {
        let row: Row = tx
            .one(system!(
                because = "a test leaves a form unsent",
                "INSERT INTO unsent_forms (person_id, form, token, fields, updated_at) VALUES ($1, $2, 'probed', $3, $4) RETURNING id",
                desk.people[who],
                form,
                format!("{{\"subject\":\"canary-unsent-{who}\"}}"),
                w.now()
            ))
            .await
            .unwrap();
        unsent.push((who, row.id));
    }
    tx.commit().await.unwrap();
    for (who, id) in unsent {
        desk.keep("unsent", who, &id.into());
    }
    desk.keep("draft", "held", &draft.id.into());
}
