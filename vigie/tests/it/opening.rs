//! Opening a ticket with a form: templates and their inheritance, and what was asked already.

use axum::http::Method;
use serde_json::json;

use crate::browsing::Door;

async fn put(door: &Door, who: &str, place: &str, body: serde_json::Value) -> u16 {
    let path = format!("/api/v1/departments/1{place}/template");
    door.asks(who, Method::PUT, &path, &body.to_string())
        .await
        .status
}

/// A category below Blue's inbox; its number.
async fn child(door: &Door) -> i64 {
    let path = "/api/v1/departments/1/categories";
    let made = door
        .asks(
            "max",
            Method::POST,
            path,
            r#"{"name":"Screens","parent":1}"#,
        )
        .await;
    let made: serde_json::Value = serde_json::from_str(&made.body).unwrap();
    let all = made["categories"].as_array().unwrap().clone();
    all.iter().find(|c| c["name"] == "Screens").unwrap()["id"]
        .as_i64()
        .unwrap()
}

on_both_engines! {
    async fn a_category_without_a_template_shows_its_parents_and_then_the_departments(w) {
        let door = w.door().await;
        let child = child(&door).await;
        let effective = async || door.json("dora", &format!("/api/v1/categories/{child}/template")).await;
        assert_eq!(effective().await, json!({"subject": null, "body": null, "priority": null, "version": null, "visibility": null}));
        assert_eq!(put(&door, "ben", "", json!({"subject": "At my desk", "body": "Where?", "priority": 2})).await, 200);
        assert_eq!(put(&door, "ben", "/categories/1", json!({"body": "Since when?"})).await, 200);
        let inherited = effective().await;
        assert_eq!((&inherited["subject"], &inherited["body"], &inherited["priority"]), (&json!("At my desk"), &json!("Since when?"), &json!(2)));
        assert_eq!(put(&door, "ben", &format!("/categories/{child}"), json!({"subject": "Screen", "priority": 5})).await, 200);
        let own = effective().await;
        assert_eq!((&own["subject"], &own["body"], &own["priority"]), (&json!("Screen"), &json!("Since when?"), &json!(5)));
        // Emptied, it inherits again.
        assert_eq!(put(&door, "ben", &format!("/categories/{child}"), json!({"subject": " "})).await, 200);
        assert_eq!(effective().await["subject"], "At my desk");
        // Both forms begin with it, and the portal's ticket gets the priority.
        let form = door.gets("dora", &format!("/portal/tickets/new?category={child}")).await.body;
        assert!(form.contains("value=\"At my desk\"") && form.contains(">Since when?</textarea>"), "{form}");
        let form = door.gets("ben", &format!("/tickets/new?category={child}")).await.body;
        assert!(form.contains("value=\"At my desk\"") && form.contains(">Since when?</textarea>"));
        let sent = door.asks("dora", Method::POST, "/portal/tickets", &format!("category={child}&subject=Flicker&body=It+flickers&once=t1")).await;
        let number = sent.location().split('/').nth(3).unwrap().to_owned();
        assert_eq!(door.json("dora", &format!("/api/v1/tickets/{number}")).await["priority"], 2);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_template_is_changed_by_whom_may_and_never_over_anothers_change(w) {
        let door = w.door().await;
        let page = "/admin/departments/1/categories/1/template";
        for (who, status) in [("ben", 200), ("max", 200), ("vera", 404), ("cleo", 404), ("dora", 404)] {
            assert_eq!(door.gets(who, page).await.status, status, "{who}");
        }
        // Another department's category is not found here.
        assert_eq!(door.gets("max", "/admin/departments/1/categories/2/template").await.status, 404);
        let set = |subject: &str, version: i64| format!("subject={subject}&body=What%3F&priority=&version={version}");
        assert_eq!(door.asks("ben", Method::POST, page, &set("First", 0)).await.status, 303);
        let stale = door.asks("max", Method::POST, page, &set("Second", 0)).await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("value=\"Second\"") && stale.body.contains("name=\"version\" value=\"1\""));
        let long = "x".repeat(251);
        let refused = door.asks("ben", Method::POST, page, &set(&long, 1)).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("at most 250 characters"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_template_of_another_category_fills_only_what_is_empty(w) {
        let door = w.door().await;
        assert_eq!(put(&door, "ben", "/categories/1", json!({"subject": "From the template", "body": "Asked"})).await, 200);
        let form = door.asks("ben", Method::POST, "/tickets", "template=1&category=1&requester=dora&subject=Typed&body=").await;
        assert_eq!(form.status, 200);
        assert!(form.body.contains("value=\"Typed\"") && form.body.contains(">Asked</textarea>"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_asks_the_same_twice_is_shown_it_first_and_may_all_the_same(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let form = "category=1&subject=Printer+eats+my+paper&body=Again&once=d1&requester=dora";
        let shown = door.asks("ben", Method::POST, "/tickets", form).await;
        assert_eq!(shown.status, 422);
        assert!(shown.body.contains(&format!("/tickets/{printer}\"")) && shown.body.contains("name=\"anyway\""), "{}", shown.body);
        assert!(shown.body.contains(">Again</textarea>"));
        let made = door.asks("ben", Method::POST, "/tickets", &format!("{form}&anyway=1")).await;
        assert_eq!(made.status, 303);
        // The same form again is the same ticket, not a warning about itself.
        let again = door.asks("ben", Method::POST, "/tickets", &format!("{form}&anyway=1")).await;
        assert_eq!(again.location(), made.location());
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_warning_never_names_a_ticket_one_may_not_see(w) {
        let door = w.door().await;
        // Emil's in Red: Ben does not see it, whoever he asks for.
        let form = "category=1&subject=Someone+reads+my+payslip&body=Again&once=d2&requester=emil";
        let made = door.asks("ben", Method::POST, "/tickets", form).await;
        assert_eq!(made.status, 303, "{}", made.body);
        // Dora's own printer she sees; Fay does not.
        let form = "category=1&subject=The+printer+eats+paper&body=Again&once=d3";
        let hers = door.asks("dora", Method::POST, "/portal/tickets", form).await;
        assert_eq!(hers.status, 422);
        assert!(hers.body.contains(&format!("/portal/tickets/{}\"", w.ticket("printer"))));
        assert_eq!(door.asks("fay", Method::POST, "/portal/tickets", form).await.status, 303);
        let sure = door.asks("dora", Method::POST, "/portal/tickets", &format!("{form}&anyway=1")).await;
        assert!(sure.location().ends_with("/sent"));
        let twice = door.asks("dora", Method::POST, "/portal/tickets", &format!("{form}&anyway=1")).await;
        assert_eq!(twice.location(), sure.location(), "sent twice is opened once");
        // Back to the form and something else: those words are not taken for the first.
        let other = "category=1&subject=The+door+does+not+shut&body=It+stands+open&once=d3";
        let other = door.asks("dora", Method::POST, "/portal/tickets", other).await;
        assert!(other.location().ends_with("/sent") && other.location() != sure.location(), "{}", other.location());
        door.closes().await;
    }
}
