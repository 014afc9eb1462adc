//! The rows of second factors, of codes on paper, and of those who are halfway in.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use crate::people::PersonId;
use crate::people::access::entering::Means;

record! {
    /// A second factor, its seed sealed.
    #[derive(Clone, Debug)]
    pub struct Factor {
        /// The seed; opens with the key in the data folder.
        pub sealed_seed: String,
        /// When it was made.
        pub created_at: Moment,
        /// When a code proved it.
        pub confirmed_at: Option<Moment>,
    }
}

pub(super) async fn factor(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Option<Factor>, Error> {
    ask.maybe(global!(
        "SELECT sealed_seed, created_at, confirmed_at FROM second_factors WHERE person_id = $1",
        person
    ))
    .await
}

/// Over one that waits, never over one that stands.
pub(super) async fn put_offered(
    tx: &mut Tx,
    person: PersonId,
    sealed: &str,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO second_factors (person_id, sealed_seed, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (person_id) DO UPDATE SET sealed_seed = $2, created_at = $3, last_step = 0 \
         WHERE second_factors.confirmed_at IS NULL",
        person,
        sealed,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn confirm(
    tx: &mut Tx,
    person: PersonId,
    sealed: &str,
    step: i64,
    now: Moment,
) -> Result<bool, Error> {
    tx.run(global!(
        "UPDATE second_factors SET confirmed_at = $4, last_step = $3 \
         WHERE person_id = $1 AND sealed_seed = $2 AND confirmed_at IS NULL",
        person,
        sealed,
        step,
        now
    ))
    .await
    .map(|changed| changed == 1)
}

/// A step is used once, and never after a later one.
pub(super) async fn use_step(tx: &mut Tx, person: PersonId, step: i64) -> Result<bool, Error> {
    tx.run(global!(
        "UPDATE second_factors SET last_step = $2 WHERE person_id = $1 AND last_step < $2",
        person,
        step
    ))
    .await
    .map(|changed| changed == 1)
}

pub(super) async fn forget(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    delete_recovery(tx, person).await?;
    tx.run(global!(
        "DELETE FROM second_factors WHERE person_id = $1",
        person
    ))
    .await
    .map(|_| ())
}

// Codes on paper

pub(super) async fn recovery_left(ask: &mut dyn Answers, person: PersonId) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(global!(
            "SELECT COUNT(*) AS n FROM recovery_codes WHERE person_id = $1 AND used_at IS NULL",
            person
        ))
        .await?;
    Ok(count.n)
}

pub(super) async fn insert_recovery(
    tx: &mut Tx,
    person: PersonId,
    hash: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO recovery_codes (person_id, code_hash) VALUES ($1, $2)",
        person,
        hash
    ))
    .await
    .map(|_| ())
}

pub(super) async fn use_recovery(
    tx: &mut Tx,
    person: PersonId,
    hash: &str,
    now: Moment,
) -> Result<bool, Error> {
    tx.run(global!(
        "UPDATE recovery_codes SET used_at = $3 WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL",
        person,
        hash,
        now
    ))
    .await
    .map(|changed| changed == 1)
}

pub(super) async fn delete_recovery(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM recovery_codes WHERE person_id = $1",
        person
    ))
    .await
    .map(|_| ())
}

// Halfway in

pub(super) async fn insert_half(
    tx: &mut Tx,
    token_hash: &str,
    person: PersonId,
    means: Means,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO sign_in_halves (token_hash, person_id, created_at, means) VALUES ($1, $2, $3, $4)",
        token_hash,
        person,
        now,
        means
    ))
    .await
    .map(|_| ())
}

record! {
    /// A sign-in that is half done.
    #[derive(Clone, Debug)]
    pub struct Half {
        /// Whose.
        pub person_id: PersonId,
        /// What proved the first half.
        pub means: Means,
    }
}

pub(super) async fn half(
    ask: &mut dyn Answers,
    token_hash: &str,
    since: Moment,
) -> Result<Option<Half>, Error> {
    ask.maybe(global!(
        "SELECT person_id, means FROM sign_in_halves WHERE token_hash = $1 AND created_at > $2",
        token_hash,
        since
    ))
    .await
}

pub(super) async fn delete_half(tx: &mut Tx, token_hash: &str) -> Result<bool, Error> {
    tx.run(global!(
        "DELETE FROM sign_in_halves WHERE token_hash = $1",
        token_hash
    ))
    .await
    .map(|gone| gone == 1)
}

pub(super) async fn delete_halves_of(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM sign_in_halves WHERE person_id = $1",
        person
    ))
    .await
    .map(|_| ())
}

record! {
    /// Sign-ins of one person that were begun and not finished.
    #[derive(Clone, Debug)]
    pub struct Unfinished {
        /// Whose.
        pub person_id: PersonId,
        /// What proved the first half.
        pub means: Means,
        /// How many.
        pub n: i64,
    }
}

/// Those begun until then by people who did not come in since.
pub(super) async fn unfinished(
    ask: &mut dyn Answers,
    until: Moment,
) -> Result<Vec<Unfinished>, Error> {
    ask.all(global!(
        "SELECT h.person_id, h.means, COUNT(*) AS n FROM sign_in_halves h WHERE h.created_at <= $1 AND NOT EXISTS \
         (SELECT 1 FROM sessions s WHERE s.person_id = h.person_id AND s.created_at >= h.created_at) \
         GROUP BY h.person_id, h.means ORDER BY h.person_id, h.means",
        until
    ))
    .await
}

pub(super) async fn delete_halves_older(tx: &mut Tx, than: Moment) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM sign_in_halves WHERE created_at <= $1",
        than
    ))
    .await
    .map(|_| ())
}
