//! The SQL of signatures.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use crate::departments::DepartmentId;

pub(super) async fn of(ask: &mut dyn Answers, id: DepartmentId) -> Result<String, Error> {
    record! { struct Said { mail_signature: Option<String> } }
    let said: Option<Said> = ask
        .maybe(global!(
            "SELECT mail_signature FROM departments WHERE id = $1",
            id
        ))
        .await?;
    Ok(said.and_then(|it| it.mail_signature).unwrap_or_default())
}

pub(super) async fn set(tx: &mut Tx, id: DepartmentId, text: &str) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE departments SET mail_signature = $2, version = version + 1 WHERE id = $1",
        id,
        Some(text).filter(|text| !text.is_empty())
    ))
    .await
    .map(|_| ())
}
