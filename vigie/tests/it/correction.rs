//! Requesters put the subject and the priority of their open request right, in the portal and by
//! programs.

use axum::http::Method;
use serde_json::json;

use crate::world::World;

/// Its subject and priority, as an administrator reads them.
async fn stands(w: &World, door: &crate::browsing::Door, ticket: &str) -> (String, i64) {
    let path = format!("/api/v1/tickets/{}", w.ticket(ticket));
    let ticket = door.json("ada", &path).await;
    let subject = ticket["subject"].as_str().unwrap().to_owned();
    (subject, ticket["priority"].as_i64().unwrap())
}

on_both_engines! {
    async fn a_requester_corrects_subject_and_priority_while_the_request_is_open(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let path = format!("/portal/tickets/{printer}/correction");
        let ticket = door.gets("dora", &format!("/portal/tickets/{printer}")).await;
        assert!(ticket.body.contains(&format!("href=\"{path}\"")), "{}", ticket.body);
        let form = door.gets("dora", &path).await;
        assert!(form.body.contains("value=\"The printer eats paper\"") && form.body.contains("value=\"normal\" selected"), "{}", form.body);
        let sent = door.asks("dora", Method::POST, &path, "subject=The+printer+eats+everything&priority=high&version=1").await;
        assert_eq!((sent.status, sent.location()), (303, &*format!("/portal/tickets/{printer}")), "{}", sent.body);
        assert_eq!(stands(w, &door, "printer").await, ("The printer eats everything".to_owned(), 4));
        let history = door.gets("ben", &format!("/tickets/{printer}?show=history")).await;
        assert!(history.body.contains("changed the priority") && history.body.contains("eats paper"), "before and after");
        // The same form once more changes nothing and says so of nothing.
        let again = door.asks("dora", Method::POST, &path, "subject=The+printer+eats+everything&priority=high&version=1").await;
        assert_eq!(again.status, 303, "{}", again.body);
        assert_eq!(w.stands(printer).await.1, 3);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(w) {
        let door = w.door().await;
        let path = format!("/portal/tickets/{}/correction", w.ticket("printer"));
        for (subject, priority, field) in [("", "high", "subject"), ("x".repeat(251).as_str(), "high", "subject"), ("Fine", "enormous", "priority")] {
            let body = format!("subject={subject}&priority={priority}&version=1");
            let refused = door.asks("dora", Method::POST, &path, &body).await;
            assert_eq!(refused.status, 422, "{subject} {priority}");
            assert!(refused.body.contains(&format!("id=\"{field}-fault\"")), "{}", refused.body);
            assert!(refused.body.contains(&format!("value=\"{subject}\"")));
        }
        assert_eq!(stands(w, &door, "printer").await, ("The printer eats paper".to_owned(), 3));
        door.closes().await;
    }
}

on_both_engines! {
    async fn somebody_who_saved_first_is_told_with_both_values_and_nothing_is_overwritten(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let path = format!("/portal/tickets/{screen}/correction");
        let (_, version) = w.stands(screen).await;
        let theirs = door.programs("ben", Method::PATCH, screen, "", json!({ "subject": "Black screen", "priority": 5 })).await;
        assert_eq!(theirs.status, 200, "{}", theirs.body);
        let body = format!("subject=My+screen&priority=low&version={version}");
        let refused = door.asks("dora", Method::POST, &path, &body).await;
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert!(refused.body.contains("Black screen") && refused.body.contains("<dd>Urgent</dd>"), "{}", refused.body);
        assert!(refused.body.contains("value=\"My screen\"") && refused.body.contains("value=\"low\" selected"));
        assert_eq!(stands(w, &door, "screen").await, ("Black screen".to_owned(), 5));
        // Sent again from there, it is done.
        let (_, version) = w.stands(screen).await;
        assert!(refused.body.contains(&format!("name=\"version\" value=\"{version}\"")));
        let body = format!("subject=My+screen&priority=low&version={version}");
        assert_eq!(door.asks("dora", Method::POST, &path, &body).await.status, 303);
        assert_eq!(stands(w, &door, "screen").await, ("My screen".to_owned(), 2));
        door.closes().await;
    }
}

on_both_engines! {
    async fn nobody_else_corrects_a_request_and_nobody_one_that_is_over(w) {
        let door = w.door().await;
        let at = |ticket: &str| format!("/portal/tickets/{}/correction", w.ticket(ticket));
        let body = |version: i64| format!("subject=Mine+now&priority=low&version={version}");
        // Dora is invited to the badge; Emil does not see the printer; staff without the portal go elsewhere.
        for (who, ticket, status) in [("dora", "badge", 403), ("emil", "printer", 404), ("ben", "own", 303)] {
            let before = stands(w, &door, ticket).await;
            let version = w.stands(w.ticket(ticket)).await.1;
            assert_eq!(door.asks(who, Method::POST, &at(ticket), &body(version)).await.status, status, "{who} {ticket}");
            let shown = door.gets(who, &at(ticket)).await;
            assert_eq!(shown.status, if status == 404 { 404 } else { 303 }, "{who} {ticket}");
            assert_eq!(stands(w, &door, ticket).await, before, "{who} {ticket}");
        }
        // Over, or waiting for approval: the page offers nothing, and the form is refused.
        for (who, ticket) in [("dora", "leave"), ("emil", "badge")] {
            let page = door.gets(who, &format!("/portal/tickets/{}", w.ticket(ticket))).await;
            assert!(page.status == 200 && !page.body.contains("/correction\""), "{ticket}");
            let version = w.stands(w.ticket(ticket)).await.1;
            assert_eq!(door.asks(who, Method::POST, &at(ticket), &body(version)).await.status, 403, "{ticket}");
        }
        // A program of the requester's does the same.
        let printer = w.ticket("printer");
        let done = door.programs("dora", Method::PATCH, printer, "", json!({ "subject": "By a program", "priority": 1 })).await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert_eq!(stands(w, &door, "printer").await, ("By a program".to_owned(), 1));
        door.closes().await;
    }
}
