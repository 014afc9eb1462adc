//! `/admin/departments/{id}/serving`: who serves which category.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use crate::tickets::Choice;
use askama::Template;
use words::language::Language;

/// A category and who may serve it.
#[derive(Clone, Debug)]
pub struct ServingRow {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How deep it stands in the tree, from 0.
    pub depth: usize,
    /// The members who handle tickets; those who serve it are chosen.
    pub people: Vec<Choice>,
}

impl ServingRow {
    /// The depth the style sheet knows.
    #[must_use]
    pub fn shown_depth(&self) -> usize {
        self.depth.min(4)
    }
}

/// The page.
#[derive(Template)]
#[template(path = "admin/serving.html")]
pub struct ServingPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Version the reader saw.
    pub version: i64,
    /// Its categories, in the tree's order.
    pub rows: Vec<ServingRow>,
    /// What was wrong, at `person`, or with the whole form.
    pub faults: Faults,
}

impl ServingPage {
    /// A department of which one category names somebody.
    #[must_use]
    pub fn sample(language: Language) -> ServingPage {
        let person = |value: &str, name: &str, selected| Choice {
            value: value.to_owned(),
            name: name.to_owned(),
            selected,
        };
        let row = |id, name: &str, depth, is_named| ServingRow {
            id,
            name: name.to_owned(),
            depth,
            people: vec![
                person("7", "§ Camille Roux", is_named),
                person("9", "§ Théo Lambert", false),
            ],
        };
        ServingPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Postes de travail".to_owned(),
            version: 4,
            rows: vec![
                row(31, "§ Périphériques", 0, false),
                row(32, "§ Écrans", 1, true),
            ],
            faults: Faults::default(),
        }
    }

    /// The same with everything wrong.
    #[must_use]
    pub fn sample_refused(language: Language) -> ServingPage {
        let fault = |field| Fault {
            field,
            text: "§ à corriger".to_owned(),
        };
        ServingPage {
            faults: Faults(vec![fault(""), fault("person")]),
            ..ServingPage::sample(language)
        }
    }

    /// A department nobody works in.
    #[must_use]
    pub fn sample_empty(language: Language) -> ServingPage {
        let mut page = ServingPage::sample(language);
        for row in &mut page.rows {
            row.people.clear();
        }
        page
    }

    /// Whether there is nobody to choose.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.people.is_empty())
    }
}
