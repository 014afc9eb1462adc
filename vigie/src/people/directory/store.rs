//! The SQL of the directory.

use kit::authz::Actor;
use kit::db::{Answers, Ask, Query, Tx, on_unique};
use kit::error::Error;
use kit::{global, record, scoped};

use super::{Card, Particulars};
use crate::people::{Kind, PersonId, email_key, login_key};

fn one(actor: &Actor, id: PersonId) -> Query {
    scoped!(
        actor,
        "SELECT p.id, p.name, p.email, p.login, p.kind, p.language, p.phone, p.job_title, o.name AS organization, \
         l.name AS site, p.has_portal, p.disabled_at, COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, a.scope, \
         EXISTS (SELECT 1 FROM confidants k WHERE k.person_id = p.id) AS is_confidant, p.version \
         FROM people p LEFT JOIN agents a ON a.person_id = p.id LEFT JOIN roles r ON r.id = a.role_id LEFT JOIN organizations o ON o.id = p.organization_id \
         LEFT JOIN locations l ON l.id = p.location_id WHERE p.id = $1 AND {visible:people p}",
        id
    )
}

pub(super) async fn card(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: PersonId,
) -> Result<Option<Card>, Error> {
    ask.maybe(one(actor, id)).await
}

/// The same inside a change: nobody else changes them meanwhile.
pub(super) async fn card_to_change(
    tx: &mut Tx,
    actor: &Actor,
    id: PersonId,
) -> Result<Option<Card>, Error> {
    let query = one(actor, id).locking(tx.engine(), "p");
    tx.maybe(query).await
}

record! { struct Number { id: i64 } }

async fn organization(tx: &mut Tx, name: &str) -> Result<Option<i64>, Error> {
    if name.is_empty() {
        return Ok(None);
    }
    tx.run(global!(
        "INSERT INTO organizations (name) VALUES ($1) ON CONFLICT (name) DO NOTHING",
        name
    ))
    .await?;
    let row: Number = tx
        .one(global!(
            "SELECT id FROM organizations WHERE name = $1",
            name
        ))
        .await?;
    Ok(Some(row.id))
}

async fn site(tx: &mut Tx, name: &str) -> Result<Option<i64>, Error> {
    if name.is_empty() {
        return Ok(None);
    }
    tx.run(global!(
        "INSERT INTO locations (name) VALUES ($1) ON CONFLICT (name) DO NOTHING",
        name
    ))
    .await?;
    let row: Number = tx
        .one(global!("SELECT id FROM locations WHERE name = $1", name))
        .await?;
    Ok(Some(row.id))
}

fn known(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// Everything but address, login and access.
pub(super) async fn put(
    tx: &mut Tx,
    id: PersonId,
    kind: Kind,
    wanted: &Particulars,
) -> Result<(), Error> {
    let organization = organization(tx, wanted.organization.trim()).await?;
    let site = site(tx, wanted.site.trim()).await?;
    tx.run(global!(
        "UPDATE people SET name = $2, kind = $3, language = $4, phone = $5, job_title = $6, organization_id = $7, \
         location_id = $8, version = version + 1 WHERE id = $1",
        id,
        wanted.name.trim(),
        kind,
        wanted.language.code(),
        known(&wanted.phone),
        known(&wanted.job_title),
        organization,
        site
    ))
    .await
    .map(|_| ())
}

pub(super) async fn put_access(
    tx: &mut Tx,
    id: PersonId,
    wanted: &Particulars,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE people SET email = $2, email_key = $3, login = $4, login_key = $5, has_portal = $6 WHERE id = $1",
        id,
        wanted.email.trim(),
        email_key(&wanted.email),
        wanted.login.as_deref(),
        wanted.login.as_deref().map(login_key),
        wanted.has_portal
    ))
    .await
    .map(|_| ())
    .map_err(|e| {
        let e = on_unique(e, "people", "email_key", Error::invalid("email", "fault-email-taken"));
        let e = on_unique(e, "person_addresses", "email_key", Error::invalid("email", "fault-email-taken"));
        on_unique(e, "people", "login_key", Error::invalid("login", "fault-login-taken"))
    })
}
