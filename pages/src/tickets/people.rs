//! `/tickets/{number}/people`: looking for somebody to name on a ticket, on a page of its own.

use crate::frame::Frame;
use askama::Template;
use words::language::Language;

/// What the people found are to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Invitees.
    Invite,
    /// Observers.
    Observe,
}

impl Purpose {
    /// Value of the `for` parameter.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Purpose::Invite => "invitees",
            Purpose::Observe => "observers",
        }
    }

    /// Reads a `for` parameter; anything else invites.
    #[must_use]
    pub fn parse(code: &str) -> Purpose {
        match code {
            "observers" => Purpose::Observe,
            _ => Purpose::Invite,
        }
    }

    /// Key of the page's title and of the button.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Purpose::Invite => "participants-invite",
            Purpose::Observe => "participants-add-observer",
        }
    }
}

/// Somebody found.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Where they work; empty when unknown.
    pub site: String,
    /// They are staff.
    pub is_agent: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "tickets/people.html")]
pub struct NamingPage {
    /// Surroundings.
    pub frame: Frame,
    /// The ticket's number.
    pub number: i64,
    /// Version the reader saw.
    pub version: i64,
    /// Its subject.
    pub subject: String,
    /// What they are to become.
    pub purpose: Purpose,
    /// What was looked for.
    pub text: String,
    /// Who was found.
    pub people: Vec<Candidate>,
    /// Makes a message sent twice count once.
    pub once: String,
}

impl NamingPage {
    /// Two people found.
    #[must_use]
    pub fn sample(language: Language) -> NamingPage {
        let somebody = |name: &str, email: &str, site: &str, is_agent| Candidate {
            name: name.to_owned(),
            email: email.to_owned(),
            site: site.to_owned(),
            is_agent,
        };
        NamingPage {
            frame: Frame {
                here: "/tickets/4812/people".to_owned(),
                ..Frame::sample(language)
            },
            number: 4812,
            version: 17,
            subject: "§ Écran externe non détecté après la mise à jour du BIOS".to_owned(),
            purpose: Purpose::Invite,
            text: "§ ma".to_owned(),
            people: vec![
                somebody(
                    "§ Laure Castellani",
                    "laure@nordet.example",
                    "§ Nantes",
                    false,
                ),
                somebody("§ Marc-Antoine Gagnon", "marc@nordet.example", "", true),
            ],
            once: "once-sample".to_owned(),
        }
    }

    /// Nobody found.
    #[must_use]
    pub fn sample_nobody(language: Language) -> NamingPage {
        NamingPage {
            purpose: Purpose::Observe,
            people: vec![],
            ..NamingPage::sample(language)
        }
    }
}
