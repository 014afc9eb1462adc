//! Whoever is given another role or scope: what becomes of their sessions, and what they are told.

use axum::http::Method;
use kit::clock::Span;

use crate::roles::has;

on_both_engines! {
    async fn whoever_rises_in_rank_stays_signed_in_under_a_new_name_of_their_session(w) {
        let door = w.door().await;
        has(w, &door, "vera", "agent").await;
        let same = door.gets("vera", "/tickets").await;
        assert!(same.status == 200 && !same.headers.contains_key("set-cookie"), "of the same rank");
        has(w, &door, "vera", "admin").await;
        let first = door.gets("vera", "/tickets").await;
        assert_eq!(first.status, 200);
        let cookie = first.headers.get("set-cookie").map_or("", String::as_str);
        assert!(cookie.starts_with("vigie_session=") && cookie.contains("HttpOnly"), "{cookie}");
        // Another tab was under way with the old one; it gets no name of its own.
        let second = door.gets("vera", "/tickets").await;
        assert!(second.status == 200 && !second.headers.contains_key("set-cookie"));
        w.clock.advance(Span::seconds(11));
        assert_eq!(door.gets("vera", "/tickets").await.status, 303, "the old name opens nothing");
        assert_eq!(door.gets("vera", "/api/v1/me").await.status, 200, "a program's token is no session");
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_has_other_rights_is_told_until_they_say_that_they_know(w) {
        let door = w.door().await;
        assert!(!door.gets("vera", "/tickets").await.body.contains("Your rights have changed"));
        has(w, &door, "vera", "agent").await;
        for path in ["/tickets", "/preferences"] {
            let page = door.gets("vera", path).await;
            for said in ["Your rights have changed", "<del>Viewer</del>", "<ins>Agent</ins>", "You may now:"] {
                assert!(page.body.contains(said), "{path}: {said}");
            }
            assert!(!page.body.contains("No longer:"));
        }
        // An older saying is not the one that stands.
        door.asks("vera", Method::POST, "/rights/acknowledgement", "version=9&next=%2Ftasks").await;
        assert!(door.gets("vera", "/tickets").await.body.contains("Your rights have changed"));
        let known = door.asks("vera", Method::POST, "/rights/acknowledgement", "version=1&next=%2Ftasks").await;
        assert_eq!((known.status, known.location()), (303, "/tasks"));
        assert!(!door.gets("vera", "/tickets").await.body.contains("Your rights have changed"));
        let noted = door.json("ada", "/api/v1/journal?deed=rights_acknowledged").await;
        assert_eq!(noted["items"].as_array().map(Vec::len), Some(1), "{noted}");
        // Changed and changed back before they knew: nothing to tell.
        has(w, &door, "vera", "viewer").await;
        has(w, &door, "vera", "agent").await;
        assert!(!door.gets("vera", "/tickets").await.body.contains("Your rights have changed"));
        door.closes().await;
    }
}
