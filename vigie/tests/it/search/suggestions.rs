//! Suggestions while somebody types a person: whom the search finds, by the same rule.

use super::{address, keeps_up};
use crate::browsing::Door;

/// The addresses offered to somebody who typed this.
async fn offered(door: &Door, who: &str, typed: &str) -> Vec<String> {
    let answer = door.gets(who, &address("/people/suggestions", typed)).await;
    assert_eq!(answer.status, 200, "{who} {typed}");
    let values = answer.body.split("data-value=\"").skip(1);
    values
        .filter_map(|rest| rest.split_once('"'))
        .map(|(email, _)| email.to_owned())
        .collect()
}

on_both_engines! {
    async fn whoever_types_a_person_is_offered_those_they_may_find(w) {
        keeps_up(w).await;
        let door = w.door().await;
        assert_eq!(offered(&door, "ben", "dor").await.len(), 1);
        assert_eq!(offered(&door, "ben", "DÖR").await, offered(&door, "ben", "dor").await, "accents and capitals count for nothing");
        assert!(offered(&door, "ben", "d").await.is_empty(), "one letter says too little");
        assert!(offered(&door, "ben", "nobody-at-all").await.is_empty());
        // Who sees only what they hold finds only those who asked for it; nothing reads another rule.
        assert_eq!(offered(&door, "rob", "fay").await.len(), 1);
        assert!(offered(&door, "rob", "dor").await.is_empty());
        assert_eq!(door.gets("dora", &address("/people/suggestions", "fay")).await.status, 404);
        // The fields say that they may be asked.
        assert!(door.gets("ben", "/tickets/new").await.body.contains("name=\"requester\" data-people"));
        assert!(door.gets("ben", &format!("/tickets/{}", w.ticket("screen"))).await.body.contains("name=\"people\" data-people=\"many\""));
        door.closes().await;
    }
}
