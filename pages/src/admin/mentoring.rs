//! `/admin/departments/{id}/mentors`: who looks after whom among a department's members.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// A member, with their mentors.
#[derive(Clone, Debug)]
pub struct MentoredRow {
    /// Their identifier.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Names of their mentors.
    pub mentors: Vec<String>,
    /// What stands in the field: addresses between commas.
    pub typed: String,
    /// What was wrong, at `mentors`, or with the whole form.
    pub faults: Faults,
}

impl MentoredRow {
    /// Whether its form came back.
    #[must_use]
    pub fn is_unfolded(&self) -> bool {
        !self.faults.0.is_empty()
    }

    /// Names of the mentors, as one text.
    #[must_use]
    pub fn named(&self) -> String {
        self.mentors.join(", ")
    }

    /// How many they are.
    #[must_use]
    pub fn count(&self) -> i64 {
        i64::try_from(self.mentors.len()).unwrap_or(i64::MAX)
    }

    /// What its field is called in the page.
    #[must_use]
    pub fn control(&self) -> String {
        format!("mentors-{}", self.person)
    }
}

/// The page.
#[derive(Template)]
#[template(path = "admin/mentoring.html")]
pub struct MentoringPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Version the reader saw.
    pub version: i64,
    /// Its members, by name.
    pub rows: Vec<MentoredRow>,
}

impl MentoringPage {
    /// Two members, one of whom has a mentor.
    #[must_use]
    pub fn sample(language: Language) -> MentoringPage {
        let row = |person, name: &str, mentors: &[&str]| MentoredRow {
            person,
            name: name.to_owned(),
            email: "agent@nordet.example".to_owned(),
            mentors: mentors.iter().map(|it| (*it).to_owned()).collect(),
            typed: mentors
                .iter()
                .map(|_| "mentor@nordet.example")
                .collect::<Vec<_>>()
                .join(", "),
            faults: Faults::default(),
        };
        MentoringPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Postes de travail".to_owned(),
            version: 4,
            rows: vec![
                row(12, "§ Théo Lambert", &["§ Sofia Marques", "§ Camille Roux"]),
                row(14, "§ Sofia Marques", &[]),
            ],
        }
    }

    /// Somebody typed whom nobody knows, in a department that changed meanwhile.
    #[must_use]
    pub fn sample_refused(language: Language) -> MentoringPage {
        let mut page = MentoringPage::sample(language);
        let fault = |field| Fault {
            field,
            text: "§ à corriger".to_owned(),
        };
        if let Some(row) = page.rows.first_mut() {
            row.typed = "§ personne".to_owned();
            row.faults = Faults(vec![fault(""), fault("mentors")]);
        }
        page
    }

    /// A department without members.
    #[must_use]
    pub fn sample_empty(language: Language) -> MentoringPage {
        MentoringPage {
            rows: vec![],
            ..MentoringPage::sample(language)
        }
    }
}
