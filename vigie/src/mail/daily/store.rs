//! The SQL of the daily report, through its reader's eyes.

use kit::authz::Actor;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::scoped;

use super::sections::Told;
use crate::departments::DepartmentId;

/// The tickets of a department that are free or in progress, the most idle first. Of a confidence whoever is let in is told,
/// as monitoring tells them, not whoever could look by rank.
pub(super) async fn tickets(
    ask: &mut dyn Answers,
    actor: &Actor,
    department: DepartmentId,
) -> Result<Vec<Told>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT t.id, t.subject, t.state, t.category_id, c.name AS category, t.assignee_id, \
         CASE WHEN {visible:agent_names t.id} THEN p.name END AS assignee, t.updated_at, \
         (c.is_mailed_bare OR COALESCE(h.is_mailed_bare, FALSE)) AS is_bare FROM tickets t \
         JOIN categories c ON c.id = t.category_id LEFT JOIN categories h ON h.id = c.confidential_id LEFT JOIN people p ON p.id = t.assignee_id \
         WHERE t.department_id = $1 AND t.stage = 'open' AND t.state IN ('free', 'in_progress') AND {visible:tickets t} \
         AND (t.confidential_id IS NULL OR t.assignee_id = {actor} OR EXISTS (SELECT 1 FROM confidants k \
         WHERE k.category_id = t.confidential_id AND k.person_id = {actor} AND k.level IN ('view', 'edit'))) \
         ORDER BY t.updated_at, t.id",
        department
    ))
    .await
}
