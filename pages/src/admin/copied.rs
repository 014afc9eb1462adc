//! `/admin/departments/{id}/copied`: who of the people in copy of a mail is invited to its ticket.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// What is said of one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopiedChoice {
    /// As above.
    AsAbove,
    /// Nobody is invited.
    Nobody,
    /// Whom the desk knows is.
    Known,
    /// All are.
    Everybody,
}

impl CopiedChoice {
    /// What one says of a category.
    pub const OF_A_CATEGORY: [CopiedChoice; 4] = [
        CopiedChoice::AsAbove,
        CopiedChoice::Nobody,
        CopiedChoice::Known,
        CopiedChoice::Everybody,
    ];
    /// What one says of the whole department; nothing is nobody.
    pub const OF_A_DEPARTMENT: [CopiedChoice; 3] = [
        CopiedChoice::Nobody,
        CopiedChoice::Known,
        CopiedChoice::Everybody,
    ];

    /// The word of forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            CopiedChoice::AsAbove => "",
            CopiedChoice::Nobody => "nobody",
            CopiedChoice::Known => "known",
            CopiedChoice::Everybody => "everybody",
        }
    }

    /// The key of its words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            CopiedChoice::AsAbove => "copied-as-above",
            CopiedChoice::Nobody => "copied-nobody",
            CopiedChoice::Known => "copied-known",
            CopiedChoice::Everybody => "copied-everybody",
        }
    }
}

/// A category with what it says.
#[derive(Clone, Debug)]
pub struct CopiedRow {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How deep it stands in the tree, from 0.
    pub depth: usize,
    /// What it says.
    pub choice: CopiedChoice,
}

impl CopiedRow {
    /// The depth the style sheet knows.
    #[must_use]
    pub fn shown_depth(&self) -> usize {
        self.depth.min(4)
    }
}

/// The page.
#[derive(Template)]
#[template(path = "admin/copied.html")]
pub struct CopiedPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Version the reader saw.
    pub version: i64,
    /// What the whole department says.
    pub own: CopiedChoice,
    /// Its categories, in the tree's order.
    pub rows: Vec<CopiedRow>,
    /// What was wrong, at `copied`, or with the whole form.
    pub faults: Faults,
}

impl CopiedPage {
    /// A department whose screens invite everybody.
    #[must_use]
    pub fn sample(language: Language) -> CopiedPage {
        let row = |id, name: &str, depth, choice| CopiedRow {
            id,
            name: name.to_owned(),
            depth,
            choice,
        };
        CopiedPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Postes de travail".to_owned(),
            version: 4,
            own: CopiedChoice::Known,
            rows: vec![
                row(31, "§ Périphériques", 0, CopiedChoice::AsAbove),
                row(32, "§ Écrans", 1, CopiedChoice::Everybody),
            ],
            faults: Faults::default(),
        }
    }

    /// The same with a word nobody offered, and somebody quicker.
    #[must_use]
    pub fn sample_refused(language: Language) -> CopiedPage {
        let fault = |field, text: &str| Fault {
            field,
            text: text.to_owned(),
        };
        CopiedPage {
            faults: Faults(vec![
                fault("copied", "§ à corriger"),
                fault("", "§ Quelqu’un l’a changé."),
            ]),
            ..CopiedPage::sample(language)
        }
    }
}
