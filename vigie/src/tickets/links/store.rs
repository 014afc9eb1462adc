//! The SQL of links.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, scoped};

use super::{Kind, Row};
use crate::people::PersonId;
use crate::tickets::{Ticket, TicketId};

/// Both directions, each by its own index.
pub(super) async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Row>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT l.ticket_id, t.id AS number, l.kind, t.subject, t.state FROM ticket_links l \
         JOIN tickets t ON t.id = CASE WHEN l.ticket_id = $1 THEN l.other_id ELSE l.ticket_id END \
         WHERE (l.ticket_id = $1 OR l.other_id = $1) AND {visible:ticket_links l} AND {visible:tickets t} \
         ORDER BY t.id, l.kind, l.ticket_id",
        ticket
    ))
    .await
}

pub(super) async fn insert<A>(
    tx: &mut Tx,
    may: &May<A, Ticket>,
    (first, second): (TicketId, TicketId),
    kind: Kind,
    by: PersonId,
    now: Moment,
) -> Result<bool, Error> {
    let added = tx
        .run(acting!(
            may,
            "INSERT INTO ticket_links (ticket_id, other_id, kind, added_by_id, created_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (ticket_id, other_id, kind) DO NOTHING",
            first,
            second,
            kind,
            by,
            now
        ))
        .await?;
    Ok(added == 1)
}

pub(super) async fn remove<A>(
    tx: &mut Tx,
    may: &May<A, Ticket>,
    one: TicketId,
    other: TicketId,
) -> Result<u64, Error> {
    tx.run(acting!(
        may,
        "DELETE FROM ticket_links WHERE (ticket_id = $1 AND other_id = $2) OR (ticket_id = $2 AND other_id = $1)",
        one,
        other
    ))
    .await
}
