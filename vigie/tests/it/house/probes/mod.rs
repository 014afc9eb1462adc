//! Every address, asked by everybody about everything: the verdicts are one table that people read
//! (`expect/route_verdicts.txt`), and no answer holds a word that is not for whoever asked.
//!
//! A new address needs nothing but its lines in the table, unless it has a parameter of a new kind
//! ([`things`]), a text of a new shape ([`bodies`]), or does something at once (`DONE`).

mod announcing;
mod bodies;
mod cast;
mod crossing;
mod forged;
mod frames;
mod leaving;
mod putting_back;
mod readings;
mod setting;
mod stories;
mod things;
mod traces;
mod twins;

use std::collections::BTreeSet;

use kit::db::Db;
use vigie::web::route::Route;

use crate::browsing::Answer;
use cast::{MARK, SECRETS};
use crossing::{Pass, Table};

/// What was asked on one engine, and what should not have been answered.
#[derive(Debug, Default)]
struct Tally {
    asked: usize,
    leaks: Vec<String>,
    met: BTreeSet<&'static str>,
    stand: String,
    is_behind: bool,
}

impl Tally {
    /// Counts an answer, and looks for what is not for whoever asked.
    fn looks_at(&mut self, who: &str, what: &str, answer: &Answer) {
        self.asked += 1;
        if answer.status >= 500 {
            self.leaks.push(format!("{who} {what}: {}", answer.status));
        }
        let headers = answer.headers.values().filter(|value| value.contains(MARK));
        let parts = headers.chain(Some(&answer.body).filter(|body| body.contains(MARK)));
        for part in parts {
            for secret in SECRETS.iter().filter(|secret| part.contains(secret.word)) {
                if secret.is_for(who) {
                    self.met.insert(secret.word);
                } else {
                    self.leaks
                        .push(format!("{who} meets {} at {what}", secret.word));
                }
            }
            // A planted word of which nobody said whose it is, is nobody's: a password, say.
            for word in planted(part) {
                let is_said = SECRETS.iter().any(|secret| word.starts_with(secret.word));
                self.faults(!is_said, || format!("{who} meets {word} at {what}"));
            }
        }
    }

    /// The tables that changed since this was asked last.
    async fn changes(&mut self, db: &Db) -> Vec<String> {
        let now = traces::stand(db).await;
        let changed = traces::changed(&self.stand, &now);
        self.stand = now;
        self.is_behind = false;
        changed
    }

    /// Notes what must not be.
    fn faults(&mut self, is_so: bool, what: impl FnOnce() -> String) {
        if is_so {
            self.leaks.push(what());
        }
    }
}

/// What comes after `before` differs with every answer, until the next quote.
fn without(body: &str, before: &str) -> String {
    let mut parts = body.split(before);
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(before);
        plain.push_str(part.split_once('"').map_or(part, |(_, rest)| rest));
    }
    plain
}

/// An answer without what must differ between two that say the same: the request's number, what forms
/// are sealed with, and the address that was asked for.
pub fn plain(answer: &Answer, asked: &str) -> Answer {
    let mut plain = answer.clone();
    for header in ["x-request-number", "content-length", "set-cookie"] {
        plain.headers.remove(header);
    }
    if plain.body.starts_with('{')
        && let Ok(mut problem) = serde_json::from_str::<serde_json::Value>(&plain.body)
        && problem.get("request").is_some()
    {
        problem["request"] = "".into();
        plain.body = problem.to_string();
    }
    for sealed in ["name=\"csrf\" value=\"", "name=\"once\" value=\""] {
        if plain.body.contains(sealed) {
            plain.body = without(&plain.body, sealed);
        }
    }
    let path = asked.split('?').next().unwrap_or_default();
    let encoded: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
    for spelt in [path, &encoded] {
        if path.len() > 1 && plain.body.contains(spelt) {
            plain.body = plain.body.replace(spelt, "ADDRESS");
        }
    }
    if let Some(location) = plain.headers.get_mut("location") {
        *location = location
            .replace(&encoded, "ADDRESS")
            .replace(path, "ADDRESS");
    }
    plain
}

/// The planted words of a text.
fn planted(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(MARK).skip(1).map(|rest| {
        let of_word = |c: &char| c.is_ascii_lowercase() || *c == '-';
        let rest: String = rest.chars().take_while(of_word).collect();
        format!("{MARK}{rest}")
    });
    words.collect::<std::collections::BTreeSet<_>>().into_iter()
}

fn named(route: &Route) -> String {
    format!("{:<6} {}", route.method.as_str(), route.path)
}

#[test]
fn everybody_asks_everything_and_learns_only_what_is_theirs() {
    let found = crate::world::run_at_once("probes", async |w| {
        let mut desk = setting::set_up(w).await;
        let mut tally = Tally::default();
        let mut table = Table::default();
        tally.changes(&w.db).await;
        traces::is_whole(&tally.stand);
        table.crosses(w, &mut desk, &mut tally, Pass::Looking).await;
        readings::reads(&desk, &mut tally).await;
        for secret in SECRETS {
            let is_met = tally.met.contains(secret.word);
            tally.faults(!is_met, || format!("nobody ever meets {}", secret.word));
        }
        twins::compares(w, &desk, &mut tally).await;
        desk.versions = putting_back::keeps(&w.db).await;
        tally.changes(&w.db).await;
        forged::refuses(w, &desk, &mut tally).await;
        table.crosses(w, &mut desk, &mut tally, Pass::Trying).await;
        table.crosses(w, &mut desk, &mut tally, Pass::Doing).await;
        desk.door.closes().await;
        (w.db.engine(), tally, table.text())
    });
    let all: usize = found.iter().map(|(_, tally, _)| tally.asked).sum();
    let each: Vec<String> = found
        .iter()
        .map(|(engine, tally, _)| {
            format!("{engine:?} {}, leaks {}", tally.asked, tally.leaks.len())
        })
        .collect();
    crate::world::say(&format!("probes: {all} ({})", each.join("; ")));
    let mut faults = vec![];
    for (engine, tally, table) in &found {
        faults.extend(tally.leaks.iter().map(|leak| format!("{engine:?} {leak}")));
        faults.extend(super::tree::differs("route_verdicts.txt", table));
    }
    let shown: Vec<&str> = faults.iter().take(60).map(String::as_str).collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        shown.join("\n")
    );
    assert!(all >= 10_000 * found.len(), "only {all} probes");
}
