//! The rows of what somebody has yet to be told, and of sessions that are turned.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::Notice;
use crate::people::PersonId;

/// What it was stays, as long as they were not told.
pub(super) async fn put(
    tx: &mut Tx,
    person: PersonId,
    (role, permissions, scope): (&str, &str, &str),
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO rights_notices (person_id, was_role, was_permissions, was_scope, changed_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (person_id) DO UPDATE SET \
         was_role = CASE WHEN rights_notices.seen_at IS NULL THEN rights_notices.was_role ELSE $2 END, \
         was_permissions = CASE WHEN rights_notices.seen_at IS NULL THEN rights_notices.was_permissions ELSE $3 END, \
         was_scope = CASE WHEN rights_notices.seen_at IS NULL THEN rights_notices.was_scope ELSE $4 END, \
         changed_at = $5, seen_at = NULL, version = rights_notices.version + 1",
        person,
        role,
        permissions,
        scope,
        now
    ))
    .await
    .map(|_| ())
}

/// Whoever was changed back has nothing to be told. The row stays, so that a button on a page from before is of an
/// older version than whatever comes next.
pub(super) async fn forget_unless_different(
    tx: &mut Tx,
    person: PersonId,
    (role, scope): (&str, &str),
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE rights_notices SET seen_at = $4 WHERE person_id = $1 AND seen_at IS NULL AND was_role = $2 AND was_scope = $3",
        person,
        role,
        scope,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn notice(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Option<Notice>, Error> {
    ask.maybe(global!(
        "SELECT n.was_role, n.was_permissions, n.was_scope, r.name AS role_name, n.version FROM rights_notices n \
         LEFT JOIN agents a ON a.person_id = n.person_id LEFT JOIN roles r ON r.id = a.role_id \
         WHERE n.person_id = $1 AND n.seen_at IS NULL",
        person
    ))
    .await
}

/// Whether there was something of this version that they now know.
pub(super) async fn see(
    tx: &mut Tx,
    person: PersonId,
    version: i64,
    now: Moment,
) -> Result<bool, Error> {
    tx.run(global!(
        "UPDATE rights_notices SET seen_at = $3 WHERE person_id = $1 AND version = $2 AND seen_at IS NULL",
        person,
        version,
        now
    ))
    .await
    .map(|rows| rows == 1)
}

pub(super) async fn must_turn(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE sessions SET must_turn = TRUE WHERE person_id = $1",
        person
    ))
    .await
    .map(|_| ())
}

pub(super) async fn turn(
    tx: &mut Tx,
    old_hash: &str,
    hash: &str,
    now: Moment,
) -> Result<bool, Error> {
    tx.run(global!(
        "UPDATE sessions SET token_hash = $2, old_hash = $1, turned_at = $3, must_turn = FALSE WHERE token_hash = $1 AND must_turn",
        old_hash,
        hash,
        now
    ))
    .await
    .map(|rows| rows == 1)
}

pub(super) async fn successor(
    ask: &mut dyn Answers,
    old_hash: &str,
    since: Moment,
) -> Result<Option<String>, Error> {
    record! { struct Key { token_hash: String } }
    let row: Option<Key> = ask
        .maybe(global!(
            "SELECT token_hash FROM sessions WHERE old_hash = $1 AND turned_at > $2",
            old_hash,
            since
        ))
        .await?;
    Ok(row.map(|row| row.token_hash))
}
