//! Samples for tests and screenshots. Text that a desk would hold begins with « § », so that tests tell it from ours.

mod guide;
mod inspector;
mod journal;
mod mails;
mod people;
mod roles;
mod scopes;
mod teams;

use crate::admin::departments::{
    CategoryRow, DepartmentPage, DepartmentRow, DepartmentsPage, MemberRow, ParentChoice, Parts,
};
use crate::admin::{Level, OverviewPage, Privilege, Service, SetUp};
use crate::fields::{Conflict, Fault, Faults, Standing};
use crate::frame::{Frame, Section};
use words::language::Language;

fn text(language: Language, french: &str, english: &str) -> String {
    match language {
        Language::French => format!("§ {french}"),
        Language::English => format!("§ {english}"),
    }
}

fn frame(language: Language, here: &str) -> Frame {
    Frame {
        section: Section::Administration,
        here: here.to_owned(),
        ..Frame::sample(language)
    }
}

fn faults(language: Language, fields: &[&'static str]) -> Faults {
    Faults(
        fields
            .iter()
            .map(|field| Fault {
                field,
                text: text(
                    language,
                    "Cette valeur est déjà prise\u{a0}: choisissez-en une autre.",
                    "This value is taken: choose another.",
                ),
            })
            .collect(),
    )
}

fn conflict(language: Language) -> Conflict {
    Conflict {
        by: "§ Aïcha Diallo".to_owned(),
        standing: vec![Standing {
            label: "admin-name",
            value: text(language, "Courrier électronique", "Electronic mail"),
        }],
    }
}

impl OverviewPage {
    /// A desk with mails in trouble.
    #[must_use]
    pub fn sample(language: Language) -> OverviewPage {
        OverviewPage {
            frame: frame(language, "/admin"),
            set_up: Some(SetUp {
                done: 2,
                version: 4,
                is_offered: true,
            }),
            departments: 6,
            people: 1400,
            agents: 23,
            due_reviews: 3,
            held: 2,
            waiting: 12,
            failed: 1,
            has_relay: false,
            is_demonstration: true,
        }
    }

    /// A desk in order.
    #[must_use]
    pub fn sample_calm(language: Language) -> OverviewPage {
        OverviewPage {
            set_up: Some(SetUp {
                done: 5,
                version: 9,
                is_offered: false,
            }),
            departments: 1,
            people: 1,
            agents: 1,
            due_reviews: 0,
            held: 0,
            waiting: 0,
            failed: 0,
            has_relay: true,
            is_demonstration: false,
            ..OverviewPage::sample(language)
        }
    }
}

impl DepartmentsPage {
    /// Six departments.
    #[must_use]
    pub fn sample(language: Language) -> DepartmentsPage {
        let names = [
            ("Postes de travail", "Workstations", 12, 9, true),
            ("Messagerie", "E-mail", 6, 4, true),
            (
                "Réseau et télécommunications",
                "Network and telecommunications",
                8,
                5,
                true,
            ),
            ("Applications métier", "Business applications", 11, 6, true),
            ("Services généraux", "Facilities", 5, 3, true),
            ("Archives 2024", "2024 archive", 1284, 0, false),
        ];
        DepartmentsPage {
            frame: frame(language, "/admin/departments"),
            rows: names
                .into_iter()
                .zip(1..)
                .map(
                    |((french, english, categories, members, is_active), id)| DepartmentRow {
                        id,
                        name: text(language, french, english),
                        is_active,
                        is_virtual: id == 5,
                        categories,
                        members,
                    },
                )
                .collect(),
            may_create: true,
            name: String::new(),
            is_active: true,
            faults: Faults::default(),
        }
    }

    /// None yet, and a name that was refused.
    #[must_use]
    pub fn sample_refused(language: Language) -> DepartmentsPage {
        DepartmentsPage {
            rows: vec![],
            name: text(language, "Messagerie", "E-mail"),
            is_active: false,
            faults: faults(language, &["name"]),
            ..DepartmentsPage::sample(language)
        }
    }
}

impl DepartmentPage {
    /// A department at work.
    #[must_use]
    pub fn sample(language: Language) -> DepartmentPage {
        let tree = [
            (1, "Messagerie, à trier", "E-mail, to sort", 0, None, true),
            (2, "Calendriers", "Calendars", 0, None, true),
            (3, "Délégation", "Delegation", 1, Some(2), true),
            (4, "Salles de réunion", "Meeting rooms", 1, Some(2), true),
            (5, "Boîtes partagées", "Shared mailboxes", 0, None, true),
            (6, "Lotus Notes", "Lotus Notes", 0, None, false),
        ];
        let parents: Vec<ParentChoice> = tree
            .iter()
            .map(|(id, french, english, depth, ..)| ParentChoice {
                id: *id,
                name: text(language, french, english),
                depth: *depth,
            })
            .collect();
        let categories = tree
            .iter()
            .map(
                |(id, french, english, depth, parent, is_active)| CategoryRow {
                    id: *id,
                    version: 3,
                    name: text(language, french, english),
                    depth: *depth,
                    parent: *parent,
                    is_active: *is_active,
                    faults: Faults::default(),
                    conflict: None,
                    parents: parents
                        .iter()
                        .filter(|other| other.id != *id)
                        .cloned()
                        .collect(),
                    leads_to: (*id == 3).then(|| "§ Réseau › Accès".to_owned()),
                },
            )
            .collect();
        let members = [
            (
                11,
                "§ Sofia Almeida",
                "§ sofia.almeida@nordet.example",
                Level::Edit,
            ),
            (
                12,
                "§ Jean-Christophe de La Rochebrochard",
                "§ jc.rochebrochard@nordet.example",
                Level::View,
            ),
            (
                13,
                "§ Théo Lambert",
                "§ theo.lambert@nordet.example",
                Level::Assigned,
            ),
        ]
        .into_iter()
        .map(|(person, name, email, level)| MemberRow {
            person,
            version: 1,
            name: name.to_owned(),
            email: email.to_owned(),
            level,
            privileges: Privilege::ALL
                .into_iter()
                .map(|privilege| (privilege, privilege.is_usual() && level == Level::Edit))
                .collect(),
            services: if level == Level::View {
                vec![Service::Chats]
            } else {
                Service::ALL.to_vec()
            },
            is_available: level == Level::Edit,
            rate: "100".to_owned(),
            leaving: None,
            faults: Faults::default(),
            conflict: None,
        })
        .collect();
        DepartmentPage {
            frame: frame(language, "/admin/departments/2"),
            id: 2,
            may: Parts {
                properties: true,
                categories: true,
                members: true,
            },
            version: 4,
            title: text(language, "Messagerie", "E-mail"),
            name: text(language, "Messagerie", "E-mail"),
            is_active: true,
            is_anonymous: true,
            default_category: Some(1),
            faults: Faults::default(),
            conflict: None,
            categories,
            parents,
            new_category: String::new(),
            new_parent: Some(2),
            category_faults: Faults::default(),
            members,
            new_member: String::new(),
            new_level: Level::Edit,
            member_faults: Faults::default(),
        }
    }

    /// Every form came back with a fault or a conflict.
    #[must_use]
    pub fn sample_refused(language: Language) -> DepartmentPage {
        let mut page = DepartmentPage::sample(language);
        page.faults = faults(language, &["name", "default_category"]);
        page.conflict = Some(conflict(language));
        page.category_faults = faults(language, &["name", "parent"]);
        page.member_faults = faults(language, &["person"]);
        page.new_category = text(language, "Calendriers", "Calendars");
        page.new_member = "§ nobody@nordet.example".to_owned();
        for category in page.categories.iter_mut().take(2) {
            category.faults = faults(language, &["name", "parent"]);
            category.conflict = Some(conflict(language));
        }
        for member in page.members.iter_mut().take(1) {
            member.conflict = Some(Conflict {
                by: "§ Aïcha Diallo".to_owned(),
                standing: vec![],
            });
        }
        page
    }

    /// Just created.
    #[must_use]
    pub fn sample_empty(language: Language) -> DepartmentPage {
        DepartmentPage {
            default_category: None,
            categories: vec![],
            parents: vec![],
            members: vec![],
            new_parent: None,
            ..DepartmentPage::sample(language)
        }
    }
}
