//! The directory, for staff: everybody the desk knows, and a card for each.

use crate::equipment::BesideAsset;
use crate::fields::{Conflict, Faults};
use crate::frame::{Frame, Section};
use crate::pager::Pager;
use crate::tickets::StateView;
use askama::Template;
use words::language::Language;

/// A person in the list.
#[derive(Clone, Debug)]
pub struct DirectoryRow {
    /// Their identifier.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their phone, empty when unknown.
    pub phone: String,
    /// Whom they work for, empty when unknown.
    pub organization: String,
    /// Where they work, empty when unknown.
    pub site: String,
    /// Whether they are staff.
    pub is_staff: bool,
    /// Whether they are shut out.
    pub is_disabled: bool,
}

/// `GET /people?q=`.
#[derive(Template)]
#[template(path = "people/list.html")]
pub struct DirectoryPage {
    /// Surroundings.
    pub frame: Frame,
    /// What is searched; empty for everybody.
    pub query: String,
    /// The people of this page.
    pub rows: Vec<DirectoryRow>,
    /// Whether the reader may add somebody.
    pub may_add: bool,
    /// Whether they may add many at once.
    pub may_import: bool,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// A ticket on a card.
#[derive(Clone, Debug)]
pub struct CardTicket {
    /// Its number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Where it is in its life.
    pub state: StateView,
    /// Name of its department.
    pub department: String,
    /// When a person last changed it, UTC microseconds.
    pub updated_micros: i64,
}

/// Nothing is mailed to an address any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailStopped {
    /// Key of why.
    pub reason: &'static str,
    /// Since when, UTC microseconds.
    pub since: i64,
}

/// `GET /people/{id}`.
#[derive(Template)]
#[template(path = "people/card.html")]
pub struct CardPage {
    /// Surroundings.
    pub frame: Frame,
    /// Their identifier.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Nothing is mailed to that address.
    pub mail_stopped: Option<MailStopped>,
    /// Further addresses, those of records merged into theirs.
    pub addresses: Vec<String>,
    /// Name to sign in with, empty for none.
    pub login: String,
    /// Their phone, empty when unknown.
    pub phone: String,
    /// Their post, empty when unknown.
    pub job_title: String,
    /// Whom they work for, empty when unknown.
    pub organization: String,
    /// Where they work, empty when unknown.
    pub site: String,
    /// Language they read; `None` for the desk's.
    pub language: Option<Language>,
    /// Works here, rather than being served by us.
    pub is_employee: bool,
    /// Whether they are staff.
    pub is_staff: bool,
    /// Whether they may open the portal.
    pub has_portal: bool,
    /// Whether they are shut out.
    pub is_disabled: bool,
    /// Whether the reader may change the card.
    pub may_write: bool,
    /// Whether the reader may open tickets for others.
    pub may_open_ticket: bool,
    /// Whether the reader administers people.
    pub is_admin: bool,
    /// Where a ticket for this person is opened.
    pub new_ticket: String,
    /// How many of their tickets are open, of those the reader may see.
    pub open: i64,
    /// How many tickets they asked for, of those the reader may see.
    pub total: i64,
    /// The last changed of them.
    pub tickets: Vec<CardTicket>,
    /// What they have.
    pub assets: Vec<BesideAsset>,
}

/// What `POST /people` and `POST /people/{id}` send, as typed.
#[derive(Clone, Debug)]
pub struct CardForm {
    /// `name`.
    pub name: String,
    /// `email`.
    pub email: String,
    /// `login`, empty for none.
    pub login: String,
    /// `phone`.
    pub phone: String,
    /// `job_title`.
    pub job_title: String,
    /// `organization`, free text.
    pub organization: String,
    /// `site`, free text.
    pub site: String,
    /// `language`.
    pub language: Language,
    /// `kind`: `employee`, or `client`.
    pub is_employee: bool,
    /// `portal`, a checkbox.
    pub has_portal: bool,
}

/// The card that is edited.
#[derive(Clone, Debug)]
pub struct Editing {
    /// Their identifier.
    pub id: i64,
    /// Their version.
    pub version: i64,
    /// Their name, as it stands.
    pub title: String,
}

/// `GET /people/new` and `GET /people/{id}/edit`.
#[derive(Template)]
#[template(path = "people/edit.html")]
pub struct EditCardPage {
    /// Surroundings.
    pub frame: Frame,
    /// Whose card; `None` for a new one.
    pub editing: Option<Editing>,
    /// Whether address, login and access are the reader's to change; otherwise they are not in the form.
    pub may_let_in: bool,
    /// The fields, as typed.
    pub form: CardForm,
    /// Whether a link to choose a password is to be sent, as ticked; for a new one only.
    pub sends_link: bool,
    /// What was wrong.
    pub faults: Faults,
    /// Somebody else changed the card meanwhile.
    pub conflict: Option<Conflict>,
}

fn frame(language: Language, here: &str) -> Frame {
    Frame {
        section: Section::People,
        here: here.to_owned(),
        ..Frame::sample(language)
    }
}

impl DirectoryPage {
    /// Three people.
    #[must_use]
    pub fn sample(language: Language) -> DirectoryPage {
        let row = |id, name: &str, is_staff, is_disabled| DirectoryRow {
            id,
            name: format!("§ {name}"),
            email: format!("§{id}@nordet.example"),
            phone: "§ 03 20 55 01 42".to_owned(),
            organization: "§ Groupe Nordet".to_owned(),
            site: "§ Lille".to_owned(),
            is_staff,
            is_disabled,
        };
        DirectoryPage {
            frame: frame(language, "/people"),
            query: String::new(),
            rows: vec![
                row(1, "Hélène Marchand", false, false),
                row(2, "Sofia Almeida", true, false),
                row(3, "Yann Le Goff", false, true),
            ],
            may_add: true,
            may_import: true,
            pager: Pager {
                previous: None,
                next: Some("/people?after=3".to_owned()),
            },
        }
    }

    /// Nobody found.
    #[must_use]
    pub fn sample_empty(language: Language) -> DirectoryPage {
        DirectoryPage {
            query: "§ xyz".to_owned(),
            rows: Vec::new(),
            pager: Pager {
                previous: None,
                next: None,
            },
            ..DirectoryPage::sample(language)
        }
    }
}

impl CardPage {
    /// Somebody with two tickets.
    #[must_use]
    pub fn sample(language: Language) -> CardPage {
        let frame = frame(language, "/people/1");
        let now = frame.words.now_micros;
        let ticket = |number, subject: &str, state, hours: i64| CardTicket {
            number,
            subject: format!("§ {subject}"),
            state,
            department: "§ Postes de travail".to_owned(),
            updated_micros: now - hours * 3_600_000_000,
        };
        CardPage {
            frame,
            id: 1,
            name: "§ Hélène Marchand".to_owned(),
            email: "§helene.marchand@nordet.example".to_owned(),
            mail_stopped: Some(MailStopped {
                reason: "suppression-bounced",
                since: now - 90_000_000_000,
            }),
            addresses: vec!["§ zoe@home.example".to_owned()],
            login: "§hmarchand".to_owned(),
            phone: "§ 03 20 55 01 42".to_owned(),
            job_title: "§ Comptable".to_owned(),
            organization: "§ Groupe Nordet".to_owned(),
            site: "§ Lille".to_owned(),
            language: Some(Language::French),
            is_employee: true,
            is_staff: false,
            has_portal: true,
            is_disabled: false,
            may_write: true,
            may_open_ticket: true,
            is_admin: true,
            new_ticket: "/tickets/new?requester=helene".to_owned(),
            open: 1,
            total: 2,
            assets: BesideAsset::samples(),
            tickets: vec![
                ticket(4812, "Écran externe", StateView::InProgress, 2),
                ticket(4770, "Calendrier partagé", StateView::Approved, 300),
            ],
        }
    }

    /// Staff, seen by an agent, without tickets.
    #[must_use]
    pub fn sample_staff(language: Language) -> CardPage {
        CardPage {
            is_staff: true,
            mail_stopped: None,
            may_write: false,
            is_admin: false,
            login: String::new(),
            phone: String::new(),
            open: 0,
            total: 0,
            assets: vec![],
            tickets: Vec::new(),
            ..CardPage::sample(language)
        }
    }
}

impl EditCardPage {
    /// A new card, its address taken.
    #[must_use]
    pub fn sample(language: Language) -> EditCardPage {
        let frame = frame(language, "/people/new");
        let taken = crate::fields::Fault {
            field: "email",
            text: "§ taken".to_owned(),
        };
        EditCardPage {
            frame,
            editing: None,
            may_let_in: true,
            form: CardForm {
                name: "§ Hélène Marchand".to_owned(),
                email: "§helene.marchand@nordet.example".to_owned(),
                login: String::new(),
                phone: "§ 03 20 55 01 42".to_owned(),
                job_title: String::new(),
                organization: "§ Groupe Nordet".to_owned(),
                site: "§ Lille".to_owned(),
                language,
                is_employee: false,
                has_portal: true,
            },
            sends_link: true,
            faults: Faults(vec![taken]),
            conflict: None,
        }
    }

    /// A card whose access is not the reader's to change.
    #[must_use]
    pub fn sample_guarded(language: Language) -> EditCardPage {
        EditCardPage {
            editing: Some(Editing {
                id: 1,
                version: 3,
                title: "§ Hélène Marchand".to_owned(),
            }),
            may_let_in: false,
            sends_link: false,
            faults: Faults::default(),
            ..EditCardPage::sample(language)
        }
    }
}
