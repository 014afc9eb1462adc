//! `/admin/departments/{id}/confidence`: which categories are confidential, and who is let into one.

use super::Level;
use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// A category in the list.
#[derive(Clone, Debug)]
pub struct ConfidenceRow {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How deep it stands in the tree, from 0.
    pub depth: usize,
    /// Whether it is confidential, by itself or by one above.
    pub is_confidential: bool,
    /// The one above that makes it so, when it does not say so itself.
    pub held_by: Option<String>,
}

impl ConfidenceRow {
    /// The depth the style sheet knows.
    #[must_use]
    pub fn shown_depth(&self) -> usize {
        self.depth.min(4)
    }
}

/// Somebody who can be let in.
#[derive(Clone, Debug)]
pub struct ConfidantRow {
    /// Who.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their level there.
    pub level: Level,
}

/// The category that is looked at.
#[derive(Clone, Debug)]
pub struct ConfidenceForm {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Version the reader saw.
    pub version: i64,
    /// It says of itself that it is confidential.
    pub is_confidential: bool,
    /// Mails of its tickets say nothing of what was written.
    pub is_mailed_bare: bool,
    /// Who can be let in.
    pub people: Vec<ConfidantRow>,
    /// What was wrong, at `confidants`, or with the whole form.
    pub faults: Faults,
}

/// The page.
#[derive(Template)]
#[template(path = "admin/confidence.html")]
pub struct ConfidencePage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Its categories, in the tree's order.
    pub rows: Vec<ConfidenceRow>,
    /// The one that is looked at.
    pub chosen: Option<ConfidenceForm>,
}

impl ConfidencePage {
    /// A department with a confidential category and one below it.
    #[must_use]
    pub fn sample(language: Language) -> ConfidencePage {
        let row = |id, name: &str, depth, is_confidential, held_by: Option<&str>| ConfidenceRow {
            id,
            name: name.to_owned(),
            depth,
            is_confidential,
            held_by: held_by.map(str::to_owned),
        };
        let person = |id, name: &str, level| ConfidantRow {
            id,
            name: name.to_owned(),
            level,
        };
        ConfidencePage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 4,
            department: "§ Ressources humaines".to_owned(),
            rows: vec![
                row(41, "§ Congés", 0, false, None),
                row(42, "§ Signalements", 0, true, None),
                row(43, "§ Harcèlement", 1, true, Some("§ Signalements")),
            ],
            chosen: Some(ConfidenceForm {
                id: 42,
                name: "§ Signalements".to_owned(),
                version: 3,
                is_confidential: true,
                is_mailed_bare: true,
                people: vec![
                    person(7, "§ Nadia Benali", Level::Edit),
                    person(8, "§ Éric Lévêque", Level::None),
                ],
                faults: Faults::default(),
            }),
        }
    }

    /// The same, refused.
    #[must_use]
    pub fn sample_refused(language: Language) -> ConfidencePage {
        let fault = |field| Fault {
            field,
            text: "§ à corriger".to_owned(),
        };
        let mut page = ConfidencePage::sample(language);
        if let Some(form) = &mut page.chosen {
            form.faults = Faults(vec![fault(""), fault("confidants")]);
        }
        page
    }
}
