//! Nothing of what one may not see: no hit, no count, no word around a hit, no other order; and
//! nothing that anybody may type breaks the search.

use vigie::tickets::comments::NewComment;
use vigie::tickets::{Origin, reading, rights, verbs};

use super::{address, assign, finds, keeps_up};
use crate::world::World;

async fn note(w: &World, ticket: &str, words: &str) {
    let ada = w.actor("ada");
    let mut tx = w.db.write().await.unwrap();
    let may = reading::find_to_change::<rights::Note>(&mut tx, &ada, w.ticket(ticket))
        .await
        .unwrap();
    let words = NewComment::typed(words, Origin::Web);
    verbs::note(&mut tx, &may, &ada, words, w.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

on_both_engines! {
    /// Two worlds: one with a hidden ticket's words and one without answer alike, byte for byte.
    async fn hidden_words_change_no_byte_of_an_answer(w) {
        keeps_up(w).await;
        let door = w.door().await;
        let queries = ["paper", "zanzibar", "zanz*", "\"blue zanzibar\"", "cable", "help", "fay", "from:fay", "has:file", "state:open", "-zanzibar help", "in:blue", "to:max", "#8", "8"];
        let paths = |who: &str| match who {
            "dora" | "emil" => vec!["/api/v1/search", "/portal/search"],
            _ => vec!["/api/v1/search", "/search", "/palette"],
        };
        let look = async || {
            let mut all = vec![];
            for who in ["cleo", "rob", "dora", "emil"] {
                for query in queries {
                    for path in paths(who) {
                        let answer = door.gets(who, &address(path, query)).await;
                        // Each form carries a token of its own.
                        let body = answer.body.split("name=\"csrf\" value=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect::<String>();
                        all.push((who, query, path, answer.status, body));
                    }
                }
            }
            all
        };
        let before = look().await;
        note(w, "cable", "Blue zanzibar paper, zanzibar cable: help fay.").await;
        keeps_up(w).await;
        assert!(finds(&door, "ada", "zanzibar").await.len() == 1, "the words are there");
        let after = look().await;
        for (one, other) in before.iter().zip(&after) {
            assert_eq!(one, other);
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_note_is_found_by_those_who_read_it(w) {
        note(w, "badge", "The requester must not read zanzibar.").await;
        note(w, "own", "Ben may not read zanzibar about himself.").await;
        keeps_up(w).await;
        let door = w.door().await;
        let (badge, own) = (w.ticket("badge").0, w.ticket("own").0);
        for (who, expected) in [
            ("ada", vec![own, badge]),
            ("gil", vec![own, badge]),
            ("ben", vec![badge]),
            ("vera", vec![badge]),
            ("cleo", vec![own]),
            ("rob", vec![]),
            ("dora", vec![]),
            ("emil", vec![]),
        ] {
            assert_eq!(finds(&door, who, "zanzibar").await, expected, "{who}");
        }
        // What is left out goes by the reader's own words, too.
        assert!(finds(&door, "emil", "badge -zanzibar").await.contains(&badge));
        assert!(!finds(&door, "ben", "badge -zanzibar").await.contains(&badge));
        assert!(finds(&door, "ben", "cannot -zanzibar").await.contains(&own));
        // An agent in the portal is a requester like any other.
        let portal = door.gets("dora", &address("/portal/search", "badge")).await;
        assert!(portal.body.contains(&format!("/portal/tickets/{badge}\"")) && !portal.body.contains("zanzibar"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_requester_has_no_field_that_tells_of_others(w) {
        assign(w, w.ticket("badge"), "ben").await;
        keeps_up(w).await;
        let door = w.door().await;
        for query in ["to:ben badge", "from:emil badge", "in:blue badge", "tag:vip badge"] {
            assert!(finds(&door, "dora", query).await.is_empty(), "{query}: taken as text");
            let page = door.gets("dora", &address("/portal/search", query)).await;
            assert!(page.status == 200 && page.body.contains("is no filter"), "{query}");
        }
        assert!(!finds(&door, "ben", "to:ben badge").await.is_empty());
        // Addresses are no words of a ticket: an invitee cannot try letters of the requester's.
        assert!(finds(&door, "dora", "nordet").await.is_empty());
        let people = door.json("dora", &address("/api/v1/search", "emil")).await;
        assert_eq!(people["people"].as_array().map(Vec::len), Some(0), "no people for requesters");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_restricted_agent_finds_only_people_of_their_tickets(w) {
        keeps_up(w).await;
        let door = w.door().await;
        let people = async |who: &str, query: &str| {
            let found = door.json(who, &address("/api/v1/search", query)).await;
            let people = found["people"].as_array().cloned().unwrap_or_default();
            people.iter().filter_map(|p| p["name"].as_str().map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(people("rob", "fa").await, ["Fay"]);
        assert!(people("rob", "dora").await.is_empty());
        assert_eq!(people("ben", "dora").await, ["Dora"]);
        assert_eq!(people("ben", "dora nord").await, ["Dora"], "names and addresses together");
        assert!(people("ben", "d%").await.is_empty() && people("ben", "_ora").await.is_empty());
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_palette_offers_what_one_may_do_and_names_nothing_hidden(w) {
        keeps_up(w).await;
        let door = w.door().await;
        let at = |ticket: &str, query: &str| format!("{}&at=%2Ftickets%2F{}", address("/palette", query), w.ticket(ticket));
        let ben = door.gets("ben", &at("printer", "")).await;
        assert!(ben.status == 200 && ben.body.contains("data-form=\"act-assignment\""), "{}", ben.body);
        assert!(ben.body.contains(&format!("#{}", w.ticket("printer"))) && ben.body.contains("/tickets/new"));
        let vera = door.gets("vera", &at("printer", "")).await;
        assert!(!vera.body.contains("data-form") && !vera.body.contains("/tickets/new"), "a viewer does nothing");
        let cleo = door.gets("cleo", &at("printer", "")).await;
        assert!(!cleo.body.contains("data-form") && !cleo.body.contains(&format!("#{}", w.ticket("printer"))));
        let typed = door.gets("ben", &at("printer", "prin")).await;
        assert!(typed.body.contains("The <mark>printer</mark> eats paper"), "{}", typed.body);
        let typed = door.gets("ben", &at("printer", "prefer")).await;
        assert!(typed.body.contains("href=\"/preferences\"") && !typed.body.contains("act-assignment"));
        let number = door.gets("ben", &at("screen", &w.ticket("printer").to_string())).await;
        assert!(number.body.contains("eats paper"), "a number is a ticket's");
        for who in ["dora", "nobody"] {
            assert!(door.gets(who, &at("printer", "prin")).await.status != 200, "{who}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn nothing_that_is_typed_breaks_the_search(w) {
        keeps_up(w).await;
        let door = w.door().await;
        let many = |text: &str| text.repeat(10_000 / text.len());
        let mut typed: Vec<String> = ["\"", "\"\"\"", "(", ")", "*", "NEAR(a b)", "a NEAR/2 b", "terms:x", "terms : x", "^a", "a + b", "a AND", "OR", "NOT", "- -", "'", "''", "a' & 'b", "a | b", "!a", "a:*", "<->", "a <-> b", "\\", "\\'", "%", "_", "%%", "\u{0}", "a\u{0}b", "·w", "·d1", "·p ·w", "\u{301}", "\u{202e}abc", "😀", "漢字*", "İ*", "ﬁ*", "from:", "from:\"", "from:%", "from:_", "in:%", "state:'", "before:99999-99-99", "before:2026-13-01", "after:-1", "#-1", "#9223372036854775807", "9223372036854775808", "-#1", "has:", "tag:'\"", "to:·"].map(str::to_owned).into();
        typed.extend(["\"", "-", "*", "(", "a AND ", "\" OR ", "NOT ", "é", "\" * ", "a* "].map(many));
        typed.push((0..31).map(|n| format!("w{n}* -x{n} ")).take(15).collect());
        for query in &typed {
            for (who, path) in [("ben", "/search"), ("ada", "/palette"), ("ada", "/api/v1/search"), ("rob", "/api/v1/search"), ("dora", "/portal/search"), ("dora", "/api/v1/search")] {
                let answer = door.gets(who, &address(path, query)).await;
                assert!(matches!(answer.status, 200 | 422), "{who} {path} {:?}: {} {}", query.chars().take(40).collect::<String>(), answer.status, answer.body);
            }
        }
        // What only a mark of the index says is no word that anybody can type.
        for query in ["·w", "·p", "·d1", "·r8", "·h"] {
            assert!(finds(&door, "ada", query).await.iter().all(|n| query.contains(&n.to_string())), "{query}");
        }
        for query in ["page=0", "page=-1", "page=x", "page=99999999999999999999", "page=1000"] {
            assert_eq!(door.gets("ben", &format!("/search?q=printer&{query}")).await.status, 200);
        }
        for query in ["limit=0", "limit=201", "cursor=x", "cursor=-1"] {
            assert_eq!(door.gets("ben", &format!("/api/v1/search?q=printer&{query}")).await.status, 422, "{query}");
        }
        door.closes().await;
    }
}
