//! Departments that look at each other's tickets (features X-07; decision 0038): those that carry the same tag. Whoever
//! looks at the tickets of one of them by belonging to it looks at those of the others, and does nothing else there.
//!
//! Deliberately absent: who sees what by it, which triggers keep in `sights` and the rule reads.

pub mod api;
pub mod pages;
mod store;

use kit::authz::{Actor, May};
use kit::db::{Answers, Tx};
use kit::error::{Because, Error};
use kit::record;

use super::DepartmentId;
use super::admin::must_match;
use super::rights::{ChangeMembers, DepartmentAdmin};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::PersonId;
use crate::policy::permission;

/// The longest tag, in characters.
pub const LONGEST_TAG: usize = 60;

record! {
    /// Another department with the same tag.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Partner {
        /// It.
        pub id: DepartmentId,
        /// Its name.
        pub name: String,
        /// How many of its people look here by the tag alone.
        pub look_here: i64,
        /// How many people of here look there by the tag alone.
        pub look_there: i64,
    }
}

/// What a department shares, and with whom.
#[derive(Clone, Debug)]
pub struct Shares {
    /// Its tag.
    pub tag: Option<String>,
    /// The others that carry it, by name.
    pub partners: Vec<Partner>,
}

record! {
    /// A tag by which somebody looks at a department.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ByTag {
        /// The department that is looked at.
        pub department_id: DepartmentId,
        /// The name of the one they belong to, which carries the same tag.
        pub through: String,
        /// The tag.
        pub tag: String,
    }
}

record! {
    /// Somebody who looks at a department by a tag alone.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Onlooker {
        /// Who.
        pub person_id: PersonId,
        /// Where.
        pub department_id: DepartmentId,
    }
}

/// Whether the actor may give a department a tag. It opens this department's tickets to the people of others and
/// theirs to its people, and to whoever joins either: that is said by rank alone.
pub fn may_tag(actor: &Actor) -> bool {
    actor.is_permitted(permission::EVERY_PRIVILEGE)
}

/// What a department shares, for whoever keeps its members.
pub async fn said_in(
    ask: &mut dyn Answers,
    department: &May<ChangeMembers, DepartmentAdmin>,
) -> Result<Shares, Error> {
    Ok(Shares {
        tag: store::tag(ask, department.id).await?,
        partners: store::partners(ask, department.id).await?,
    })
}

/// Every tag that is in use, by name, for whoever may give one.
pub async fn tags(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<String>, Error> {
    if may_tag(actor) {
        store::tags(ask).await
    } else {
        Ok(vec![])
    }
}

/// The tags by which somebody looks at departments, whether or not they look there by belonging, too.
pub async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<ByTag>, Error> {
    store::of(ask, person).await
}

/// The same, of one department.
pub async fn of_in(
    ask: &mut dyn Answers,
    person: PersonId,
    department: DepartmentId,
) -> Result<Vec<ByTag>, Error> {
    let mut all = of(ask, person).await?;
    all.retain(|it| it.department_id == department);
    Ok(all)
}

/// Tags are the same whatever their capitals.
fn key(tag: &str) -> String {
    tag.to_lowercase()
}

/// Gives a department a tag, another, or none. Whoever keeps its members takes the tag away: that only closes.
///
/// # Errors
/// `Conflict` when the department was changed meanwhile; `Forbidden` for a tag that is given by somebody without rank;
/// `Invalid` at `tag` for one that is too long.
pub async fn say(
    tx: &mut Tx,
    department: &May<ChangeMembers, DepartmentAdmin>,
    actor: &Actor,
    seen: Option<i64>,
    tag: &str,
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    let tag = tag.trim();
    let was = store::tag(tx, department.id).await?.unwrap_or_default();
    if tag == was {
        return Ok(());
    }
    if !tag.is_empty() && !may_tag(actor) {
        return Err(Error::Forbidden(Because("right-sharing-tag")));
    }
    if tag.chars().count() > LONGEST_TAG {
        let longest = LONGEST_TAG.to_string();
        return Err(Error::invalid_with("tag", "fault-too-long", longest));
    }
    let before = store::onlookers(tx, department.id, &key(&was), &key(tag)).await?;
    store::set(tx, department.id, tag, &key(tag)).await?;
    let after = store::onlookers(tx, department.id, &key(&was), &key(tag)).await?;
    // Whoever looked by the tag alone, and had made themselves an observer by that, is let out of the tickets, too.
    for lost in before.iter().filter(|it| !after.contains(it)) {
        store::drop_self_made_observers(tx, department, *lost).await?;
        tx.hint("access", lost.person_id.0);
    }
    for gained in after.iter().filter(|it| !before.contains(it)) {
        tx.hint("access", gained.person_id.0);
    }
    let entry = Entry::change(Deed::SharingChanged)
        .department(department.id.0)
        .field(Field::SharingTag, &was, tag);
    audit::note(tx, pen, entry).await
}
