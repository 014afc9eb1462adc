//! The same deed on many tickets: what is refused is named and changes nothing, the rest is done.

use axum::http::Method;
use kit::clock::Span;
use serde_json::{Value, json};

use crate::browsing::Door;
use crate::world::World;

async fn run(door: &Door, who: &str, deed: &str, tickets: &[(i64, Option<i64>)]) -> Value {
    let tickets: Vec<Value> = tickets
        .iter()
        .map(|(number, version)| json!({"number": number, "version": version}))
        .collect();
    let body = json!({"deed": deed, "tickets": tickets, "text": "vpn, printer"}).to_string();
    let answer = door.asks(who, Method::POST, "/api/v1/bulk", &body).await;
    assert_eq!(answer.status, 200, "{who} {deed}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn outcome<'a>(w: &World, run: &'a Value, name: &str) -> (&'a str, &'a str) {
    let number = w.ticket(name).0;
    let rows = run["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["number"] == number).unwrap();
    (
        row["outcome"].as_str().unwrap(),
        row["reason"].as_str().unwrap_or_default(),
    )
}

on_both_engines! {
    async fn what_is_refused_is_named_and_changes_nothing(w) {
        let door = w.door().await;
        let number = |name: &str| (w.ticket(name).0, None);
        let before = w.stands(w.ticket("payroll")).await;
        let (_, version) = w.stands(w.ticket("cable")).await;
        let tickets = [
            number("printer"),
            number("screen"),
            number("badge"),
            number("payroll"),
            number("own"),
            (w.ticket("cable").0, Some(version - 1)),
            (987_654_321, None),
        ];
        let done = run(&door, "ben", "take", &tickets).await;
        assert_eq!(outcome(w, &done, "printer"), ("done", ""));
        assert_eq!(outcome(w, &done, "screen"), ("already", ""));
        assert_eq!(outcome(w, &done, "badge"), ("already", ""));
        assert_eq!(outcome(w, &done, "payroll"), ("missing", ""));
        assert_eq!(outcome(w, &done, "own"), ("refused", "right-take-free-ticket"));
        assert_eq!(outcome(w, &done, "cable"), ("changed", ""));
        let never = done["rows"].as_array().unwrap().iter().find(|row| row["number"] == 987_654_321).unwrap();
        assert_eq!(never["outcome"], "missing", "like what never was");
        assert_eq!(w.stands(w.ticket("payroll")).await, before);
        assert_eq!(w.stands(w.ticket("printer")).await.0, "in_progress");
        // The report is its doer's own, and says why in words.
        let id = &done["id"];
        let report = door.gets("ben", &format!("/bulk/{id}")).await;
        assert!(report.body.contains("take a free ticket") && report.body.contains("Not found"), "{}", report.body);
        assert!(!report.body.contains("Someone reads my payslip"));
        assert_eq!(door.gets("max", &format!("/bulk/{id}")).await.status, 404);
        assert_eq!(door.gets("max", &format!("/api/v1/bulk/{id}")).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_was_done_is_taken_back_where_nobody_changed_it_since(w) {
        let door = w.door().await;
        let (printer, cable) = (w.ticket("printer"), w.ticket("cable"));
        let done = run(&door, "ben", "take", &[(printer.0, None), (cable.0, None)]).await;
        assert_eq!(done["is_undoable"], true);
        let undo = format!("/api/v1/bulk/{}/undoing", done["id"]);
        assert_eq!(door.asks("max", Method::POST, &undo, "{}").await.status, 404);
        let answer = door.asks("ben", Method::POST, &undo, "{}").await;
        let undone: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(outcome(w, &undone, "printer"), ("undone", ""));
        assert_eq!(outcome(w, &undone, "cable"), ("done", "fault-not-assignable"), "it was Max’s, who does not work in Blue");
        assert_eq!(w.stands(printer).await.0, "free");
        // Again is a quiet success.
        assert_eq!(door.asks("ben", Method::POST, &undo, "{}").await.status, 200);

        // Somebody wrote meanwhile: it stays as it is.
        let done = run(&door, "ben", "take", &[(printer.0, None)]).await;
        let body = r#"{"audience":"public","body":"Thanks"}"#;
        assert_eq!(door.asks("dora", Method::POST, &format!("/api/v1/tickets/{printer}/comments"), body).await.status, 201);
        let answer = door.asks("ben", Method::POST, &format!("/api/v1/bulk/{}/undoing", done["id"]), "{}").await;
        let undone: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(outcome(w, &undone, "printer"), ("done", "rule-undo-changed"));
        assert_eq!(w.stands(printer).await.0, "in_progress");

        // Tags come off again, only those that were put on.
        let done = run(&door, "ben", "tag", &[(printer.0, None)]).await;
        let tags = async || door.json("ben", &format!("/api/v1/tickets/{printer}/tags")).await.to_string();
        assert!(tags().await.contains("vpn"));
        door.asks("ben", Method::POST, &format!("/api/v1/bulk/{}/undoing", done["id"]), "{}").await;
        assert!(!tags().await.contains("vpn"));

        // Too late, and what mailed somebody, is not taken back.
        let done = run(&door, "ben", "release", &[(printer.0, None)]).await;
        w.clock.advance(Span::minutes(2));
        let answer = door.asks("ben", Method::POST, &format!("/api/v1/bulk/{}/undoing", done["id"]), "{}").await;
        assert_eq!(answer.status, 403);
        let done = run(&door, "ben", "close", &[(printer.0, None), (w.ticket("screen").0, None)]).await;
        assert_eq!((outcome(w, &done, "printer").0, outcome(w, &done, "screen").0), ("done", "done"));
        assert_eq!(done["is_undoable"], false);
        let answer = door.asks("ben", Method::POST, &format!("/api/v1/bulk/{}/undoing", done["id"]), "{}").await;
        assert_eq!(answer.status, 403);
        door.closes().await;
    }
}

on_both_engines! {
    async fn many_are_done_by_plain_boxes_and_sending_twice_is_once(w) {
        let door = w.door().await;
        let form = async |body: &str| door.asks("ben", Method::POST, "/bulk", body).await;
        let printer = w.ticket("printer");
        let (_, version) = w.stands(printer).await;
        let take = format!("deed=take&ticket={printer}.{version}&once=abc&return_to=/tickets?view=open");
        let answer = form(&take).await;
        assert!(answer.location().starts_with("/tickets?view=open&done="), "{}", answer.location());
        let again = form(&take).await;
        assert_eq!(again.location(), answer.location());
        assert_eq!(w.stands(printer).await.1, version + 1);
        let list = door.gets("ben", answer.location()).await;
        assert!(list.body.contains("You took 1 ticket.") && list.body.contains("/undoing"), "{}", list.body);
        // A closure is asked first, and keeps the boxes; words are needed for tags.
        let step = form(&format!("deed=close&ticket={printer}")).await;
        assert_eq!(step.status, 200);
        assert!(step.body.contains(&format!("name=\"ticket\" value=\"{printer}\"")));
        let step = form(&format!("deed=tag&said=1&text=&ticket={printer}")).await;
        assert_eq!(step.status, 422);
        assert_eq!(form("deed=take").await.status, 422);
        assert_eq!(form("deed=explode&ticket=1").await.status, 422);
        // Refused ones lead to the report instead.
        let mixed = form(&format!("deed=take&ticket={}&return_to=/tickets", w.ticket("own"))).await;
        assert!(mixed.location().starts_with("/bulk/"), "{}", mixed.location());
        // Customers have no such thing.
        let customer = door.asks("dora", Method::POST, "/api/v1/bulk", r#"{"deed":"take","tickets":[]}"#).await;
        assert_eq!(customer.status, 403);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_priority_is_given_to_many_and_taken_back(w) {
        let door = w.door().await;
        let (screen, payroll) = (w.ticket("screen").0, w.ticket("payroll").0);
        let priority = async || door.json("ben", &format!("/api/v1/tickets/{screen}")).await["priority"].as_i64();
        let body = json!({"deed": "priority", "text": "9", "tickets": [{"number": screen}]}).to_string();
        assert_eq!(door.asks("ben", Method::POST, "/api/v1/bulk", &body).await.status, 422);
        let body = json!({"deed": "priority", "text": "5", "tickets": [{"number": screen}, {"number": payroll}]}).to_string();
        let answer = door.asks("ben", Method::POST, "/api/v1/bulk", &body).await;
        let done: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!((outcome(w, &done, "screen").0, outcome(w, &done, "payroll").0), ("done", "missing"));
        assert_eq!(priority().await, Some(5));
        door.asks("ben", Method::POST, &format!("/api/v1/bulk/{}/undoing", done["id"]), "{}").await;
        assert_eq!(priority().await, Some(3));
        // By plain boxes it is asked which.
        let step = door.asks("ben", Method::POST, "/bulk", &format!("deed=priority&ticket={screen}")).await;
        assert_eq!(step.status, 200);
        assert!(step.body.contains("<option value=\"5\""), "{}", step.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn many_are_given_to_a_colleague_each_by_its_own_rule(w) {
        let door = w.door().await;
        let (rob, cleo) = (w.person("rob"), w.person("cleo"));
        let body = |who: vigie::people::PersonId| {
            let tickets: Vec<Value> = ["printer", "screen", "own"].iter().map(|name| json!({"number": w.ticket(name).0})).collect();
            json!({"deed": "assign", "text": who.to_string(), "tickets": tickets}).to_string()
        };
        let answer = door.asks("ben", Method::POST, "/api/v1/bulk", &body(cleo)).await;
        let refused: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(outcome(w, &refused, "printer"), ("refused", "fault-not-assignable"), "Cleo does not work in Blue");
        assert_eq!(w.stands(w.ticket("printer")).await.0, "free", "nothing is half done");
        let answer = door.asks("ben", Method::POST, "/api/v1/bulk", &body(rob)).await;
        let done: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!((outcome(w, &done, "printer").0, outcome(w, &done, "screen").0), ("done", "done"));
        assert_eq!(outcome(w, &done, "own").0, "refused");
        // Taken back: what was Ben’s is his again.
        let answer = door.asks("ben", Method::POST, &format!("/api/v1/bulk/{}/undoing", done["id"]), "{}").await;
        let undone: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(outcome(w, &undone, "screen").0, "undone");
        let step = door.asks("ben", Method::POST, "/bulk", &format!("deed=assign&ticket={}", w.ticket("printer"))).await;
        assert!(step.body.contains(">Rob</option>") && !step.body.contains(">Cleo</option>"), "{}", step.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn many_are_merged_into_one_and_each_is_given_back(w) {
        let door = w.door().await;
        let (badge, screen) = (w.ticket("badge"), w.ticket("screen"));
        let state = async |name: &str| w.stands(w.ticket(name)).await.0;
        let before = state("badge").await;
        let body = |into: &str| {
            let tickets: Vec<Value> = ["badge", "screen", "payroll"].iter().map(|name| json!({"number": w.ticket(name).0})).collect();
            json!({"deed": "merge", "text": into, "tickets": tickets}).to_string()
        };
        for nowhere in ["", "x", "987654321", &w.ticket("payroll").to_string()] {
            let refused = door.asks("ben", Method::POST, "/api/v1/bulk", &body(nowhere)).await;
            assert_eq!(refused.status, 422, "{nowhere}: {}", refused.body);
        }
        assert_eq!(state("badge").await, before, "nothing is half done");
        let answer = door.asks("ben", Method::POST, "/api/v1/bulk", &body(&format!("#{screen}"))).await;
        let done: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(outcome(w, &done, "badge").0, "done");
        assert_eq!(outcome(w, &done, "screen").0, "already", "it is the one that goes on");
        assert_eq!(outcome(w, &done, "payroll").0, "missing");
        assert_eq!(state("badge").await, "merged");
        assert_eq!(door.json("ben", &format!("/api/v1/tickets/{badge}")).await["merged_into"], screen.0);
        // Nobody newly reads anything unless that was said.
        let reads = async |who: &str| door.gets(who, &format!("/api/v1/tickets/{screen}")).await.status;
        assert_eq!(reads("emil").await, 404, "he asked for the badge, and does not read what others wrote");
        let answer = door.asks("ben", Method::POST, &format!("/api/v1/bulk/{}/undoing", done["id"]), "{}").await;
        let undone: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(outcome(w, &undone, "badge").0, "undone");
        assert_eq!(state("badge").await, before);
        let with = body(&screen.to_string()).replace(r#""deed""#, r#""let_in":true,"deed""#);
        assert_eq!(door.asks("ben", Method::POST, "/api/v1/bulk", &with).await.status, 200);
        assert_eq!(reads("emil").await, 200);
        // By plain boxes the oldest is offered as the one that goes on.
        let step = door.asks("ben", Method::POST, "/bulk", &format!("deed=merge&ticket={screen}&ticket={badge}")).await;
        let oldest = badge.min(screen);
        assert!(step.body.contains(&format!("value=\"{oldest}\" autocomplete")), "{}", step.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn many_are_put_off_turned_down_and_opened_again(w) {
        let door = w.door().await;
        let state = async |name: &str| w.stands(w.ticket(name)).await.0;
        let asks = async |deed: &str, text: &str, names: &[&str]| {
            let tickets: Vec<Value> = names.iter().map(|name| json!({"number": w.ticket(name).0})).collect();
            let body = json!({"deed": deed, "text": text, "tickets": tickets}).to_string();
            door.asks("ben", Method::POST, "/api/v1/bulk", &body).await
        };
        let does = async |deed: &str, text: &str, names: &[&str]| {
            let answer = asks(deed, text, names).await;
            serde_json::from_str::<Value>(&answer.body).unwrap()
        };
        assert_eq!(asks("postpone", "tomorrow", &["screen"]).await.status, 422);
        let until = w.now().plus(Span::days(3)).rfc3339();
        let done = does("postpone", &until, &["screen", "printer"]).await;
        assert_eq!(outcome(w, &done, "screen").0, "done");
        assert_eq!(outcome(w, &done, "printer").0, "refused", "nobody has it in hand");
        assert_eq!(state("screen").await, "postponed");
        assert_eq!(done["is_undoable"], false, "its requester was told");
        let done = does("refuse", "Asked twice.", &["screen", "badge", "payroll"]).await;
        assert_eq!((outcome(w, &done, "screen").0, outcome(w, &done, "payroll").0), ("done", "missing"));
        assert_eq!(outcome(w, &done, "badge"), ("refused", "rule-state"), "it is closed already");
        assert_eq!(state("screen").await, "refused");
        assert_eq!(outcome(w, &does("refuse", "", &["screen"]).await, "screen").0, "already");
        let words = door.gets("ben", &format!("/tickets/{}", w.ticket("screen"))).await.body;
        assert!(words.contains("Asked twice."), "the message stands on the ticket");
        let done = does("reopen", "", &["badge", "screen"]).await;
        assert_eq!((outcome(w, &done, "badge"), outcome(w, &done, "screen")), (("done", ""), ("done", "")));
        assert_eq!((state("badge").await, state("screen").await), ("in_progress".to_owned(), "in_progress".to_owned()));
        assert_eq!(outcome(w, &does("reopen", "", &["badge"]).await, "badge").0, "already");
        // By plain boxes a day is that morning where the reader is.
        let form = format!("deed=postpone&said=1&text=2031-05-04&ticket={}", w.ticket("badge"));
        assert_eq!(door.asks("ben", Method::POST, "/bulk", &form).await.status, 303);
        assert_eq!(state("badge").await, "postponed");
        door.closes().await;
    }
}
