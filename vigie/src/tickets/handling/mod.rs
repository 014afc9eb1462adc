//! Handling a ticket beyond taking and closing it: giving it to somebody, asking, putting off, sending
//! on, turning down, withdrawing. Each verb takes the proof that one may; the state machine says where
//! it leads.

pub mod api;
pub mod clockwork;
pub mod giving_out;
pub mod pages;
pub mod portal;
mod store;
pub mod transfer;
pub mod views;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;

use super::comments::NewComment;
use super::history::EventKind;
use super::machine::Deed;
use super::rights::{Ask, Assign, Cancel, Postpone, Recall, Refuse, TakeAndAsk};
use super::steps::{Step, carry_out, write_taking};
use super::{EventId, Ticket};
use crate::departments::serving;
use crate::people::PersonId;

/// Puts a colleague in charge: one who handles tickets of this department and is available.
///
/// # Errors
/// `Invalid` at `person` for anybody else, the doer among them: that is taking.
pub async fn assign(
    tx: &mut Tx,
    ticket: &May<Assign, Ticket>,
    actor: &Actor,
    to: PersonId,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Result<EventId, Error> {
    let handlers = serving::handlers(tx, ticket.department_id, ticket.category_id).await?;
    if to.0 == actor.id() || !handlers.include(to) {
        return Err(Error::invalid("person", "fault-not-assignable"));
    }
    let step = Step {
        deed: Deed::Assign,
        kind: EventKind::Assigned,
        assignee: Some(to),
        seen,
    };
    carry_out(tx, ticket, actor, step, words, now).await
}

/// Puts it off, to a moment or until somebody brings it back.
///
/// # Errors
/// `Invalid` at `until` for a moment that is not to come.
pub async fn postpone(
    tx: &mut Tx,
    ticket: &May<Postpone, Ticket>,
    actor: &Actor,
    until: Option<Moment>,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Result<EventId, Error> {
    if until.is_some_and(|until| until <= now) {
        return Err(Error::invalid("until", "fault-moment-past"));
    }
    let step = Step {
        deed: Deed::Postpone,
        kind: EventKind::Postponed,
        assignee: ticket.assignee_id,
        seen,
    };
    let event = carry_out(tx, ticket, actor, step, words, now).await?;
    store::set_recall(tx, ticket, until).await?;
    Ok(event)
}

/// Brings it back before its time.
pub async fn recall(
    tx: &mut Tx,
    ticket: &May<Recall, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    now: Moment,
) -> Result<EventId, Error> {
    let step = Step {
        deed: Deed::Recall,
        kind: EventKind::Recalled,
        assignee: ticket.assignee_id,
        seen,
    };
    carry_out(tx, ticket, actor, step, None, now).await
}

/// Asks the requester for more: the ticket waits for their answer.
pub async fn ask(
    tx: &mut Tx,
    ticket: &May<Ask, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    question: NewComment,
    now: Moment,
) -> Result<EventId, Error> {
    let step = Step {
        deed: Deed::Ask,
        kind: EventKind::Asked,
        assignee: ticket.assignee_id,
        seen,
    };
    carry_out(tx, ticket, actor, step, Some(question), now).await
}

/// Takes and asks in one: two lines of history, one mail.
pub async fn take_and_ask(
    tx: &mut Tx,
    ticket: &May<TakeAndAsk, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    question: NewComment,
    now: Moment,
) -> Result<EventId, Error> {
    let step = Step {
        deed: Deed::TakeAndAsk,
        kind: EventKind::Asked,
        assignee: Some(PersonId(actor.id())),
        seen,
    };
    write_taking(tx, ticket, actor, now).await?;
    carry_out(tx, ticket, actor, step, Some(question), now).await
}

/// Turns it down, and may say why.
pub async fn refuse(
    tx: &mut Tx,
    ticket: &May<Refuse, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Result<EventId, Error> {
    let step = Step {
        deed: Deed::Refuse,
        kind: EventKind::Refused,
        assignee: ticket.assignee_id,
        seen,
    };
    carry_out(tx, ticket, actor, step, words, now).await
}

/// The requester withdraws it.
pub async fn cancel(
    tx: &mut Tx,
    ticket: &May<Cancel, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Result<EventId, Error> {
    let step = Step {
        deed: Deed::Cancel,
        kind: EventKind::Cancelled,
        assignee: ticket.assignee_id,
        seen,
    };
    carry_out(tx, ticket, actor, step, words, now).await
}
