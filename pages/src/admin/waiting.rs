//! `/admin/departments/{id}/waiting`: how long closures wait for approval, and ended tickets for their requester.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// The most days one can say.
const MOST: i64 = 3650;

/// A category with what it says; empty is as above.
#[derive(Clone, Debug)]
pub struct WaitingRow {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How deep it stands in the tree, from 0.
    pub depth: usize,
    /// Days before a closure expires, as typed.
    pub expire: String,
    /// Days in which a requester may open it again, as typed.
    pub reopen: String,
}

impl WaitingRow {
    /// The depth the style sheet knows.
    #[must_use]
    pub fn shown_depth(&self) -> usize {
        self.depth.min(4)
    }
}

/// The page.
#[derive(Template)]
#[template(path = "admin/waiting.html")]
pub struct WaitingPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Version the reader saw.
    pub version: i64,
    /// Days before a closure expires in the whole department, as typed.
    pub expire: String,
    /// Days in which requesters may open tickets again, as typed.
    pub reopen: String,
    /// What holds when nobody says anything.
    pub usual_expire: i64,
    /// The same of opening again.
    pub usual_reopen: i64,
    /// Its categories, in the tree's order.
    pub rows: Vec<WaitingRow>,
    /// What was wrong, at `expire` and `reopen`, or with the whole form.
    pub faults: Faults,
}

impl WaitingPage {
    /// Whether what was typed is no number of days.
    #[must_use]
    pub fn is_wrong(&self, typed: &str) -> bool {
        let days: Option<i64> = typed.parse().ok();
        !typed.is_empty() && !days.is_some_and(|days| (0..=MOST).contains(&days))
    }

    /// A department that says a little.
    #[must_use]
    pub fn sample(language: Language) -> WaitingPage {
        let row = |id, name: &str, depth, expire: &str, reopen: &str| WaitingRow {
            id,
            name: name.to_owned(),
            depth,
            expire: expire.to_owned(),
            reopen: reopen.to_owned(),
        };
        WaitingPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Postes de travail".to_owned(),
            version: 4,
            expire: "7".to_owned(),
            reopen: String::new(),
            usual_expire: 14,
            usual_reopen: 30,
            rows: vec![
                row(31, "§ Périphériques", 0, "", ""),
                row(32, "§ Écrans", 1, "0", "90"),
            ],
            faults: Faults::default(),
        }
    }

    /// The same with days nobody can count, and somebody quicker.
    #[must_use]
    pub fn sample_refused(language: Language) -> WaitingPage {
        let fault = |field, text: &str| Fault {
            field,
            text: text.to_owned(),
        };
        WaitingPage {
            expire: "§ sept".to_owned(),
            faults: Faults(vec![
                fault("expire", "§ à corriger"),
                fault("reopen", "§ à corriger aussi"),
                fault("", "§ Quelqu’un l’a changé."),
            ]),
            ..WaitingPage::sample(language)
        }
    }
}
