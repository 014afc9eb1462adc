//! The SQL of administering departments.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Query, Tx, on_unique};
use kit::error::Error;
use kit::{global, record};

use super::admin::{Listed, Member, Share};
use super::categories::Category;
use super::rights::DepartmentAdmin;
use super::{CategoryId, DepartmentId};
use crate::people::PersonId;
use crate::policy::Level;

fn one(me: i64, id: DepartmentId) -> Query {
    global!(
        "SELECT d.id, d.name, d.default_category_id, d.is_active, d.is_anonymous, d.version, \
         m.level AS my_level, m.privileges AS my_privileges FROM departments d \
         LEFT JOIN sights m ON m.department_id = d.id AND m.person_id = $2 WHERE d.id = $1",
        id,
        me
    )
}

pub(super) async fn department(
    ask: &mut dyn Answers,
    me: i64,
    id: DepartmentId,
) -> Result<Option<DepartmentAdmin>, Error> {
    ask.maybe(one(me, id)).await
}

pub(super) async fn department_to_change(
    tx: &mut Tx,
    me: i64,
    id: DepartmentId,
) -> Result<Option<DepartmentAdmin>, Error> {
    let query = one(me, id).locking(tx.engine(), "d");
    tx.maybe(query).await
}

/// Those the person belongs to, with what their rights hang on.
pub(super) async fn departments_of(
    ask: &mut dyn Answers,
    me: i64,
) -> Result<Vec<DepartmentAdmin>, Error> {
    ask.all(global!(
        "SELECT d.id, d.name, d.default_category_id, d.is_active, d.is_anonymous, d.version, \
         m.level AS my_level, m.privileges AS my_privileges FROM departments d \
         JOIN sights m ON m.department_id = d.id WHERE m.person_id = $1 ORDER BY d.name, d.id",
        me
    ))
    .await
}

pub(super) async fn list(ask: &mut dyn Answers) -> Result<Vec<Listed>, Error> {
    ask.all(global!(
        "SELECT d.id, d.name, d.is_active, (d.virtual_of_id IS NOT NULL) AS is_virtual, d.version, \
         (SELECT COUNT(*) FROM categories c WHERE c.department_id = d.id) AS categories, \
         (SELECT COUNT(*) FROM memberships m WHERE m.department_id = d.id) AS members \
         FROM departments d ORDER BY d.name, d.id"
    ))
    .await
}

pub(super) async fn active(ask: &mut dyn Answers) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(global!(
            "SELECT COUNT(*) AS n FROM departments WHERE is_active"
        ))
        .await?;
    Ok(count.n)
}

pub(super) async fn categories(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<Category>, Error> {
    ask.all(global!(
        "SELECT c.id, c.parent_id, c.name, c.is_active, c.version FROM categories c \
         WHERE c.department_id = $1 ORDER BY c.position, c.id",
        department
    ))
    .await
}

pub(super) async fn members(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<Member>, Error> {
    ask.all(global!(
        "SELECT m.person_id, p.name, p.email, m.level, m.privileges, m.services, m.is_available, m.rate, m.version FROM memberships m \
         JOIN people p ON p.id = m.person_id WHERE m.department_id = $1 ORDER BY p.name, p.id",
        department
    ))
    .await
}

record! { struct NewDepartment { id: DepartmentId } }
record! { struct NewCategory { id: CategoryId } }

fn named_once(error: Error) -> Error {
    let instead = Error::invalid("name", "fault-department-taken");
    on_unique(error, "departments", "name", instead)
}

pub(super) async fn insert_department(
    tx: &mut Tx,
    name: &str,
    is_active: bool,
    now: Moment,
) -> Result<DepartmentId, Error> {
    let row: NewDepartment = tx
        .one(global!(
            "INSERT INTO departments (name, is_active, created_at) VALUES ($1, $2, $3) RETURNING id",
            name,
            is_active,
            now
        ))
        .await
        .map_err(named_once)?;
    Ok(row.id)
}

pub(super) async fn update_department(
    tx: &mut Tx,
    id: DepartmentId,
    name: &str,
    (is_active, is_anonymous): (bool, bool),
    default_category: Option<CategoryId>,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE departments SET name = $2, is_active = $3, default_category_id = $4, is_anonymous = $5, version = version + 1 WHERE id = $1",
        id,
        name,
        is_active,
        default_category,
        is_anonymous
    ))
    .await
    .map(|_| ())
    .map_err(named_once)
}

/// Behind the others: the order of categories is that of their making.
pub(super) async fn insert_category(
    tx: &mut Tx,
    department: DepartmentId,
    parent: Option<CategoryId>,
    name: &str,
) -> Result<CategoryId, Error> {
    let row: NewCategory = tx
        .one(global!(
            "INSERT INTO categories (department_id, parent_id, name, position, is_active) \
             SELECT $1, $2, $3, COALESCE(MAX(c.position), 0) + 1, TRUE FROM categories c WHERE c.department_id = $1 \
             RETURNING id",
            department,
            parent,
            name
        ))
        .await?;
    Ok(row.id)
}

pub(super) async fn update_category(
    tx: &mut Tx,
    id: CategoryId,
    parent: Option<CategoryId>,
    name: &str,
    is_active: bool,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE categories SET parent_id = $2, name = $3, is_active = $4, version = version + 1 WHERE id = $1",
        id,
        parent,
        name,
        is_active
    ))
    .await
    .map(|_| ())
}

/// False when they are a member already.
pub(super) async fn insert_member(
    tx: &mut Tx,
    department: DepartmentId,
    person: PersonId,
    (level, privileges, services): (Level, &str, &str),
) -> Result<bool, Error> {
    tx.run(global!(
        "INSERT INTO memberships (person_id, department_id, level, privileges, services, is_available) \
         VALUES ($1, $2, $3, $4, $5, TRUE) ON CONFLICT (person_id, department_id) DO NOTHING",
        person,
        department,
        level,
        privileges,
        services
    ))
    .await
    .map(|n| n == 1)
}

pub(super) async fn update_member(
    tx: &mut Tx,
    department: DepartmentId,
    person: PersonId,
    (level, privileges, services): (Level, &str, &str),
    share: Share,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE memberships SET level = $3, privileges = $4, is_available = $5, rate = $6, services = $7, version = version + 1 \
         WHERE person_id = $1 AND department_id = $2",
        person,
        department,
        level,
        privileges,
        share.is_available,
        share.rate,
        services
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_member(
    tx: &mut Tx,
    department: DepartmentId,
    person: PersonId,
) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM memberships WHERE person_id = $1 AND department_id = $2",
        person,
        department
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_memberships(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM memberships WHERE person_id = $1",
        person
    ))
    .await
    .map(|_| ())
}

record! {
    /// A membership as the person's page shows it.
    #[derive(Clone, Debug)]
    pub struct MembershipOf {
        /// The department.
        pub department_id: DepartmentId,
        /// Its name.
        pub department: String,
        /// The level there.
        pub level: Level,
        /// What it holds for, as stored.
        pub services: String,
        /// Grows with every change.
        pub version: i64,
    }
}

pub(super) async fn memberships(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Vec<MembershipOf>, Error> {
    ask.all(global!(
        "SELECT m.department_id, d.name AS department, m.level, m.services, m.version FROM memberships m \
         JOIN departments d ON d.id = m.department_id WHERE m.person_id = $1 ORDER BY d.name, d.id",
        person
    ))
    .await
}
