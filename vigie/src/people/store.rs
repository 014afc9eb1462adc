//! People's rows.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx, on_unique};
use kit::error::Error;
use kit::{global, record};

use super::{NewPerson, Person, PersonId, email_key, login_key};
use crate::policy::{AgentScope, Role};

record! { struct Number { id: PersonId } }

pub(super) async fn insert(
    tx: &mut Tx,
    person: &NewPerson<'_>,
    now: Moment,
) -> Result<PersonId, Error> {
    let name = Some(person.name.trim()).filter(|n| !n.is_empty());
    let row: Number = tx
        .one(global!(
            "INSERT INTO people (name, email, email_key, login, login_key, kind, language, has_portal, created_at, added_by_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
            name.unwrap_or(person.email.trim()),
            person.email.trim(),
            email_key(person.email),
            person.login,
            person.login.map(login_key),
            person.kind,
            person.language,
            person.has_portal,
            now,
            person.added_by,
        ))
        .await
        .map_err(|e| {
            let e = on_unique(e, "people", "email_key", Error::invalid("email", "fault-email-taken"));
            let e = on_unique(e, "person_addresses", "email_key", Error::invalid("email", "fault-email-taken"));
            on_unique(e, "people", "login_key", Error::invalid("login", "fault-login-taken"))
        })?;
    Ok(row.id)
}

pub(super) async fn by_id(ask: &mut dyn Answers, id: PersonId) -> Result<Option<Person>, Error> {
    ask.maybe(global!(
        "SELECT p.id, p.name, p.email, p.login, p.language, p.time_zone, p.has_portal, p.disabled_at, p.version, \
         COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, a.scope \
         FROM people p LEFT JOIN agents a ON a.person_id = p.id LEFT JOIN roles r ON r.id = a.role_id WHERE p.id = $1",
        id
    ))
    .await
}

pub(super) async fn by_email(ask: &mut dyn Answers, email: &str) -> Result<Option<Person>, Error> {
    ask.maybe(global!(
        "SELECT p.id, p.name, p.email, p.login, p.language, p.time_zone, p.has_portal, p.disabled_at, p.version, \
         COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, a.scope \
         FROM people p LEFT JOIN agents a ON a.person_id = p.id LEFT JOIN roles r ON r.id = a.role_id \
         WHERE p.email_key = $1 OR p.id = (SELECT d.person_id FROM person_addresses d WHERE d.email_key = $1)",
        email_key(email)
    ))
    .await
}

/// Into which record somebody was merged.
pub(super) async fn merged_into(
    ask: &mut dyn Answers,
    id: PersonId,
) -> Result<Option<PersonId>, Error> {
    let row: Option<Number> = ask
        .maybe(global!(
            "SELECT k.id FROM people p JOIN people k ON k.id = p.merged_into_id WHERE p.id = $1",
            id
        ))
        .await?;
    Ok(row.map(|row| row.id))
}

/// An address wins over a login, so that nobody takes another's address as their login.
pub(super) async fn by_email_or_login(
    ask: &mut dyn Answers,
    typed: &str,
) -> Result<Option<Person>, Error> {
    ask.maybe(global!(
        "SELECT p.id, p.name, p.email, p.login, p.language, p.time_zone, p.has_portal, p.disabled_at, p.version, \
         COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, a.scope \
         FROM people p LEFT JOIN agents a ON a.person_id = p.id LEFT JOIN roles r ON r.id = a.role_id \
         WHERE p.email_key = $1 OR p.login_key = $1 \
         ORDER BY CASE WHEN p.email_key = $1 THEN 0 ELSE 1 END LIMIT 1",
        email_key(typed)
    ))
    .await
}

pub(super) async fn put_agent(
    tx: &mut Tx,
    id: PersonId,
    role: Role,
    scope: AgentScope,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO agents (person_id, role, scope, created_at, role_id) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (person_id) DO UPDATE SET role = $2, scope = $3, role_id = $5, version = agents.version + 1",
        id,
        role,
        scope,
        now,
        role.own_row()
    ))
    .await
    .map(|_| ())
}

pub(super) async fn set_disabled(
    tx: &mut Tx,
    id: PersonId,
    at: Option<Moment>,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE people SET disabled_at = $2, version = version + 1 WHERE id = $1",
        id,
        at
    ))
    .await
    .map(|_| ())
}

pub(super) async fn set_language(tx: &mut Tx, id: PersonId, language: &str) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE people SET language = $2 WHERE id = $1",
        id,
        language
    ))
    .await
    .map(|_| ())
}

pub(super) async fn set_time_zone(tx: &mut Tx, id: PersonId, zone: &str) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE people SET time_zone = $2 WHERE id = $1",
        id,
        zone
    ))
    .await
    .map(|_| ())
}
