//! The SQL of roles.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Query, Tx, on_unique};
use kit::error::Error;
use kit::{global, record};

use super::{Holder, Own, RoleId};
use crate::policy::Role;

pub(super) async fn all(ask: &mut dyn Answers) -> Result<Vec<Own>, Error> {
    ask.all(global!(
        "SELECT r.id, r.name, r.parent, r.permissions, r.version, \
         (SELECT COUNT(*) FROM agents a WHERE a.role_id = r.id) AS people FROM roles r ORDER BY r.name_key, r.id"
    ))
    .await
}

fn row(id: RoleId) -> Query {
    global!(
        "SELECT r.id, r.name, r.parent, r.permissions, r.version, \
         (SELECT COUNT(*) FROM agents a WHERE a.role_id = r.id) AS people FROM roles r WHERE r.id = $1",
        id
    )
}

pub(super) async fn one(ask: &mut dyn Answers, id: RoleId) -> Result<Option<Own>, Error> {
    ask.maybe(row(id)).await
}

/// The same inside a change: nobody else changes it meanwhile.
pub(super) async fn one_to_change(tx: &mut Tx, id: RoleId) -> Result<Option<Own>, Error> {
    let query = row(id).locking(tx.engine(), "r");
    tx.maybe(query).await
}

record! {
    /// How many have a role of every desk.
    pub(super) struct Counted {
        pub role: String,
        pub people: i64,
    }
}

pub(super) async fn counts(ask: &mut dyn Answers) -> Result<Vec<Counted>, Error> {
    ask.all(global!(
        "SELECT a.role, COUNT(*) AS people FROM agents a WHERE a.role_id IS NULL GROUP BY a.role ORDER BY a.role"
    ))
    .await
}

pub(super) async fn holders(ask: &mut dyn Answers, role: Role) -> Result<Vec<Holder>, Error> {
    ask.all(global!(
        "SELECT p.id, p.name FROM agents a JOIN people p ON p.id = a.person_id \
         WHERE a.role = $1 AND COALESCE(a.role_id, 0) = $2 ORDER BY p.name, p.id",
        role,
        role.own_row().unwrap_or(0)
    ))
    .await
}

fn key(name: &str) -> String {
    name.to_lowercase()
}

fn taken(error: Error) -> Error {
    let taken = Error::invalid("name", "roles-fault-name");
    on_unique(error, "roles", "name_key", taken)
}

pub(super) async fn insert(
    tx: &mut Tx,
    name: &str,
    parent: Role,
    permissions: &str,
    now: Moment,
) -> Result<RoleId, Error> {
    record! { struct Number { id: RoleId } }
    let row: Number = tx
        .one(global!(
            "INSERT INTO roles (name, name_key, parent, permissions, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
            name,
            key(name),
            parent,
            permissions,
            now
        ))
        .await
        .map_err(taken)?;
    Ok(row.id)
}

pub(super) async fn update(
    tx: &mut Tx,
    id: RoleId,
    name: &str,
    permissions: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE roles SET name = $2, name_key = $3, permissions = $4, version = version + 1 WHERE id = $1",
        id,
        name,
        key(name),
        permissions
    ))
    .await
    .map(|_| ())
    .map_err(taken)
}

pub(super) async fn delete(tx: &mut Tx, id: RoleId) -> Result<(), Error> {
    tx.run(global!("DELETE FROM roles WHERE id = $1", id))
        .await
        .map(|_| ())
}
