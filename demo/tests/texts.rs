//! What people write in the demonstration reads like a real desk.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use demo::desk::{Desk, Language};
use demo::ticket::{Audience, Deed};

/// 2026-11-23T13:10:00Z, a Monday.
const NOW: i64 = 1_795_439_400_000_000;
const SEED: u64 = 20_261_123;

fn desk() -> Desk {
    demo::desk(SEED, NOW)
}

fn bodies(desk: &Desk) -> Vec<(u64, Language, &str)> {
    let mut all = Vec::new();
    for ticket in &desk.tickets {
        all.push((ticket.number, ticket.language, ticket.subject.as_str()));
        for event in &ticket.events {
            let body = match &event.deed {
                Deed::Create { body, .. }
                | Deed::Comment { body, .. }
                | Deed::AskInformation { body }
                | Deed::Close { body }
                | Deed::RefuseClosure { body }
                | Deed::RefuseTicket { body }
                | Deed::Reopen { body } => body,
                _ => continue,
            };
            all.push((ticket.number, ticket.language, body.as_str()));
        }
    }
    all
}

#[test]
fn threads_are_conversations() {
    let desk = desk();
    let (mut comments, mut notes, mut files) = (0, 0, 0);
    for event in desk.tickets.iter().flat_map(|ticket| &ticket.events) {
        match &event.deed {
            Deed::Comment {
                audience: Audience::Public,
                attachments,
                ..
            } => {
                comments += 1;
                files += attachments.len();
            }
            Deed::Comment {
                audience: Audience::Staff,
                ..
            } => notes += 1,
            Deed::Create { attachments, .. } => files += attachments.len(),
            _ => {}
        }
    }
    assert!(
        comments > 2_000 && notes > 600 && files > 200,
        "{comments} {notes} {files}"
    );
}

#[test]
fn files_are_what_their_names_say() {
    let desk = desk();
    let mut kinds = BTreeSet::new();
    for event in desk.tickets.iter().flat_map(|ticket| &ticket.events) {
        let (Deed::Create { attachments, .. } | Deed::Comment { attachments, .. }) = &event.deed
        else {
            continue;
        };
        for file in attachments {
            kinds.insert(file.media_type.clone());
            assert!(
                !file.content.is_empty() && file.content.len() < 20_000,
                "{}",
                file.name
            );
            match file.name.rsplit('.').next() {
                Some("png") => assert!(
                    file.content.starts_with(b"\x89PNG\r\n\x1a\n")
                        && file.content.ends_with(b"IEND\xaeB`\x82")
                ),
                _ => assert!(std::str::from_utf8(&file.content).is_ok(), "{}", file.name),
            }
        }
    }
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["image/png", "text/csv", "text/plain"]
    );
}

#[test]
fn texts_have_no_hole_and_the_typography_of_their_language() {
    for (number, language, text) in bodies(&desk()) {
        assert!(!text.trim().is_empty(), "#{number} says nothing");
        assert!(
            !text.contains(['{', '}']),
            "#{number}: a variable was not filled in: {text}"
        );
        let mut code = false;
        let letters: Vec<char> = text.chars().collect();
        for pair in letters.windows(2) {
            code ^= pair[0] == '`';
            if code {
                continue;
            }
            let plain = pair[0] == ' ' && matches!(pair[1], ':' | ';' | '!' | '?' | '%' | '»');
            assert!(
                language == Language::English || !plain,
                "#{number}: plain space in: {text}"
            );
            assert!(pair[0] != '«' || pair[1] == '\u{202f}', "#{number}: {text}");
            let glued = pair[0].is_alphabetic() && matches!(pair[1], ';' | '!' | '?');
            assert!(
                language == Language::English || !glued,
                "#{number}: no space in: {text}"
            );
            assert!(pair[1] != '\'', "#{number}: straight apostrophe in: {text}");
        }
    }
}

#[test]
fn no_two_neighbours_look_alike_and_no_subject_is_worn_out() {
    let desk = desk();
    // What is left of a subject when its variable parts (numbers, names, codes) are taken away.
    let skeleton = |subject: &str| {
        let words = subject.split([' ', '\u{a0}', '\u{202f}']);
        words
            .filter(|word| {
                word.chars()
                    .all(|letter| letter.is_lowercase() || "’-,".contains(letter))
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    let subjects: Vec<String> = desk
        .tickets
        .iter()
        .map(|ticket| skeleton(&ticket.subject))
        .collect();
    for (at, pair) in desk.tickets.windows(2).enumerate() {
        assert_ne!(pair[0].subject, pair[1].subject, "#{}", pair[0].number);
        assert!(
            subjects[at] != subjects[at + 1] || subjects[at].is_empty(),
            "#{}: {}",
            pair[0].number,
            pair[0].subject
        );
    }
    let mut uses = BTreeMap::new();
    for subject in &subjects {
        *uses.entry(subject).or_insert(0_usize) += 1;
    }
    for (subject, count) in &uses {
        assert!(*count <= 24, "{count} times: {subject}");
    }
    assert!(uses.len() >= 150, "only {} different subjects", uses.len());
    let exact: HashSet<&str> = desk
        .tickets
        .iter()
        .map(|ticket| ticket.subject.as_str())
        .collect();
    assert!(exact.len() >= 950, "only {} exact subjects", exact.len());
}
