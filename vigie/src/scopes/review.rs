//! Looking at scopes again (features L-22): one that nobody looked at for long is due, and stands first
//! until somebody says that nothing is to change, or changes it.

use kit::authz::Actor;
use kit::clock::{Moment, Span};
use kit::db::{Answers, Db, Tx};
use kit::error::{Because, Clash, Error};
use kit::record;

use super::store;
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::inspector;
use crate::people::{PersonId, admin, desk};
use crate::policy::{AgentScope, Role, permission};

/// The most days one can say: ten years.
pub const MOST_DAYS: i64 = 3650;
/// The most that are shown as due.
const ROWS: i64 = 50;

record! {
    /// An agent whose scope is due.
    #[derive(Clone, Debug)]
    pub struct Due {
        /// Who.
        pub person_id: PersonId,
        /// Their name.
        pub name: String,
        /// Their role.
        pub role: Role,
        /// What a role that somebody cloned is called.
        pub role_name: Option<String>,
        /// How far they see.
        pub scope: AgentScope,
        /// The version of the person, which a review names.
        pub version: i64,
        /// When it was last looked at; when they became an agent, if never.
        pub since: Moment,
    }
}

fn of_managers_of_people(actor: &Actor) -> Result<(), Error> {
    if actor.is_permitted(permission::MANAGE_PEOPLE) {
        Ok(())
    } else {
        Err(Error::Forbidden(Because(permission::MANAGE_PEOPLE)))
    }
}

/// Since when a scope has to have been looked at; `None` when none is ever due.
async fn edge(ask: &mut dyn Answers, now: Moment) -> Result<Option<Moment>, Error> {
    let days = desk::review_days(ask).await?.0;
    Ok((days > 0).then(|| now.minus(Span::days(days))))
}

/// Agents whose scopes are due, the longest first. For whoever manages people.
///
/// # Errors
/// `Forbidden` without the right to manage people.
pub async fn due(ask: &mut dyn Answers, actor: &Actor, now: Moment) -> Result<Vec<Due>, Error> {
    of_managers_of_people(actor)?;
    match edge(ask, now).await? {
        Some(before) => store::due(ask, before, ROWS).await,
        None => Ok(vec![]),
    }
}

/// How many are due.
pub async fn count(ask: &mut dyn Answers, now: Moment) -> Result<i64, Error> {
    match edge(ask, now).await? {
        Some(before) => store::count_due(ask, before).await,
        None => Ok(0),
    }
}

/// Notes that somebody looked at it within a change of it.
pub(super) async fn touch(tx: &mut Tx, id: PersonId, now: Moment) -> Result<(), Error> {
    store::review(tx, id, now).await
}

/// Says that a scope was looked at, and nothing is to change.
///
/// # Errors
/// `NotFound` of whoever is not staff; `Forbidden` without the right, or for somebody of a higher rank;
/// `Conflict` when the person was changed since: what was looked at no longer stands.
pub async fn reviewed(
    db: &Db,
    actor: &Actor,
    id: PersonId,
    seen: Option<i64>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    inspector::seer(&mut tx, actor, id).await?;
    let person = admin::find_to_change(&mut tx, actor, id).await?;
    person.scope.ok_or(Error::NotFound)?;
    admin::must_match(&person, seen)?;
    store::review(&mut tx, id, now).await?;
    let entry = Entry::of(Deed::ScopeReviewed).person(id.0);
    audit::note(&mut tx, Pen::of(actor, now), entry).await?;
    tx.commit().await
}

/// After how many days a scope is due; 0 is never.
///
/// # Errors
/// `Forbidden` without the right to manage people; `Conflict` when somebody said something else since;
/// `Invalid` at `review_days` for days nobody can count.
pub async fn say_days(
    db: &Db,
    actor: &Actor,
    seen: Option<i64>,
    days: i64,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    say_days_in(&mut tx, actor, seen, days, now).await?;
    tx.commit().await
}

/// The same as a part of a larger change, in the transaction of whoever calls.
///
/// # Errors
/// As above.
pub async fn say_days_in(
    tx: &mut Tx,
    actor: &Actor,
    seen: Option<i64>,
    days: i64,
    now: Moment,
) -> Result<(), Error> {
    of_managers_of_people(actor)?;
    let (was, current) = desk::review_days(tx).await?;
    if let Some(seen) = seen.filter(|seen| *seen != current) {
        return Err(Error::Conflict(Clash::of(seen, current)));
    }
    if !(0..=MOST_DAYS).contains(&days) {
        return Err(Error::invalid("review_days", "fault-days"));
    }
    desk::set_review_days(tx, days, current).await?;
    let (was, becomes) = (was.to_string(), days.to_string());
    let entry = Entry::change(Deed::ReviewDaysChanged).field(Field::Days, &was, &becomes);
    audit::note(tx, Pen::of(actor, now), entry).await
}
