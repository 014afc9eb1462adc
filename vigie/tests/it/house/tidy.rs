//! Words that may stand in a few places only.

use super::tree::{self, Source};

/// A word, where it may stand, and why not elsewhere. A place is a path's beginning, or its end
/// when it begins with `*`; each must be needed by some file.
struct Rule {
    words: &'static [&'static str],
    only_in: &'static [&'static str],
    because: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        words: &["sqlx", "rusqlite"],
        only_in: &[
            "kit/src/db/",
            // Looks that no answer says it.
            "vigie/tests/it/door.rs",
        ],
        because: "one room knows the database library; everybody else holds a Query",
    },
    Rule {
        words: &["__checked", "__scoped", "__acting"],
        only_in: &["kit/src/db/sql.rs"],
        because: "a query comes from a macro that looked at its text while compiling",
    },
    Rule {
        words: &["scoped!", "global!", "acting!", "system!"],
        only_in: &[
            "kit/src/db/sql.rs",
            "*store.rs",
            "vigie/tests/",
            // Not in a store yet. This list may only shrink.
            "kit/src/jobs/mod.rs",
            "vigie/src/tickets/counts.rs",
            "vigie/src/tickets/reading.rs",
            "vigie/src/web/health.rs",
        ],
        because: "a noun's SQL stands in its store, which the compiler keeps private",
    },
    Rule {
        words: &["axum"],
        only_in: &[
            "kit/src/web/",
            "vigie/src/web/",
            "vigie/src/routes.rs",
            "vigie/src/api_document.rs",
            "*/pages.rs",
            "*/api.rs",
            "vigie/src/tickets/portal.rs",
            // Opens the door.
            "vigie/src/commands/serve.rs",
            // Takes a connection over from the door.
            "vigie/src/live/socket.rs",
            "vigie/tests/it/",
            // Servers that the desk is compared with, or that stand in for a browser's driver.
            "xtask/src/",
        ],
        because: "verbs do not know that there is a web",
    },
    Rule {
        words: &["SystemTime::now", "Timestamp::now", "Zoned::now"],
        only_in: &[
            "kit/src/clock.rs",
            // Writes the Date of mails that a stranger's program sends.
            "xtask/src/mail/write.rs",
            // Seeds desks that are measured at once, and stand today.
            "xtask/src/desk/start.rs",
        ],
        because: "the present is an argument",
    },
    Rule {
        words: &["Instant::now"],
        only_in: &[
            // They measure how long something takes, and decide nothing by it.
            "xtask/",
            "pages/examples/speed.rs",
            "letter/tests/effort/",
            "demo/tests/bulk.rs",
            "vigie/tests/it/hostile/pace.rs",
            "vigie/tests/it/mail/pace.rs",
        ],
        because: "the present is an argument",
    },
    Rule {
        words: &["env::var", "env::var_os", "env::vars", "env::vars_os"],
        only_in: &[
            "kit/src/config.rs",
            // Where the test servers are.
            "vigie/tests/it/world.rs",
            "vigie/tests/it/mail/pace.rs",
            "xtask/",
        ],
        because: "a setting has a name, a default and a check, in one file",
    },
    Rule {
        words: &["rand::"],
        only_in: &["kit/src/ids.rs"],
        because: "chance is an argument",
    },
    Rule {
        words: &[
            "TcpListener",
            "TcpStream",
            "UnixListener",
            "lettre",
            "reqwest",
        ],
        only_in: &[
            // The relay going out, reception coming in.
            "vigie/src/mail/",
            "vigie/src/commands/",
            // Programs that speak to the desk from outside.
            "vigie/tests/it/mail/",
            "vigie/tests/it/live/",
            "xtask/",
        ],
        because: "few rooms open sockets",
    },
    Rule {
        words: &["sleep"],
        only_in: &[
            // A worker without work looks again.
            "kit/src/jobs/mod.rs",
            // Reception out of descriptors waits before it accepts again.
            "vigie/src/mail/receive.rs",
            // A whole batch is waited for no longer than this.
            "vigie/src/mail/spool.rs",
            // Real servers and browsers are looked at until they answer.
            "xtask/",
        ],
        because: "a test that sleeps is slow and still wrong sometimes",
    },
    Rule {
        words: &["Serialize"],
        only_in: &[
            "*/api.rs",
            "*/api/wire.rs",
            // Payloads of jobs.
            "kit/src/jobs/mod.rs",
            "vigie/src/mail/store.rs",
            "vigie/src/mail/outbox_store.rs",
            // Frames of the live channel, and what nodes tell each other.
            "vigie/src/live/wire.rs",
            "presence/src/place.rs",
            "presence/src/said.rs",
            "presence/tests/it/places.rs",
            "vigie/src/people/access/sign_in.rs",
            "vigie/src/tickets/history.rs",
            // What `demo --json` and `seed --json` tell scripts.
            "vigie/src/seed/",
        ],
        because: "what programs read is declared in api.rs, so that a row may change without them",
    },
    Rule {
        words: &["println!", "print!", "eprintln!", "eprint!"],
        only_in: &[
            "vigie/src/commands/",
            "xtask/",
            "pages/examples/",
            "vigie/tests/it/world.rs",
            "vigie/tests/it/mail/pace.rs",
        ],
        because: "the house speaks by its log; only commands talk to a terminal",
    },
    Rule {
        words: &[
            "#[allow",
            "#![allow",
            "#[ignore",
            "#[should_panic",
            "todo!",
            "unimplemented!",
            "dbg!",
        ],
        only_in: &[],
        because: "unfinished or hidden work is not kept; #[expect] says its reason",
    },
];

/// Looked for in comments, too.
const NOWHERE_AT_ALL: &[&str] = &["FIXME", "TODO", "XXX", "HACK"];

/// The nouns in order, with what may be called by those after them only.
const NOUNS: &[&str] = &[
    "audit",
    "people",
    "departments",
    "replies",
    "knowledge",
    "tickets",
    "tasks",
    "assets",
    "views",
    "administration",
    "scopes",
    "setup",
    "notifications",
    "mail",
    "search",
    "privacy",
    "live",
];

/// Rooms of the web's side, which verbs and stores do not know.
const DOORS: &[&str] = &[
    "crate::web",
    "crate::routes",
    "crate::api_document",
    "pages::",
];

/// Files of a noun that stand on the web's side.
const DOOR_FILES: &[&str] = &[
    "/pages.rs",
    "/api.rs",
    "/portal.rs",
    "/views.rs",
    "/uploads.rs",
    // What a mail looks like.
    "/texts.rs",
];

fn sources() -> Vec<Source> {
    let mut all = tree::rust();
    // Where the words are listed.
    all.retain(|s| s.path != "vigie/tests/it/house/tidy.rs");
    all
}

fn is_in(path: &str, place: &str) -> bool {
    match place.strip_prefix('*') {
        Some(end) => path.ends_with(end),
        None => path.starts_with(place),
    }
}

/// Whether the line holds the word, not as a part of a longer one.
fn holds(line: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let starts_inside = part(word.chars().next()) && part(line[..at].chars().next_back());
        let end = at + word.len();
        let ends_inside = part(word.chars().next_back()) && part(line[end..].chars().next());
        !starts_inside && !ends_inside
    })
}

#[test]
fn each_word_stands_only_where_it_may() {
    let sources = sources();
    let mut faults = vec![];
    for rule in RULES {
        let mut needed = vec![false; rule.only_in.len()];
        for source in &sources {
            for (n, line) in source.code() {
                for word in rule.words.iter().filter(|word| holds(line, word)) {
                    match rule.only_in.iter().position(|p| is_in(&source.path, p)) {
                        Some(place) => needed[place] = true,
                        None => faults
                            .push(format!("{}:{n} says {word}: {}", source.path, rule.because)),
                    }
                }
            }
        }
        for (place, _) in rule
            .only_in
            .iter()
            .zip(needed)
            .filter(|(_, needed)| !needed)
        {
            faults.push(format!(
                "{place} no longer says {}: strike it from the list",
                rule.words[0]
            ));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn nothing_is_put_off_in_a_comment() {
    let mut faults = vec![];
    for source in sources() {
        for (n, line) in source.text.lines().enumerate() {
            for word in NOWHERE_AT_ALL.iter().filter(|word| holds(line, word)) {
                faults.push(format!("{}:{} says {word}", source.path, n + 1));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_noun_calls_only_earlier_nouns_and_no_noun_calls_a_door() {
    let mut faults = vec![];
    for source in tree::files(&["vigie/src"], ".rs") {
        let place = source.path.trim_start_matches("vigie/src/");
        let noun = NOUNS.iter().position(|noun| place.starts_with(noun));
        let is_rule = place == "policy.rs";
        let is_door = DOOR_FILES.iter().any(|file| source.path.ends_with(file));
        if (noun.is_none() && !is_rule) || is_door {
            continue;
        }
        let later = noun.map_or(0, |n| n + 1);
        for (n, line) in source.code() {
            for noun in &NOUNS[later..] {
                if holds(line, &format!("crate::{noun}")) {
                    faults.push(format!("{}:{n} calls a later noun, {noun}", source.path));
                }
            }
            for door in DOORS.iter().filter(|door| holds(line, door)) {
                faults.push(format!("{}:{n} calls a door, {door}", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_query_that_steps_past_the_rule_is_listed_with_its_reason() {
    let mut out =
        String::from("where · why no person stands behind it; this list may only shrink\n\n");
    for source in tree::files(&["kit/src", "vigie/src"], ".rs") {
        if source.path == "kit/src/db/sql.rs" {
            continue;
        }
        let code: String = source.code().map(|(_, line)| line).collect();
        for call in code.split("system!(").skip(1) {
            let because = call.trim_start().strip_prefix("because");
            let why = because
                .and_then(|rest| rest.split('"').nth(1))
                .unwrap_or_else(|| panic!("{}: system! without its reason", source.path));
            out.push_str(&format!("{} · {why}\n", source.path));
        }
    }
    tree::expect("system_queries.txt", &out);
}
