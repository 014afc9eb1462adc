//! Whom words on a ticket are for, and who is told of them.

use axum::http::Method;
use serde_json::json;

use crate::properties::mails;

on_both_engines! {
    async fn words_to_the_requester_are_not_read_by_invitees_nor_the_other_way_round(w) {
        let door = w.door().await;
        // Emil asked for the badge, Dora was let in, Ben is in charge, Vera looks at Blue.
        let badge = w.ticket("badge");
        let post = crate::mail::post(w).await;
        for audience in ["requester", "invitees"] {
            let body = json!({ "audience": audience, "body": format!("only-{audience}") });
            let written = door.programs("ben", Method::POST, badge, "/comments", body).await;
            assert_eq!(written.status, 201, "{}", written.body);
        }
        for (who, reads) in [("emil", &["requester"][..]), ("dora", &["invitees"]), ("vera", &["requester", "invitees"]), ("ada", &["requester", "invitees"])] {
            let seen = door.gets(who, &format!("/api/v1/tickets/{badge}/comments")).await;
            for audience in ["requester", "invitees"] {
                assert_eq!(seen.body.contains(&format!("only-{audience}")), reads.contains(&audience), "{who} {audience}");
            }
        }
        let portal = door.gets("dora", &format!("/portal/tickets/{badge}")).await;
        assert!(portal.body.contains("only-invitees") && !portal.body.contains("only-requester"));
        assert_eq!(mails(w, &post, badge).await, ["emil", "dora"], "each is mailed of their own words only");
        door.closes().await;
    }
}

on_both_engines! {
    async fn one_addresses_whom_one_stands_beside_and_only_staff_is_quiet(w) {
        let door = w.door().await;
        let badge = w.ticket("badge");
        let post = crate::mail::post(w).await;
        for (who, audience, status) in [("emil", "requester", 201), ("emil", "invitees", 403), ("dora", "invitees", 201), ("dora", "requester", 403), ("emil", "staff", 403)] {
            let body = json!({ "audience": audience, "body": format!("{who}-to-{audience}") });
            assert_eq!(door.programs(who, Method::POST, badge, "/comments", body).await.status, status, "{who} {audience}");
        }
        let loud = json!({ "audience": "public", "body": "sh", "quiet": true });
        assert_eq!(door.programs("emil", Method::POST, badge, "/comments", loud.clone()).await.status, 403);
        crate::mail::work(&post).await;
        let before = mails(w, &post, badge).await;
        assert_eq!(door.programs("ben", Method::POST, badge, "/comments", loud).await.status, 201);
        assert_eq!(door.programs("ben", Method::POST, badge, "/comments", json!({ "audience": "staff", "body": "sh", "quiet": true })).await.status, 201);
        assert_eq!(mails(w, &post, badge).await, before);
        // From the page: the choice of readers beside the reply, and the box.
        let seen = w.stands(badge).await.1;
        let form = format!("audience=public&readers=requester&quiet=yes&body=for-emil&version={seen}");
        let sent = door.sends("ben", badge, "/comments", &form).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert!(!door.gets("dora", &format!("/portal/tickets/{badge}")).await.body.contains("for-emil"));
        assert!(door.gets("emil", &format!("/portal/tickets/{badge}")).await.body.contains("for-emil"));
        assert_eq!(mails(w, &post, badge).await, before);
        door.closes().await;
    }
}
