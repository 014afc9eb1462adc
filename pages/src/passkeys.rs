//! One's passkeys.

use crate::form::FormField;
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// A passkey in the list.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// Its row.
    pub id: i64,
    /// Its version.
    pub version: i64,
    /// What its owner calls it, as typed when that was refused.
    pub name: String,
    /// When it was added, UTC microseconds.
    pub created_micros: i64,
    /// When it was last used, UTC microseconds.
    pub used_micros: Option<i64>,
    /// Why its new name was not taken.
    pub error: Option<String>,
}

/// `/preferences/passkeys`.
#[derive(Template)]
#[template(path = "identity/passkeys.html")]
pub struct PasskeysPage {
    /// Surroundings.
    pub frame: Frame,
    /// Whether browsers offer passkeys at the desk's address at all.
    pub is_possible: bool,
    /// The passkeys, the oldest first.
    pub rows: Vec<PasskeyRow>,
    /// Name typed for a new one.
    pub name: FormField,
    /// Error of the password of the new one's form.
    pub password: FormField,
    /// Why a new one was refused.
    pub refused: Option<String>,
}

impl PasskeysPage {
    /// Two passkeys, one never used.
    #[must_use]
    pub fn sample(language: Language) -> PasskeysPage {
        let frame = Frame {
            section: Section::Other,
            here: "/preferences/passkeys".to_owned(),
            ..Frame::sample(language)
        };
        let now = frame.words.now_micros;
        let day = 86_400_000_000;
        let row = |id, name: &str, used_micros| PasskeyRow {
            id,
            version: 1,
            name: name.to_owned(),
            created_micros: now - 30 * day,
            used_micros,
            error: None,
        };
        PasskeysPage {
            rows: vec![
                row(1, "§ YubiKey 5", Some(now - day)),
                row(2, "§ iPhone", None),
            ],
            frame,
            is_possible: true,
            name: FormField::default(),
            password: FormField::default(),
            refused: None,
        }
    }

    /// None, at an address where there can be none.
    #[must_use]
    pub fn sample_impossible(language: Language) -> PasskeysPage {
        PasskeysPage {
            is_possible: false,
            rows: Vec::new(),
            ..PasskeysPage::sample(language)
        }
    }
}
