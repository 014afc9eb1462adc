//! The SQL of advice.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, scoped};

use super::Asked;
use crate::people::PersonId;
use crate::tickets::{Ticket, TicketId};

pub(super) async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Option<Asked>, Error> {
    ask.maybe(scoped!(
        actor,
        "SELECT q.asked_by_id, n.name AS asked_by, q.asked_at FROM advice_requests q JOIN people n ON n.id = q.asked_by_id \
         WHERE q.ticket_id = $1 AND {visible:advice_requests q}",
        ticket
    ))
    .await
}

/// Notes that somebody asks; whether nobody had until now.
pub(super) async fn insert<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    by: PersonId,
    now: Moment,
) -> Result<bool, Error> {
    tx.run(acting!(
        ticket,
        "INSERT INTO advice_requests (ticket_id, asked_by_id, asked_at) VALUES ($1, $2, $3) \
         ON CONFLICT (ticket_id) DO NOTHING",
        ticket.id,
        by,
        now
    ))
    .await
    .map(|rows| rows > 0)
}

/// Ends the asking; whether there was one.
pub(super) async fn remove<A>(tx: &mut Tx, ticket: &May<A, Ticket>) -> Result<bool, Error> {
    tx.run(acting!(
        ticket,
        "DELETE FROM advice_requests WHERE ticket_id = $1",
        ticket.id
    ))
    .await
    .map(|rows| rows > 0)
}
