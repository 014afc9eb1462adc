//! The SQL of monitoring.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::Own;
use super::levels::{Alert, Levels};
use crate::departments::DepartmentId;
use crate::people::PersonId;

/// The version of whoever never chose: the first choice is the next one.
const NEVER_CHOSE: i64 = 1;

/// Whether all is suspended, and the version of the whole.
pub(super) async fn switch(ask: &mut dyn Answers, person: PersonId) -> Result<(bool, i64), Error> {
    record! { struct Row { is_suspended: bool, version: i64 } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT m.is_suspended, m.version FROM monitoring m WHERE m.person_id = $1",
            person
        ))
        .await?;
    Ok(row.map_or((false, NEVER_CHOSE), |row| (row.is_suspended, row.version)))
}

pub(super) async fn levels(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<Own>, Error> {
    record! {
        struct Row {
            department_id: DepartmentId,
            department: String,
            alert_any: Option<Alert>,
            alert_category: Option<Alert>,
            alert_held: Option<Alert>,
        }
    }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT s.department_id, d.name AS department, l.alert_any, l.alert_category, l.alert_held FROM sights s \
             JOIN departments d ON d.id = s.department_id LEFT JOIN monitoring_levels l ON l.person_id = s.person_id \
             AND l.department_id = s.department_id WHERE s.person_id = $1 AND s.own_level IS NOT NULL ORDER BY d.name, d.id",
            person
        ))
        .await?;
    let own = |row: Row| Own {
        department_id: row.department_id,
        department: row.department,
        levels: match (row.alert_any, row.alert_category, row.alert_held) {
            (Some(any), Some(category), Some(held)) => Levels::raised(any, category, held),
            _ => Levels::USUAL,
        },
    };
    Ok(rows.into_iter().map(own).collect())
}

/// Writes the switch, if the version is still this one; false when it is not.
pub(super) async fn put_switch(
    tx: &mut Tx,
    person: PersonId,
    seen: i64,
    is_suspended: bool,
) -> Result<bool, Error> {
    let written = tx
        .run(global!(
            "INSERT INTO monitoring (person_id, is_suspended, version) VALUES ($1, $2, $3 + 1) ON CONFLICT (person_id) \
             DO UPDATE SET is_suspended = $2, version = monitoring.version + 1 WHERE monitoring.version = $3",
            person,
            is_suspended,
            seen
        ))
        .await?;
    Ok(written == 1)
}

pub(super) async fn put_levels(
    tx: &mut Tx,
    person: PersonId,
    department: DepartmentId,
    levels: Levels,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO monitoring_levels (person_id, department_id, alert_any, alert_category, alert_held) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person_id, department_id) \
         DO UPDATE SET alert_any = $3, alert_category = $4, alert_held = $5",
        person,
        department,
        levels.any(),
        levels.category(),
        levels.held()
    ))
    .await
    .map(|_| ())
}

pub(super) async fn forget(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    for query in [
        global!("DELETE FROM monitoring_levels WHERE person_id = $1", person),
        global!("DELETE FROM monitoring WHERE person_id = $1", person),
    ] {
        tx.run(query).await?;
    }
    Ok(())
}
