//! What the inspector says, as a file of values between separators (CSV).

use pages::admin::inspector::{Answer, Reason, Seer, TeamSight};
use words::catalogue::Arg;
use words::reader::Words;

use crate::tickets::listing::export::{Manner, line};

/// The file, as the reader's spreadsheet opens it. Empty when nothing was asked.
pub(super) fn text(answer: Answer, words: &Words) -> String {
    let say = |key: &'static str| words.say(key).to_owned();
    let level =
        |level: Option<pages::admin::Level>| level.map_or(String::new(), |it| say(it.key()));
    let reasons = |reasons: &[Reason], teams: &[TeamSight], tags: &[String]| -> String {
        let mut said: Vec<String> = reasons.iter().map(|it| say(it.key())).collect();
        said.extend(teams.iter().map(|it| {
            let team = [("team", Arg::from(it.name.as_str()))];
            let by = words.say_with("inspector-by-team", &team);
            format!("{by} {}", words.say(it.level.key()))
        }));
        said.extend(tags.iter().cloned());
        said.join(", ")
    };
    let yes = |is: bool| say(if is { "inspector-yes" } else { "inspector-no" });
    let head = |keys: &[&'static str]| -> Vec<String> { keys.iter().map(|key| say(key)).collect() };
    let person = |seer: &Seer| vec![seer.name.clone(), seer.email.clone(), seer.role.name(words)];
    let mut lines: Vec<Vec<String>> = vec![];
    match answer {
        Answer::None => {}
        Answer::Why(verdict) => {
            lines.push(head(WHO));
            let held = verdict.chain.iter().filter(|link| link.holds);
            let held: Vec<Reason> = held.map(|link| link.reason).collect();
            let mut cells = person(&verdict.seer);
            let why = match verdict.glimpse {
                Some(glimpse) => say(glimpse.key()),
                None => reasons(&held, &verdict.teams, &verdict.tags),
            };
            cells.extend([why, yes(verdict.reads_notes)]);
            lines.push(cells);
        }
        Answer::Who(ticket, rows) => {
            lines.push(head(WHO));
            for row in rows {
                let mut cells = person(&row.seer);
                let why = reasons(&row.reasons, &row.teams, &row.tags);
                cells.extend([why, yes(row.reads_notes)]);
                lines.push(cells);
            }
            lines.extend(ticket.also().map(|key| vec![say(key)]));
        }
        Answer::What(_, rows) => {
            lines.push(head(&[
                "admin-department",
                "inspector-level",
                "inspector-seen-alone",
                "inspector-total",
            ]));
            for row in rows {
                lines.push(vec![row.department, level(row.level), row.seen, row.total]);
            }
        }
        Answer::Looks(_, rows, _) => {
            lines.push(head(&[
                "admin-person",
                "admin-email",
                "admin-role",
                "inspector-scope",
                "inspector-level",
                "inspector-why",
            ]));
            for row in rows {
                let mut cells = person(&row.seer);
                let scope = row.seer.scope.map_or(String::new(), |it| say(it.key()));
                let why: Vec<Reason> = row.reason.into_iter().collect();
                let why = reasons(&why, &row.teams, &row.tags);
                cells.extend([scope, level(row.level), why]);
                lines.push(cells);
            }
        }
    }
    let manner = Manner::for_spreadsheet(words);
    let mut text = String::from(if manner.has_mark { "\u{feff}" } else { "" });
    for cells in lines {
        text.push_str(&line(cells.into_iter(), manner));
    }
    text
}

const WHO: &[&str] = &[
    "admin-person",
    "admin-email",
    "admin-role",
    "inspector-why",
    "inspector-notes",
];
