//! Two records of one human become one (decision 0033): what the other asked, wrote and was let into is the kept
//! one's, its address becomes a further one of theirs, and all that let it in ends. A trace of it stays, since the
//! journal names it, and leads to who was kept.
//!
//! Deliberately absent: undoing it, and merging staff away: what an agent may do is not handed on.

pub mod api;
pub mod columns;
pub mod pages;
mod store;

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::{Because, Error, Fields};
use kit::record;

use super::erasure::{is_erased, of_administrators};
use super::ways_in_store;
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::access;
use crate::people::addresses;
use crate::people::admin::{self, PersonAdmin};
use crate::people::{self, PersonId, clientele};
use crate::policy;

/// The domain of records that were merged away: it exists nowhere (RFC 2606), so nothing is sent there.
const NOWHERE: &str = "merged.invalid";

record! {
    /// Somebody who may be the same human.
    #[derive(Clone, Debug)]
    pub struct Likely {
        /// Who.
        pub id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
    }
}

/// Those who are called the same and are not staff, for whoever may look for them; the first few.
pub async fn likely(
    ask: &mut dyn Answers,
    actor: &Actor,
    person: &PersonAdmin,
) -> Result<Vec<Likely>, Error> {
    store::likely(ask, actor, person.id, &person.name).await
}

/// The versions of both that whoever merges them saw.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Of who is kept.
    pub kept: Option<i64>,
    /// Of the other.
    pub other: Option<i64>,
}

/// Merges `other` into `kept`. Done once already, it is done.
///
/// # Errors
/// `NotFound`; `Forbidden` without the right, or when one stands above the actor; `Conflict` when one changed since
/// it was seen; `Invalid` at `with` for oneself, for the same twice, for staff that would be merged away, for who is
/// erased, shut out or merged elsewhere already.
pub async fn merge(
    db: &Db,
    (actor, now): (&Actor, Moment),
    kept: PersonId,
    other: PersonId,
    seen: Seen,
) -> Result<(), Error> {
    admin::must_manage(actor)?;
    of_administrators(actor)?;
    if kept == other {
        return Err(Error::invalid("with", "fault-duplicate-same"));
    }
    let mut tx = db.write().await?;
    let tx_ = &mut tx;
    // By number, so that two merges in opposite directions do not wait for each other.
    let (keeps, goes) = if kept < other {
        let keeps = admin::find_to_change(tx_, actor, kept).await?;
        (keeps, admin::find_to_change(tx_, actor, other).await)
    } else {
        let goes = admin::find_to_change(tx_, actor, other).await;
        (admin::find_to_change(tx_, actor, kept).await?, goes)
    };
    let goes = match goes {
        Err(Error::NotFound) => return is_done(tx_, kept, other).await,
        found => found?,
    };
    admin::must_match(&keeps, seen.kept)?;
    admin::must_match(&goes, seen.other)?;
    check(actor, &keeps, &goes)?;
    access::end_everything(tx_, other, now).await?;
    store::hand_on(tx_, &goes, kept).await?;
    ways_in_store::end(tx_, &goes).await?;
    let nowhere = format!("merged-{other}@{NOWHERE}");
    store::become_trace(tx_, &goes, kept, &nowhere, now).await?;
    addresses::give(tx_, kept, &goes.email, now).await?;
    tx_.hint("access", kept.0);
    clientele::moved(tx_).await?;
    let entry = Entry::of(Deed::PersonMerged)
        .person(kept.0)
        .thing(&format!("{} <{}>", goes.name, goes.email))
        .field(Field::Name, &goes.name, &keeps.name)
        .field(Field::Email, &goes.email, &keeps.email);
    audit::note(tx_, Pen::of(actor, now), entry).await?;
    tx.commit().await
}

/// Somebody pressed twice, or they are part of somebody else by now.
async fn is_done(tx: &mut Tx, kept: PersonId, other: PersonId) -> Result<(), Error> {
    match people::merged_into(tx, other).await? {
        Some(into) if into == kept => Ok(()),
        Some(_) => Err(Error::invalid("with", "fault-duplicate-gone")),
        None => Err(Error::NotFound),
    }
}

/// Whether these two may become one. All that the other has to do with goes along, so nothing of it may be
/// confidential to whoever says so.
fn check(actor: &Actor, keeps: &PersonAdmin, goes: &PersonAdmin) -> Result<(), Error> {
    if !policy::is_in_every_confidence(actor) {
        return Err(Error::Forbidden(Because("right-every-confidence")));
    }
    let mut faults = Fields::default();
    let is_self = [keeps.id.0, goes.id.0].contains(&actor.id());
    faults.require(keeps.id != goes.id, "with", "fault-duplicate-same");
    faults.require(!is_self, "with", "fault-duplicate-self");
    faults.require(goes.role.is_none(), "with", "fault-duplicate-staff");
    let is_nobody = is_erased(keeps) || is_erased(goes);
    faults.require(!is_nobody, "with", "fault-duplicate-erased");
    let is_shut_out = keeps.disabled_at.is_some() && goes.disabled_at.is_none();
    faults.require(!is_shut_out, "with", "fault-duplicate-shut-out");
    faults.settle()
}
