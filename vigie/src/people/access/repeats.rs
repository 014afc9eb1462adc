//! `Idempotency-Key`: a program that did not hear the answer may ask again with the same key and
//! gets the same answer, also after a restart.
//!
//! The answer is written after the deed, in a transaction of its own; should the program die in
//! between, the deed itself is protected by its `once` column, which carries the same key.

use kit::clock::{Moment, Span};
use kit::db::Db;
use kit::error::Error;
use kit::record;

use super::store;
use crate::people::PersonId;

/// How long an answer is kept.
pub const KEPT: Span = Span::hours(24);
/// A request without an answer after so long died with its program; its key is free again.
const DIED_AFTER: Span = Span::minutes(1);
/// The longest key, in bytes.
pub const LONGEST_KEY: usize = 200;

record! {
    /// What is known of a key.
    pub(super) struct Known {
        pub request_digest: String,
        pub status: Option<i64>,
        pub body: Option<String>,
    }
}

/// What to do with a request that carries a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Nobody did it yet: do it, then [`keep`] or [`forget`].
    First,
    /// It was done: this was the answer.
    Again {
        /// Its status.
        status: u16,
        /// Its body.
        body: String,
    },
    /// The same key came with another request.
    Different,
    /// The first one is still running.
    Running,
}

/// Takes a key for a request, or says why not.
pub async fn claim(
    db: &Db,
    person: PersonId,
    key: &str,
    request_digest: &str,
    now: Moment,
) -> Result<Turn, Error> {
    let mut tx = db.write().await?;
    store::delete_repeat_died(&mut tx, person, key, now.minus(DIED_AFTER), now.minus(KEPT)).await?;
    if store::insert_repeat(&mut tx, person, key, request_digest, now).await? == 1 {
        tx.commit().await?;
        return Ok(Turn::First);
    }
    let known: Option<Known> = store::repeat(&mut tx, person, key).await?;
    Ok(match known {
        Some(known) if known.request_digest != request_digest => Turn::Different,
        Some(Known {
            status: Some(status),
            body,
            ..
        }) => Turn::Again {
            status: u16::try_from(status).unwrap_or(200),
            body: body.unwrap_or_default(),
        },
        _ => Turn::Running,
    })
}

/// Keeps the answer.
pub async fn keep(
    db: &Db,
    person: PersonId,
    key: &str,
    status: u16,
    body: &str,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    store::answer_repeat(&mut tx, person, key, status, body).await?;
    tx.commit().await
}

/// Frees the key of a request that was refused, so that a corrected one may use it.
pub async fn forget(db: &Db, person: PersonId, key: &str) -> Result<(), Error> {
    let mut tx = db.write().await?;
    store::delete_repeat(&mut tx, person, key).await?;
    tx.commit().await
}
