//! The SQL of noting.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record, system};

use super::chain::Row;

record! {
    /// The newest entry.
    pub(super) struct Head {
        /// Its number.
        pub(super) number: i64,
        /// Its link.
        pub(super) link: String,
    }
}

pub(super) async fn head(ask: &mut dyn Answers) -> Result<Head, Error> {
    ask.one(global!("SELECT h.number, h.link FROM audit_head h"))
        .await
}

/// The number of the next entry, and the link of the one before it. Nobody else gets one until this
/// transaction ends.
pub(super) async fn take_head(tx: &mut Tx) -> Result<Head, Error> {
    tx.one(global!(
        "UPDATE audit_head SET number = number + 1 WHERE id = 1 RETURNING number, link"
    ))
    .await
}

pub(super) async fn append(tx: &mut Tx, row: &Row) -> Result<(), Error> {
    tx.run(system!(
        because = "what was done is noted, whoever may read of it",
        "INSERT INTO audit_entries (id, at, actor_id, way, deed, person_id, department_id, detail, detail_digest, link) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        row.id,
        row.at,
        row.actor_id,
        row.way,
        row.deed,
        row.person_id,
        row.department_id,
        row.detail.as_str(),
        row.detail_digest.as_str(),
        row.link.as_str()
    ))
    .await?;
    tx.run(global!(
        "UPDATE audit_head SET link = $1 WHERE id = 1",
        row.link.as_str()
    ))
    .await
    .map(|_| ())
}

pub(super) async fn after(ask: &mut dyn Answers, last: i64, limit: i64) -> Result<Vec<Row>, Error> {
    ask.all(system!(
        because = "whether the chain holds is asked of all of it, and nothing that it tells is shown",
        "SELECT e.id, e.at, e.actor_id, e.way, e.deed, e.person_id, e.department_id, e.detail, e.detail_digest, e.link \
         FROM audit_entries e WHERE e.id > $1 ORDER BY e.id LIMIT $2",
        last,
        limit
    ))
    .await
}
