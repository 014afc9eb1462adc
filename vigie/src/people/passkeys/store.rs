//! The rows of passkeys and of challenges.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx, on_unique};
use kit::error::Error;
use kit::{global, record};

use super::ceremony::Registered;
use super::{Listed, PasskeyId};
use crate::people::PersonId;

record! {
    /// A passkey as it is checked.
    #[derive(Clone, Debug)]
    pub struct Known {
        /// Its row.
        pub id: PasskeyId,
        /// Whose.
        pub person_id: PersonId,
        /// The public key, as COSE spells it.
        pub public_key: Vec<u8>,
        /// How often it was used, as the authenticator counted.
        pub counter: i64,
    }
}

pub(super) async fn list(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<Listed>, Error> {
    ask.all(global!(
        "SELECT id, name, credential, created_at, used_at, version FROM passkeys WHERE person_id = $1 ORDER BY id",
        person
    ))
    .await
}

pub(super) async fn insert(
    tx: &mut Tx,
    person: PersonId,
    name: &str,
    credential: &str,
    made: &Registered,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO passkeys (person_id, name, credential, public_key, counter, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        person,
        name,
        credential,
        made.public_key.as_slice(),
        made.counter,
        now
    ))
    .await
    .map(|_| ())
    .map_err(|e| {
        let taken = Error::invalid("passkey", "access-passkey-known");
        on_unique(e, "passkeys", "credential", taken)
    })
}

pub(super) async fn by_credential(
    ask: &mut dyn Answers,
    credential: &str,
) -> Result<Option<Known>, Error> {
    ask.maybe(global!(
        "SELECT id, person_id, public_key, counter FROM passkeys WHERE credential = $1",
        credential
    ))
    .await
}

pub(super) async fn note_use(
    tx: &mut Tx,
    id: PasskeyId,
    (from, to): (i64, i64),
    now: Moment,
) -> Result<bool, Error> {
    tx.run(global!(
        "UPDATE passkeys SET counter = $3, used_at = $4 WHERE id = $1 AND counter = $2",
        id,
        from,
        to,
        now
    ))
    .await
    .map(|changed| changed == 1)
}

pub(super) async fn rename(tx: &mut Tx, id: PasskeyId, name: &str) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE passkeys SET name = $2, version = version + 1 WHERE id = $1",
        id,
        name
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete(tx: &mut Tx, person: PersonId, id: PasskeyId) -> Result<u64, Error> {
    tx.run(global!(
        "DELETE FROM passkeys WHERE id = $1 AND person_id = $2",
        id,
        person
    ))
    .await
}

pub(super) async fn delete_of(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.run(global!("DELETE FROM passkeys WHERE person_id = $1", person))
        .await
        .map(|_| ())
}

// Challenges

pub(super) async fn insert_challenge(
    tx: &mut Tx,
    hash: &str,
    person: Option<PersonId>,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO passkey_challenges (challenge_hash, person_id, created_at) VALUES ($1, $2, $3)",
        hash,
        person,
        now
    ))
    .await
    .map(|_| ())
}

/// Once, and only for whom it was made.
pub(super) async fn take_challenge(
    tx: &mut Tx,
    hash: &str,
    person: Option<PersonId>,
    since: Moment,
) -> Result<bool, Error> {
    tx.run(global!(
        "DELETE FROM passkey_challenges WHERE challenge_hash = $1 AND COALESCE(person_id, 0) = $2 AND created_at > $3",
        hash,
        person.map_or(0, |p| p.0),
        since
    ))
    .await
    .map(|gone| gone == 1)
}

pub(super) async fn delete_challenges_older(tx: &mut Tx, than: Moment) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM passkey_challenges WHERE created_at <= $1",
        than
    ))
    .await
    .map(|_| ())
}
