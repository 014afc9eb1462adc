//! The set-up in five steps.

use words::language::Language;

use super::frame;
use crate::admin::guide::{
    AccessPage, AgentRow, Guide, GuideStep, InviteRow, MemberChoice, NeedsPage, PlaceRow,
    PlacesPage, ReviewPage, RolesPage,
};
use crate::admin::people::{Role, Scope};
use crate::fields::{Fault, Faults};
use crate::frame::Frame;

fn guide(now: GuideStep) -> Guide {
    Guide {
        now,
        done: vec![GuideStep::Needs, GuideStep::Access],
        version: 5,
        is_offered: true,
    }
}

fn wrong(language: Language, of: &[(&'static str, &'static str)]) -> Faults {
    let words = Frame::sample(language).words;
    let fault = |(field, key): &(&'static str, &'static str)| Fault {
        field,
        text: words.say(key).to_owned(),
    };
    Faults(of.iter().map(fault).collect())
}

impl NeedsPage {
    /// The first day.
    #[must_use]
    pub fn sample(language: Language) -> NeedsPage {
        NeedsPage {
            frame: frame(language, GuideStep::Needs.href()),
            guide: Guide {
                done: vec![],
                ..guide(GuideStep::Needs)
            },
            organisation: "§ Nordet".to_owned(),
            size: None,
            departments: String::new(),
            standing: vec!["§ Support".to_owned()],
            most: 30,
            faults: Faults::default(),
        }
    }

    /// Nothing said, and somebody quicker.
    #[must_use]
    pub fn sample_refused(language: Language) -> NeedsPage {
        NeedsPage {
            organisation: String::new(),
            size: Some("large"),
            departments: "§ Paie\n§ Réseau".to_owned(),
            standing: vec![],
            faults: wrong(
                language,
                &[
                    ("", "guide-changed"),
                    ("organisation", "fault-missing"),
                    ("size", "fault-guide-size"),
                    ("departments", "fault-guide-desk"),
                ],
            ),
            ..NeedsPage::sample(language)
        }
    }
}

impl AccessPage {
    /// An open desk in a large organisation.
    #[must_use]
    pub fn sample(language: Language) -> AccessPage {
        AccessPage {
            frame: frame(language, GuideStep::Access.href()),
            guide: guide(GuideStep::Access),
            chosen: "open",
            suggested: Some("partitioned"),
            agents: 1,
            faults: Faults::default(),
        }
    }

    /// Nothing chosen.
    #[must_use]
    pub fn sample_refused(language: Language) -> AccessPage {
        AccessPage {
            chosen: "partitioned",
            suggested: Some("open"),
            agents: 7,
            faults: wrong(language, &[("desk", "fault-guide-desk")]),
            ..AccessPage::sample(language)
        }
    }
}

impl RolesPage {
    /// Nobody invited yet.
    #[must_use]
    pub fn sample(language: Language) -> RolesPage {
        let row = |number| InviteRow {
            number,
            name: String::new(),
            email: String::new(),
            role: "agent".to_owned(),
            faults: Faults::default(),
        };
        RolesPage {
            frame: frame(language, GuideStep::Roles.href()),
            guide: guide(GuideStep::Roles),
            roles: Role::SHIPPED[1..].to_vec(),
            given: Role::SHIPPED[1..].to_vec(),
            agents: vec![AgentRow {
                id: 1,
                name: "§ Aïcha Diallo".to_owned(),
                role: Role::Owner,
            }],
            has_more: false,
            scope: Scope::Group,
            has_relay: true,
            rows: (1..=5).map(row).collect(),
            faults: Faults::default(),
        }
    }

    /// Somebody whose address is taken, and mails that stay.
    #[must_use]
    pub fn sample_refused(language: Language) -> RolesPage {
        let mut page = RolesPage::sample(language);
        page.rows[1].name = "§ Ben".to_owned();
        page.rows[1].email = "ben@nordet.example".to_owned();
        page.rows[1].faults = wrong(
            language,
            &[
                ("name", "fault-missing"),
                ("email", "fault-email-taken"),
                ("role", "fault-role"),
            ],
        );
        page.has_more = true;
        page.has_relay = false;
        page
    }
}

impl PlacesPage {
    /// One to be made, one that is there.
    #[must_use]
    pub fn sample(language: Language) -> PlacesPage {
        let choice = |id, name: &str, role| MemberChoice {
            id,
            name: name.to_owned(),
            role,
            is_ticked: id == 2,
        };
        let agents = vec![
            choice(1, "§ Aïcha Diallo", Role::Owner),
            choice(2, "§ Ben", Role::Agent),
        ];
        PlacesPage {
            frame: frame(language, GuideStep::Departments.href()),
            guide: guide(GuideStep::Departments),
            rows: vec![
                PlaceRow {
                    key: "new0".to_owned(),
                    id: None,
                    name: "§ Paie".to_owned(),
                    categories: "§ Primes".to_owned(),
                    standing: vec![],
                    members: vec![],
                    agents: agents.clone(),
                    faults: Faults::default(),
                },
                PlaceRow {
                    key: "1".to_owned(),
                    id: Some(1),
                    name: "§ Support".to_owned(),
                    categories: String::new(),
                    standing: vec!["§ Général".to_owned()],
                    members: vec!["§ Ben".to_owned()],
                    agents: agents[..1].to_vec(),
                    faults: Faults::default(),
                },
            ],
            has_more: false,
            faults: Faults::default(),
        }
    }

    /// A name that is taken, and nobody to choose.
    #[must_use]
    pub fn sample_refused(language: Language) -> PlacesPage {
        let mut page = PlacesPage::sample(language);
        page.rows[0].faults = wrong(
            language,
            &[
                ("name", "fault-department-taken"),
                ("categories", "fault-missing"),
                ("person", "fault-missing"),
            ],
        );
        page.rows[1].agents.clear();
        page.rows[1].members.clear();
        page.has_more = true;
        page
    }

    /// Nothing to be made, nothing there.
    #[must_use]
    pub fn sample_empty(language: Language) -> PlacesPage {
        PlacesPage {
            rows: vec![],
            ..PlacesPage::sample(language)
        }
    }
}

impl ReviewPage {
    /// The last step.
    #[must_use]
    pub fn sample(language: Language) -> ReviewPage {
        ReviewPage {
            frame: frame(language, GuideStep::Review.href()),
            guide: Guide {
                is_offered: false,
                ..guide(GuideStep::Review)
            },
            days: "180".to_owned(),
            faults: Faults::default(),
        }
    }

    /// Days nobody can count.
    #[must_use]
    pub fn sample_refused(language: Language) -> ReviewPage {
        ReviewPage {
            days: "soon".to_owned(),
            faults: wrong(language, &[("review_days", "fault-days")]),
            ..ReviewPage::sample(language)
        }
    }
}
