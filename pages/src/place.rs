//! Where a page is, as the live channel tells it to colleagues: attributes of `<body>`.

use crate::frame::{Frame, Section};

/// What one does on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Looks through a list.
    #[default]
    List,
    /// Is on one thing.
    Detail,
    /// Makes something new.
    Adding,
}

impl Mode {
    /// Its word, `data-mode`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Mode::List => "list",
            Mode::Detail => "detail",
            Mode::Adding => "adding",
        }
    }
}

impl Mode {
    /// The word of an avatar's fill.
    #[must_use]
    pub fn fill(self) -> &'static str {
        match self {
            Mode::List => "list",
            Mode::Detail => "detail",
            Mode::Adding => "add",
        }
    }
}

/// The thing a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its kind, such as `ticket`.
    pub kind: &'static str,
    /// Its number.
    pub id: i64,
    /// The version that is shown.
    pub version: i64,
}

/// Where a page is within its section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// What one does.
    pub mode: Mode,
    /// What one is on.
    pub item: Option<Item>,
}

impl Frame {
    /// The same page, of one thing.
    #[must_use]
    pub fn on(mut self, kind: &'static str, id: i64, version: i64) -> Frame {
        self.place = Place {
            mode: Mode::Detail,
            item: Some(Item { kind, id, version }),
        };
        self
    }

    /// The same page, where something new is made.
    #[must_use]
    pub fn adding(mut self) -> Frame {
        self.place.mode = Mode::Adding;
        self
    }

    /// The section's word, `data-section`.
    #[must_use]
    pub fn section_code(&self) -> &'static str {
        match self.section {
            Section::Tickets => "tickets",
            Section::Tasks => "tasks",
            Section::Knowledge => "knowledge",
            Section::Assets => "assets",
            Section::People => "people",
            Section::Administration => "administration",
            Section::MyRequests | Section::Other => "elsewhere",
        }
    }
}
