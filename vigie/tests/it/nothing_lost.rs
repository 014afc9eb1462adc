//! Two people change one ticket from the same version, at the same time, by whatever doors they have: the
//! desk's pages, the portal, programs, letters. Nothing is lost in silence: what was acknowledged stands on
//! the ticket, once, with its line of history; what was refused was refused for the other's sake, in an answer
//! that holds what was typed; and nothing else has changed.

mod edits;

use std::collections::BTreeMap;

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{global, record, system};
use serde_json::{Value, json};
use vigie::mail::post::Post;
use vigie::tickets::TicketId;
use vigie::tickets::drafts;
use vigie::tickets::history::ReleaseReply;

use crate::browsing::Door;
use crate::whatever::plan::Numbers;
use crate::world::{World, chance};
use edits::{Answered, Edit, Way, What};

/// Pairs on each engine (issue "Live", Show it 3).
const PAIRS: usize = 500;
/// Pairs on one ticket, before its thread makes pages long.
const ON_ONE: usize = 10;
const PEOPLE: &[&str] = &["ben", "gil", "max", "ada", "dora", "dora", "dora"];

record! {
    /// The ticket as it stands.
    #[derive(Clone, Debug)]
    struct Row {
        subject: String,
        priority: i64,
        origin: String,
        state: String,
        version: i64,
        comment_count: i64,
        last_actor_id: Option<i64>,
    }
}
record! {
    /// Words on it.
    #[derive(Debug)]
    struct Words { id: i64, author_id: i64, audience: String, body: String }
}
record! {
    /// A line of its history.
    #[derive(Debug)]
    struct Line { id: i64, actor_id: Option<i64>, kind: String, old_value: Option<String>, new_value: Option<String> }
}
record! {
    /// A reply on its way.
    struct Held { id: i64, author_id: i64 }
}

#[derive(Debug)]
struct Stands {
    row: Row,
    words: Vec<Words>,
    lines: Vec<Line>,
}

async fn stands(w: &World, ticket: TicketId) -> Stands {
    let mut db = w.db.read();
    let row = system!(
        because = "a test looks at the table itself",
        "SELECT subject, priority, origin, state, version, comment_count, last_actor_id FROM tickets WHERE id = $1",
        ticket
    );
    let words = system!(
        because = "a test looks at the table itself",
        "SELECT id, author_id, audience, body FROM comments WHERE ticket_id = $1 ORDER BY id",
        ticket
    );
    let lines = system!(
        because = "a test looks at the table itself",
        "SELECT id, actor_id, kind, old_value, new_value FROM events WHERE ticket_id = $1 ORDER BY id",
        ticket
    );
    Stands {
        row: db.one(row).await.unwrap(),
        words: db.all(words).await.unwrap(),
        lines: db.all(lines).await.unwrap(),
    }
}

/// Lets the replies go that agents may still take back, and drops what nobody here waits for.
async fn settle(w: &World, ticket: TicketId) {
    w.clock.advance(Span::seconds(9));
    let held: Vec<Held> = w
        .db
        .read()
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT id, author_id FROM drafts WHERE ticket_id = $1 AND state = 'held' ORDER BY id",
            ticket
        ))
        .await
        .unwrap();
    for draft in held {
        let job = ReleaseReply {
            draft: draft.id,
            person: draft.author_id,
        };
        drafts::run_release(&w.db, job, w.now()).await;
    }
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!("DELETE FROM jobs")).await.unwrap();
    tx.commit().await.unwrap();
}

async fn opened(w: &World, door: &Door) -> TicketId {
    let places = door.json("dora", "/api/v1/categories").await;
    let places = places.as_array().unwrap();
    let blue = places.iter().find(|p| p["name"] == "Blue inbox").unwrap();
    let body =
        json!({ "subject": "Something is lost", "body": "Please look.", "category": blue["id"] });
    let path = "/api/v1/tickets";
    let answer = door
        .asks("dora", Method::POST, path, &body.to_string())
        .await;
    let new: Value = serde_json::from_str(&answer.body).unwrap();
    let ticket = TicketId(new["number"].as_i64().unwrap());
    settle(w, ticket).await;
    ticket
}

/// What an acknowledged edit left; how many versions it made.
fn is_there(w: &World, before: &Stands, after: &Stands, edit: &Edit) -> Result<i64, String> {
    let me = w.person(edit.who).0;
    let (old_words, old_lines) = (before.words.len(), before.lines.len());
    let new_lines = || after.lines[old_lines..].iter();
    let mine = || new_lines().filter(|line| line.actor_id == Some(me));
    if edit.has_words() {
        let those = after.words[old_words..].iter();
        let those = those.filter(|c| c.body == edit.mark && c.author_id == me);
        let audience = if edit.what == What::Note {
            "staff"
        } else {
            "public"
        };
        let found: Vec<_> = those.map(|c| c.audience.as_str()).collect();
        if found != [audience] {
            return Err(format!("the words stand {} times: {found:?}", found.len()));
        }
    }
    // A property that stands so already is a quiet success.
    let property = |kind: &str, value: &str, stood: &str| {
        let is_so = |line: &&Line| line.kind == kind && line.new_value.as_deref() == Some(value);
        match mine().filter(is_so).count() {
            1 => Ok(1),
            0 if stood == value || new_lines().any(|line| is_so(&line)) => Ok(0),
            n => Err(format!("{n} lines of {kind} to {value}")),
        }
    };
    let (level, stood) = (edit.level.to_string(), before.row.priority.to_string());
    let subject = || property("subject_changed", &edit.mark, &before.row.subject);
    let priority = || property("priority_changed", &level, &stood);
    match edit.what {
        What::Reply | What::QuietReply | What::Note => Ok(1),
        What::Correction if edit.way == Way::Page => subject(),
        What::Subject => subject(),
        What::Priority => priority(),
        What::Origin => property("origin_changed", edit.origin().1, &before.row.origin),
        What::Correction => Ok(subject()? + priority()?),
        What::Deed(..) => {
            match mine().count() {
                1 | 2 => Ok(1),
                // The same as they did last: done already.
                0 if before.row.last_actor_id == Some(me) => Ok(0),
                n => Err(format!("{n} lines of the deed")),
            }
        }
    }
}

/// Refused: nothing of it stands, and the answer says why and holds both sides.
fn is_refused(
    before: &Stands,
    after: &Stands,
    edit: &Edit,
    answer: &Answered,
) -> Result<(), String> {
    if after.words.iter().any(|c| c.body == edit.mark) || after.row.subject == edit.mark {
        return Err("it stands all the same".to_owned());
    }
    if answer.status != 409 {
        return Err("it was not refused for the other's sake".to_owned());
    }
    if edit.way == Way::Program {
        let said: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        let versions = (&said["seen_version"], said["current_version"].as_i64());
        // Of a colleague's answer that is leaving there is no version yet.
        let is_newer =
            versions.1 > Some(before.row.version) || edit.is_answer() || edit.has_words();
        let is_both = *versions.0 == before.row.version && is_newer;
        return is_both
            .then_some(())
            .ok_or(format!("not both versions: {versions:?}"));
    }
    if let Some(typed) = edit.typed()
        && !answer.body.contains(&typed)
    {
        return Err(format!("what was typed is not in the answer: {typed}"));
    }
    if matches!(edit.what, What::Subject | What::Correction)
        && !answer.body.contains(&after.row.subject)
    {
        return Err("what stands now is not in the answer".to_owned());
    }
    Ok(())
}

/// Each value goes on from where it was, line by line, to where it is.
fn is_chain(before: &Stands, after: &Stands) -> Result<(), String> {
    let (level, now) = (
        before.row.priority.to_string(),
        after.row.priority.to_string(),
    );
    for (kind, then, now) in [
        ("subject_changed", &before.row.subject, &after.row.subject),
        ("priority_changed", &level, &now),
        ("origin_changed", &before.row.origin, &after.row.origin),
    ] {
        let mut at = then.as_str();
        let lines = after.lines[before.lines.len()..].iter();
        for line in lines.filter(|line| line.kind == kind) {
            if line.old_value.as_deref() != Some(at) {
                return Err(format!("{line:?} does not go on from {at}"));
            }
            at = line.new_value.as_deref().unwrap_or_default();
        }
        if at != now.as_str() {
            return Err(format!(
                "{kind}: the history ends at {at}, the ticket says {now}"
            ));
        }
    }
    Ok(())
}

fn judge(
    w: &World,
    (before, after): (&Stands, &Stands),
    pair: [(&Edit, &Answered); 2],
) -> Result<(), String> {
    let (mut versions, mut words) = (0, 0);
    for (edit, answer) in pair {
        if answer.is_done() {
            versions += is_there(w, before, after, edit)?;
            words += i64::from(edit.has_words());
        } else {
            is_refused(before, after, edit, answer)?;
        }
    }
    if pair.iter().all(|(_, answer)| !answer.is_done()) {
        return Err("both were refused".to_owned());
    }
    let answers = |(edit, answer): &(&Edit, &Answered)| edit.is_answer() && answer.is_done();
    if pair.iter().all(answers) {
        return Err("it was answered twice".to_owned());
    }
    for ((edit, answer), (other, _)) in [(pair[0], pair[1]), (pair[1], pair[0])] {
        if !answer.is_done() && !other.is_in_the_way_of(edit) {
            return Err(format!(
                "{edit:?} was refused although nobody was in its way"
            ));
        }
    }
    is_chain(before, after)?;
    let grown = |now: i64, then: i64, by: i64, what: &str| match now - then {
        n if n == by => Ok(()),
        n => Err(format!("{n} {what}, of {by} acknowledged")),
    };
    let counted = i64::try_from(after.words.len() - before.words.len()).unwrap_or_default();
    grown(after.row.version, before.row.version, versions, "versions")?;
    grown(counted, 0, words, "comments")?;
    grown(
        after.row.comment_count,
        before.row.comment_count,
        words,
        "counted comments",
    )
}

async fn run_pair(
    w: &World,
    door: &Door,
    post: &Post,
    numbers: &mut Numbers,
    ticket: TicketId,
    n: usize,
    seen: &mut BTreeMap<String, usize>,
) -> Result<(), String> {
    let first = PEOPLE[numbers.below(PEOPLE.len())];
    let second = loop {
        let other = PEOPLE[numbers.below(PEOPLE.len())];
        if other != first {
            break other;
        }
    };
    let one = edits::draw(w, numbers, first, ticket, format!("first-{n}")).await;
    let two = edits::draw(w, numbers, second, ticket, format!("second-{n}")).await;
    let letters = (
        edits::posted(w, post, ticket, &one).await,
        edits::posted(w, post, ticket, &two).await,
    );
    let before = stands(w, ticket).await;
    let version = before.row.version;
    let (done, also) = tokio::join!(
        edits::send(w, door, post, ticket, version, &one, letters.0),
        edits::send(w, door, post, ticket, version, &two, letters.1),
    );
    settle(w, ticket).await;
    let after = stands(w, ticket).await;
    for (edit, answer) in [(&one, &done), (&two, &also)] {
        let how = if answer.is_done() { "done" } else { "refused" };
        *seen.entry(format!("{:?} {how}", edit.way)).or_default() += 1;
    }
    judge(w, (&before, &after), [(&one, &done), (&two, &also)]).map_err(|why| {
        format!(
            "{why}\n{one:?}\n{done:?}\n{two:?}\n{also:?}\nfrom {:?}\nto {:?}",
            before.row, after.row
        )
    })
}

on_both_engines! {
    /// Faults PRES-15: what is refused is refused with both sides.
    async fn two_people_who_change_one_ticket_at_once_lose_nothing_in_silence(w) {
        let post = crate::mail::post(w).await;
        let door = w.door().await;
        let (seed, _) = chance();
        let mut numbers = Numbers(seed);
        let mut seen = BTreeMap::new();
        let mut ticket = TicketId(0);
        for n in 0..PAIRS {
            if n % ON_ONE == 0 {
                ticket = opened(w, &door).await;
            }
            if let Err(why) = run_pair(w, &door, &post, &mut numbers, ticket, n, &mut seen).await {
                panic!("seed {seed}, pair {n}: {why}");
            }
        }
        // Each door let in; where two often want the same, it refused. Letters are never refused.
        for way in ["Page done", "Page refused", "Portal done", "Program done", "Program refused", "Mail done"] {
            assert!(seen.get(way).copied().unwrap_or_default() > PAIRS / 50, "{way}: {seen:?}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn words_that_no_deed_can_carry_any_more_wait_in_the_composer(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let (_, seen) = w.stands(screen).await;
        let closes = async |who: &str, version: i64, words: &str| {
            let form = format!("version={version}&message={words}");
            door.sends(who, screen, "/closure", &form).await
        };
        assert_eq!(closes("max", seen, "solved-by-max").await.status, 303);
        let told = closes("ben", seen, "solved-by-ben").await;
        assert!(told.status == 409 && told.body.contains("solved-by-ben"), "{}", told.body);
        // He saves all the same; a closed ticket cannot be closed.
        let (_, now) = w.stands(screen).await;
        assert_eq!(closes("ben", now, "solved-by-ben").await.status, 403);
        let page = door.gets("ben", &format!("/tickets/{screen}")).await;
        assert!(page.body.contains("solved-by-ben"), "{}", page.body);
        let theirs = door.gets("dora", &format!("/portal/tickets/{screen}")).await;
        assert!(theirs.body.contains("solved-by-max") && !theirs.body.contains("solved-by-ben"));
        door.closes().await;
    }
}
