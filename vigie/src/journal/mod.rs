//! Reading the journal of what was done to accounts, rights and settings: for administrators, by page,
//! by file and by API.
//!
//! Deliberately absent: writing it, which is `audit`'s, in the transaction of each deed.

use kit::authz::{Action, Actor, Judged, May, Way, permit};
use kit::clock::Moment;
use kit::db::{Answers, Db};
use kit::error::{Because, Clash, Error};
use kit::record;

use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::departments::DepartmentId;
use crate::people::{PersonId, desk};
use crate::policy::permission;

pub mod api;
mod file;
pub mod of_department;
pub mod pages;
mod store;
mod told;

/// Read it.
#[derive(Clone, Copy, Debug)]
pub struct Read;
impl Action for Read {
    const NAME: &'static str = "read";
}

/// The journal as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Journal;

impl Judged for Journal {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        if actor.is_permitted(permission::SEE_AUDIT) {
            Ok(())
        } else {
            Err(Because(permission::SEE_AUDIT))
        }
    }
}

/// Proof that the actor may read it.
///
/// # Errors
/// `NotFound` for customers, `Forbidden` for staff without the right.
pub fn reader(actor: &Actor) -> Result<May<Read, Journal>, Error> {
    if !actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    permit(actor, Journal)
}

record! {
    /// An entry, with the names that its people and its department have now.
    #[derive(Clone, Debug)]
    pub struct Noted {
        /// Its number.
        pub id: i64,
        /// When.
        pub at: Moment,
        /// Who did it; nobody at the machine.
        pub actor_id: Option<PersonId>,
        /// Their name.
        pub actor: Option<String>,
        /// How they came.
        pub way: Way,
        /// What.
        pub deed: Deed,
        /// Whom it is about.
        pub person_id: Option<PersonId>,
        /// Their name.
        pub person: Option<String>,
        /// Which department it is about.
        pub department_id: Option<DepartmentId>,
        /// Its name.
        pub department: Option<String>,
        /// What it tells, as it is stored.
        pub detail: String,
        /// Ties it to the entry before.
        pub link: String,
    }
}

/// Which entries; `None` is all of them.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What this person did.
    pub actor: Option<PersonId>,
    /// What was done about this person.
    pub person: Option<PersonId>,
    /// What was done in this department.
    pub department: Option<DepartmentId>,
    /// This deed.
    pub deed: Option<Deed>,
    /// From this moment on.
    pub from: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
}

/// From where a page goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    /// The newest entry.
    Start,
    /// Those older than one.
    Older(i64),
    /// Those newer than one.
    Newer(i64),
}

/// A page of the journal, the newest entry first.
#[derive(Clone, Debug)]
pub struct Page {
    /// They.
    pub rows: Vec<Noted>,
    /// Whether there are newer ones.
    pub has_newer: bool,
    /// Whether there are older ones.
    pub has_older: bool,
}

/// Says whether reads by rank are noted. For owners: whoever reads by rank does not decide alone that it
/// stays untold.
///
/// # Errors
/// `NotFound` for customers; `Forbidden` for all but owners; `Conflict` when somebody said something else
/// since.
pub async fn say_noting(
    db: &Db,
    actor: &Actor,
    seen: Option<i64>,
    notes: bool,
    now: Moment,
) -> Result<(), Error> {
    if !actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    if !actor.is_permitted(permission::OWN) {
        return Err(Error::Forbidden(Because(permission::OWN)));
    }
    let mut tx = db.write().await?;
    let (was, current) = desk::notes_reads(&mut tx).await?;
    if let Some(seen) = seen.filter(|seen| *seen != current) {
        return Err(Error::Conflict(Clash::of(seen, current)));
    }
    desk::set_notes_reads(&mut tx, notes, current).await?;
    let entry = Entry::change(Deed::NotingChanged).flag(Field::Noting, was, notes);
    audit::note(&mut tx, Pen::of(actor, now), entry).await?;
    tx.commit().await
}

/// A page of what is wanted.
pub async fn page(
    ask: &mut dyn Answers,
    actor: &Actor,
    _: &May<Read, Journal>,
    wanted: &Wanted,
    past: Past,
    limit: i64,
) -> Result<Page, Error> {
    let mut rows = match past {
        Past::Start => store::older(ask, actor, wanted, i64::MAX, limit + 1).await?,
        Past::Older(id) => store::older(ask, actor, wanted, id, limit + 1).await?,
        Past::Newer(id) => store::newer(ask, actor, wanted, id, limit + 1).await?,
    };
    let is_cut = i64::try_from(rows.len()).is_ok_and(|n| n > limit);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let (has_newer, has_older) = match past {
        Past::Start => (false, is_cut),
        Past::Older(_) => (true, is_cut),
        Past::Newer(_) => (is_cut, true),
    };
    if matches!(past, Past::Newer(_)) {
        rows.reverse();
    }
    Ok(Page {
        rows,
        has_newer,
        has_older,
    })
}
