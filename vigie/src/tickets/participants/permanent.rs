//! Who comes with a department: let in to each ticket that is opened there or sent there, by its rule. No
//! mail tells them of that; they hear of the ticket as invitees do. Its requester is never their own
//! invitee, and whoever is shut out is left out.

use kit::authz::May;
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;

use super::store;
use crate::departments::{DepartmentId, Place, invitees};
use crate::people::PersonId;
use crate::tickets::history::{self, EventKind, NewEvent};
use crate::tickets::{Audience, Hat, TicketId};

/// Lets them in to a new ticket: those of the department where it lives, and those of the virtual one by
/// which it came in (features N-30).
pub async fn let_in_with<A>(
    tx: &mut Tx,
    place: &May<A, Place>,
    ticket: TicketId,
    requester: PersonId,
    now: Moment,
) -> Result<(), Error> {
    // Nobody comes into a confidence by a list that others keep.
    if place.confidential_id.is_some() {
        return Ok(());
    }
    let (entry, lives) = (place.entry_department_id, place.department_id);
    for department in entry.into_iter().filter(|it| *it != lives).chain([lives]) {
        let_in(tx, place, ticket, department, requester, now).await?;
    }
    Ok(())
}

/// Lets them in, in the change by which the ticket comes to the department.
pub async fn let_in<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    ticket: TicketId,
    department: DepartmentId,
    requester: PersonId,
    now: Moment,
) -> Result<(), Error> {
    for one in invitees::of(tx, department).await? {
        let person = one.person_id;
        if person == requester || one.disabled_at.is_some() {
            continue;
        }
        if store::insert_permanent(tx, may, ticket, person, now).await? {
            let event = NewEvent {
                kind: EventKind::Invited,
                actor: None,
                hat: Hat::System,
                audience: Audience::Public,
                before: None,
                after: Some(person.to_string()),
                comment: None,
            };
            history::keep(tx, may, ticket, event, now).await?;
        }
    }
    Ok(())
}
