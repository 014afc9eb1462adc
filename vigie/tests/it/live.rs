//! Who works on what, as it is told: to everybody who may know it, at once, and to nobody else.

pub mod line;
mod slow;

use std::collections::BTreeSet;

use kit::clock::Span;
use serde_json::{Value, json};
use vigie::tickets::comments::NewComment;
use vigie::tickets::{Origin, TicketId};
use vigie::tickets::{reading, rights, verbs};

use crate::browsing::ADDRESS;
use crate::world::World;
use line::{Listening, editing, list, on};

const AGENTS: &[&str] = &["ada", "max", "ben", "cleo", "vera", "gil", "rob"];

async fn open(w: &World) -> Listening {
    Listening::at(w.door().await).await
}

fn colours(frame: &Value, ticket: TicketId) -> Vec<(i64, String, String)> {
    let people = frame["items"][format!("ticket/{ticket}")].as_array();
    let word = |seen: &Value, name: &str| seen[name].as_str().unwrap_or_default().to_owned();
    people
        .into_iter()
        .flatten()
        .map(|seen| {
            let person = seen["person"].as_i64().unwrap_or_default();
            (person, word(seen, "activity"), word(seen, "colour"))
        })
        .collect()
}

/// Who of these the frame tells of anywhere.
fn tells_of(frame: &Value, person: i64) -> bool {
    let sections = frame["sections"].as_object().into_iter().flatten();
    let crowds = sections.flat_map(|(_, crowd)| crowd["people"].as_array().into_iter().flatten());
    let items = frame["items"].as_object().into_iter().flatten();
    let companies = items.flat_map(|(_, people)| people.as_array().into_iter().flatten());
    crowds.chain(companies).any(|seen| seen["person"] == person)
}

async fn note(w: &World, who: &str, ticket: &str) {
    let actor = w.actor(who);
    let mut tx = w.db.write().await.unwrap();
    let may = reading::find_to_change::<rights::Note>(&mut tx, &actor, w.ticket(ticket)).await;
    let words = NewComment::typed("Secret words of a note", Origin::Web);
    verbs::note(&mut tx, &may.unwrap(), &actor, words, w.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

on_both_engines! {
    async fn only_agents_get_a_line_and_only_from_our_own_pages(w) {
        let desk = open(w).await;
        for who in w.everybody() {
            let is_agent = AGENTS.contains(&who);
            let answer = desk.asked(who, Some(ADDRESS)).await.err();
            let expected = match who {
                _ if is_agent => None,
                "nobody" => Some(303),
                _ => Some(404),
            };
            assert_eq!(answer, expected, "{who}");
            for origin in [None, Some("https://evil.example"), Some("null")] {
                let refused = desk.asked(who, origin).await.err();
                assert_eq!(refused, expected.or(Some(403)), "{who} from {origin:?}");
            }
        }
        desk.closes().await;
    }
}

on_both_engines! {
    /// Trap E-29.
    async fn whoever_is_on_a_ticket_is_told_to_those_who_see_it_and_to_nobody_else(w) {
        let desk = open(w).await;
        let (mut max, _) = desk.page("max", list()).await;
        let mut receivers = vec![];
        for who in AGENTS.iter().filter(|who| **who != "max") {
            receivers.push((*who, desk.page(who, list()).await.0));
        }
        let mut told = BTreeSet::new();
        for (name, ticket) in w.tickets() {
            max.goes(on(ticket, 0)).await;
            let looks = receivers.iter_mut().map(async |(who, line)| {
                let (mut db, actor) = (w.db.read(), w.actor(who));
                let found = reading::find::<rights::Read>(&mut db, &actor, ticket).await;
                let sees = found.is_ok();
                let there = line.goes(list()).await;
                let tells = tells_of(&there, w.person("max").0);
                assert_eq!(tells, sees, "{who} is told that Max is on {name}");
                let there = line.goes(on(ticket, 0)).await;
                let company = colours(&there, ticket);
                assert_eq!(company.iter().any(|one| one.0 == w.person("max").0), sees, "{who}, {name}");
                assert_eq!(company.is_empty(), !sees, "{who}, {name}");
                // Told as gone, for they claimed to show it; before or in this frame.
                let gone = format!("\"gone\":[\"ticket/{ticket}\"]");
                assert_eq!(line.heard.contains(&gone), !sees, "{who}, {name}");
                (*who, sees)
            });
            told.extend(futures_util::future::join_all(looks).await);
        }
        // Of both kinds each, but for those who see all: the matrix says something.
        for who in ["ben", "cleo", "rob"] {
            assert!(told.contains(&(who, true)) && told.contains(&(who, false)), "{who}");
        }
        // Neither the words nor even the subject of anything travels.
        for (who, line) in &receivers {
            for word in ["Please help", "printer", "payslip", "confidentielle"] {
                assert!(!line.heard.contains(word), "{who} hears {word}");
            }
        }
        desk.closes().await;
    }
}

on_both_engines! {
    /// Features C-08: of a section that one cannot open, one is not told who is in it.
    async fn of_administration_only_those_are_told_who_can_open_it(w) {
        let desk = open(w).await;
        let there = json!({"say": "at", "section": "administration", "mode": "list"});
        let (mut max, _) = desk.page("max", there).await;
        max.knows().await;
        for (who, opens) in [("ada", true), ("ben", true), ("gil", false), ("vera", false)] {
            let (_, first) = desk.page(who, list()).await;
            assert_eq!(tells_of(&first, w.person("max").0), opens, "{who}");
        }
        desk.closes().await;
    }
}

on_both_engines! {
    async fn nobody_stands_where_they_do_not_see(w) {
        let desk = open(w).await;
        let (mut ben, first) = desk.page("ben", on(w.ticket("payroll"), 3)).await;
        assert_eq!(first["me"]["item"], Value::Null);
        assert_eq!(first["gone"], json!([format!("ticket/{}", w.ticket("payroll"))]));
        let (mut cleo, _) = desk.page("cleo", on(w.ticket("payroll"), 0)).await;
        let there = cleo.knows().await;
        let mine = w.person("cleo").0;
        assert_eq!(colours(&there, w.ticket("payroll")), [(mine, "viewing".to_owned(), "blue".to_owned())]);
        // What is no item, no section and no mode is as if it were not said.
        for odd in ["ticket/0012", "ticket/999999", "asset/1", "ticket/-1", "../x", ""] {
            let at = json!({"say": "at", "section": "nowhere", "mode": "x", "item": odd, "shows": {odd: 1}});
            let there = ben.goes(at).await;
            assert_eq!(there["me"]["item"], Value::Null, "{odd}");
            assert_eq!(there["me"]["mode"], "list", "{odd}");
        }
        desk.closes().await;
    }
}

on_both_engines! {
    /// C-15 to C-22, C-04: the six borders, and one person in two windows.
    async fn the_border_is_of_everybody_on_the_ticket_and_each_counts_once(w) {
        let desk = open(w).await;
        let ticket = w.ticket("screen");
        let border = |frame: &Value| colours(frame, ticket).first().map(|one| one.2.clone()).unwrap_or_default();
        let (mut ada, _) = desk.page("ada", on(ticket, 0)).await;
        assert_eq!(border(&ada.knows().await), "blue");
        let (second, _) = desk.page("ada", on(ticket, 0)).await;
        assert_eq!(border(&ada.knows().await), "blue", "two pages of one person");
        let (mut ben, _) = desk.page("ben", on(ticket, 0)).await;
        assert_eq!(border(&ada.knows().await), "green");
        ben.goes(editing(ticket, "priority")).await;
        let there = ada.knows().await;
        assert_eq!(border(&there), "pink");
        assert_eq!(there["items"][format!("ticket/{ticket}")][0]["field"], "priority");
        ada.goes(editing(ticket, "reply")).await;
        assert_eq!(border(&ada.knows().await), "red");
        ben.leaves().await;
        ada.waits_for(|frame| border(frame) == "orange").await;
        ada.leaves().await;
        let (mut vera, _) = desk.page("vera", on(ticket, 0)).await;
        // Ada's second page still looks on.
        assert_eq!(border(&vera.knows().await), "green");
        second.leaves().await;
        vera.waits_for(|frame| border(frame) == "blue").await;
        // A page that comes behind others does not say where its person is.
        let mut behind = list();
        behind["hidden"] = json!(true);
        let (_behind, _) = desk.page("vera", behind).await;
        assert_eq!(vera.knows().await["me"]["item"], format!("ticket/{ticket}"));
        desk.closes().await;
    }
}

on_both_engines! {
    /// Faults PRES-01, PRES-02, PRES-04.
    async fn whoever_falls_silent_is_gone_after_forty_seconds(w) {
        let desk = open(w).await;
        let ticket = w.ticket("screen");
        let (mut ada, _) = desk.page("ada", on(ticket, 0)).await;
        let (mut ben, _) = desk.page("ben", on(ticket, 0)).await;
        w.clock.advance(Span::seconds(30));
        ben.says(json!({"say": "beat"})).await;
        ben.knows().await;
        w.clock.advance(Span::seconds(15));
        desk.door.app.live.pass();
        let there = ben.knows().await;
        assert_eq!(colours(&there, ticket).len(), 1, "{there}");
        // Her line is told to come again, should it only have slept.
        assert_eq!(ada.ends().await, 4001);
        desk.closes().await;
    }
}

on_both_engines! {
    /// Trap E-29, and what was missed while the line was down (faults PRES-08, PRES-12).
    async fn a_change_is_told_to_pages_that_show_it_with_its_version_and_without_a_word_of_it(w) {
        let desk = open(w).await;
        let ticket = w.ticket("screen");
        let item = format!("ticket/{ticket}");
        let (mut ben, _) = desk.page("ben", on(ticket, 0)).await;
        let (mut vera, _) = desk.page("vera", list()).await;
        let (mut cleo, _) = desk.page("cleo", list()).await;
        cleo.knows().await;
        note(w, "ada", "screen").await;
        let (_, version) = w.stands(ticket).await;
        let told = ben.waits_for(|frame| !frame["changed"].is_null()).await;
        assert_eq!(told["changed"], json!({item.clone(): version}));
        vera.waits_for(|frame| frame["list"] == true).await;
        // Cleo does not see it: not even that something happened comes to her.
        let before = cleo.heard.len();
        let there = cleo.knows().await;
        assert_eq!(there["list"], Value::Null);
        assert_eq!(cleo.heard[before..].matches("\"n\"").count(), 1, "{}", &cleo.heard[before..]);
        for line in [&ben, &vera, &cleo] {
            assert!(!line.heard.contains("Secret words"));
        }
        // So is a list that was read before it, and no list of whoever does not see it.
        for (who, age, is_behind) in [("vera", 60, true), ("vera", -60, false), ("cleo", 60, false)] {
            let mut at = list();
            at["since"] = json!(w.now().minus(Span::seconds(age)).0);
            let (_, first) = desk.page(who, at).await;
            assert_eq!(first["list"] == true, is_behind, "{who}, {age} s");
        }
        // Whoever comes back with an older version is told, whoever has this one is not.
        let (_, first) = desk.page("gil", on(ticket, version)).await;
        assert_eq!(first["changed"], Value::Null);
        let mut late = desk.asked("gil", Some(ADDRESS)).await.unwrap();
        late.says(on(ticket, version - 1)).await;
        let told = late.waits_for(|frame| !frame["changed"].is_null()).await;
        assert_eq!(told["changed"], json!({item: version}));
        desk.closes().await;
    }
}

on_both_engines! {
    /// What a line saw it keeps for a while, but for what changed while its page showed something else.
    async fn what_changed_while_one_looked_elsewhere_is_told_when_one_comes_back(w) {
        let desk = open(w).await;
        let (screen, printer) = (w.ticket("screen"), w.ticket("printer"));
        let (_, seen) = w.stands(screen).await;
        let mut rows = list();
        rows["shows"] = json!({format!("ticket/{screen}"): seen});
        let (mut ben, _) = desk.page("ben", rows.clone()).await;
        ben.says(on(printer, 0)).await;
        ben.waits_for(|frame| !frame["items"][format!("ticket/{printer}")].is_null()).await;
        note(w, "ada", "screen").await;
        let (_, version) = w.stands(screen).await;
        ben.says(rows).await;
        let told = ben.waits_for(|frame| !frame["changed"].is_null()).await;
        assert_eq!(told["changed"], json!({format!("ticket/{screen}"): version}));
        desk.closes().await;
    }
}

on_both_engines! {
    async fn who_loses_a_right_loses_the_line_and_finds_the_ticket_gone(w) {
        let desk = open(w).await;
        let ticket = w.ticket("printer");
        let (mut ben, _) = desk.page("ben", on(ticket, 1)).await;
        let admin = desk.door.gets("ada", "/api/v1/departments").await;
        assert_eq!(admin.status, 200, "{}", admin.body);
        let departments: Value = serde_json::from_str(&admin.body).unwrap();
        let all = departments["departments"].as_array().or(departments.as_array()).unwrap();
        let blue = all.iter().find(|d| d["name"] == "Blue").unwrap()["id"].as_i64().unwrap();
        let path = format!("/api/v1/departments/{blue}/members/{}", w.person("vera").0);
        let (mut vera, _) = desk.page("vera", on(ticket, 1)).await;
        let answer = desk.door.asks("ada", axum::http::Method::DELETE, &path, "").await;
        assert!(answer.status < 300, "{} {}", answer.status, answer.body);
        assert_eq!(vera.ends().await, 4001);
        let (_, first) = desk.page("vera", on(ticket, 1)).await;
        assert_eq!(first["gone"], json!([format!("ticket/{ticket}")]));
        // Others keep their line.
        let there = ben.knows().await;
        assert_eq!(colours(&there, ticket).len(), 1);
        desk.closes().await;
    }
}

on_both_engines! {
    async fn who_signs_out_or_is_shut_out_loses_the_line(w) {
        let desk = open(w).await;
        let (mut ben, _) = desk.page("ben", list()).await;
        let (mut rob, _) = desk.page("rob", list()).await;
        let out = desk.door.asks("ben", axum::http::Method::POST, "/logout", "").await;
        assert_eq!(out.status, 303);
        assert_eq!(ben.ends().await, 4001);
        assert_eq!(desk.asked("ben", Some(ADDRESS)).await.err(), Some(303));
        let mut tx = w.db.write().await.unwrap();
        vigie::people::disable(&mut tx, w.person("rob"), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(rob.ends().await, 4001);
        assert_eq!(desk.asked("rob", Some(ADDRESS)).await.err(), Some(303));
        desk.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_that_leaves_ones_sight_is_told_as_gone_once(w) {
        let desk = open(w).await;
        let ticket = w.ticket("rob");
        let (mut rob, first) = desk.page("rob", on(ticket, 0)).await;
        assert_eq!(first["gone"], Value::Null);
        let ada = w.actor("ada");
        let mut tx = w.db.write().await.unwrap();
        let may = reading::find_to_change::<rights::Assign>(&mut tx, &ada, ticket).await.unwrap();
        vigie::tickets::handling::assign(&mut tx, &may, &ada, w.person("cleo"), None, None, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let told = rob.waits_for(|frame| !frame["gone"].is_null()).await;
        assert_eq!(told["gone"], json!([format!("ticket/{ticket}")]));
        assert_eq!(told["changed"], Value::Null);
        let (_, version) = w.stands(ticket).await;
        assert!(!rob.heard.contains(&format!("\"ticket/{ticket}\":{version}")));
        // Nobody stands where they do not see any more.
        let (mut max, _) = desk.page("max", on(ticket, 0)).await;
        let there = max.knows().await;
        assert_eq!(colours(&there, ticket).len(), 1, "{there}");
        desk.closes().await;
    }
}

on_both_engines! {
    /// Trap E-29: of somebody on a ticket that left one's sight nothing is told any more, whatever one's own page shows.
    async fn a_ticket_that_leaves_ones_sight_takes_those_on_it_along(w) {
        let desk = open(w).await;
        let ticket = w.ticket("rob");
        let elsewhere = json!({"say": "at", "section": "people", "mode": "list"});
        let (_max, _) = desk.page("max", on(ticket, 0)).await;
        let (mut rob, _) = desk.page("rob", elsewhere).await;
        assert!(tells_of(&rob.knows().await, w.person("max").0));
        let ada = w.actor("ada");
        let mut tx = w.db.write().await.unwrap();
        let may = reading::find_to_change::<rights::Assign>(&mut tx, &ada, ticket).await.unwrap();
        vigie::tickets::handling::assign(&mut tx, &may, &ada, w.person("cleo"), None, None, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let told = rob.waits_for(|frame| !frame["sections"]["tickets"].is_null()).await;
        assert_eq!(told["sections"]["tickets"]["people"], json!([]));
        desk.closes().await;
    }
}

on_both_engines! {
    /// Faults DOS-05.
    async fn nonsense_and_chatter_end_a_line_and_nobody_elses(w) {
        let desk = open(w).await;
        let (mut ada, _) = desk.page("ada", list()).await;
        for nonsense in ["", "{}", "[]", "{\"say\":\"shout\"}", "{\"say\":\"beat\",\"more\":1}", "\u{0}"] {
            let (mut ben, _) = desk.page("ben", list()).await;
            ben.says_raw(nonsense).await;
            assert_eq!(ben.ends().await, 4002, "{nonsense:?}");
        }
        let (mut ben, _) = desk.page("ben", list()).await;
        ben.says_raw(&format!("{{\"say\":\"beat\"{}}}", " ".repeat(40_000))).await;
        assert!([0, 1009].contains(&ben.ends().await), "a frame too long");
        let (mut ben, _) = desk.page("ben", list()).await;
        for _ in 0..700 {
            ben.says_if_open(json!({"say": "beat"})).await;
        }
        assert_eq!(ben.ends().await, 4002, "too much said");
        // With too many pages of one person, the oldest ends.
        // With too many pages of one person, the oldest end, however fast they come.
        let most = vigie::live::hub::PAGES_OF_ONE;
        let opens = (0..most + 5).map(|_| desk.asked("rob", Some(ADDRESS)));
        let pages = futures_util::future::join_all(opens).await;
        let mut pages: Vec<_> = pages.into_iter().map(Result::unwrap).collect();
        let speaks = pages.iter_mut().map(async |page| {
            page.says_if_open(list()).await;
            page.hears_or_ends().await.err()
        });
        let ended = futures_util::future::join_all(speaks).await;
        let ended: Vec<u16> = ended.into_iter().flatten().collect();
        // The word of farewell may be lost on its way; the end is not.
        assert!(ended.len() == 5 && ended.iter().all(|code| [0, 4002].contains(code)), "{ended:?}");
        ada.knows().await;
        desk.closes().await;
    }
}
