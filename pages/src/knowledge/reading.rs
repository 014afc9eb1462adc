//! Articles as those read them who are not staff: solutions in the portal, and the pages of help for whoever passes by.

use crate::frame::Frame;
use crate::pager::Pager;
use crate::portal::Navigation;
use askama::Template;
use words::language::Language;

/// A line of a list of solutions.
#[derive(Clone, Debug)]
pub struct SolutionRow {
    /// Where it is.
    pub href: String,
    /// What it is about.
    pub title: String,
    /// How its text begins.
    pub start: String,
    /// The language it is written in.
    pub language: Language,
}

/// `/portal/solutions`.
#[derive(Template)]
#[template(path = "knowledge/solutions.html")]
pub struct SolutionsPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// What was looked for.
    pub query: String,
    /// Those of this page.
    pub rows: Vec<SolutionRow>,
    /// The next page.
    pub pager: Pager,
}

/// `/portal/solutions/{id}`.
#[derive(Template)]
#[template(path = "knowledge/solution.html")]
pub struct SolutionPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// Its number.
    pub id: i64,
    /// What it is about.
    pub title: String,
    /// Its text, safe.
    pub safe_html: String,
    /// The language it is written in.
    pub language: Language,
    /// When it was changed last, UTC microseconds.
    pub updated_micros: i64,
    /// The reader came from the form of a new ticket in this category.
    pub asking_in: Option<i64>,
}

impl SolutionPage {
    /// Where the reader goes on when it does not help.
    #[must_use]
    pub fn ask_href(&self) -> String {
        self.asking_in.map_or_else(
            || "/portal/tickets/new".to_owned(),
            |category| format!("/portal/tickets/new?category={category}"),
        )
    }
}

/// What may answer what somebody is about to ask, as the form of a new ticket shows it and fetches it again.
#[derive(Template)]
#[template(path = "knowledge/answering.html")]
pub struct AnsweringPart {
    /// Surroundings.
    pub frame: Frame,
    /// Those.
    pub solutions: Vec<SolutionRow>,
}

/// `/help`.
#[derive(Template)]
#[template(path = "knowledge/help_list.html")]
pub struct HelpListPage {
    /// Surroundings.
    pub frame: Frame,
    /// What was looked for.
    pub query: String,
    /// Those of this page.
    pub rows: Vec<SolutionRow>,
    /// The next page.
    pub pager: Pager,
}

/// `/help/{id}`.
#[derive(Template)]
#[template(path = "knowledge/help_article.html")]
pub struct HelpPage {
    /// Surroundings.
    pub frame: Frame,
    /// What it is about.
    pub title: String,
    /// Its text, safe.
    pub safe_html: String,
    /// The language it is written in.
    pub language: Language,
    /// When it was changed last, UTC microseconds.
    pub updated_micros: i64,
}
