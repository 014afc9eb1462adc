//! Samples of the pages on which teams are kept.

use crate::admin::Level;
use crate::admin::leaving::Leaving;
use crate::admin::teams::{TeamMemberRow, TeamPage, TeamPlaceRow, TeamRow, TeamsPage};
use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use words::language::Language;

fn frame(language: Language, here: &str) -> Frame {
    Frame {
        section: Section::Administration,
        here: here.to_owned(),
        ..Frame::sample(language)
    }
}

fn fault(field: &'static str) -> Fault {
    Fault {
        field,
        text: "§ à corriger".to_owned(),
    }
}

impl TeamsPage {
    /// Two of them.
    #[must_use]
    pub fn sample(language: Language) -> TeamsPage {
        let row = |id, name: &str, members, departments| TeamRow {
            id,
            name: name.to_owned(),
            members,
            departments,
        };
        TeamsPage {
            frame: frame(language, "/admin/teams"),
            rows: vec![
                row(1, "§ Applications", 4, 3),
                row(2, "§ Infrastructure", 1, 0),
            ],
            name: String::new(),
            faults: Faults::default(),
        }
    }

    /// None yet, and a name that cannot be taken.
    #[must_use]
    pub fn sample_refused(language: Language) -> TeamsPage {
        TeamsPage {
            rows: vec![],
            name: "§ Applications".to_owned(),
            faults: Faults(vec![fault("name")]),
            ..TeamsPage::sample(language)
        }
    }
}

impl TeamPage {
    /// One with members, and departments of each level.
    #[must_use]
    pub fn sample(language: Language) -> TeamPage {
        let member = |person, name: &str, is_disabled| TeamMemberRow {
            person,
            name: name.to_owned(),
            email: "someone@nordet.example".to_owned(),
            is_disabled,
        };
        let place = |id, name: &str, is_active, level| TeamPlaceRow {
            id,
            name: name.to_owned(),
            is_active,
            was: level,
            level,
        };
        TeamPage {
            frame: frame(language, "/admin/teams/1"),
            id: 1,
            version: 5,
            title: "§ Applications".to_owned(),
            name: "§ Applications".to_owned(),
            members: vec![
                member(31, "§ Laure Castellani", false),
                member(32, "§ Samir Haddad", true),
            ],
            places: vec![
                place(1, "§ Poste de travail", true, Some(Level::Edit)),
                place(2, "§ Paie", true, Some(Level::View)),
                place(3, "§ Achats", false, None),
            ],
            person: String::new(),
            leaving: None,
            deed: String::new(),
            faults: Faults::default(),
        }
    }

    /// Nobody in it, and everything wrong.
    #[must_use]
    pub fn sample_refused(language: Language) -> TeamPage {
        TeamPage {
            members: vec![],
            name: String::new(),
            person: "§ personne".to_owned(),
            deed: "/members".to_owned(),
            faults: Faults(vec![
                fault(""),
                fault("name"),
                fault("person"),
                fault("level"),
            ]),
            ..TeamPage::sample(language)
        }
    }

    /// A department taken from it in which a member holds open tickets.
    #[must_use]
    pub fn sample_leaving(language: Language) -> TeamPage {
        TeamPage {
            leaving: Some(Leaving::sample()),
            deed: "/departments".to_owned(),
            faults: Faults(vec![fault("level"), fault("heir")]),
            ..TeamPage::sample(language)
        }
    }
}
