//! Single keys given other keys: kept, printed wherever keys are printed, refused with a sentence.

use axum::http::Method;

const FORM: &str = "/preferences/shortcuts";

on_both_engines! {
    async fn an_agent_gives_actions_other_keys_and_every_page_prints_them(w) {
        let door = w.door().await;
        let printed = door.gets("ben", "/tickets?view=all").await.body;
        assert!(printed.contains("aria-keyshortcuts=\"f\"") && !printed.contains("data-keymap"));
        let form = door.gets("ben", FORM).await;
        assert!(form.body.contains("name=\"version\" value=\"0\""), "{}", form.body);
        let chosen = "version=0&take=q&filter=Shift%2BF&down=n&note=%3B&peek=v";
        assert_eq!(door.asks("ben", Method::POST, FORM, chosen).await.status, 303);
        let list = door.gets("ben", "/tickets?view=all").await.body;
        for said in ["aria-keyshortcuts=\"Shift+F\"", "data-key=\"q\"", "<kbd aria-hidden=\"true\">Q</kbd>", "<kbd aria-hidden=\"true\">N</kbd>",
            "data-keymap=\"j=n space=v f=Shift+F p=q n=;\""] {
            assert!(list.contains(said), "{said}: {list}");
        }
        let ticket = door.gets("ben", &format!("/tickets/{}", w.ticket("printer"))).await.body;
        assert!(ticket.contains("aria-keyshortcuts=\"q\"") && ticket.contains("aria-keyshortcuts=\";\""), "{ticket}");
        let palette = door.gets("ben", &format!("/palette?q=&at=/tickets/{}", w.ticket("printer"))).await.body;
        assert!(palette.contains("<kbd aria-hidden=\"true\">Q</kbd>"), "{palette}");
        let others = door.gets("vera", "/tickets?view=all").await.body;
        assert!(!others.contains("data-keymap"), "each person by themselves");
        // The API says and changes the same.
        let me = door.json("ben", "/api/v1/me").await;
        assert_eq!(me["shortcuts"], serde_json::json!({"take": "q", "filter": "Shift+F", "down": "n", "note": ";", "peek": "v"}));
        let body = r#"{"shortcuts":{"take":"q"}}"#;
        assert_eq!(door.asks("ben", Method::PATCH, "/api/v1/me", body).await.status, 200);
        assert_eq!(door.json("ben", "/api/v1/me").await["shortcuts"], serde_json::json!({"take": "q"}));
        for body in [r#"{"shortcuts":{"take":"u"}}"#, r#"{"shortcuts":{"fly":"q"}}"#, r#"{"shortcuts":{"take":"Enter"}}"#] {
            assert_eq!(door.asks("ben", Method::PATCH, "/api/v1/me", body).await.status, 422, "{body}");
        }
        // Back to the usual ones.
        assert_eq!(door.asks("ben", Method::POST, FORM, "version=2&take=w&reset=1").await.status, 303);
        assert!(!door.gets("ben", "/tickets?view=all").await.body.contains("data-keymap"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_key_that_cannot_be_or_is_taken_is_said_at_its_field_and_what_was_typed_stays(w) {
        let door = w.door().await;
        let refused = door.asks("ben", Method::POST, FORM, "version=0&take=Tab&release=w&watch=").await;
        assert_eq!(refused.status, 422);
        for said in ["id=\"take-fault\"", "This is no key that can be used", "value=\"Tab\"", "id=\"release-fault\"", "Another action has this key", "id=\"watch-fault\""] {
            assert!(refused.body.contains(said), "{said}: {}", refused.body);
        }
        assert_eq!(door.json("ben", "/api/v1/me").await["shortcuts"], serde_json::json!({}), "nothing half done");
        // Two tabs: the second is told what the first saved.
        assert_eq!(door.asks("ben", Method::POST, FORM, "version=0&take=q").await.status, 303);
        let stale = door.asks("ben", Method::POST, FORM, "version=0&take=w&watch=p").await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("name=\"version\" value=\"1\"") && stale.body.contains("<kbd>Q</kbd>"), "{}", stale.body);
        assert_eq!(door.asks("ben", Method::POST, FORM, "version=1&take=w&watch=p").await.status, 303);
        door.closes().await;
    }
}
