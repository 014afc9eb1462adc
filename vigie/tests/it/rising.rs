//! Whoever is given another role or scope: what becomes of their sessions.

use crate::roles::has;

on_both_engines! {
    async fn whoever_rises_in_rank_signs_in_anew_and_whoever_does_not_stays(w) {
        let door = w.door().await;
        has(w, &door, "vera", "agent").await;
        assert_eq!(door.gets("vera", "/tickets").await.status, 200);
        has(w, &door, "vera", "admin").await;
        assert_eq!(door.gets("vera", "/tickets").await.status, 303);
        assert_eq!(door.gets("vera", "/api/v1/me").await.status, 200, "a program's token is no session");
        door.closes().await;
    }
}
