//! Who may administer whom: whoever manages people those who may no more than they do.

use kit::authz::{Action, Actor, Judged, May, Reach, permit};
use kit::db::Tx;
use kit::error::{Because, Error};

use super::{PersonAdmin, store};
use crate::people::PersonId;
use crate::policy::{self, permission};

/// Change somebody.
#[derive(Clone, Copy, Debug)]
pub struct Change;
impl Action for Change {
    const NAME: &'static str = "change_person";
}

/// Look at the application with somebody's eyes.
#[derive(Clone, Copy, Debug)]
pub struct Look;
impl Action for Look {
    const NAME: &'static str = "look_with_eyes";
}

/// Make a person.
#[derive(Clone, Copy, Debug)]
pub struct Create;
impl Action for Create {
    const NAME: &'static str = "create_person";
}

/// Everybody, to whom one may be added.
#[derive(Clone, Copy, Debug)]
pub struct Everybody;

impl Judged for Everybody {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        if actor.is_permitted(permission::MANAGE_PEOPLE) {
            Ok(())
        } else {
            Err(Because(permission::MANAGE_PEOPLE))
        }
    }
}

impl Judged for PersonAdmin {
    fn judge(&self, actor: &Actor, action: &'static str) -> Result<(), Because> {
        if action == Look::NAME {
            return self.lends_eyes_to(actor);
        }
        Everybody.judge(actor, action)?;
        self.is_not_beyond(actor)
    }
}

impl PersonAdmin {
    /// Nobody touches somebody who may more than they do, or sees more.
    fn is_not_beyond(&self, actor: &Actor) -> Result<(), Because> {
        policy::touches(actor, self.role, self.is_confidant)
    }

    /// Nobody looks with eyes that see more than theirs: only whose own see everything.
    fn lends_eyes_to(&self, actor: &Actor) -> Result<(), Because> {
        if !actor.is_permitted(permission::SEE_AUDIT) {
            return Err(Because(permission::SEE_AUDIT));
        }
        self.is_not_beyond(actor)?;
        if actor.reach() != Reach::Everything {
            return Err(Because("right-see-everything"));
        }
        // Anybody may be named on what is confidential, today or tomorrow.
        if policy::is_in_every_confidence(actor) {
            Ok(())
        } else {
            Err(Because("right-every-confidence"))
        }
    }
}

/// Refuses whoever does not manage people; customers learn that there is nothing.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub fn must_manage(actor: &Actor) -> Result<(), Error> {
    if !actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    Everybody
        .judge(actor, Change::NAME)
        .map_err(Error::Forbidden)
}

/// Proof that the actor may change them; nobody else does until the transaction ends.
pub async fn find_to_change(
    tx: &mut Tx,
    actor: &Actor,
    id: PersonId,
) -> Result<May<Change, PersonAdmin>, Error> {
    // Before anything is looked up: whoever may change nobody learns of nobody.
    Everybody
        .judge(actor, Change::NAME)
        .map_err(Error::Forbidden)?;
    let found = store::person_to_change(tx, id).await?;
    permit(actor, found.ok_or(Error::NotFound)?)
}

/// Proof that the actor may look with their eyes.
pub async fn find_to_look(
    tx: &mut Tx,
    actor: &Actor,
    id: PersonId,
) -> Result<May<Look, PersonAdmin>, Error> {
    if !actor.is_permitted(permission::SEE_AUDIT) {
        return Err(Error::Forbidden(Because(permission::SEE_AUDIT)));
    }
    let found = store::person_to_change(tx, id).await?;
    permit(actor, found.ok_or(Error::NotFound)?)
}
