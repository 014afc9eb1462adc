//! Pages that say no: what happened, and the next step.

use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// A refusal. Its texts never tell a hidden thing from one that never was.
#[derive(Template)]
#[template(path = "errors/refusal.html")]
pub struct RefusalPage {
    /// Surroundings.
    pub frame: Frame,
    /// What kind of refusal.
    pub refusal: Refusal,
}

/// Kinds of refusal, one for each status a page may answer.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// 404.
    NotFound,
}

impl Refusal {
    /// Key of the title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Refusal::NotFound => "errors-not-found",
        }
    }
}

impl RefusalPage {
    /// Samples for tests and screenshots.
    #[must_use]
    pub fn sample(language: Language) -> RefusalPage {
        RefusalPage {
            frame: Frame {
                section: Section::Other,
                ..Frame::sample(language)
            },
            refusal: Refusal::NotFound,
        }
    }
}
