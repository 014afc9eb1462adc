//! The SQL of properties. Each transaction holds the ticket's row since it was found; its version
//! grows with the line of history.

use kit::acting;
use kit::authz::May;
use kit::db::Tx;
use kit::error::Error;

use crate::people::PersonId;
use crate::tickets::{Origin, Ticket, Visibility};

pub(super) async fn set_subject<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    subject: &str,
) -> Result<(), Error> {
    let query = acting!(
        ticket,
        "UPDATE tickets SET subject = $2 WHERE id = $1",
        ticket.id,
        subject
    );
    tx.run(query).await.map(|_| ())
}

pub(super) async fn set_priority<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    priority: i64,
) -> Result<(), Error> {
    let query = acting!(
        ticket,
        "UPDATE tickets SET priority = $2 WHERE id = $1",
        ticket.id,
        priority
    );
    tx.run(query).await.map(|_| ())
}

pub(super) async fn set_origin<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    origin: Origin,
) -> Result<(), Error> {
    let query = acting!(
        ticket,
        "UPDATE tickets SET origin = $2 WHERE id = $1",
        ticket.id,
        origin
    );
    tx.run(query).await.map(|_| ())
}

pub(super) async fn set_visibility<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    visibility: Visibility,
) -> Result<(), Error> {
    let query = acting!(
        ticket,
        "UPDATE tickets SET visibility = $2 WHERE id = $1",
        ticket.id,
        visibility
    );
    tx.run(query).await.map(|_| ())
}

pub(super) async fn set_requester<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    requester: PersonId,
) -> Result<(), Error> {
    let query = acting!(
        ticket,
        "UPDATE tickets SET requester_id = $2 WHERE id = $1",
        ticket.id,
        requester
    );
    tx.run(query).await.map(|_| ())
}
