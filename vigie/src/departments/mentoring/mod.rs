//! Mentors (features C-09, U-20; decision 0058): experienced agents, each of whom looks after colleagues that are newer at it. Whoever
//! keeps the members of a department says who the mentors of each of them are.
//!
//! Deliberately absent: any sight and any right. The rule reads nothing of this.

pub mod api;
pub mod pages;
mod store;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::record;

use super::admin::must_match;
use super::rights::{ChangeMembers, DepartmentAdmin};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::{Person, PersonId, directory};

/// The most mentors one agent has.
pub const MOST: usize = 10;

record! {
    /// A mentor.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Mentor {
        /// Whose.
        pub trainee_id: PersonId,
        /// Who.
        pub mentor_id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
    }
}

record! {
    /// Somebody who belongs to a department.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Member {
        /// Who.
        pub person_id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
    }
}

/// An agent and their mentors, by name.
#[derive(Clone, Debug)]
pub struct Mentored {
    /// They.
    pub member: Member,
    /// Their mentors.
    pub mentors: Vec<Mentor>,
}

/// Everybody who belongs to the department, by name, with their mentors.
pub async fn in_department(
    ask: &mut dyn Answers,
    department: &May<ChangeMembers, DepartmentAdmin>,
) -> Result<Vec<Mentored>, Error> {
    let mut mentors = store::mentors_in(ask, department.id).await?;
    let members = store::members(ask, department.id).await?;
    let each = members.into_iter().map(|member| Mentored {
        mentors: mentors
            .extract_if(.., |it| it.trainee_id == member.person_id)
            .collect(),
        member,
    });
    Ok(each.collect())
}

/// The mentors of any of these people.
pub async fn of_any(
    ask: &mut dyn Answers,
    trainees: impl Iterator<Item = PersonId>,
) -> Result<Vec<PersonId>, Error> {
    let trainees: Vec<i64> = trainees.map(|it| it.0).collect();
    if trainees.is_empty() {
        return Ok(vec![]);
    }
    store::of_any(ask, trainees).await
}

/// Whether somebody is a mentor of anybody.
pub async fn is_mentor(ask: &mut dyn Answers, person: PersonId) -> Result<bool, Error> {
    Ok(!store::trainees_of(ask, person).await?.is_empty())
}

/// The agents whom addresses and logins between commas name.
///
/// # Errors
/// `Invalid` at `mentors`, naming the first that is unknown.
pub async fn typed(ask: &mut dyn Answers, actor: &Actor, text: &str) -> Result<Vec<Person>, Error> {
    let mut found: Vec<Person> = vec![];
    let parts = text.split(|c: char| matches!(c, ',' | ';') || c.is_whitespace());
    for name in parts.filter(|it| !it.is_empty()) {
        let person = directory::named(ask, actor, name).await?.ok_or_else(|| {
            Error::invalid_with("mentors", "fault-person-unknown", name.to_owned())
        })?;
        if found.iter().all(|it| it.id != person.id) {
            found.push(person);
        }
    }
    Ok(found)
}

/// Says who the mentors of somebody are: these, and nobody else.
///
/// # Errors
/// `NotFound` for somebody who does not belong to the department; `Conflict` when it was changed meanwhile; `Invalid` at
/// `mentors` for somebody who is no agent, is shut out, or is the trainee.
pub async fn say(
    tx: &mut Tx,
    department: &May<ChangeMembers, DepartmentAdmin>,
    actor: &Actor,
    seen: Option<i64>,
    trainee: PersonId,
    mentors: &[Person],
    now: Moment,
) -> Result<(), Error> {
    let members = store::members(tx, department.id).await?;
    if members.iter().all(|it| it.person_id != trainee) {
        return Err(Error::NotFound);
    }
    must_match(seen, department.version)?;
    let was = store::mentors_of(tx, trainee).await?;
    let fault = |key, name: &str| Err(Error::invalid_with("mentors", key, name.to_owned()));
    if mentors.len() > MOST {
        return fault("fault-too-many-people", &MOST.to_string());
    }
    for one in mentors {
        let is_there = was.iter().any(|it| it.mentor_id == one.id);
        if one.id == trainee {
            return fault("fault-own-mentor", &one.name);
        }
        if one.role.is_none() {
            return fault("fault-not-agent", &one.name);
        }
        // Whoever was shut out since may stay until somebody strikes them.
        if one.disabled_at.is_some() && !is_there {
            return fault("fault-person-disabled", &one.name);
        }
    }
    let kept = |it: &Mentor| mentors.iter().any(|one| one.id == it.mentor_id);
    if was.len() == mentors.len() && was.iter().all(kept) {
        return Ok(());
    }
    for gone in was.iter().filter(|it| !kept(it)) {
        store::delete(tx, trainee, gone.mentor_id).await?;
    }
    for one in mentors {
        store::insert(tx, trainee, one.id, now).await?;
    }
    store::changed(tx, trainee).await?;
    let is = store::mentors_of(tx, trainee).await?;
    let entry = changed(trainee, &was, &is).department(department.id.0);
    audit::note(tx, Pen::of(actor, now), entry).await
}

/// That somebody's mentors changed, for the journal.
fn changed(trainee: PersonId, was: &[Mentor], is: &[Mentor]) -> Entry {
    let names = |all: &[Mentor]| {
        let names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
        names.join(", ")
    };
    Entry::change(Deed::MentorsChanged).person(trainee.0).field(
        Field::Mentors,
        &names(was),
        &names(is),
    )
}

/// Whoever is no longer staff is nobody's mentor, and has none.
pub(super) async fn leave_all(tx: &mut Tx, pen: Pen, person: PersonId) -> Result<(), Error> {
    let mut concerned = store::trainees_of(tx, person).await?;
    concerned.push(person);
    let mut before = vec![];
    for trainee in concerned {
        before.push((trainee, store::mentors_of(tx, trainee).await?));
    }
    store::delete_all(tx, person).await?;
    for (trainee, was) in before {
        let is = store::mentors_of(tx, trainee).await?;
        if was != is {
            audit::note(tx, pen, changed(trainee, &was, &is)).await?;
        }
    }
    Ok(())
}
