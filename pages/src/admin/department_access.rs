//! `/admin/departments/{id}/access`: who sees a department, and a ticket of it, for whoever manages its members.

use super::Level;
use super::inspector::Reason;
use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// Somebody who sees it, and why; or a member who does not.
#[derive(Clone, Debug)]
pub struct SeenBy {
    /// Their name.
    pub name: String,
    /// Their level in the department.
    pub level: Option<Level>,
    /// Why they see it; nothing when they do not.
    pub reasons: Vec<Reason>,
    /// The sharing tags by which they look there, in the reader's words.
    pub tags: Vec<String>,
}

/// The ticket that is asked about.
#[derive(Clone, Debug)]
pub struct AskedHere {
    /// Its number.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// Who sees it.
    pub rows: Vec<SeenBy>,
}

/// The page.
#[derive(Template)]
#[template(path = "admin/department_access.html")]
pub struct DepartmentAccessPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// The ticket that was typed.
    pub typed: String,
    /// What is wrong with it.
    pub faults: Faults,
    /// Who sees it.
    pub ticket: Option<AskedHere>,
    /// Who sees all tickets of the department, and who else belongs to it.
    pub rows: Vec<SeenBy>,
}

impl DepartmentAccessPage {
    /// A department, and one of its tickets.
    #[must_use]
    pub fn sample(language: Language) -> DepartmentAccessPage {
        let row = |name: &str, level, reasons: &[Reason]| SeenBy {
            name: name.to_owned(),
            level,
            reasons: reasons.to_vec(),
            tags: match reasons {
                [Reason::Department] => vec!["§ Par l’étiquette".to_owned()],
                _ => vec![],
            },
        };
        let rows = vec![
            row("§ Ada Martin", None, &[Reason::Everything]),
            row("§ Rob Martin", Level::parse("edit"), &[Reason::Department]),
            row("§ Samir Haddad", Level::parse("assigned"), &[]),
        ];
        DepartmentAccessPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Postes de travail".to_owned(),
            typed: "#4812".to_owned(),
            faults: Faults::default(),
            ticket: Some(AskedHere {
                number: 4812,
                subject: "§ Écran noir au réveil".to_owned(),
                rows: vec![
                    row("§ Ada Martin", None, &[Reason::Everything]),
                    row(
                        "§ Laure Castellani",
                        None,
                        &[Reason::Requester, Reason::Invitee],
                    ),
                ],
            }),
            rows,
        }
    }

    /// A ticket typed that is not of this department.
    #[must_use]
    pub fn sample_refused(language: Language) -> DepartmentAccessPage {
        DepartmentAccessPage {
            typed: "§ 99".to_owned(),
            faults: Faults(vec![Fault {
                field: "ticket",
                text: "§ à corriger".to_owned(),
            }]),
            ticket: None,
            ..DepartmentAccessPage::sample(language)
        }
    }
}
