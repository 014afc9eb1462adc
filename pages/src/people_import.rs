//! Adding many people from a sheet.

use askama::Template;
use words::language::Language;

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};

/// What is wrong on a line.
#[derive(Clone, Debug)]
pub struct ImportFault {
    /// Which line.
    pub line: String,
    /// Whom it is about.
    pub whose: String,
    /// At which column; empty for the whole line.
    pub column: String,
    /// The sentence.
    pub text: String,
}

/// Somebody who would be added.
#[derive(Clone, Debug)]
pub struct ImportPerson {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whom they work for.
    pub organization: String,
    /// Where they work.
    pub site: String,
}

/// What a sheet would come to.
#[derive(Clone, Debug)]
pub struct ImportChecked {
    /// Those who would be added.
    pub new: i64,
    /// Those who are there already.
    pub known: i64,
    /// What is wrong.
    pub wrong: i64,
    /// The first of it.
    pub faults: Vec<ImportFault>,
    /// The first who would be added.
    pub people: Vec<ImportPerson>,
}

/// `GET` and `POST /people/import`.
#[derive(Template)]
#[template(path = "people/import.html")]
pub struct ImportPage {
    /// Surroundings.
    pub frame: Frame,
    /// Keys of the names of the columns there can be.
    pub columns: Vec<&'static str>,
    /// The most lines.
    pub most: i64,
    /// The sheet, as it was sent.
    pub content: String,
    /// What it would come to, once it was read.
    pub checked: Option<ImportChecked>,
    /// What is wrong with it as a whole.
    pub faults: Faults,
}

impl ImportPage {
    /// Whether the sheet can be imported as it stands.
    fn is_ready(&self) -> bool {
        let ready = |it: &ImportChecked| it.wrong == 0 && it.new > 0;
        self.checked.as_ref().is_some_and(ready)
    }

    /// Nothing typed yet.
    #[must_use]
    pub fn sample_empty(language: Language) -> ImportPage {
        ImportPage {
            frame: Frame {
                section: Section::People,
                here: "/people/import".to_owned(),
                ..Frame::sample(language)
            },
            columns: vec![
                "admin-full-name",
                "admin-email",
                "people-phone",
                "admin-site",
            ],
            most: 5_000,
            content: String::new(),
            checked: None,
            faults: Faults::default(),
        }
    }

    /// Checked, and nothing wrong.
    #[must_use]
    pub fn sample(language: Language) -> ImportPage {
        ImportPage {
            content: "§ name;email;site\n§ Zoé Petit;zoe@nordet.example;Lyon".to_owned(),
            checked: Some(ImportChecked {
                new: 1,
                known: 3,
                wrong: 0,
                faults: vec![],
                people: vec![ImportPerson {
                    name: "§ Zoé Petit".to_owned(),
                    email: "§zoe@nordet.example".to_owned(),
                    organization: "§ Groupe Nordet".to_owned(),
                    site: "§ Lyon".to_owned(),
                }],
            }),
            ..ImportPage::sample_empty(language)
        }
    }

    /// Something wrong on two lines.
    #[must_use]
    pub fn sample_wrong(language: Language) -> ImportPage {
        let fault = |line: &str, whose: &str| ImportFault {
            line: line.to_owned(),
            whose: format!("§ {whose}"),
            column: "§ E-mail".to_owned(),
            text: "§ Ce n’est pas une adresse.".to_owned(),
        };
        ImportPage {
            checked: Some(ImportChecked {
                new: 12,
                known: 0,
                wrong: 2,
                faults: vec![fault("3", "Zoé Petit"), fault("7", "x@")],
                people: vec![],
            }),
            ..ImportPage::sample(language)
        }
    }

    /// No sheet at all.
    #[must_use]
    pub fn sample_unread(language: Language) -> ImportPage {
        ImportPage {
            content: "§ colour".to_owned(),
            faults: Faults(vec![Fault {
                field: "content",
                text: "§ « colour » n’est le nom d’aucune colonne.".to_owned(),
            }]),
            ..ImportPage::sample_empty(language)
        }
    }
}
