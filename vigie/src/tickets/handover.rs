//! What becomes of the tickets of somebody who leaves a department, or staff: counted first, and
//! released with a line of history each, when whoever sends them away says so.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;

use super::history::EventKind;
use super::machine::Deed;
use super::reading::find_to_change;
use super::rights::ReleaseForSomebody;
use super::steps::{Step, carry_out};
use super::store;
use crate::departments::DepartmentId;
use crate::people::PersonId;

/// How many open tickets somebody is in charge of, in one department or everywhere.
pub async fn held_open(
    ask: &mut dyn Answers,
    person: PersonId,
    department: Option<DepartmentId>,
) -> Result<i64, Error> {
    let held = store::held_by(ask, person, department).await?;
    Ok(i64::try_from(held.len()).unwrap_or(i64::MAX))
}

/// Releases them all. Each is found through the actor's own eyes and judged like any other deed.
///
/// # Errors
/// `NotFound` or `Forbidden` when one of them is not the actor's to release; then none is.
pub async fn release_held(
    tx: &mut Tx,
    actor: &Actor,
    person: PersonId,
    department: Option<DepartmentId>,
    now: Moment,
) -> Result<(), Error> {
    for ticket in store::held_by(tx, person, department).await? {
        let may = find_to_change::<ReleaseForSomebody>(tx, actor, ticket.id).await?;
        if may.assignee_id != Some(person) {
            // Somebody else took it between the count and now.
            continue;
        }
        let step = Step {
            deed: Deed::Release,
            kind: EventKind::Released,
            assignee: None,
            seen: None,
        };
        carry_out(tx, &may, actor, step, None, now).await?;
    }
    Ok(())
}
