//! The SQL of keeping mailboxes.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Query, Tx, on_unique};
use kit::error::Error;
use kit::{global, record};

use super::fault::{Fault, Kind};
use super::{Checked, Look, MailboxAdmin, MailboxId};

/// All of them, or the one; with what became of it, and what its server withholds.
fn rows(id: Option<MailboxId>) -> Query {
    global!(
        "SELECT m.id, m.name, m.host, m.port, m.protection, m.login, m.sign_in, m.tenant, m.client_id, m.authorize_url, m.token_url, \
         m.token_scope, m.client_secret_sealed <> '' AS has_client_secret, m.refresh_token_sealed <> '' AS is_connected, m.folder, \
         m.channel_id, h.address AS channel, \
         h.is_active AS is_channel_active, m.afterwards, m.move_to, m.begins, m.trusted_receivers, m.is_active, m.version, s.succeeded_at, s.failed_at, \
         s.fault, s.fault_said, s.tested_at, s.test_fault, s.test_said, s.taken, s.too_large, \
         (SELECT COUNT(*) FROM mailbox_letters l WHERE l.mailbox_id = m.id AND l.state = 'withheld' AND l.account = s.account \
         AND l.folder = s.folder AND l.uid_validity = s.uid_validity) AS withheld, \
         (SELECT l.reason FROM mailbox_letters l WHERE l.mailbox_id = m.id AND l.state = 'withheld' AND l.account = s.account \
         AND l.folder = s.folder AND l.uid_validity = s.uid_validity ORDER BY l.id DESC LIMIT 1) AS withheld_fault, \
         COALESCE((SELECT l.said FROM mailbox_letters l WHERE l.mailbox_id = m.id AND l.state = 'withheld' AND l.account = s.account \
         AND l.folder = s.folder AND l.uid_validity = s.uid_validity ORDER BY l.id DESC LIMIT 1), '') AS withheld_said \
         FROM mailboxes m JOIN channels h ON h.id = m.channel_id JOIN mailbox_states s ON s.mailbox_id = m.id \
         WHERE m.id = $1 OR $1 = 0 ORDER BY m.id",
        id.unwrap_or(MailboxId(0))
    )
}

pub(super) async fn all(ask: &mut dyn Answers) -> Result<Vec<MailboxAdmin>, Error> {
    ask.all(rows(None)).await
}

/// The mailboxes that are to be fetched, each with what is wrong.
pub(super) async fn looks(ask: &mut dyn Answers) -> Result<Vec<Look>, Error> {
    ask.all(global!(
        "SELECT m.name, s.fault, (SELECT COUNT(*) FROM mailbox_letters l WHERE l.mailbox_id = m.id AND l.state = 'withheld' \
         AND l.account = s.account AND l.folder = s.folder AND l.uid_validity = s.uid_validity) AS withheld \
         FROM mailboxes m JOIN mailbox_states s ON s.mailbox_id = m.id \
         WHERE m.is_active = TRUE ORDER BY m.id"
    ))
    .await
}

pub(super) async fn one(
    ask: &mut dyn Answers,
    id: MailboxId,
) -> Result<Option<MailboxAdmin>, Error> {
    ask.maybe(rows(Some(id))).await
}

/// The same inside a change: nobody else changes it meanwhile.
pub(super) async fn one_to_change(
    tx: &mut Tx,
    id: MailboxId,
) -> Result<Option<MailboxAdmin>, Error> {
    let query = rows(Some(id)).locking(tx.engine(), "m");
    tx.maybe(query).await
}

/// One folder of one account is fetched once. SQLite names the columns, PostgreSQL the index.
fn taken(error: Error) -> Error {
    let taken = || Error::invalid("folder", "mailboxes-folder-taken");
    let error = on_unique(error, "mailboxes", "place", taken());
    on_unique(error, "mailboxes", "host", taken())
}

pub(super) async fn insert(tx: &mut Tx, it: &Checked) -> Result<MailboxId, Error> {
    record! { struct Number { id: MailboxId } }
    let row: Number = tx
        .one(global!(
            "INSERT INTO mailboxes (name, host, port, protection, login, password_sealed, folder, channel_id, afterwards, move_to, \
             begins, is_active, trusted_receivers, sign_in, tenant, client_id, authorize_url, token_url, token_scope) \
             VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING id",
            it.name.as_str(),
            it.host.as_str(),
            it.port,
            it.protection,
            it.login.as_str(),
            it.folder.as_str(),
            it.channel.id,
            it.afterwards,
            it.move_to.as_str(),
            it.begins,
            it.is_active,
            it.trusted_receivers.as_str(),
            it.grants.sign_in,
            it.grants.tenant.as_str(),
            it.grants.client_id.as_str(),
            it.grants.authorize_url.as_str(),
            it.grants.token_url.as_str(),
            it.grants.token_scope.as_str(),
        ))
        .await
        .map_err(taken)?;
    tx.run(global!(
        "INSERT INTO mailbox_states (mailbox_id) VALUES ($1)",
        row.id
    ))
    .await?;
    Ok(row.id)
}

pub(super) async fn update(tx: &mut Tx, id: MailboxId, it: &Checked) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE mailboxes SET name = $2, host = $3, port = $4, protection = $5, login = $6, folder = $7, channel_id = $8, \
         afterwards = $9, move_to = $10, begins = $11, is_active = $12, trusted_receivers = $13, sign_in = $14, tenant = $15, \
         client_id = $16, authorize_url = $17, token_url = $18, token_scope = $19, version = version + 1 WHERE id = $1",
        id,
        it.name.as_str(),
        it.host.as_str(),
        it.port,
        it.protection,
        it.login.as_str(),
        it.folder.as_str(),
        it.channel.id,
        it.afterwards,
        it.move_to.as_str(),
        it.begins,
        it.is_active,
        it.trusted_receivers.as_str(),
        it.grants.sign_in,
        it.grants.tenant.as_str(),
        it.grants.client_id.as_str(),
        it.grants.authorize_url.as_str(),
        it.grants.token_url.as_str(),
        it.grants.token_scope.as_str(),
    ))
    .await
    .map(|_| ())
    .map_err(taken)
}

pub(super) async fn delete(tx: &mut Tx, id: MailboxId) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM mailbox_connections WHERE mailbox_id = $1",
        id
    ))
    .await?;
    tx.run(global!(
        "DELETE FROM mailbox_states WHERE mailbox_id = $1",
        id
    ))
    .await?;
    tx.run(global!(
        "DELETE FROM mailbox_letters WHERE mailbox_id = $1",
        id
    ))
    .await?;
    tx.run(global!("DELETE FROM mailboxes WHERE id = $1", id))
        .await
        .map(|_| ())
}

/// Writes down what a test found.
pub(super) async fn tested(
    tx: &mut Tx,
    id: MailboxId,
    found: &Result<u32, Fault>,
    now: Moment,
) -> Result<(), Error> {
    let (fault, said): (Option<Kind>, String) = match found {
        Ok(count) => (None, count.to_string()),
        Err(fault) => (Some(fault.kind), fault.said.clone()),
    };
    tx.run(global!(
        "UPDATE mailbox_states SET tested_at = $2, test_fault = $3, test_said = $4 WHERE mailbox_id = $1",
        id,
        now,
        fault,
        said
    ))
    .await
    .map(|_| ())
}
