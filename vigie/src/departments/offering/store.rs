//! The SQL of who is offered a department.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::{Named, Whom};
use crate::departments::DepartmentId;
use crate::people::PersonId;

record! {
    /// A department, and to whom it is offered.
    pub(super) struct Said { pub id: DepartmentId, pub offered_to: Whom }
}

/// What every department says.
pub(super) async fn said(ask: &mut dyn Answers) -> Result<Vec<Said>, Error> {
    ask.all(global!(
        "SELECT d.id, d.offered_to FROM departments d ORDER BY d.id"
    ))
    .await
}

record! { struct NamedRow { department_id: DepartmentId, id: i64, name: String } }

fn named(rows: Vec<NamedRow>) -> Vec<(DepartmentId, Named)> {
    let named = |row: NamedRow| {
        let (id, name) = (row.id, row.name);
        (row.department_id, Named { id, name })
    };
    rows.into_iter().map(named).collect()
}

/// The organisations that departments name.
pub(super) async fn organizations(
    ask: &mut dyn Answers,
) -> Result<Vec<(DepartmentId, Named)>, Error> {
    let rows = ask
        .all(global!(
            "SELECT o.department_id, g.id, g.name FROM offered_organizations o JOIN organizations g ON g.id = o.organization_id \
             ORDER BY o.department_id, g.name"
        ))
        .await?;
    Ok(named(rows))
}

/// The sites that departments name.
pub(super) async fn sites(ask: &mut dyn Answers) -> Result<Vec<(DepartmentId, Named)>, Error> {
    let rows = ask
        .all(global!(
            "SELECT o.department_id, l.id, l.name FROM offered_locations o JOIN locations l ON l.id = o.location_id \
             ORDER BY o.department_id, l.name"
        ))
        .await?;
    Ok(named(rows))
}

record! {
    /// A mail domain that a department names.
    pub(super) struct DomainRow { pub department_id: DepartmentId, pub domain: String }
}

/// The mail domains that departments name.
pub(super) async fn domains(ask: &mut dyn Answers) -> Result<Vec<DomainRow>, Error> {
    ask.all(global!(
        "SELECT o.department_id, o.domain FROM offered_domains o ORDER BY o.department_id, o.domain"
    ))
    .await
}

record! {
    /// Where somebody belongs.
    pub(super) struct Belongs { pub organization_id: Option<i64>, pub location_id: Option<i64> }
}

/// Where somebody belongs; nothing of nobody.
pub(super) async fn belongs(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Option<Belongs>, Error> {
    ask.maybe(global!(
        "SELECT p.organization_id, p.location_id FROM people p WHERE p.id = $1",
        person
    ))
    .await
}

record! { struct Address { email: String } }

/// The addresses of somebody, their own and further ones.
pub(super) async fn addresses(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Vec<String>, Error> {
    let rows: Vec<Address> = ask
        .all(global!(
            "SELECT p.email_key AS email FROM people p WHERE p.id = $1 \
             UNION SELECT a.email_key FROM person_addresses a WHERE a.person_id = $1 ORDER BY 1",
            person
        ))
        .await?;
    Ok(rows.into_iter().map(|row| row.email).collect())
}

/// Says to whom, and names nobody any more.
pub(super) async fn say(tx: &mut Tx, department: DepartmentId, whom: Whom) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE departments SET offered_to = $2, version = version + 1 WHERE id = $1",
        department,
        whom
    ))
    .await?;
    tx.run(global!(
        "DELETE FROM offered_organizations WHERE department_id = $1",
        department
    ))
    .await?;
    tx.run(global!(
        "DELETE FROM offered_locations WHERE department_id = $1",
        department
    ))
    .await?;
    tx.run(global!(
        "DELETE FROM offered_domains WHERE department_id = $1",
        department
    ))
    .await
    .map(|_| ())
}

pub(super) async fn name_organization(
    tx: &mut Tx,
    department: DepartmentId,
    name: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO offered_organizations (department_id, organization_id) SELECT d.id, g.id FROM departments d \
         JOIN organizations g ON g.name = $2 WHERE d.id = $1",
        department,
        name
    ))
    .await
    .map(|_| ())
}

pub(super) async fn name_site(
    tx: &mut Tx,
    department: DepartmentId,
    name: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO offered_locations (department_id, location_id) SELECT d.id, l.id FROM departments d \
         JOIN locations l ON l.name = $2 WHERE d.id = $1",
        department,
        name
    ))
    .await
    .map(|_| ())
}

pub(super) async fn name_domain(
    tx: &mut Tx,
    department: DepartmentId,
    domain: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO offered_domains (department_id, domain) VALUES ($1, $2)",
        department,
        domain
    ))
    .await
    .map(|_| ())
}
