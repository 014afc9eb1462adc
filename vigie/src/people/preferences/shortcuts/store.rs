//! The rows of keys.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use crate::people::PersonId;

pub(super) async fn of(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Option<(String, i64)>, Error> {
    record! { struct Row { keys: String, version: i64 } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT k.keys, k.version FROM key_maps k WHERE k.person_id = $1",
            person
        ))
        .await?;
    Ok(row.map(|row| (row.keys, row.version)))
}

pub(super) async fn put(tx: &mut Tx, person: PersonId, keys: &str) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO key_maps (person_id, keys) VALUES ($1, $2) \
         ON CONFLICT (person_id) DO UPDATE SET keys = $2, version = key_maps.version + 1",
        person,
        keys
    ))
    .await
    .map(|_| ())
}
