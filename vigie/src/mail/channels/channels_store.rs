//! The SQL of keeping channels.

use kit::db::{Answers, Ask, Query, Tx, on_unique};
use kit::error::Error;
use kit::{global, record};

use super::{ChannelAdmin, ChannelId};
use crate::departments::CategoryId;

pub(super) async fn all(ask: &mut dyn Answers) -> Result<Vec<ChannelAdmin>, Error> {
    ask.all(global!(
        "SELECT h.id, h.address, h.name, h.category_id, c.name AS category, d.name AS department, h.is_active, h.version \
         FROM channels h JOIN categories c ON c.id = h.category_id JOIN departments d ON d.id = c.department_id ORDER BY h.id"
    ))
    .await
}

fn row(id: ChannelId) -> Query {
    global!(
        "SELECT h.id, h.address, h.name, h.category_id, c.name AS category, d.name AS department, h.is_active, h.version \
         FROM channels h JOIN categories c ON c.id = h.category_id JOIN departments d ON d.id = c.department_id WHERE h.id = $1",
        id
    )
}

pub(super) async fn one(
    ask: &mut dyn Answers,
    id: ChannelId,
) -> Result<Option<ChannelAdmin>, Error> {
    ask.maybe(row(id)).await
}

/// The same inside a change: nobody else changes it meanwhile.
pub(super) async fn one_to_change(
    tx: &mut Tx,
    id: ChannelId,
) -> Result<Option<ChannelAdmin>, Error> {
    let query = row(id).locking(tx.engine(), "h");
    tx.maybe(query).await
}

fn taken(error: Error) -> Error {
    let taken = Error::invalid("address", "channels-address-taken");
    on_unique(error, "channels", "address", taken)
}

pub(super) async fn insert(
    tx: &mut Tx,
    address: &str,
    name: &str,
    category: CategoryId,
    is_active: bool,
) -> Result<ChannelId, Error> {
    record! { struct Number { id: ChannelId } }
    let row: Number = tx
        .one(global!(
            "INSERT INTO channels (address, name, category_id, is_active) VALUES ($1, $2, $3, $4) RETURNING id",
            address,
            name,
            category,
            is_active
        ))
        .await
        .map_err(taken)?;
    Ok(row.id)
}

pub(super) async fn update(
    tx: &mut Tx,
    id: ChannelId,
    address: &str,
    name: &str,
    category: CategoryId,
    is_active: bool,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE channels SET address = $2, name = $3, category_id = $4, is_active = $5, version = version + 1 WHERE id = $1",
        id,
        address,
        name,
        category,
        is_active
    ))
    .await
    .map(|_| ())
    .map_err(taken)
}
