//! `/tickets/new`: an agent files a ticket for somebody.

use super::unsent::UnsentView;
use super::visibility::Visibility;
use super::{Choice, ChoiceGroup, Origin, Priority, StateView};
use crate::form::FormField;
use crate::frame::Frame;
use askama::Template;
use words::catalogue::Arg;

/// An open ticket that seems to ask the same.
#[derive(Clone, Debug)]
pub struct SimilarTicket {
    /// Its number.
    pub number: i64,
    /// Where it is read.
    pub href: String,
    /// What it is about.
    pub subject: String,
    /// Who asked.
    pub requester: String,
    /// Where it is in its life.
    pub state: StateView,
    /// Last changed, UTC microseconds.
    pub at_micros: i64,
}

impl SimilarTicket {
    /// A screen, again.
    #[must_use]
    pub fn sample() -> SimilarTicket {
        SimilarTicket {
            number: 4812,
            href: "/tickets/4812".to_owned(),
            subject: "§ Écran externe non détecté".to_owned(),
            requester: "§ Hélène Marchand".to_owned(),
            state: StateView::Free,
            at_micros: crate::frame::SAMPLE_NOW - 3_600_000_000,
        }
    }
}

/// How many seem to ask the same.
#[must_use]
pub fn similar_title(frame: &Frame, similar: &[SimilarTicket]) -> String {
    let count = i64::try_from(similar.len()).unwrap_or(i64::MAX);
    frame.say_number("templates-similar", "count", count)
}

/// The new ticket form.
#[derive(Template)]
#[template(path = "tickets/new.html")]
pub struct NewTicketPage {
    /// Surroundings.
    pub frame: Frame,
    /// E-mail or login of the requester.
    pub requester: FormField,
    /// Categories the agent may file in, grouped by department; the chosen one is selected.
    pub categories: Vec<ChoiceGroup>,
    /// What was wrong with the category.
    pub category_error: Option<String>,
    /// Subject.
    pub subject: FormField,
    /// Body, Markdown.
    pub body: FormField,
    /// Chosen priority.
    pub priority: Priority,
    /// Chosen origin, one of [`Origin::BY_HAND`].
    pub origin: Origin,
    /// Who beside its own people may look at it.
    pub visibility: Visibility,
    /// Most files at once.
    pub most_files: i64,
    /// Largest file, bytes.
    pub largest_file: u64,
    /// What was wrong with the files.
    pub files_error: Option<String>,
    /// Open tickets that seem to ask the same; shown once before another is opened.
    pub similar: Vec<SimilarTicket>,
    /// Makes a form sent twice count once; hidden field `once`.
    pub once: String,
    /// New tickets that were begun and not sent.
    pub unsent: Vec<UnsentView>,
}

impl NewTicketPage {
    /// How many files, how large.
    #[must_use]
    pub fn files_hint(&self) -> String {
        let size = self.frame.words.size(self.largest_file);
        self.frame.words.say_with(
            "tickets-new-files-hint",
            &[
                ("count", Arg::from(self.most_files)),
                ("size", Arg::from(&size)),
            ],
        )
    }

    /// True once a category is chosen.
    #[must_use]
    pub fn has_category(&self) -> bool {
        self.categories
            .iter()
            .flat_map(|group| &group.choices)
            .any(|choice: &Choice| choice.selected)
    }
}
