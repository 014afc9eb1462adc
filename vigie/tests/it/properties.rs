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
