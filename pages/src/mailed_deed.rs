//! The page that a link in a mail opens: it asks whether to do what the mail offered.

use crate::form::FormField;
use crate::frame::Frame;
use crate::tickets::StateView;
use askama::Template;
use words::language::Language;

/// What a link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mailed {
    /// Agree to a closure.
    Approve,
    /// Refuse it.
    Refuse,
    /// Take charge.
    Take,
    /// Take charge and close.
    TakeAndClose,
    /// Take charge and ask for more.
    TakeAndAsk,
}

impl Mailed {
    /// Each of them.
    pub const ALL: [Mailed; 5] = [
        Mailed::Approve,
        Mailed::Refuse,
        Mailed::Take,
        Mailed::TakeAndClose,
        Mailed::TakeAndAsk,
    ];

    /// Key of its name, on the link and on the page.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Mailed::Approve => "mail-link-approve",
            Mailed::Refuse => "mail-link-refuse",
            Mailed::Take => "tickets-take",
            Mailed::TakeAndClose => "tickets-take-and-close",
            Mailed::TakeAndAsk => "handling-take-and-ask",
        }
    }

    /// Key of what comes of it.
    #[must_use]
    pub fn hint_key(self) -> &'static str {
        match self {
            Mailed::Approve => "mail-deed-approve-hint",
            Mailed::Refuse => "mail-deed-refuse-hint",
            Mailed::Take => "mail-deed-take-hint",
            Mailed::TakeAndClose => "tickets-take-and-close-hint",
            Mailed::TakeAndAsk => "handling-take-and-ask-hint",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Mailed::Refuse => "rotate-ccw",
            Mailed::TakeAndAsk => "circle-help",
            _ => "check",
        }
    }
}

/// Whether the link still does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Open,
    /// It was used.
    Used,
    /// It is too old.
    Late,
    /// Somebody decided since.
    Decided,
    /// Somebody else is signed in here.
    Anothers,
}

impl Standing {
    /// Key of the sentence that says why not.
    #[must_use]
    pub fn key(self) -> Option<&'static str> {
        match self {
            Standing::Open => None,
            Standing::Used => Some("mail-deed-used"),
            Standing::Late => Some("mail-deed-late"),
            Standing::Decided => Some("mail-deed-decided"),
            Standing::Anothers => Some("mail-deed-anothers"),
        }
    }
}

/// What a page says of the ticket.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its subject.
    pub subject: String,
    /// Its department.
    pub department: String,
    /// Its state.
    pub state: StateView,
}

/// `/mailed/{token}`.
#[derive(Template)]
#[template(path = "identity/mailed_deed.html")]
pub struct MailedDeedPage {
    /// Surroundings; mostly nobody is signed in.
    pub frame: Frame,
    /// The link's last part.
    pub token: String,
    /// What it does.
    pub deed: Mailed,
    /// Whether it still does.
    pub standing: Standing,
    /// Whom it was mailed to.
    pub person: String,
    /// The ticket's number.
    pub number: i64,
    /// What else is said of it, while the link does something.
    pub named: Option<Named>,
    /// Its version, which the form says it saw.
    pub version: i64,
    /// Words may go with it.
    pub takes_words: bool,
    /// It is nothing without words.
    pub needs_words: bool,
    /// The words.
    pub message: FormField,
    /// What is wrong with the whole.
    pub complaint: Option<String>,
    /// Where the ticket is read, by whoever may sign in.
    pub ticket: Option<String>,
}

impl MailedDeedPage {
    /// Before the button is pressed.
    #[must_use]
    pub fn sample(language: Language, deed: Mailed) -> MailedDeedPage {
        MailedDeedPage {
            frame: Frame {
                here: "/mailed/41.4812.approve.991.498000.h7k2".to_owned(),
                ..Frame::sample_signed_out(language)
            },
            token: "41.4812.approve.991.498000.h7k2".to_owned(),
            deed,
            standing: Standing::Open,
            person: "§ Hélène Marchand".to_owned(),
            number: 4812,
            named: Some(Named {
                subject: "§ Écran externe non détecté".to_owned(),
                department: "§ Postes".to_owned(),
                state: StateView::Closed,
            }),
            version: 7,
            takes_words: !matches!(deed, Mailed::Approve | Mailed::Take),
            needs_words: matches!(deed, Mailed::Refuse | Mailed::TakeAndAsk),
            message: FormField::default(),
            complaint: None,
            ticket: Some("/portal/tickets/4812".to_owned()),
        }
    }

    /// Somebody wrote meanwhile, and the words are missing.
    #[must_use]
    pub fn sample_refused(language: Language) -> MailedDeedPage {
        MailedDeedPage {
            message: FormField {
                value: "§ Toujours noir".to_owned(),
                error: Some("§ trop long".to_owned()),
            },
            complaint: Some("§ Lisez d’abord".to_owned()),
            ..MailedDeedPage::sample(language, Mailed::Refuse)
        }
    }

    /// The link does nothing any more.
    #[must_use]
    pub fn sample_over(language: Language, standing: Standing) -> MailedDeedPage {
        MailedDeedPage {
            standing,
            named: None,
            ..MailedDeedPage::sample(language, Mailed::Approve)
        }
    }
}
