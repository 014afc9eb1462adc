//! `/admin/departments/{id}/invitees`: who is let in to each ticket of a department.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// Somebody who is.
#[derive(Clone, Debug)]
pub struct InviteeRow {
    /// Their identifier.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Shut out: not let in meanwhile.
    pub is_disabled: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "admin/invitees.html")]
pub struct InviteesPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Version the reader saw.
    pub version: i64,
    /// They, by name.
    pub rows: Vec<InviteeRow>,
    /// Who was typed to be added.
    pub typed: String,
    /// What was wrong, at `person`, or with the whole form.
    pub faults: Faults,
}

impl InviteesPage {
    /// A department with two of them.
    #[must_use]
    pub fn sample(language: Language) -> InviteesPage {
        let row = |person, name: &str, is_disabled| InviteeRow {
            person,
            name: name.to_owned(),
            email: "someone@nordet.example".to_owned(),
            is_disabled,
        };
        InviteesPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Postes de travail".to_owned(),
            version: 4,
            rows: vec![
                row(31, "§ Laure Castellani", false),
                row(32, "§ Samir Haddad", true),
            ],
            typed: String::new(),
            faults: Faults::default(),
        }
    }

    /// Nobody yet, and somebody typed whom nobody knows.
    #[must_use]
    pub fn sample_refused(language: Language) -> InviteesPage {
        let fault = |field| Fault {
            field,
            text: "§ à corriger".to_owned(),
        };
        InviteesPage {
            rows: vec![],
            typed: "§ personne".to_owned(),
            faults: Faults(vec![fault(""), fault("person")]),
            ..InviteesPage::sample(language)
        }
    }
}
