//! The SQL of departments that look at each other's tickets.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, global, record};

use super::{ByTag, Onlooker, Partner};
use crate::departments::DepartmentId;
use crate::departments::rights::DepartmentAdmin;
use crate::people::PersonId;
use kit::authz::May;

pub(super) async fn tag(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Option<String>, Error> {
    record! { struct Row { sharing_tag: Option<String> } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT sharing_tag FROM departments WHERE id = $1",
            department
        ))
        .await?;
    Ok(row.and_then(|row| row.sharing_tag))
}

/// The others with the same tag. Counted are those whose eyes reach departments, and who look there by nothing else.
pub(super) async fn partners(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<Partner>, Error> {
    ask.all(global!(
        "SELECT o.id, o.name, \
         (SELECT COUNT(DISTINCT r.person_id) FROM sight_reasons r JOIN sights s ON s.person_id = r.person_id AND s.department_id = r.department_id \
         JOIN agents a ON a.person_id = r.person_id JOIN people p ON p.id = r.person_id \
         WHERE r.department_id = d.id AND r.shared_by_id = o.id AND COALESCE(s.own_level, 'none') NOT IN ('view', 'edit') \
         AND a.scope IN ('group', 'group_served') AND a.role NOT IN ('owner', 'admin') AND p.disabled_at IS NULL) AS look_here, \
         (SELECT COUNT(DISTINCT r.person_id) FROM sight_reasons r JOIN sights s ON s.person_id = r.person_id AND s.department_id = r.department_id \
         JOIN agents a ON a.person_id = r.person_id JOIN people p ON p.id = r.person_id \
         WHERE r.department_id = o.id AND r.shared_by_id = d.id AND COALESCE(s.own_level, 'none') NOT IN ('view', 'edit') \
         AND a.scope IN ('group', 'group_served') AND a.role NOT IN ('owner', 'admin') AND p.disabled_at IS NULL) AS look_there \
         FROM departments d JOIN departments o ON o.sharing_key = d.sharing_key AND o.id <> d.id \
         WHERE d.id = $1 ORDER BY o.name, o.id",
        department
    ))
    .await
}

pub(super) async fn tags(ask: &mut dyn Answers) -> Result<Vec<String>, Error> {
    record! { struct Row { tag: String } }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT MIN(d.sharing_tag) AS tag FROM departments d WHERE d.sharing_key IS NOT NULL GROUP BY d.sharing_key ORDER BY d.sharing_key"
        ))
        .await?;
    Ok(rows.into_iter().map(|row| row.tag).collect())
}

pub(super) async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<ByTag>, Error> {
    ask.all(global!(
        "SELECT DISTINCT r.department_id, o.name AS through, o.sharing_tag AS tag, o.id FROM sight_reasons r \
         JOIN departments o ON o.id = r.shared_by_id WHERE r.person_id = $1 ORDER BY o.name, o.id, r.department_id",
        person
    ))
    .await
}

/// Who looks at this department, or at one with either tag, by a tag alone.
pub(super) async fn onlookers(
    ask: &mut dyn Answers,
    department: DepartmentId,
    one: &str,
    other: &str,
) -> Result<Vec<Onlooker>, Error> {
    ask.all(global!(
        "SELECT s.person_id, s.department_id FROM sights s JOIN departments d ON d.id = s.department_id \
         WHERE (d.id = $1 OR d.sharing_key IN ($2, $3)) AND s.level IN ('view', 'edit') \
         AND COALESCE(s.own_level, 'none') NOT IN ('view', 'edit') ORDER BY s.person_id, s.department_id",
        department,
        one,
        other
    ))
    .await
}

/// Who sees what follows by itself.
pub(super) async fn set(
    tx: &mut Tx,
    department: DepartmentId,
    tag: &str,
    key: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE departments SET sharing_tag = NULLIF($2, ''), sharing_key = NULLIF($3, ''), version = version + 1 WHERE id = $1",
        department,
        tag,
        key
    ))
    .await?;
    Ok(())
}

/// Takes off a department's tickets somebody who observes them by their own choice.
pub(super) async fn drop_self_made_observers<A>(
    tx: &mut Tx,
    may: &May<A, DepartmentAdmin>,
    lost: Onlooker,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "DELETE FROM participants WHERE person_id = $1 AND kind = 'observer' AND added_by_id = person_id \
         AND ticket_id IN (SELECT t.id FROM tickets t WHERE t.department_id = $2) \
         AND EXISTS (SELECT 1 FROM agents a WHERE a.person_id = $1 AND a.scope IN ('group', 'group_served') AND a.role NOT IN ('owner', 'admin'))",
        lost.person_id,
        lost.department_id
    ))
    .await?;
    Ok(())
}
