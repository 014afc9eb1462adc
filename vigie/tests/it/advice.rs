//! Advice: asked for, given by a note, over with the work; and nobody becomes responsible by it.

use std::collections::BTreeSet;

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use serde_json::{Value, json};
use vigie::mail::post::Post;
use vigie::tickets::TicketId;
use vigie::tickets::reading::find;
use vigie::tickets::rights::Read;

use crate::browsing::Door;
use crate::roles;
use crate::world::World;

/// Who is in charge, as the table says.
async fn holder(w: &World, ticket: TicketId) -> Option<i64> {
    let seen = find::<Read>(&mut w.db.read(), &w.actor("ada"), ticket).await;
    seen.unwrap().assignee_id.map(|it| it.0)
}

/// Whether the ticket needs advice, as somebody's program reads it.
async fn needs(door: &Door, who: &str, ticket: TicketId) -> Option<bool> {
    let read = door.json(who, &format!("/api/v1/tickets/{ticket}")).await;
    read["needs_advice"].as_bool()
}

/// What the history says, as somebody's program reads it.
async fn told(door: &Door, who: &str, ticket: TicketId) -> Vec<String> {
    let events = door
        .json(who, &format!("/api/v1/tickets/{ticket}/events"))
        .await;
    let items = events["items"].as_array().cloned().unwrap_or_default();
    let kinds = items.iter().filter_map(|it| it["kind"].as_str());
    kinds.map(str::to_owned).collect()
}

async fn notes(door: &Door, who: &str, ticket: TicketId, words: &str, quiet: bool) -> u16 {
    let note = json!({ "audience": "staff", "body": words, "quiet": quiet });
    door.programs(who, Method::POST, ticket, "/comments", note)
        .await
        .status
}

async fn asks(door: &Door, who: &str, ticket: TicketId) -> u16 {
    door.programs(who, Method::POST, ticket, "/advice", json!({}))
        .await
        .status
}

/// The tickets a program finds, by their short names.
async fn finds(w: &World, door: &Door, who: &str, query: &str) -> BTreeSet<&'static str> {
    let list = door.json(who, &format!("/api/v1/tickets?{query}")).await;
    let numbers = list["items"].as_array().cloned().unwrap_or_default();
    let numbers: Vec<i64> = numbers
        .iter()
        .filter_map(|it| it["number"].as_i64())
        .collect();
    let known = w.tickets().filter(|(_, id)| numbers.contains(&id.0));
    known.map(|(name, _)| name).collect()
}

record! { struct Mail { address: String, subject: String } }

/// Everybody who was mailed of the ticket, and why, since this was last asked.
async fn mailed(w: &World, post: &Post, ticket: TicketId) -> Vec<String> {
    crate::mail::work(post).await;
    let mails: Vec<Mail> = w
        .db
        .read()
        .all(system!(
            because = "a test looks at the post itself",
            "SELECT m.address, e.kind AS subject FROM outgoing_mails m JOIN events e ON e.id = m.event_id \
             WHERE m.ticket_id = $1 AND m.state <> 'dropped' ORDER BY m.id",
            ticket
        ))
        .await
        .unwrap();
    let mut tx = w.db.write().await.unwrap();
    tx.run(system!(
        because = "a test begins anew",
        "DELETE FROM outgoing_mails WHERE ticket_id = $1",
        ticket
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let name = |it: &Mail| it.address.split('@').next().unwrap_or_default().to_owned();
    mails
        .iter()
        .map(|it| format!("{} {}", name(it), it.subject))
        .collect()
}

on_both_engines! {
    async fn whoever_needs_advice_says_so_and_a_colleagues_note_is_it(w) {
        let door = w.door().await;
        let (screen, ben) = (w.ticket("screen"), w.person("ben").0);
        let post = crate::mail::post(w).await;
        assert_eq!(door.programs("gil", Method::POST, screen, "/observers", json!({})).await.status, 201);
        mailed(w, &post, screen).await;
        let before = w.stands(screen).await.1;
        let asked = door.sends("ben", screen, "/advice", "message=Is+it+the+cable%3F&once=a1&version=1").await;
        assert_eq!((asked.status, asked.location()), (303, format!("/tickets/{screen}").as_str()));
        // The same form twice is one question.
        assert_eq!(door.sends("ben", screen, "/advice", "message=Is+it+the+cable%3F&once=a1&version=1").await.status, 303);
        assert_eq!(w.stands(screen).await.1, before + 1, "asking is a change of the ticket");
        assert_eq!(mailed(w, &post, screen).await, ["gil advice_asked"]);
        for who in ["ben", "gil"] {
            let page = door.gets(who, &format!("/tickets/{screen}")).await.body;
            for words in ["Needs advice", "Is it the cable?", "asked for advice"] {
                assert!(page.contains(words), "{who}: {words}");
            }
            for layout in ["table", "grid"] {
                let form = format!("layout={layout}&list=open");
                assert_eq!(door.asks(who, Method::POST, "/lists/display", &form).await.status, 303);
                let list = door.gets(who, "/tickets?view=open").await.body;
                assert_eq!(list.matches("Needs advice").count(), 1, "{who} {layout}");
            }
            assert_eq!(finds(w, &door, who, "advice=yes").await, ["screen"].into());
            assert!(!finds(w, &door, who, "advice=no").await.contains("screen"));
            assert_eq!(door.gets(who, "/tickets?view=all&advice=yes").await.body.matches("data-row").count(), 1);
        }
        // What the asker writes themselves is no advice.
        assert_eq!(notes(&door, "ben", screen, "I tried another cable", false).await, 201);
        assert_eq!(needs(&door, "ben", screen).await, Some(true));
        mailed(w, &post, screen).await;
        // A public reply is none either.
        let reply = json!({ "audience": "public", "body": "Any news?" });
        assert_eq!(door.programs("dora", Method::POST, screen, "/comments", reply).await.status, 201);
        assert_eq!(needs(&door, "ben", screen).await, Some(true));
        mailed(w, &post, screen).await;
        assert_eq!(notes(&door, "gil", screen, "It is the lid switch", false).await, 201);
        assert_eq!(needs(&door, "ben", screen).await, Some(false));
        assert_eq!(mailed(w, &post, screen).await, ["ben advised"], "once, though he holds it and asked");
        assert_eq!(told(&door, "ben", screen).await.last().map(String::as_str), Some("advised"));
        let page = door.gets("ben", &format!("/tickets/{screen}")).await.body;
        assert!(page.contains("gave advice") && !page.contains("Needs advice"));
        assert_eq!(holder(w, screen).await, Some(ben));
        // The next note is a note.
        assert_eq!(notes(&door, "gil", screen, "And good luck", false).await, 201);
        assert_eq!(told(&door, "ben", screen).await.last().map(String::as_str), Some("noted"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_asked_is_mailed_though_they_hear_of_no_notes(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let post = crate::mail::post(w).await;
        // Nobody holds it: Ben, who could, asks.
        assert_eq!(asks(&door, "ben", printer).await, 201);
        assert!(mailed(w, &post, printer).await.is_empty());
        assert_eq!(notes(&door, "gil", printer, "Take the other tray", false).await, 201);
        assert_eq!(mailed(w, &post, printer).await, ["ben advised"]);
        assert_eq!(holder(w, printer).await, None);
        // Whoever writes without telling anybody tells nobody.
        assert_eq!(asks(&door, "ben", printer).await, 201);
        assert_eq!(notes(&door, "gil", printer, "Quietly: the tray", true).await, 201);
        assert!(mailed(w, &post, printer).await.is_empty());
        assert_eq!(needs(&door, "ben", printer).await, Some(false));
        door.closes().await;
    }
}

on_both_engines! {
    async fn it_ends_when_it_is_not_needed_with_the_work_and_with_the_department(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let ends = async |who: &str| door.programs(who, Method::DELETE, screen, "/advice", json!({})).await.status;
        // Max, who manages everything, asks; Ben, who holds it, says that none is needed.
        assert_eq!(asks(&door, "max", screen).await, 201);
        assert_eq!(ends("gil").await, 403);
        assert_eq!(ends("ben").await, 204);
        assert_eq!(needs(&door, "gil", screen).await, Some(false));
        assert_eq!(told(&door, "gil", screen).await.last().map(String::as_str), Some("advice_ended"));
        assert_eq!(ends("ben").await, 204, "twice is once");
        assert_eq!(asks(&door, "max", screen).await, 201);
        let form = door.sends("max", screen, "/advice/removal", "version=1").await;
        assert_eq!(form.status, 303);
        assert_eq!(needs(&door, "max", screen).await, Some(false));
        // Another department answers for other people.
        assert_eq!(asks(&door, "max", screen).await, 201);
        let red = door.programs("max", Method::POST, screen, "/transfer", json!({ "department": 2 })).await;
        assert_eq!(red.status, 200, "{}", red.body);
        assert_eq!(needs(&door, "max", screen).await, Some(false));
        // Every way out of the work.
        let cable = w.ticket("cable");
        for way in ["closure", "rejection"] {
            assert_eq!(asks(&door, "max", cable).await, 201, "{way}");
            assert_eq!(door.programs("max", Method::POST, cable, &format!("/{way}"), json!({})).await.status, 200, "{way}");
            assert_eq!(needs(&door, "max", cable).await, Some(false), "{way}");
            assert_eq!(asks(&door, "max", cable).await, 403, "there is no work to advise on");
            assert_eq!(door.programs("max", Method::POST, cable, "/reopening", json!({})).await.status, 200, "{way}");
            assert_eq!(needs(&door, "max", cable).await, Some(false), "opened again it asks for nothing: {way}");
        }
        let printer = w.ticket("printer");
        assert_eq!(asks(&door, "ben", printer).await, 201);
        assert_eq!(door.programs("dora", Method::POST, printer, "/cancellation", json!({})).await.status, 200);
        assert_eq!(needs(&door, "ben", printer).await, Some(false));
        record! { struct Count { n: i64 } }
        let left: Count = w.db.read().one(system!(because = "a test looks at the table itself", "SELECT COUNT(*) AS n FROM advice_requests")).await.unwrap();
        assert_eq!(left.n, 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_handles_it_asks_and_nobody_else(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        for (who, status) in [("gil", 403), ("vera", 403), ("dora", 403), ("emil", 404), ("cleo", 404), ("rob", 404)] {
            assert_eq!(asks(&door, who, screen).await, status, "{who}");
            assert!(door.sends(who, screen, "/advice", "message=x&once=x&version=1").await.status >= 300, "{who}");
        }
        assert_eq!(needs(&door, "ada", screen).await, Some(false));
        let shown = |page: &str| page.contains(&format!("/tickets/{screen}/advice\""));
        assert!(shown(&door.gets("ben", &format!("/tickets/{screen}")).await.body));
        for who in ["gil", "vera"] {
            assert!(!shown(&door.gets(who, &format!("/tickets/{screen}")).await.body), "{who}");
        }
        // Rob, of restricted scope, holds this one.
        assert_eq!(asks(&door, "rob", w.ticket("rob")).await, 201);
        door.closes().await;
    }
}

on_both_engines! {
    async fn words_to_a_ticket_that_needs_advice_already_are_not_lost(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        assert_eq!(asks(&door, "max", screen).await, 201);
        assert_eq!(asks(&door, "ben", screen).await, 201, "nothing was to be said");
        let late = door.sends("ben", screen, "/advice", "message=My+own+question&once=b1&version=1").await;
        assert_eq!(late.status, 422);
        assert!(late.body.contains("My own question</textarea>") && late.body.contains("just before you"));
        let told = door.json("ben", &format!("/api/v1/tickets/{screen}/advice")).await;
        assert_eq!(told["asked_by"]["name"], "Max");
        let long = format!("message={}&once=c1&version=1", "x".repeat(100_001));
        assert_eq!(door.sends("ben", w.ticket("printer"), "/advice", &long).await.status, 422);
        door.closes().await;
    }
}

on_both_engines! {
    /// The canary: a word that only the question holds, and every word of asking.
    async fn customers_learn_nothing_of_advice(w) {
        let door = w.door().await;
        let (badge, screen) = (w.ticket("badge"), w.ticket("screen"));
        let post = crate::mail::post(w).await;
        assert_eq!(door.programs("dora", Method::POST, screen, "/invitees", json!({ "people": ["emil@nordet.example"] })).await.status, 201);
        mailed(w, &post, screen).await;
        let said = json!({ "message": "zqxquestion for @gil" });
        assert_eq!(door.programs("ben", Method::POST, screen, "/advice", said).await.status, 201);
        assert_eq!(notes(&door, "max", screen, "zqxadvice", false).await, 201);
        assert_eq!(asks(&door, "ben", screen).await, 201);
        let pages = ["", "/events", "/comments", "/participants", "/advice"];
        for who in ["dora", "emil"] {
            let mut all = String::new();
            for page in pages {
                all.push_str(&door.gets(who, &format!("/api/v1/tickets/{screen}{page}")).await.body);
            }
            for page in ["/portal".to_owned(), format!("/portal/tickets/{screen}"), format!("/portal/tickets/{badge}")] {
                all.push_str(&door.gets(who, &page).await.body);
            }
            assert!(all.contains("noir"), "{who} sees the ticket");
            for word in ["zqx", "advise", "advice_", "Needs advice", "conseil", "\"needed\":true", "\"needs_advice\":true"] {
                assert!(!all.contains(word), "{who} reads {word}");
            }
            assert!(finds(w, &door, who, "advice=yes").await.is_empty());
            assert!(finds(w, &door, who, "advice=no").await.contains("screen"));
        }
        let all = mailed(w, &post, screen).await;
        assert!(all.iter().all(|it| !it.starts_with("dora") && !it.starts_with("emil")), "{all:?}");
        // Cleo, invited to it and nothing more, is no customer and learns as little.
        assert_eq!(door.programs("ben", Method::POST, screen, "/invitees", json!({ "people": ["cleo"] })).await.status, 201);
        assert_eq!(needs(&door, "cleo", screen).await, Some(false));
        let page = door.gets("cleo", &format!("/tickets/{screen}")).await.body;
        assert!(page.contains("noir") && !page.contains("Needs advice") && !page.contains("zqx"));
        assert!(finds(w, &door, "cleo", "advice=yes").await.is_empty());
        let told: Value = door.json("cleo", &format!("/api/v1/tickets/{screen}/advice")).await;
        assert_eq!(told, json!({ "needed": false, "asked_by": null, "asked_at": null }));
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_may_call_for_help_and_write_no_notes_asks_without_a_question(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        roles::may(w, &door, "ben", &["read_notes", "handle", "escalate"]).await;
        let page = door.gets("ben", &format!("/tickets/{screen}")).await.body;
        assert!(page.contains("/advice\"") && !page.contains("panel-advice"), "no field for what they may not write: {page}");
        let path = format!("/api/v1/tickets/{screen}/advice");
        let refused = door.asks("ben", Method::POST, &path, r#"{"message":"Who knows this?"}"#).await;
        assert!(refused.status == 403 && refused.body.contains("right-note"), "{}", refused.body);
        assert_eq!(needs(&door, "ben", screen).await, Some(false));
        assert_eq!(asks(&door, "ben", screen).await, 201);
        assert_eq!(needs(&door, "ben", screen).await, Some(true));
        // And whoever may not call, with every other right: neither button nor deed.
        roles::may(w, &door, "ben", &["read_notes", "note", "handle"]).await;
        let printer = w.ticket("printer");
        let refused = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{printer}/advice"), "{}").await;
        assert!(refused.status == 403 && refused.body.contains("right-escalate"), "{}", refused.body);
        let page = door.gets("ben", &format!("/tickets/{printer}")).await;
        assert!(page.status == 200 && !page.body.contains("/advice\""), "{}", page.body);
        door.closes().await;
    }
}
