//! The journal as a file of values between separators (CSV), the newest entry first.

use kit::authz::{Actor, May};
use kit::db::Answers;
use kit::error::Error;
use words::reader::Words;

use super::{Journal, Past, Read, Wanted, told};
use crate::tickets::listing::export::{Manner, line};

/// Entries read in one query.
const AT_ONCE: i64 = 1_000;

const HEAD: &[&str] = &[
    "audit-number",
    "audit-when",
    "audit-actor",
    "audit-way",
    "audit-deed",
    "audit-about",
    "admin-department",
    "audit-what",
    "audit-changes",
    "audit-link",
];

/// The file, as the reader's spreadsheet opens it, and how many entries it holds.
pub(super) async fn text(
    ask: &mut dyn Answers,
    actor: &Actor,
    may: &May<Read, Journal>,
    wanted: &Wanted,
    words: &Words,
) -> Result<(String, i64), Error> {
    let manner = Manner::for_spreadsheet(words);
    let mut text = String::from(if manner.has_mark { "\u{feff}" } else { "" });
    text.push_str(&line(
        HEAD.iter().map(|key| words.say(key).to_owned()),
        manner,
    ));
    let (mut past, mut lines) = (Past::Start, 0);
    loop {
        let page = super::page(ask, actor, may, wanted, past, AT_ONCE).await?;
        for noted in page.rows {
            past = Past::Older(noted.id);
            lines += 1;
            let row = told::row(noted, words);
            let changes: Vec<String> = row
                .changes
                .iter()
                .map(|it| {
                    let part = |text: &Option<String>| {
                        text.clone()
                            .unwrap_or_else(|| words.say("audit-nothing").to_owned())
                    };
                    format!(
                        "{} {} → {}",
                        words.say(it.field),
                        part(&it.was),
                        part(&it.becomes)
                    )
                })
                .collect();
            let name = |of: Option<(i64, String)>| of.map_or(String::new(), |(_, name)| name);
            let actor = match row.actor {
                Some((_, name)) => name,
                None => words.say("audit-nobody").to_owned(),
            };
            let cells = [
                row.number.to_string(),
                row.iso,
                actor,
                words.say(row.way).to_owned(),
                words.say(row.deed).to_owned(),
                name(row.person),
                name(row.department),
                row.thing.unwrap_or_default(),
                changes.join(" · "),
                row.link,
            ];
            text.push_str(&line(cells.into_iter(), manner));
        }
        if !page.has_older {
            return Ok((text, lines));
        }
    }
}
