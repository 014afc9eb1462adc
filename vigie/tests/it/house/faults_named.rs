//! Every line of the catalogue of faults about mail (coming in, who speaks, loops, odd letters, going out) is named by a test,
//! above it or at the head of its file, so that whoever changes the test knows what it is for. A line about something that is
//! not there says so here.

use std::collections::BTreeSet;

use super::tree::{self, Source};

/// The kinds of lines, each with its numbers.
const LINES: &[(&str, &[u8])] = &[
    (
        "IN",
        &[1, 2, 4, 5, 7, 8, 9, 11, 13, 15, 16, 17, 19, 20, 21, 23, 24],
    ),
    ("ID", &[1, 2, 3, 4, 7, 9, 10, 11, 13, 15, 17, 18, 19]),
    ("LOOP", &[1, 2, 4, 5, 6, 8, 9, 12, 13]),
    ("MIME", &[1, 3, 4, 7, 8, 11, 12, 13, 15, 17]),
    ("OUT", &[1, 2, 4, 5, 6, 8, 9, 12]),
];

/// What no test names, and why.
const WITHOUT: &[(&str, &str)] = &[
    (
        "ID-17",
        "no signature is checked and no badge is shown: a signed letter is read as any other, with its signature as a file",
    ),
    (
        "ID-18",
        "no page tells of a ticket by its number and an address: whoever reads one came in, or holds a link made for them",
    ),
    (
        "OUT-04",
        "no copy is put into a folder on a mail server: what was sent is kept in the outbox",
    ),
    ("OUT-12", "there are no webhooks"),
];

/// The comments of a file.
fn comments(source: &Source) -> impl Iterator<Item = &str> {
    source
        .text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("//"))
}

fn names(comment: &str, id: &str) -> bool {
    comment
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .any(|word| word == id)
}

#[test]
fn every_fault_of_mail_is_named_by_a_test_or_says_why_there_is_none() {
    let tests: Vec<Source> = tree::files(&["vigie/tests", "letter/tests", "xtask/src"], ".rs")
        .into_iter()
        .filter(|source| !source.path.contains("/it/house/"))
        .collect();
    let is_named = |id: &str| {
        let mut all = tests.iter().flat_map(comments);
        all.any(|comment| names(comment, id))
    };
    let mut without: BTreeSet<&str> = WITHOUT.iter().map(|(id, _)| *id).collect();
    assert!(WITHOUT.iter().all(|(_, why)| !why.is_empty()));
    let mut faults = vec![];
    for (kind, numbers) in LINES {
        for number in *numbers {
            let id = format!("{kind}-{number:02}");
            match (without.remove(id.as_str()), is_named(&id)) {
                (false, false) => faults.push(format!("{id} is named by no test")),
                (true, true) => faults.push(format!("{id} has a test now, and needs no reason")),
                _ => {}
            }
        }
    }
    faults.extend(without.iter().map(|id| format!("{id} is no line")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(
        !is_named("IN-99") && !names("// XIN-04", "IN-04"),
        "it looks for whole names"
    );
}
