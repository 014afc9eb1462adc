//! The SQL of departments, categories and memberships.

use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::global;

use super::{CategoryId, DepartmentName, Place};

pub(super) async fn places(ask: &mut dyn Answers) -> Result<Vec<Place>, Error> {
    ask.all(global!(
        "SELECT c.id, c.name, c.parent_id, c.department_id, d.name AS department, c.is_active, \
         d.is_active AS department_is_active, c.confidential_id, COALESCE(c.virtual_of_id, d.virtual_of_id) AS virtual_of_id, \
         CAST(NULL AS BIGINT) AS entry_id, CAST(NULL AS BIGINT) AS entry_department_id FROM categories c \
         JOIN departments d ON d.id = c.department_id ORDER BY d.name, d.id, c.position, c.id"
    ))
    .await
}

pub(super) async fn place(ask: &mut dyn Answers, id: CategoryId) -> Result<Option<Place>, Error> {
    ask.maybe(global!(
        "SELECT c.id, c.name, c.parent_id, c.department_id, d.name AS department, c.is_active, \
         d.is_active AS department_is_active, c.confidential_id, COALESCE(c.virtual_of_id, d.virtual_of_id) AS virtual_of_id, \
         CAST(NULL AS BIGINT) AS entry_id, CAST(NULL AS BIGINT) AS entry_department_id FROM categories c \
         JOIN departments d ON d.id = c.department_id WHERE c.id = $1",
        id
    ))
    .await
}

pub(super) async fn all_names(ask: &mut dyn Answers) -> Result<Vec<DepartmentName>, Error> {
    ask.all(global!(
        "SELECT id, name FROM departments ORDER BY name, id"
    ))
    .await
}

pub(super) async fn names_known_to(
    ask: &mut dyn Answers,
    person: i64,
) -> Result<Vec<DepartmentName>, Error> {
    ask.all(global!(
        "SELECT d.id, d.name FROM departments d WHERE d.is_active OR EXISTS (SELECT 1 FROM sights m \
         WHERE m.department_id = d.id AND m.person_id = $1 AND m.level IN ('view', 'edit')) ORDER BY d.name, d.id",
        person
    ))
    .await
}

pub(super) async fn names_of_member(
    ask: &mut dyn Answers,
    person: i64,
) -> Result<Vec<DepartmentName>, Error> {
    ask.all(global!(
        "SELECT d.id, d.name FROM departments d JOIN sights m ON m.department_id = d.id \
         WHERE m.person_id = $1 AND m.level IN ('view', 'edit') ORDER BY d.name, d.id",
        person
    ))
    .await
}
