//! The SQL of waiting.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::global;

use super::{CategoryDays, Days, DepartmentDays};
use crate::departments::{CategoryId, DepartmentId};

pub(super) async fn categories(ask: &mut dyn Answers) -> Result<Vec<CategoryDays>, Error> {
    ask.all(global!(
        "SELECT id, name, parent_id, department_id, expire_days, reopen_days FROM categories ORDER BY position, id"
    ))
    .await
}

pub(super) async fn departments(ask: &mut dyn Answers) -> Result<Vec<DepartmentDays>, Error> {
    ask.all(global!(
        "SELECT id, expire_days, reopen_days FROM departments ORDER BY id"
    ))
    .await
}

pub(super) async fn set_department(tx: &mut Tx, id: DepartmentId, days: Days) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE departments SET expire_days = $2, reopen_days = $3, version = version + 1 WHERE id = $1",
        id,
        days.expire,
        days.reopen
    ))
    .await?;
    Ok(())
}

pub(super) async fn set_category(tx: &mut Tx, id: CategoryId, days: Days) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE categories SET expire_days = $2, reopen_days = $3, version = version + 1 WHERE id = $1",
        id,
        days.expire,
        days.reopen
    ))
    .await?;
    Ok(())
}
