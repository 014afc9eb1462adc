//! The SQL of permanent invitees.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::global;

use super::PermanentInvitee;
use crate::departments::DepartmentId;
use crate::people::PersonId;

pub(super) async fn of(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<PermanentInvitee>, Error> {
    ask.all(global!(
        "SELECT i.person_id, p.name, p.email, p.disabled_at FROM permanent_invitees i \
         JOIN people p ON p.id = i.person_id WHERE i.department_id = $1 ORDER BY p.name, p.id",
        department
    ))
    .await
}

/// True when they were not there before.
pub(super) async fn insert(
    tx: &mut Tx,
    department: DepartmentId,
    person: PersonId,
    by: PersonId,
    now: Moment,
) -> Result<bool, Error> {
    let added = tx
        .run(global!(
            "INSERT INTO permanent_invitees (department_id, person_id, added_by_id, created_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (department_id, person_id) DO NOTHING",
            department,
            person,
            by,
            now
        ))
        .await?;
    Ok(added == 1)
}

/// True when they were there.
pub(super) async fn delete(
    tx: &mut Tx,
    department: DepartmentId,
    person: PersonId,
) -> Result<bool, Error> {
    let removed = tx
        .run(global!(
            "DELETE FROM permanent_invitees WHERE department_id = $1 AND person_id = $2",
            department,
            person
        ))
        .await?;
    Ok(removed == 1)
}

pub(super) async fn changed(tx: &mut Tx, department: DepartmentId) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE departments SET version = version + 1 WHERE id = $1",
        department
    ))
    .await?;
    Ok(())
}
