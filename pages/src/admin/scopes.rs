//! Agents and how far they see: their scope, what they are in each department, and what a change would come to.

use super::people::{Role, Scope};
use super::{Level, Service};
use crate::admin::leaving::Leaving;
use crate::fields::Faults;
use crate::frame::Frame;
use crate::pager::Pager;
use askama::Template;
use words::reader::Words;

/// An agent in the list.
#[derive(Clone, Debug)]
pub struct AgentRow {
    /// Their number.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their rank.
    pub role: Role,
    /// How far they see.
    pub scope: Scope,
    /// To how many departments they belong.
    pub departments: i64,
    /// Shut out.
    pub is_disabled: bool,
}

/// `GET /admin/scopes?q=`.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/scopes.html")]
pub struct ScopesPage {
    /// Surroundings.
    pub frame: Frame,
    /// What is searched; empty for everybody.
    pub query: String,
    /// The agents of this page.
    pub rows: Vec<AgentRow>,
    /// How many scopes nobody looked at for long.
    pub due_count: i64,
    /// They, the longest first; on the first page of everybody.
    pub due: Vec<DueRow>,
    /// After how many days that is so, as typed; 0 is never.
    pub review_days: String,
    /// The version of that saying.
    pub review_version: i64,
    /// What was wrong, at `review_days`.
    pub faults: Faults,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// An agent whose scope is due for a look.
#[derive(Clone, Debug)]
pub struct DueRow {
    /// Their number.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their rank.
    pub role: Role,
    /// How far they see.
    pub scope: Scope,
    /// Version of the person.
    pub version: i64,
    /// When it was last looked at, UTC microseconds.
    pub since: i64,
}

/// A department, in the form.
#[derive(Clone, Debug)]
pub struct PlaceRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// It takes tickets.
    pub is_active: bool,
    /// What they are in it, as it stands; `None` is no member.
    pub was: Option<Level>,
    /// The same, as typed.
    pub level: Option<Level>,
    /// What teams give them there beside it: the team's name, and the level.
    pub teams: Vec<(String, Level)>,
    /// The sharing tags by which they look there, in the reader's words.
    pub tags: Vec<String>,
    /// What the membership holds for, as it stands; everything where there is none.
    pub services_were: Vec<Service>,
    /// The same, as ticked.
    pub services: Vec<Service>,
    /// The version of the membership as it stands; empty when there is none.
    pub version: String,
}

impl PlaceRow {
    /// Whether something else was typed than stands.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.was != self.level || (self.level.is_some() && self.services_were != self.services)
    }

    /// The membership in words: its level, and what it does not hold for.
    #[must_use]
    pub fn said(words: &Words, level: Option<Level>, services: &[Service]) -> String {
        let mut said = words.say(level.map_or("scopes-out", Level::key)).to_owned();
        if level.is_some() && services.len() < Service::ALL.len() {
            let held: Vec<&str> = services.iter().map(|it| words.say(it.key())).collect();
            let held = match held.as_slice() {
                [] => words.say("common-none").to_owned(),
                held => held.join(", "),
            };
            said = format!("{said} ({held})");
        }
        said
    }

    /// The levels to choose from, no member first: value, key of the name, whether it is chosen.
    #[must_use]
    pub fn choices(&self) -> Vec<(&'static str, &'static str, bool)> {
        let mut all = vec![("", "scopes-out", self.level.is_none())];
        for level in [Level::None, Level::Assigned, Level::View, Level::Edit] {
            all.push((level.code(), level.key(), self.level == Some(level)));
        }
        all
    }
}

/// What somebody sees of a department.
#[derive(Clone, Debug)]
pub struct SightRow {
    /// Its name.
    pub name: String,
    /// Its tickets.
    pub total: i64,
    /// Those seen now.
    pub now: i64,
    /// Those seen after the change.
    pub then: i64,
}

impl SightRow {
    /// What is seen more, and what no more.
    #[must_use]
    pub fn difference(&self) -> i64 {
        self.then - self.now
    }
}

/// A change in words: of what, from what, to what.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// What changes, in the reader's words.
    pub what: String,
    /// What stands.
    pub from: String,
    /// What comes.
    pub to: String,
}

/// What a change comes to.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What changes.
    pub changes: Vec<ChangeRow>,
    /// Every department.
    pub sights: Vec<SightRow>,
    /// Open tickets that have to be released.
    pub held: i64,
}

impl Preview {
    /// What is seen now, of all.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.sights.iter().map(|it| it.now).sum()
    }

    /// What is seen then, of all.
    #[must_use]
    pub fn then(&self) -> i64 {
        self.sights.iter().map(|it| it.then).sum()
    }

    /// All tickets.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.sights.iter().map(|it| it.total).sum()
    }

    /// What is seen more.
    #[must_use]
    pub fn gained(&self) -> i64 {
        self.sights.iter().map(|it| it.difference().max(0)).sum()
    }

    /// What is seen no more.
    #[must_use]
    pub fn lost(&self) -> i64 {
        self.sights.iter().map(|it| (-it.difference()).max(0)).sum()
    }
}

/// `GET /admin/scopes/{person}`. `POST` to the same address saves (`version`, `scope`, and for each department
/// `level-` and `seen-` with its number; `release`); `POST` to `…/preview` with the same fields comes back here.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/scope.html")]
pub struct ScopePage {
    /// Surroundings.
    pub frame: Frame,
    /// The first agents, to go on from one to the next.
    pub agents: Vec<AgentRow>,
    /// Which of them is shown.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their rank.
    pub role: Role,
    /// Shut out.
    pub is_disabled: bool,
    /// Whether the reader may change them.
    pub may_change: bool,
    /// Whether the reader may look at the application with their eyes.
    pub may_look: bool,
    /// Their version.
    pub version: i64,
    /// How far they see, as typed.
    pub scope: Scope,
    /// The organisations that they serve alone, as typed, one to a line; empty is all.
    pub organizations: String,
    /// The sites that they serve alone, as typed, one to a line; empty is all.
    pub sites: String,
    /// Every organisation there is.
    pub all_organizations: Vec<String>,
    /// Every site there is.
    pub all_sites: Vec<String>,
    /// Every department.
    pub places: Vec<PlaceRow>,
    /// What it comes to.
    pub preview: Preview,
    /// Open tickets in their charge, when that is why the form came back: it then asks what becomes of them.
    pub leaving: Option<Leaving>,
    /// What was wrong, at `scope`, `organizations`, `sites`, `level` or `person`.
    pub faults: Faults,
    /// Somebody else changed it meanwhile: what stands where it is not what was typed, from one to the other.
    pub conflict: Option<Vec<ChangeRow>>,
}

impl ScopePage {
    /// Whether they see everything, whatever is chosen.
    #[must_use]
    pub fn sees_everything(&self) -> bool {
        matches!(self.role, Role::Admin | Role::Owner)
    }

    /// To how many departments they belong as it stands.
    #[must_use]
    pub fn belongs(&self) -> i64 {
        let count = self.places.iter().filter(|it| it.was.is_some()).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    }
}

impl Scope {
    /// Key of what it means, where it is set.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Scope::Global | Scope::GlobalServed => "scopes-global",
            Scope::Group | Scope::GroupServed => "scopes-group",
            Scope::Restricted => "scopes-restricted",
        }
    }
}
