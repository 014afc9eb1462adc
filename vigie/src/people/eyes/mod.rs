//! Looking at the application with somebody's eyes: whoever may sees every page as that person
//! sees it, for an hour at most, and changes nothing meanwhile. The guard at the door refuses every
//! deed and every page that is not marked as one to be looked at (`Route::for_eyes`); what is private to
//! the person stays so (`policy::with_eyes_of`). Both ends of it are noted in the journal.

use kit::authz::{Action, Actor, Judged, May, Reach};
use kit::clock::{Moment, Span};
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::record;

use super::admin::{Look, PersonAdmin};
use super::{Person, PersonId};
use crate::audit::{self, Deed, Entry, Pen};
use crate::policy::{self, permission};

pub mod pages;
mod store;

/// After so long one sees with one's own eyes again.
pub const LONGEST: Span = Span::hours(1);

record! {
    /// Whose eyes a session looks with.
    #[derive(Clone, Debug)]
    pub struct Eyes {
        /// Whose.
        pub eyes_id: PersonId,
        /// Until when.
        pub eyes_until: Moment,
    }
}

/// Whether the actor may look with their eyes: those of somebody else of the staff, up to their own rank,
/// whose account is active.
pub fn may_open(actor: &Actor, person: &PersonAdmin) -> bool {
    is_somebodys(actor, person) && person.judge(actor, Look::NAME).is_ok()
}

fn is_somebodys(actor: &Actor, person: &PersonAdmin) -> bool {
    person.id.0 != actor.id() && person.role.is_some() && person.disabled_at.is_none()
}

/// Begins it. The proof says that with the eyes of somebody above them.
///
/// # Errors
/// `Invalid` at `person` for oneself, for who is not staff, and for who is shut out.
pub async fn open(
    tx: &mut Tx,
    actor: &Actor,
    person: &May<Look, PersonAdmin>,
    session: &str,
    now: Moment,
) -> Result<(), Error> {
    if !is_somebodys(actor, person) {
        return Err(Error::invalid("person", "eyes-fault-whose"));
    }
    store::set(tx, session, Some((person.id, now.plus(LONGEST)))).await?;
    let entry = Entry::of(Deed::EyesOpened).person(person.id.0);
    audit::note(tx, Pen::of(actor, now), entry).await
}

/// Ends it; quiet when it has ended already.
pub async fn close(
    tx: &mut Tx,
    whose_session: PersonId,
    session: &str,
    now: Moment,
) -> Result<(), Error> {
    let Some(eyes) = store::of(tx, session).await? else {
        return Ok(());
    };
    store::set(tx, session, None).await?;
    let entry = Entry::of(Deed::EyesClosed).person(eyes.eyes_id.0);
    audit::note(tx, Pen::of_themselves(whose_session.0, now), entry).await
}

/// Whose eyes a session looks with now: judged anew at every request, by what both are now. `None` when
/// it is one's own.
pub async fn now_with(
    ask: &mut dyn Answers,
    own: &Actor,
    session: &str,
    now: Moment,
) -> Result<Option<Person>, Error> {
    let Some(eyes) = store::of(ask, session).await? else {
        return Ok(None);
    };
    let person = super::find(ask, eyes.eyes_id).await?;
    let above = person.role.is_none_or(|role| role.is_beyond(own));
    let sees_all = own.reach() == Reach::Everything && policy::is_in_every_confidence(own);
    let may = own.is_permitted(permission::SEE_AUDIT) && sees_all && !above;
    let stands = may && person.disabled_at.is_none() && now < eyes.eyes_until;
    Ok(stands.then_some(person))
}
