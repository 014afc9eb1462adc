//! A ticket that follows one that is over: the same need again, or a part of it, without digging up
//! what was closed long ago (ID-13, E-13).

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Db, Tx};
use kit::error::Error;

use crate::departments::{self, CategoryId};
use crate::people::PersonId;
use crate::tickets::history::{self, EventKind, NewEvent};
use crate::tickets::links::{self, Relation};
use crate::tickets::machine::Stage;
use crate::tickets::reading::{find, find_to_change};
use crate::tickets::rights::{FollowUp, Read};
use crate::tickets::verbs::{self, NewTicket, Opened};
use crate::tickets::{Audience, Ticket, TicketId};

/// Whether a ticket is over for so long that a letter about it is a new request: nobody may reopen it
/// any more as its requester, or it is in the store.
pub fn is_long_over(ticket: &Ticket) -> bool {
    match ticket.state.stage() {
        Stage::Ended => ticket.is_reopening_over,
        Stage::Archived => true,
        Stage::Open | Stage::Awaiting => false,
    }
}

/// Notes on both that `new` follows the ticket.
pub async fn note<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    new: TicketId,
    now: Moment,
) -> Result<(), Error> {
    let me = PersonId(actor.id());
    if !links::put(tx, ticket, Relation::FollowedBy, new, me, now).await? {
        return Ok(());
    }
    let line = NewEvent {
        kind: EventKind::FollowedUp,
        actor: Some(me),
        hat: ticket.hat(actor),
        audience: Audience::Staff,
        before: None,
        after: Some(new.to_string()),
        comment: None,
    };
    history::keep(tx, ticket, ticket.id, line, now)
        .await
        .map(|_| ())
}

/// What both doors do: opens the ticket that follows, for whoever asked for the first.
///
/// # Errors
/// `Forbidden` while the first can still be worked on; `Invalid` at the fields of a new ticket.
pub async fn do_follow_up(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    category: CategoryId,
    new: NewTicket,
    now: Moment,
) -> Result<Opened, Error> {
    let mut tx = db.write().await?;
    find::<Read>(&mut tx, actor, id).await?;
    let ticket = find_to_change::<FollowUp>(&mut tx, actor, id).await?;
    let opened = if ticket.is_requester(actor) {
        let first = ticket.category_id;
        let place = departments::place_following(&mut tx, actor, category, first).await?;
        verbs::open(&mut tx, &place, actor, new, now).await?
    } else {
        let place = departments::place_for_somebody(&mut tx, actor, category).await?;
        let requester = ticket.requester_id;
        verbs::open_for_somebody(&mut tx, &place, actor, requester, new, now).await?
    };
    note(&mut tx, &ticket, actor, opened.ticket, now).await?;
    tx.commit().await?;
    Ok(opened)
}
