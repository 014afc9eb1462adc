//! The second step of signing in, and one's second factor.

use crate::form::FormField;
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// `/login/code`: the code after the password.
#[derive(Template)]
#[template(path = "identity/code.html")]
pub struct CodePage {
    /// Surroundings; nobody is signed in.
    pub frame: Frame,
    /// The code; only its error is shown again.
    pub code: FormField,
    /// Local path to go to afterwards; empty for home.
    pub next: String,
}

/// What an authenticator app is set up with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The key as one types it, in groups of four.
    pub key: String,
    /// Modules of the square from edge to edge.
    pub side: usize,
    /// The dark modules, as the path of a drawing.
    pub path: String,
    /// What the app calls the account.
    pub account: String,
}

/// `/preferences/second-factor`.
#[derive(Template)]
#[template(path = "identity/second_factor.html")]
pub struct SecondFactorPage {
    /// Surroundings.
    pub frame: Frame,
    /// Since when codes are asked for, UTC microseconds; `None` when they are not.
    pub since_micros: Option<i64>,
    /// Codes on paper not used yet.
    pub recovery_left: i64,
    /// What waits for its first code.
    pub setup: Option<Setup>,
    /// The form that was refused: `confirmation`, `recovery-codes`, `removal`.
    pub refused: Option<&'static str>,
    /// Error of the password in that form.
    pub password: FormField,
    /// Error of the code in that form.
    pub code: FormField,
}

impl SecondFactorPage {
    /// A field's error, in the form that was refused and in no other.
    #[must_use]
    pub fn at(&self, form: &str, field: &FormField) -> FormField {
        match self.refused {
            Some(refused) if refused == form => field.clone(),
            _ => FormField::default(),
        }
    }
}

/// The codes on paper, shown this once.
#[derive(Template)]
#[template(path = "identity/recovery_codes.html")]
pub struct RecoveryCodesPage {
    /// Surroundings.
    pub frame: Frame,
    /// The codes.
    pub codes: Vec<String>,
}

impl CodePage {
    /// A code that was wrong.
    #[must_use]
    pub fn sample(language: Language) -> CodePage {
        let frame = Frame {
            here: "/login/code".to_owned(),
            ..Frame::sample_signed_out(language)
        };
        let error = Some(frame.say("access-code-wrong").to_owned());
        CodePage {
            frame,
            code: FormField {
                value: String::new(),
                error,
            },
            next: "/tickets".to_owned(),
        }
    }
}

impl SecondFactorPage {
    /// Nothing set up.
    #[must_use]
    pub fn sample(language: Language) -> SecondFactorPage {
        SecondFactorPage {
            frame: Frame {
                section: Section::Other,
                here: "/preferences/second-factor".to_owned(),
                ..Frame::sample(language)
            },
            since_micros: None,
            recovery_left: 0,
            setup: None,
            refused: None,
            password: FormField::default(),
            code: FormField::default(),
        }
    }

    /// An app being set up, its first code wrong.
    #[must_use]
    pub fn sample_setup(language: Language) -> SecondFactorPage {
        let page = SecondFactorPage::sample(language);
        let error = Some(page.frame.say("access-code-wrong").to_owned());
        SecondFactorPage {
            setup: Some(Setup {
                key: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".to_owned(),
                side: 29,
                path: "M4 4h1v1h-1zM6 4h1v1h-1zM4 6h1v1h-1z".to_owned(),
                account: "§nadia.belkacem@nordet.example".to_owned(),
            }),
            refused: Some("confirmation"),
            code: FormField {
                value: String::new(),
                error,
            },
            ..page
        }
    }

    /// In use, few codes on paper left.
    #[must_use]
    pub fn sample_standing(language: Language) -> SecondFactorPage {
        let page = SecondFactorPage::sample(language);
        SecondFactorPage {
            since_micros: Some(page.frame.words.now_micros - 86_400_000_000),
            recovery_left: 2,
            ..page
        }
    }
}

impl RecoveryCodesPage {
    /// Ten codes.
    #[must_use]
    pub fn sample(language: Language) -> RecoveryCodesPage {
        RecoveryCodesPage {
            frame: SecondFactorPage::sample(language).frame,
            codes: (0..10).map(|n| format!("k7q{n}a-§2m{n}b")).collect(),
        }
    }
}
