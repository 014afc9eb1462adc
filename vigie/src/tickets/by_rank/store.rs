//! The rows of what was done by rank.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::{Act, Kind};
use crate::people::PersonId;
use crate::tickets::TicketId;

record! { struct Count { n: i64 } }

/// Whether it is written down, told on this day or not yet.
pub(super) async fn is_known(
    ask: &mut dyn Answers,
    person: PersonId,
    ticket: TicketId,
    kind: Kind,
    day: i64,
) -> Result<bool, Error> {
    let count: Count = ask
        .one(global!(
            "SELECT COUNT(*) AS n FROM acts_by_rank WHERE person_id = $1 AND ticket_id = $2 AND kind = $3 AND day IN (0, $4)",
            person,
            ticket,
            kind,
            day
        ))
        .await?;
    Ok(count.n > 0)
}

/// Writes it down, to be told.
pub(super) async fn put(tx: &mut Tx, act: &Act) -> Result<(), Error> {
    insert(tx, act, 0).await.map(|_| ())
}

/// Whether it is the first of its day; it is from now on known for that day.
pub(super) async fn is_first_of(tx: &mut Tx, act: &Act, day: i64) -> Result<bool, Error> {
    insert(tx, act, day).await.map(|rows| rows == 1)
}

async fn insert(tx: &mut Tx, act: &Act, day: i64) -> Result<u64, Error> {
    tx.run(global!(
        "INSERT INTO acts_by_rank (person_id, ticket_id, kind, day, department_id, way) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (person_id, ticket_id, kind, day) DO NOTHING",
        act.person_id,
        act.ticket_id,
        act.kind,
        day,
        act.department_id,
        act.way
    ))
    .await
}

/// What is to be told.
pub(super) async fn waiting(ask: &mut dyn Answers, most: i64) -> Result<Vec<Act>, Error> {
    ask.all(global!(
        "SELECT person_id, ticket_id, kind, department_id, way FROM acts_by_rank WHERE day = 0 \
         ORDER BY person_id, ticket_id, kind LIMIT $1",
        most
    ))
    .await
}

/// It no longer waits.
pub(super) async fn settle(tx: &mut Tx, act: &Act) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM acts_by_rank WHERE person_id = $1 AND ticket_id = $2 AND kind = $3 AND day = 0",
        act.person_id,
        act.ticket_id,
        act.kind
    ))
    .await
    .map(|_| ())
}

/// Forgets days before one: what they are for is told.
pub(super) async fn forget_before(tx: &mut Tx, day: i64) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM acts_by_rank WHERE day <> 0 AND day < $1",
        day
    ))
    .await
    .map(|_| ())
}
