//! Roles: what each lets people do, and how the desk's own differ from those that every desk has.

use super::people::Role;
use crate::fields::{Conflict, Faults};
use crate::frame::Frame;
use askama::Template;

/// A role in the list.
#[derive(Clone, Debug)]
pub struct RoleRow {
    /// Which.
    pub role: Role,
    /// Key of its rank.
    pub rank: &'static str,
    /// The role it comes from, for those of the desk's own.
    pub parent: Option<Role>,
    /// How many permissions it grants beside its parent.
    pub more: i64,
    /// How many of its parent's it does not grant.
    pub fewer: i64,
    /// How many have it.
    pub people: i64,
}

impl RoleRow {
    /// Whether it grants just what its parent does.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.parent.is_some() && self.more == 0 && self.fewer == 0
    }
}

/// A role that can be cloned.
#[derive(Clone, Debug)]
pub struct RoleChoice {
    /// Value of the form field.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// `GET /admin/roles`; `POST` to the same address (`name`, `parent`) comes back here with faults.
#[derive(Template)]
#[template(path = "admin/roles.html")]
pub struct RolesPage {
    /// Surroundings.
    pub frame: Frame,
    /// Every role, those of every desk first.
    pub rows: Vec<RoleRow>,
    /// Roles the reader may clone.
    pub choices: Vec<RoleChoice>,
    /// The name of the clone, as typed.
    pub name: String,
    /// Of which, as chosen.
    pub parent: String,
    /// What was wrong.
    pub faults: Faults,
}

/// How a permission differs from the parent role's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Not at all.
    None,
    /// The parent does not grant it.
    More,
    /// The parent grants it.
    Fewer,
}

/// A permission, and whether the role grants it.
#[derive(Clone, Debug)]
pub struct PermissionRow {
    /// Value of the box.
    pub word: &'static str,
    /// Key of its name.
    pub label: &'static str,
    /// Key of what it gives.
    pub gives: &'static str,
    /// The role grants it.
    pub is_granted: bool,
    /// The reader has it, and may grant it.
    pub may_grant: bool,
    /// How that differs from the parent.
    pub difference: Difference,
}

/// Permissions about one thing.
#[derive(Clone, Debug)]
pub struct SubjectRows {
    /// Key of what they are about.
    pub key: &'static str,
    /// They.
    pub rows: Vec<PermissionRow>,
}

/// Somebody who has the role.
#[derive(Clone, Debug)]
pub struct HolderRow {
    /// Their number.
    pub id: i64,
    /// Their name.
    pub name: String,
}

/// `GET /admin/roles/{id}`; `POST` to the same address (`version`, `name`, `permission` for each that is ticked) and to
/// `/removal` (`version`) come back here with faults.
#[derive(Template)]
#[template(path = "admin/role.html")]
pub struct RolePage {
    /// Surroundings.
    pub frame: Frame,
    /// Which.
    pub role: Role,
    /// Its name, as it stands.
    pub title: String,
    /// Its name, as typed.
    pub name: String,
    /// Its version.
    pub version: i64,
    /// Key of its rank.
    pub rank: &'static str,
    /// Its rank gives everything.
    pub gives_all: bool,
    /// One of the desk's own.
    pub is_own: bool,
    /// Whether the reader may change it.
    pub may_change: bool,
    /// Whether the reader may clone it.
    pub may_clone: bool,
    /// The role it comes from.
    pub parent: Option<Role>,
    /// Every permission, as typed.
    pub subjects: Vec<SubjectRows>,
    /// Who has it.
    pub holders: Vec<HolderRow>,
    /// Whether the reader may open the pages of people.
    pub opens_people: bool,
    /// What was wrong.
    pub faults: Faults,
    /// Somebody else changed it meanwhile.
    pub conflict: Option<Conflict>,
}

impl RolePage {
    /// How many permissions differ from the parent's: more, fewer.
    #[must_use]
    pub fn differing(&self, difference: Difference) -> i64 {
        let rows = self.subjects.iter().flat_map(|subject| &subject.rows);
        let count = rows.filter(|row| row.difference == difference).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    }
}
