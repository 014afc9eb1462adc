//! A request about to be put right.

use super::{frame, navigation};
use crate::fields::{Conflict, Fault, Faults, Standing};
use crate::portal::Tab;
use crate::portal::correction::CorrectionPage;
use crate::tickets::Priority;
use words::language::Language;

impl CorrectionPage {
    /// As it is opened.
    #[must_use]
    pub fn sample(language: Language) -> CorrectionPage {
        CorrectionPage {
            frame: frame(language, "/portal/tickets/4812/correction"),
            navigation: navigation(Tab::Tickets),
            number: 4812,
            version: 3,
            standing: "§ Écran externe non détecté".to_owned(),
            subject: "§ Écran externe non détecté".to_owned(),
            priority: Priority::Normal,
            visibility: crate::tickets::visibility::Visibility::Private,
            faults: Faults::default(),
            conflict: None,
        }
    }

    /// Without a subject, and somebody saved first.
    #[must_use]
    pub fn sample_refused(language: Language) -> CorrectionPage {
        CorrectionPage {
            subject: String::new(),
            priority: Priority::Urgent,
            faults: Faults(vec![Fault {
                field: "subject",
                text: "§ manquant".to_owned(),
            }]),
            conflict: Some(Conflict {
                by: "§ Camille Roux".to_owned(),
                standing: vec![Standing {
                    label: "portal-subject",
                    value: "§ Écran de la salle 3".to_owned(),
                }],
            }),
            ..CorrectionPage::sample(language)
        }
    }
}
