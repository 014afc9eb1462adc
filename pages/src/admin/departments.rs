//! Departments, their categories and their members.

use crate::admin::leaving::Leaving;
use crate::admin::{Level, Privilege, Service};
use crate::fields::{Conflict, Faults};
use crate::frame::Frame;
use askama::Template;

/// One department in the list.
#[derive(Clone, Debug)]
pub struct DepartmentRow {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Whether it takes tickets.
    pub is_active: bool,
    /// Whether it is an entry only.
    pub is_virtual: bool,
    /// How many categories it has.
    pub categories: i64,
    /// How many members it has.
    pub members: i64,
}

/// `GET /admin/departments`; `POST /admin/departments` comes back here with a fault at `name`.
#[derive(Template)]
#[template(path = "admin/departments.html")]
pub struct DepartmentsPage {
    /// Surroundings.
    pub frame: Frame,
    /// The departments the reader may open.
    pub rows: Vec<DepartmentRow>,
    /// Whether the reader may create another one.
    pub may_create: bool,
    /// Name typed in the creation form.
    pub name: String,
    /// Whether the department to create will take tickets.
    pub is_active: bool,
    /// What was wrong.
    pub faults: Faults,
}

/// One category of a department, in tree order.
#[derive(Clone, Debug)]
pub struct CategoryRow {
    /// Its identifier.
    pub id: i64,
    /// Its version.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// How deep it stands, 0 at the top.
    pub depth: usize,
    /// The category above it.
    pub parent: Option<i64>,
    /// Whether it takes tickets.
    pub is_active: bool,
    /// What was wrong when it was changed, at `name` or `parent`.
    pub faults: Faults,
    /// Somebody else changed it meanwhile.
    pub conflict: Option<Conflict>,
    /// The places it may be moved to: its own subtree left out.
    pub parents: Vec<ParentChoice>,
    /// Where it leads, when it is an entry only.
    pub leads_to: Option<String>,
}

impl CategoryRow {
    /// How far it is indented: past four steps the name would have no room on a phone.
    #[must_use]
    pub fn shown_depth(&self) -> usize {
        self.depth.min(4)
    }

    /// Identifier of a control of its form, unique in the page.
    #[must_use]
    pub fn control(&self, field: &str) -> String {
        format!("category-{}-{field}", self.id)
    }

    /// Whether its form came back and has to be shown unfolded.
    #[must_use]
    pub fn is_unfolded(&self) -> bool {
        !self.faults.0.is_empty() || self.conflict.is_some()
    }
}

/// A category another one may stand under.
#[derive(Clone, Debug)]
pub struct ParentChoice {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How deep it stands.
    pub depth: usize,
}

impl ParentChoice {
    /// Its name behind dashes, as deep as it stands: options cannot be indented.
    #[must_use]
    pub fn indented(&self) -> String {
        format!("{}{}", "\u{2013} ".repeat(self.depth), self.name)
    }
}

/// One member of a department.
#[derive(Clone, Debug)]
pub struct MemberRow {
    /// Identifier of the person.
    pub person: i64,
    /// Version of the membership.
    pub version: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub level: Level,
    /// Privileges the reader may give, and whether each is granted.
    pub privileges: Vec<(Privilege, bool)>,
    /// What the membership holds for.
    pub services: Vec<Service>,
    /// Whether they take what is given out.
    pub is_available: bool,
    /// 0 to 100, how large a share of it, as typed.
    pub rate: String,
    /// Open tickets in their charge, when that is why the form came back: it then asks what becomes of them.
    pub leaving: Option<Leaving>,
    /// What was wrong when they were changed, at `level`.
    pub faults: Faults,
    /// Somebody else changed it meanwhile.
    pub conflict: Option<Conflict>,
}

impl MemberRow {
    /// Identifier of a control of their form, unique in the page.
    #[must_use]
    pub fn control(&self, field: &str) -> String {
        format!("member-{}-{field}", self.person)
    }

    /// Whether their form came back and has to be shown unfolded.
    #[must_use]
    pub fn is_unfolded(&self) -> bool {
        !self.faults.0.is_empty() || self.conflict.is_some()
    }

    /// How many privileges are granted.
    #[must_use]
    pub fn granted(&self) -> i64 {
        let count = self
            .privileges
            .iter()
            .filter(|(_, granted)| *granted)
            .count();
        i64::try_from(count).unwrap_or(i64::MAX)
    }
}

/// The parts of a department that somebody may change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Name, activity, default category.
    pub properties: bool,
    /// The category tree.
    pub categories: bool,
    /// The members.
    pub members: bool,
}

/// `GET /admin/departments/{id}`. Its forms:
/// `POST /admin/departments/{id}` (`name`, `active`, `default_category`, `version`),
/// `POST /admin/departments/{id}/categories` (`name`, `parent`),
/// `POST /admin/departments/{id}/categories/{category}` (`name`, `parent`, `active`, `version`),
/// `POST /admin/departments/{id}/members` (`person`: e-mail or login, `level`),
/// `POST /admin/departments/{id}/members/{person}` (`level`, `service` and `privilege` repeated, `release`, `heir`, `version`),
/// `POST /admin/departments/{id}/members/{person}/removal` (`release`, `heir`, `version`).
#[derive(Template)]
#[template(path = "admin/department.html")]
pub struct DepartmentPage {
    /// Surroundings.
    pub frame: Frame,
    /// Its identifier.
    pub id: i64,
    /// Which parts the reader may change; the others are not shown.
    pub may: Parts,
    /// Its version.
    pub version: i64,
    /// Its name, as it stands: the title.
    pub title: String,
    /// Its name, as typed.
    pub name: String,
    /// Whether it takes tickets, as ticked.
    pub is_active: bool,
    /// Whether it does not name its agents to people outside, as ticked.
    pub is_anonymous: bool,
    /// The category of tickets sent to the department alone.
    pub default_category: Option<i64>,
    /// What was wrong in the properties, at `name` or `default_category`.
    pub faults: Faults,
    /// Somebody else changed the properties meanwhile.
    pub conflict: Option<Conflict>,
    /// Its categories, in tree order.
    pub categories: Vec<CategoryRow>,
    /// Every category a new one may stand under.
    pub parents: Vec<ParentChoice>,
    /// Name typed for a new category.
    pub new_category: String,
    /// Where the new category would stand.
    pub new_parent: Option<i64>,
    /// What was wrong with the new category, at `name` or `parent`.
    pub category_faults: Faults,
    /// Its members, by name.
    pub members: Vec<MemberRow>,
    /// E-mail or login typed for a new member.
    pub new_member: String,
    /// Level chosen for a new member.
    pub new_level: Level,
    /// What was wrong with the new member, at `person`.
    pub member_faults: Faults,
}
