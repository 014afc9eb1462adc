//! The SQL that holds the tickets people take part in, before their part in them changes.

use kit::db::{Ask, Tx};
use kit::error::Error;
use kit::{record, system};

use crate::people::PersonId;

/// Holds them, as those who change a ticket do: the ticket before who takes part in it, the smallest number first. Two
/// transactions then wait for each other in one order.
pub(super) async fn hold(tx: &mut Tx, person: PersonId, other: PersonId) -> Result<(), Error> {
    record! { struct Held { id: i64 } }
    let query = system!(
        because = "the rows of tickets are held before those of who takes part in them, whoever sees them",
        "SELECT t.id FROM tickets t WHERE t.id IN (SELECT p.ticket_id FROM participants p WHERE p.person_id IN ($1, $2) OR p.added_by_id IN ($1, $2)) \
         ORDER BY t.id",
        person,
        other
    );
    let query = query.locking(tx.engine(), "t");
    tx.all::<Held>(query).await.map(|_| ())
}
