//! `/admin/retention`: how long the desk keeps what it no longer needs.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// A kind of data.
#[derive(Clone, Debug)]
pub struct RetentionRow {
    /// The name of its field: `letters`, `mails`, `files`, `tickets` or `journal`.
    pub field: &'static str,
    /// Days, as typed; empty is for good.
    pub days: String,
    /// How much would go now; `None` when it is kept for good.
    pub goes: Option<i64>,
}

impl RetentionRow {
    /// Key of its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self.field {
            "letters" => "retention-letters",
            "mails" => "retention-mails",
            "files" => "retention-files",
            "tickets" => "retention-tickets",
            _ => "retention-journal",
        }
    }

    /// Key of what that means.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self.field {
            "letters" => "retention-letters-hint",
            "mails" => "retention-mails-hint",
            "files" => "retention-files-hint",
            "tickets" => "retention-tickets-hint",
            _ => "retention-journal-hint",
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "admin/retention.html")]
pub struct RetentionPage {
    /// Surroundings.
    pub frame: Frame,
    /// Version the reader saw.
    pub version: i64,
    /// Each kind.
    pub rows: Vec<RetentionRow>,
    /// The fewest days one can say.
    pub least: i64,
    /// What was wrong, at a kind or with the whole form.
    pub faults: Faults,
}

impl RetentionPage {
    /// Four rules, one kind for good.
    #[must_use]
    pub fn sample(language: Language) -> RetentionPage {
        let row = |field, days: &str, goes| RetentionRow {
            field,
            days: days.to_owned(),
            goes,
        };
        RetentionPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            version: 4,
            rows: vec![
                row("letters", "365", Some(128)),
                row("mails", "90", Some(1)),
                row("files", "", None),
                row("tickets", "3650", Some(1284)),
                row("journal", "730", Some(0)),
            ],
            least: 30,
            faults: Faults::default(),
        }
    }

    /// Days nobody can count, and somebody quicker.
    #[must_use]
    pub fn sample_refused(language: Language) -> RetentionPage {
        let page = RetentionPage::sample(language);
        let fault = |field, key| Fault {
            field,
            text: page.frame.say(key).to_owned(),
        };
        let faults = vec![
            fault("letters", "fault-retention-days"),
            fault("mails", "fault-retention-days"),
            fault("files", "fault-retention-days"),
            fault("tickets", "fault-retention-days"),
            fault("journal", "fault-retention-days"),
            fault("", "retention-changed"),
        ];
        RetentionPage {
            faults: Faults(faults),
            ..page
        }
    }
}
