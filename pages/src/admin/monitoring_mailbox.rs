//! `/admin/departments/{id}/monitoring-mailbox`: which mailbox is told of a department's tickets.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// How much a mailbox hears: the value of the field, and the key of its name.
pub const ALERTS: [(&str, &str); 5] = [
    ("never", "monitoring-mailbox-never"),
    ("creation", "monitoring-mailbox-creation"),
    ("release", "monitoring-mailbox-release"),
    ("while_free", "monitoring-mailbox-while-free"),
    ("always", "monitoring-mailbox-always"),
];

/// A category with what it says; an empty word is as above.
#[derive(Clone, Debug)]
pub struct MailboxRow {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How deep it stands in the tree, from 0.
    pub depth: usize,
    /// How much is told, a word of [`ALERTS`].
    pub alert: String,
    /// Where to, as typed.
    pub address: String,
    /// Nothing is told of its tickets, and nothing can be said.
    pub is_confidential: bool,
}

impl MailboxRow {
    /// The depth the style sheet knows.
    #[must_use]
    pub fn shown_depth(&self) -> usize {
        self.depth.min(4)
    }
}

/// The page.
#[derive(Template)]
#[template(path = "admin/monitoring_mailbox.html")]
pub struct MonitoringMailboxPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Version the reader saw.
    pub version: i64,
    /// How much is told of the whole department, a word of [`ALERTS`].
    pub alert: String,
    /// Where to, as typed.
    pub address: String,
    /// Its categories, in the tree's order.
    pub rows: Vec<MailboxRow>,
    /// What was wrong, at `mailbox`, or with the whole form.
    pub faults: Faults,
}

impl MonitoringMailboxPage {
    /// Whether what was typed at a place cannot be: told and no address, or an address that is told nothing. The sentence
    /// above the form says more.
    #[must_use]
    pub fn is_wrong(&self, alert: &str, address: &str) -> bool {
        let is_heard = !alert.is_empty() && alert != "never";
        self.faults.of("mailbox").is_some() && is_heard != address.contains('@')
    }

    /// A department that says a little.
    #[must_use]
    pub fn sample(language: Language) -> MonitoringMailboxPage {
        let row = |id, name: &str, depth, alert: &str, address: &str| MailboxRow {
            id,
            name: name.to_owned(),
            depth,
            alert: alert.to_owned(),
            address: address.to_owned(),
            is_confidential: false,
        };
        MonitoringMailboxPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Postes de travail".to_owned(),
            version: 4,
            alert: "creation".to_owned(),
            address: "equipe-postes@nordet.example".to_owned(),
            rows: vec![
                row(31, "§ Périphériques", 0, "", ""),
                row(32, "§ Écrans", 1, "always", "ecrans@nordet.example"),
                MailboxRow {
                    is_confidential: true,
                    ..row(33, "§ Postes de la direction", 0, "", "")
                },
            ],
            faults: Faults::default(),
        }
    }

    /// The same with an address that is none, and somebody quicker.
    #[must_use]
    pub fn sample_refused(language: Language) -> MonitoringMailboxPage {
        let fault = |field, text: &str| Fault {
            field,
            text: text.to_owned(),
        };
        MonitoringMailboxPage {
            address: "§ equipe-postes".to_owned(),
            faults: Faults(vec![
                fault("mailbox", "§ à corriger"),
                fault("", "§ Quelqu’un l’a changé."),
            ]),
            ..MonitoringMailboxPage::sample(language)
        }
    }
}
