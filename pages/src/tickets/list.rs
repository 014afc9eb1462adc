//! `/tickets`: one page of tickets, with its filters as chips, its columns and its neighbours; and
//! the panels that belong to it.

use super::bulk::{Deed, Toast};
use super::{LastActor, Origin, PersonChip, Priority, StateView};
use crate::frame::{Frame, TicketView};
use crate::notifications::away::AwayBar;
use askama::Template;
use words::catalogue::Arg;
use words::reader::Words;

/// One row of the list.
#[derive(Clone, Debug)]
pub struct TicketRow {
    /// Number, as people say it.
    pub number: i64,
    /// Grows with every change; the box to tick carries it.
    pub version: i64,
    /// Address of the ticket, which knows the list one came from.
    pub href: String,
    /// Subject, as written.
    pub subject: String,
    /// Others changed it since the reader looked.
    pub is_unread: bool,
    /// State.
    pub state: StateView,
    /// Priority.
    pub priority: Priority,
    /// Way in.
    pub origin: Origin,
    /// Comments the reader may see.
    pub comments: i64,
    /// Who touched it last.
    pub last_actor: LastActor,
    /// Requester's name.
    pub requester: String,
    /// Requester's site; empty when unknown.
    pub site: String,
    /// Department.
    pub department: String,
    /// Category.
    pub category: String,
    /// In charge.
    pub assignee: Option<PersonChip>,
    /// An agent said that it needs advice, and the reader may know.
    pub needs_advice: bool,
    /// The words on it, when the list shows them.
    pub tags: Vec<String>,
    /// Last activity, UTC microseconds.
    pub activity_micros: i64,
    /// Opened, UTC microseconds.
    pub created_micros: i64,
    /// Closed, UTC microseconds.
    pub closed_micros: Option<i64>,
}

impl TicketRow {
    /// When it was closed, as a machine reads it and as the reader does.
    #[must_use]
    pub fn closed(&self, words: &Words) -> Option<(String, String)> {
        self.closed_micros
            .map(|micros| (words.iso(micros), words.ago(micros)))
    }

    /// What its box to tick is called.
    #[must_use]
    pub fn tick_label(&self, words: &Words) -> String {
        let number = self.number.to_string();
        words.say_with("list-tick", &[("number", Arg::from(&number))])
    }
}

/// A column that may be shown or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Priority.
    Priority,
    /// Number, with how many comments there are.
    Number,
    /// State.
    State,
    /// Who asked, and where they work.
    Requester,
    /// Department and category.
    Department,
    /// In charge.
    Assignee,
    /// Last activity.
    Activity,
    /// Opened.
    Created,
    /// Closed.
    Closed,
    /// Way in.
    Origin,
    /// The words on it.
    Tags,
}

impl Column {
    /// Every column, as the panel offers them.
    pub const ALL: [Column; 11] = [
        Column::Priority,
        Column::Number,
        Column::State,
        Column::Requester,
        Column::Department,
        Column::Assignee,
        Column::Activity,
        Column::Created,
        Column::Closed,
        Column::Origin,
        Column::Tags,
    ];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Column::Priority => "priority",
            Column::Number => "number",
            Column::State => "state",
            Column::Requester => "requester",
            Column::Department => "department",
            Column::Assignee => "assignee",
            Column::Activity => "activity",
            Column::Created => "created",
            Column::Closed => "closed",
            Column::Origin => "origin",
            Column::Tags => "tags",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| column.code() == code)
    }

    /// Key of its heading.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Column::Priority => "tickets-priority",
            Column::Number => "tickets-number",
            Column::State => "tickets-state",
            Column::Requester => "tickets-requester",
            Column::Department => "tickets-department-category",
            Column::Assignee => "tickets-assignee",
            Column::Activity => "tickets-activity",
            Column::Created => "tickets-opened",
            Column::Closed => "list-closed",
            Column::Origin => "tickets-origin",
            Column::Tags => "properties-tags",
        }
    }

    /// Class of its cells.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Column::Priority => "c-pr",
            Column::Number => "c-id",
            Column::State => "c-st",
            Column::Requester => "c-req",
            Column::Department => "c-svc",
            Column::Assignee => "c-as",
            Column::Activity => "c-up e",
            Column::Created | Column::Closed => "c-at",
            Column::Origin => "c-or",
            Column::Tags => "c-tg",
        }
    }
}

/// The heading of a column.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Which.
    pub column: Column,
    /// What it orders the list by; two things stand in the column of departments, none in that of tags.
    pub orderings: Vec<Ordering>,
}

/// A link that orders the list.
#[derive(Clone, Debug)]
pub struct Ordering {
    /// Key of what it orders by.
    pub key: &'static str,
    /// Address of the list ordered by it, or the other way round.
    pub href: String,
    /// `Some(true)` when the list is ordered by it, largest first.
    pub descending: Option<bool>,
}

impl Ordering {
    /// Value of `aria-sort`.
    #[must_use]
    pub fn aria_sort(&self) -> Option<&'static str> {
        self.descending.map(|descending| {
            if descending {
                "descending"
            } else {
                "ascending"
            }
        })
    }
}

impl Heading {
    /// Value of `aria-sort`.
    #[must_use]
    pub fn aria_sort(&self) -> Option<&'static str> {
        self.orderings.iter().find_map(Ordering::aria_sort)
    }
}

/// A condition of the list.
#[derive(Clone, Debug)]
pub struct Chip {
    /// Key of what is looked at.
    pub key: &'static str,
    /// Key of how, when it is not simply "is".
    pub operator: Option<&'static str>,
    /// Compared with what, in the reader's words.
    pub value: String,
    /// Address of the list without it.
    pub href: String,
}

/// How the list is shown, and where that is changed.
#[derive(Clone, Debug)]
pub struct Display {
    /// Cards instead of rows.
    pub is_grid: bool,
    /// One line a row.
    pub is_compact: bool,
    /// The name under which the choice is kept; hidden field `list`.
    pub list: String,
    /// Address of the panel.
    pub href: String,
}

/// A saved view, when the list is one.
#[derive(Clone, Debug)]
pub struct SavedView {
    /// Its name, as it was typed.
    pub name: String,
    /// The address says other conditions than the view.
    pub is_changed: bool,
    /// Address of the view as it stands.
    pub href: String,
    /// Address where it is changed; `None` when the reader may not.
    pub edit: Option<String>,
}

/// The list page.
#[derive(Template)]
#[template(path = "tickets/list.html")]
pub struct TicketListPage {
    /// Surroundings.
    pub frame: Frame,
    /// What happened while the reader was away, until they looked.
    pub away: Option<AwayBar>,
    /// Which ready-made list, or the saved one in `saved`.
    pub view: TicketView,
    /// The saved view it shows, if any.
    pub saved: Option<SavedView>,
    /// How many tickets there are, in the reader's figures; `None` when that was not counted.
    pub count: Option<String>,
    /// Its conditions.
    pub chips: Vec<Chip>,
    /// What was wrong with the address's conditions, in the reader's language.
    pub complaints: Vec<String>,
    /// Address of the panel that adds a condition.
    pub add_href: String,
    /// Address of the panel that saves it as a view.
    pub save_href: String,
    /// Address of the export; `None` when the reader may not.
    pub export_href: Option<String>,
    /// Address without conditions beyond those of the list.
    pub clear_href: Option<String>,
    /// Key of « triés par … ».
    pub sorted_key: &'static str,
    /// Columns, in order.
    pub headings: Vec<Heading>,
    /// What orders by the subject, which always stands there.
    pub subject: Ordering,
    /// How it is shown.
    pub display: Display,
    /// What was just done to many tickets.
    pub toast: Option<Toast>,
    /// What the reader may do to many tickets at once.
    pub deeds: Vec<Deed>,
    /// Address of this page of the list: where a deed on many tickets comes back to.
    pub back: String,
    /// Makes a deed on many tickets sent twice count once.
    pub once: String,
    /// The page.
    pub rows: Vec<TicketRow>,
    /// Address of the page before, if any.
    pub newer: Option<String>,
    /// Address of the page after, if any.
    pub older: Option<String>,
}

impl TicketListPage {
    /// Whether the deed of this code is among those that the reader may do to many tickets.
    #[must_use]
    pub fn does(&self, code: &str) -> bool {
        self.deeds.iter().any(|deed| deed.code() == code)
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.saved {
            Some(view) => &view.name,
            None => self.frame.say(self.view.key()),
        }
    }

    /// Sentence of an empty list.
    #[must_use]
    pub fn empty_key(&self) -> &'static str {
        if self.clear_href.is_some() || self.saved.is_some() {
            "tickets-empty-filtered"
        } else if self.view == TicketView::Open {
            "tickets-empty-open"
        } else {
            "tickets-empty"
        }
    }

    /// Columns of cards that stand below the subject.
    pub fn details(&self) -> impl Iterator<Item = Column> {
        self.headings
            .iter()
            .map(|heading| heading.column)
            .filter(|column| !matches!(column, Column::Priority | Column::Number))
    }

    /// The subject stands after the narrow columns that begin a row: priority and number.
    #[must_use]
    pub fn subject_after(&self) -> usize {
        let narrow =
            |heading: &&Heading| matches!(heading.column, Column::Priority | Column::Number);
        let before = self.headings.iter().take_while(narrow).count();
        before.checked_sub(1).unwrap_or(usize::MAX)
    }

    /// The subject stands first: no narrow column begins the row.
    #[must_use]
    pub fn subject_is_first(&self) -> bool {
        self.subject_after() == usize::MAX
    }

    /// Whether a column is shown.
    #[must_use]
    pub fn shows(&self, column: Column) -> bool {
        self.headings.iter().any(|heading| heading.column == column)
    }
}

/// `/my-requests`: what the reader, who is staff, asked of others.
#[derive(Template)]
#[template(path = "tickets/requests.html")]
pub struct MyRequestsPage {
    /// Surroundings.
    pub frame: Frame,
    /// The page.
    pub rows: Vec<TicketRow>,
    /// Cursor of the page before (parameter `before`), if any.
    pub newer: Option<String>,
    /// Cursor of the page after (parameter `after`), if any.
    pub older: Option<String>,
}
