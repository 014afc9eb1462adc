//! The SQL of what becomes of people in copy.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::{CategoryCopied, Copied};
use crate::departments::{CategoryId, DepartmentId};

record! { struct Said { copied: Option<Copied> } }

pub(super) async fn of_department(
    ask: &mut dyn Answers,
    id: DepartmentId,
) -> Result<Option<Copied>, Error> {
    let said: Option<Said> = ask
        .maybe(global!("SELECT copied FROM departments WHERE id = $1", id))
        .await?;
    Ok(said.and_then(|it| it.copied))
}

pub(super) async fn categories(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<CategoryCopied>, Error> {
    ask.all(global!(
        "SELECT id, name, copied FROM categories WHERE department_id = $1 ORDER BY position, id",
        department
    ))
    .await
}

pub(super) async fn set_department(
    tx: &mut Tx,
    id: DepartmentId,
    copied: Option<Copied>,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE departments SET copied = $2, version = version + 1 WHERE id = $1",
        id,
        copied
    ))
    .await?;
    Ok(())
}

pub(super) async fn set_category(
    tx: &mut Tx,
    id: CategoryId,
    copied: Option<Copied>,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE categories SET copied = $2, version = version + 1 WHERE id = $1",
        id,
        copied
    ))
    .await?;
    Ok(())
}
