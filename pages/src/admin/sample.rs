//! Samples for tests and screenshots. Text that a desk would hold begins with « § », so that tests tell it from ours.

use crate::admin::departments::{
    CategoryRow, DepartmentPage, DepartmentRow, DepartmentsPage, MemberRow, ParentChoice,
};
use crate::admin::mails::{
    DemonstrationMail, DevMailPage, DevMailsPage, HeldMail, MailPage, OutgoingMail,
};
use crate::admin::people::{
    MembershipRow, PeoplePage, PersonForm, PersonPage, PersonRow, Role, Scope,
};
use crate::admin::{Level, OverviewPage, Privilege};
use crate::fields::{Conflict, Fault, Faults, Standing};
use crate::frame::{Frame, SAMPLE_NOW, Section};
use crate::pager::Pager;
use words::language::Language;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;

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
            departments: 6,
            people: 1400,
            agents: 23,
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
            departments: 1,
            people: 1,
            agents: 1,
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
                        categories,
                        members,
                    },
                )
                .collect(),
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
                Level::None,
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
            conflict: None,
        })
        .collect();
        DepartmentPage {
            frame: frame(language, "/admin/departments/2"),
            id: 2,
            version: 4,
            title: text(language, "Messagerie", "E-mail"),
            name: text(language, "Messagerie", "E-mail"),
            is_active: true,
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

impl PeoplePage {
    /// One page of people.
    #[must_use]
    pub fn sample(language: Language) -> PeoplePage {
        let people = [
            (
                "§ Nadia Belkacem",
                "§ nadia.belkacem@nordet.example",
                "§ Nantes",
                Role::Owner,
                false,
                false,
            ),
            (
                "§ Aïcha Diallo",
                "§ aicha.diallo@nordet.example",
                "§ Nantes",
                Role::Admin,
                false,
                false,
            ),
            (
                "§ Camille Roux",
                "§ camille.roux@nordet.example",
                "§ Lyon",
                Role::Agent,
                true,
                false,
            ),
            (
                "§ Hélène Marchand",
                "§ helene.marchand@nordet.example",
                "§ Saint-Nazaire",
                Role::None,
                true,
                false,
            ),
            (
                "§ Jean-Christophe de La Rochebrochard",
                "§ jean-christophe.de-la-rochebrochard@nordet.example",
                "",
                Role::None,
                false,
                false,
            ),
            (
                "§ Hugo Perrin",
                "§ hugo.perrin@contractor.example",
                "",
                Role::Agent,
                false,
                true,
            ),
        ];
        PeoplePage {
            frame: frame(language, "/admin/people"),
            query: String::new(),
            rows: people
                .into_iter()
                .zip(1..)
                .map(
                    |((name, email, site, role, has_portal, is_disabled), id)| PersonRow {
                        id,
                        name: name.to_owned(),
                        email: email.to_owned(),
                        site: site.to_owned(),
                        role,
                        has_portal,
                        is_disabled,
                    },
                )
                .collect(),
            pager: Pager {
                previous: None,
                next: Some("/admin/people?after=abc".to_owned()),
            },
        }
    }

    /// A search that finds nobody.
    #[must_use]
    pub fn sample_empty(language: Language) -> PeoplePage {
        PeoplePage {
            query: "§ \"><script>".to_owned(),
            rows: vec![],
            pager: Pager::default(),
            ..PeoplePage::sample(language)
        }
    }
}

impl PersonPage {
    /// An agent.
    #[must_use]
    pub fn sample(language: Language) -> PersonPage {
        PersonPage {
            frame: frame(language, "/admin/people/3"),
            id: 3,
            version: 9,
            title: "§ Camille Roux".to_owned(),
            form: PersonForm {
                name: "§ Camille Roux".to_owned(),
                email: "§ camille.roux@nordet.example".to_owned(),
                login: "§ croux".to_owned(),
                language: Language::French,
                site: "§ Lyon".to_owned(),
                role: Role::Agent,
                scope: Scope::Group,
                has_portal: true,
                is_disabled: false,
            },
            roles: Role::ALL.to_vec(),
            memberships: vec![
                MembershipRow {
                    department: 1,
                    name: text(language, "Postes de travail", "Workstations"),
                    level: Level::Edit,
                },
                MembershipRow {
                    department: 2,
                    name: text(language, "Messagerie", "E-mail"),
                    level: Level::View,
                },
            ],
            seen_at: Some(SAMPLE_NOW - 4 * MINUTE),
            has_password: true,
            may_send_link: true,
            faults: Faults::default(),
            conflict: None,
        }
    }

    /// A form that came back, of somebody who never signed in.
    #[must_use]
    pub fn sample_refused(language: Language) -> PersonPage {
        PersonPage {
            memberships: vec![],
            seen_at: None,
            has_password: false,
            may_send_link: false,
            faults: faults(
                language,
                &["name", "email", "login", "site", "role", "disabled"],
            ),
            conflict: Some(conflict(language)),
            ..PersonPage::sample(language)
        }
    }
}

impl MailPage {
    /// Mails in every trouble, no relay.
    #[must_use]
    pub fn sample(language: Language) -> MailPage {
        let outgoing = |id, attempts, next_try_at, last_error: Option<&str>| OutgoingMail {
            id,
            to: "§ helene.marchand@nordet.example".to_owned(),
            subject: text(
                language,
                "[Commentaire Messagerie n°4770] Calendrier partagé de la direction",
                "[Reply E-mail #4770] Shared executive calendar",
            ),
            attempts,
            next_try_at,
            last_error: last_error.map(|error| format!("§ {error}")),
        };
        MailPage {
            frame: frame(language, "/admin/mail"),
            has_relay: false,
            held: vec![HeldMail {
                id: 5,
                from: "§ =?utf-8?q?=ff=fe?= <broken@example.org>".to_owned(),
                subject: text(language, "(objet illisible)", "(unreadable subject)"),
                received_at: SAMPLE_NOW - 3 * HOUR,
                bytes: 48_213,
                reason: text(
                    language,
                    "Les parties sont imbriquées trop profondément.",
                    "The parts are nested too deeply.",
                ),
            }],
            held_count: 1,
            waiting: vec![
                outgoing(7, 0, None, None),
                outgoing(
                    8,
                    3,
                    Some(SAMPLE_NOW + 12 * MINUTE),
                    Some("451 4.7.1 Greylisted, try again later"),
                ),
            ],
            waiting_count: 1284,
            failed: vec![outgoing(
                9,
                12,
                None,
                Some("550 5.1.1 <helene.marchand@nordet.example>: Recipient address rejected"),
            )],
            failed_count: 1,
        }
    }

    /// Everything left and everything was read.
    #[must_use]
    pub fn sample_empty(language: Language) -> MailPage {
        MailPage {
            has_relay: true,
            held: vec![],
            held_count: 0,
            waiting: vec![],
            waiting_count: 0,
            failed: vec![],
            failed_count: 0,
            ..MailPage::sample(language)
        }
    }
}

fn demonstration_mail(language: Language, id: i64) -> DemonstrationMail {
    DemonstrationMail {
        id,
        to: "§ helene.marchand@nordet.example".to_owned(),
        subject: text(
            language,
            "[Clôture Messagerie n°4770] Calendrier partagé de la direction invisible sur mobile",
            "[Closure E-mail #4770] Shared executive calendar missing on mobile",
        ),
        at: SAMPLE_NOW - id * 7 * MINUTE,
    }
}

impl DevMailsPage {
    /// A few mails.
    #[must_use]
    pub fn sample(language: Language) -> DevMailsPage {
        DevMailsPage {
            frame: frame(language, "/dev/mail"),
            rows: (1..=4).map(|id| demonstration_mail(language, id)).collect(),
            pager: Pager {
                previous: None,
                next: Some("/dev/mail?after=4".to_owned()),
            },
        }
    }

    /// None yet.
    #[must_use]
    pub fn sample_empty(language: Language) -> DevMailsPage {
        DevMailsPage {
            rows: vec![],
            pager: Pager::default(),
            ..DevMailsPage::sample(language)
        }
    }
}

impl DevMailPage {
    /// One mail, both parts.
    #[must_use]
    pub fn sample(language: Language) -> DevMailPage {
        DevMailPage {
            frame: frame(language, "/dev/mail/1"),
            mail: demonstration_mail(language, 1),
            headers: vec![
                (
                    "§ From".to_owned(),
                    "§ Groupe Nordet <support@nordet.example>".to_owned(),
                ),
                (
                    "§ To".to_owned(),
                    "§ helene.marchand@nordet.example".to_owned(),
                ),
                (
                    "§ Message-ID".to_owned(),
                    "§ <4770.k3p9x7qvw2h5m8n1@nordet.example>".to_owned(),
                ),
                ("§ Auto-Submitted".to_owned(), "§ auto-generated".to_owned()),
            ],
            text: text(
                language,
                "Sofia Almeida propose de clore ce ticket.\n\nLe problème est-il réglé\u{202f}?",
                "Sofia Almeida suggests closing this ticket.\n\nIs the problem solved?",
            ),
            has_html: true,
        }
    }
}

/// Every sample of the administration, rendered, by name; what tests and screenshots read.
#[must_use]
pub fn all(language: Language) -> Vec<(&'static str, askama::Result<String>)> {
    use askama::Template;
    vec![
        ("admin-overview", OverviewPage::sample(language).render()),
        (
            "admin-overview-calm",
            OverviewPage::sample_calm(language).render(),
        ),
        (
            "admin-departments",
            DepartmentsPage::sample(language).render(),
        ),
        (
            "admin-departments-refused",
            DepartmentsPage::sample_refused(language).render(),
        ),
        (
            "admin-department",
            DepartmentPage::sample(language).render(),
        ),
        (
            "admin-department-refused",
            DepartmentPage::sample_refused(language).render(),
        ),
        (
            "admin-department-empty",
            DepartmentPage::sample_empty(language).render(),
        ),
        ("admin-people", PeoplePage::sample(language).render()),
        (
            "admin-people-none",
            PeoplePage::sample_empty(language).render(),
        ),
        ("admin-person", PersonPage::sample(language).render()),
        (
            "admin-person-refused",
            PersonPage::sample_refused(language).render(),
        ),
        ("admin-mail", MailPage::sample(language).render()),
        ("admin-mail-none", MailPage::sample_empty(language).render()),
        ("admin-dev-mails", DevMailsPage::sample(language).render()),
        (
            "admin-dev-mails-none",
            DevMailsPage::sample_empty(language).render(),
        ),
        ("admin-dev-mail", DevMailPage::sample(language).render()),
    ]
}
