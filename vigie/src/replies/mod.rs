//! Saved replies (features X-19): texts used again and again, one's own, a department's, or
//! everyone's, with a few placeholders that are filled when one is put into the composer.
//!
//! Deliberately absent: tickets. A reply is filled from plain [`fill::Facts`]; who gathers them is
//! not this room's business.

pub mod api;
pub mod fill;
pub mod pages;
pub mod rights;
mod store;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields, must_match};
use kit::{id, record, stored_words};

use crate::departments::{self, DepartmentId, DepartmentName};
use crate::people::PersonId;
use crate::policy::Level;
use rights::{Change, Put, Shelf};

/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 120;
/// The longest text, in characters.
pub const LONGEST_BODY: usize = 20_000;

id! {
    /// A saved reply.
    ReplyId
}

stored_words! {
    /// Who may use a saved reply.
    pub enum Sharing {
        /// Only who wrote it.
        Private = "private",
        /// The members of a department.
        Department = "department",
        /// All staff.
        Everyone = "everyone",
    }
}

record! {
    /// A saved reply as its actor sees it.
    #[derive(Clone, Debug)]
    pub struct SavedReply {
        /// Its row.
        pub id: ReplyId,
        /// What it is found by.
        pub title: String,
        /// Markdown with placeholders.
        pub body: String,
        /// Who may use it.
        pub sharing: Sharing,
        /// Who wrote it.
        pub owner_id: PersonId,
        /// Their name.
        pub owner: String,
        /// The department it belongs to.
        pub department_id: Option<DepartmentId>,
        /// That department's name.
        pub department: Option<String>,
        /// Grows with every change.
        pub version: i64,
        /// The actor's level in that department.
        pub my_level: Option<Level>,
    }
}

/// What a saved reply is to be.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// What it is found by.
    pub title: &'a str,
    /// Markdown with placeholders.
    pub body: &'a str,
}

impl Wanted<'_> {
    fn check(&self) -> Result<(), Error> {
        let mut faults = Fields::default();
        let title = self.title.trim();
        faults.require(!title.is_empty(), "title", "fault-missing");
        if title.chars().count() > LONGEST_TITLE {
            faults.add("title", "fault-too-long", Some(LONGEST_TITLE.to_string()));
        }
        faults.require(!self.body.trim().is_empty(), "body", "fault-missing");
        if self.body.chars().count() > LONGEST_BODY {
            faults.add("body", "fault-too-long", Some(LONGEST_BODY.to_string()));
        }
        if let Err(unknown) = fill::check(self.body) {
            faults.add("body", "fault-placeholder", Some(format!("{{{unknown}}}")));
        }
        faults.settle()
    }
}

/// The replies this actor may use, their own first, then by title.
pub async fn usable(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<SavedReply>, Error> {
    store::usable(ask, actor).await
}

/// Proof that the actor may do `A` to the reply.
///
/// # Errors
/// `NotFound` when it is not there or not for them; `Forbidden` when it is not theirs to change.
pub async fn find<A: kit::authz::Action>(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: ReplyId,
) -> Result<May<A, SavedReply>, Error> {
    kit::authz::find(ask, actor, store::one(actor, id)).await
}

/// The same inside a change.
pub async fn find_to_change(
    tx: &mut Tx,
    actor: &Actor,
    id: ReplyId,
) -> Result<May<Change, SavedReply>, Error> {
    let query = store::one(actor, id).locking(tx.engine(), "r");
    kit::authz::find(tx, actor, query).await
}

/// Proof that the actor may put a reply on this shelf.
///
/// # Errors
/// `Invalid` at `department` when none is named for a department's reply, or an unknown one.
pub async fn shelf(
    ask: &mut dyn Answers,
    actor: &Actor,
    sharing: Sharing,
    department: Option<DepartmentId>,
) -> Result<May<Put, Shelf>, Error> {
    let shelf = match (sharing, department) {
        (Sharing::Department, None) => {
            return Err(Error::invalid("department", "fault-department-missing"));
        }
        (Sharing::Department, Some(id)) => {
            let level = store::level_in(ask, actor, id)
                .await?
                .ok_or_else(|| Error::invalid("department", "fault-department-missing"))?;
            Shelf {
                sharing,
                department: Some(id),
                my_level: level.my_level,
            }
        }
        _ => Shelf {
            sharing,
            department: None,
            my_level: None,
        },
    };
    kit::authz::permit(actor, shelf)
}

/// The shelves this actor may put replies on.
pub async fn shelves(
    ask: &mut dyn Answers,
    actor: &Actor,
) -> Result<(Vec<Sharing>, Vec<DepartmentName>), Error> {
    let mut mine = vec![];
    for department in departments::seen_by(ask, actor).await? {
        let may = shelf(ask, actor, Sharing::Department, Some(department.id)).await;
        if may.is_ok() {
            mine.push(department);
        }
    }
    let mut kinds = vec![Sharing::Private];
    if !mine.is_empty() {
        kinds.push(Sharing::Department);
    }
    if shelf(ask, actor, Sharing::Everyone, None).await.is_ok() {
        kinds.push(Sharing::Everyone);
    }
    Ok((kinds, mine))
}

/// Saves a new reply.
pub async fn add(
    tx: &mut Tx,
    shelf: &May<Put, Shelf>,
    actor: &Actor,
    wanted: Wanted<'_>,
    now: Moment,
) -> Result<ReplyId, Error> {
    wanted.check()?;
    if let Some(twin) = store::twin(tx, actor, shelf, wanted).await? {
        return Ok(twin);
    }
    store::insert(tx, shelf, PersonId(actor.id()), wanted, now).await
}

/// Changes a reply, and the shelf it stands on.
///
/// # Errors
/// `Conflict` when it changed since `seen`.
pub async fn change(
    tx: &mut Tx,
    reply: &May<Change, SavedReply>,
    shelf: &May<Put, Shelf>,
    actor: &Actor,
    seen: Option<i64>,
    wanted: Wanted<'_>,
    now: Moment,
) -> Result<(), Error> {
    must_match(seen, reply.version)?;
    wanted.check()?;
    // What becomes private is whoever made it so, or they would lose it from sight.
    let owner = match shelf.sharing {
        Sharing::Private => PersonId(actor.id()),
        _ => reply.owner_id,
    };
    store::update(tx, reply, shelf, owner, wanted, now).await
}

/// Throws a reply away.
///
/// # Errors
/// `Conflict` when it changed since `seen`.
pub async fn remove(
    tx: &mut Tx,
    reply: &May<Change, SavedReply>,
    seen: Option<i64>,
) -> Result<(), Error> {
    must_match(seen, reply.version)?;
    store::delete(tx, reply).await
}
