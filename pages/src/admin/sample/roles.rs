//! Samples of the pages on which roles are kept.

use crate::admin::people::Role;
use crate::admin::roles::{
    Difference, HolderRow, PermissionRow, RoleChoice, RolePage, RoleRow, RolesPage, SubjectRows,
};
use crate::fields::{Conflict, Fault, Faults, Standing};
use crate::frame::{Frame, Section};
use words::language::Language;

fn own() -> Role {
    Role::Custom {
        id: 7,
        name: "§ Dispatcheuse".to_owned(),
        says: "§ Agent, 1 en plus, 1 en moins".to_owned(),
    }
}

fn frame(language: Language, here: &str) -> Frame {
    Frame {
        section: Section::Administration,
        here: here.to_owned(),
        ..Frame::sample(language)
    }
}

impl RolesPage {
    /// Those of every desk, and two of its own.
    #[must_use]
    pub fn sample(language: Language) -> RolesPage {
        let shipped = |role, rank, people| RoleRow {
            role,
            rank,
            parent: None,
            more: 0,
            fewer: 0,
            people,
        };
        let derived = |more, fewer| RoleRow {
            role: own(),
            rank: "admin-role-agent",
            parent: Some(Role::Agent),
            more,
            fewer,
            people: 1,
        };
        RolesPage {
            frame: frame(language, "/admin/roles"),
            rows: vec![
                shipped(Role::Owner, "admin-role-owner", 1),
                shipped(Role::Admin, "admin-role-admin", 2),
                shipped(Role::Agent, "admin-role-agent", 12),
                derived(1, 3),
                derived(0, 0),
            ],
            choices: vec![RoleChoice {
                code: "7".to_owned(),
                name: "§ Dispatcheuse".to_owned(),
            }],
            name: String::new(),
            parent: "7".to_owned(),
            faults: Faults::default(),
        }
    }

    /// A name that somebody else's role has.
    #[must_use]
    pub fn sample_refused(language: Language) -> RolesPage {
        let page = RolesPage::sample(language);
        let fault = Fault {
            field: "name",
            text: page.frame.say("roles-fault-name").to_owned(),
        };
        RolesPage {
            name: "§ Dispatcheuse".to_owned(),
            faults: Faults(vec![fault]),
            ..page
        }
    }
}

impl RolePage {
    /// One of the desk's own, which somebody has.
    #[must_use]
    pub fn sample(language: Language) -> RolePage {
        let row = |word, label, gives, is_granted, difference| PermissionRow {
            word,
            label,
            gives,
            is_granted,
            may_grant: true,
            difference,
        };
        RolePage {
            frame: frame(language, "/admin/roles/7"),
            role: own(),
            title: "§ Dispatcheuse".to_owned(),
            name: "§ Dispatcheuse".to_owned(),
            version: 2,
            rank: "admin-role-agent",
            gives_all: false,
            is_own: true,
            may_change: true,
            may_clone: true,
            parent: Some(Role::Agent),
            subjects: vec![SubjectRows {
                key: "roles-subject-tickets",
                rows: vec![
                    row(
                        "assign",
                        "roles-assign",
                        "roles-assign-gives",
                        true,
                        Difference::None,
                    ),
                    row(
                        "close",
                        "roles-close",
                        "roles-close-gives",
                        false,
                        Difference::Fewer,
                    ),
                    row(
                        "share",
                        "roles-share",
                        "roles-share-gives",
                        true,
                        Difference::More,
                    ),
                ],
            }],
            holders: vec![HolderRow {
                id: 3,
                name: "§ Camille Roux".to_owned(),
            }],
            opens_people: true,
            faults: Faults::default(),
            conflict: None,
        }
    }

    /// One of every desk, which stays as it is.
    #[must_use]
    pub fn sample_fixed(language: Language) -> RolePage {
        RolePage {
            role: Role::Admin,
            rank: "admin-role-admin",
            gives_all: true,
            is_own: false,
            may_change: false,
            parent: None,
            ..RolePage::sample(language)
        }
    }

    /// Somebody else changed it, nobody has it, and it was refused.
    #[must_use]
    pub fn sample_refused(language: Language) -> RolePage {
        let page = RolePage::sample(language);
        let fault = |field, key| Fault {
            field,
            text: page.frame.say(key).to_owned(),
        };
        RolePage {
            holders: vec![],
            opens_people: false,
            faults: Faults(vec![
                fault("permission", "roles-fault-beyond"),
                fault("role", "roles-fault-beyond"),
                fault("name", "fault-missing"),
            ]),
            conflict: Some(Conflict {
                by: page.frame.say("admin-somebody").to_owned(),
                standing: vec![Standing {
                    label: "roles-name",
                    value: "§ Accueil".to_owned(),
                }],
            }),
            ..page
        }
    }

    /// One that grants what the reader does not have.
    #[must_use]
    pub fn sample_above(language: Language) -> RolePage {
        RolePage {
            may_change: false,
            may_clone: false,
            opens_people: false,
            ..RolePage::sample(language)
        }
    }
}
