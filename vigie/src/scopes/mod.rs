//! How far an agent sees: their scope and every membership at once, shown before it is saved.
//!
//! A preview is the change itself, made in a transaction that is dropped: what the agent would see is asked of
//! the rule as that agent, inside it. Nothing is worked out here a second time.
//!
//! Deliberately absent: privileges, availability and shares, which stand with each department; roles, which
//! stand with the person.

pub mod api;
pub mod pages;
pub mod preview;
pub mod review;
pub mod saving;
mod store;
mod views;

use std::collections::BTreeMap;

use kit::authz::{Action, Actor, Judged};
use kit::db::Answers;
use kit::error::Error;

use crate::departments::admin::{self as departments, MembershipOf};
use crate::departments::sharing::{self, ByTag};
use crate::departments::teams::{self, ByTeam};
use crate::departments::{DepartmentId, DepartmentName};
use crate::inspector::{self, Seer};
use crate::people::admin::search::{self, Found, Past};
use crate::people::admin::{self, Change, PersonAdmin};
use crate::people::clientele::{self, Clientele};
use crate::people::{PersonId, eyes};
use crate::policy::{AgentScope, Level, Service};

/// An agent in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Who.
    pub person: Found,
    /// To how many departments they belong.
    pub departments: i64,
}

/// A page of agents.
#[derive(Clone, Debug)]
pub struct AgentsPage {
    /// They, by name.
    pub rows: Vec<Listed>,
    /// Whether somebody stands before them.
    pub has_before: bool,
    /// Whether somebody stands after them.
    pub has_after: bool,
}

/// Agents, by name, as people are found.
///
/// # Errors
/// `Down`, or `Bug`.
pub async fn agents(
    ask: &mut dyn Answers,
    actor: &Actor,
    text: &str,
    from: Past,
    rows: i64,
) -> Result<AgentsPage, Error> {
    let page = search::agents(ask, actor, text, from, rows).await?;
    let belong: BTreeMap<PersonId, i64> = store::memberships(ask).await?.into_iter().collect();
    let listed = |person: Found| Listed {
        departments: belong.get(&person.id).copied().unwrap_or(0),
        person,
    };
    Ok(AgentsPage {
        rows: page.rows.into_iter().map(listed).collect(),
        has_before: page.has_before,
        has_after: page.has_after,
    })
}

/// What somebody is in a department.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Their level.
    pub level: Level,
    /// What it holds for.
    pub services: Vec<Service>,
    /// Grows with every change.
    pub version: i64,
}

/// A department, and what somebody is in it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The department.
    pub department: DepartmentName,
    /// It takes tickets.
    pub is_active: bool,
    /// What they are in it; nothing when they are no member.
    pub membership: Option<Membership>,
    /// What teams give them there beside it.
    pub teams: Vec<ByTeam>,
    /// The sharing tags by which they look there.
    pub tags: Vec<ByTag>,
}

/// How far somebody sees, as it stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Who; their version is that of the scope.
    pub person: PersonAdmin,
    /// How they look at the desk.
    pub seer: Seer,
    /// How far.
    pub scope: AgentScope,
    /// Whom they serve.
    pub clientele: Clientele,
    /// Every department.
    pub places: Vec<Place>,
    /// Whether the asker may change it: nobody changes somebody of a higher rank.
    pub may_change: bool,
    /// Whether the asker may look at the application with their eyes.
    pub may_look: bool,
}

/// How far an agent sees, as it stands. For administrators.
///
/// # Errors
/// `NotFound`, also of whoever is not staff; `Forbidden` without the right to administer.
pub async fn standing(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: PersonId,
) -> Result<Standing, Error> {
    admin::must_manage(actor)?;
    let seer = inspector::seer(ask, actor, id).await?;
    let scope = seer.scope.ok_or(Error::NotFound)?;
    let person = admin::find(ask, id).await?;
    let belongs = departments::memberships(ask, id).await?;
    let by_teams = teams::of(ask, id).await?;
    let by_tags = sharing::of(ask, id).await?;
    let looks = |department: DepartmentId| {
        let here = by_tags.iter().filter(|it| it.department_id == department);
        here.cloned().collect()
    };
    let given = |department: DepartmentId| {
        let here = by_teams.iter().filter(|it| it.department_id == department);
        here.cloned().collect()
    };
    let place = |listed: departments::Listed| Place {
        teams: given(listed.id),
        tags: looks(listed.id),
        membership: of(&belongs, listed.id).map(|m| Membership {
            level: m.level,
            services: Service::read(&m.services),
            version: m.version,
        }),
        department: DepartmentName {
            id: listed.id,
            name: listed.name,
        },
        is_active: listed.is_active,
    };
    let all = departments::list(ask, actor).await?;
    let clientele = clientele::of(ask, id).await?;
    Ok(Standing {
        clientele,
        may_change: person.judge(actor, Change::NAME).is_ok(),
        may_look: eyes::may_open(actor, &person),
        places: all.into_iter().map(place).collect(),
        person,
        seer,
        scope,
    })
}

fn of(belongs: &[MembershipOf], department: DepartmentId) -> Option<&MembershipOf> {
    belongs.iter().find(|m| m.department_id == department)
}
