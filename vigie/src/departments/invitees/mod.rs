//! Permanent invitees of a department (features N-30, trap E-14): people who are let in to each ticket that
//! is opened there or sent there. A rule for tickets to come: who is on those that are there stays, and so
//! does whoever is struck from the rule.
//!
//! Whoever keeps its members keeps them: both say who reads what is asked there.

pub mod api;
pub mod pages;
mod store;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::record;

use super::DepartmentId;
use super::admin::must_match;
use super::rights::{ChangeMembers, DepartmentAdmin};
use crate::audit::{self, Deed, Entry, Pen};
use crate::people::{Person, PersonId};

record! {
    /// Somebody who comes with a department.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PermanentInvitee {
        /// Who.
        pub person_id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// Shut out since; they are not let in meanwhile.
        pub disabled_at: Option<Moment>,
    }
}

/// The permanent invitees of a department, by name.
pub async fn of(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<PermanentInvitee>, Error> {
    store::of(ask, department).await
}

/// Lets somebody in to every ticket to come. Whoever is there already stays, which is fine.
///
/// # Errors
/// `Conflict` when the department was changed meanwhile; `Invalid` at `person` for somebody shut out.
pub async fn add(
    tx: &mut Tx,
    department: &May<ChangeMembers, DepartmentAdmin>,
    actor: &Actor,
    seen: Option<i64>,
    person: &Person,
    now: Moment,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    if person.disabled_at.is_some() {
        let name = person.name.clone();
        return Err(Error::invalid_with("person", "fault-person-disabled", name));
    }
    let by = PersonId(actor.id());
    if !store::insert(tx, department.id, person.id, by, now).await? {
        return Ok(());
    }
    store::changed(tx, department.id).await?;
    let entry = Entry::of(Deed::PermanentInviteeAdded)
        .department(department.id.0)
        .person(person.id.0);
    audit::note(tx, Pen::of(actor, now), entry).await
}

/// Strikes somebody from the rule; one who is not there is struck already.
///
/// # Errors
/// `Conflict` when the department was changed meanwhile.
pub async fn remove(
    tx: &mut Tx,
    department: &May<ChangeMembers, DepartmentAdmin>,
    actor: &Actor,
    seen: Option<i64>,
    person: PersonId,
    now: Moment,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    if !store::delete(tx, department.id, person).await? {
        return Ok(());
    }
    store::changed(tx, department.id).await?;
    let entry = Entry::of(Deed::PermanentInviteeRemoved)
        .department(department.id.0)
        .person(person.0);
    audit::note(tx, Pen::of(actor, now), entry).await
}
