//! The fourth step: departments, their categories, and who belongs to them.

use kit::authz::{Actor, permit};
use kit::clock::Moment;
use kit::db::{Db, Tx};
use kit::error::{Error, Fields};
use words::language::Language;

pub mod pages;

use super::{Step, Stop, at, begin, end, must_fit};
use crate::audit::Pen;
use crate::departments::rights::{AllDepartments, ChangeCategories, ChangeMembers, find_to_change};
use crate::departments::{DepartmentId, admin as departments, categories};
use crate::people::{self, PersonId};
use crate::policy::{Level, Role, Service, permission};
use kit::web::form::{is_same_name, lines};

/// Which department a row of the fourth step is about.
#[derive(Clone, Debug)]
pub enum Place {
    /// One to be made, of this name; none when the name is empty.
    New(String),
    /// One that is there.
    Standing(DepartmentId),
}

/// What a department gets.
#[derive(Clone, Debug)]
pub struct Furnished {
    /// Which.
    pub place: Place,
    /// Categories it gets, one on a line; those that it has stay as they are.
    pub categories: String,
    /// Who belongs to it from now on; who does already stays as they are.
    pub members: Vec<PersonId>,
}

impl Furnished {
    fn wrong(&self) -> Fields {
        let mut faults = Fields::default();
        if let Place::New(name) = &self.place {
            faults.require(!name.trim().is_empty(), "name", "fault-missing");
        }
        must_fit(&lines(&self.categories), "categories", &mut faults);
        faults
    }
}

/// Makes departments, gives them categories and members: all of it, or nothing. A row without a name is a department
/// that is not wanted after all.
///
/// # Errors
/// `Forbidden`; `Conflict`; row by row what is wrong.
pub async fn furnish(
    db: &Db,
    actor: &Actor,
    seen: i64,
    (rows, language): (&[Furnished], Language),
    now: Moment,
) -> Result<(), Stop> {
    let mut tx = db.write().await?;
    begin(&mut tx, actor, seen, |plan| {
        plan.mark(Step::Departments);
        plan.departments.clear();
    })
    .await?;
    let wrong = |(n, row): (usize, &Furnished)| {
        let faults = row.wrong();
        (!faults.0.is_empty()).then_some((n, faults))
    };
    let wrong: Vec<_> = rows.iter().enumerate().filter_map(wrong).collect();
    if !wrong.is_empty() {
        return Err(Stop::Rows(wrong));
    }
    let usual = words::catalogue::say(language, "admin-first-category");
    for (n, row) in rows.iter().enumerate() {
        furnish_one(&mut tx, actor, row, usual, now)
            .await
            .map_err(at(n))?;
    }
    Ok(end(tx, actor, Step::Departments, now).await?)
}

async fn furnish_one(
    tx: &mut Tx,
    actor: &Actor,
    row: &Furnished,
    usual: &str,
    now: Moment,
) -> Result<(), Error> {
    let pen = Pen::of(actor, now);
    let mut named = lines(&row.categories);
    let id = match &row.place {
        Place::Standing(id) => *id,
        Place::New(name) => {
            let may = permit(actor, AllDepartments)?;
            let first = named.first().map_or(usual, String::as_str);
            departments::create(tx, &may, name, true, first, pen).await?
        }
    };
    let standing = categories::tree(tx, id).await?;
    named.retain(|name| !standing.iter().any(|(_, it)| is_same_name(&it.name, name)));
    if !named.is_empty() {
        let may = find_to_change::<ChangeCategories>(tx, actor, id).await?;
        for name in &named {
            categories::add(tx, &may, name, None, pen).await?;
        }
    }
    let standing = departments::members(tx, id).await?;
    let mut fresh = row.members.clone();
    fresh.retain(|id| !standing.iter().any(|it| it.person_id == *id));
    if fresh.is_empty() {
        return Ok(());
    }
    let may = find_to_change::<ChangeMembers>(tx, actor, id).await?;
    for id in fresh {
        let unknown = |error| match error {
            Error::NotFound => {
                Error::invalid_with("person", "fault-person-unknown", id.to_string())
            }
            other => other,
        };
        let person = people::find(tx, id).await.map_err(unknown)?;
        let is = (level(person.role), Service::ALL);
        departments::add_member(tx, &may, actor, &person, is, now).await?;
    }
    Ok(())
}

/// What a role makes of somebody in a department: whoever handles tickets handles its, others read them.
fn level(role: Option<Role>) -> Level {
    if role.is_some_and(|role| role.carries(permission::HANDLE)) {
        Level::Edit
    } else {
        Level::View
    }
}
