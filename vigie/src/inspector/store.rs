//! The SQL of the inspector. Whether a ticket is seen is asked as the person whom it is about.

use kit::authz::Actor;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::{global, record, scoped};

use super::{Seer, Share, Subject};
use crate::departments::DepartmentId;
use crate::people::PersonId;
use crate::policy::Level;
use crate::tickets::TicketId;

record! { struct Number { id: i64 } }

pub(super) async fn seer(ask: &mut dyn Answers, id: PersonId) -> Result<Option<Seer>, Error> {
    ask.maybe(global!(
        "SELECT p.id, p.name, p.email, p.disabled_at IS NOT NULL AS is_disabled, COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, r.name AS role_name, a.scope \
         FROM people p LEFT JOIN agents a ON a.person_id = p.id LEFT JOIN roles r ON r.id = a.role_id WHERE p.id = $1",
        id
    ))
    .await
}

pub(super) async fn staff(ask: &mut dyn Answers) -> Result<Vec<Seer>, Error> {
    ask.all(global!(
        "SELECT p.id, p.name, p.email, p.disabled_at IS NOT NULL AS is_disabled, COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, r.name AS role_name, a.scope \
         FROM people p JOIN agents a ON a.person_id = p.id LEFT JOIN roles r ON r.id = a.role_id ORDER BY p.name_key, p.id"
    ))
    .await
}

/// All staff, then whoever else is named on the ticket: nobody beside them can see it.
pub(super) async fn staff_and_named(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Seer>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT p.id, p.name, p.email, p.disabled_at IS NOT NULL AS is_disabled, COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, r.name AS role_name, a.scope \
         FROM people p LEFT JOIN agents a ON a.person_id = p.id LEFT JOIN roles r ON r.id = a.role_id WHERE {visible:people p} AND (a.person_id IS NOT NULL \
         OR p.id IN (SELECT t.requester_id FROM tickets t WHERE t.id = $1 AND {visible:tickets t}) \
         OR p.id IN (SELECT i.person_id FROM participants i WHERE i.ticket_id = $1 AND {visible:participants i})) \
         ORDER BY CASE WHEN a.person_id IS NULL THEN 1 ELSE 0 END, p.name_key, p.id",
        ticket
    ))
    .await
}

pub(super) async fn subject(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: TicketId,
) -> Result<Option<Subject>, Error> {
    ask.maybe(scoped!(
        actor,
        "SELECT t.id, t.subject, t.department_id, d.name AS department, c.name AS category, t.state, t.visibility, (t.confidential_id IS NOT NULL) AS is_confidential FROM tickets t \
         JOIN departments d ON d.id = t.department_id JOIN categories c ON c.id = t.category_id \
         WHERE t.id = $1 AND {visible:tickets t}",
        id
    ))
    .await
}

/// Whether this actor sees it.
pub(super) async fn sees(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<bool, Error> {
    let row: Option<Number> = ask
        .maybe(scoped!(
            actor,
            "SELECT t.id FROM tickets t WHERE t.id = $1 AND {visible:tickets t}",
            ticket
        ))
        .await?;
    Ok(row.is_some())
}

pub(super) async fn level(
    ask: &mut dyn Answers,
    person: PersonId,
    department: DepartmentId,
) -> Result<Option<Level>, Error> {
    record! { struct Row { level: Level } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT m.level FROM sights m WHERE m.person_id = $1 AND m.department_id = $2",
            person,
            department
        ))
        .await?;
    Ok(row.map(|row| row.level))
}

record! {
    struct Seen { department_id: DepartmentId, n: i64 }
}

/// Each department with how many tickets it has and how many of them `seer` sees.
pub(super) async fn shares(
    ask: &mut dyn Answers,
    actor: &Actor,
    seer: &Actor,
) -> Result<Vec<Share>, Error> {
    let mut shares: Vec<Share> = ask
        .all(scoped!(
            actor,
            "SELECT d.id AS department_id, d.name AS department, m.level, CAST(0 AS BIGINT) AS seen, \
             (SELECT COUNT(*) FROM tickets t WHERE t.department_id = d.id AND {visible:tickets t}) AS total \
             FROM departments d LEFT JOIN sights m ON m.department_id = d.id AND m.person_id = $1 ORDER BY d.name_key, d.id",
            seer.id()
        ))
        .await?;
    let seen: Vec<Seen> = ask
        .all(scoped!(
            seer,
            "SELECT t.department_id, COUNT(*) AS n FROM tickets t WHERE {visible:tickets t} GROUP BY t.department_id"
        ))
        .await?;
    for share in &mut shares {
        let found = seen.iter().find(|s| s.department_id == share.department_id);
        // Who asks is told of no more than they see themselves.
        share.seen = found.map_or(0, |s| s.n).min(share.total);
    }
    Ok(shares)
}
