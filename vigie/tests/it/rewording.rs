//! Putting one's own last words right: by whom, until when, and what stays of the former ones.

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use serde_json::{Value, json};
use vigie::tickets::TicketId;

use crate::browsing::{Answer, Door};
use crate::mail::{BLUE, deliver, letter, post, work};
use crate::world::World;

record! { struct Count { n: i64 } }

/// Writes on a ticket, and says the comment's number.
async fn writes(door: &Door, who: &str, ticket: TicketId, audience: &str, text: &str) -> i64 {
    let body = json!({"body": text, "audience": audience}).to_string();
    let path = format!("/api/v1/tickets/{ticket}/comments");
    let answer = door.asks(who, Method::POST, &path, &body).await;
    assert!(answer.status < 300, "{who}: {}", answer.body);
    let all = door.json(who, &path).await;
    let last = all["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["body"], text);
    last["id"].as_i64().unwrap()
}

async fn corrects(door: &Door, who: &str, ticket: TicketId, comment: i64, text: &str) -> Answer {
    let path = format!("/api/v1/tickets/{ticket}/comments/{comment}");
    let body = json!({"body": text}).to_string();
    door.asks(who, Method::PATCH, &path, &body).await
}

async fn words(door: &Door, who: &str, ticket: TicketId) -> Vec<String> {
    let all = door
        .json(who, &format!("/api/v1/tickets/{ticket}/comments"))
        .await;
    let bodies = all["items"].as_array().unwrap().iter();
    bodies
        .map(|c| c["body"].as_str().unwrap().to_owned())
        .collect()
}

/// How many mails were written in all.
async fn mails(w: &World) -> i64 {
    let query = system!(
        because = "a test looks at the table itself",
        "SELECT COUNT(*) AS n FROM outgoing_mails"
    );
    let count: Count = w.db.read().one(query).await.unwrap();
    count.n
}

on_both_engines! {
    async fn ones_last_words_are_put_right_and_the_former_stay_in_the_history(w) {
        let p = post(w).await;
        let door = w.door().await;
        let screen = w.ticket("screen");
        let comment = writes(&door, "ben", screen, "public", "The cable is at the gaurd.").await;
        work(&p).await;
        let before = mails(w).await;
        assert_eq!(corrects(&door, "ben", screen, comment, "The cable is at the guard.").await.status, 204);
        assert_eq!(words(&door, "dora", screen).await.last().unwrap(), "The cable is at the guard.");
        let history = door.json("ben", &format!("/api/v1/tickets/{screen}/events")).await;
        let line = history["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((line["kind"].as_str(), line["before"].as_str()), (Some("reworded"), Some("The cable is at the gaurd.")), "{line}");
        let comments = door.json("dora", &format!("/api/v1/tickets/{screen}/comments")).await;
        assert!(comments["items"].as_array().unwrap().last().unwrap()["edited_at"].is_string());
        // The page says so, to both sides; the agents' history holds the former words.
        for (who, path) in [("ben", format!("/tickets/{screen}")), ("dora", format!("/portal/tickets/{screen}"))] {
            let page = door.gets(who, &path).await;
            assert!(page.body.contains("corrected"), "{who}: {}", page.body);
            assert_eq!(page.body.contains("gaurd"), who == "ben", "{who}: {}", page.body);
        }
        // A correction is not news: nobody gets a mail of it.
        work(&p).await;
        assert!(before > 0, "the reply itself was mailed");
        assert_eq!(mails(w).await, before);
        // The same once more is nothing new.
        assert_eq!(corrects(&door, "ben", screen, comment, "The cable is at the guard.").await.status, 204);
        let again = door.json("ben", &format!("/api/v1/tickets/{screen}/events")).await;
        assert_eq!(again["items"].as_array().unwrap().len(), history["items"].as_array().unwrap().len());
        door.closes().await;
    }
}

on_both_engines! {
    async fn nobody_corrects_anothers_words_nor_words_that_were_answered(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let problem = |answer: &Answer| serde_json::from_str::<Value>(&answer.body).unwrap().to_string();
        let first = writes(&door, "ben", screen, "public", "Did you restart it?").await;
        let refused = corrects(&door, "dora", screen, first, "Ben is rude.").await;
        assert_eq!(refused.status, 403);
        assert!(problem(&refused).contains("Only the person who wrote"), "{}", refused.body);
        let hers = writes(&door, "dora", screen, "public", "Yes, twize.").await;
        let late = corrects(&door, "ben", screen, first, "Never mind.").await;
        assert_eq!(late.status, 403);
        assert!(problem(&late).contains("Somebody has written since"), "{}", late.body);
        // A note she cannot read does not keep her from it, and so does not tell her that it is there.
        writes(&door, "ben", screen, "staff", "She always says that.").await;
        assert_eq!(corrects(&door, "dora", screen, hers, "Yes, twice.").await.status, 204);
        for (number, status) in [(987_654_321, 404), (first, 403)] {
            assert_eq!(corrects(&door, "dora", screen, number, "x").await.status, status);
        }
        let payroll = w.ticket("payroll");
        assert_eq!(corrects(&door, "ben", payroll, first, "x").await.status, 404);
        assert_eq!(corrects(&door, "dora", screen, hers, "  ").await.status, 422);
        assert_eq!(words(&door, "dora", screen).await.last().unwrap(), "Yes, twice.");
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_came_by_mail_stays_as_it_was_received(w) {
        let door = w.door().await;
        let p = post(w).await;
        deliver(&p, BLUE, &letter("dora@nordet.example", BLUE, "Cold office", "", "It is cold.")).await;
        work(&p).await;
        let list = door.json("dora", "/api/v1/tickets?sort=-number").await;
        let ticket = TicketId(list["items"][0]["number"].as_i64().unwrap());
        let all = door.json("dora", &format!("/api/v1/tickets/{ticket}/comments")).await;
        let comment = all["items"][0]["id"].as_i64().unwrap();
        let refused = corrects(&door, "dora", ticket, comment, "It is warm.").await;
        assert_eq!(refused.status, 403);
        assert!(refused.body.contains("as it was received"), "{}", refused.body);
        let form = door.gets("dora", &format!("/portal/tickets/{ticket}/comments/{comment}/words")).await;
        assert_eq!(form.status, 403);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_form_from_before_a_change_comes_back_with_both_texts(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let comment = writes(&door, "ben", screen, "staff", "Ask the gaurd.").await;
        let address = format!("/tickets/{screen}/comments/{comment}/words");
        let page = door.gets("ben", &format!("/tickets/{screen}")).await;
        assert!(page.body.contains(&address), "the author finds the way to it");
        assert!(!door.gets("cleo", &format!("/tickets/{screen}")).await.body.contains(&address));
        let (_, version) = w.stands(screen).await;
        assert!(door.gets("ben", &address).await.body.contains("Ask the gaurd."));
        assert_eq!(door.asks("ben", Method::POST, &address, &format!("version={version}&body=")).await.status, 422);
        let stale = door.asks("ben", Method::POST, &address, &format!("version={}&body=Ask+the+guard.", version - 1)).await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("Ask the guard.") && stale.body.contains("Ask the gaurd."), "{}", stale.body);
        let saved = door.asks("ben", Method::POST, &address, &format!("version={version}&body=Ask+the+guard.")).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert_eq!(words(&door, "ben", screen).await.last().unwrap(), "Ask the guard.");
        door.closes().await;
    }
}
