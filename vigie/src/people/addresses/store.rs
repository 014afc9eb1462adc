//! The rows of further addresses.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx, on_unique};
use kit::error::Error;
use kit::{global, record};

use crate::people::{PersonId, email_key};

record! {
    /// A further address.
    #[derive(Clone, Debug)]
    pub struct Address {
        /// As it was given.
        pub email: String,
        /// Since when it is theirs.
        pub created_at: Moment,
    }
}

pub(super) async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<Address>, Error> {
    ask.all(global!(
        "SELECT d.email, d.created_at FROM person_addresses d WHERE d.person_id = $1 ORDER BY d.id",
        person
    ))
    .await
}

record! { struct Number { id: i64 } }

pub(super) async fn insert(
    tx: &mut Tx,
    person: PersonId,
    email: &str,
    now: Moment,
) -> Result<(), Error> {
    let taken = || Error::invalid("email", "fault-email-taken");
    let row: Option<Number> = tx
        .maybe(global!(
            "INSERT INTO person_addresses (person_id, email, email_key, created_at) SELECT $1, $2, $3, $4 \
             WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.email_key = $3) RETURNING id",
            person,
            email.trim(),
            email_key(email),
            now
        ))
        .await
        .map_err(|e| on_unique(e, "person_addresses", "email_key", taken()))?;
    row.map(|_| ()).ok_or_else(taken)
}

/// Whether they had it. Their own version grows, as with every change of their card.
pub(super) async fn delete(tx: &mut Tx, person: PersonId, email: &str) -> Result<bool, Error> {
    let row: Option<Number> = tx
        .maybe(global!(
            "DELETE FROM person_addresses WHERE person_id = $1 AND email_key = $2 RETURNING id",
            person,
            email_key(email)
        ))
        .await?;
    // The address is written anew as it stands, so that the index hears of it.
    tx.run(global!(
        "UPDATE people SET email = email, version = version + 1 WHERE id = $1",
        person
    ))
    .await?;
    Ok(row.is_some_and(|row| row.id != 0))
}

record! { struct Said { text: String } }

pub(super) async fn known_by(ask: &mut dyn Answers, id: PersonId) -> Result<Vec<String>, Error> {
    let all: Vec<Said> = ask
        .all(global!(
            "SELECT d.email AS text FROM person_addresses d WHERE d.person_id = $1 \
             UNION SELECT p.name FROM people p WHERE p.merged_into_id = $1 ORDER BY 1",
            id
        ))
        .await?;
    Ok(all.into_iter().map(|row| row.text).collect())
}
