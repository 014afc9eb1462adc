//! The question before somebody is erased.

use crate::form::FormField;
use crate::frame::Frame;
use askama::Template;
use words::language::Language;

/// How much goes in any case.
#[derive(Clone, Copy, Debug, Default)]
pub struct Goes {
    /// Tickets they were let into, observe or follow.
    pub participations: i64,
    /// Letters from their address.
    pub letters: i64,
    /// Mails to them.
    pub mails: i64,
    /// Sessions, tokens and passkeys.
    pub keys: i64,
}

/// `/admin/people/{id}/erasure`.
#[derive(Template)]
#[template(path = "admin/erasure.html")]
pub struct ErasurePage {
    /// Surroundings.
    pub frame: Frame,
    /// Who.
    pub id: i64,
    /// Their version the reader saw.
    pub version: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What goes.
    pub goes: Goes,
    /// Tickets they asked for: they stay.
    pub requests: i64,
    /// Messages they wrote: they stay, unless ticked.
    pub messages: i64,
    /// Files of those.
    pub files: i64,
    /// Open tickets in their charge.
    pub held: i64,
    /// Their name, as it is typed.
    pub typed: FormField,
    /// What they wrote goes, too.
    pub with_words: bool,
    /// Tickets in their charge are released.
    pub releases: bool,
    /// What is wrong with those.
    pub release_error: Option<String>,
    /// Why it cannot be.
    pub error: Option<String>,
    /// They changed since the page was drawn.
    pub is_changed: bool,
}

impl ErasurePage {
    /// The question.
    #[must_use]
    pub fn sample(language: Language) -> ErasurePage {
        ErasurePage {
            frame: Frame::sample(language),
            id: 31,
            version: 4,
            name: "§ Hélène Marchand".to_owned(),
            email: "helene.marchand@nordet.example".to_owned(),
            goes: Goes {
                participations: 3,
                letters: 12,
                mails: 41,
                keys: 2,
            },
            requests: 9,
            messages: 27,
            files: 4,
            held: 0,
            typed: FormField::default(),
            with_words: false,
            releases: false,
            release_error: None,
            error: None,
            is_changed: false,
        }
    }

    /// Another name, tickets in their charge, changed meanwhile.
    #[must_use]
    pub fn sample_refused(language: Language) -> ErasurePage {
        let page = ErasurePage::sample(language);
        let said = |key| Some(page.frame.say(key).to_owned());
        ErasurePage {
            held: 2,
            typed: FormField {
                value: "§ Hélène".to_owned(),
                error: said("fault-erasure-name"),
            },
            release_error: said("fault-erasure-done"),
            error: said("fault-erasure-self"),
            is_changed: true,
            with_words: true,
            ..page
        }
    }
}
