//! What open pages are told, searched byte by byte: no frame of the live channel holds a word of the
//! desk, a number of what its receiver does not see, or anything at all when only hidden things change
//! (SC-12, SC-13; two worlds).

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::{Value, json};

use super::cast::{Desk, MARK};
use super::setting;
use crate::live::line::{Line, Listening, editing, list, on};
use crate::world::World;

/// Staff who see nothing of Red.
const BLIND: &[&str] = &["rob", "ben", "vera", "olga", "mona"];
/// Staff who see it.
const SEEING: &[&str] = &["cleo", "gil", "max", "ada"];

/// The desk of the probes, with its lines open.
struct Open {
    listening: Listening,
    things: BTreeMap<(&'static str, &'static str), String>,
}

impl Open {
    async fn set_up(w: &World) -> Open {
        let Desk { door, things, .. } = setting::set_up(w).await;
        Open {
            listening: Listening::at(door).await,
            things,
        }
    }

    fn ticket(&self, name: &'static str) -> &str {
        &self.things[&("ticket", name)]
    }

    /// A comment, a deed, a change, a person let in, on a ticket.
    async fn things_happen(&self, name: &'static str, agent: &str) {
        let at = format!("/api/v1/tickets/{}", self.ticket(name));
        for (method, deed, body) in [
            (
                Method::POST,
                "/comments",
                json!({"audience": "staff", "body": "canary-note-red once more"}),
            ),
            (Method::POST, "/release", json!({})),
            (Method::POST, "/assignment", json!({})),
            (
                Method::PATCH,
                "",
                json!({"subject": "canary-subject-red anew"}),
            ),
            (
                Method::POST,
                "/invitees",
                json!({"people": ["somebody@elsewhere.example"]}),
            ),
        ] {
            let path = format!("{at}{deed}");
            let body = body.to_string();
            let door = &self.listening.door;
            let done = door.asks(agent, method, &path, &body).await;
            assert!(done.status < 300, "{agent} {path}: {}", done.body);
        }
    }
}

/// What a line knows, but for the number of the frame.
async fn knows(line: &mut Line) -> Value {
    let mut frame = line.knows().await;
    frame["n"] = json!(0);
    frame
}

on_both_engines! {
    async fn no_frame_holds_a_word_or_a_number_that_is_not_for_its_receiver(w) {
        let desk = Open::set_up(w).await;
        let listening = &desk.listening;
        let (hidden, held) = (desk.ticket("hidden"), desk.ticket("held"));
        let mut lines = vec![];
        for who in BLIND.iter().chain(SEEING) {
            // One page on the list, and one on a ticket of Blue that claims to show what is hidden, too.
            lines.push((*who, "list", listening.page(who, list()).await.0));
            let mut claim = on(held, 0);
            claim["shows"][format!("ticket/{hidden}")] = json!(1);
            lines.push((*who, "claim", listening.page(who, claim).await.0));
        }
        let mut gil = listening.page("gil", editing(hidden, "subject")).await.0;
        desk.things_happen("hidden", "cleo").await;
        desk.things_happen("held", "mona").await;
        gil.knows().await;
        for (who, page, line) in &mut lines {
            line.knows().await;
            assert!(!line.heard.contains(MARK), "{who} hears words: {}", line.heard);
            if SEEING.contains(who) {
                assert!(line.heard.contains(&format!("ticket/{hidden}")), "{who} is told of it");
                continue;
            }
            // What a page claims to show is told as gone, once, and of which version it is now is not.
            let named = line.heard.matches(&format!("ticket/{hidden}\"")).count();
            let name = format!("ticket/{hidden}\"");
            let gone = line.heard.split("\"gone\":[").skip(1);
            let gone = gone.filter(|rest| rest.split(']').next().is_some_and(|gone| gone.contains(&name))).count();
            assert_eq!((named, *page == "claim"), (gone, gone > 0), "{who} on {page}: {}", line.heard);
        }
        desk.listening.closes().await;
    }
}

on_both_engines! {
    /// Two worlds: with and without what happens out of sight.
    async fn what_happens_out_of_sight_is_told_by_no_frame(w) {
        let desk = Open::set_up(w).await;
        let listening = &desk.listening;
        let hidden = desk.ticket("hidden");
        let (mut ada, _) = listening.page("ada", list()).await;
        let mut lines = vec![];
        for who in BLIND {
            let mut line = listening.page(who, list()).await.0;
            knows(&mut line).await;
            lines.push((*who, line));
        }
        let mut before = vec![];
        for (_, line) in &mut lines {
            knows(line).await;
            before.push((knows(line).await, line.heard.len()));
        }
        let (mut gil, _) = listening.page("gil", editing(hidden, "subject")).await;
        desk.things_happen("hidden", "cleo").await;
        gil.goes(on(hidden, 0)).await;
        let (cleo, _) = listening.page("cleo", on(hidden, 0)).await;
        cleo.leaves().await;
        // Whoever may know has been told by now: the rest had the same chance.
        ada.waits_for(|frame| frame["list"] == true).await;
        ada.knows().await;
        for ((who, line), (before, heard)) in lines.iter_mut().zip(before) {
            let after = knows(line).await;
            assert_eq!(after, before, "{who}");
            let told = &line.heard[heard..];
            assert_eq!(told.matches("\"n\":").count(), 1, "{who} is told more than was asked for: {told}");
        }
        desk.listening.closes().await;
    }
}
