//! The question before two records of one human become one.

use crate::form::FormField;
use crate::frame::Frame;
use askama::Template;
use words::language::Language;

/// One of the two records.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// Its number.
    pub id: i64,
    /// The version the reader saw.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Name to sign in with, empty for none.
    pub login: String,
    /// Phone, empty when unknown.
    pub phone: String,
    /// Post, empty when unknown.
    pub job_title: String,
    /// Whom they work for, empty when unknown.
    pub organization: String,
    /// Where they work, empty when unknown.
    pub site: String,
    /// Can come in.
    pub can_come_in: bool,
    /// Tickets they asked for.
    pub requests: i64,
}

/// How much moves, and how much ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct Moves {
    /// Tickets the other asked for.
    pub requests: i64,
    /// Messages the other wrote.
    pub messages: i64,
    /// Tickets the other was let into, observes or follows.
    pub participations: i64,
    /// Mails to the other.
    pub mails: i64,
    /// Sessions, tokens and passkeys of the other: they end.
    pub keys: i64,
}

/// Both records, once the other was named.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Who is kept.
    pub kept: Side,
    /// Who is merged away.
    pub other: Side,
    /// What moves.
    pub moves: Moves,
}

/// `/admin/people/{id}/merge`.
#[derive(Template)]
#[template(path = "admin/duplicate.html")]
pub struct DuplicatePage {
    /// Surroundings.
    pub frame: Frame,
    /// Who is kept.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// The other, as typed.
    pub typed: FormField,
    /// Both, when the other is known.
    pub choice: Option<Choice>,
    /// Why it cannot be.
    pub error: Option<String>,
    /// One of them changed since the page was drawn.
    pub is_changed: bool,
}

impl DuplicatePage {
    /// Nobody is named yet.
    #[must_use]
    pub fn sample_typed(language: Language) -> DuplicatePage {
        DuplicatePage {
            frame: Frame::sample(language),
            id: 31,
            name: "§ Hélène Marchand".to_owned(),
            typed: FormField::default(),
            choice: None,
            error: None,
            is_changed: false,
        }
    }

    /// The question.
    #[must_use]
    pub fn sample(language: Language) -> DuplicatePage {
        let kept = Side {
            id: 31,
            version: 4,
            name: "§ Hélène Marchand".to_owned(),
            email: "§ helene.marchand@nordet.example".to_owned(),
            login: "§ hmarchand".to_owned(),
            organization: "§ Nordet".to_owned(),
            site: "§ Lyon".to_owned(),
            can_come_in: true,
            requests: 9,
            ..Side::default()
        };
        let other = Side {
            id: 58,
            version: 1,
            name: "§ Hélène Marchand".to_owned(),
            email: "§ helene@marchand.example".to_owned(),
            phone: "§ 06 12 34 56 78".to_owned(),
            job_title: "§ Assistante".to_owned(),
            requests: 3,
            ..Side::default()
        };
        DuplicatePage {
            typed: FormField {
                value: "§ helene@marchand.example".to_owned(),
                error: None,
            },
            choice: Some(Choice {
                kept,
                other,
                moves: Moves {
                    requests: 3,
                    messages: 5,
                    participations: 1,
                    mails: 12,
                    keys: 2,
                },
            }),
            ..DuplicatePage::sample_typed(language)
        }
    }

    /// Somebody unknown, staff that would be merged away, changed meanwhile.
    #[must_use]
    pub fn sample_refused(language: Language) -> DuplicatePage {
        let page = DuplicatePage::sample(language);
        let said = |key| Some(page.frame.say(key).to_owned());
        DuplicatePage {
            typed: FormField {
                value: "§ Hélène".to_owned(),
                error: said("fault-duplicate-same"),
            },
            error: said("fault-duplicate-staff"),
            is_changed: true,
            ..page
        }
    }
}
