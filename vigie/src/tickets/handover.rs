//! What becomes of the tickets of somebody who leaves a department, or staff: counted first, and
//! released with a line of history each, when whoever sends them away says so.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Ask, Tx};
use kit::error::Error;
use kit::{record, system};

use super::TicketId;
use super::history::EventKind;
use super::machine::Deed;
use super::reading::find_to_change;
use super::rights::ReleaseForSomebody;
use super::verbs::{Step, carry_out};
use crate::departments::DepartmentId;
use crate::people::PersonId;

record! { struct Number { id: TicketId } }

/// How many open tickets somebody is in charge of, in one department or everywhere.
pub async fn held_open(
    ask: &mut impl Ask,
    person: PersonId,
    department: Option<DepartmentId>,
) -> Result<i64, Error> {
    let held = numbers(ask, person, department).await?;
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
    for ticket in numbers(tx, person, department).await? {
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

async fn numbers(
    ask: &mut impl Ask,
    person: PersonId,
    department: Option<DepartmentId>,
) -> Result<Vec<Number>, Error> {
    // In the order of numbers, so that two who release at once cannot wait for each other.
    ask.all(system!(
        because = "how many tickets somebody holds decides whether they may leave, whoever asks sees them or not",
        "SELECT t.id FROM tickets t WHERE t.assignee_id = $1 AND t.stage = 'open' \
         AND (CAST($2 AS BIGINT) IS NULL OR t.department_id = $2) ORDER BY t.id",
        person,
        department
    ))
    .await
}
