//! What surrounds every page: reader, theme, signed-in person, counts, message of the last action.

mod pieces;

use crate::admin::AdminSection;
use crate::keys::Keys;
pub use crate::looks::{Density, Theme};
pub use crate::new_rights::NewRights;
use crate::place::Place;
pub use crate::side::SideView;
use words::catalogue::Arg;
use words::language::Language;
use words::reader::Words;

/// The section of the sidebar the page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Ticket lists and tickets, as an agent.
    Tickets,
    /// One's own tasks across tickets.
    Tasks,
    /// The register of assets.
    Assets,
    /// The same person's own requests.
    MyRequests,
    /// Articles.
    Knowledge,
    /// The directory of people.
    People,
    /// Administration.
    Administration,
    /// Anything else: preferences, errors.
    Other,
}

/// A ready-made list of tickets; its code is the `view` parameter of `/tickets`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketView {
    /// Open tickets.
    Open,
    /// Open, nobody in charge.
    Unassigned,
    /// Open, the reader in charge.
    Mine,
    /// Closed, waiting for the requester's approval.
    AwaitingApproval,
    /// Every state.
    All,
}

impl TicketView {
    /// All views, in the order of the sidebar.
    pub const ALL: [TicketView; 5] = [
        TicketView::Open,
        TicketView::Unassigned,
        TicketView::Mine,
        TicketView::AwaitingApproval,
        TicketView::All,
    ];

    /// Value of the `view` parameter.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            TicketView::Open => "open",
            TicketView::Unassigned => "unassigned",
            TicketView::Mine => "mine",
            TicketView::AwaitingApproval => "awaiting-approval",
            TicketView::All => "all",
        }
    }

    /// Reads a `view` parameter.
    #[must_use]
    pub fn parse(code: &str) -> Option<TicketView> {
        TicketView::ALL.into_iter().find(|view| view.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            TicketView::Open => "tickets-view-open",
            TicketView::Unassigned => "tickets-view-unassigned",
            TicketView::Mine => "tickets-view-mine",
            TicketView::AwaitingApproval => "tickets-view-awaiting-approval",
            TicketView::All => "tickets-view-all",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            TicketView::Open => "inbox",
            TicketView::Unassigned => "circle-dot",
            TicketView::Mine => "user-check",
            TicketView::AwaitingApproval => "circle-check",
            TicketView::All => "layers",
        }
    }
}

/// How many tickets the reader sees in each view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open tickets.
    pub open: i64,
    /// Open, nobody in charge.
    pub unassigned: i64,
    /// Open, the reader in charge.
    pub mine: i64,
    /// Waiting for approval.
    pub awaiting_approval: i64,
    /// Every state; not counted for whom that would mean to walk all of them.
    pub all: Option<i64>,
}

impl Counts {
    /// The count shown beside this view, if there is one.
    #[must_use]
    pub fn of(&self, view: TicketView) -> Option<i64> {
        match view {
            TicketView::Open => Some(self.open),
            TicketView::Unassigned => Some(self.unassigned),
            TicketView::Mine => Some(self.mine),
            TicketView::AwaitingApproval => Some(self.awaiting_approval),
            TicketView::All => self.all,
        }
    }
}

/// Person signed in, as the foot of the sidebar names them.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Their number; what a browser keeps of theirs stands under it.
    pub id: i64,
    /// Full name.
    pub name: String,
    /// One or two letters, see [`initials`].
    pub initials: String,
}

/// Tone of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something worked.
    Ok,
    /// Something to know.
    Info,
    /// Something to look at.
    Warn,
    /// Something failed.
    Danger,
}

impl Tone {
    /// Class of the callout.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Tone::Ok => "ok",
            Tone::Info => "info",
            Tone::Warn => "warn",
            Tone::Danger => "danger",
        }
    }

    /// Icon of the callout, so that colour is never alone.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Tone::Ok => "circle-check",
            Tone::Info => "info",
            Tone::Warn => "triangle-alert",
            Tone::Danger => "circle-alert",
        }
    }
}

/// What the last action says at the top of the next page.
#[derive(Clone, Debug)]
pub struct Flash {
    /// Its tone.
    pub tone: Tone,
    /// Its text, already in the reader's language.
    pub text: String,
}

/// Everything that surrounds a page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// How the reader reads.
    pub words: Words,
    /// Chosen theme.
    pub theme: Theme,
    /// Chosen density.
    pub density: Density,
    /// Name of the organisation that runs the desk.
    pub organisation: String,
    /// Who is signed in; `None` on sign-in pages.
    pub person: Option<SignedIn>,
    /// Token every form carries in its hidden field `csrf`.
    pub csrf: String,
    /// Section of the sidebar.
    pub section: Section,
    /// Ready-made list the page shows, if any.
    pub view: Option<TicketView>,
    /// Counts of the sidebar.
    pub counts: Counts,
    /// Saved views of the sidebar, the reader's own first.
    pub saved: Vec<SideView>,
    /// Message of the last action.
    pub flash: Option<Flash>,
    /// May open the ticket lists.
    pub is_agent: bool,
    /// May open administration.
    pub is_admin: bool,
    /// What of it.
    pub administration: Vec<AdminSection>,
    /// Administers a part of their own departments.
    pub is_manager: bool,
    /// Is a mentor of colleagues.
    pub is_mentor: bool,
    /// Single keys are shortcuts.
    pub has_single_keys: bool,
    /// Those that were given other keys.
    pub keys: Keys,
    /// Has requests of their own.
    pub has_requests: bool,
    /// Somebody looks with this person's eyes, and changes nothing.
    pub is_looking: bool,
    /// The reader's rights changed, and they have yet to say that they know.
    pub new_rights: Option<NewRights>,
    /// Where the page is, as colleagues see it.
    pub place: Place,
    /// Path and query of this page: where the language and theme forms come back to.
    pub here: String,
}

impl Frame {
    /// The saved views of the reader's own, or those that others see, too.
    pub fn views(&self, is_shared: bool) -> impl Iterator<Item = &SideView> {
        let views = self.saved.iter();
        views.filter(move |view| view.is_shared == is_shared)
    }

    /// Whether this part of administration is open to the reader.
    #[must_use]
    pub fn opens(&self, section: impl std::borrow::Borrow<AdminSection>) -> bool {
        self.administration.contains(section.borrow())
    }

    /// Shorthand of templates for [`Words::say`].
    #[must_use]
    pub fn say(&self, key: &'static str) -> &'static str {
        self.words.say(key)
    }

    /// A sentence with one text argument.
    #[must_use]
    pub fn say_text(&self, key: &'static str, name: &'static str, value: &str) -> String {
        self.words.say_with(key, &[(name, Arg::from(value))])
    }

    /// A sentence with one number argument.
    #[must_use]
    pub fn say_number(&self, key: &'static str, name: &'static str, value: i64) -> String {
        self.words.say_with(key, &[(name, Arg::from(value))])
    }

    /// Code of the page's language, for `lang`.
    #[must_use]
    pub fn lang(&self) -> &'static str {
        self.words.language.code()
    }

    /// Code of the other language, for the switch.
    #[must_use]
    pub fn other_lang(&self) -> &'static str {
        self.words.language.other().code()
    }

    /// A signed-in agent of the demonstration company, Monday 23 November 2026 at 14:08 in Paris.
    #[must_use]
    pub fn sample(language: Language) -> Frame {
        Frame {
            words: Words::new(language, "Europe/Paris", SAMPLE_NOW),
            theme: Theme::Auto,
            density: Density::Comfortable,
            organisation: "§ Groupe Nordet".to_owned(),
            person: Some(SignedIn {
                id: 2,
                name: "§ Nadia Belkacem".to_owned(),
                initials: "NB".to_owned(),
            }),
            csrf: "csrf-sample".to_owned(),
            section: Section::Tickets,
            view: None,
            counts: Counts {
                open: 128,
                unassigned: 14,
                mine: 9,
                awaiting_approval: 4,
                all: Some(1284),
            },
            saved: SideView::samples(),
            flash: None,
            is_agent: true,
            is_admin: true,
            administration: AdminSection::ALL.to_vec(),
            is_manager: false,
            is_mentor: true,
            has_single_keys: true,
            keys: Keys::default(),
            has_requests: true,
            is_looking: false,
            new_rights: None,
            place: Place::default(),
            here: "/tickets".to_owned(),
        }
    }

    /// The same before anybody signed in.
    #[must_use]
    pub fn sample_signed_out(language: Language) -> Frame {
        Frame {
            person: None,
            section: Section::Other,
            is_agent: false,
            saved: vec![],
            is_admin: false,
            administration: vec![],
            is_manager: false,
            has_requests: false,
            here: "/login".to_owned(),
            ..Frame::sample(language)
        }
    }
}

/// Now, in every sample: 2026-11-23T13:08:00Z in microseconds.
pub const SAMPLE_NOW: i64 = 1_795_439_280_000_000;

/// One or two capitals for an avatar: first letters of the first and last word; digits count as letters.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut firsts = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = firsts.next();
    let last = firsts.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .take(2)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{TicketView, initials};

    #[test]
    fn initials_are_the_first_letters_of_the_first_and_last_word() {
        for (name, expect) in [
            ("Nadia Belkacem", "NB"),
            ("Marc-Antoine Le Goff", "MG"),
            ("élodie", "É"),
            ("  ", ""),
            ("(support) 3e étage", "SÉ"),
            ("straße ßo", "SS"),
            ("hélène@nordet.example", "H"),
        ] {
            assert_eq!(initials(name), expect, "{name}");
        }
    }

    #[test]
    fn every_view_is_read_back_from_its_address() {
        assert!(
            TicketView::ALL
                .iter()
                .all(|view| TicketView::parse(view.code()) == Some(*view))
        );
        assert_eq!(TicketView::parse("Open"), None);
    }
}
