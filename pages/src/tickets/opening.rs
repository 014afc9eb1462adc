//! `/tickets/new`: an agent files a ticket for somebody.

use super::{Choice, ChoiceGroup, Origin, Priority};
use crate::form::FormField;
use crate::frame::Frame;
use askama::Template;
use words::catalogue::Arg;

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
    /// Most files at once.
    pub most_files: i64,
    /// Largest file, bytes.
    pub largest_file: u64,
    /// What was wrong with the files.
    pub files_error: Option<String>,
    /// Makes a form sent twice count once; hidden field `once`.
    pub once: String,
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
