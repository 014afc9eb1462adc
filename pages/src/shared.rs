//! What tickets show to people whom they do not concern: a list, and one of them, in the desk and in
//! the portal. Nothing can be done on these pages.

use crate::frame::Frame;
use crate::portal::Navigation;
use crate::portal::ticket::{Message, TicketPage};
use crate::tickets::StateView;
use crate::tickets::visibility::Visibility;
use askama::Template;
use words::language::Language;

/// A ticket in the list.
#[derive(Clone, Debug)]
pub struct SharedRow {
    /// Its number.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// Its state.
    pub state: StateView,
    /// Who may look at it.
    pub visibility: Visibility,
    /// Name of its department.
    pub department: String,
    /// Name of its category.
    pub category: String,
    /// When it last changed, UTC microseconds.
    pub at_micros: i64,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct SharedTicket {
    /// As the list names it.
    pub row: SharedRow,
    /// When it was opened, UTC microseconds.
    pub created_micros: i64,
    /// Its public words, oldest first; none when only the subject is shown.
    pub messages: Vec<Message>,
}

/// `GET /shared` for whoever has the portal alone.
#[derive(Template)]
#[template(path = "shared/portal_list.html")]
pub struct PortalListPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// What is shown, open ones first.
    pub rows: Vec<SharedRow>,
}

/// `GET /shared` for staff.
#[derive(Template)]
#[template(path = "shared/desk_list.html")]
pub struct DeskListPage {
    /// Surroundings.
    pub frame: Frame,
    /// What is shown, open ones first.
    pub rows: Vec<SharedRow>,
}

/// `GET /shared/{number}` for whoever has the portal alone.
#[derive(Template)]
#[template(path = "shared/portal_ticket.html")]
pub struct PortalTicketPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// It.
    pub ticket: SharedTicket,
}

/// `GET /shared/{number}` for staff.
#[derive(Template)]
#[template(path = "shared/desk_ticket.html")]
pub struct DeskTicketPage {
    /// Surroundings.
    pub frame: Frame,
    /// It.
    pub ticket: SharedTicket,
}

impl SharedRow {
    /// A trouble that is read by everybody.
    #[must_use]
    pub fn sample() -> SharedRow {
        SharedRow {
            number: 4_731,
            subject: "§ VPN instable".to_owned(),
            state: StateView::InProgress,
            visibility: Visibility::Public,
            department: "§ Réseau".to_owned(),
            category: "§ VPN".to_owned(),
            at_micros: 1_763_978_280_000_000,
        }
    }
}

impl SharedTicket {
    fn sample(language: Language, visibility: Visibility) -> SharedTicket {
        let row = SharedRow {
            visibility,
            ..SharedRow::sample()
        };
        let messages = TicketPage::sample(language).messages;
        SharedTicket {
            created_micros: row.at_micros,
            row,
            messages: if visibility == Visibility::Subject {
                vec![]
            } else {
                messages
            },
        }
    }
}

impl PortalListPage {
    /// One open trouble.
    #[must_use]
    pub fn sample(language: Language) -> PortalListPage {
        let TicketPage {
            frame, navigation, ..
        } = TicketPage::sample(language);
        PortalListPage {
            frame,
            navigation,
            rows: vec![SharedRow::sample()],
        }
    }

    /// Nothing.
    #[must_use]
    pub fn sample_empty(language: Language) -> PortalListPage {
        PortalListPage {
            rows: vec![],
            ..PortalListPage::sample(language)
        }
    }
}

impl DeskListPage {
    /// One open trouble, and one whose subject alone is shown.
    #[must_use]
    pub fn sample(language: Language) -> DeskListPage {
        let second = SharedRow {
            number: 4_732,
            visibility: Visibility::Subject,
            state: StateView::Approved,
            ..SharedRow::sample()
        };
        DeskListPage {
            frame: Frame::sample(language),
            rows: vec![SharedRow::sample(), second],
        }
    }
}

impl PortalTicketPage {
    /// With its words.
    #[must_use]
    pub fn sample(language: Language) -> PortalTicketPage {
        let TicketPage {
            frame, navigation, ..
        } = TicketPage::sample(language);
        PortalTicketPage {
            frame,
            navigation,
            ticket: SharedTicket::sample(language, Visibility::Public),
        }
    }
}

impl DeskTicketPage {
    /// Its subject alone.
    #[must_use]
    pub fn sample(language: Language) -> DeskTicketPage {
        DeskTicketPage {
            frame: Frame::sample(language),
            ticket: SharedTicket::sample(language, Visibility::Subject),
        }
    }
}
