//! Scope and memberships, changed together or not at all.

use std::collections::{BTreeMap, BTreeSet};

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Db, Tx};
use kit::error::{Clash, Error};

use super::{of, review};
use crate::administration::departments::{counted, lowers, settle_level};
use crate::departments::DepartmentId;
use crate::departments::admin::{self as departments, MembershipOf};
use crate::departments::rights::{ChangeMembers, DepartmentAdmin, find_to_change};
use crate::inspector;
use crate::people::clientele::{self, Clientele};
use crate::people::{self, PersonId, admin};
use crate::policy::{AgentScope, Level, Service};
use crate::tickets::handover::{self, Fate};

/// Which membership a change was made upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It was not said.
    Unsaid,
    /// None was there.
    Absent,
    /// One of this version.
    Version(i64),
}

/// What somebody is to be in a department.
#[derive(Clone, Debug)]
pub struct WantedLevel {
    /// Where.
    pub department: DepartmentId,
    /// What; `None` is no member.
    pub level: Option<Level>,
    /// What the membership is to hold for; `None` leaves it, and is everything for a new one.
    pub services: Option<Vec<Service>>,
    /// What stood there when it was chosen.
    pub seen: Seen,
}

/// How far somebody is to see. Departments that are not named stay.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The version of the person when it was chosen.
    pub seen: Option<i64>,
    /// The scope; `None` leaves it.
    pub scope: Option<AgentScope>,
    /// The organisations that they are to serve; `None` leaves them.
    pub organizations: Option<Vec<String>>,
    /// The sites that they are to serve; `None` leaves them.
    pub sites: Option<Vec<String>>,
    /// The memberships.
    pub levels: Vec<WantedLevel>,
    /// What becomes of what they hold where they are lowered.
    pub fate: Fate,
}

/// One thing that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The scope: before, after.
    Scope(AgentScope, AgentScope),
    /// The organisations that they serve: before, after.
    Organizations(Vec<String>, Vec<String>),
    /// The sites that they serve: before, after.
    Sites(Vec<String>, Vec<String>),
    /// What they are in a department: before, after.
    Level {
        /// Where.
        department: DepartmentId,
        /// Its name.
        name: String,
        /// Before.
        was: Option<Level>,
        /// After.
        becomes: Option<Level>,
        /// What the membership holds for, before and after.
        services: (Vec<Service>, Vec<Service>),
        /// How many of its open tickets they hold, when they are lowered.
        held: i64,
    },
}

/// Saves scope and memberships, all or nothing. What already stands is no change, so that the same may be sent twice.
///
/// # Errors
/// `NotFound`; `Forbidden` without the right, or for somebody of a higher rank; `Conflict` when something else
/// stands than was seen; `Invalid` at `level` naming how many open tickets have to be released first.
pub async fn save(
    db: &Db,
    actor: &Actor,
    id: PersonId,
    wanted: &Wanted,
    now: Moment,
) -> Result<Vec<Changed>, Error> {
    let mut tx = db.write().await?;
    let changes = carry_out(&mut tx, actor, id, wanted, now).await?;
    tx.commit().await?;
    Ok(changes)
}

pub(super) fn held(changes: &[Changed]) -> i64 {
    let each = changes.iter().map(|change| match change {
        Changed::Scope(..) | Changed::Organizations(..) | Changed::Sites(..) => 0,
        Changed::Level { held, .. } => *held,
    });
    each.sum()
}

/// A membership as it stands.
fn as_it_stands(was: Option<&MembershipOf>) -> Option<(Level, Vec<Service>)> {
    was.map(|m| (m.level, Service::read(&m.services)))
}

/// The membership that is wanted.
fn as_wanted(was: Option<&MembershipOf>, wanted: &WantedLevel) -> Option<(Level, Vec<Service>)> {
    let level = wanted.level?;
    let services = wanted.services.clone().unwrap_or_else(|| {
        was.map_or_else(|| Service::ALL.to_vec(), |m| Service::read(&m.services))
    });
    Some((level, services))
}

/// The departments in which something else is wanted than stands, in the order in which rows are held.
fn differing(belongs: &[MembershipOf], wanted: &Wanted) -> Vec<DepartmentId> {
    let mut ids: Vec<DepartmentId> = wanted
        .levels
        .iter()
        .filter(|it| {
            let was = of(belongs, it.department);
            as_wanted(was, it) != as_it_stands(was)
        })
        .map(|it| it.department)
        .collect();
    ids.sort_unstable();
    ids
}

pub(super) async fn carry_out(
    tx: &mut Tx,
    actor: &Actor,
    id: PersonId,
    wanted: &Wanted,
    now: Moment,
) -> Result<Vec<Changed>, Error> {
    // Before anything is looked up or held: whoever does not administer learns nothing here.
    admin::must_manage(actor)?;
    inspector::seer(tx, actor, id).await?;
    let names = names(tx, actor, wanted).await?;
    // Departments before the person, as whoever lets somebody into one holds them.
    let ids = differing(&departments::memberships(tx, id).await?, wanted);
    let mut places: Vec<May<ChangeMembers, DepartmentAdmin>> = vec![];
    for department in &ids {
        places.push(find_to_change(tx, actor, *department).await?);
    }
    let person = admin::find_to_change(tx, actor, id).await?;
    let scope = person.scope.ok_or(Error::NotFound)?;
    let served = clientele::of(tx, id).await?;
    let serves = Clientele {
        organizations: wanted
            .organizations
            .as_ref()
            .unwrap_or(&served.organizations)
            .clone(),
        sites: wanted.sites.as_ref().unwrap_or(&served.sites).clone(),
    };
    let serves = clientele::known(tx, &serves).await?;
    let becomes = wanted.scope.unwrap_or(scope).narrowed(serves.is_narrow());
    let is_other = becomes != scope || serves != served;
    let belongs = departments::memberships(tx, id).await?;
    let fresh = differing(&belongs, wanted);
    if fresh.is_empty() && !is_other {
        return Ok(vec![]);
    }
    admin::must_match(&person, wanted.seen)?;
    must_match(&belongs, wanted)?;
    if fresh != ids {
        // Somebody changed one between the two looks.
        return Err(clash(0, 0));
    }
    let mut changes = vec![];
    if becomes.whole() != scope.whole() {
        changes.push(Changed::Scope(scope, becomes));
    }
    if served.organizations != serves.organizations {
        let (from, to) = (served.organizations.clone(), serves.organizations.clone());
        changes.push(Changed::Organizations(from, to));
    }
    if served.sites != serves.sites {
        changes.push(Changed::Sites(served.sites.clone(), serves.sites.clone()));
    }
    for it in wanted
        .levels
        .iter()
        .filter(|it| ids.contains(&it.department))
    {
        let was = as_it_stands(of(&belongs, it.department));
        let becomes = as_wanted(of(&belongs, it.department), it);
        let of_tickets = |it: &Option<(Level, Vec<Service>)>| {
            it.as_ref()
                .map(|(level, services)| counted(*level, services))
        };
        let held = if lowers(of_tickets(&was), of_tickets(&becomes)) {
            handover::held_open(tx, id, Some(it.department)).await?
        } else {
            0
        };
        changes.push(Changed::Level {
            department: it.department,
            name: names.get(&it.department).cloned().unwrap_or_default(),
            services: (
                was.as_ref().map(|it| it.1.clone()).unwrap_or_default(),
                becomes.as_ref().map(|it| it.1.clone()).unwrap_or_default(),
            ),
            was: was.map(|it| it.0),
            becomes: becomes.map(|it| it.0),
            held,
        });
    }
    let held = held(&changes);
    if held > 0 && wanted.fate == Fate::Unsaid {
        let held = held.to_string();
        return Err(Error::invalid_with("level", "fault-holds-tickets", held));
    }
    if is_other {
        admin::scope::change(tx, actor, &person, becomes, (&served, &serves), now).await?;
    }
    let member = people::find(tx, id).await?;
    for may in &places {
        let found = wanted.levels.iter().find(|it| it.department == may.id);
        let level = found.and_then(|it| it.level);
        let services = found.and_then(|it| it.services.clone());
        settle_level(tx, actor, may, &member, (level, services), wanted.fate, now).await?;
    }
    review::touch(tx, id, now).await?;
    Ok(changes)
}

/// The names of all departments; those that are wanted are among them, each once.
async fn names(
    tx: &mut Tx,
    actor: &Actor,
    wanted: &Wanted,
) -> Result<BTreeMap<DepartmentId, String>, Error> {
    let all = departments::list(tx, actor).await?;
    let names: BTreeMap<DepartmentId, String> =
        all.into_iter().map(|it| (it.id, it.name)).collect();
    let mut once = BTreeSet::new();
    for it in &wanted.levels {
        let Some(name) = names.get(&it.department) else {
            let detail = it.department.to_string();
            return Err(Error::invalid_with(
                "level",
                "scopes-fault-department",
                detail,
            ));
        };
        if !once.insert(it.department) {
            let detail = name.clone();
            return Err(Error::invalid_with("level", "scopes-fault-twice", detail));
        }
    }
    Ok(names)
}

fn clash(seen: i64, current: i64) -> Error {
    Error::Conflict(Clash::of(seen, current))
}

/// Every membership that was shown still stands as it was; 0 is none.
fn must_match(belongs: &[MembershipOf], wanted: &Wanted) -> Result<(), Error> {
    for it in &wanted.levels {
        let seen = match it.seen {
            Seen::Unsaid => continue,
            Seen::Absent => 0,
            Seen::Version(version) => version,
        };
        let current = of(belongs, it.department).map_or(0, |m| m.version);
        if seen != current {
            return Err(clash(seen, current));
        }
    }
    Ok(())
}
