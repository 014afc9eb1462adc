//! The SQL of saved views.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Query, Tx};
use kit::error::Error;
use kit::{acting, global, record, scoped};

use super::{Change, Create, Place, View, ViewId, Wanted};
use crate::departments::DepartmentId;
use crate::policy::Level;

pub(super) async fn seen_by(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<View>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT v.id, v.owner_id, v.audience, v.department_id, v.name, v.filter, v.sort, v.position, v.version, \
         m.own_level AS my_level FROM views v LEFT JOIN sights m ON m.department_id = v.department_id \
         AND m.person_id = {actor} WHERE {visible:views v} ORDER BY v.position, v.id"
    ))
    .await
}

pub(super) fn one(actor: &Actor, id: ViewId) -> Query {
    scoped!(
        actor,
        "SELECT v.id, v.owner_id, v.audience, v.department_id, v.name, v.filter, v.sort, v.position, v.version, \
         m.own_level AS my_level FROM views v LEFT JOIN sights m ON m.department_id = v.department_id \
         AND m.person_id = {actor} WHERE v.id = $1 AND {visible:views v}",
        id
    )
}

record! { struct Membership { level: Option<Level> } }

/// Somebody's level in a department, if there is such a department.
pub(super) async fn level(
    ask: &mut dyn Answers,
    person: i64,
    department: DepartmentId,
) -> Result<Option<Option<Level>>, Error> {
    let row: Option<Membership> = ask
        .maybe(global!(
            "SELECT m.own_level AS level FROM departments d LEFT JOIN sights m ON m.department_id = d.id AND m.person_id = $2 \
             WHERE d.id = $1",
            department,
            person
        ))
        .await?;
    Ok(row.map(|row| row.level))
}

record! { struct Number { n: i64 } }

/// How many views that they see the actor made.
pub(super) async fn kept_by(ask: &mut dyn Answers, actor: &Actor) -> Result<i64, Error> {
    let row: Number = ask
        .one(scoped!(
            actor,
            "SELECT COUNT(*) AS n FROM views v WHERE v.owner_id = {actor} AND {visible:views v}"
        ))
        .await?;
    Ok(row.n)
}

pub(super) async fn insert(
    tx: &mut Tx,
    may: &May<Create, Place>,
    owner: i64,
    wanted: &Wanted,
    now: Moment,
) -> Result<ViewId, Error> {
    let row: Number = tx
        .one(acting!(
            may,
            "INSERT INTO views (owner_id, audience, department_id, name, filter, sort, position, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, (SELECT COALESCE(MAX(w.position), 0) + 1 FROM views w), $7) RETURNING id AS n",
            owner,
            wanted.audience,
            department_of(wanted),
            wanted.name.trim(),
            wanted.filter.text(),
            wanted.order.text(),
            now,
        ))
        .await?;
    Ok(ViewId(row.n))
}

fn department_of(wanted: &Wanted) -> Option<DepartmentId> {
    wanted
        .department
        .filter(|_| wanted.audience == super::Audience::Department)
}

/// Whether the version seen was still the one that stands.
pub(super) async fn update(
    tx: &mut Tx,
    view: &May<Change, View>,
    wanted: &Wanted,
    seen: i64,
) -> Result<bool, Error> {
    let changed = tx
        .run(acting!(
            view,
            "UPDATE views SET audience = $3, department_id = $4, name = $5, filter = $6, sort = $7, version = version + 1 \
             WHERE id = $1 AND version = $2",
            view.id,
            seen,
            wanted.audience,
            department_of(wanted),
            wanted.name.trim(),
            wanted.filter.text(),
            wanted.order.text(),
        ))
        .await?;
    Ok(changed == 1)
}

pub(super) async fn set_position(
    tx: &mut Tx,
    view: &May<Change, View>,
    position: i64,
) -> Result<(), Error> {
    tx.run(acting!(
        view,
        "UPDATE views SET position = $2 WHERE id = $1",
        view.id,
        position
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete(tx: &mut Tx, view: &May<Change, View>) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM list_settings WHERE list = $1",
        format!("view:{}", view.id)
    ))
    .await?;
    tx.run(acting!(view, "DELETE FROM views WHERE id = $1", view.id))
        .await
        .map(|_| ())
}
