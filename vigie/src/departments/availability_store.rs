//! The SQL of availability.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::global;

use super::DepartmentId;
use super::availability::Own;

pub(super) async fn of(ask: &mut dyn Answers, person: i64) -> Result<Vec<Own>, Error> {
    ask.all(global!(
        "SELECT m.department_id, d.name AS department, s.takes, m.privileges, m.is_available, m.rate \
         FROM memberships m JOIN sights s ON s.person_id = m.person_id AND s.department_id = m.department_id \
         JOIN departments d ON d.id = m.department_id \
         WHERE m.person_id = $1 AND d.is_active = TRUE ORDER BY d.name, d.id",
        person
    ))
    .await
}

pub(super) async fn set(
    tx: &mut Tx,
    person: i64,
    department: DepartmentId,
    is_available: bool,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE memberships SET is_available = $3, version = version + 1 WHERE person_id = $1 AND department_id = $2",
        person,
        department,
        is_available
    ))
    .await
    .map(|_| ())
}
