//! `/admin/setup`: the desk set up in five steps, each a page of its own.

use crate::admin::people::{Role, Scope};
use crate::fields::Faults;
use crate::frame::Frame;
use askama::Template;

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuideStep {
    /// Who we are, and where to begin.
    Needs,
    /// How far new agents see.
    Access,
    /// Who gets which role.
    Roles,
    /// Departments, categories, members.
    Departments,
    /// When it is looked at again.
    Review,
}

impl GuideStep {
    /// All steps, in their order.
    pub const ALL: [GuideStep; 5] = [
        GuideStep::Needs,
        GuideStep::Access,
        GuideStep::Roles,
        GuideStep::Departments,
        GuideStep::Review,
    ];

    /// Its address.
    #[must_use]
    pub fn href(self) -> &'static str {
        match self {
            GuideStep::Needs => "/admin/setup/needs",
            GuideStep::Access => "/admin/setup/access",
            GuideStep::Roles => "/admin/setup/roles",
            GuideStep::Departments => "/admin/setup/departments",
            GuideStep::Review => "/admin/setup/review",
        }
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            GuideStep::Needs => "guide-needs",
            GuideStep::Access => "guide-access",
            GuideStep::Roles => "guide-roles",
            GuideStep::Departments => "guide-departments",
            GuideStep::Review => "guide-review",
        }
    }

    /// Key of what it is about.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            GuideStep::Needs => "guide-needs-about",
            GuideStep::Access => "guide-access-about",
            GuideStep::Roles => "guide-roles-about",
            GuideStep::Departments => "guide-departments-about",
            GuideStep::Review => "guide-review-about",
        }
    }
}

/// How far it is.
#[derive(Clone, Debug)]
pub struct Guide {
    /// The step that is shown.
    pub now: GuideStep,
    /// Those that were saved.
    pub done: Vec<GuideStep>,
    /// The version the reader saw.
    pub version: i64,
    /// Administration offers it still.
    pub is_offered: bool,
}

impl Guide {
    /// Whether the step was saved.
    #[must_use]
    pub fn is_done(&self, step: &GuideStep) -> bool {
        self.done.contains(step)
    }

    /// Whether the step is the one that is shown.
    #[must_use]
    pub fn is_now(&self, step: &GuideStep) -> bool {
        self.now == *step
    }
}

/// The first step.
#[derive(Template)]
#[template(path = "admin/guide_needs.html")]
pub struct NeedsPage {
    /// Surroundings.
    pub frame: Frame,
    /// How far it is.
    pub guide: Guide,
    /// `organisation`, as typed.
    pub organisation: String,
    /// `size`: `small` or `large`; nothing until it was said.
    pub size: Option<&'static str>,
    /// `departments`, as typed: one on a line.
    pub departments: String,
    /// Those that are there.
    pub standing: Vec<String>,
    /// The most that are named at once.
    pub most: i64,
    /// What is wrong.
    pub faults: Faults,
}

/// The second step.
#[derive(Template)]
#[template(path = "admin/guide_access.html")]
pub struct AccessPage {
    /// Surroundings.
    pub frame: Frame,
    /// How far it is.
    pub guide: Guide,
    /// `desk`: `open` or `partitioned`.
    pub chosen: &'static str,
    /// What the size suggests.
    pub suggested: Option<&'static str>,
    /// How many agents there are, who keep their scope.
    pub agents: i64,
    /// What is wrong.
    pub faults: Faults,
}

/// An agent who is there.
#[derive(Clone, Debug)]
pub struct AgentRow {
    /// Their identifier.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
}

/// Somebody to be invited.
#[derive(Clone, Debug)]
pub struct InviteRow {
    /// Which row, from 1.
    pub number: usize,
    /// `name-…`, as typed.
    pub name: String,
    /// `email-…`, as typed.
    pub email: String,
    /// `role-…`: the code of a role.
    pub role: String,
    /// What is wrong with it.
    pub faults: Faults,
}

impl InviteRow {
    /// Name and identifier of one of its controls.
    #[must_use]
    pub fn control(&self, field: &str) -> String {
        format!("{field}-{}", self.number - 1)
    }

    /// Which row, as it is said.
    #[must_use]
    pub fn number_said(&self) -> i64 {
        i64::try_from(self.number).unwrap_or(i64::MAX)
    }
}

/// The third step.
#[derive(Template)]
#[template(path = "admin/guide_roles.html")]
pub struct RolesPage {
    /// Surroundings.
    pub frame: Frame,
    /// How far it is.
    pub guide: Guide,
    /// Every role.
    pub roles: Vec<Role>,
    /// Those that the reader may give.
    pub given: Vec<Role>,
    /// Agents who are there.
    pub agents: Vec<AgentRow>,
    /// There are more.
    pub has_more: bool,
    /// The scope that whoever is invited gets.
    pub scope: Scope,
    /// Whether mails leave.
    pub has_relay: bool,
    /// Rows to fill.
    pub rows: Vec<InviteRow>,
    /// What is wrong with the whole.
    pub faults: Faults,
}

/// An agent who may become a member.
#[derive(Clone, Debug)]
pub struct MemberChoice {
    /// Their identifier.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Whether they are chosen.
    pub is_ticked: bool,
}

/// A department.
#[derive(Clone, Debug)]
pub struct PlaceRow {
    /// Names its fields.
    pub key: String,
    /// Its identifier; nothing while it is still to be made.
    pub id: Option<i64>,
    /// Its name; of one still to be made, as typed.
    pub name: String,
    /// `categories-…`, as typed: one on a line.
    pub categories: String,
    /// Categories it has.
    pub standing: Vec<String>,
    /// Who belongs to it.
    pub members: Vec<String>,
    /// `member-…`: who could.
    pub agents: Vec<MemberChoice>,
    /// What is wrong with it.
    pub faults: Faults,
}

impl PlaceRow {
    /// Name and identifier of one of its controls.
    #[must_use]
    pub fn control(&self, field: &str) -> String {
        format!("{field}-{}", self.key)
    }
}

/// The fourth step.
#[derive(Template)]
#[template(path = "admin/guide_departments.html")]
pub struct PlacesPage {
    /// Surroundings.
    pub frame: Frame,
    /// How far it is.
    pub guide: Guide,
    /// Departments: those to be made, then those that are there.
    pub rows: Vec<PlaceRow>,
    /// There are more departments or agents than are shown.
    pub has_more: bool,
    /// What is wrong with the whole.
    pub faults: Faults,
}

/// The fifth step.
#[derive(Template)]
#[template(path = "admin/guide_review.html")]
pub struct ReviewPage {
    /// Surroundings.
    pub frame: Frame,
    /// How far it is.
    pub guide: Guide,
    /// `review_days`, as typed.
    pub days: String,
    /// What is wrong.
    pub faults: Faults,
}

impl NeedsPage {
    fn is_size(&self, code: &str) -> bool {
        self.size == Some(code)
    }
}

impl AccessPage {
    fn is_chosen(&self, code: &str) -> bool {
        self.chosen == code
    }

    fn is_suggested(&self, code: &str) -> bool {
        self.suggested == Some(code)
    }
}
