//! The rows of `settings`.

use kit::db::{Answers, Ask, Query, Tx};
use kit::error::Error;
use kit::{global, record};

pub(super) async fn get(ask: &mut dyn Answers, key: &str) -> Result<Option<String>, Error> {
    record! { struct Setting { value: String } }
    let row: Option<Setting> = ask
        .maybe(global!("SELECT value FROM settings WHERE key = $1", key))
        .await?;
    Ok(row.map(|r| r.value))
}

record! { struct Versioned { value: String, version: i64 } }

fn versioned(key: &str) -> Query {
    global!(
        "SELECT s.value, s.version FROM settings s WHERE s.key = $1",
        key
    )
}

/// The same with the version of the row.
pub(super) async fn get_versioned(
    ask: &mut dyn Answers,
    key: &str,
) -> Result<Option<(String, i64)>, Error> {
    let row: Option<Versioned> = ask.maybe(versioned(key)).await?;
    Ok(row.map(|r| (r.value, r.version)))
}

/// The same, and nobody else changes it until the transaction ends.
pub(super) async fn hold(tx: &mut Tx, key: &str) -> Result<Option<(String, i64)>, Error> {
    let query = versioned(key).locking(tx.engine(), "s");
    let row: Option<Versioned> = tx.maybe(query).await?;
    Ok(row.map(|r| (r.value, r.version)))
}

/// Says it when it is of this version still, 0 before the first; false when somebody was quicker.
pub(super) async fn put_versioned(
    tx: &mut Tx,
    key: &str,
    value: &str,
    version: i64,
) -> Result<bool, Error> {
    tx.run(global!(
        "INSERT INTO settings (key, value) VALUES ($1, $2) \
         ON CONFLICT (key) DO UPDATE SET value = $2, version = settings.version + 1 WHERE settings.version = $3",
        key,
        value,
        version
    ))
    .await
    .map(|rows| rows == 1)
}

pub(super) async fn put(tx: &mut Tx, key: &str, value: &str) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO settings (key, value) VALUES ($1, $2) \
         ON CONFLICT (key) DO UPDATE SET value = $2, version = settings.version + 1",
        key,
        value
    ))
    .await
    .map(|_| ())
}

pub(super) async fn has_owner(ask: &mut dyn Answers) -> Result<bool, Error> {
    record! { struct Owners { n: i64 } }
    let row: Owners = ask
        .one(global!(
            "SELECT COUNT(*) AS n FROM agents WHERE role = 'owner'"
        ))
        .await?;
    Ok(row.n > 0)
}
