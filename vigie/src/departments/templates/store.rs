//! The SQL of ticket templates.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::global;

use super::{Own, Wanted};
use crate::departments::DepartmentId;

pub(super) async fn all(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<Own>, Error> {
    ask.all(global!(
        "SELECT t.category_id, t.subject, t.body, t.priority, t.visibility, t.version FROM ticket_templates t \
         WHERE t.department_id = $1 ORDER BY t.id",
        department
    ))
    .await
}

/// Writes over `own`, or writes it for the first time. The department's row is held.
pub(super) async fn set(
    tx: &mut Tx,
    department: DepartmentId,
    own: &Own,
    wanted: Wanted<'_>,
) -> Result<(), Error> {
    let text = |text: &str| Some(text.trim_end().to_owned()).filter(|t| !t.trim().is_empty());
    let query = if own.version == 0 {
        global!(
            "INSERT INTO ticket_templates (department_id, category_id, subject, body, priority, visibility) VALUES ($1, $2, $3, $4, $5, $6)",
            department,
            own.category_id,
            text(wanted.subject.trim_start()),
            text(wanted.body),
            wanted.priority,
            wanted.visibility
        )
    } else {
        global!(
            "UPDATE ticket_templates SET subject = $3, body = $4, priority = $5, visibility = $6, version = version + 1 \
             WHERE department_id = $1 AND COALESCE(category_id, 0) = COALESCE(CAST($2 AS BIGINT), 0)",
            department,
            own.category_id,
            text(wanted.subject.trim_start()),
            text(wanted.body),
            wanted.priority,
            wanted.visibility
        )
    };
    tx.run(query).await.map(|_| ())
}
