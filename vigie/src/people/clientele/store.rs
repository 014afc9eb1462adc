//! The SQL of whom agents serve.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::PersonId;

record! {
    /// An organisation, or a site.
    #[derive(Clone, Debug)]
    pub(super) struct Named {
        pub id: i64,
        pub name: String,
    }
}

record! { struct Name { name: String } }

fn names(rows: Vec<Name>) -> Vec<String> {
    rows.into_iter().map(|row| row.name).collect()
}

pub(super) async fn organizations(ask: &mut dyn Answers) -> Result<Vec<Named>, Error> {
    ask.all(global!(
        "SELECT g.id, g.name FROM organizations g ORDER BY g.name"
    ))
    .await
}

pub(super) async fn sites(ask: &mut dyn Answers) -> Result<Vec<Named>, Error> {
    ask.all(global!(
        "SELECT l.id, l.name FROM locations l ORDER BY l.name"
    ))
    .await
}

pub(super) async fn organizations_of(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Vec<String>, Error> {
    let rows = ask
        .all(global!(
            "SELECT g.name FROM served_organizations s JOIN organizations g ON g.id = s.organization_id \
             WHERE s.person_id = $1 ORDER BY g.name",
            person
        ))
        .await?;
    Ok(names(rows))
}

pub(super) async fn sites_of(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Vec<String>, Error> {
    let rows = ask
        .all(global!(
            "SELECT l.name FROM served_locations s JOIN locations l ON l.id = s.location_id \
             WHERE s.person_id = $1 ORDER BY l.name",
            person
        ))
        .await?;
    Ok(names(rows))
}

/// Agents who serve some alone; of rank it narrows nothing.
pub(super) async fn narrowed(ask: &mut dyn Answers) -> Result<Vec<PersonId>, Error> {
    record! { struct Row { person_id: PersonId } }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT a.person_id FROM agents a WHERE a.scope IN ('global_served', 'group_served') \
             AND a.role NOT IN ('owner', 'admin') ORDER BY a.person_id"
        ))
        .await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

pub(super) async fn strangers(
    ask: &mut dyn Answers,
    requester: PersonId,
) -> Result<Vec<PersonId>, Error> {
    record! { struct Row { person_id: PersonId } }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT a.person_id FROM agents a WHERE a.scope IN ('global_served', 'group_served') AND a.role NOT IN ('owner', 'admin') AND NOT EXISTS \
             (SELECT 1 FROM served_people v WHERE v.person_id = a.person_id AND v.served_id = $1)",
            requester
        ))
        .await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

pub(super) async fn clear(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM served_organizations WHERE person_id = $1",
        person
    ))
    .await?;
    tx.run(global!(
        "DELETE FROM served_locations WHERE person_id = $1",
        person
    ))
    .await
    .map(|_| ())
}

pub(super) async fn serve_organization(
    tx: &mut Tx,
    person: PersonId,
    organization: i64,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO served_organizations (person_id, organization_id) VALUES ($1, $2)",
        person,
        organization
    ))
    .await
    .map(|_| ())
}

pub(super) async fn serve_site(tx: &mut Tx, person: PersonId, site: i64) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO served_locations (person_id, location_id) VALUES ($1, $2)",
        person,
        site
    ))
    .await
    .map(|_| ())
}
