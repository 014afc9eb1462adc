//! The SQL of monitoring mailboxes.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::{CategoryMailbox, Said};
use crate::departments::{CategoryId, DepartmentId};

record! {
    /// What a department says.
    pub(super) struct DepartmentMailbox {
        /// Where to.
        pub mailbox_address: Option<String>,
        /// How much.
        pub mailbox_alert: Option<String>,
    }
}

pub(super) async fn department(
    ask: &mut dyn Answers,
    id: DepartmentId,
) -> Result<Option<DepartmentMailbox>, Error> {
    ask.maybe(global!(
        "SELECT mailbox_address, mailbox_alert FROM departments WHERE id = $1",
        id
    ))
    .await
}

pub(super) async fn categories(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<CategoryMailbox>, Error> {
    ask.all(global!(
        "SELECT id, name, parent_id, confidential_id, mailbox_address, mailbox_alert FROM categories \
         WHERE department_id = $1 ORDER BY position, id",
        department
    ))
    .await
}

pub(super) async fn is_channel(ask: &mut dyn Answers, address: &str) -> Result<bool, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(global!(
            "SELECT COUNT(*) AS n FROM channels WHERE LOWER(address) = $1",
            address
        ))
        .await?;
    Ok(count.n > 0)
}

/// The address and the word of what was said; nothing of an address that hears nothing.
fn columns(said: &Said) -> (Option<&str>, Option<&'static str>) {
    let address = Some(said.address.as_str()).filter(|it| !it.is_empty());
    (address, said.alert.map(|alert| alert.word()))
}

pub(super) async fn set_department(
    tx: &mut Tx,
    id: DepartmentId,
    said: &Said,
) -> Result<(), Error> {
    let (address, alert) = columns(said);
    tx.run(global!(
        "UPDATE departments SET mailbox_address = $2, mailbox_alert = $3, version = version + 1 WHERE id = $1",
        id,
        address,
        alert
    ))
    .await
    .map(|_| ())
}

pub(super) async fn set_category(tx: &mut Tx, id: CategoryId, said: &Said) -> Result<(), Error> {
    let (address, alert) = columns(said);
    tx.run(global!(
        "UPDATE categories SET mailbox_address = $2, mailbox_alert = $3, version = version + 1 WHERE id = $1",
        id,
        address,
        alert
    ))
    .await
    .map(|_| ())
}

pub(super) async fn forget(tx: &mut Tx, address: &str) -> Result<u64, Error> {
    let departments = tx
        .run(global!(
            "UPDATE departments SET mailbox_address = NULL, mailbox_alert = NULL, version = version + 1 WHERE mailbox_address = LOWER($1)",
            address
        ))
        .await?;
    let categories = tx
        .run(global!(
            "UPDATE categories SET mailbox_address = NULL, mailbox_alert = 'never', version = version + 1 WHERE mailbox_address = LOWER($1)",
            address
        ))
        .await?;
    Ok(departments + categories)
}
