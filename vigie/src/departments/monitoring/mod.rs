//! How much each agent hears by mail of each department they belong to, said by themselves (features N-20 to N-23;
//! decision 0054). Nobody else reads or changes it. Who is told of what is decided in `mail::recipients`.
//!
//! Deliberately absent: what concerns somebody in person (their own requests, invitations, mentions, tasks), which no
//! level silences.

pub mod api;
pub mod levels;
pub mod pages;
mod store;

use kit::db::{Answers, Tx};
use kit::error::{Clash, Error};

use super::DepartmentId;
use crate::people::PersonId;
use levels::Levels;

/// What one hears of a department.
#[derive(Clone, Debug)]
pub struct Own {
    /// The department.
    pub department_id: DepartmentId,
    /// Its name.
    pub department: String,
    /// How much.
    pub levels: Levels,
}

/// What somebody chose.
#[derive(Clone, Debug)]
pub struct Monitoring {
    /// Nothing of it is mailed for now.
    pub is_suspended: bool,
    /// The version of the whole; 1 as long as they never chose.
    pub version: i64,
    /// Every department they belong to, by membership or team, by name.
    pub departments: Vec<Own>,
}

/// What somebody chose, of every department they belong to.
pub async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<Monitoring, Error> {
    let (is_suspended, version) = store::switch(ask, person).await?;
    Ok(Monitoring {
        is_suspended,
        version,
        departments: store::levels(ask, person).await?,
    })
}

/// Sets how much one hears of these departments; the others stay.
///
/// # Errors
/// `Invalid` at `department` for one they do not belong to; `Conflict` when something was saved since the version seen.
pub async fn choose(
    tx: &mut Tx,
    person: PersonId,
    seen: Option<i64>,
    wanted: &[(DepartmentId, Levels)],
) -> Result<(), Error> {
    let stands = of(tx, person).await?;
    let is_own = |id: DepartmentId| stands.departments.iter().any(|d| d.department_id == id);
    if !wanted.iter().all(|(id, _)| is_own(*id)) {
        return Err(Error::invalid("department", "fault-department-not-yours"));
    }
    put(tx, person, seen, &stands, stands.is_suspended).await?;
    for (department, levels) in wanted {
        store::put_levels(tx, person, *department, *levels).await?;
    }
    Ok(())
}

/// Suspends all of it, or takes it up again; the levels stay as they are.
///
/// # Errors
/// `Conflict` when something was saved since the version seen.
pub async fn suspend(
    tx: &mut Tx,
    person: PersonId,
    seen: Option<i64>,
    is_suspended: bool,
) -> Result<(), Error> {
    let stands = of(tx, person).await?;
    put(tx, person, seen, &stands, is_suspended).await
}

async fn put(
    tx: &mut Tx,
    person: PersonId,
    seen: Option<i64>,
    stands: &Monitoring,
    is_suspended: bool,
) -> Result<(), Error> {
    let seen = seen.unwrap_or(stands.version);
    let is_current = seen == stands.version;
    // Asked once more as it is written: two tabs may have read the same version.
    if is_current && store::put_switch(tx, person, seen, is_suspended).await? {
        return Ok(());
    }
    Err(Error::Conflict(Clash::of(seen, stands.version)))
}

/// Forgets what somebody chose who is no longer staff.
pub(super) async fn forget(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    store::forget(tx, person).await
}
