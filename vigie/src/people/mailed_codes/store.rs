//! The rows of codes sent by mail.

use kit::clock::Moment;
use kit::db::{Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use crate::people::PersonId;

record! {
    /// Whose a code was, and where it was sent.
    #[derive(Clone, Debug)]
    pub struct Taken {
        /// Whose.
        pub person_id: PersonId,
        /// The address, as it is compared.
        pub email_key: String,
    }
}

pub(super) async fn insert(
    tx: &mut Tx,
    token_hash: &str,
    person: PersonId,
    email_key: &str,
    code_hash: &str,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO mailed_codes (token_hash, person_id, email_key, code_hash, created_at) VALUES ($1, $2, $3, $4, $5)",
        token_hash,
        person,
        email_key,
        code_hash,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn take(
    tx: &mut Tx,
    token_hash: &str,
    code_hash: &str,
    since: Moment,
) -> Result<Option<Taken>, Error> {
    tx.maybe(global!(
        "DELETE FROM mailed_codes WHERE token_hash = $1 AND code_hash = $2 AND created_at > $3 \
         RETURNING person_id, email_key",
        token_hash,
        code_hash,
        since
    ))
    .await
}

pub(super) async fn delete_of(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM mailed_codes WHERE person_id = $1",
        person
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_older(tx: &mut Tx, than: Moment) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM mailed_codes WHERE created_at <= $1",
        than
    ))
    .await
    .map(|_| ())
}
