//! Deeds on many tickets: what is still to be said, what became of each, and the short notice.

use super::{Choice, Priority};
use crate::form::FormField;
use crate::frame::Frame;
use askama::Template;
use words::catalogue::Arg;
use words::language::Language;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Become the one in charge.
    Take,
    /// Stop being in charge.
    Release,
    /// Say they are solved.
    Close,
    /// Put somebody in charge.
    Assign,
    /// Give them another priority.
    Priority,
    /// Put words on them.
    Tag,
    /// Merge them into one.
    Merge,
    /// Put them off.
    Postpone,
    /// Turn them down.
    Refuse,
    /// Open them again.
    Reopen,
    /// Mark them read.
    Read,
    /// Mark them unread.
    Unread,
}

impl Deed {
    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Deed::Take => "take",
            Deed::Release => "release",
            Deed::Close => "close",
            Deed::Assign => "assign",
            Deed::Priority => "priority",
            Deed::Tag => "tag",
            Deed::Merge => "merge",
            Deed::Postpone => "postpone",
            Deed::Refuse => "refuse",
            Deed::Reopen => "reopen",
            Deed::Read => "read",
            Deed::Unread => "unread",
        }
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Deed::Take => "bulk-take",
            Deed::Release => "bulk-release",
            Deed::Close => "bulk-close",
            Deed::Assign => "bulk-assign",
            Deed::Priority => "bulk-priority",
            Deed::Tag => "bulk-tag",
            Deed::Merge => "bulk-merge",
            Deed::Postpone => "bulk-postpone",
            Deed::Refuse => "bulk-refuse",
            Deed::Reopen => "bulk-reopen",
            Deed::Read => "bulk-read",
            Deed::Unread => "bulk-unread",
        }
    }

    /// Key of what is said of so many after it.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Deed::Take => "bulk-taken",
            Deed::Release => "bulk-released",
            Deed::Close => "bulk-closed",
            Deed::Assign => "bulk-assigned",
            Deed::Priority => "bulk-prioritised",
            Deed::Tag => "bulk-tagged",
            Deed::Merge => "bulk-merged",
            Deed::Postpone => "bulk-postponed",
            Deed::Refuse => "bulk-were-refused",
            Deed::Reopen => "bulk-reopened",
            Deed::Read => "bulk-were-read",
            Deed::Unread => "bulk-were-unread",
        }
    }
}

/// What became of one ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// It was so already.
    Already,
    /// Not allowed.
    Refused,
    /// Somebody changed it meanwhile.
    Changed,
    /// Not there.
    Missing,
    /// Done, and undone since.
    Undone,
}

impl Outcome {
    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Outcome::Done => "bulk-outcome-done",
            Outcome::Already => "bulk-outcome-already",
            Outcome::Refused => "bulk-outcome-refused",
            Outcome::Changed => "bulk-outcome-changed",
            Outcome::Missing => "bulk-outcome-missing",
            Outcome::Undone => "bulk-outcome-undone",
        }
    }

    /// Its icon, so that colour is never alone.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Outcome::Done => "circle-check",
            Outcome::Already => "check",
            Outcome::Refused | Outcome::Changed => "triangle-alert",
            Outcome::Missing => "circle-x",
            Outcome::Undone => "undo-2",
        }
    }

    /// Class of its tag.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Outcome::Done => "ok",
            Outcome::Already | Outcome::Undone => "line",
            Outcome::Refused | Outcome::Changed => "warn",
            Outcome::Missing => "danger",
        }
    }
}

/// `POST /bulk`, when something is still to be said.
#[derive(Template)]
#[template(path = "tickets/bulk_step.html")]
pub struct StepPage {
    /// Surroundings.
    pub frame: Frame,
    /// What is to be done.
    pub deed: Deed,
    /// The boxes that were ticked, as they were sent.
    pub tickets: Vec<String>,
    /// A message, words, a priority or a person.
    pub text: FormField,
    /// Whether those on merged tickets are to be invited.
    pub lets_in: bool,
    /// Colleagues to put in charge.
    pub people: Vec<Choice>,
    /// Where one came from.
    pub back: String,
    /// Makes sending twice count once.
    pub once: String,
}

impl StepPage {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> i64 {
        i64::try_from(self.tickets.len()).unwrap_or(i64::MAX)
    }

    /// A closure to be confirmed.
    #[must_use]
    pub fn sample(language: Language) -> StepPage {
        StepPage {
            frame: Frame::sample(language),
            deed: Deed::Close,
            tickets: vec!["4812.17".to_owned(), "4809.3".to_owned()],
            text: FormField::of(""),
            lets_in: false,
            people: vec![],
            back: "/tickets?view=mine".to_owned(),
            once: "once-sample".to_owned(),
        }
    }

    /// A colleague to be chosen.
    #[must_use]
    pub fn sample_people(language: Language) -> StepPage {
        StepPage {
            deed: Deed::Assign,
            people: vec![Choice {
                value: "7".to_owned(),
                name: "§ Théo Lambert".to_owned(),
                selected: true,
            }],
            ..StepPage::sample(language)
        }
    }

    /// A priority to be chosen.
    #[must_use]
    pub fn sample_priority(language: Language) -> StepPage {
        StepPage {
            deed: Deed::Priority,
            text: FormField::of("4"),
            ..StepPage::sample(language)
        }
    }

    /// Whether this level is the one that was chosen.
    #[must_use]
    pub fn is_level(&self, priority: &Priority) -> bool {
        self.text.value == priority.level().to_string()
    }

    /// The ticket that takes the others in.
    #[must_use]
    pub fn sample_merge(language: Language) -> StepPage {
        StepPage {
            deed: Deed::Merge,
            text: FormField::of("4812"),
            ..StepPage::sample(language)
        }
    }

    /// The day until which they are put off.
    #[must_use]
    pub fn sample_postpone(language: Language) -> StepPage {
        StepPage {
            deed: Deed::Postpone,
            ..StepPage::sample(language)
        }
    }

    /// What is said of them all as they are turned down.
    #[must_use]
    pub fn sample_refuse(language: Language) -> StepPage {
        StepPage {
            deed: Deed::Refuse,
            ..StepPage::sample(language)
        }
    }

    /// Key of what a message with this deed does; `None` for a deed without one.
    #[must_use]
    pub fn explained(&self) -> Option<&'static str> {
        match self.deed {
            Deed::Close => Some("bulk-close-explained"),
            Deed::Refuse => Some("bulk-refuse-explained"),
            Deed::Reopen => Some("bulk-reopen-explained"),
            _ => None,
        }
    }

    /// The number to offer as the one that takes the others in: what was typed, else the oldest.
    #[must_use]
    pub fn goal(&self) -> String {
        if !self.text.value.is_empty() {
            return self.text.value.clone();
        }
        let numbers = self.tickets.iter();
        let numbers = numbers.filter_map(|t| t.split('.').next()?.parse::<i64>().ok());
        numbers.min().map(|n| n.to_string()).unwrap_or_default()
    }

    /// Words that were refused.
    #[must_use]
    pub fn sample_refused(language: Language) -> StepPage {
        StepPage {
            deed: Deed::Tag,
            text: FormField {
                value: String::new(),
                error: Some("§ Ce champ est obligatoire.".to_owned()),
            },
            ..StepPage::sample(language)
        }
    }
}

/// One ticket of the report.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// The number that was sent.
    pub number: i64,
    /// Its subject; `None` when there is nothing to see.
    pub subject: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why not, in the reader's language.
    pub reason: Option<String>,
}

/// `/bulk/{id}`: what became of each.
#[derive(Template)]
#[template(path = "tickets/bulk_report.html")]
pub struct ReportPage {
    /// Surroundings.
    pub frame: Frame,
    /// The run.
    pub id: i64,
    /// What was done.
    pub deed: Deed,
    /// Ticket by ticket.
    pub rows: Vec<ReportRow>,
    /// It can still be taken back.
    pub is_undoable: bool,
    /// Where one came from.
    pub back: String,
}

impl ReportPage {
    /// « 3 faits, 2 non faits ».
    #[must_use]
    pub fn summary(&self) -> String {
        let done = |row: &&ReportRow| matches!(row.outcome, Outcome::Done | Outcome::Already);
        let count = self.rows.iter().filter(done).count();
        let number = |n: usize| Arg::from(i64::try_from(n).unwrap_or(i64::MAX));
        self.frame.words.say_with(
            "bulk-summary",
            &[
                ("done", number(count)),
                ("left", number(self.rows.len() - count)),
            ],
        )
    }

    /// Every outcome once.
    #[must_use]
    pub fn sample(language: Language) -> ReportPage {
        let outcomes = [
            (Outcome::Done, None),
            (Outcome::Already, None),
            (Outcome::Refused, Some("§ prendre le ticket d’un autre")),
            (Outcome::Changed, None),
            (Outcome::Missing, None),
            (Outcome::Undone, None),
        ];
        let rows = outcomes.into_iter().zip(4801..);
        ReportPage {
            frame: Frame::sample(language),
            id: 7,
            deed: Deed::Take,
            rows: rows
                .map(|((outcome, reason), number)| ReportRow {
                    number,
                    subject: (outcome != Outcome::Missing).then(|| "§ Badge refusé".to_owned()),
                    outcome,
                    reason: reason.map(str::to_owned),
                })
                .collect(),
            is_undoable: true,
            back: "/tickets?view=mine".to_owned(),
        }
    }
}

/// What the list says of what was just done.
#[derive(Clone, Debug)]
pub struct Toast {
    /// The run.
    pub id: i64,
    /// What was done.
    pub deed: Deed,
    /// To how many.
    pub done: i64,
    /// It can be taken back.
    pub is_undoable: bool,
}

impl Toast {
    /// « Vous avez pris 3 tickets. »
    #[must_use]
    pub fn text(&self, words: &words::reader::Words) -> String {
        words.say_with(self.deed.said(), &[("count", Arg::from(self.done))])
    }
}
