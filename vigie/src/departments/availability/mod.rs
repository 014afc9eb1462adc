//! Agents who say themselves whether they are available in a department, where they have that
//! privilege. Whoever keeps the members says it for them, with the rate, on the department's page.

use kit::authz::{Action, Actor, Judged, May, permit};
use kit::db::{Answers, Tx};
use kit::error::{Because, Error};
use kit::record;

use super::{DepartmentId, availability_store};
use crate::policy::{Privilege, permission};

pub mod api;
pub mod pages;

record! {
    /// A membership of one's own.
    #[derive(Clone, Debug)]
    pub struct Own {
        /// The department.
        pub department_id: DepartmentId,
        /// Its name.
        pub department: String,
        /// Whether one can be in charge of tickets there.
        pub takes: bool,
        /// The privileges there, as stored.
        pub privileges: String,
        /// Takes what is given out.
        pub is_available: bool,
        /// 0 to 100: how large a share of it.
        pub rate: i64,
    }
}

/// Say whether one is available.
#[derive(Clone, Copy, Debug)]
pub struct SayAvailable;
impl Action for SayAvailable {
    const NAME: &'static str = "say_available";
}

impl Judged for Own {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        let has = actor.is_permitted(permission::EVERY_PRIVILEGE)
            || (actor.is_permitted(permission::HANDLE)
                && self.takes
                && Privilege::SetOwnAvailability.is_in(&self.privileges));
        if has {
            Ok(())
        } else {
            Err(Because("right-set-own-availability"))
        }
    }
}

impl Own {
    /// Whether the actor may say it themselves.
    pub fn may_say(&self, actor: &Actor) -> bool {
        self.judge(actor, SayAvailable::NAME).is_ok()
    }
}

/// The departments one handles tickets in, by name.
pub async fn mine(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<Own>, Error> {
    let mut all = availability_store::of(ask, actor.id()).await?;
    all.retain(|own| own.takes);
    Ok(all)
}

/// Says whether one is available in a department. Saying what is so already is fine.
///
/// # Errors
/// `NotFound` where one handles nothing; `Forbidden` without the privilege.
pub async fn say(
    tx: &mut Tx,
    actor: &Actor,
    department: DepartmentId,
    is_available: bool,
) -> Result<(), Error> {
    let mine = mine(tx, actor).await?;
    let own = mine.into_iter().find(|own| own.department_id == department);
    let own: May<SayAvailable, Own> = permit(actor, own.ok_or(Error::NotFound)?)?;
    if own.is_available != is_available {
        availability_store::set(tx, actor.id(), department, is_available).await?;
    }
    Ok(())
}
