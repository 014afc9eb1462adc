//! Whoever takes nothing, and everybody else: the desk keeps next to nothing for them, waits for them alone, and
//! shows them the whole when they come again.

use std::time::Duration;

use kit::clock::Clock;
use kit::db::Hint;
use presence::{Activity, Item, Mode, Place, Section};
use serde_json::{Value, json};
use vigie::live::Hub;

use super::line::{Listening, editing, list, on};
use super::{note, open};
use crate::world::NOW;

/// Longer than a colleague waits for what somebody did; one who takes nothing is waited for longer.
const AT_ONCE: Duration = Duration::from_secs(2);
/// The most steps until whoever takes nothing is cut.
const STEPS: usize = 150;

on_both_engines! {
    /// Faults PRES-13.
    async fn a_page_that_takes_nothing_holds_nobody_up_is_cut_and_comes_back_to_the_whole(w) {
        let desk = Listening::narrowly(w.door().await).await;
        let ticket = w.ticket("screen");
        let item = format!("ticket/{ticket}");
        let mut everything = list();
        everything["shows"] = w.tickets().map(|(_, t)| (format!("ticket/{t}"), json!(1))).collect();
        let mut slow = desk.asked_narrowly("gil").await;
        slow.says(everything.clone()).await;
        let (mut ada, _) = desk.page("ada", on(ticket, 0)).await;
        let (mut ben, _) = desk.page("ben", on(ticket, 0)).await;
        let mut steps = 0;
        while desk.door.app.live.lines() > 2 {
            steps += 1;
            assert!(steps < STEPS, "still there, though it takes nothing");
            // It says something all the time, so that silence is not what ends it.
            slow.says_if_open(json!({"say": "again"})).await;
            let field = format!("field-{steps}");
            ada.says(editing(ticket, &field)).await;
            let told = ben.waits_for(|frame| frame["items"][&item][0]["field"] == field);
            tokio::time::timeout(AT_ONCE, told).await.expect("Ben is held up");
        }
        note(w, "ada", "screen").await;
        // Whatever was on its way ends; then it comes again, and knows what those know who were there.
        slow.ends().await;
        let (_, version) = w.stands(ticket).await;
        let (mut back, first) = desk.page("gil", everything).await;
        assert_eq!(first["changed"][&item], version);
        assert_eq!(back.knows().await["items"][&item], ben.knows().await["items"][&item]);
        desk.closes().await;
    }
}

/// Faults PRES-13: what is noted for a line that nobody looks at does not grow with what happens.
#[test]
fn a_line_that_nobody_looks_at_notes_no_more_than_its_page_shows() {
    let hub = Hub::new(Clock::stopped(NOW));
    let item = |id: i64| Item::parse(&format!("ticket/{id}")).unwrap();
    let place = |id: i64| Place {
        section: Section::Tickets,
        mode: Mode::Detail,
        item: Some(item(id)),
        activity: Activity::Viewing,
        field: None,
    };
    let (slow, busy) = (hub.open(1), hub.open(2));
    hub.watch(&slow, [item(1), item(2)].into());
    hub.place(&slow, place(1), None);
    for id in 1..10_000 {
        hub.place(&busy, place(id), None);
        let topic = "ticket";
        hub.hear(&Hint { topic, id });
        hub.hear(&Hint { topic, id });
    }
    let (news, lately) = (slow.take_news(), hub.lately(0));
    assert_eq!(news.items, [item(1), item(2)].into());
    assert_eq!(news.changed, [item(1), item(2)].into());
    assert!(
        lately.items.len() <= 100 && lately.more,
        "{}",
        lately.items.len()
    );
    // Whoever looks now has nothing left to look at.
    assert_eq!(slow.take_news(), Default::default());
    assert!(hub.lately(lately.count).items.is_empty());
}

on_both_engines! {
    /// What every page shows is looked at by turns, so that many pages do not cost a square of that.
    async fn on_a_large_desk_the_sections_come_when_it_is_ones_turn(w) {
        let desk = open(w).await;
        let hub = desk.door.app.live.clone();
        let (mut max, first) = desk.page("max", list()).await;
        assert_eq!(first["sections"], Value::Null, "nobody else is there");
        let many: Vec<_> = (0..350).map(|n| hub.open(1000 + n)).collect();
        let (mut vera, first) = desk.page("vera", list()).await;
        assert_eq!(first["sections"], Value::Null, "not yet");
        let people = |frame: &Value| frame["sections"]["tickets"]["people"].as_array().map_or(0, Vec::len);
        let told = vera.waits_for(|frame| people(frame) > 0).await;
        let max_is = w.person("max").0;
        assert_eq!(told["sections"]["tickets"]["people"][0]["person"], max_is);
        assert_eq!(told["names"][max_is.to_string()], "Max");
        assert_eq!(told["sections"]["tickets"]["more"], 0);
        // What concerns the page itself does not wait.
        max.goes(on(w.ticket("screen"), 0)).await;
        let (mut ben, _) = desk.page("ben", on(w.ticket("screen"), 0)).await;
        max.says(editing(w.ticket("screen"), "subject")).await;
        let item = format!("ticket/{}", w.ticket("screen"));
        ben.waits_for(|frame| frame["items"][&item][0]["field"] == "subject").await;
        many.iter().for_each(|line| hub.close(line));
        desk.closes().await;
    }
}

on_both_engines! {
    /// A burst of changes is told as what stands after it, not one by one.
    async fn what_changes_together_is_told_together(w) {
        let desk = open(w).await;
        let ticket = w.ticket("screen");
        let (mut ben, _) = desk.page("ben", on(ticket, 0)).await;
        let (mut ada, _) = desk.page("ada", on(ticket, 0)).await;
        ben.knows().await;
        let before = ben.heard.matches("\"n\"").count();
        for n in 0..100 {
            ada.says(editing(ticket, &format!("field-{n}"))).await;
        }
        let is_last = |frame: &Value| frame["items"][format!("ticket/{ticket}")][0]["field"] == "field-99";
        ben.waits_for(is_last).await;
        let told = ben.heard.matches("\"n\"").count() - before;
        assert!(told < 30, "{told} frames of 100 changes");
        desk.closes().await;
    }
}
