//! The set-up in five steps (features L-22, L-23): needs, access, roles, departments, review. Each step is saved alone, in
//! one transaction, and can be saved again; how far one is stands in the settings, so that one goes on elsewhere.
//!
//! Deliberately absent: a second way to make an agent, a department, a category or a member, or to take anything away.
//! Steps call the deeds of the administration pages, with their rights, their refusals and their lines in the journal.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::{Clash, Error, Fields};
use kit::web::form::{is_same_name, lines};
use words::language::Language;

pub mod pages;
pub mod places;
pub mod plan;
pub mod views;

pub use plan::{Plan, Size, Step};

use crate::administration::people as deeds;
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::departments::admin::{self as departments, LONGEST_NAME};
use crate::house::House;
use crate::people::admin::{PersonChange, check};
use crate::people::desk;
use crate::policy::{AgentScope, Role};
use crate::scopes::review;

/// The most departments that are named at once, and categories that are added to one.
pub const MOST_NAMES: usize = 30;

/// How the set-up stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// How far it is.
    pub plan: Plan,
    /// Grows with every change of it and of the settings it shows; never 0.
    pub version: i64,
    row: i64,
}

impl Standing {
    /// Whether the first page of administration offers it: from the first day until it is finished or put away. A desk
    /// that was set up otherwise finds it, and is not asked.
    pub fn is_offered(&self) -> bool {
        self.row > 0 && !self.plan.is_put_away && !self.plan.is_finished()
    }
}

/// What keeps a step from being saved.
#[derive(Debug)]
pub enum Stop {
    /// What is wrong, row by row.
    Rows(Vec<(usize, Fields)>),
    /// Everything else.
    Whole(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Whole(error)
    }
}

/// A fault of one row is told there.
fn at(row: usize) -> impl Fn(Error) -> Stop {
    move |error| match error {
        Error::Invalid(fields) => Stop::Rows(vec![(row, fields)]),
        other => Stop::Whole(other),
    }
}

/// Offers it, on the first day.
pub async fn offer(tx: &mut Tx) -> Result<(), Error> {
    let (_, row) = desk::guide(tx).await?;
    desk::set_guide(tx, "", row).await
}

/// How it stands, for administrators by rank.
///
/// # Errors
/// `Forbidden`.
pub async fn standing(ask: &mut dyn Answers, actor: &Actor) -> Result<Standing, Error> {
    desk::of_administrators(actor)?;
    let (text, row) = desk::guide(ask).await?;
    let (_, review) = desk::review_days(ask).await?;
    Ok(Standing {
        plan: Plan::read(&text),
        version: row + review + desk::version(ask).await?,
        row,
    })
}

/// Begins to save a step: of two who save at once the second waits here for the first, and then is refused.
async fn begin(
    tx: &mut Tx,
    actor: &Actor,
    seen: i64,
    change: impl FnOnce(&mut Plan),
) -> Result<(), Error> {
    let Standing {
        mut plan,
        version: current,
        row,
    } = standing(tx, actor).await?;
    if seen != current {
        return Err(Error::Conflict(Clash::of(seen, current)));
    }
    change(&mut plan);
    desk::set_guide(tx, &plan.written(), row).await
}

/// Notes and keeps it.
async fn end(mut tx: Tx, actor: &Actor, step: Step, now: Moment) -> Result<(), Error> {
    let entry = Entry::of(Deed::GuideStepped).field(Field::Step, "", step.word());
    audit::note(&mut tx, Pen::of(actor, now), entry).await?;
    tx.commit().await
}

/// What the first step says.
#[derive(Clone, Copy, Debug)]
pub struct Needs<'a> {
    /// Name of the organisation.
    pub organisation: &'a str,
    /// How large it is.
    pub size: Option<Size>,
    /// Departments to begin with, one on a line; those that are there already are left out.
    pub departments: &'a str,
}

/// Saves what the desk is for. Departments are named here and made in the fourth step.
///
/// # Errors
/// `Forbidden`; `Conflict`; `Invalid` at `organisation`, `size` or `departments`.
pub async fn say_needs(
    db: &Db,
    actor: &Actor,
    seen: i64,
    wanted: &Needs<'_>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let standing = departments::list(&mut tx, actor).await?;
    let mut named = lines(wanted.departments);
    named.retain(|name| !standing.iter().any(|it| is_same_name(&it.name, name)));
    let mut faults = Fields::default();
    faults.require(wanted.size.is_some(), "size", "fault-guide-size");
    must_fit(&named, "departments", &mut faults);
    begin(&mut tx, actor, seen, |plan| {
        plan.mark(Step::Needs);
        plan.size = wanted.size;
        plan.departments = named;
    })
    .await?;
    let name = desk::Change {
        organisation: Some(wanted.organisation),
        ..desk::Change::default()
    };
    match desk::change(&mut tx, actor, None, &name, now).await {
        Err(Error::Invalid(more)) => faults.0.extend(more.0),
        said => said?,
    }
    faults.settle()?;
    end(tx, actor, Step::Needs, now).await
}

/// Names that can be those of departments and categories, and not too many of them.
fn must_fit(names: &[String], field: &'static str, faults: &mut Fields) {
    if names.len() > MOST_NAMES {
        faults.add(field, "fault-guide-many", Some(MOST_NAMES.to_string()));
    } else if names.iter().any(|it| it.chars().count() > LONGEST_NAME) {
        faults.add(field, "fault-too-long", Some(LONGEST_NAME.to_string()));
    }
}

/// Saves how far agents see who are made from now on.
///
/// # Errors
/// `Forbidden`; `Conflict`; `Invalid` at `desk` when nothing was chosen.
pub async fn choose_access(
    db: &Db,
    actor: &Actor,
    seen: i64,
    scope: Option<AgentScope>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    begin(&mut tx, actor, seen, |plan| plan.mark(Step::Access)).await?;
    let scope = scope.ok_or_else(|| Error::invalid("desk", "fault-guide-desk"))?;
    let wanted = desk::Change {
        default_scope: Some(scope),
        ..desk::Change::default()
    };
    desk::change(&mut tx, actor, None, &wanted, now).await?;
    end(tx, actor, Step::Access, now).await
}

/// Somebody to be invited.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role; none when what was chosen is none.
    pub role: Option<Role>,
}

/// Makes agents of the desk's default scope, and mails each a link to choose a password: all of them, or nobody.
///
/// # Errors
/// `Forbidden`; `Conflict`; row by row what is wrong.
pub async fn invite(
    app: &House,
    actor: &Actor,
    seen: i64,
    (rows, language): (&[Invited], Language),
    now: Moment,
) -> Result<(), Stop> {
    let mut tx = app.db.write().await?;
    begin(&mut tx, actor, seen, |plan| plan.mark(Step::Roles)).await?;
    let scope = desk::read(&mut tx).await?.default_scope;
    let person = |row: &Invited| PersonChange {
        name: row.name.clone(),
        email: row.email.clone(),
        login: None,
        language,
        site: String::new(),
        staff: row.role.map(|role| (role, scope)),
        has_portal: false,
        is_disabled: false,
    };
    let wrong = |(n, row): (usize, &Invited)| {
        let mut faults = Fields::default();
        check(&person(row), &mut faults);
        faults.require(row.role.is_some(), "role", "fault-role");
        (!faults.0.is_empty()).then_some((n, faults))
    };
    let wrong: Vec<_> = rows.iter().enumerate().filter_map(wrong).collect();
    if !wrong.is_empty() {
        return Err(Stop::Rows(wrong));
    }
    for (n, row) in rows.iter().enumerate() {
        deeds::create_in(app, &mut tx, actor, &person(row), true)
            .await
            .map_err(at(n))?;
    }
    Ok(end(tx, actor, Step::Roles, now).await?)
}

/// Saves after how many days each scope is looked at again.
///
/// # Errors
/// `Forbidden`; `Conflict`; `Invalid` at `review_days`.
pub async fn adjust(
    db: &Db,
    actor: &Actor,
    seen: i64,
    days: i64,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    begin(&mut tx, actor, seen, |plan| plan.mark(Step::Review)).await?;
    review::say_days_in(&mut tx, actor, None, days, now).await?;
    end(tx, actor, Step::Review, now).await
}

/// Offers it no longer; it can be walked through all the same.
///
/// # Errors
/// `Forbidden`; `Conflict`.
pub async fn put_away(db: &Db, actor: &Actor, seen: i64, now: Moment) -> Result<(), Error> {
    let mut tx = db.write().await?;
    begin(&mut tx, actor, seen, |plan| plan.is_put_away = true).await?;
    let entry = Entry::of(Deed::GuidePutAway);
    audit::note(&mut tx, Pen::of(actor, now), entry).await?;
    tx.commit().await
}
