//! The SQL of where virtual departments and categories lead.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::global;

use super::Node;
use crate::departments::{CategoryId, DepartmentId};

pub(super) async fn nodes(ask: &mut dyn Answers) -> Result<Vec<Node>, Error> {
    ask.all(global!(
        "SELECT c.id, c.name, c.department_id, d.name AS department, (c.is_active AND d.is_active) AS is_active, \
         c.virtual_of_id AS own_id, d.virtual_of_id AS departments_id FROM categories c \
         JOIN departments d ON d.id = c.department_id ORDER BY d.name, d.id, c.position, c.id"
    ))
    .await
}

/// Nobody else changes where anything leads until this transaction ends.
pub(super) async fn hold(tx: &mut Tx) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE settings SET version = version + 1 WHERE key = 'redirects'"
    ))
    .await
    .map(|_| ())
}

pub(super) async fn lead_department(
    tx: &mut Tx,
    id: DepartmentId,
    to: Option<CategoryId>,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE departments SET virtual_of_id = $2, version = version + 1 WHERE id = $1",
        id,
        to
    ))
    .await
    .map(|_| ())
}

/// Both rows become new: the department's version stands for where its categories lead, and a category's
/// for the category.
pub(super) async fn lead_category(
    tx: &mut Tx,
    department: DepartmentId,
    id: CategoryId,
    to: Option<CategoryId>,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE categories SET virtual_of_id = $2, version = version + 1 WHERE id = $1",
        id,
        to
    ))
    .await?;
    tx.run(global!(
        "UPDATE departments SET version = version + 1 WHERE id = $1",
        department
    ))
    .await
    .map(|_| ())
}
