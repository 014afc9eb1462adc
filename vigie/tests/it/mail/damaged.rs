//! The whole path from bytes to ticket, for letters nobody would write: made of the repository's odd ones, cut, mixed and
//! damaged (`damage.rs`). Whatever they are, each ends where people see it, once, and the desk goes on.
//!
//! The same letters each time, unless `VIGIE_TEST_SEED` and `VIGIE_TEST_SEQUENCES` say otherwise, for long runs by hand
//! (CONTRIBUTING.md).

use std::collections::{BTreeMap, BTreeSet};

use kit::db::Engine;
use vigie::mail::spool::Delivery;

use super::damage::Damage;
use super::*;
use crate::world::{chance, say};

#[path = "../../../../letter/tests/harmless/mod.rs"]
mod harmless;

/// How many letters come at once.
const AT_ONCE: usize = 50;

/// How many letters: PostgreSQL, slower at this, is given fewer.
fn how_many(engine: Engine, sequences: u64) -> usize {
    let each = match engine {
        Engine::Sqlite => 125,
        Engine::Postgres => 25,
    };
    usize::try_from(sequences).unwrap_or(usize::MAX / each) * each
}

record! {
    /// A letter as it ended, with what became of it.
    #[derive(Debug)]
    struct Became {
        id: i64,
        state: String,
        reason: Option<String>,
        ticket_id: Option<i64>,
        raw: Vec<u8>,
        comment_ticket: Option<i64>,
        author: Option<String>,
        hat: Option<String>,
        html: Option<String>,
    }
}

/// What became of the letters that came after this one.
async fn became(w: &World, after: i64) -> Vec<Became> {
    w.db.read()
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT i.id, i.state, i.reason, i.ticket_id, i.raw, c.ticket_id AS comment_ticket, \
             p.email AS author, c.hat, c.html FROM incoming_mails i LEFT JOIN comments c ON c.incoming_mail_id = i.id \
             LEFT JOIN people p ON p.id = c.author_id WHERE i.id > $1 ORDER BY i.id",
            after
        ))
        .await
        .unwrap()
}

/// Headers that mean something on this desk: its people, and the proofs they hold.
fn lines(w: &World) -> Vec<String> {
    let (printer, screen) = (w.ticket("printer"), w.ticket("screen"));
    let mut lines: Vec<String> = ["dora", "fay", "ben", "max", "emil", "somebody"]
        .map(|who| format!("From: {who} <{who}@nordet.example>"))
        .to_vec();
    for (ticket, who) in [
        (printer, "dora"),
        (screen, "dora"),
        (screen, "ben"),
        (printer, "emil"),
    ] {
        lines.push(format!("To: {}", token(w, ticket, who)));
        let key = ThreadKey::new(KEY);
        let reference =
            thread::reference_for(&key, ticket.0, w.person(who).0, "n1", "nordet.example");
        lines.push(format!("References: <{reference}>"));
        lines.push(format!("In-Reply-To: <{reference}>"));
    }
    lines.push("From: a@x.example, b@y.example".to_owned());
    lines.push("Return-Path: <>".to_owned());
    lines.push("Auto-Submitted: auto-replied".to_owned());
    lines
}

/// Whether an agent's letter holds the proof made for that agent: they alone speak as staff, and only with it.
fn is_proven(w: &World, it: &Became) -> bool {
    let read = letter::parse::parse(&it.raw);
    let from = read.from.as_ref().map(|from| from.email.as_str());
    let proof = thread::read(&ThreadKey::new(KEY), &read, BLUE);
    from == Some("ben@nordet.example")
        && it.author.as_deref() == from
        && proof.is_some_and(|proof| proof.recipient == w.person("ben").0)
}

/// What is wrong with what became of a letter.
fn wrong(it: &Became) -> Option<&'static str> {
    let on_ticket = it.comment_ticket.is_some();
    let reason = it.reason.as_deref();
    match it.state.as_str() {
        _ if reason == Some("failed") => Some("reading it failed"),
        "done" if on_ticket && it.ticket_id == it.comment_ticket => None,
        "done" if reason == Some("bounce") && !on_ticket => None,
        "done" => Some("it is done and nowhere"),
        "unreadable" if on_ticket => None,
        "held" if reason.is_some() && !on_ticket => None,
        _ => Some("it ended nowhere"),
    }
}

on_both_engines! {
    /// Faults MIME-01, MIME-03, MIME-15: from the commit that keeps it to the ticket that shows it.
    async fn letters_made_of_pieces_of_others_each_end_where_people_see_them_and_once(w) {
        let post = post(w).await;
        let spool = Spool::start(post.db.clone(), post.clock.clone());
        let blue = store::channel_at(&mut w.db.read(), BLUE).await.unwrap().unwrap();
        let (seed, sequences) = chance();
        let mut damage = Damage::from(seed, lines(w));
        let wanted = how_many(w.db.engine(), sequences);
        let mut ends: BTreeMap<String, usize> = BTreeMap::new();
        let mut known: BTreeSet<Vec<u8>> = BTreeSet::new();
        let mut last = 0;
        let mut sent = 0;
        while sent < wanted {
            let mut letters: Vec<Vec<u8>> = (0..AT_ONCE.min(wanted - sent)).map(|_| damage.letter()).collect();
            sent += letters.len();
            // Whoever did not hear our answer sends again.
            let again = letters[damage.below(letters.len())].clone();
            letters.push(again);
            let new = letters.iter().filter(|it| known.insert((*it).clone())).count();
            let deliveries = letters.iter().map(|raw| {
                let from = if raw.len() % 7 == 0 { "" } else { "sender@example.org" };
                spool.keep(Delivery {
                    raw: raw.clone().into(),
                    envelope_from: from.to_owned(),
                    targets: BTreeMap::from([(blue, BLUE.to_owned())]),
                    source: Default::default(),
                })
            });
            for kept in futures_util::future::join_all(deliveries).await {
                kept.expect("kept");
            }
            work(&post).await;
            let all = became(w, last).await;
            assert_eq!(all.len(), new, "VIGIE_TEST_SEED={seed}, before letter {sent}: each is kept once");
            for it in &all {
                let shown = || format!("VIGIE_TEST_SEED={seed}, letter {seed}, letter {}: {it:?}\n{}", it.id, String::from_utf8_lossy(&it.raw));
                if let Some(why) = wrong(it) {
                    panic!("{why}: {}", shown());
                }
                if let Some(html) = &it.html {
                    assert!(harmless::is_harmless(html), "{}", shown());
                }
                if it.hat.as_deref() == Some("agent") {
                    assert!(is_proven(w, it), "{}", shown());
                }
                *ends.entry(format!("{} {}", it.state, it.reason.as_deref().unwrap_or(""))).or_default() += 1;
            }
            last = all.last().map_or(last, |it| it.id);
        }
        assert_eq!(count(w, "incoming").await, known.len() as i64);
        assert_eq!(count(w, "read jobs").await, 0);
        say(&format!("{sent} damaged letters (seed {seed}): {ends:?}"));
        // The pieces meet every kind of reader, or the test proves little.
        let met = |state: &str| ends.keys().any(|it| it.starts_with(state));
        assert!(wanted < 300 || (met("done") && met("held") && met("unreadable")), "{ends:?}");
    }
}
