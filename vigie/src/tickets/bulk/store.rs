//! The SQL of runs. A run is its doer's own: every question names them.

use std::collections::HashMap;

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx, Value};
use kit::error::Error;
use kit::{global, record, scoped};

use super::{Deed, Row, Run, RunId};

record! { struct Number { id: RunId } }

/// The new run; `None` when the same form began one before.
pub(super) async fn insert(
    tx: &mut Tx,
    person: i64,
    deed: Deed,
    once: Option<&str>,
    now: Moment,
) -> Result<Option<RunId>, Error> {
    let row: Option<Number> = tx
        .maybe(global!(
            "INSERT INTO bulk_runs (person_id, deed, once, created_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (person_id, once) DO NOTHING RETURNING id",
            person,
            deed,
            once,
            now
        ))
        .await?;
    Ok(row.map(|row| row.id))
}

pub(super) async fn done_before(
    ask: &mut dyn Answers,
    person: i64,
    once: Option<&str>,
) -> Result<RunId, Error> {
    let row: Number = ask
        .one(global!(
            "SELECT id FROM bulk_runs WHERE person_id = $1 AND once = $2",
            person,
            once
        ))
        .await?;
    Ok(row.id)
}

/// The versions of these tickets as they stand now, those the actor sees: what was released out of one's own sight
/// cannot be seen, nor undone.
pub(super) async fn versions(
    ask: &mut dyn Answers,
    actor: &Actor,
    numbers: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, i64>, Error> {
    record! { struct Standing { id: i64, version: i64 } }
    let query = scoped!(
        actor,
        "WITH page (id) AS (VALUES {rows}) SELECT t.id, t.version FROM page CROSS JOIN tickets t \
         WHERE t.id = page.id AND {visible:tickets t}"
    );
    let standing: Vec<Standing> = ask.all(query.ids(numbers)).await?;
    Ok(standing.into_iter().map(|it| (it.id, it.version)).collect())
}

pub(super) async fn insert_rows(tx: &mut Tx, run: RunId, rows: Vec<Row>) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.into_iter().map(|row| {
        vec![
            Value::from(run),
            row.number.into(),
            row.outcome.into(),
            row.reason.into(),
            row.version.into(),
            row.was.into(),
        ]
    });
    tx.run(
        global!(
            "INSERT INTO bulk_rows (run_id, number, outcome, reason, version, was) VALUES {rows}"
        )
        .rows(rows.collect()),
    )
    .await
    .map(|_| ())
}

pub(super) async fn run(
    ask: &mut dyn Answers,
    person: i64,
    id: RunId,
) -> Result<Option<Run>, Error> {
    ask.maybe(global!(
        "SELECT id, deed, created_at, undone_at FROM bulk_runs WHERE id = $1 AND person_id = $2",
        id,
        person
    ))
    .await
}

pub(super) async fn rows(ask: &mut dyn Answers, id: RunId) -> Result<Vec<Row>, Error> {
    ask.all(global!(
        "SELECT number, outcome, reason, version, was FROM bulk_rows WHERE run_id = $1 ORDER BY number",
        id
    ))
    .await
}

pub(super) async fn subjects(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: RunId,
) -> Result<Vec<(i64, String)>, Error> {
    record! { struct Subject { id: i64, subject: String } }
    let found: Vec<Subject> = ask
        .all(scoped!(
            actor,
            "SELECT t.id, t.subject FROM tickets t WHERE t.id IN (SELECT b.number FROM bulk_rows b WHERE b.run_id = $1) \
             AND ({visible:tickets t}) ORDER BY t.id",
            id
        ))
        .await?;
    Ok(found.into_iter().map(|one| (one.id, one.subject)).collect())
}

pub(super) async fn update_row(tx: &mut Tx, id: RunId, row: &Row) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE bulk_rows SET outcome = $3, reason = $4 WHERE run_id = $1 AND number = $2",
        id,
        row.number,
        row.outcome,
        row.reason.clone()
    ))
    .await
    .map(|_| ())
}

pub(super) async fn set_undone(tx: &mut Tx, id: RunId, now: Moment) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE bulk_runs SET undone_at = $2 WHERE id = $1",
        id,
        now
    ))
    .await
    .map(|_| ())
}
