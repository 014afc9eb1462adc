//! The rows of the first day.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
use crate::policy::{Level, Privilege};

pub(super) async fn owner(ask: &mut dyn Answers) -> Result<Option<PersonId>, Error> {
    record! { struct Owner { person_id: PersonId } }
    let row: Option<Owner> = ask
        .maybe(global!(
            "SELECT person_id FROM agents WHERE role = 'owner' ORDER BY person_id LIMIT 1"
        ))
        .await?;
    Ok(row.map(|r| r.person_id))
}

pub(super) async fn has_departments(ask: &mut dyn Answers) -> Result<bool, Error> {
    record! { struct Any { id: i64 } }
    let row: Option<Any> = ask
        .maybe(global!("SELECT id FROM departments LIMIT 1"))
        .await?;
    Ok(row.is_some_and(|r| r.id > 0))
}

pub(super) async fn insert_first_place(
    tx: &mut Tx,
    owner: PersonId,
    department: &str,
    category: &str,
    now: Moment,
) -> Result<(), Error> {
    record! { struct Department { id: DepartmentId } }
    record! { struct Category { id: CategoryId } }
    let made: Department = tx
        .one(global!(
            "INSERT INTO departments (name, is_active, created_at) VALUES ($1, TRUE, $2) RETURNING id",
            department,
            now
        ))
        .await?;
    let category: Category = tx
        .one(global!(
            "INSERT INTO categories (department_id, name, position, is_active) VALUES ($1, $2, 1, TRUE) RETURNING id",
            made.id,
            category
        ))
        .await?;
    tx.run(global!(
        "UPDATE departments SET default_category_id = $2 WHERE id = $1",
        made.id,
        category.id
    ))
    .await?;
    tx.run(global!(
        "INSERT INTO memberships (person_id, department_id, level, privileges, is_available) VALUES ($1, $2, $3, $4, TRUE)",
        owner,
        made.id,
        Level::Edit,
        Privilege::store(Privilege::ALL)
    ))
    .await
    .map(|_| ())
}
