//! What agents do, as counts by day and week (features E-30, L-21; decision 0042): made of history whenever somebody
//! looks, of what that reader may read of it, and kept nowhere.
//!
//! Deliberately absent: single moments, presence, when somebody was last here, and any row of its own.

use std::collections::BTreeMap;

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Db};
use kit::error::{Because, Clash, Error};
use kit::record;

pub mod api;
pub mod pages;
pub mod periods;
mod store;

use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::{PersonId, desk};
use crate::policy::permission;
use periods::Period;

/// The most days that an owner lets anybody look back: two years.
pub const MOST_DAYS: i64 = 730;

record! {
    /// What an agent did in a period.
    #[derive(Clone, Debug)]
    pub struct Counted {
        /// Which period, counted from 0.
        pub period: i64,
        /// Who.
        pub agent_id: PersonId,
        /// Their name.
        pub agent: String,
        /// Tickets they took.
        pub taken: i64,
        /// Answers and questions they wrote to people.
        pub replies: i64,
        /// Internal notes.
        pub notes: i64,
        /// Tickets they said to be solved.
        pub closed: i64,
        /// On how many tickets they did any of it.
        pub tickets: i64,
    }
}

/// Whose activity somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's, on the tickets that they see.
    Everybodys,
    /// Their own, and that of the members of departments whose members they manage, on the tickets of these.
    OfDepartments,
    /// Their own.
    Own,
}

/// What somebody's rights open. Whether they manage members anywhere, the query asks.
///
/// # Errors
/// `NotFound` for customers.
pub fn whose(actor: &Actor) -> Result<Whose, Error> {
    if !actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    Ok(if actor.is_permitted(permission::REPORTS) {
        Whose::Everybodys
    } else if actor.is_permitted(permission::HANDLE) {
        Whose::OfDepartments
    } else {
        Whose::Own
    })
}

/// What each agent did in each period, of one agent or of all whom the actor sees, by name. Periods without anything
/// are left out.
///
/// # Errors
/// `NotFound` for customers.
pub async fn counts(
    ask: &mut dyn Answers,
    actor: &Actor,
    periods: &[Period],
    agent: Option<PersonId>,
) -> Result<Vec<Counted>, Error> {
    let whose = whose(actor)?;
    let mut all = vec![];
    for piece in periods::pieces(periods) {
        all.extend(store::counts(ask, actor, whose, piece, agent).await?);
    }
    all.sort_by(|a, b| {
        let key = |it: &Counted| (it.agent.clone(), it.agent_id.0, it.period);
        key(a).cmp(&key(b))
    });
    Ok(all)
}

/// Under which name somebody is seen at all, within all the days that anybody looks back.
///
/// # Errors
/// Of somebody else, of whom the actor sees nothing: `Forbidden` without the right to everybody's, `NotFound` with it.
pub async fn seen(
    ask: &mut dyn Answers,
    actor: &Actor,
    whole: &[Period],
    agent: PersonId,
) -> Result<String, Error> {
    if agent.0 == actor.id() {
        return Ok(crate::people::find(ask, agent).await?.name);
    }
    let found = counts(ask, actor, whole, Some(agent)).await?;
    match found.into_iter().next() {
        Some(one) => Ok(one.agent),
        None if whose(actor)? == Whose::Everybodys => Err(Error::NotFound),
        None => Err(Error::Forbidden(Because(permission::REPORTS))),
    }
}

/// What one agent did, period by period; periods without anything are there, too.
///
/// # Errors
/// As for [`seen`].
pub async fn of_agent(
    ask: &mut dyn Answers,
    actor: &Actor,
    (periods, whole): (&[Period], &[Period]),
    agent: PersonId,
) -> Result<Vec<Counted>, Error> {
    let name = seen(ask, actor, whole, agent).await?;
    let found = counts(ask, actor, periods, Some(agent)).await?;
    let mut found: BTreeMap<i64, Counted> = found.into_iter().map(|it| (it.period, it)).collect();
    let all = (0..).zip(periods).map(|(period, _)| {
        found.remove(&period).unwrap_or_else(|| Counted {
            period,
            agent_id: agent,
            agent: name.clone(),
            taken: 0,
            replies: 0,
            notes: 0,
            closed: 0,
            tickets: 0,
        })
    });
    Ok(all.collect())
}

/// Says how many days back anybody may look; 0 is not at all.
///
/// # Errors
/// `Forbidden` for whoever does not own the desk: administrators do not decide how far their own work is looked at;
/// `Conflict`; `Invalid` at `look_back_days`.
pub async fn say_days(
    db: &Db,
    actor: &Actor,
    seen: Option<i64>,
    days: i64,
    now: Moment,
) -> Result<(), Error> {
    if !actor.is_permitted(permission::OWN) {
        return Err(Error::Forbidden(Because(permission::OWN)));
    }
    let mut tx = db.write().await?;
    let (was, current) = desk::activity_days(&mut tx).await?;
    if let Some(seen) = seen.filter(|seen| *seen != current) {
        return Err(Error::Conflict(Clash::of(seen, current)));
    }
    if !(0..=MOST_DAYS).contains(&days) {
        return Err(Error::invalid("look_back_days", "fault-activity-days"));
    }
    desk::set_activity_days(&mut tx, days, current).await?;
    let (was, becomes) = (was.to_string(), days.to_string());
    let entry = Entry::change(Deed::ActivityDaysChanged).field(Field::Days, &was, &becomes);
    audit::note(&mut tx, Pen::of(actor, now), entry).await?;
    tx.commit().await
}
