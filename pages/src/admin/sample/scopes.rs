//! Samples of the pages of scopes.

use super::{faults, frame, text};
use crate::admin::leaving::Leaving;
use crate::admin::people::{Role, Scope};
use crate::admin::scopes::{
    AgentRow, ChangeRow, DueRow, PlaceRow, Preview, ScopePage, ScopesPage, SightRow,
};
use crate::admin::{Level, Service};
use crate::fields::Faults;
use crate::frame::SAMPLE_NOW;
use crate::pager::Pager;
use words::catalogue::say;
use words::language::Language;

fn agents() -> Vec<AgentRow> {
    let agent = |id, name: &str, role, scope, departments, is_disabled| AgentRow {
        id,
        name: format!("§ {name}"),
        email: format!("§{id}@nordet.example"),
        role,
        scope,
        departments,
        is_disabled,
    };
    vec![
        agent(3, "Camille Roux", Role::Agent, Scope::Group, 2, false),
        agent(4, "Hugo Perrin", Role::Viewer, Scope::Restricted, 0, true),
        agent(
            5,
            "Nadia Belkacem",
            Role::Owner,
            Scope::GlobalServed,
            1,
            false,
        ),
        agent(
            12,
            "Théo Lambert",
            Role::Agent,
            Scope::GroupServed,
            3,
            false,
        ),
    ]
}

impl ScopesPage {
    /// Four agents.
    #[must_use]
    pub fn sample(language: Language) -> ScopesPage {
        ScopesPage {
            frame: frame(language, "/admin/scopes"),
            query: String::new(),
            rows: agents(),
            due_count: 2,
            due: vec![
                DueRow {
                    id: 12,
                    name: "§ Théo Lambert".to_owned(),
                    role: Role::Agent,
                    scope: Scope::Group,
                    version: 3,
                    since: SAMPLE_NOW - 300 * 86_400_000_000,
                },
                DueRow {
                    id: 5,
                    name: "§ Nadia Belkacem".to_owned(),
                    role: Role::Owner,
                    scope: Scope::Global,
                    version: 8,
                    since: SAMPLE_NOW - 200 * 86_400_000_000,
                },
            ],
            review_days: "180".to_owned(),
            review_version: 0,
            faults: Faults::default(),
            pager: Pager {
                previous: None,
                next: Some("/admin/scopes?after=12".to_owned()),
            },
        }
    }

    /// A search that finds nobody.
    #[must_use]
    pub fn sample_nobody(language: Language) -> ScopesPage {
        ScopesPage {
            query: "§ nobody".to_owned(),
            rows: vec![],
            due_count: 0,
            due: vec![],
            review_days: "§ soon".to_owned(),
            faults: faults(language, &["review_days"]),
            pager: Pager::default(),
            ..ScopesPage::sample(language)
        }
    }
}

fn places(language: Language) -> Vec<PlaceRow> {
    let place = |id, name: String, was, level| PlaceRow {
        id,
        name,
        is_active: id != 4,
        was,
        level,
        teams: match id {
            2 => vec![("§ Applications".to_owned(), Level::View)],
            _ => vec![],
        },
        tags: match id {
            2 => vec!["§ Par l’étiquette".to_owned()],
            _ => vec![],
        },
        services_were: Service::ALL.to_vec(),
        services: if id == 1 {
            vec![Service::Tickets]
        } else {
            Service::ALL.to_vec()
        },
        version: if was.is_some() {
            "2".to_owned()
        } else {
            String::new()
        },
    };
    let (view, edit) = (Some(Level::View), Some(Level::Edit));
    vec![
        place(1, text(language, "Postes", "Workstations"), edit, edit),
        place(2, text(language, "Réseau", "Network"), None, view),
        place(3, text(language, "Paie", "Payroll"), view, None),
        place(
            4,
            text(language, "Archives", "Archives"),
            Some(Level::None),
            Some(Level::None),
        ),
    ]
}

fn sights(language: Language, then: [i64; 3]) -> Vec<SightRow> {
    let names = [
        text(language, "Postes", "Workstations"),
        text(language, "Réseau", "Network"),
        text(language, "Paie", "Payroll"),
    ];
    let row = |((name, then), (now, total)): ((String, i64), (i64, i64))| SightRow {
        name,
        total,
        now,
        then,
    };
    let stands = [(96, 118), (2, 1_058), (47, 47)];
    names.into_iter().zip(then).zip(stands).map(row).collect()
}

impl ScopePage {
    /// An agent, nothing changed.
    #[must_use]
    pub fn sample(language: Language) -> ScopePage {
        let mut places = places(language);
        for place in &mut places {
            place.level = place.was;
            place.services = place.services_were.clone();
        }
        ScopePage {
            frame: frame(language, "/admin/scopes/12"),
            agents: agents(),
            id: 12,
            name: "§ Théo Lambert".to_owned(),
            email: "§theo@nordet.example".to_owned(),
            role: Role::Agent,
            is_disabled: false,
            may_change: true,
            may_look: true,
            version: 7,
            scope: Scope::Group,
            organizations: String::new(),
            sites: "Lyon\n§ Bron".to_owned(),
            all_organizations: vec!["§ Groupe Nordet".to_owned()],
            all_sites: vec!["§ Lyon".to_owned(), "§ Bron".to_owned()],
            places,
            preview: Preview {
                changes: vec![],
                sights: sights(language, [96, 2, 47]),
                held: 0,
            },
            leaving: None,
            faults: Faults::default(),
            conflict: None,
        }
    }

    /// A change looked at before it is saved, refused, stale, of somebody above, and a desk without departments.
    #[must_use]
    pub fn samples(language: Language) -> Vec<(&'static str, ScopePage)> {
        let out = || say(language, "scopes-out").to_owned();
        let views = || say(language, "admin-level-view").to_owned();
        let changes = vec![
            ChangeRow {
                what: text(language, "Réseau", "Network"),
                from: out(),
                to: views(),
            },
            ChangeRow {
                what: text(language, "Paie", "Payroll"),
                from: views(),
                to: out(),
            },
        ];
        let changed = ScopePage {
            places: places(language),
            preview: Preview {
                changes: changes.clone(),
                sights: sights(language, [96, 1_058, 3]),
                held: 2,
            },
            ..ScopePage::sample(language)
        };
        vec![
            ("as-it-stands", ScopePage::sample(language)),
            ("preview", changed.clone()),
            (
                "same",
                ScopePage {
                    preview: Preview {
                        changes: changes.clone(),
                        sights: sights(language, [96, 2, 47]),
                        held: 0,
                    },
                    ..changed.clone()
                },
            ),
            (
                "refused",
                ScopePage {
                    leaving: Some(Leaving::sample()),
                    faults: faults(language, &["level", "heir"]),
                    ..changed.clone()
                },
            ),
            (
                "faults",
                ScopePage {
                    faults: faults(
                        language,
                        &["person", "scope", "organizations", "sites", "level"],
                    ),
                    ..changed.clone()
                },
            ),
            (
                "conflict",
                ScopePage {
                    conflict: Some(changes),
                    ..changed
                },
            ),
            (
                "above",
                ScopePage {
                    role: Role::Owner,
                    is_disabled: true,
                    may_change: false,
                    may_look: false,
                    ..ScopePage::sample(language)
                },
            ),
            (
                "without-departments",
                ScopePage {
                    places: vec![],
                    preview: Preview {
                        changes: vec![],
                        sights: vec![],
                        held: 0,
                    },
                    ..ScopePage::sample(language)
                },
            ),
        ]
    }
}
