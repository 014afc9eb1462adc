//! The SQL of teams.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Query, Tx, on_unique};
use kit::error::Error;
use kit::{global, record};

use super::takers::Taker;
use super::{ByTeam, Team, TeamId, TeamMember, TeamPlace};
use crate::departments::DepartmentId;
use crate::people::PersonId;
use crate::policy::Level;

pub(super) async fn all(ask: &mut dyn Answers) -> Result<Vec<Team>, Error> {
    ask.all(global!(
        "SELECT t.id, t.name, t.version, (SELECT COUNT(*) FROM team_members b WHERE b.team_id = t.id) AS members, \
         (SELECT COUNT(*) FROM team_departments d WHERE d.team_id = t.id) AS departments FROM teams t ORDER BY t.name_key, t.id"
    ))
    .await
}

fn row(id: TeamId) -> Query {
    global!(
        "SELECT t.id, t.name, t.version, (SELECT COUNT(*) FROM team_members b WHERE b.team_id = t.id) AS members, \
         (SELECT COUNT(*) FROM team_departments d WHERE d.team_id = t.id) AS departments FROM teams t WHERE t.id = $1",
        id
    )
}

pub(super) async fn one(ask: &mut dyn Answers, id: TeamId) -> Result<Option<Team>, Error> {
    ask.maybe(row(id)).await
}

pub(super) async fn one_to_change(tx: &mut Tx, id: TeamId) -> Result<Option<Team>, Error> {
    let query = row(id).locking(tx.engine(), "t");
    tx.maybe(query).await
}

pub(super) async fn members(ask: &mut dyn Answers, id: TeamId) -> Result<Vec<TeamMember>, Error> {
    ask.all(global!(
        "SELECT b.person_id, p.name, p.email, p.disabled_at IS NOT NULL AS is_disabled FROM team_members b \
         JOIN people p ON p.id = b.person_id WHERE b.team_id = $1 ORDER BY p.name_key, p.id",
        id
    ))
    .await
}

pub(super) async fn places(ask: &mut dyn Answers, id: TeamId) -> Result<Vec<TeamPlace>, Error> {
    ask.all(global!(
        "SELECT t.department_id, d.name AS department, t.level, t.privileges FROM team_departments t \
         JOIN departments d ON d.id = t.department_id WHERE t.team_id = $1 ORDER BY d.name_key, d.id",
        id
    ))
    .await
}

pub(super) async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<ByTeam>, Error> {
    ask.all(global!(
        "SELECT r.department_id, r.team_id, t.name AS team, r.level FROM sight_reasons r JOIN teams t ON t.id = r.team_id \
         WHERE r.person_id = $1 ORDER BY t.name_key, t.id, r.department_id",
        person
    ))
    .await
}

record! {
    /// A team by its name.
    pub(super) struct Named {
        pub id: TeamId,
        pub name: String,
    }
}

pub(super) async fn teams_of(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<Named>, Error> {
    ask.all(global!(
        "SELECT t.id, t.name FROM team_members b JOIN teams t ON t.id = b.team_id WHERE b.person_id = $1 ORDER BY t.id",
        person
    ))
    .await
}

pub(super) async fn takers(ask: &mut dyn Answers, id: TeamId) -> Result<Vec<Taker>, Error> {
    ask.all(global!(
        "SELECT s.person_id, s.department_id FROM team_departments d JOIN team_members b ON b.team_id = d.team_id \
         JOIN sights s ON s.person_id = b.person_id AND s.department_id = d.department_id \
         WHERE d.team_id = $1 AND s.takes ORDER BY s.department_id, s.person_id",
        id
    ))
    .await
}

pub(super) async fn takes(ask: &mut dyn Answers, one: Taker) -> Result<bool, Error> {
    let found: Option<Taker> = ask
        .maybe(global!(
            "SELECT s.person_id, s.department_id FROM sights s WHERE s.person_id = $1 AND s.department_id = $2 AND s.takes",
            one.person_id,
            one.department_id
        ))
        .await?;
    Ok(found.is_some())
}

fn key(name: &str) -> String {
    name.to_lowercase()
}

fn taken(error: Error) -> Error {
    let taken = Error::invalid("name", "teams-fault-name");
    on_unique(error, "teams", "name_key", taken)
}

pub(super) async fn insert(tx: &mut Tx, name: &str, now: Moment) -> Result<TeamId, Error> {
    record! { struct Number { id: TeamId } }
    let row: Number = tx
        .one(global!(
            "INSERT INTO teams (name, name_key, created_at) VALUES ($1, $2, $3) RETURNING id",
            name,
            key(name),
            now
        ))
        .await
        .map_err(taken)?;
    Ok(row.id)
}

pub(super) async fn rename(tx: &mut Tx, id: TeamId, name: &str) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE teams SET name = $2, name_key = $3, version = version + 1 WHERE id = $1",
        id,
        name,
        key(name)
    ))
    .await
    .map(|_| ())
    .map_err(taken)
}

pub(super) async fn touch(tx: &mut Tx, id: TeamId) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE teams SET version = version + 1 WHERE id = $1",
        id
    ))
    .await
    .map(|_| ())
}

/// False when they are in it already.
pub(super) async fn insert_member(
    tx: &mut Tx,
    id: TeamId,
    person: PersonId,
) -> Result<bool, Error> {
    tx.run(global!(
        "INSERT INTO team_members (team_id, person_id) VALUES ($1, $2) ON CONFLICT (team_id, person_id) DO NOTHING",
        id,
        person
    ))
    .await
    .map(|n| n == 1)
}

/// False when they are not in it.
pub(super) async fn delete_member(
    tx: &mut Tx,
    id: TeamId,
    person: PersonId,
) -> Result<bool, Error> {
    tx.run(global!(
        "DELETE FROM team_members WHERE team_id = $1 AND person_id = $2",
        id,
        person
    ))
    .await
    .map(|n| n == 1)
}

pub(super) async fn put_place(
    tx: &mut Tx,
    id: TeamId,
    department: DepartmentId,
    level: Level,
    privileges: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO team_departments (team_id, department_id, level, privileges) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (team_id, department_id) DO UPDATE SET level = excluded.level, privileges = excluded.privileges",
        id,
        department,
        level,
        privileges
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_place(
    tx: &mut Tx,
    id: TeamId,
    department: DepartmentId,
) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM team_departments WHERE team_id = $1 AND department_id = $2",
        id,
        department
    ))
    .await
    .map(|_| ())
}

/// With its members and departments.
pub(super) async fn delete(tx: &mut Tx, id: TeamId) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM team_departments WHERE team_id = $1",
        id
    ))
    .await?;
    tx.run(global!("DELETE FROM team_members WHERE team_id = $1", id))
        .await?;
    tx.run(global!("DELETE FROM teams WHERE id = $1", id))
        .await?;
    Ok(())
}
