//! The desk's own roles, beside those that every desk has: made by cloning, renamed, granted and refused
//! permissions, thrown away when nobody has them (decision 0024). What a role may is read with whoever has
//! it, at each request; a change is told to their open pages.
//!
//! Deliberately absent: who has which role, which stands with the person (`people::admin`).

use kit::authz::{Action, Actor, Judged, May, permit};
use kit::db::{Answers, Tx};
use kit::error::{Because, Clash, Error, Fields};
use kit::{id, record};

use super::PersonId;
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::policy::roles::{Custom, Granted};
use crate::policy::{Role, permission};

pub mod api;
pub mod pages;
mod store;
pub mod views;

id! {
    /// A role of the desk's own.
    RoleId
}

/// The longest name of a role, in characters.
pub const LONGEST_NAME: usize = 60;

record! {
    /// A role of the desk's own.
    #[derive(Clone, Debug)]
    pub struct Own {
        /// Its row.
        pub id: RoleId,
        /// Its name.
        pub name: String,
        /// The role of every desk that it comes from.
        pub parent: Role,
        /// What it grants, as stored.
        pub permissions: String,
        /// How many have it.
        pub people: i64,
        /// Grows with every change.
        pub version: i64,
    }
}

impl Own {
    /// What it grants.
    pub fn granted(&self) -> Granted {
        Granted::read(&self.permissions)
    }

    /// It, as somebody has it.
    pub fn role(&self) -> Role {
        Role::Custom(Custom {
            id: self.id.0,
            granted: self.granted(),
        })
    }

    /// What it grants beside its parent, and what it does not grant that its parent does.
    pub fn differs(&self) -> (Granted, Granted) {
        let (own, parent) = (self.granted(), self.parent.granted());
        (own.without(parent), parent.without(own))
    }
}

record! {
    /// Somebody who has a role.
    #[derive(Clone, Debug)]
    pub struct Holder {
        /// Who.
        pub id: PersonId,
        /// Their name.
        pub name: String,
    }
}

/// Keep the roles.
#[derive(Clone, Copy, Debug)]
pub struct Keep;
impl Action for Keep {
    const NAME: &'static str = "keep_roles";
}

/// All roles.
#[derive(Clone, Copy, Debug)]
pub struct Roles;

impl Judged for Roles {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        if actor.is_permitted(permission::MANAGE_ROLES) {
            Ok(())
        } else {
            Err(Because(permission::MANAGE_ROLES))
        }
    }
}

/// Proof that the actor may keep the roles.
///
/// # Errors
/// `NotFound` for customers, `Forbidden` for staff without the right.
pub fn keeper(actor: &Actor) -> Result<May<Keep, Roles>, Error> {
    if !actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    permit(actor, Roles)
}

/// The desk's own roles, by name.
pub async fn all(ask: &mut dyn Answers) -> Result<Vec<Own>, Error> {
    store::all(ask).await
}

/// How many have each role of every desk.
pub async fn counts(ask: &mut dyn Answers) -> Result<Vec<(Role, i64)>, Error> {
    let counted = store::counts(ask).await?;
    let of = |role: &Role| {
        let found = counted.iter().find(|it| it.role == role.word());
        (*role, found.map_or(0, |it| it.people))
    };
    Ok(Role::SHIPPED.iter().map(of).collect())
}

/// A role by what names it: the word of one of every desk, or the number of one of its own.
pub async fn named(
    ask: &mut dyn Answers,
    code: &str,
) -> Result<Option<(Role, Option<Own>)>, Error> {
    if let Some(shipped) = Role::of(code) {
        return Ok(Some((shipped, None)));
    }
    let Ok(id) = code.parse().map(RoleId) else {
        return Ok(None);
    };
    let found = store::one(ask, id).await?;
    Ok(found.map(|own| (own.role(), Some(own))))
}

/// A role as a form or a program names it.
///
/// # Errors
/// `Invalid` at `role` when there is none.
pub async fn chosen(ask: &mut dyn Answers, code: &str) -> Result<Role, Error> {
    let found = named(ask, code.trim()).await?;
    found
        .map(|(role, _)| role)
        .ok_or_else(|| Error::invalid("role", "fault-role"))
}

/// A role as it stands while it is given: nobody changes it or throws it away until the transaction ends.
///
/// # Errors
/// `Invalid` at `role` when it is no more.
pub async fn held(tx: &mut Tx, role: Role) -> Result<Role, Error> {
    let Some(id) = role.own_row() else {
        return Ok(role);
    };
    let found = store::one_to_change(tx, RoleId(id)).await?;
    found
        .map(|own| own.role())
        .ok_or_else(|| Error::invalid("role", "fault-role"))
}

/// A role as the journal names it; empty for nobody's.
pub async fn name_of(ask: &mut dyn Answers, role: Option<Role>) -> Result<String, Error> {
    Ok(match role {
        None => String::new(),
        Some(Role::Custom(custom)) => store::one(ask, RoleId(custom.id))
            .await?
            .map_or_else(|| custom.id.to_string(), |own| own.name),
        Some(shipped) => shipped.word().to_owned(),
    })
}

/// Who has a role, by name.
pub async fn holders(ask: &mut dyn Answers, role: Role) -> Result<Vec<Holder>, Error> {
    store::holders(ask, role).await
}

/// What a role becomes.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its name.
    pub name: String,
    /// What it grants.
    pub granted: Granted,
}

fn checked<'a>(name: &'a str, faults: &mut Fields) -> &'a str {
    let name = name.trim();
    if name.is_empty() {
        faults.add("name", "fault-missing", None);
    } else if name.chars().count() > LONGEST_NAME {
        faults.add("name", "fault-too-long", Some(LONGEST_NAME.to_string()));
    }
    name
}

/// Whether each of these is the actor's own, too: nobody grants what they do not have.
fn must_have(actor: &Actor, granted: Granted, field: &'static str, faults: &mut Fields) {
    let is_beyond = granted.list().any(|it| !actor.is_permitted(it.right));
    faults.require(!is_beyond, field, "roles-fault-beyond");
}

/// Makes a role that grants what another does, but for what only rank gives.
///
/// # Errors
/// `Invalid` at `name`, and at `parent` for a role that grants what the actor does not have.
pub async fn clone(
    tx: &mut Tx,
    actor: &Actor,
    _: &May<Keep, Roles>,
    from: &str,
    name: &str,
    pen: Pen,
) -> Result<RoleId, Error> {
    let found = named(tx, from.trim()).await?;
    let mut faults = Fields::default();
    let name = checked(name, &mut faults);
    faults.require(found.is_some(), "parent", "fault-role");
    let granted = found.as_ref().map(|(role, _)| role.granted());
    must_have(actor, granted.unwrap_or_default(), "parent", &mut faults);
    faults.settle()?;
    let (role, own) = found.ok_or_else(|| Error::bug("a role that passed"))?;
    // Of a clone's clone, the parent is the role of every desk that both come from: that one stays as it is.
    let parent = own.as_ref().map_or(role, |own| own.parent);
    let stored = role.granted().store();
    let id = store::insert(tx, name, parent, &stored, pen.now).await?;
    let from = own.map_or_else(|| role.word().to_owned(), |own| own.name);
    let entry = Entry::of(Deed::RoleAdded)
        .thing(name)
        .field(Field::Role, "", &from)
        .field(Field::Permissions, "", &stored);
    audit::note(tx, pen, entry).await?;
    Ok(id)
}

/// A role that the actor may change, at the version that was seen.
///
/// # Errors
/// `NotFound`; `Forbidden` for one that grants what the actor does not have; `Conflict`.
pub async fn find_to_change(
    tx: &mut Tx,
    actor: &Actor,
    _: &May<Keep, Roles>,
    id: RoleId,
    seen: Option<i64>,
) -> Result<Own, Error> {
    let found = store::one_to_change(tx, id).await?;
    let own = found.ok_or(Error::NotFound)?;
    if own.role().is_beyond(actor) {
        return Err(Error::Forbidden(Because("right-above-role")));
    }
    match seen {
        Some(seen) if seen != own.version => Err(Error::Conflict(Clash::of(seen, own.version))),
        _ => Ok(own),
    }
}

/// Changes a role. Whoever has it may what it says from their next request on.
///
/// # Errors
/// `Invalid` at `name`, and at `permission` for what the actor does not have themselves.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    own: &Own,
    wanted: &Wanted,
    pen: Pen,
) -> Result<(), Error> {
    let mut faults = Fields::default();
    let name = checked(&wanted.name, &mut faults);
    must_have(actor, wanted.granted, "permission", &mut faults);
    faults.settle()?;
    let stored = wanted.granted.store();
    store::update(tx, own.id, name, &stored).await?;
    if wanted.granted != own.granted() {
        for holder in holders(tx, own.role()).await? {
            tx.hint("access", holder.id.0);
        }
    }
    let entry = Entry::change(Deed::RoleChanged)
        .thing(&own.name)
        .field(Field::Name, &own.name, name)
        .field(Field::Permissions, &own.granted().store(), &stored);
    audit::note(tx, pen, entry).await
}

/// Throws a role away that nobody has.
///
/// # Errors
/// `Invalid` at `role`, naming who has it.
pub async fn remove(tx: &mut Tx, own: &Own, pen: Pen) -> Result<(), Error> {
    let have = holders(tx, own.role()).await?;
    if !have.is_empty() {
        let names: Vec<String> = have.into_iter().map(|it| it.name).collect();
        let names = names.join(", ");
        return Err(Error::invalid_with("role", "roles-fault-held", names));
    }
    store::delete(tx, own.id).await?;
    let entry = Entry::of(Deed::RoleRemoved).thing(&own.name).field(
        Field::Permissions,
        &own.granted().store(),
        "",
    );
    audit::note(tx, pen, entry).await
}
