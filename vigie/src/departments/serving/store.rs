//! The SQL of serving.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::{Handler, Named, Taker};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
use crate::policy::{Role, permission};

/// Whoever can be in charge of a department's tickets, available or not: by a membership or by a team.
pub(super) async fn takers(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<Taker>, Error> {
    ask.all(global!(
        "SELECT s.person_id, p.name FROM sights s JOIN people p ON p.id = s.person_id \
         WHERE s.department_id = $1 AND s.takes ORDER BY p.name, p.id",
        department
    ))
    .await
}

/// Whoever comes by a team alone said nothing of being available: they are.
pub(super) async fn handlers(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<Handler>, Error> {
    record! { struct Row { person_id: PersonId, name: String, rate: i64, role: Role } }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT s.person_id, p.name, COALESCE(m.rate, 100) AS rate, COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role \
             FROM sights s JOIN people p ON p.id = s.person_id \
             LEFT JOIN memberships m ON m.person_id = s.person_id AND m.department_id = s.department_id \
             JOIN agents a ON a.person_id = s.person_id LEFT JOIN roles r ON r.id = a.role_id \
             WHERE s.department_id = $1 AND s.takes AND COALESCE(m.is_available, TRUE) AND p.disabled_at IS NULL ORDER BY p.name, p.id",
            department
        ))
        .await?;
    // What a role lets do is said by roles alone, not once more here.
    let handling = rows
        .into_iter()
        .filter(|row| row.role.carries(permission::HANDLE));
    Ok(handling
        .map(|row| Handler {
            person_id: row.person_id,
            name: row.name,
            rate: row.rate,
        })
        .collect())
}

pub(super) async fn handled_by(
    ask: &mut dyn Answers,
    person: i64,
) -> Result<Vec<DepartmentId>, Error> {
    record! { struct Row { department_id: DepartmentId } }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT department_id FROM sights WHERE person_id = $1 AND level = 'edit' ORDER BY department_id",
            person
        ))
        .await?;
    Ok(rows.into_iter().map(|row| row.department_id).collect())
}

pub(super) async fn default_category(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Option<CategoryId>, Error> {
    record! { struct Row { default_category_id: Option<CategoryId> } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT default_category_id FROM departments WHERE id = $1",
            department
        ))
        .await?;
    Ok(row.and_then(|row| row.default_category_id))
}

/// Whom the categories of a department name, as far as they still handle its tickets.
pub(super) async fn named(ask: &mut dyn Answers, department: DepartmentId) -> Result<Named, Error> {
    record! { struct Row { category_id: CategoryId, person_id: PersonId } }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT n.category_id, n.person_id FROM category_members n JOIN categories c ON c.id = n.category_id \
             JOIN sights m ON m.person_id = n.person_id AND m.department_id = c.department_id \
             WHERE c.department_id = $1 AND m.takes ORDER BY n.category_id, n.person_id",
            department
        ))
        .await?;
    let mut named = Named::new();
    for row in rows {
        named
            .entry(row.category_id)
            .or_default()
            .insert(row.person_id);
    }
    Ok(named)
}

pub(super) async fn clear(tx: &mut Tx, category: CategoryId) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM category_members WHERE category_id = $1",
        category
    ))
    .await?;
    Ok(())
}

pub(super) async fn add(tx: &mut Tx, category: CategoryId, person: PersonId) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO category_members (category_id, person_id) VALUES ($1, $2)",
        category,
        person
    ))
    .await?;
    Ok(())
}

pub(super) async fn changed(tx: &mut Tx, department: DepartmentId) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE departments SET version = version + 1 WHERE id = $1",
        department
    ))
    .await?;
    Ok(())
}
