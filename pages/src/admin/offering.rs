//! `/admin/departments/{id}/offering`: to whom a department is offered when they open a ticket.

use crate::fields::{Conflict, Fault, Faults, Standing};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// To whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Everybody.
    Everybody,
    /// Nobody.
    Nobody,
    /// Those who are named.
    These,
}

impl Whom {
    /// Every one, in the order of the choice.
    pub const ALL: [Whom; 3] = [Whom::Everybody, Whom::These, Whom::Nobody];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Whom::Everybody => "everybody",
            Whom::Nobody => "nobody",
            Whom::These => "these",
        }
    }

    /// Reads a form field.
    #[must_use]
    pub fn parse(code: &str) -> Option<Whom> {
        Whom::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Whom::Everybody => "offering-everybody",
            Whom::Nobody => "offering-nobody",
            Whom::These => "offering-these",
        }
    }

    /// Key of what it means.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Whom::Everybody => "offering-everybody-means",
            Whom::Nobody => "offering-nobody-means",
            Whom::These => "offering-these-means",
        }
    }
}

/// What is said of one person.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Their name.
    pub name: String,
    /// They are offered it.
    pub is_offered: bool,
    /// Why, in the reader's words.
    pub why: String,
}

/// The page.
#[derive(Template)]
#[template(path = "admin/offering.html")]
pub struct OfferingPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// It takes tickets.
    pub is_active: bool,
    /// Version the reader saw.
    pub version: i64,
    /// To whom it is offered; nothing when what was sent is no choice.
    pub whom: Option<Whom>,
    /// The organisations that are named, one a line.
    pub organizations: String,
    /// The sites, one a line.
    pub sites: String,
    /// The mail domains, one a line.
    pub domains: String,
    /// Organisations there are, as far as the reader may look.
    pub all_organizations: Vec<String>,
    /// Sites there are.
    pub all_sites: Vec<String>,
    /// The person who was typed.
    pub person: String,
    /// What is said of them.
    pub answered: Option<Answered>,
    /// What was wrong, at `offered_to`, `organizations`, `sites`, `domains` or `person`.
    pub faults: Faults,
    /// Somebody saved it meanwhile.
    pub conflict: Option<Conflict>,
}

impl OfferingPage {
    /// Whether this is what is chosen.
    #[must_use]
    pub fn is_chosen(&self, whom: &Whom) -> bool {
        self.whom == Some(*whom)
    }

    /// A department that is offered to some, and somebody who is among them.
    #[must_use]
    pub fn sample(language: Language) -> OfferingPage {
        let names = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect();
        OfferingPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Ressources humaines".to_owned(),
            is_active: true,
            version: 4,
            whom: Some(Whom::These),
            organizations: "§ Nordet".to_owned(),
            sites: "§ Lyon\n§ Nantes".to_owned(),
            domains: "§ etu.example".to_owned(),
            all_organizations: names(&["§ Nordet", "§ Atlas"]),
            all_sites: names(&["§ Lyon", "§ Nantes"]),
            person: "§ h.marchand".to_owned(),
            answered: Some(Answered {
                name: "§ Hélène Marchand".to_owned(),
                is_offered: true,
                why: "§ par son organisation".to_owned(),
            }),
            faults: Faults::default(),
            conflict: None,
        }
    }

    /// One that takes no tickets, nothing chosen, everything wrong.
    #[must_use]
    pub fn sample_refused(language: Language) -> OfferingPage {
        let fault = |field| Fault {
            field,
            text: "§ à corriger".to_owned(),
        };
        OfferingPage {
            is_active: false,
            whom: None,
            domains: "§ pas un domaine".to_owned(),
            all_organizations: vec![],
            all_sites: vec![],
            answered: None,
            faults: Faults(
                ["offered_to", "organizations", "sites", "domains", "person"]
                    .map(fault)
                    .to_vec(),
            ),
            ..OfferingPage::sample(language)
        }
    }

    /// Somebody was quicker; and somebody who is not offered it.
    #[must_use]
    pub fn sample_changed(language: Language) -> OfferingPage {
        OfferingPage {
            is_active: false,
            whom: Some(Whom::Nobody),
            conflict: Some(Conflict {
                by: "§ Quelqu’un".to_owned(),
                standing: vec![Standing {
                    label: "offering-whom",
                    value: "§ Ceux-ci".to_owned(),
                }],
            }),
            answered: Some(Answered {
                name: "§ Samir Haddad".to_owned(),
                is_offered: false,
                why: "§ personne".to_owned(),
            }),
            ..OfferingPage::sample(language)
        }
    }
}
