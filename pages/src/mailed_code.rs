//! Signing in with a code by mail.

use crate::form::FormField;
use crate::frame::Frame;
use askama::Template;
use words::language::Language;

/// `/login/mailed`: ask for a code.
#[derive(Template)]
#[template(path = "identity/mailed.html")]
pub struct AskCodePage {
    /// Surroundings; nobody is signed in.
    pub frame: Frame,
    /// Typed address.
    pub email: FormField,
    /// Local path to go to afterwards; empty for home.
    pub next: String,
}

/// `/login/mailed/code`: type it in. The page says the same for known and unknown addresses.
#[derive(Template)]
#[template(path = "identity/mailed_code.html")]
pub struct MailedCodePage {
    /// Surroundings; nobody is signed in.
    pub frame: Frame,
    /// The code; only its error is shown again.
    pub code: FormField,
    /// Local path to go to afterwards; empty for home.
    pub next: String,
}

impl AskCodePage {
    /// Before asking.
    #[must_use]
    pub fn sample(language: Language) -> AskCodePage {
        AskCodePage {
            frame: Frame {
                here: "/login/mailed".to_owned(),
                ..Frame::sample_signed_out(language)
            },
            email: FormField::default(),
            next: "/portal".to_owned(),
        }
    }
}

impl MailedCodePage {
    /// A code that was wrong.
    #[must_use]
    pub fn sample(language: Language) -> MailedCodePage {
        let frame = Frame {
            here: "/login/mailed/code".to_owned(),
            ..Frame::sample_signed_out(language)
        };
        let error = Some(frame.say("access-mailed-wrong").to_owned());
        MailedCodePage {
            frame,
            code: FormField {
                value: String::new(),
                error,
            },
            next: "/portal".to_owned(),
        }
    }
}
