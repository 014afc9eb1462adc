//! The SQL of tasks and time.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, global, record, scoped};

use super::assignees::Candidate;
use super::time::{NewTime, TimeEntry};
use super::{Listed, Task, TaskId, TimeEntryId, Wording};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
use crate::policy::{Role, permission};
use crate::tickets::rights::Work;
use crate::tickets::{Ticket, TicketId};

pub(super) async fn of_ticket(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Task>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT k.id, k.ticket_id, k.title, k.assignee_id, a.name AS assignee, k.due_on, k.position, k.done_at, \
         b.name AS done_by, CAST(COALESCE((SELECT SUM(e.minutes) FROM time_entries e WHERE e.task_id = k.id \
         AND {visible:time_entries e}), 0) AS BIGINT) AS minutes, k.version FROM tasks k \
         LEFT JOIN people a ON a.id = k.assignee_id LEFT JOIN people b ON b.id = k.done_by_id \
         WHERE k.ticket_id = $1 AND {visible:tasks k} ORDER BY k.position, k.id",
        ticket
    ))
    .await
}

pub(super) async fn one(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    task: TaskId,
) -> Result<Option<Task>, Error> {
    ask.maybe(scoped!(
        actor,
        "SELECT k.id, k.ticket_id, k.title, k.assignee_id, a.name AS assignee, k.due_on, k.position, k.done_at, \
         b.name AS done_by, CAST(0 AS BIGINT) AS minutes, k.version FROM tasks k \
         LEFT JOIN people a ON a.id = k.assignee_id LEFT JOIN people b ON b.id = k.done_by_id \
         WHERE k.ticket_id = $1 AND k.id = $2 AND {visible:tasks k}",
        ticket,
        task
    ))
    .await
}

pub(super) async fn list_of(
    ask: &mut dyn Answers,
    actor: &Actor,
    assignee: PersonId,
    is_done: bool,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    if is_done {
        return ask
            .all(scoped!(
                actor,
                "SELECT k.id, k.ticket_id, t.subject, k.title, k.due_on, k.done_at, k.version FROM tasks k \
                 JOIN tickets t ON t.id = k.ticket_id WHERE k.assignee_id = $1 AND k.done_at IS NOT NULL \
                 AND {visible:tasks k} AND {visible:tickets t} ORDER BY k.done_at DESC, k.id DESC LIMIT $2",
                assignee,
                limit
            ))
            .await;
    }
    // What has no day comes last, on both engines.
    ask.all(scoped!(
        actor,
        "SELECT k.id, k.ticket_id, t.subject, k.title, k.due_on, k.done_at, k.version FROM tasks k \
         JOIN tickets t ON t.id = k.ticket_id WHERE k.assignee_id = $1 AND k.done_at IS NULL \
         AND {visible:tasks k} AND {visible:tickets t} \
         ORDER BY CASE WHEN k.due_on IS NULL THEN 1 ELSE 0 END, k.due_on, k.id LIMIT $2",
        assignee,
        limit
    ))
    .await
}

record! { struct Count { n: i64 } }

pub(super) async fn candidates(
    ask: &mut dyn Answers,
    department: DepartmentId,
    confidential: Option<CategoryId>,
) -> Result<Vec<Candidate>, Error> {
    record! { struct Row { id: PersonId, name: String, role: Role } }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT p.id, p.name, COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role \
             FROM sights m JOIN agents a ON a.person_id = m.person_id JOIN people p ON p.id = m.person_id \
             LEFT JOIN roles r ON r.id = a.role_id WHERE m.department_id = $1 AND CASE WHEN CAST($2 AS BIGINT) IS NULL \
             THEN m.own_level IN ('view', 'edit') ELSE EXISTS (SELECT 1 FROM confidants k WHERE k.category_id = $2 \
             AND k.person_id = m.person_id AND k.level IN ('view', 'edit')) END \
             AND (a.scope <> 'restricted' OR a.role IN ('owner', 'admin')) AND p.disabled_at IS NULL ORDER BY p.name, p.id",
            department,
            confidential
        ))
        .await?;
    let noting = rows
        .into_iter()
        .filter(|row| row.role.carries(permission::NOTE));
    Ok(noting
        .map(|row| Candidate {
            id: row.id,
            name: row.name,
        })
        .collect())
}

record! {
    pub(super) struct Last {
        pub position: i64,
        pub n: i64,
    }
}

pub(super) async fn last_position(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Last, Error> {
    tx.one(scoped!(
        actor,
        "SELECT COALESCE(MAX(k.position), 0) AS position, COUNT(*) AS n FROM tasks k \
         WHERE k.ticket_id = $1 AND {visible:tasks k}",
        ticket
    ))
    .await
}

record! { struct NewRow { id: i64 } }

pub(super) async fn insert(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    author: PersonId,
    wording: &Wording,
    position: i64,
    once: Option<&str>,
    now: Moment,
) -> Result<Option<TaskId>, Error> {
    let row: Option<NewRow> = tx
        .maybe(acting!(
            may,
            "INSERT INTO tasks (ticket_id, title, author_id, assignee_id, due_on, position, once, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (ticket_id, author_id, once) DO NOTHING RETURNING id",
            may.id,
            wording.title.trim(),
            author,
            wording.assignee,
            wording.due_on,
            position,
            once,
            now,
        ))
        .await?;
    Ok(row.map(|r| TaskId(r.id)))
}

pub(super) async fn added_before(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
    author: PersonId,
    once: Option<&str>,
) -> Result<Option<TaskId>, Error> {
    let row: Option<NewRow> = tx
        .maybe(scoped!(
            actor,
            "SELECT k.id FROM tasks k WHERE k.ticket_id = $1 AND k.author_id = $2 AND k.once = $3 AND {visible:tasks k}",
            ticket,
            author,
            once
        ))
        .await?;
    Ok(row.map(|r| TaskId(r.id)))
}

pub(super) async fn change(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    task: TaskId,
    seen: i64,
    wording: &Wording,
) -> Result<bool, Error> {
    let changed = tx
        .run(acting!(
            may,
            "UPDATE tasks SET title = $4, assignee_id = $5, due_on = $6, version = version + 1 \
             WHERE id = $1 AND ticket_id = $2 AND version = $3",
            task,
            may.id,
            seen,
            wording.title.trim(),
            wording.assignee,
            wording.due_on,
        ))
        .await?;
    Ok(changed == 1)
}

pub(super) async fn tick(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    task: TaskId,
    done: Option<(Moment, PersonId)>,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "UPDATE tasks SET done_at = $3, done_by_id = $4 WHERE id = $1 AND ticket_id = $2",
        task,
        may.id,
        done.map(|(at, _)| at),
        done.map(|(_, by)| by),
    ))
    .await
    .map(|_| ())
}

pub(super) async fn place(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    task: TaskId,
    position: i64,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "UPDATE tasks SET position = $3 WHERE id = $1 AND ticket_id = $2",
        task,
        may.id,
        position,
    ))
    .await
    .map(|_| ())
}

pub(super) async fn remove(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    task: TaskId,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "UPDATE time_entries SET task_id = NULL WHERE task_id = $1 AND ticket_id = $2",
        task,
        may.id,
    ))
    .await?;
    tx.run(acting!(
        may,
        "DELETE FROM tasks WHERE id = $1 AND ticket_id = $2",
        task,
        may.id,
    ))
    .await
    .map(|_| ())
}

pub(super) async fn time_of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<TimeEntry>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT e.id, e.person_id, p.name AS person, e.minutes, e.note, e.spent_on, e.task_id, k.title AS task \
         FROM time_entries e JOIN people p ON p.id = e.person_id \
         LEFT JOIN tasks k ON k.id = e.task_id AND {visible:tasks k} \
         WHERE e.ticket_id = $1 AND {visible:time_entries e} ORDER BY e.spent_on DESC, e.id DESC",
        ticket
    ))
    .await
}

pub(super) async fn total(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<i64, Error> {
    let sum: Count = ask
        .one(scoped!(
            actor,
            "SELECT CAST(COALESCE(SUM(e.minutes), 0) AS BIGINT) AS n FROM time_entries e \
             WHERE e.ticket_id = $1 AND {visible:time_entries e}",
            ticket
        ))
        .await?;
    Ok(sum.n)
}

pub(super) async fn insert_time(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    person: PersonId,
    new: &NewTime,
    now: Moment,
) -> Result<Option<TimeEntryId>, Error> {
    let row: Option<NewRow> = tx
        .maybe(acting!(
            may,
            "INSERT INTO time_entries (ticket_id, task_id, person_id, minutes, note, spent_on, once, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (ticket_id, person_id, once) DO NOTHING RETURNING id",
            may.id,
            new.task,
            person,
            new.minutes,
            new.note.trim(),
            new.spent_on,
            new.once.clone(),
            now,
        ))
        .await?;
    Ok(row.map(|r| TimeEntryId(r.id)))
}

pub(super) async fn noted_before(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
    person: PersonId,
    once: Option<&str>,
) -> Result<Option<TimeEntryId>, Error> {
    let row: Option<NewRow> = tx
        .maybe(scoped!(
            actor,
            "SELECT e.id FROM time_entries e WHERE e.ticket_id = $1 AND e.person_id = $2 AND e.once = $3 \
             AND {visible:time_entries e}",
            ticket,
            person,
            once
        ))
        .await?;
    Ok(row.map(|r| TimeEntryId(r.id)))
}

pub(super) async fn remove_time(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    entry: TimeEntryId,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "DELETE FROM time_entries WHERE id = $1 AND ticket_id = $2",
        entry,
        may.id,
    ))
    .await
    .map(|_| ())
}
