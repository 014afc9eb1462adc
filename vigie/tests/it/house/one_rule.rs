//! One rule, whatever way one looks: lists, pages, the API, comments, history, files and counts
//! agree for everybody about every ticket, and what one may not see is in no byte of any answer.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use vigie::tickets::comments::{NewComment, NewFile};
use vigie::tickets::{Origin, reading, rights, verbs};

use crate::browsing::{Answer, Door};
use crate::world::World;

/// Who sees which tickets, said once more by hand: Ben works in Blue, asked for `own` in Red; Rob
/// belongs to Blue but sees only what names him; Dora was invited to `badge`.
const SEEN: &[(&str, &[&str])] = &[
    ("ada", ALL),
    ("max", ALL),
    ("gil", ALL),
    ("ben", &["badge", "cable", "own", "printer", "screen"]),
    ("vera", &["badge", "cable", "printer", "screen"]),
    ("cleo", &["leave", "own", "payroll", "rob", "salary"]),
    ("rob", &["rob"]),
    ("dora", &["badge", "leave", "printer", "screen"]),
    ("emil", &["badge", "payroll"]),
    ("fay", &["cable", "rob", "salary"]),
    ("nobody", &[]),
];
const ALL: &[&str] = &[
    "badge", "cable", "leave", "own", "payroll", "printer", "rob", "salary", "screen",
];

/// Staff who read internal notes: all that they see, but for Ben's own request outside of Blue.
pub(crate) fn reads_notes(who: &str, ticket: &str) -> bool {
    sees(who, ticket)
        && !matches!(who, "dora" | "emil" | "fay" | "nobody")
        && !(who == "ben" && ticket == "own")
}

pub(crate) fn sees(who: &str, ticket: &str) -> bool {
    SEEN.iter()
        .any(|(name, tickets)| *name == who && tickets.contains(&ticket))
}

pub(crate) fn is_customer(who: &str) -> bool {
    matches!(who, "dora" | "emil" | "fay")
}

/// A word that stands in one place of the desk only.
pub(crate) fn canary(what: &str, ticket: &str) -> String {
    format!("canary-{what}-{ticket}")
}

/// The file of each ticket that everybody on it sees, and the one on a note.
pub(crate) type Files = BTreeMap<&'static str, (i64, i64)>;

/// Writes on every ticket a public comment and a note, each with words and a file of its own.
pub(crate) async fn mark(w: &World, door: &Door) -> Files {
    let ada = w.actor("ada");
    let mut files = Files::new();
    for (name, id) in w.tickets() {
        let mut tx = w.db.write().await.unwrap();
        // A finished ticket takes no reply: its file hangs on a note, too.
        if let Ok(may) = reading::find_to_change::<rights::Reply>(&mut tx, &ada, id).await {
            let comment = words_and_file(door, "reply", name).await;
            verbs::reply(&mut tx, &may, &ada, comment, w.now())
                .await
                .unwrap();
        }
        let may = reading::find_to_change::<rights::Note>(&mut tx, &ada, id)
            .await
            .unwrap();
        let comment = words_and_file(door, "note", name).await;
        verbs::note(&mut tx, &may, &ada, comment, w.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let there = reading::attachments(&mut w.db.read(), &ada, id)
            .await
            .unwrap();
        let of = |what: &str| {
            let file = there.iter().find(|f| f.name.contains(&canary(what, name)));
            file.map_or(0, |f| f.id.0)
        };
        files.insert(name, (of("reply-file"), of("note-file")));
    }
    files
}

async fn words_and_file(door: &Door, what: &str, ticket: &str) -> NewComment {
    let stored = door
        .app
        .files
        .keep(canary(&format!("{what}-bytes"), ticket).into_bytes())
        .await
        .unwrap();
    NewComment {
        files: vec![NewFile {
            name: format!("{}.txt", canary(&format!("{what}-file"), ticket)),
            digest: stored.digest,
            media_type: stored.media_type,
            size: stored.size,
        }],
        ..NewComment::typed(&canary(what, ticket), Origin::Web)
    }
}

/// The numbers of the tickets that a page leads to.
fn numbers_on(page: &Answer, before: &str) -> BTreeSet<i64> {
    page.body
        .match_indices(&format!("href=\"{before}"))
        .filter_map(|(at, found)| {
            let rest = &page.body[at + found.len()..];
            let end = rest.find(|c: char| !c.is_ascii_digit())?;
            rest[..end].parse().ok()
        })
        .collect()
}

on_both_engines! {
    async fn one_rule_everywhere(w) {
        let door = w.door().await;
        let files = mark(w, &door).await;
        let numbers: BTreeMap<i64, &str> = w.tickets().map(|(name, id)| (id.0, name)).collect();
        for who in w.everybody() {
            let expected: BTreeSet<i64> = w.tickets().filter(|(name, _)| sees(who, name)).map(|(_, id)| id.0).collect();
            let names = |seen: &BTreeSet<i64>| seen.iter().map(|n| numbers[n]).collect::<Vec<_>>();

            let api = door.json(who, "/api/v1/tickets?limit=200").await;
            let listed: BTreeSet<i64> = api["items"].as_array().into_iter().flatten().filter_map(|t| t["number"].as_i64()).collect();
            assert_eq!(names(&listed), names(&expected), "{who}: the list of the API");

            let counts = door.json(who, "/api/v1/tickets/counts").await;
            let counted: i64 = counts.as_array().into_iter().flatten().filter_map(|c| c["count"].as_i64()).sum();
            assert_eq!(counted, i64::try_from(expected.len()).unwrap(), "{who}: counts, {counts}");

            let (list, page) = if is_customer(who) { ("/portal/tickets?show=all", "/portal/tickets/") } else { ("/tickets?view=all", "/tickets/") };
            let drawn = door.gets(who, list).await;
            let drawn: BTreeSet<i64> = numbers_on(&drawn, page).into_iter().filter(|n| numbers.contains_key(n)).collect();
            if !is_customer(who) {
                assert_eq!(names(&drawn), names(&expected), "{who}: the list of pages");
            }
            assert!(drawn.is_subset(&expected), "{who}: the list of pages");

            for (name, id) in w.tickets() {
                let yes = sees(who, name);
                let good = |path: String| { let door = &door; async move { door.gets(who, &path).await.status == 200 } };
                let (open, internal) = files[name];
                let api = format!("/api/v1/tickets/{id}");
                assert_eq!(good(format!("{page}{id}")).await, yes, "{who} {name}: the page");
                assert_eq!(good(api.clone()).await, yes, "{who} {name}: the API");
                assert_eq!(good(format!("{api}/comments")).await, yes, "{who} {name}: comments");
                assert_eq!(good(format!("{api}/events")).await, yes, "{who} {name}: history");
                for (file, may) in [(open, yes), (internal, reads_notes(who, name))] {
                    if file == 0 { continue }
                    assert_eq!(good(format!("{page}{id}/attachments/{file}")).await, may, "{who} {name}: file {file}");
                    assert_eq!(good(format!("{api}/attachments/{file}")).await, may, "{who} {name}: file {file} by the API");
                    // A file is not found on another ticket, whoever asks.
                    let other = w.tickets().find(|(n, _)| *n != name && sees(who, n));
                    if let Some((_, other)) = other {
                        assert!(!good(format!("{page}{other}/attachments/{file}")).await, "{who}: file {file} on {other}");
                    }
                }
            }
        }
        door.closes().await;
    }
}

/// Every address that may be read, filled with everything there is.
fn addresses(w: &World, files: &Files) -> Vec<String> {
    let mut out = vec![];
    let numbers: Vec<String> = w.tickets().map(|(_, id)| id.0.to_string()).collect();
    let ids: BTreeSet<String> = files
        .values()
        .flat_map(|(a, b)| [a.to_string(), b.to_string()])
        .chain((1..=3).map(|n| n.to_string()))
        .collect();
    for route in vigie::routes::all() {
        if route.method != Method::GET {
            continue;
        }
        let one = |path: &str, name: &str, values: &[String]| -> Vec<String> {
            if path.contains(name) {
                values.iter().map(|v| path.replace(name, v)).collect()
            } else {
                vec![path.to_owned()]
            }
        };
        let ids: Vec<String> = ids.iter().cloned().collect();
        for path in one(route.path, "{number}", &numbers) {
            out.extend(one(&path, "{id}", &ids));
        }
    }
    for list in [
        "/tickets",
        "/portal/tickets",
        "/my-requests",
        "/api/v1/tickets",
    ] {
        for query in [
            "view=all",
            "view=mine",
            "view=unassigned",
            "state=free",
            "state=in_progress",
            "sort=number",
            "sort=-priority",
            "limit=200",
            "department=1",
            "department=2",
            "assignee=me",
            "requester=me",
            "show=all",
        ] {
            out.push(format!("{list}?{query}"));
        }
    }
    out.retain(|path| !path.contains("{*"));
    out
}

on_both_engines! {
    async fn what_one_may_not_see_is_in_no_byte_of_any_answer(w) {
        let door = w.door().await;
        let files = mark(w, &door).await;
        let subjects: BTreeMap<&str, String> = {
            let mut all = BTreeMap::new();
            for (name, id) in w.tickets() {
                let ticket = reading::find::<rights::Read>(&mut w.db.read(), &w.actor("ada"), id).await.unwrap();
                all.insert(name, ticket.subject.clone());
            }
            all
        };
        let addresses = addresses(w, &files);
        let mut met = BTreeSet::new();
        for who in w.everybody() {
            // Administrators see everything, which proves that the words can be met.
            if matches!(who, "max" | "gil") { continue }
            for path in &addresses {
                let answer = door.gets(who, path).await;
                assert!(answer.status < 500, "{who} {path}: {}", answer.status);
                for (name, _) in w.tickets() {
                    let public = [subjects[name].clone(), canary("reply", name)];
                    for word in public.iter().filter(|word| answer.body.contains(word.as_str())) {
                        assert!(sees(who, name), "{who} meets {word:?} at {path}");
                        met.insert((name, "public"));
                    }
                    if answer.body.contains(&canary("note", name)) || answer.body.contains(&format!("Staff only: {}", subjects[name])) {
                        assert!(reads_notes(who, name), "{who} meets the note of {name} at {path}");
                        met.insert((name, "note"));
                    }
                }
            }
        }
        assert_eq!(met.len(), 2 * w.tickets().count(), "the crawl meets every ticket: {met:?}");
        door.closes().await;
    }
}
