//! Scopes that nobody looked at for long.

use axum::http::Method;
use kit::clock::Span;
use vigie::scopes::review;

use crate::browsing::Door;
use crate::world::World;

async fn due(door: &Door) -> Vec<String> {
    let said = door.json("max", "/api/v1/scope-reviews").await;
    let items = said["items"].as_array().unwrap().iter();
    items
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn version(w: &World, door: &Door, who: &str) -> i64 {
    let said = door
        .json("max", &format!("/api/v1/people/{}/scope", w.person(who)))
        .await;
    said["version"].as_i64().unwrap()
}

on_both_engines! {
    async fn what_nobody_looked_at_for_long_stands_first_until_somebody_says_it_is_right(w) {
        w.clock.advance(Span::days(170));
        assert_eq!(review::count(&mut w.db.read(), w.now()).await.unwrap(), 0);
        w.clock.advance(Span::days(15));
        let door = w.door().await;
        assert_eq!(due(&door).await, ["Ada", "Max", "Ben", "Cleo", "Vera", "Gil", "Rob"]);
        let page = door.gets("max", "/admin/scopes").await;
        assert!(page.body.contains("Due for review") && page.body.contains("Reviewed, nothing to change: Ben"), "{}", page.body);
        assert!(door.gets("max", "/admin").await.body.contains("7 scopes are due for review"));
        let seen = version(w, &door, "ben").await;
        let path = format!("/admin/scopes/{}/review", w.person("ben"));
        let stale = door.asks("max", Method::POST, &path, &format!("version={}", seen + 1)).await;
        assert_eq!((stale.status, stale.location()), (303, &format!("/admin/scopes/{}", w.person("ben"))[..]));
        assert!(due(&door).await.contains(&"Ben".to_owned()), "what was looked at no longer stands");
        let done = door.asks("max", Method::POST, &path, &format!("version={seen}")).await;
        assert_eq!((done.status, done.location()), (303, "/admin/scopes"));
        // Changed, it was looked at as well.
        let cleo = format!("/api/v1/people/{}/scope", w.person("cleo"));
        assert_eq!(door.asks("max", Method::PUT, &cleo, r#"{"scope":"restricted"}"#).await.status, 200);
        let vera = format!("/api/v1/people/{}/scope/review", w.person("vera"));
        assert_eq!(door.asks("max", Method::POST, &vera, "").await.status, 200);
        assert_eq!(due(&door).await, ["Ada", "Max", "Gil", "Rob"]);
        let journal = door.gets("max", &format!("/admin/journal?person={}", w.person("ben"))).await;
        assert!(journal.body.contains("Scope reviewed, nothing to change"), "{}", journal.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn administrators_say_after_how_many_days_and_nobody_else_asks(w) {
        let door = w.door().await;
        let form = |version: i64, days: &str| format!("version={version}&review_days={days}");
        for wrong in ["soon", "-1", "3651"] {
            let refused = door.asks("max", Method::POST, "/admin/scopes", &form(0, wrong)).await;
            assert_eq!(refused.status, 422, "{wrong}");
            assert!(refused.body.contains("from 0 to 3650") && refused.body.contains(&format!("value=\"{wrong}\"")), "{}", refused.body);
        }
        assert_eq!(door.asks("max", Method::POST, "/admin/scopes", &form(0, "1")).await.status, 303);
        let stale = door.asks("max", Method::POST, "/admin/scopes", &form(0, "2")).await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("said something else meanwhile"), "{}", stale.body);
        assert_eq!(due(&door).await.len(), 7, "the world is three days old");
        assert_eq!(door.asks("max", Method::PUT, "/api/v1/scope-reviews", r#"{"review_days":0}"#).await.status, 200);
        assert!(due(&door).await.is_empty(), "never");
        for who in ["ben", "vera", "cleo"] {
            assert_eq!(door.gets(who, "/api/v1/scope-reviews").await.status, 403, "{who}");
            assert_eq!(door.asks(who, Method::PUT, "/api/v1/scope-reviews", r#"{"review_days":9}"#).await.status, 403, "{who}");
        }
        // Nobody reviews somebody above them.
        let ada = format!("/api/v1/people/{}/scope/review", w.person("ada"));
        assert_eq!(door.asks("max", Method::POST, &ada, "").await.status, 403);
        door.closes().await;
    }
}
