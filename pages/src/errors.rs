//! Pages that say no: what happened, and the next step.

use crate::frame::{Frame, Section};
use crate::tickets::composer::Draft;
use askama::Template;
use words::catalogue::Arg;
use words::language::Language;

/// A refusal. Its texts never tell a hidden thing from one that never was.
#[derive(Template)]
#[template(path = "errors/refusal.html")]
pub struct RefusalPage {
    /// Surroundings; the page shows none of the sidebar, as the reader may be anybody.
    pub frame: Frame,
    /// What kind of refusal.
    pub refusal: Refusal,
}

/// Kinds of refusal, one for each status a page may answer.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// 404.
    NotFound,
    /// 403, with the name of the missing right in the reader's language.
    Forbidden(String),
    /// Another refusal with this status, with a sentence that says what to do.
    NotNow(u16, String),
    /// 413, with the limit in bytes.
    TooLarge(u64),
    /// 429, with the seconds to wait.
    TooMany(i64),
    /// 500, with the number of the request, as the log has it.
    Broken(String),
}

impl Refusal {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Refusal::NotFound => 404,
            Refusal::Forbidden(_) => 403,
            Refusal::NotNow(status, _) => *status,
            Refusal::TooLarge(_) => 413,
            Refusal::TooMany(_) => 429,
            Refusal::Broken(_) => 500,
        }
    }

    /// Key of the title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Refusal::NotFound => "errors-not-found",
            Refusal::Forbidden(_) => "errors-forbidden",
            Refusal::NotNow(..) => "errors-not-now",
            Refusal::TooLarge(_) => "errors-too-large",
            Refusal::TooMany(_) => "errors-too-many",
            Refusal::Broken(_) => "errors-broken",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Refusal::NotFound => "search",
            Refusal::Forbidden(_) => "lock",
            Refusal::NotNow(..) => "info",
            Refusal::TooLarge(_) => "package",
            Refusal::TooMany(_) => "clock",
            Refusal::Broken(_) => "triangle-alert",
        }
    }
}

impl RefusalPage {
    /// The next step, in a sentence.
    #[must_use]
    pub fn next_step(&self) -> String {
        let words = &self.frame.words;
        match &self.refusal {
            Refusal::NotFound => words.say("errors-not-found-next").to_owned(),
            Refusal::Forbidden(right) => {
                words.say_with("errors-forbidden-next", &[("right", Arg::from(right))])
            }
            Refusal::NotNow(_, sentence) => sentence.clone(),
            Refusal::TooLarge(limit) => words.say_with(
                "errors-too-large-next",
                &[("limit", Arg::from(&words.size(*limit)))],
            ),
            Refusal::TooMany(seconds) => {
                words.say_with("errors-too-many-next", &[("seconds", Arg::from(*seconds))])
            }
            Refusal::Broken(_) => words.say("errors-broken-next").to_owned(),
        }
    }

    /// Number of the request, when giving it helps.
    #[must_use]
    pub fn request_number(&self) -> Option<&str> {
        match &self.refusal {
            Refusal::Broken(number) => Some(number),
            _ => None,
        }
    }

    /// One sample of each kind.
    #[must_use]
    pub fn samples(language: Language) -> Vec<RefusalPage> {
        [
            Refusal::NotFound,
            Refusal::Forbidden("§ rouvrir un ticket".to_owned()),
            Refusal::NotNow(409, "§ Quelqu’un l’a changé.".to_owned()),
            Refusal::TooLarge(25_000_000),
            Refusal::TooMany(40),
            Refusal::Broken("01JDB7W5".to_owned()),
        ]
        .into_iter()
        .map(|refusal| RefusalPage {
            frame: Frame {
                section: Section::Other,
                ..Frame::sample(language)
            },
            refusal,
        })
        .collect()
    }
}

/// A field two people changed.
#[derive(Clone, Debug)]
pub struct ConflictField {
    /// Name of the form field.
    pub name: &'static str,
    /// Key of its label.
    pub label: &'static str,
    /// Value both started from, as shown.
    pub was: String,
    /// Value and text of the colleague's choice.
    pub theirs: (String, String),
    /// Value and text of the reader's choice.
    pub mine: (String, String),
}

/// 409: somebody saved first. Both sides are shown; sending again carries the new version.
#[derive(Template)]
#[template(path = "errors/conflict.html")]
pub struct ConflictPage {
    /// Surroundings.
    pub frame: Frame,
    /// Ticket.
    pub number: i64,
    /// Its subject now.
    pub subject: String,
    /// Who saved first.
    pub who: String,
    /// When, UTC microseconds.
    pub at_micros: i64,
    /// What they did, in sentences; may be empty.
    pub theirs: Vec<String>,
    /// Where the form goes again.
    pub action: String,
    /// Version to send it with.
    pub version: i64,
    /// Other hidden fields of the form, as they came.
    pub keep: Vec<(String, String)>,
    /// Fields both changed.
    pub fields: Vec<ConflictField>,
    /// Text not yet sent.
    pub draft: Option<Draft>,
}

impl ConflictPage {
    /// A closure and a reply that crossed.
    #[must_use]
    pub fn sample(language: Language) -> ConflictPage {
        let frame = Frame::sample(language);
        ConflictPage {
            number: 4812,
            subject: "§ Écran externe non détecté après la mise à jour du BIOS".to_owned(),
            who: "§ Camille Roux".to_owned(),
            at_micros: frame.words.now_micros - 8_000_000,
            theirs: vec!["§ a changé la priorité".to_owned()],
            action: "/tickets/4812/comments".to_owned(),
            version: 18,
            keep: vec![("audience".to_owned(), "public".to_owned())],
            fields: vec![ConflictField {
                name: "priority",
                label: "tickets-priority",
                was: "§ Haute".to_owned(),
                theirs: ("normal".to_owned(), "§ Normale".to_owned()),
                mine: ("urgent".to_owned(), "§ Critique".to_owned()),
            }],
            draft: Some(Draft {
                audience: None,
                body: "§ Bonjour Hélène, passez avec l’ordinateur avant 15 h 30.".to_owned(),
                error: None,
            }),
            frame,
        }
    }
}
