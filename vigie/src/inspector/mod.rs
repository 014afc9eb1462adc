//! The inspector: who can see this, and why (features L-13). For administrators.
//!
//! Whether somebody sees a ticket is asked of the rule itself, as that person; why is asked of its parts
//! (`policy/grounds.rs`). Nothing is worked out here a second time.
//!
//! Deliberately absent: what a person may do to a ticket, which the page of the ticket says to that person;
//! answers about the past.

pub mod api;
mod file;
pub mod of_department;
pub mod pages;
mod store;

pub use of_department::{Look, looks};

use kit::authz::{Actor, Reach};
use kit::db::Answers;
use kit::error::{Because, Error};
use kit::record;

use crate::departments::DepartmentId;
use crate::departments::rights::{self, ChangeMembers};
use crate::departments::sharing::{self, ByTag};
use crate::departments::teams::{self, ByTeam};
use crate::people::{self, PersonId};
use crate::policy::grounds::{self, Ground};
use crate::policy::{self, AgentScope, Level, Role, Visibility, permission};
use crate::tickets::machine::State;
use crate::tickets::rights::Read;
use crate::tickets::{TicketId, reading, shared};

record! {
    /// Somebody whose sight is asked about.
    #[derive(Clone, Debug)]
    pub struct Seer {
        /// Who.
        pub id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// They may not come in any more.
        pub is_disabled: bool,
        /// Their role, if they are staff.
        pub role: Option<Role>,
        /// Its name, when it is one of the desk's own.
        pub role_name: Option<String>,
        /// Their scope, if they are staff.
        pub scope: Option<AgentScope>,
    }
}

impl Seer {
    /// How they look at the desk: the way their next request is judged.
    pub fn actor(&self) -> Actor {
        if self.is_disabled {
            return policy::nobody();
        }
        policy::actor(self.id.0, self.role.zip(self.scope))
    }
}

record! {
    /// The ticket that is asked about.
    #[derive(Clone, Debug)]
    pub struct Subject {
        /// Its number.
        pub id: TicketId,
        /// What it is about.
        pub subject: String,
        /// Its department.
        pub department_id: DepartmentId,
        /// Its name.
        pub department: String,
        /// The name of its category.
        pub category: String,
        /// Where it is in its life.
        pub state: State,
        /// Who may look at it beside its own people.
        pub visibility: Visibility,
        /// Its category is confidential.
        pub is_confidential: bool,
    }
}

impl Subject {
    /// To whom it is shown beside those whom it concerns; `Private` is to nobody.
    pub fn shown(&self) -> Visibility {
        match self.state {
            State::Merged => Visibility::Private,
            _ if self.is_confidential => Visibility::Private,
            _ => self.visibility,
        }
    }
}

/// What a ticket shows to somebody whom it does not concern (decision 0019).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glimpse {
    /// That it is there: its subject and its state.
    Subject,
    /// Its public words.
    Words,
}

/// Whether somebody sees a ticket, and why.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Who.
    pub seer: Seer,
    /// They see it.
    pub sees: bool,
    /// What it shows to them all the same, when they do not see it as one of its people.
    pub glimpse: Option<Glimpse>,
    /// They read what staff wrote to each other on it.
    pub reads_notes: bool,
    /// Every reason that holds, in the order of [`Ground::ALL`].
    pub grounds: Vec<Ground>,
    /// Their level in its department, whether or not it counts for them.
    pub level: Option<Level>,
    /// The teams that give them one there.
    pub teams: Vec<ByTeam>,
    /// The sharing tags by which they look there.
    pub tags: Vec<ByTag>,
}

impl Verdict {
    /// Whether a reason could count for them at all.
    pub fn counts(&self, ground: Ground) -> bool {
        ground.counts_for(self.seer.actor().reach())
    }
}

record! {
    /// What somebody sees of a department.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Share {
        /// The department.
        pub department_id: DepartmentId,
        /// Its name.
        pub department: String,
        /// Their level in it.
        pub level: Option<Level>,
        /// Its tickets.
        pub total: i64,
        /// Those that they see.
        pub seen: i64,
    }
}

/// Only whose role says so is told who sees what.
fn administers(actor: &Actor) -> Result<(), Error> {
    if !actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    if !actor.is_permitted(permission::SEE_AUDIT) {
        return Err(Error::Forbidden(Because(permission::SEE_AUDIT)));
    }
    sees_everything(actor)
}

/// Who sees what is told to nobody who sees less themselves: the answer would tell them of it.
fn sees_everything(actor: &Actor) -> Result<(), Error> {
    if actor.reach() == Reach::Everything {
        Ok(())
    } else {
        Err(Error::Forbidden(Because("right-see-everything")))
    }
}

/// Whoever sets scopes is told how far somebody sees, too.
fn administers_or_sets_scopes(actor: &Actor) -> Result<(), Error> {
    if actor.is_permitted(permission::MANAGE_PEOPLE) {
        sees_everything(actor)
    } else {
        administers(actor)
    }
}

/// Whoever decides who belongs to a department is told who sees what is in it, too.
async fn administers_here(
    ask: &mut dyn Answers,
    actor: &Actor,
    department: DepartmentId,
) -> Result<(), Error> {
    let Err(refused) = administers(actor) else {
        return Ok(());
    };
    match rights::find::<ChangeMembers>(ask, actor, department).await {
        Ok(_) => Ok(()),
        Err(Error::NotFound | Error::Forbidden(_)) => Err(refused),
        Err(other) => Err(other),
    }
}

/// Somebody, by number.
///
/// # Errors
/// `NotFound`; `Forbidden` without the right to administer.
pub async fn seer(ask: &mut dyn Answers, actor: &Actor, id: PersonId) -> Result<Seer, Error> {
    administers_or_sets_scopes(actor)?;
    store::seer(ask, id).await?.ok_or(Error::NotFound)
}

/// Somebody, by address, login or name.
///
/// # Errors
/// `Invalid` at `person` when nobody is meant; `Forbidden` without the right to administer.
pub async fn seer_named(ask: &mut dyn Answers, actor: &Actor, name: &str) -> Result<Seer, Error> {
    administers(actor)?;
    let name = name.trim();
    match people::find_by_name(ask, name).await? {
        Some(person) => seer(ask, actor, person.id).await,
        None => Err(Error::invalid_with(
            "person",
            "fault-person-unknown",
            name.to_owned(),
        )),
    }
}

/// The ticket, as the asker sees it.
///
/// # Errors
/// `NotFound`; `Forbidden` without the right to administer the desk, or the members of its department.
pub async fn subject(ask: &mut dyn Answers, actor: &Actor, id: TicketId) -> Result<Subject, Error> {
    // First whether it is there for them: a refusal would tell that it is.
    let found = store::subject(ask, actor, id)
        .await?
        .ok_or(Error::NotFound)?;
    administers_here(ask, actor, found.department_id).await?;
    if administers(actor).is_err() {
        looks_after(ask, actor, &found).await?;
    }
    Ok(found)
}

/// Whoever is told because they manage its department stands on staff's side of the ticket, and in its confidence:
/// who sees it says who was let in. To have asked for it, or to be invited, is not enough.
async fn looks_after(ask: &mut dyn Answers, actor: &Actor, ticket: &Subject) -> Result<(), Error> {
    let row = reading::find::<Read>(ask, actor, ticket.id).await?;
    if !row.is_on_staff_side(actor) {
        return Err(Error::Forbidden(Because(permission::SEE_AUDIT)));
    }
    if !ticket.is_confidential {
        return Ok(());
    }
    match grounds::by_this_alone(actor, Ground::Confidant) {
        Some(alone) if store::sees(ask, &alone, ticket.id).await? => Ok(()),
        _ => Err(Error::Forbidden(Because("right-confidence"))),
    }
}

/// Whether and why somebody sees a ticket.
///
/// # Errors
/// `Down`, or `Bug`.
pub async fn why(ask: &mut dyn Answers, seer: Seer, ticket: &Subject) -> Result<Verdict, Error> {
    let actor = seer.actor();
    let seen = match reading::find::<Read>(ask, &actor, ticket.id).await {
        Ok(seen) => Some(seen),
        Err(Error::NotFound) => None,
        Err(other) => return Err(other),
    };
    let mut held = vec![];
    for ground in Ground::ALL {
        if let Some(alone) = grounds::by_this_alone(&actor, *ground)
            && store::sees(ask, &alone, ticket.id).await?
        {
            held.push(*ground);
        }
    }
    let level = store::level(ask, seer.id, ticket.department_id).await?;
    let teams = through(ask, seer.id, ticket.department_id).await?;
    let tags = sharing::of_in(ask, seer.id, ticket.department_id).await?;
    let glimpse = match seen {
        None if !seer.is_disabled => glimpse(ask, &seer, ticket).await?,
        _ => None,
    };
    Ok(Verdict {
        glimpse,
        sees: seen.is_some(),
        reads_notes: seen.is_some_and(|ticket| ticket.is_on_staff_side(&actor)),
        seer,
        grounds: held,
        level,
        teams,
        tags,
    })
}

/// The teams by which somebody has a level in a department.
async fn through(
    ask: &mut dyn Answers,
    person: PersonId,
    department: DepartmentId,
) -> Result<Vec<ByTeam>, Error> {
    let mut all = teams::of(ask, person).await?;
    all.retain(|it| it.department_id == department);
    Ok(all)
}

/// What somebody is shown whom the ticket does not concern.
async fn glimpse(
    ask: &mut dyn Answers,
    seer: &Seer,
    ticket: &Subject,
) -> Result<Option<Glimpse>, Error> {
    match shared::look(ask, seer.id, ticket.id).await {
        Ok(looked) if !looked.comments.is_empty() => Ok(Some(Glimpse::Words)),
        Ok(_) => Ok(Some(Glimpse::Subject)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Everybody who sees a ticket as one of its people, staff first, and why; [`Subject::shown`] says who looks at
/// it beside them.
///
/// # Errors
/// `Down`, or `Bug`.
pub async fn who(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &Subject,
) -> Result<Vec<Verdict>, Error> {
    let mut all = vec![];
    for seer in store::staff_and_named(ask, actor, ticket.id).await? {
        let verdict = why(ask, seer, ticket).await?;
        if verdict.sees {
            all.push(verdict);
        }
    }
    Ok(all)
}

/// What somebody sees of each department.
///
/// # Errors
/// `Forbidden` without the right to administer.
pub async fn shares(
    ask: &mut dyn Answers,
    actor: &Actor,
    seer: &Seer,
) -> Result<Vec<Share>, Error> {
    administers_or_sets_scopes(actor)?;
    store::shares(ask, actor, &seer.actor()).await
}
