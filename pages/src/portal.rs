//! The portal: what a requester sees. Plain words, their own requests and those they are invited to, nothing else.
//!
//! Deliberately absent: internal notes, priorities, other people's requests, anything only agents may know.

pub mod cancellation;
pub mod correction;
mod sample;
pub mod ticket;

use crate::fields::Faults;
use crate::frame::Frame;
use crate::pager::Pager;
use crate::tickets::StateView;
use crate::tickets::unsent::UnsentView;
use crate::tickets::visibility::Visibility;
use askama::Template;
use words::catalogue::Arg;

/// The entry of the portal's navigation a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// `/portal`.
    Home,
    /// `/portal/tickets` and the tickets.
    Tickets,
    /// `/portal/tickets/new`.
    New,
    /// `/portal/solutions` and the solutions.
    Solutions,
    /// `/portal/assets`.
    Assets,
}

/// The portal's navigation.
#[derive(Clone, Copy, Debug)]
pub struct Navigation {
    /// Where the page stands.
    pub tab: Tab,
    /// How many requests wait for the reader: closures to approve, questions to answer.
    pub waiting: i64,
    /// The desk shows people the assets they have.
    pub shows_assets: bool,
}

/// Key of the plain name of a state: agents say « libre », requesters read « reçu ».
#[must_use]
pub fn plain_state(state: StateView) -> &'static str {
    match state {
        StateView::Free => "portal-state-free",
        StateView::InProgress => "portal-state-in-progress",
        StateView::Incomplete => "portal-state-incomplete",
        StateView::Postponed => "portal-state-postponed",
        StateView::Closed => "portal-state-closed",
        StateView::Approved => "portal-state-approved",
        StateView::Expired => "portal-state-expired",
        StateView::Refused => "portal-state-refused",
        StateView::Cancelled => "portal-state-cancelled",
        StateView::Archived => "portal-state-archived",
        StateView::Merged => "merging-state",
    }
}

/// How far a request has come, from 0 (received) to 3 (ended).
#[must_use]
pub fn progress(state: StateView) -> usize {
    match state {
        StateView::Free => 0,
        StateView::InProgress | StateView::Incomplete | StateView::Postponed => 1,
        StateView::Closed => 2,
        _ => 3,
    }
}

/// The last thing that happened, for lists.
#[derive(Clone, Debug)]
pub enum LastStep {
    /// The request was sent.
    Sent,
    /// The reader wrote.
    YouWrote,
    /// Somebody else wrote; their name.
    Wrote(String),
    /// Somebody took it; their name.
    Taken(String),
    /// The closure was proposed.
    ClosureProposed,
    /// It ended.
    Ended,
}

impl LastStep {
    /// The sentence of a list row.
    #[must_use]
    pub fn say(&self, frame: &Frame) -> String {
        match self {
            LastStep::Sent => frame.say("portal-last-sent").to_owned(),
            LastStep::YouWrote => frame.say("portal-last-you").to_owned(),
            LastStep::Wrote(name) => frame.say_text("portal-last-wrote", "name", name),
            LastStep::Taken(name) => frame.say_text("portal-last-taken", "name", name),
            LastStep::ClosureProposed => frame.say("portal-last-closure").to_owned(),
            LastStep::Ended => frame.say("portal-last-ended").to_owned(),
        }
    }
}

/// One request in a list.
#[derive(Clone, Debug)]
pub struct TicketRow {
    /// Its number.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// Its state.
    pub state: StateView,
    /// The last thing that happened.
    pub last: LastStep,
    /// When, UTC microseconds.
    pub last_at: i64,
    /// Name of the requester when the reader is only invited.
    pub invited_by: Option<String>,
}

/// What waits for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingFor {
    /// Approve or refuse a closure.
    Approval,
    /// Answer a question.
    Answer,
}

/// One thing that waits for the reader.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// What it asks.
    pub what: WaitingFor,
    /// Number of the ticket.
    pub number: i64,
    /// Its subject.
    pub subject: String,
}

/// `GET /portal`.
#[derive(Template)]
#[template(path = "portal/home.html")]
pub struct HomePage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// How the reader is greeted.
    pub first_name: String,
    /// What waits for the reader, most urgent first.
    pub waiting: Vec<Waiting>,
    /// The few requests that moved last.
    pub recent: Vec<TicketRow>,
    /// The newest solutions that are for the reader.
    pub solutions: Vec<crate::knowledge::reading::SolutionRow>,
    /// Open requests of others that are shown to the reader: known troubles.
    pub shown: Vec<crate::shared::SharedRow>,
    /// How many requests there are in all, ended ones too.
    pub total: i64,
}

/// Which requests `/portal/tickets` shows; value of its `state` parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Not ended, closures to approve included.
    Open,
    /// Ended.
    Ended,
}

impl Filter {
    /// Value of the `state` parameter.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Filter::Open => "open",
            Filter::Ended => "ended",
        }
    }

    /// Reads a `state` parameter; anything unknown is `Open`.
    #[must_use]
    pub fn parse(code: &str) -> Filter {
        if code == Filter::Ended.code() {
            Filter::Ended
        } else {
            Filter::Open
        }
    }
}

/// `GET /portal/tickets?state=open|ended`.
#[derive(Template)]
#[template(path = "portal/tickets.html")]
pub struct TicketsPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// Which requests are shown.
    pub filter: Filter,
    /// How many are open.
    pub open_count: i64,
    /// How many are ended.
    pub ended_count: i64,
    /// The requests of this page.
    pub rows: Vec<TicketRow>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// A department and where a request may be sent in it.
#[derive(Clone, Debug)]
pub struct DepartmentChoice {
    /// Its name.
    pub name: String,
    /// Its active categories, in tree order.
    pub categories: Vec<CategoryChoice>,
}

impl DepartmentChoice {
    /// The first few names, so that a folded department says what it is about.
    #[must_use]
    pub fn preview(&self) -> String {
        let mut names = self
            .categories
            .iter()
            .map(|category| category.name.as_str());
        let mut text = names.by_ref().take(4).collect::<Vec<_>>().join(", ");
        if names.next().is_some() {
            text.push_str(", …");
        }
        text
    }
}

/// A category a requester may choose.
#[derive(Clone, Debug)]
pub struct CategoryChoice {
    /// Its identifier, value of `category`.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Name of the category above it.
    pub within: Option<String>,
}

/// What somebody wrote for a category that is not to be had, or not any more.
#[derive(Clone, Debug)]
pub struct KeptWords {
    /// The subject.
    pub subject: String,
    /// The description.
    pub body: String,
    /// They keep it to themselves.
    pub keeps_private: bool,
    /// Files came with it, which a browser does not send twice by itself.
    pub had_files: bool,
    /// Makes a form sent twice count once.
    pub once: String,
}

/// `GET /portal/tickets/new`: first step, where to send the request; `POST /portal/tickets` comes back here with the
/// words when the category is not to be had.
#[derive(Template)]
#[template(path = "portal/new_category.html")]
pub struct ChooseCategoryPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// Departments that have at least one category open to the reader.
    pub departments: Vec<DepartmentChoice>,
    /// What is written already, and goes on to whatever is chosen now.
    pub kept: Option<KeptWords>,
    /// Requests that were begun and not sent.
    pub unsent: Vec<UnsentView>,
}

/// How much may be attached at once.
#[derive(Clone, Copy, Debug)]
pub struct AttachmentLimits {
    /// Number of files.
    pub files: i64,
    /// Size of one file, bytes.
    pub bytes: u64,
}

impl AttachmentLimits {
    /// « 10 fichiers au plus, 25 Mo chacun au plus. »
    #[must_use]
    pub fn say(&self, frame: &Frame) -> String {
        let size = frame.words.size(self.bytes);
        frame.words.say_with(
            "portal-files-hint",
            &[("count", Arg::from(self.files)), ("size", Arg::from(&size))],
        )
    }
}

/// `GET /portal/tickets/new?category=12`: second step; `POST /portal/tickets` comes back here with faults at
/// `subject`, `body`, `files` or `category`.
#[derive(Template)]
#[template(path = "portal/new_ticket.html")]
pub struct DescribeTicketPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// The chosen category.
    pub category: CategoryChoice,
    /// Name of its department.
    pub department: String,
    /// Subject typed so far.
    pub subject: String,
    /// Description typed so far.
    pub body: String,
    /// Who beside its own people may look at new tickets of this category.
    pub visibility: Visibility,
    /// The reader keeps it to themselves.
    pub keeps_private: bool,
    /// What was wrong.
    pub faults: Faults,
    /// Makes a form sent twice count once; hidden field `once`.
    pub once: String,
    /// How much may be attached.
    pub limits: AttachmentLimits,
    /// One's own open tickets that seem to ask the same; shown once before another is opened.
    pub similar: Vec<crate::tickets::opening::SimilarTicket>,
    /// Other requests that were begun and not sent.
    pub unsent: Vec<UnsentView>,
    /// Solutions that may answer it already.
    pub solutions: Vec<crate::knowledge::reading::SolutionRow>,
}

/// Third step, after `POST /portal/tickets`: the request is in.
#[derive(Template)]
#[template(path = "portal/sent.html")]
pub struct TicketSentPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// Number of the new ticket.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// Department that answers.
    pub department: String,
    /// Where answers are mailed.
    pub email: String,
}

impl TicketSentPage {
    /// What happens next, in plain words.
    #[must_use]
    pub fn next_step(&self) -> String {
        self.frame.words.say_with(
            "portal-sent-next",
            &[
                ("department", Arg::from(&self.department)),
                ("email", Arg::from(&self.email)),
            ],
        )
    }
}
