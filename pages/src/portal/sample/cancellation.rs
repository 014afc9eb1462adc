//! A request about to be withdrawn.

use super::{frame, navigation};
use crate::form::FormField;
use crate::portal::Tab;
use crate::portal::cancellation::CancellationPage;
use words::language::Language;

impl CancellationPage {
    /// With a reason that is too long.
    #[must_use]
    pub fn sample(language: Language) -> CancellationPage {
        CancellationPage {
            frame: frame(language, "/portal/tickets/4770/cancellation"),
            navigation: navigation(Tab::Tickets),
            number: 4770,
            version: 3,
            subject: "§ Calendrier partagé invisible sur mobile".to_owned(),
            reason: FormField {
                value: "§ Réglé entre-temps".to_owned(),
                error: Some("§ trop long".to_owned()),
            },
        }
    }
}
