//! `/tickets`: one page of tickets in a view, with filters, order and neighbours.

use super::{Choice, LastActor, PersonChip, Priority, StateView};
use crate::frame::{Frame, TicketView};
use askama::Template;

/// One row of the list.
#[derive(Clone, Debug)]
pub struct TicketRow {
    /// Number, as people say it.
    pub number: i64,
    /// Subject, as written.
    pub subject: String,
    /// State.
    pub state: StateView,
    /// Priority.
    pub priority: Priority,
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
    /// Last activity, UTC microseconds.
    pub activity_micros: i64,
}

/// Columns the list can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortColumn {
    /// Number, which is also the order of creation.
    Number,
    /// Priority.
    Priority,
    /// Last activity.
    Activity,
}

impl SortColumn {
    /// Value of the `sort` parameter, without its sign.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            SortColumn::Number => "number",
            SortColumn::Priority => "priority",
            SortColumn::Activity => "activity",
        }
    }

    /// Key of « triés par … ».
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            SortColumn::Number => "tickets-sorted-number",
            SortColumn::Priority => "tickets-sorted-priority",
            SortColumn::Activity => "tickets-sorted-activity",
        }
    }
}

/// Order of the list: `-activity` is newest activity first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub column: SortColumn,
    /// Largest first.
    pub descending: bool,
}

impl Sort {
    /// Newest activity first: what the list shows unasked.
    pub const DEFAULT: Sort = Sort {
        column: SortColumn::Activity,
        descending: true,
    };

    /// Reads a `sort` parameter; anything else is the default.
    #[must_use]
    pub fn parse(parameter: &str) -> Sort {
        let (descending, code) = parameter
            .strip_prefix('-')
            .map_or((false, parameter), |code| (true, code));
        [
            SortColumn::Number,
            SortColumn::Priority,
            SortColumn::Activity,
        ]
        .into_iter()
        .find(|column| column.code() == code)
        .map_or(Sort::DEFAULT, |column| Sort { column, descending })
    }

    /// The `sort` parameter.
    #[must_use]
    pub fn parameter(self) -> String {
        format!(
            "{}{}",
            if self.descending { "-" } else { "" },
            self.column.code()
        )
    }
}

/// The list page.
#[derive(Template)]
#[template(path = "tickets/list.html")]
pub struct TicketListPage {
    /// Surroundings.
    pub frame: Frame,
    /// Which list.
    pub view: TicketView,
    /// Only this state.
    pub state: Option<StateView>,
    /// Departments the reader sees; `value` is their id. The chosen one is selected.
    pub departments: Vec<Choice>,
    /// Order.
    pub sort: Sort,
    /// The page.
    pub rows: Vec<TicketRow>,
    /// Cursor of the page before (parameter `before`), if any.
    pub newer: Option<String>,
    /// Cursor of the page after (parameter `after`), if any.
    pub older: Option<String>,
}

impl TicketListPage {
    /// States one may filter this view by; none when the view has a single state.
    #[must_use]
    pub fn states(&self) -> &'static [StateView] {
        match self.view {
            TicketView::Open => &[
                StateView::Free,
                StateView::InProgress,
                StateView::Incomplete,
                StateView::Postponed,
            ],
            TicketView::Mine => &[
                StateView::InProgress,
                StateView::Incomplete,
                StateView::Postponed,
            ],
            TicketView::All => &StateView::ALL,
            TicketView::Unassigned | TicketView::AwaitingApproval => &[],
        }
    }

    /// The department filtered by, if any.
    #[must_use]
    pub fn department(&self) -> Option<&Choice> {
        self.departments
            .iter()
            .find(|department| department.selected)
    }

    /// True when a filter hides something.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.state.is_some() || self.department().is_some()
    }

    /// True when the list shows only this state.
    #[must_use]
    pub fn is_state(&self, state: &StateView) -> bool {
        self.state.as_ref() == Some(state)
    }

    /// Sentence of an empty list.
    #[must_use]
    pub fn empty_key(&self) -> &'static str {
        if self.is_filtered() {
            "tickets-empty-filtered"
        } else if self.view == TicketView::Open {
            "tickets-empty-open"
        } else {
            "tickets-empty"
        }
    }

    /// Address of this list with another state filter (`None`: any).
    #[must_use]
    pub fn state_href(&self, state: Option<&StateView>) -> String {
        self.href(state.copied(), self.sort, None)
    }

    /// Address of this list ordered by a column; the present column turns round.
    #[must_use]
    pub fn sort_href(&self, column: SortColumn) -> String {
        let descending = if self.sort.column == column {
            !self.sort.descending
        } else {
            true
        };
        self.href(self.state, Sort { column, descending }, None)
    }

    /// Value of `aria-sort` of the present column.
    #[must_use]
    pub fn aria_sort(&self) -> &'static str {
        if self.sort.descending {
            "descending"
        } else {
            "ascending"
        }
    }

    /// Address of a neighbouring page; `side` is `before` or `after`.
    #[must_use]
    pub fn page_href(&self, side: &str, cursor: &str) -> String {
        self.href(self.state, self.sort, Some((side, cursor)))
    }

    fn href(&self, state: Option<StateView>, sort: Sort, page: Option<(&str, &str)>) -> String {
        let mut href = String::with_capacity(96);
        href.push_str("/tickets?view=");
        href.push_str(self.view.code());
        if let Some(state) = state {
            href.push_str("&state=");
            href.push_str(state.code());
        }
        if let Some(department) = self.department() {
            href.push_str("&department=");
            push_escaped(&mut href, &department.value);
        }
        if sort != Sort::DEFAULT {
            href.push_str("&sort=");
            href.push_str(&sort.parameter());
        }
        if let Some((side, cursor)) = page {
            href.push('&');
            href.push_str(side);
            href.push('=');
            push_escaped(&mut href, cursor);
        }
        href
    }
}

/// Percent-encodes everything but unreserved characters (RFC 3986, 2.3).
fn push_escaped(href: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            href.push(char::from(byte));
        } else {
            let digit = |value: u8| {
                char::from(
                    b"0123456789ABCDEF"
                        .get(usize::from(value))
                        .copied()
                        .unwrap_or(b'0'),
                )
            };
            href.push('%');
            href.push(digit(byte >> 4));
            href.push(digit(byte & 15));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Sort, SortColumn, TicketListPage};
    use crate::tickets::StateView;
    use words::language::Language;

    #[test]
    fn an_order_is_read_back_from_its_parameter_and_nonsense_is_the_usual_order() {
        for (parameter, column, descending) in [
            ("-activity", SortColumn::Activity, true),
            ("activity", SortColumn::Activity, false),
            ("-number", SortColumn::Number, true),
            ("priority", SortColumn::Priority, false),
        ] {
            let sort = Sort { column, descending };
            assert_eq!(Sort::parse(parameter), sort);
            assert_eq!(sort.parameter(), parameter);
        }
        for nonsense in ["", "-", "--number", "subject", "NUMBER"] {
            assert_eq!(Sort::parse(nonsense), Sort::DEFAULT, "{nonsense}");
        }
    }

    #[test]
    fn links_keep_the_filters_and_drop_the_place_in_the_list() {
        let mut page = TicketListPage::sample(Language::French);
        assert_eq!(page.state_href(None), "/tickets?view=open");
        page.state = Some(StateView::InProgress);
        if let Some(department) = page.departments.get_mut(0) {
            department.selected = true;
            department.value = "a b&c".to_owned();
        }
        assert_eq!(
            page.sort_href(SortColumn::Number),
            "/tickets?view=open&state=in-progress&department=a%20b%26c&sort=-number"
        );
        assert_eq!(
            page.sort_href(SortColumn::Activity),
            "/tickets?view=open&state=in-progress&department=a%20b%26c&sort=activity"
        );
        assert_eq!(
            page.page_href("after", "é="),
            "/tickets?view=open&state=in-progress&department=a%20b%26c&after=%C3%A9%3D"
        );
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
