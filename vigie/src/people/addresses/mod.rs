//! Further addresses of somebody: those of the records that were merged into theirs. Mail from one finds them,
//! and whoever types one means them.
//!
//! Deliberately absent: signing in with one, and mail to one. Both are for the address of the card.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;

use super::PersonId;
use super::admin::find_to_change;
use crate::audit::{self, Deed, Entry, Field, Pen};

pub mod api;
pub mod pages;
mod store;

pub use store::Address;

/// Those of somebody, the oldest first.
pub async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<Address>, Error> {
    store::of(ask, person).await
}

/// What else somebody is known by: their further addresses, and the names of records that were merged into theirs.
pub async fn known_by(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<String>, Error> {
    store::known_by(ask, person).await
}

/// Gives somebody one more.
///
/// # Errors
/// `Invalid` at `email` when it is somebody's.
pub async fn give(tx: &mut Tx, person: PersonId, email: &str, now: Moment) -> Result<(), Error> {
    store::insert(tx, person, email, now).await
}

/// Takes one away: mail from it makes somebody new.
///
/// # Errors
/// `NotFound` when they do not have it; `Forbidden` without the right, or when they stand above the actor.
pub async fn remove(
    tx: &mut Tx,
    actor: &Actor,
    person: PersonId,
    email: &str,
    now: Moment,
) -> Result<(), Error> {
    let person = find_to_change(tx, actor, person).await?;
    if !store::delete(tx, person.id, email).await? {
        return Err(Error::NotFound);
    }
    let entry =
        Entry::of(Deed::AddressRemoved)
            .person(person.id.0)
            .field(Field::Email, email.trim(), "");
    audit::note(tx, Pen::of(actor, now), entry).await
}
