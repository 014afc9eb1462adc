//! The SQL of what mailboxes sign in with.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::super::{MailboxAdmin, MailboxId};
use crate::audit::Field;

/// What is sealed of a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    /// Its password.
    Password,
    /// The secret of the application that reads it.
    Client,
    /// What that application was allowed.
    Refresh,
}

impl Secret {
    /// Where it is sealed to, within the place of its mailbox.
    pub fn place(self, mailbox: &str) -> String {
        match self {
            Secret::Password => mailbox.to_owned(),
            Secret::Client => format!("{mailbox} client secret"),
            Secret::Refresh => format!("{mailbox} refresh token"),
        }
    }

    /// That it was replaced, in the journal.
    pub fn field(self) -> Field {
        match self {
            Secret::Password => Field::NewPassword,
            Secret::Client => Field::NewClientSecret,
            Secret::Refresh => Field::NewRefreshToken,
        }
    }
}

record! {
    /// What is sealed of a mailbox; empty where there is none.
    pub struct Sealed {
        pub password_sealed: String,
        pub client_secret_sealed: String,
        pub refresh_token_sealed: String,
    }
}

/// What is sealed of a mailbox, if it is still the one that was read: its secrets belong to its server.
pub async fn secrets(
    ask: &mut dyn Answers,
    mailbox: &MailboxAdmin,
) -> Result<Option<Sealed>, Error> {
    ask.maybe(global!(
        "SELECT password_sealed, client_secret_sealed, refresh_token_sealed FROM mailboxes WHERE id = $1 AND version = $2",
        mailbox.id,
        mailbox.version
    ))
    .await
}

/// Replaces one of them.
pub async fn seal(tx: &mut Tx, id: MailboxId, which: Secret, sealed: &str) -> Result<(), Error> {
    let statement = match which {
        Secret::Password => global!(
            "UPDATE mailboxes SET password_sealed = $2 WHERE id = $1",
            id,
            sealed
        ),
        Secret::Client => global!(
            "UPDATE mailboxes SET client_secret_sealed = $2 WHERE id = $1",
            id,
            sealed
        ),
        Secret::Refresh => global!(
            "UPDATE mailboxes SET refresh_token_sealed = $2 WHERE id = $1",
            id,
            sealed
        ),
    };
    tx.run(statement).await.map(|_| ())
}

/// Puts another refresh token in the place of the one that was used; nothing, where another stands there by now.
pub async fn rotate(tx: &mut Tx, id: MailboxId, used: &str, sealed: &str) -> Result<bool, Error> {
    let rotated = tx
        .run(global!(
            "UPDATE mailboxes SET refresh_token_sealed = $3 WHERE id = $1 AND refresh_token_sealed = $2",
            id,
            used,
            sealed
        ))
        .await?;
    Ok(rotated == 1)
}

/// What was allowed, for the mailbox as it stood; false when it is another one by now.
pub async fn connect(
    tx: &mut Tx,
    (id, version): (MailboxId, i64),
    sealed: &str,
) -> Result<bool, Error> {
    let connected = tx
        .run(global!(
            "UPDATE mailboxes SET refresh_token_sealed = $3, version = version + 1 WHERE id = $1 AND version = $2",
            id,
            version,
            sealed
        ))
        .await?;
    Ok(connected == 1)
}

/// Becomes the one who asks for a token, when nobody else does.
pub async fn begin_asking(
    tx: &mut Tx,
    (id, asker): (MailboxId, &str),
    now: Moment,
    until: Moment,
) -> Result<bool, Error> {
    let begun = tx
        .run(global!(
            "UPDATE mailbox_states SET asker = $2, asks_until = $4 WHERE mailbox_id = $1 \
             AND (asker IS NULL OR asks_until < $3)",
            id,
            asker,
            now,
            until
        ))
        .await?;
    Ok(begun == 1)
}

/// Asks no longer.
pub async fn end_asking(tx: &mut Tx, (id, asker): (MailboxId, &str)) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE mailbox_states SET asker = NULL, asks_until = 0 WHERE mailbox_id = $1 AND asker = $2",
        id,
        asker
    ))
    .await
    .map(|_| ())
}

record! {
    /// Somebody who is on the way to a provider and back.
    pub struct Pending {
        pub mailbox_id: MailboxId,
        pub mailbox_version: i64,
        pub session: String,
        pub verifier_sealed: String,
        pub expires_at: Moment,
    }
}

/// Notes that somebody is on the way.
pub async fn set_out(tx: &mut Tx, state_hash: &str, it: &Pending) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO mailbox_connections (state_hash, mailbox_id, mailbox_version, session, verifier_sealed, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        state_hash,
        it.mailbox_id,
        it.mailbox_version,
        it.session.as_str(),
        it.verifier_sealed.as_str(),
        it.expires_at
    ))
    .await
    .map(|_| ())
}

/// Somebody came back: once.
pub async fn come_back(tx: &mut Tx, state_hash: &str) -> Result<Option<Pending>, Error> {
    tx.maybe(global!(
        "DELETE FROM mailbox_connections WHERE state_hash = $1 \
         RETURNING mailbox_id, mailbox_version, session, verifier_sealed, expires_at",
        state_hash
    ))
    .await
}

/// Forgets whoever did not come back, and whoever is on the way for this mailbox by this session.
pub async fn forget_ways(
    tx: &mut Tx,
    now: Moment,
    (id, session): (MailboxId, &str),
) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM mailbox_connections WHERE expires_at <= $1 OR (mailbox_id = $2 AND session = $3)",
        now,
        id,
        session
    ))
    .await
    .map(|_| ())
}
