//! `/search`, the portal's search and the command palette.

mod sample;

use crate::frame::Frame;
use crate::pager::Pager;
use crate::portal::Navigation;
use crate::tickets::StateView;
use askama::Template;
use words::catalogue::Arg;
use words::reader::Words;

/// A piece of text.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// It is what was looked for.
    pub is_hit: bool,
}

/// A ticket that was found.
#[derive(Clone, Debug)]
pub struct HitView {
    /// Number.
    pub number: i64,
    /// Subject, marked.
    pub subject: Vec<Piece>,
    /// State.
    pub state: StateView,
    /// Requester's name.
    pub requester: String,
    /// Department.
    pub department: String,
    /// Category.
    pub category: String,
    /// The words that answer best, marked.
    pub snippet: Vec<Piece>,
    /// They are of an internal note.
    pub is_note: bool,
    /// Names of files that answer, marked.
    pub files: Vec<Vec<Piece>>,
    /// Last activity, UTC microseconds.
    pub activity_micros: i64,
}

/// Somebody who was found.
#[derive(Clone, Debug)]
pub struct PersonView {
    /// Full name.
    pub name: String,
    /// One or two letters.
    pub initials: String,
    /// Address.
    pub email: String,
    /// Where they work; empty when unknown.
    pub site: String,
    /// Where a click leads.
    pub href: String,
}

/// One way to narrow a search down.
#[derive(Clone, Debug)]
pub struct Narrowing {
    /// Key of its name.
    pub key: &'static str,
    /// The same search with it, or without it when it is on.
    pub href: String,
    /// It is part of the search.
    pub is_on: bool,
}

/// What was found, and what there is to say of the search.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// What was typed.
    pub query: String,
    /// Why nothing was searched.
    pub faults: Vec<String>,
    /// What was taken otherwise than it may have been meant.
    pub hints: Vec<String>,
    /// Tickets, the best first.
    pub hits: Vec<HitView>,
    /// How many there are.
    pub count: i64,
    /// There are more.
    pub is_cut: bool,
    /// Neighbouring pages.
    pub pager: Pager,
}

impl Results {
    /// « 12 tickets ».
    #[must_use]
    pub fn said(&self, frame: &Frame) -> String {
        if self.is_cut {
            frame.say_number("search-count-cut", "count", self.count)
        } else {
            frame.say_number("search-count", "count", self.count)
        }
    }

    /// Nothing was asked.
    #[must_use]
    pub fn is_unasked(&self) -> bool {
        self.query.trim().is_empty()
    }
}

/// `GET /search?q=`.
#[derive(Template)]
#[template(path = "search/results.html")]
pub struct SearchPage {
    /// Surroundings.
    pub frame: Frame,
    /// What was found.
    pub results: Results,
    /// People, by name.
    pub people: Vec<PersonView>,
    /// Ways to narrow it down.
    pub narrowings: Vec<Narrowing>,
}

impl SearchPage {
    /// Pairs of an example and what it means, as keys.
    #[must_use]
    pub fn help(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("search-example-words", "search-help-words"),
            ("search-example-phrase", "search-help-phrase"),
            ("search-example-prefix", "search-help-prefix"),
            ("search-example-not", "search-help-not"),
            ("search-example-number", "search-help-number"),
            ("search-example-from", "search-help-from"),
            ("search-example-to", "search-help-to"),
            ("search-example-in", "search-help-in"),
            ("search-example-state", "search-help-state"),
            ("search-example-tag", "search-help-tag"),
            ("search-example-date", "search-help-date"),
            ("search-example-file", "search-help-file"),
        ]
    }
}

/// `GET /portal/search?q=`.
#[derive(Template)]
#[template(path = "portal/search.html")]
pub struct PortalSearchPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// What was found.
    pub results: Results,
}

/// Something the palette can do.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its name, in the reader's language.
    pub name: String,
    /// Its icon.
    pub icon: &'static str,
    /// Where it leads without a form.
    pub href: String,
    /// The form of the present page that does it.
    pub form: Option<&'static str>,
    /// The dialog of the present page that asks first.
    pub dialog: Option<&'static str>,
    /// The key that does the same.
    pub key: Option<&'static str>,
}

/// A ticket the palette leads to.
#[derive(Clone, Debug)]
pub struct PaletteTicket {
    /// Number.
    pub number: i64,
    /// Subject, marked.
    pub subject: Vec<Piece>,
}

/// `GET /palette?q=`: what stands in the open palette.
#[derive(Template)]
#[template(path = "search/palette.html")]
pub struct PaletteList {
    /// The reader.
    pub frame: Frame,
    /// What was typed.
    pub query: String,
    /// The ticket that the actions are about, as « #4812 ».
    pub about: Option<String>,
    /// Actions.
    pub actions: Vec<Action>,
    /// Tickets.
    pub tickets: Vec<PaletteTicket>,
    /// People.
    pub people: Vec<PersonView>,
    /// Where everything is searched; empty when nothing was typed.
    pub everything: String,
}

/// `GET /people/suggestions?q=`: what stands below a field for people.
#[derive(Template)]
#[template(path = "search/people.html")]
pub struct PeopleList {
    /// How the reader reads.
    pub words: Words,
    /// People.
    pub people: Vec<PersonView>,
}

impl PeopleList {
    /// How many there are.
    #[must_use]
    pub fn said(&self) -> String {
        let count = i64::try_from(self.people.len()).unwrap_or(i64::MAX);
        self.words
            .say_with("search-palette-said", &[("count", Arg::from(count))])
    }
}

impl PaletteList {
    /// How much stands in it.
    #[must_use]
    pub fn said(&self) -> String {
        let count = self.actions.len() + self.tickets.len() + self.people.len();
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.frame.say_number("search-palette-said", "count", count)
    }
}
