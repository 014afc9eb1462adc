//! A mailbox that is told of a department's tickets, beside its agents (features X-11).

use axum::http::Method;
use serde_json::{Value, json};

use super::outgoing::Server;
use super::*;
use crate::browsing::Door;

const API: &str = "/api/v1/departments/1/monitoring-mailbox";
const PAGE: &str = "/admin/departments/1/monitoring-mailbox";
const TEAM: &str = "team@nordet.example";

async fn says(door: &Door, who: &str, body: Value) -> u16 {
    let answer = door.asks(who, Method::PUT, API, &body.to_string()).await;
    answer.status
}

/// What mailboxes were mailed since the mails before, as one text each.
async fn heard(w: &World, post: &Post, server: &Server) -> Vec<String> {
    let before = server.took().len();
    work(post).await;
    let all = outbox(w).await;
    let mailboxes: Vec<&str> = (all.iter())
        .filter(|it| it.purpose == "monitoring_mailbox")
        .map(|it| it.address.as_str())
        .collect();
    let took = server.took();
    let new = took[before..].iter().filter(|raw| {
        let to = raw.lines().find(|line| line.starts_with("To:"));
        to.is_some_and(|to| mailboxes.iter().any(|address| to.contains(address)))
    });
    new.cloned().collect()
}

fn subjects(mails: &[String]) -> Vec<String> {
    let subject = |raw: &String| letter::parse::parse(raw.as_bytes()).subject;
    mails.iter().map(subject).collect()
}

async fn opens(door: &Door, category: i64) -> TicketId {
    let body = json!({"subject": "A lamp", "body": "It flickers zqxwords.", "category": category});
    let answer = door
        .asks("dora", Method::POST, "/api/v1/tickets", &body.to_string())
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let made: Value = serde_json::from_str(&answer.body).unwrap();
    TicketId(made["number"].as_i64().unwrap())
}

async fn blue(w: &World) -> i64 {
    let row: Count =
        w.db.read()
            .one(global!(
                "SELECT default_category_id AS n FROM departments WHERE id = 1"
            ))
            .await
            .unwrap();
    row.n
}

async fn replies(door: &Door, who: &str, ticket: TicketId, words: &str) {
    let reply = json!({ "audience": "public", "body": words });
    let answer = door
        .programs(who, Method::POST, ticket, "/comments", reply)
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
}

on_both_engines! {
    async fn a_mailbox_is_told_what_was_said_and_neither_words_nor_names(w) {
        let door = w.door().await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        let category = blue(w).await;
        assert_eq!(says(&door, "max", json!({"alert": "release", "address": "Team@Nordet.example"})).await, 200);
        let lamp = opens(&door, category).await;
        let mails = heard(w, &post, &server).await;
        assert_eq!(subjects(&mails), [format!("[New ticket Blue #{lamp}] A lamp")]);
        let mail = letter::parse::parse(mails[0].as_bytes());
        let html = mail.html.clone().unwrap_or_default();
        for word in ["zqxwords", "Dora", "/mailed/"] {
            assert!(!mail.text.contains(word) && !html.contains(word) && !mails[0].contains(word), "{word}: {}", mails[0]);
        }
        assert!(mail.text.contains("The requester") && mail.text.contains(&format!("/tickets/{lamp}")), "{}", mail.text);
        assert!(mail.text.contains("This mailbox is told of the tickets of Blue"), "{}", mail.text);
        assert!(mails[0].contains("To: team@nordet.example") || mails[0].contains("To: <team@nordet.example>"), "{}", mails[0]);
        assert!(mails[0].contains("Auto-Submitted: auto-generated") && !mails[0].contains("Reply-To"), "{}", mails[0]);

        replies(&door, "dora", lamp, "zqxwords again").await;
        assert_eq!(heard(w, &post, &server).await.len(), 0, "it hears of new and free tickets");
        assert_eq!(says(&door, "max", json!({"alert": "while_free", "address": TEAM})).await, 200);
        replies(&door, "dora", lamp, "zqxwords more").await;
        let mails = heard(w, &post, &server).await;
        assert_eq!(subjects(&mails), [format!("[Reply Blue #{lamp}] A lamp")]);
        assert!(!mails[0].contains("zqxwords"), "{}", mails[0]);
        let ben = door.programs("ben", Method::POST, lamp, "/assignment", json!({})).await;
        assert_eq!(ben.status, 200, "{}", ben.body);
        replies(&door, "dora", lamp, "zqxwords at last").await;
        assert_eq!(heard(w, &post, &server).await.len(), 0, "it is in charge of somebody");
        assert_eq!(says(&door, "max", json!({"alert": "always", "address": TEAM})).await, 200);
        let note = json!({ "audience": "staff", "body": "zqxwords for us" });
        assert_eq!(door.programs("ben", Method::POST, lamp, "/comments", note).await.status, 201);
        let mails = heard(w, &post, &server).await;
        assert_eq!(subjects(&mails), [format!("[Internal note Blue #{lamp}] A lamp")]);
        assert!(!mails[0].contains("zqxwords") && !mails[0].contains("Ben"), "{}", mails[0]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn one_mail_for_one_deed_and_none_to_whoever_did_it(w) {
        let door = w.door().await;
        let post = post(w).await;
        let category = blue(w).await;
        let of_mailbox = |told: &[String]| told.iter().filter(|it| it.ends_with("monitoring_mailbox")).count();
        // Vera hears of it as an agent; the mailbox with her address is not told again.
        assert_eq!(says(&door, "max", json!({"alert": "always", "address": "vera@nordet.example"})).await, 200);
        opens(&door, category).await;
        work(&post).await;
        let all = told(w).await;
        assert!(all.contains(&"vera event".to_owned()) && of_mailbox(&all) == 0, "{all:?}");
        assert_eq!(says(&door, "max", json!({"alert": "always", "address": "dora@nordet.example"})).await, 200);
        opens(&door, category).await;
        work(&post).await;
        let all = told(w).await;
        assert_eq!(of_mailbox(&all), 0, "she did it: {all:?}");
        // Where the desk's own mails come from, each notice would come back.
        let from = Post { mail_from: Some("Help <desk@nordet.example>".to_owned()), ..post.clone() };
        assert_eq!(says(&door, "max", json!({"alert": "always", "address": "desk@nordet.example"})).await, 200);
        opens(&door, category).await;
        work(&from).await;
        assert_eq!(of_mailbox(&told(w).await), 0, "it is ours");
        // A job that runs again finds the mail there.
        assert_eq!(says(&door, "max", json!({"alert": "always", "address": TEAM})).await, 200);
        opens(&door, category).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "a test repeats a job", "INSERT INTO jobs (kind, payload, run_at, attempts) \
            SELECT kind, payload, run_at, 0 FROM jobs WHERE kind = 'announce'")).await.unwrap();
        tx.commit().await.unwrap();
        work(&post).await;
        assert_eq!(of_mailbox(&told(w).await), 1);
        door.closes().await;
    }
}

on_both_engines! {
    async fn confidential_tickets_are_told_to_no_mailbox_even_ones_that_became_so(w) {
        let door = w.door().await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        let category = blue(w).await;
        assert_eq!(says(&door, "max", json!({"alert": "always", "address": TEAM})).await, 200);
        opens(&door, category).await;
        // Before the mail leaves, its category becomes confidential.
        super::bare::says(w, &door, category, None).await;
        let lamp = opens(&door, category).await;
        replies(&door, "dora", lamp, "zqxwords").await;
        assert_eq!(heard(w, &post, &server).await.len(), 0);
        let page = door.gets("max", PAGE).await;
        assert!(page.body.contains("no mailbox is told of it") && !page.body.contains(&format!("alert-{category}")), "{}", page.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_said_when_the_mail_leaves_counts(w) {
        let door = w.door().await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        let category = blue(w).await;
        assert_eq!(says(&door, "max", json!({"alert": "always", "address": TEAM})).await, 200);
        opens(&door, category).await;
        // Announced, and not sent yet: nobody sends while the relay is gone.
        let unsent = Post { relay: None, ..post.clone() };
        work(&unsent).await;
        assert_eq!(says(&door, "max", json!({"alert": "never", "address": null})).await, 200);
        let mut tx = w.db.write().await.unwrap();
        vigie::mail::outbox_store::release_waiting(&mut tx, post.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(heard(w, &post, &server).await.len(), 0);
        let dropped = outbox(w).await.into_iter().find(|it| it.address == TEAM).unwrap();
        assert_eq!((dropped.state.as_str(), dropped.last_error.as_deref()), ("dropped", Some("no-reader")));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_category_says_another_one_and_a_transfer_tells_both(w) {
        let door = w.door().await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post(w).await, server.port);
        let category = blue(w).await;
        let made = door.asks("max", Method::POST, "/api/v1/departments/1/categories", r#"{"name":"Lamps"}"#).await;
        let made: Value = serde_json::from_str(&made.body).unwrap();
        let lamps = made["categories"].as_array().unwrap().iter().find(|it| it["name"] == "Lamps").unwrap()["id"].as_i64().unwrap();
        let said = json!({"alert": "always", "address": TEAM, "categories": [{"category": lamps, "alert": "release", "address": "lamps@nordet.example"}]});
        assert_eq!(says(&door, "max", said).await, 200);
        let ticket = opens(&door, lamps).await;
        let to = |mails: &[String]| {
            let to = |raw: &String| letter::parse::parse(raw.as_bytes()).to[0].email.clone();
            let mut all: Vec<String> = mails.iter().map(to).collect();
            all.sort();
            all
        };
        assert_eq!(to(&heard(w, &post, &server).await), ["lamps@nordet.example"]);
        let moves = door.programs("max", Method::POST, ticket, "/transfer", json!({"category": category, "message": "Not a lamp"})).await;
        assert_eq!(moves.status, 200, "{}", moves.body);
        assert_eq!(to(&heard(w, &post, &server).await), [TEAM], "where it was, it is not new");
        let back = door.programs("max", Method::POST, ticket, "/transfer", json!({"category": lamps, "message": "It is"})).await;
        assert_eq!(back.status, 200, "{}", back.body);
        assert_eq!(to(&heard(w, &post, &server).await), ["lamps@nordet.example", TEAM]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_keeps_the_department_says_it_and_mistakes_get_a_sentence(w) {
        let door = w.door().await;
        post(w).await;
        let category = blue(w).await;
        for (who, status) in [("ben", 403), ("cleo", 404), ("dora", 404)] {
            assert_eq!(says(&door, who, json!({"alert": "always", "address": TEAM})).await, status, "{who}");
        }
        let form = |version: i64, alert: &str, address: &str| format!("version={version}&alert={alert}&address={address}&alert-{category}=&address-{category}=");
        let version = |body: &str| body.split("name=\"version\" value=\"").nth(1).and_then(|it| it.split('"').next()).and_then(|it| it.parse::<i64>().ok()).unwrap();
        let page = door.gets("max", PAGE).await;
        let now = version(&page.body);
        for (alert, address, sentence) in [
            ("always", "", "the address to be told is missing"),
            ("never", TEAM, "it is told nothing"),
            ("always", "team", "“team” is not an e-mail address"),
            ("always", BLUE, "each notice would open a ticket"),
            ("sometimes", TEAM, "never, creation, release"),
        ] {
            let answer = door.asks("max", Method::POST, PAGE, &form(now, alert, address)).await;
            assert_eq!(answer.status, 422, "{address}: {}", answer.body);
            assert!(answer.body.contains(sentence), "{sentence}: {}", answer.body);
            assert!(answer.body.contains(&format!("value=\"{address}\"")), "what was typed stays: {}", answer.body);
        }
        assert_eq!(says(&door, "max", json!({"alert": "always", "address": "help+lamps@nordet.example"})).await, 422, "it comes to the same place");
        let elsewhere = json!({"alert": "never", "categories": [{"category": 999, "alert": "never"}]});
        assert_eq!(says(&door, "max", elsewhere).await, 422);
        assert_eq!(door.json("max", API).await["alert"], Value::Null, "nothing half done");
        let saved = door.asks("max", Method::POST, PAGE, &form(now, "always", TEAM)).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let stale = door.asks("max", Method::POST, PAGE, &form(now, "never", "")).await;
        assert_eq!(stale.status, 409);
        let said = door.json("max", API).await;
        assert_eq!((&said["alert"], &said["address"], &said["categories"][0]["alert"]), (&json!("always"), &json!(TEAM), &Value::Null), "{said}");
        let journal = door.gets("max", "/admin/journal?deed=monitoring_mailbox_changed").await;
        assert!(journal.body.contains("always team@nordet.example"), "{}", journal.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn somebody_who_is_erased_is_no_mailbox_any_more(w) {
        let door = w.door().await;
        let p = post(w).await;
        let category = blue(w).await;
        let new = json!({"name": "Zoe Zqxfeld", "email": "zoe@example.org", "portal": true});
        let made = door.asks("max", Method::POST, "/api/v1/people", &new.to_string()).await;
        let id = serde_json::from_str::<Value>(&made.body).unwrap()["id"].as_i64().unwrap();
        let said = json!({"alert": "always", "address": "zoe@example.org", "categories": [{"category": category, "alert": "always", "address": "zoe@example.org"}]});
        assert_eq!(says(&door, "max", said).await, 200);
        opens(&door, category).await;
        work(&p).await;
        assert!(told(w).await.contains(&"zoe monitoring_mailbox".to_owned()));
        let erases = json!({"name": "Zoe Zqxfeld"});
        let gone = door.asks("max", Method::POST, &format!("/api/v1/people/{id}/erasure"), &erases.to_string()).await;
        assert!(gone.status < 300, "{}", gone.body);
        assert!(!told(w).await.iter().any(|it| it.starts_with("zoe ")), "{:?}", told(w).await);
        let said = door.json("max", API).await;
        assert_eq!((&said["address"], &said["categories"][0]["address"]), (&Value::Null, &Value::Null), "{said}");
        door.closes().await;
    }
}
