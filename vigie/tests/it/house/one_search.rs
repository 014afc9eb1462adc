//! The same rule, by searching: everybody finds each ticket they see by what they read on it, and no
//! other, whatever way they search.

use std::collections::BTreeSet;

use vigie::search::index;

use super::one_rule::{canary, is_customer, mark, reads_notes, sees};
use crate::search::{address, finds};

on_both_engines! {
    async fn everybody_finds_exactly_what_they_see_and_read(w) {
        let door = w.door().await;
        let files = mark(w, &door).await;
        index::catch_up(&w.db).await.unwrap();
        for who in w.everybody().filter(|who| *who != "nobody") {
            let seen: BTreeSet<i64> = w.tickets().filter(|(name, _)| sees(who, name)).map(|(_, id)| id.0).collect();
            let all: BTreeSet<i64> = finds(&door, who, "state:open,awaiting,ended").await.into_iter().collect();
            assert_eq!(all, seen, "{who}: every ticket");
            for (name, id) in w.tickets() {
                let finds_it = async |query: &str| finds(&door, who, query).await.contains(&id.0);
                assert_eq!(finds_it(&format!("#{id}")).await, sees(who, name), "{who} {name}: by its number");
                assert_eq!(finds_it(&id.to_string()).await, sees(who, name), "{who} {name}: by its bare number");
                for (what, may) in [("reply", sees(who, name)), ("note", reads_notes(who, name))] {
                    // A finished ticket took no reply.
                    if what == "reply" && files[name].0 == 0 { continue }
                    let words = canary(what, name).replace('-', " ");
                    let file = canary(&format!("{what}-file"), name);
                    assert_eq!(finds_it(&format!("\"{words}\"")).await, may, "{who} {name}: {what}");
                    assert_eq!(finds_it(&words).await, may, "{who} {name}: words of the {what}");
                    assert_eq!(finds_it(&format!("{file}.txt")).await, may, "{who} {name}: file of the {what}");
                    assert_eq!(finds_it(&format!("\"canary {what} file {name} txt\" has:file")).await, may, "{who} {name}: has a file");
                }
            }
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_one_may_not_see_is_in_no_byte_of_a_search(w) {
        let door = w.door().await;
        mark(w, &door).await;
        index::catch_up(&w.db).await.unwrap();
        let mut met = BTreeSet::new();
        for who in w.everybody().filter(|who| *who != "nobody") {
            let paths: &[&str] = if is_customer(who) { &["/portal/search", "/api/v1/search"] } else { &["/search", "/palette", "/api/v1/search"] };
            for path in paths {
                for query in ["canary", "cana*", "canary note", "canary file", "please help", "state:open", "has:file", "staff", "txt", "d", "da*", "-zanzibar canary"] {
                    let answer = door.gets(who, &address(path, query)).await;
                    assert_eq!(answer.status, 200, "{who} {path} {query}");
                    let plain = answer.body.replace("<mark>", "").replace("</mark>", "").replace("\"},{\"hit\":true,\"text\":\"", "").replace("\",\"hit\":true},{\"text\":\"", "").replace("\",\"hit\":false},{\"text\":\"", "");
                    for (name, id) in w.tickets() {
                        let leads = plain.contains(&format!("tickets/{id}\"")) || plain.contains(&format!("\"number\":{id},"));
                        let reply = plain.contains(&canary("reply", name));
                        let note = plain.contains(&canary("note", name)) || plain.contains(&canary("note-file", name));
                        assert!(!(leads || reply) || sees(who, name), "{who} meets {name} at {path} {query}");
                        assert!(!note || reads_notes(who, name), "{who} meets the note of {name} at {path} {query}");
                        if note { met.insert(name); }
                    }
                }
            }
        }
        assert!(met.len() > 6, "notes are shown to those who read them: {met:?}");
        door.closes().await;
    }
}
