//! Saved replies: the list of those one may use, and the form of one.

use crate::fields::{Conflict, Faults};
use crate::frame::Frame;
use crate::tickets::Choice;
use askama::Template;
use words::language::Language;

/// Who may use a saved reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Only who wrote it.
    Private,
    /// The members of a department.
    Department,
    /// All staff.
    Everyone,
}

impl Sharing {
    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Sharing::Private => "private",
            Sharing::Department => "department",
            Sharing::Everyone => "everyone",
        }
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Sharing::Private => "replies-private",
            Sharing::Department => "replies-department",
            Sharing::Everyone => "replies-everyone",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Sharing::Private => "user",
            Sharing::Department => "building-2",
            Sharing::Everyone => "users",
        }
    }
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct ReplyRow {
    /// Its identifier.
    pub id: i64,
    /// What it is found by.
    pub title: String,
    /// How its text begins.
    pub start: String,
    /// Who may use it.
    pub sharing: Sharing,
    /// Its department's name.
    pub department: Option<String>,
    /// Who owns it.
    pub owner: String,
    /// The reader may change it.
    pub may_change: bool,
}

/// `/replies`.
#[derive(Template)]
#[template(path = "replies/list.html")]
pub struct RepliesPage {
    /// Surroundings.
    pub frame: Frame,
    /// Those the reader may use.
    pub rows: Vec<ReplyRow>,
    /// The reader may keep replies of their own.
    pub may_add: bool,
}

/// `/replies/new` and `/replies/{id}`.
#[derive(Template)]
#[template(path = "replies/edit.html")]
pub struct EditReplyPage {
    /// Surroundings.
    pub frame: Frame,
    /// Its identifier; none for a new one.
    pub id: Option<i64>,
    /// The version the form carries.
    pub version: i64,
    /// What it is found by.
    pub title: String,
    /// Markdown with placeholders.
    pub body: String,
    /// Who may use it.
    pub sharing: Sharing,
    /// Who the reader may share it with.
    pub sharings: Vec<Sharing>,
    /// Departments the reader may share it with; the chosen one is selected.
    pub departments: Vec<Choice>,
    /// Names of the placeholders, without braces.
    pub placeholders: Vec<&'static str>,
    /// What was wrong.
    pub faults: Faults,
    /// Somebody else saved it first.
    pub conflict: Option<Conflict>,
}

impl EditReplyPage {
    /// Where the form goes.
    #[must_use]
    pub fn action(&self) -> String {
        self.id
            .map_or_else(|| "/replies".to_owned(), |id| format!("/replies/{id}"))
    }

    /// Key of its heading.
    #[must_use]
    pub fn heading(&self) -> &'static str {
        if self.id.is_some() {
            "replies-edit"
        } else {
            "replies-new"
        }
    }

    /// Whether a choice of who shares it is to be made at all.
    #[must_use]
    pub fn has_choice(&self) -> bool {
        self.sharings.len() > 1
    }
}

impl RepliesPage {
    /// Three replies, one of each kind.
    #[must_use]
    pub fn sample(language: Language) -> RepliesPage {
        let row = |id, title: &str, sharing, department: Option<&str>, may_change| {
            ReplyRow {
            id,
            title: title.to_owned(),
            start: "§ Bonjour {requester.first_name}, votre demande n° {ticket.number} est bien arrivée.".to_owned(),
            sharing,
            department: department.map(str::to_owned),
            owner: "§ Nadia Belkacem".to_owned(),
            may_change,
        }
        };
        RepliesPage {
            frame: Frame {
                here: "/replies".to_owned(),
                ..Frame::sample(language)
            },
            rows: vec![
                row(1, "§ Bien reçu", Sharing::Private, None, true),
                row(
                    2,
                    "§ Passage au bureau",
                    Sharing::Department,
                    Some("§ Postes de travail"),
                    true,
                ),
                row(3, "§ Fermeture de Noël", Sharing::Everyone, None, false),
            ],
            may_add: true,
        }
    }

    /// Nothing yet.
    #[must_use]
    pub fn sample_empty(language: Language) -> RepliesPage {
        RepliesPage {
            rows: vec![],
            ..RepliesPage::sample(language)
        }
    }
}

impl EditReplyPage {
    /// A department's reply.
    #[must_use]
    pub fn sample(language: Language) -> EditReplyPage {
        EditReplyPage {
            frame: Frame {
                here: "/replies/2".to_owned(),
                ..Frame::sample(language)
            },
            id: Some(2),
            version: 3,
            title: "§ Passage au bureau".to_owned(),
            body: "§ Bonjour {requester.first_name},\n\npassez quand vous voulez.".to_owned(),
            sharing: Sharing::Department,
            sharings: vec![Sharing::Private, Sharing::Department, Sharing::Everyone],
            departments: vec![Choice {
                value: "3".to_owned(),
                name: "§ Postes de travail".to_owned(),
                selected: true,
            }],
            placeholders: vec!["requester.name", "ticket.number"],
            faults: Faults::default(),
            conflict: None,
        }
    }

    /// A new one that came back.
    #[must_use]
    pub fn sample_refused(language: Language) -> EditReplyPage {
        EditReplyPage {
            id: None,
            sharing: Sharing::Private,
            sharings: vec![Sharing::Private],
            departments: vec![],
            faults: Faults(vec![crate::fields::Fault {
                field: "body",
                text: "§ {user.password}".to_owned(),
            }]),
            ..EditReplyPage::sample(language)
        }
    }
}
