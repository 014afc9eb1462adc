//! How many people somebody lets in.

use axum::http::Method;
use serde_json::json;

on_both_engines! {
    async fn somebody_who_is_not_staff_lets_in_twenty_people_an_hour(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let path = format!("/portal/tickets/{printer}/invitees");
        let invites = async |who: &str, from: usize, to: usize| {
            let people: Vec<String> = (from..to).map(|n| format!("guest{n}@outside.example")).collect();
            let version = w.stands(printer).await.1;
            door.asks(who, Method::POST, &path, &format!("people={}&version={version}", people.join(","))).await
        };
        assert_eq!(invites("dora", 0, 19).await.status, 303);
        assert_eq!(invites("dora", 19, 20).await.status, 303);
        // A known address is refused like an unknown one, and what was typed stays.
        for people in ["guest20@outside.example", "emil@nordet.example"] {
            let version = w.stands(printer).await.1;
            let refused = door.asks("dora", Method::POST, &path, &format!("people={people}&version={version}")).await;
            assert_eq!(refused.status, 422, "{people}");
            assert!(refused.body.contains("at most 20 people an hour") && refused.body.contains(&format!("value=\"{people}\"")), "{}", refused.body);
        }
        let invited = door.json("ben", &format!("/api/v1/tickets/{printer}/participants")).await;
        assert_eq!(invited["invitees"].as_array().map(Vec::len), Some(20), "the refused left nothing");
        // The API keeps the same bound; staff have none; an hour later there is room again.
        let body = json!({ "people": ["emil@nordet.example"] });
        assert_eq!(door.programs("dora", Method::POST, printer, "/invitees", body).await.status, 422);
        let page = format!("/tickets/{printer}/invitees");
        let version = w.stands(printer).await.1;
        let staff = door.asks("ben", Method::POST, &page, &format!("people=guest30@outside.example&version={version}")).await;
        assert_eq!(staff.status, 303, "{}", staff.body);
        w.clock.advance(kit::clock::Span::minutes(61));
        assert_eq!(invites("dora", 20, 21).await.status, 303);
        door.closes().await;
    }
}
