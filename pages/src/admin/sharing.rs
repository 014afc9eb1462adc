//! `/admin/departments/{id}/sharing`: with which departments another shares its tickets.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// Another department with the same tag.
#[derive(Clone, Debug)]
pub struct PartnerRow {
    /// Its name.
    pub name: String,
    /// How many of its people look here by the tag alone.
    pub look_here: i64,
    /// How many people of here look there by the tag alone.
    pub look_there: i64,
}

/// The page.
#[derive(Template)]
#[template(path = "admin/sharing.html")]
pub struct SharingPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Version the reader saw.
    pub version: i64,
    /// The reader may give it a tag; everybody who comes here may take it away.
    pub may_tag: bool,
    /// The tag it carries; empty for none.
    pub tag: String,
    /// What was typed.
    pub typed: String,
    /// Tags in use, to choose from.
    pub tags: Vec<String>,
    /// The others that carry its tag.
    pub partners: Vec<PartnerRow>,
    /// What was wrong, at `tag`, or with the whole form.
    pub faults: Faults,
}

impl SharingPage {
    /// A department that shares with two others.
    #[must_use]
    pub fn sample(language: Language) -> SharingPage {
        let row = |name: &str, look_here, look_there| PartnerRow {
            name: name.to_owned(),
            look_here,
            look_there,
        };
        SharingPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Postes de travail".to_owned(),
            version: 4,
            may_tag: true,
            tag: "§ Informatique".to_owned(),
            typed: "§ Informatique".to_owned(),
            tags: vec!["§ Informatique".to_owned(), "§ Scolarité".to_owned()],
            partners: vec![row("§ Réseau", 1, 4), row("§ Applications", 12, 0)],
            faults: Faults::default(),
        }
    }

    /// A department that shares with nobody, and a tag that is too long.
    #[must_use]
    pub fn sample_refused(language: Language) -> SharingPage {
        let fault = |field| Fault {
            field,
            text: "§ à corriger".to_owned(),
        };
        SharingPage {
            tag: String::new(),
            typed: "§ trop long".to_owned(),
            partners: vec![],
            faults: Faults(vec![fault(""), fault("tag")]),
            ..SharingPage::sample(language)
        }
    }

    /// As whoever keeps the members sees it, without the rank to give a tag, where nobody else carries it.
    #[must_use]
    pub fn sample_keeper(language: Language) -> SharingPage {
        SharingPage {
            may_tag: false,
            tags: vec![],
            partners: vec![],
            ..SharingPage::sample(language)
        }
    }

    /// The same, where there is no tag to take away.
    #[must_use]
    pub fn sample_keeper_untagged(language: Language) -> SharingPage {
        SharingPage {
            tag: String::new(),
            typed: String::new(),
            ..SharingPage::sample_keeper(language)
        }
    }
}
