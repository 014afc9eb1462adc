//! Putting one's own last words right: the form, on both sides of the desk.

use crate::form::FormField;
use crate::frame::Frame;
use crate::portal::{Navigation, Tab};
use askama::Template;
use words::language::Language;

/// What both forms show.
#[derive(Clone, Debug)]
pub struct Rewording {
    /// The ticket's number.
    pub number: i64,
    /// The comment.
    pub comment: i64,
    /// The ticket's version the reader saw.
    pub version: i64,
    /// The words as they stand, when the ticket changed while they were put right.
    pub standing: Option<String>,
    /// The words as they are typed.
    pub body: FormField,
}

/// `/tickets/{number}/comments/{id}/words`.
#[derive(Template)]
#[template(path = "tickets/words.html")]
pub struct WordsPage {
    /// Surroundings.
    pub frame: Frame,
    /// The form.
    pub form: Rewording,
}

/// `/portal/tickets/{number}/comments/{id}/words`.
#[derive(Template)]
#[template(path = "portal/words.html")]
pub struct PortalWordsPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// The form.
    pub form: Rewording,
}

impl Rewording {
    /// Words about to be put right.
    #[must_use]
    pub fn sample() -> Rewording {
        Rewording {
            number: 4812,
            comment: 7,
            version: 17,
            standing: None,
            body: FormField::of("§ Le câble est chez le gardien."),
        }
    }

    /// The ticket changed meanwhile.
    #[must_use]
    pub fn sample_changed() -> Rewording {
        Rewording {
            standing: Some("§ Le câble est à l’accueil.".to_owned()),
            ..Rewording::sample()
        }
    }
}

impl WordsPage {
    /// Words about to be put right.
    #[must_use]
    pub fn sample(language: Language) -> WordsPage {
        WordsPage {
            frame: Frame::sample(language),
            form: Rewording::sample(),
        }
    }

    /// The ticket changed meanwhile.
    #[must_use]
    pub fn sample_changed(language: Language) -> WordsPage {
        WordsPage {
            form: Rewording::sample_changed(),
            ..WordsPage::sample(language)
        }
    }
}

impl PortalWordsPage {
    /// Words about to be put right.
    #[must_use]
    pub fn sample(language: Language) -> PortalWordsPage {
        PortalWordsPage {
            frame: Frame {
                is_agent: false,
                is_admin: false,
                ..Frame::sample(language)
            },
            navigation: Navigation {
                tab: Tab::Tickets,
                waiting: 1,
                shows_assets: true,
            },
            form: Rewording::sample(),
        }
    }
}
