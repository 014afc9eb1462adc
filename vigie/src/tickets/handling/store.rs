//! The SQL of handling: what a deed leaves on the row beside what every deed leaves.

use kit::acting;
use kit::authz::May;
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;

use crate::departments::{CategoryId, Place};
use crate::people::PersonId;
use crate::policy::Visibility;
use crate::tickets::Ticket;
use crate::tickets::machine::State;

/// Moves a ticket to another place; its state and holder are moved by the common walk.
pub(super) async fn relocate<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    place: &Place,
    visibility: Visibility,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "UPDATE tickets SET department_id = $2, category_id = $3, visibility = $4, confidential_id = $5 WHERE id = $1",
        ticket.id,
        place.department_id,
        place.id,
        visibility,
        place.confidential_id
    ))
    .await?;
    Ok(())
}

/// Takes off a ticket that came into a confidence whoever made themselves its observer and was not let in.
pub(super) async fn drop_self_made_observers<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    confidential: CategoryId,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "DELETE FROM participants WHERE ticket_id = $1 AND kind = 'observer' AND added_by_id = person_id \
         AND person_id NOT IN (SELECT k.person_id FROM confidants k WHERE k.category_id = $2)",
        ticket.id,
        confidential
    ))
    .await?;
    Ok(())
}

/// When a ticket that was put off comes back by itself; `None` waits for somebody.
pub(super) async fn set_recall<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    until: Option<Moment>,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "UPDATE tickets SET recall_at = $2 WHERE id = $1",
        ticket.id,
        until
    ))
    .await?;
    Ok(())
}

/// Puts somebody in charge without counting as the last change: who changed it last is a person (trap
/// E-07). The version is that of the deed it comes with, between the two nobody saw it.
pub(super) async fn put_in_charge<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    person: PersonId,
    state: State,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "UPDATE tickets SET assignee_id = $2, state = $3, stage = $4, left_as = NULL WHERE id = $1",
        ticket.id,
        person,
        state,
        state.stage()
    ))
    .await?;
    Ok(())
}

/// Lets somebody who sends a ticket away follow it; false when they were let in already.
pub(super) async fn let_in_sender<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    sender: PersonId,
    now: Moment,
) -> Result<bool, Error> {
    let added = tx
        .run(acting!(
            ticket,
            "INSERT INTO participants (ticket_id, person_id, kind, source, added_by_id, created_at) \
             VALUES ($1, $2, 'invitee', 'transfer', $2, $3) ON CONFLICT (ticket_id, person_id, kind) DO NOTHING",
            ticket.id,
            sender,
            now
        ))
        .await?;
    Ok(added == 1)
}
