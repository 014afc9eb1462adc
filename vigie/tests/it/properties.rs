//! What stands beside a ticket's thread: links and tags.

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use serde_json::json;
use vigie::tickets::TicketId;

use crate::browsing::{Answer, Door};
use crate::world::World;

record! { struct Count { n: i64 } }

impl Door {
    /// A program of somebody's writes to a ticket.
    pub async fn programs(
        &self,
        who: &str,
        method: Method,
        ticket: TicketId,
        rest: &str,
        body: serde_json::Value,
    ) -> Answer {
        let path = format!("/api/v1/tickets/{ticket}{rest}");
        self.asks(who, method, &path, &body.to_string()).await
    }

    /// Somebody sends a form of a ticket's page.
    pub async fn sends(&self, who: &str, ticket: TicketId, rest: &str, form: &str) -> Answer {
        let path = format!("/tickets/{ticket}{rest}");
        self.asks(who, Method::POST, &path, form).await
    }
}

async fn told_by_mail(w: &World, ticket: TicketId) -> i64 {
    let count: Count =
        w.db.read()
            .one(system!(
                because = "a test counts the post itself",
                "SELECT COUNT(*) AS n FROM outgoing_mails WHERE ticket_id = $1",
                ticket
            ))
            .await
            .unwrap();
    count.n
}

on_both_engines! {
    async fn a_link_is_read_from_both_ends_by_whoever_sees_both(w) {
        let door = w.door().await;
        let (printer, screen) = (w.ticket("printer"), w.ticket("screen"));
        let before = w.stands(printer).await;
        let body = json!({ "other": screen.0, "relation": "duplicate_of" });
        let made = door.programs("ben", Method::POST, printer, "/links", body.clone()).await;
        assert_eq!(made.status, 201, "{}", made.body);
        // Twice is once.
        assert_eq!(door.programs("ben", Method::POST, printer, "/links", body).await.status, 201);
        assert_eq!(w.stands(printer).await.1, before.1 + 1);
        let here = door.json("ben", &format!("/api/v1/tickets/{printer}/links")).await;
        assert_eq!(here["items"][0]["relation"], "duplicate_of");
        assert_eq!(here["items"].as_array().unwrap().len(), 1);
        // Dora asked for both: she sees the link from its other end, and not who works on it.
        let there = door.json("dora", &format!("/api/v1/tickets/{screen}/links")).await;
        assert_eq!(there["items"][0]["relation"], "duplicated_by");
        assert_eq!(there["items"][0]["ticket"], printer.0);
        let page = door.gets("ben", &format!("/tickets/{screen}")).await;
        assert!(page.body.contains("is duplicated by") && page.body.contains("The printer eats paper"));
        assert!(page.body.contains(&format!("/tickets/{screen}/links/{printer}/removal")));
        let history = door.gets("ben", &format!("/tickets/{printer}?show=history")).await;
        assert!(history.body.contains(&format!("linked ticket #{screen}")), "{}", history.body);
        assert_eq!(told_by_mail(w, printer).await, 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn linking_to_a_hidden_ticket_answers_as_to_one_that_never_was(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let mut answers = vec![];
        for other in [w.ticket("salary"), TicketId(987_654)] {
            let refused = door.sends("ben", printer, "/links", &format!("relation=relates_to&other=%23{other}&version=1")).await;
            assert_eq!(refused.status, 422);
            assert!(refused.body.contains("There is no ticket"), "{}", refused.body);
            assert!(!refused.body.contains("Augmentation"));
            // What was typed is kept.
            assert!(refused.body.contains(&format!("value=\"#{other}\"")));
            let program = door.programs("ben", Method::POST, printer, "/links", json!({ "other": other.0 })).await;
            assert_eq!(program.status, 422);
            let mut problem: serde_json::Value = serde_json::from_str(&program.body).unwrap();
            problem["request"] = "".into();
            answers.push(problem.to_string().replace(&other.to_string(), "N"));
        }
        assert_eq!(answers[0], answers[1]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_link_to_a_ticket_one_may_not_see_is_not_shown(w) {
        let door = w.door().await;
        let (printer, salary) = (w.ticket("printer"), w.ticket("salary"));
        let made = door.programs("ada", Method::POST, printer, "/links", json!({ "other": salary.0 })).await;
        assert_eq!(made.status, 201);
        for (who, ticket) in [("ben", printer), ("dora", printer), ("cleo", salary), ("fay", salary)] {
            let seen = door.json(who, &format!("/api/v1/tickets/{ticket}/links")).await;
            assert_eq!(seen["items"], json!([]), "{who}");
        }
        let page = door.gets("ben", &format!("/tickets/{printer}")).await;
        assert!(!page.body.contains("Augmentation"));
        // Nor can it be taken away by them; it answers as any ticket that is not there.
        assert_eq!(door.programs("ben", Method::DELETE, printer, &format!("/links/{salary}"), json!({})).await.status, 404);
        assert_eq!(door.programs("ada", Method::DELETE, printer, &format!("/links/{salary}"), json!({})).await.status, 204);
        let seen = door.json("ada", &format!("/api/v1/tickets/{printer}/links")).await;
        assert_eq!(seen["items"], json!([]));
        door.closes().await;
    }
}

on_both_engines! {
    async fn only_who_handles_an_open_ticket_links_and_tags_it(w) {
        let door = w.door().await;
        let (printer, badge) = (w.ticket("printer"), w.ticket("badge"));
        for who in ["vera", "dora"] {
            let link = door.programs(who, Method::POST, printer, "/links", json!({ "other": w.ticket("screen").0 })).await;
            assert_eq!(link.status, 403, "{who} {}", link.body);
            let tag = door.programs(who, Method::POST, printer, "/tags", json!({ "tags": ["mine"] })).await;
            assert_eq!(tag.status, 403, "{who}");
        }
        // A closed ticket takes tags, but no links.
        assert_eq!(door.programs("ben", Method::POST, badge, "/links", json!({ "other": printer.0 })).await.status, 403);
        assert_eq!(door.programs("ben", Method::POST, badge, "/tags", json!({ "tags": ["doors"] })).await.status, 201);
        let itself = door.programs("ben", Method::POST, printer, "/links", json!({ "other": printer.0 })).await;
        assert_eq!(itself.status, 422);
        let stale = door.asks("ben", Method::GET, &format!("/api/v1/tickets/{printer}"), "").await;
        assert_eq!(stale.status, 200);
        door.closes().await;
    }
}

on_both_engines! {
    async fn tags_are_words_of_the_staff_once_each(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let sent = door.sends("ben", printer, "/tags", "tags=Paper%2C%20second floor%2Cpaper&version=1").await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let again = door.programs("ben", Method::POST, printer, "/tags", json!({ "tags": ["PAPER"] })).await;
        let tags: serde_json::Value = serde_json::from_str(&again.body).unwrap();
        let names: Vec<&str> = tags["items"].as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Paper", "second floor"]);
        let page = door.gets("vera", &format!("/tickets/{printer}")).await;
        assert!(page.body.contains("second floor") && !page.body.contains("/tags/"), "read, not changed");
        // Neither the requester nor another department reads them, on the ticket or among the words offered.
        let hers = door.json("dora", &format!("/api/v1/tickets/{printer}/tags")).await;
        assert_eq!(hers["items"], json!([]));
        for who in ["dora", "cleo", "rob"] {
            for path in ["/api/v1/tags", "/api/v1/tags?text=pap"] {
                assert_eq!(door.json(who, path).await, json!([]), "{who} {path}");
            }
        }
        assert_eq!(door.json("ben", "/api/v1/tags?text=PAP").await, json!(["Paper"]));
        assert_eq!(door.json("gil", "/api/v1/tags").await, json!(["Paper", "second floor"]));
        let id = tags["items"][0]["id"].as_i64().unwrap();
        assert_eq!(door.sends("ben", printer, &format!("/tags/{id}/removal"), "version=1").await.status, 303);
        // Already gone is a quiet success.
        assert_eq!(door.programs("ben", Method::DELETE, printer, &format!("/tags/{id}"), json!({})).await.status, 204);
        let history = door.gets("ben", &format!("/tickets/{printer}?show=history")).await;
        assert!(history.body.contains("added the tags Paper, second floor") && history.body.contains("removed the tag Paper"));
        assert!(!door.gets("dora", &format!("/portal/tickets/{printer}")).await.body.contains("second floor"));
        assert_eq!(told_by_mail(w, printer).await, 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_form_of_tags_that_is_refused_comes_back_with_what_was_typed(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let long = "x".repeat(41);
        let refused = door.sends("ben", printer, "/tags", &format!("tags=ok,{long}&version=1")).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(&format!("value=\"ok,{long}\"")) && refused.body.contains("at most 40 characters"));
        let none = door.json("ben", &format!("/api/v1/tickets/{printer}/tags")).await;
        assert_eq!(none["items"], json!([]), "nothing half done");
        let many: Vec<String> = (0..21).map(|n| format!("t{n}")).collect();
        let refused = door.programs("ben", Method::POST, printer, "/tags", json!({ "tags": many })).await;
        assert_eq!(refused.status, 422);
        door.closes().await;
    }
}

record! { struct Address { address: String } }

/// Who is mailed about a ticket from now on, once everything announced is written.
pub async fn mails(w: &World, post: &vigie::mail::post::Post, ticket: TicketId) -> Vec<String> {
    crate::mail::work(post).await;
    let mails: Vec<Address> = w
        .db
        .read()
        .all(system!(
            because = "a test looks at the post itself",
            "SELECT address FROM outgoing_mails WHERE ticket_id = $1 AND state <> 'dropped' ORDER BY id",
            ticket
        ))
        .await
        .unwrap();
    let names = mails
        .into_iter()
        .map(|m| m.address.split('@').next().unwrap().to_owned());
    names.collect()
}

on_both_engines! {
    async fn a_holder_changes_properties_and_the_history_says_before_and_after(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let version = w.stands(screen).await.1;
        let sent = door.sends("ben", screen, "/priority", &format!("priority=urgent&version={version}&was=normal")).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        // The same form twice is one change, although its version is old by then.
        assert_eq!(door.sends("ben", screen, "/priority", &format!("priority=urgent&version={version}&was=normal")).await.status, 303);
        assert_eq!(w.stands(screen).await.1, version + 1);
        let changed = door.programs("ben", Method::PATCH, screen, "", json!({ "subject": "  Black   at dawn ", "origin": "phone" })).await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        let item: serde_json::Value = serde_json::from_str(&changed.body).unwrap();
        assert_eq!((item["subject"].as_str(), item["priority"].as_i64()), (Some("Black at dawn"), Some(5)));
        let events = door.json("dora", &format!("/api/v1/tickets/{screen}/events")).await;
        let told: Vec<(&str, &str, &str)> = events["items"].as_array().unwrap().iter()
            .filter(|e| e["kind"].as_str().unwrap().ends_with("_changed"))
            .map(|e| (e["kind"].as_str().unwrap(), e["before"].as_str().unwrap(), e["after"].as_str().unwrap())).collect();
        assert_eq!(told, [("priority_changed", "3", "5"), ("subject_changed", "Écran noir au réveil", "Black at dawn"), ("origin_changed", "portal", "phone")]);
        let page = door.gets("ben", &format!("/tickets/{screen}?show=history")).await;
        assert!(page.body.contains("changed the priority") && page.body.contains("changed the origin"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_property_somebody_saved_first_shows_both_values(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let version = w.stands(screen).await.1;
        assert_eq!(door.programs("max", Method::PATCH, screen, "", json!({ "priority": 1 })).await.status, 200);
        let late = door.sends("ben", screen, "/priority", &format!("priority=urgent&version={version}&was=normal")).await;
        assert_eq!(late.status, 409, "{}", late.body);
        assert!(late.body.contains("value=\"very-low\"") && late.body.contains("value=\"urgent\" checked"), "{}", late.body);
        assert!(late.body.contains("Max") && late.body.contains("changed the priority"));
        let program = door.asks("ben", Method::PATCH, &format!("/api/v1/tickets/{screen}"), r#"{"priority":9}"#).await;
        assert_eq!(program.status, 422);
        // All or nothing: the second is wrong, so the first is not done either.
        let half = door.programs("ben", Method::PATCH, screen, "", json!({ "subject": "Half", "priority": 9 })).await;
        assert_eq!(half.status, 422);
        let item = door.json("ben", &format!("/api/v1/tickets/{screen}")).await;
        assert_eq!((item["subject"].as_str(), item["priority"].as_i64()), (Some("Écran noir au réveil"), Some(1)));
        door.closes().await;
    }
}

on_both_engines! {
    async fn each_property_is_changed_by_those_it_belongs_to(w) {
        let door = w.door().await;
        let (screen, badge) = (w.ticket("screen"), w.ticket("badge"));
        // Dora asked for the screen; she changes what she asked for, not how it came in or who asked.
        for (body, status) in [
            (json!({ "subject": "My screen" }), 200),
            (json!({ "priority": 4 }), 200),
            (json!({ "origin": "phone" }), 403),
            (json!({ "requester": "emil" }), 403),
        ] {
            assert_eq!(door.programs("dora", Method::PATCH, screen, "", body.clone()).await.status, status, "{body}");
        }
        // Of a closed ticket the subject only; who was let in, and who only looks, nothing.
        assert_eq!(door.programs("emil", Method::PATCH, badge, "", json!({ "priority": 4 })).await.status, 403);
        assert_eq!(door.programs("emil", Method::PATCH, badge, "", json!({ "subject": "My door" })).await.status, 200);
        for who in ["dora", "vera"] {
            assert_eq!(door.programs(who, Method::PATCH, badge, "", json!({ "subject": "No" })).await.status, 403, "{who}");
        }
        // A colleague who does not hold it changes nothing; an administrator does.
        let cable = w.ticket("cable");
        assert_eq!(door.programs("ben", Method::PATCH, cable, "", json!({ "priority": 4 })).await.status, 403);
        assert_eq!(door.programs("ada", Method::PATCH, cable, "", json!({ "requester": "emil" })).await.status, 200);
        let page = door.gets("ben", &format!("/tickets/{cable}")).await;
        assert!(!page.body.contains(&format!("/tickets/{cable}/priority")), "what cannot apply is absent");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_new_requester_sees_the_ticket_and_the_one_before_only_when_they_stay(w) {
        let door = w.door().await;
        let (screen, badge) = (w.ticket("screen"), w.ticket("badge"));
        let post = crate::mail::post(w).await;
        let version = w.stands(screen).await.1;
        let unknown = door.sends("ben", screen, "/requester", &format!("requester=nobody-here&version={version}")).await;
        assert_eq!(unknown.status, 422);
        assert!(unknown.body.contains("Nobody is known as “nobody-here”") && unknown.body.contains("value=\"nobody-here\""));
        let sent = door.sends("ben", screen, "/requester", &format!("requester=fay%40nordet.example&version={version}")).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert_eq!(door.gets("dora", &format!("/portal/tickets/{screen}")).await.status, 404);
        assert_eq!(door.gets("fay", &format!("/portal/tickets/{screen}")).await.status, 200);
        assert_eq!(mails(w, &post, screen).await, ["fay"], "the new requester gets the acknowledgement, nobody else");
        let history = door.gets("ben", &format!("/tickets/{screen}?show=history")).await;
        assert!(history.body.contains("Dora") && history.body.contains("Fay"));
        // Dora was let in to the badge; now it is hers, and Emil stays.
        assert_eq!(door.programs("ben", Method::POST, badge, "/reopening", json!({})).await.status, 200);
        let kept = door.programs("ben", Method::PATCH, badge, "", json!({ "requester": "dora", "keep_requester": true })).await;
        assert_eq!(kept.status, 200, "{}", kept.body);
        let people = door.json("ben", &format!("/api/v1/tickets/{badge}/participants")).await;
        let names: Vec<&str> = people["invitees"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Emil"]);
        door.closes().await;
    }
}

async fn with_file(w: &World, door: &Door, audience: &str, words: &str) -> (TicketId, i64, String) {
    let screen = w.ticket("screen");
    let content = data_encoding::BASE64.encode(words.as_bytes());
    let body = json!({ "audience": audience, "body": "See", "files": [{ "name": "secret.txt", "content": content }] });
    assert_eq!(
        door.programs("ben", Method::POST, screen, "/comments", body)
            .await
            .status,
        201
    );
    let comments = door
        .json("ben", &format!("/api/v1/tickets/{screen}/comments"))
        .await;
    let last = comments["items"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    let digest = blake3::hash(words.as_bytes()).to_hex().to_string();
    (
        screen,
        last["attachments"][0]["id"].as_i64().unwrap(),
        digest,
    )
}

on_both_engines! {
    async fn a_file_taken_off_is_gone_and_its_bytes_go_when_nothing_names_them(w) {
        let door = w.door().await;
        let (screen, first, digest) = with_file(w, &door, "public", "the password").await;
        let (_, second, _) = with_file(w, &door, "public", "the password").await;
        let run = |job| vigie::jobs::run(door.app.clone(), job);
        let later = async || {
            w.clock.advance(kit::clock::Span::minutes(11));
            kit::jobs::run_due(&w.db, &w.clock, &kit::ids::Dice::seeded(3), &run).await.unwrap();
            while kit::jobs::run_due(&w.db, &w.clock, &kit::ids::Dice::seeded(3), &run).await.unwrap() > 0 {}
        };
        // The requester, through the portal.
        let gone = door.asks("dora", Method::POST, &format!("/portal/tickets/{screen}/attachments/{first}/removal"), "version=1").await;
        assert_eq!(gone.status, 303, "{}", gone.body);
        assert_eq!(door.gets("ben", &format!("/tickets/{screen}/attachments/{first}")).await.status, 404);
        later().await;
        assert!(door.app.files.fetch(&digest).await.is_ok(), "the other file still names them");
        assert_eq!(door.programs("ben", Method::DELETE, screen, &format!("/attachments/{second}"), json!({})).await.status, 204);
        // Already gone is a quiet success.
        assert_eq!(door.programs("ben", Method::DELETE, screen, &format!("/attachments/{second}"), json!({})).await.status, 204);
        later().await;
        assert!(door.app.files.fetch(&digest).await.is_err(), "nothing names them any more");
        let history = door.gets("dora", &format!("/api/v1/tickets/{screen}/events")).await;
        assert_eq!(history.body.matches("attachment_deleted").count(), 2);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_file_on_a_note_is_taken_off_by_staff_and_leaves_no_word_to_the_requester(w) {
        let door = w.door().await;
        let (screen, file, _) = with_file(w, &door, "staff", "between us").await;
        assert_eq!(door.programs("vera", Method::DELETE, screen, &format!("/attachments/{file}"), json!({})).await.status, 403);
        // To the requester it was never there.
        assert_eq!(door.programs("dora", Method::DELETE, screen, &format!("/attachments/{file}"), json!({})).await.status, 204);
        assert_eq!(door.gets("ben", &format!("/tickets/{screen}/attachments/{file}")).await.status, 200);
        let page = door.gets("ben", &format!("/tickets/{screen}")).await;
        assert!(page.body.contains(&format!("/tickets/{screen}/attachments/{file}/removal")));
        assert_eq!(door.sends("ben", screen, &format!("/attachments/{file}/removal"), "version=1").await.status, 303);
        let hers = door.gets("dora", &format!("/api/v1/tickets/{screen}/events")).await;
        assert!(!hers.body.contains("secret.txt"), "{}", hers.body);
        let his = door.gets("ben", &format!("/tickets/{screen}?show=history")).await;
        assert!(his.body.contains("deleted the attachment secret.txt"));
        door.closes().await;
    }
}
