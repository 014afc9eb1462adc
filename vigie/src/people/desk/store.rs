//! The rows of `settings`.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

pub(super) async fn get(ask: &mut dyn Answers, key: &str) -> Result<Option<String>, Error> {
    record! { struct Setting { value: String } }
    let row: Option<Setting> = ask
        .maybe(global!("SELECT value FROM settings WHERE key = $1", key))
        .await?;
    Ok(row.map(|r| r.value))
}

/// The same with the version of the row.
pub(super) async fn get_versioned(
    ask: &mut dyn Answers,
    key: &str,
) -> Result<Option<(String, i64)>, Error> {
    record! { struct Setting { value: String, version: i64 } }
    let row: Option<Setting> = ask
        .maybe(global!(
            "SELECT value, version FROM settings WHERE key = $1",
            key
        ))
        .await?;
    Ok(row.map(|r| (r.value, r.version)))
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
