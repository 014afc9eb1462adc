//! A list as a file of values between separators (CSV), for spreadsheets and programs. Pure but for
//! its page: what a row says, and how a cell is written so that no spreadsheet takes it for a formula.

pub mod pages;

use words::reader::Words;

use super::Listed;
use super::filter::{Property, Value};
use super::settings::Shown;
use super::views::{self, Names};

/// How the file is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// Between two cells.
    pub separator: char,
    /// Begins with the mark by which spreadsheets know UTF-8.
    pub has_mark: bool,
}

impl Manner {
    /// As RFC 4180 says it, for programs.
    pub const PLAIN: Manner = Manner {
        separator: ',',
        has_mark: false,
    };

    /// As the reader's spreadsheet opens it by a double click: French ones part cells by semicolons.
    pub fn for_spreadsheet(words: &Words) -> Manner {
        let is_french = words.language == words::language::Language::French;
        Manner {
            separator: if is_french { ';' } else { ',' },
            has_mark: true,
        }
    }
}

/// One cell. What a spreadsheet would take for a formula gets an apostrophe before it, which it
/// shows as text (CVE-class "CSV injection": a subject is written by strangers).
pub fn cell(text: &str, separator: char) -> String {
    let begins = text.trim_start().chars().next();
    let is_formula = begins
        .is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
        || text.starts_with(['\t', '\r', '\n']);
    let text = if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([separator, '"', '\n', '\r']) || text != text.trim() {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// One line of cells, with its end.
pub fn line(cells: impl Iterator<Item = String>, manner: Manner) -> String {
    let cells: Vec<String> = cells.map(|text| cell(&text, manner.separator)).collect();
    let mut line = cells.join(&manner.separator.to_string());
    line.push_str("\r\n");
    line
}

/// The first line: number and subject, then what the list shows.
pub fn head(columns: &[Shown], words: &Words, manner: Manner) -> String {
    let mut keys = vec!["tickets-number", "tickets-subject"];
    for column in columns {
        match column {
            Shown::Number => {}
            Shown::Requester => keys.extend(["tickets-requester", "list-site"]),
            Shown::Department => keys.extend(["tickets-department", "tickets-category"]),
            other => keys.push(views::column(*other).key()),
        }
    }
    let mark = if manner.has_mark { "\u{feff}" } else { "" };
    let cells = keys.into_iter().map(|key| words.say(key).to_owned());
    format!("{mark}{}", line(cells, manner))
}

/// One ticket, with the words on it.
pub fn row(
    ticket: &Listed,
    tags: &[String],
    columns: &[Shown],
    words: &Words,
    manner: Manner,
) -> String {
    let names = Names::default();
    let say = |property, value| views::value(property, value, &names, words);
    let mut cells = vec![ticket.id.to_string(), ticket.subject.clone()];
    for column in columns {
        match column {
            Shown::Number => {}
            Shown::Priority => {
                cells.push(say(Property::Priority, Value::Priority(ticket.priority)));
            }
            Shown::State => cells.push(say(Property::State, Value::State(ticket.state))),
            Shown::Origin => cells.push(say(Property::Origin, Value::Origin(ticket.origin))),
            Shown::Requester => {
                cells.push(ticket.requester.clone());
                cells.push(ticket.site.clone().unwrap_or_default());
            }
            Shown::Department => {
                cells.push(ticket.department.clone());
                cells.push(ticket.category.clone());
            }
            Shown::Assignee => cells.push(ticket.assignee.clone().unwrap_or_default()),
            Shown::Activity => cells.push(moment(ticket.updated_at.0, words)),
            Shown::Created => cells.push(moment(ticket.created_at.0, words)),
            Shown::Closed => {
                let at = ticket.closed_at.map(|at| moment(at.0, words));
                cells.push(at.unwrap_or_default());
            }
            Shown::Tags => cells.push(tags.join(", ")),
        }
    }
    line(cells.into_iter(), manner)
}

/// `2026-11-23 14:08` where the reader is: every spreadsheet knows it for a date, and it sorts.
fn moment(micros: i64, words: &Words) -> String {
    let Ok(at) = jiff::Timestamp::from_microsecond(micros) else {
        return String::new();
    };
    at.to_zoned(words.zone.clone())
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_a_formula() {
        for (text, expect) in [
            ("=1+1", "'=1+1"),
            ("+33 1 23", "'+33 1 23"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("  =1", "\"'  =1\""),
            ("\t=1", "\"'\t=1\""),
            ("＝cmd", "'＝cmd"),
            (
                "=HYPERLINK(\"x\",\"y\")",
                "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"",
            ),
        ] {
            let written = cell(text, ',');
            let inside = written.trim_start_matches('"');
            assert!(inside.starts_with('\''), "{text}: {written}");
            if !text.starts_with(' ') && !text.starts_with('\t') {
                assert_eq!(written, expect, "{text}");
            }
        }
    }

    #[test]
    fn what_would_part_a_cell_is_quoted() {
        assert_eq!(cell("a,b", ','), "\"a,b\"");
        assert_eq!(cell("a,b", ';'), "a,b");
        assert_eq!(cell("a;b", ';'), "\"a;b\"");
        assert_eq!(cell("say \"no\"", ','), "\"say \"\"no\"\"\"");
        assert_eq!(cell("two\nlines", ','), "\"two\nlines\"");
        assert_eq!(cell(" edge", ','), "\" edge\"");
        assert_eq!(cell("Écran noir", ','), "Écran noir");
    }
}
