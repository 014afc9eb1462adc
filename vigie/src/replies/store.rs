//! The SQL of saved replies.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Query, Tx};
use kit::error::Error;
use kit::{acting, global, record, scoped};

use super::rights::{Change, Put, Shelf};
use super::{ReplyId, SavedReply, Wanted};
use crate::departments::DepartmentId;
use crate::people::PersonId;
use crate::policy::Level;

pub(super) async fn usable(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<SavedReply>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT r.id, r.title, r.body, r.sharing, r.owner_id, p.name AS owner, r.department_id, d.name AS department, \
         r.version, m.own_level AS my_level FROM saved_replies r LEFT JOIN people p ON p.id = r.owner_id \
         LEFT JOIN departments d ON d.id = r.department_id \
         LEFT JOIN sights m ON m.department_id = r.department_id AND m.person_id = {actor} \
         WHERE {visible:saved_replies r} ORDER BY CASE r.sharing WHEN 'private' THEN 0 WHEN 'department' THEN 1 ELSE 2 END, \
         d.name, r.title, r.id"
    ))
    .await
}

pub(super) fn one(actor: &Actor, id: ReplyId) -> Query {
    scoped!(
        actor,
        "SELECT r.id, r.title, r.body, r.sharing, r.owner_id, p.name AS owner, r.department_id, d.name AS department, \
         r.version, m.own_level AS my_level FROM saved_replies r LEFT JOIN people p ON p.id = r.owner_id \
         LEFT JOIN departments d ON d.id = r.department_id \
         LEFT JOIN sights m ON m.department_id = r.department_id AND m.person_id = {actor} \
         WHERE r.id = $1 AND {visible:saved_replies r}",
        id
    )
}

record! {
    pub(super) struct LevelThere {
        pub my_level: Option<Level>,
    }
}

/// The actor's level in a department that is there.
pub(super) async fn level_in(
    ask: &mut dyn Answers,
    actor: &Actor,
    department: DepartmentId,
) -> Result<Option<LevelThere>, Error> {
    ask.maybe(global!(
        "SELECT m.own_level AS my_level FROM departments d \
         LEFT JOIN sights m ON m.department_id = d.id AND m.person_id = $2 WHERE d.id = $1",
        department,
        actor.id()
    ))
    .await
}

record! { struct NewRow { id: ReplyId } }

/// The same reply, when its owner saved it before: a form sent twice saves one.
pub(super) async fn twin(
    ask: &mut dyn Answers,
    actor: &Actor,
    shelf: &Shelf,
    wanted: Wanted<'_>,
) -> Result<Option<ReplyId>, Error> {
    let row: Option<NewRow> = ask
        .maybe(scoped!(
            actor,
            "SELECT MIN(r.id) AS id FROM saved_replies r WHERE r.title = $1 AND r.body = $2 AND r.sharing = $3 \
             AND COALESCE(r.department_id, 0) = $4 AND r.owner_id = {actor} AND {visible:saved_replies r} \
             HAVING MIN(r.id) IS NOT NULL",
            wanted.title.trim(),
            wanted.body,
            shelf.sharing,
            shelf.department.map_or(0, |d| d.0)
        ))
        .await?;
    Ok(row.map(|r| r.id))
}

pub(super) async fn insert(
    tx: &mut Tx,
    shelf: &May<Put, Shelf>,
    owner: PersonId,
    wanted: Wanted<'_>,
    now: Moment,
) -> Result<ReplyId, Error> {
    let row: NewRow = tx
        .one(acting!(
            shelf,
            "INSERT INTO saved_replies (sharing, owner_id, department_id, title, body, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id",
            shelf.sharing,
            owner,
            shelf.department,
            wanted.title.trim(),
            wanted.body,
            now
        ))
        .await?;
    Ok(row.id)
}

pub(super) async fn update(
    tx: &mut Tx,
    reply: &May<Change, SavedReply>,
    shelf: &May<Put, Shelf>,
    owner: PersonId,
    wanted: Wanted<'_>,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        reply,
        "UPDATE saved_replies SET sharing = $2, department_id = $3, title = $4, body = $5, updated_at = $6, \
         owner_id = $7, version = version + 1 WHERE id = $1",
        reply.id,
        shelf.sharing,
        shelf.department,
        wanted.title.trim(),
        wanted.body,
        now,
        owner
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete(tx: &mut Tx, reply: &May<Change, SavedReply>) -> Result<(), Error> {
    tx.run(acting!(
        reply,
        "DELETE FROM saved_replies WHERE id = $1",
        reply.id
    ))
    .await
    .map(|_| ())
}
