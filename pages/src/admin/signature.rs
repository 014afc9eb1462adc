//! `/admin/departments/{id}/signature`: what a department writes under its mails.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// The page.
#[derive(Template)]
#[template(path = "admin/signature.html")]
pub struct SignaturePage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Version the reader saw.
    pub version: i64,
    /// The signature, as typed.
    pub signature: String,
    /// The one that stands, when somebody was quicker.
    pub standing: Option<String>,
    /// What was wrong, at `signature`, or with the whole form.
    pub faults: Faults,
}

impl SignaturePage {
    /// A department that says when it is there.
    #[must_use]
    pub fn sample(language: Language) -> SignaturePage {
        SignaturePage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Postes de travail".to_owned(),
            version: 4,
            signature: "§ L’équipe Postes de travail\n§ Bâtiment C, 8 h – 18 h".to_owned(),
            standing: None,
            faults: Faults::default(),
        }
    }

    /// A signature that is too long, and somebody quicker.
    #[must_use]
    pub fn sample_refused(language: Language) -> SignaturePage {
        let fault = |field, text: &str| Fault {
            field,
            text: text.to_owned(),
        };
        SignaturePage {
            standing: Some("§ Bâtiment D".to_owned()),
            faults: Faults(vec![
                fault("signature", "§ trop long"),
                fault("", "§ Quelqu’un l’a changé."),
            ]),
            ..SignaturePage::sample(language)
        }
    }
}
