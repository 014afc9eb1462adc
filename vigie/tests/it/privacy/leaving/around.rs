//! What stands around a ticket that goes: merged ones, its address, counts.

use vigie::routes;
use vigie::tickets::handling::clockwork;

use super::*;
use crate::house::probes::plain;
use crate::search::{finds, keeps_up};

on_both_engines! {
    async fn a_ticket_goes_so_long_after_it_was_archived_and_no_other_ticket_does(w) {
        let door = w.door().await;
        let leave = w.ticket("leave");
        // It rested for longer than any rule says before the clock came to archive it.
        w.clock.advance(Span::days(200));
        assert_eq!(clockwork::archive(&w.db, w.now()).await.unwrap(), 2, "what was approved, and a closure nobody answered");
        assert_eq!(w.stands(leave).await.0, "archived");
        w.clock.advance(Span::days(29));
        assert_eq!(runs(w).await, 0, "nobody said so");
        says(&door, 30).await;
        assert_eq!((counted(&door, 30).await, runs(w).await), (0, 0), "29 days are not thirty");
        w.clock.advance(Span::days(1));
        assert_eq!(counted(&door, 31).await, 0);
        assert_eq!((counted(&door, 30).await, runs(w).await), (2, 2));
        assert_eq!(runs(w).await, 0, "a second run finds nothing");
        for (name, ticket) in w.tickets() {
            assert_eq!(is_there(w, ticket).await, !matches!(name, "leave" | "badge"), "{name}: open tickets stay");
        }
        // Its number is never given again.
        let new = json!({"subject": "The next", "body": "x", "category": 1}).to_string();
        let new = door.asks("dora", Method::POST, "/api/v1/tickets", &new).await;
        let new: serde_json::Value = serde_json::from_str(&new.body).unwrap();
        let highest = w.tickets().map(|(_, ticket)| ticket.0).max();
        assert!(new["number"].as_i64() > highest, "{new}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_number_that_went_is_not_given_to_the_next(w) {
        let door = w.door().await;
        let highest = w.tickets().map(|(_, ticket)| ticket).max_by_key(|ticket| ticket.0).unwrap();
        archives(w, highest, 40).await;
        says(&door, 30).await;
        assert_eq!(runs(w).await, 1);
        let new = json!({"subject": "The next", "body": "x", "category": 1}).to_string();
        let new = door.asks("dora", Method::POST, "/api/v1/tickets", &new).await;
        let new: serde_json::Value = serde_json::from_str(&new.body).unwrap();
        assert_eq!(new["number"].as_i64(), Some(highest.0 + 1), "{new}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_merged_ticket_goes_with_the_one_that_has_its_words_and_not_before(w) {
        let door = w.door().await;
        let (badge, screen) = (w.ticket("badge"), w.ticket("screen"));
        let merge = json!({"into": screen.0, "let_requester_in": false, "let_others_in": false}).to_string();
        let merged = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{badge}/merge"), &merge).await;
        assert_eq!(merged.status, 200, "{}", merged.body);
        w.clock.advance(Span::days(400));
        says(&door, 30).await;
        assert_eq!((counted(&door, 30).await, runs(w).await), (0, 0), "its words live");
        let led = door.gets("ben", &format!("/tickets/{badge}")).await;
        assert_eq!(led.location(), format!("/tickets/{screen}"));
        archives(w, screen, 31).await;
        assert_eq!((counted(&door, 30).await, runs(w).await), (2, 2));
        assert!(!is_there(w, badge).await && !is_there(w, screen).await);
        assert_eq!(door.gets("ben", &format!("/tickets/{badge}")).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_that_was_split_off_lives_without_the_one_it_came_from_and_the_other_way(w) {
        let door = w.door().await;
        let (badge, screen) = (w.ticket("badge"), w.ticket("screen"));
        let splits = async |from: TicketId, said: &str| {
            let words = json!({"audience": "public", "body": said}).to_string();
            let said = door.asks("dora", Method::POST, &format!("/api/v1/tickets/{from}/comments"), &words).await;
            let said: serde_json::Value = serde_json::from_str(&said.body).unwrap();
            let wish = json!({"comment": said["id"], "subject": "Apart"}).to_string();
            let split = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{from}/split"), &wish).await;
            assert_eq!(split.status, 201, "{}", split.body);
            let split: serde_json::Value = serde_json::from_str(&split.body).unwrap();
            TicketId(split["number"].as_i64().unwrap())
        };
        let (stays, goes) = (splits(badge, "canary words").await, splits(screen, "other words").await);
        archives(w, badge, 31).await;
        archives(w, goes, 31).await;
        says(&door, 30).await;
        assert_eq!(runs(w).await, 2);
        let shown = door.gets("ben", &format!("/tickets/{stays}")).await;
        assert!(shown.status == 200 && shown.body.contains("canary words"), "{}", shown.body);
        assert!(!shown.body.contains(&format!("href=\"/tickets/{badge}\"")), "no link to nothing: {}", shown.body);
        let shown = door.gets("ben", &format!("/tickets/{screen}")).await;
        assert!(shown.status == 200 && shown.body.contains(&format!("made a message ticket #{goes}")), "{}", shown.body);
        assert!(!shown.body.contains(&format!("href=\"/tickets/{goes}\"")), "no link to nothing: {}", shown.body);
        for (ticket, part) in [(stays, "links"), (screen, "links"), (screen, "events"), (stays, "comments")] {
            let read = door.gets("ben", &format!("/api/v1/tickets/{ticket}/{part}")).await;
            assert_eq!(read.status, 200, "{part}: {}", read.body);
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_address_of_a_ticket_that_went_answers_like_one_that_never_was_byte_for_byte(w) {
        let door = w.door().await;
        let (gone, never) = (w.ticket("printer"), 987_654);
        archives(w, gone, 40).await;
        says(&door, 30).await;
        assert_eq!(runs(w).await, 1);
        let mut asked = 0;
        for route in routes::all().into_iter().filter(|route| route.path.contains("/tickets/{number}")) {
            let at = |number: i64| {
                let path = route.path.replace("{number}", &number.to_string());
                let parts: Vec<&str> = path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect();
                parts.join("/")
            };
            let body = match route.path.starts_with("/api/") {
                true => "{}",
                false => "version=1",
            };
            for who in ["ada", "ben", "vera", "dora", "emil", "nobody"] {
                let ask = async |number: i64| plain(&door.asks(who, route.method.clone(), &at(number), body).await, &at(number));
                let (of_gone, of_never) = (ask(gone.0).await, ask(never).await);
                assert!(of_gone.status >= 300 && of_gone.status < 500, "{who} {} {}: {}", route.method, route.path, of_gone.body);
                assert_eq!(of_gone, of_never, "{who} {} {}", route.method, route.path);
                asked += 1;
            }
        }
        assert!(asked > 500, "{asked}");
        for (who, path) in [("ada", "/tickets/"), ("ben", "/api/v1/tickets/"), ("dora", "/portal/tickets/"), ("dora", "/api/v1/tickets/")] {
            assert_eq!(door.gets(who, &format!("{path}{gone}")).await.status, 404, "{who} {path}");
        }
        door.closes().await;
    }
}

record! {
    #[derive(Debug, PartialEq, Eq)]
    struct Counted { department_id: i64, confidential: i64, holder: i64, state: String, n: i64 }
}

/// What is kept as counts, and what counting comes to.
async fn kept_and_counted(w: &World) -> (Vec<Counted>, Vec<Counted>) {
    let mut db = w.db.read();
    let kept = db.all(kit::global!(
        "SELECT department_id, confidential, holder, state, n FROM ticket_counts WHERE n <> 0 ORDER BY 1, 2, 3, 4"
    ));
    let kept = kept.await.unwrap();
    let counted = db.all(system!(
        because = "a test looks at the table itself",
        "SELECT t.department_id, COALESCE(t.confidential_id, 0) AS confidential, COALESCE(t.assignee_id, 0) AS holder, \
         t.state, COUNT(*) AS n FROM tickets t GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
    ));
    (kept, counted.await.unwrap())
}

on_both_engines! {
    async fn counts_searches_cards_and_activity_are_those_of_what_is_left(w) {
        let door = w.door().await;
        for ticket in ["printer", "screen"] {
            let words = json!({"audience": "public", "body": "zanzibar"}).to_string();
            let said = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{}/comments", w.ticket(ticket)), &words).await;
            assert_eq!(said.status, 201, "{}", said.body);
        }
        let (gone, kept) = (w.ticket("printer"), w.ticket("screen"));
        archives(w, gone, 40).await;
        archives(w, w.ticket("salary"), 40).await;
        keeps_up(w).await;
        let replies = async || {
            let all = door.json("ada", "/api/v1/activity").await;
            let ben = all["items"].as_array().unwrap().iter().find(|it| it["name"] == "Ben").cloned().unwrap();
            ben["replies"].as_i64().unwrap()
        };
        let card = format!("/people/{}", w.person("dora"));
        assert_eq!((replies().await, finds(&door, "ada", "zanzibar").await.len()), (2, 2));
        assert!(door.gets("ben", &card).await.body.contains("eats paper"));
        says(&door, 30).await;
        assert_eq!(runs(w).await, 2);
        // Before the indexer comes by, and after.
        assert_eq!(finds(&door, "ada", "zanzibar").await, [kept.0]);
        keeps_up(w).await;
        assert_eq!(finds(&door, "ada", "zanzibar").await, [kept.0]);
        assert_eq!(replies().await, 1, "activity is made of the history that there is");
        let shown = door.gets("ben", &card).await;
        assert!(shown.status == 200 && !shown.body.contains("eats paper"), "{}", shown.body);
        for list in ["/api/v1/tickets?limit=200", "/api/v1/tickets?limit=200&stage=archived"] {
            let listed = door.json("ada", list).await;
            assert!(!listed["items"].as_array().unwrap().iter().any(|it| it["number"] == gone.0), "{listed}");
        }
        let (kept, counted) = kept_and_counted(w).await;
        assert_eq!(kept, counted);
        door.closes().await;
    }
}
