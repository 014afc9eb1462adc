//! What administrators do for the safety of somebody's account: end their sessions everywhere, take a
//! lost second factor and passkeys away. Rank decides as for every change: nobody touches somebody above them.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;

use super::find_to_change;
use crate::audit::{self, Deed, Entry, Pen};
use crate::people::PersonId;
use crate::people::access::sessions;
use crate::people::second_factor::{self, halfway};
use crate::people::{mailed_codes, passkeys};

pub mod api;
pub mod pages;

/// How somebody's account is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Safety {
    /// Since when a code is asked for; `None` when it is not.
    pub second_factor_since: Option<Moment>,
    /// Passkeys.
    pub passkeys: i64,
    /// Open sessions.
    pub sessions: i64,
}

/// How it stands.
pub async fn standing(
    ask: &mut dyn Answers,
    person: PersonId,
    now: Moment,
) -> Result<Safety, Error> {
    let open = sessions::list(ask, person, now).await?.len();
    let keys = passkeys::list(ask, person).await?.len();
    Ok(Safety {
        second_factor_since: second_factor::standing(ask, person).await?.since,
        passkeys: i64::try_from(keys).unwrap_or(i64::MAX),
        sessions: i64::try_from(open).unwrap_or(i64::MAX),
    })
}

/// Whether they are the only owner who can still come in; the rows of owners are held.
pub async fn is_last_owner(tx: &mut Tx, person: PersonId) -> Result<bool, Error> {
    Ok(super::store::live_owners(tx).await? == [person])
}

/// Ends every session of a person, and every sign-in they have begun.
///
/// # Errors
/// `Forbidden` when they stand above the actor, `NotFound`.
pub async fn end_sessions(
    tx: &mut Tx,
    actor: &Actor,
    person: PersonId,
    now: Moment,
) -> Result<(), Error> {
    let person = find_to_change(tx, actor, person).await?;
    sessions::end_others(tx, person.id, "").await?;
    halfway::end_all(tx, person.id).await?;
    mailed_codes::end_all(tx, person.id).await?;
    let entry = Entry::of(Deed::SessionsEnded).person(person.id.0);
    audit::note(tx, Pen::of(actor, now), entry).await
}

/// Takes a person's second factor and passkeys away, and ends their sessions: a lost phone may be in other hands.
///
/// # Errors
/// As for [`end_sessions`].
pub async fn remove_second_factor(
    tx: &mut Tx,
    actor: &Actor,
    person: PersonId,
    now: Moment,
) -> Result<(), Error> {
    end_sessions(tx, actor, person, now).await?;
    second_factor::forget(tx, person).await?;
    passkeys::forget(tx, person).await?;
    let entry = Entry::of(Deed::SecondFactorRemoved).person(person.0);
    audit::note(tx, Pen::of(actor, now), entry).await
}
