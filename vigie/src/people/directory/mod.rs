//! The directory: everybody the desk knows, for staff; and what agents may write in it. An agent who
//! handles tickets adds requesters and keeps their particulars; who may sign in, and under which
//! address, is for administrators as soon as somebody can: whoever could change the address of an
//! account could read what its holder asked of others.
//!
//! Deliberately absent: roles and scopes (`admin`), and tickets, which the card shows through its door.

use kit::authz::{Action, Actor, Judged, May, permit};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Because, Clash, Error};
use kit::record;

use super::access::links;
use super::{Kind, NewPerson, Person, PersonId, clientele, email_key, is_address};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::policy::{self, AgentScope, Role, permission};

pub mod api;
pub mod importing;
pub mod pages;
mod particulars;
mod store;

pub use particulars::Particulars;
use particulars::check;

record! {
    /// A person as the directory knows them.
    #[derive(Clone, Debug)]
    pub struct Card {
        /// Which.
        pub id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// Name to sign in with, besides the address.
        pub login: Option<String>,
        /// What they are to the organisation.
        pub kind: Kind,
        /// Language they read.
        pub language: Option<String>,
        /// Their phone.
        pub phone: Option<String>,
        /// Their post.
        pub job_title: Option<String>,
        /// Where they work for.
        pub organization: Option<String>,
        /// Where they work.
        pub site: Option<String>,
        /// May open the portal.
        pub has_portal: bool,
        /// When they were shut out.
        pub disabled_at: Option<Moment>,
        /// Role, when they are staff.
        pub role: Option<Role>,
        /// Scope, when they are staff.
        pub scope: Option<AgentScope>,
        /// They are let into what is confidential somewhere.
        pub is_confidant: bool,
        /// Grows with every change.
        pub version: i64,
    }
}

/// Change somebody's particulars.
#[derive(Clone, Copy, Debug)]
pub struct Write;
impl Action for Write {
    const NAME: &'static str = "write_card";
}

/// Change by which address somebody comes in, and whether they may.
#[derive(Clone, Copy, Debug)]
pub struct LetIn;
impl Action for LetIn {
    const NAME: &'static str = "let_in";
}

/// The directory, to which a card may be added.
#[derive(Clone, Copy, Debug)]
pub struct Directory;

impl Judged for Directory {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        if actor.is_permitted(permission::HANDLE) || actor.is_permitted(permission::MANAGE_PEOPLE) {
            Ok(())
        } else {
            Err(Because(permission::HANDLE))
        }
    }
}

impl Judged for Card {
    fn judge(&self, actor: &Actor, action: &'static str) -> Result<(), Because> {
        Directory.judge(actor, action)?;
        if actor.is_permitted(permission::MANAGE_PEOPLE) {
            return policy::touches(actor, self.role, self.is_confidant);
        }
        let is_guarded = self.role.is_some() || (action == LetIn::NAME && self.has_portal);
        if is_guarded {
            Err(Because(permission::MANAGE_PEOPLE))
        } else {
            Ok(())
        }
    }
}

impl Card {
    /// Whether the actor may change their particulars.
    pub fn may_write(&self, actor: &Actor) -> bool {
        self.judge(actor, Write::NAME).is_ok()
    }

    /// Refuses whoever may not change them.
    ///
    /// # Errors
    /// `Forbidden`.
    pub fn must_write(&self, actor: &Actor) -> Result<(), Error> {
        self.judge(actor, Write::NAME).map_err(Error::Forbidden)
    }

    /// Whether the actor may change address, login and access.
    pub fn may_let_in(&self, actor: &Actor) -> bool {
        self.judge(actor, LetIn::NAME).is_ok()
    }
}

/// Whether the actor may add somebody.
pub fn may_add(actor: &Actor) -> bool {
    Directory.judge(actor, Write::NAME).is_ok()
}

/// Refuses whoever may add nobody.
///
/// # Errors
/// `Forbidden`.
pub fn must_add(actor: &Actor) -> Result<(), Error> {
    Directory
        .judge(actor, Write::NAME)
        .map_err(Error::Forbidden)
}

/// Customers learn that there is nothing.
///
/// # Errors
/// `NotFound` for whoever is not staff.
pub fn staff_only(actor: &Actor) -> Result<(), Error> {
    if actor.is_permitted(permission::STAFF) {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// A person's card, for whoever may look for them (policy.rs).
///
/// # Errors
/// `NotFound`.
pub async fn card(ask: &mut dyn Answers, actor: &Actor, id: PersonId) -> Result<Card, Error> {
    store::card(ask, actor, id).await?.ok_or(Error::NotFound)
}

/// The person somebody typed, by their address or login. Whoever types a whole address knows them
/// already; a login is guessed more easily, so it names only whom one may look for.
pub async fn named(
    ask: &mut dyn Answers,
    actor: &Actor,
    typed: &str,
) -> Result<Option<Person>, Error> {
    let person = match super::find_by_name(ask, typed).await? {
        Some(person) => person,
        None => match super::find_by_email(ask, typed).await? {
            Some(person) => person,
            None => return Ok(None),
        },
    };
    let may_name = is_address(typed) || store::card(ask, actor, person.id).await?.is_some();
    Ok(Some(person).filter(|_| may_name))
}

/// Adds somebody who asks for things.
///
/// # Errors
/// `Forbidden`; `Invalid` at the fields.
pub async fn create(
    tx: &mut Tx,
    actor: &Actor,
    wanted: &Particulars,
    now: Moment,
) -> Result<PersonId, Error> {
    let _: May<Write, Directory> = permit(actor, Directory)?;
    check(wanted).settle()?;
    let new = NewPerson {
        name: &wanted.name,
        email: &wanted.email,
        login: wanted.login.as_deref(),
        kind: kind(wanted),
        language: Some(wanted.language.code()),
        has_portal: wanted.has_portal,
        added_by: Some(PersonId(actor.id())),
    };
    let id = super::add(tx, &new, now).await?;
    store::put(tx, id, kind(wanted), wanted).await?;
    let entry = Entry::of(Deed::PersonAdded)
        .person(id.0)
        .field(Field::Email, "", wanted.email.trim())
        .flag(Field::Portal, false, wanted.has_portal);
    audit::note(tx, Pen::of(actor, now), entry).await?;
    Ok(id)
}

/// What of their account changed, for the journal; a phone or a post is none of it.
fn changed(card: &Card, wanted: &Particulars) -> Entry {
    let text = |of: &Option<String>| of.clone().unwrap_or_default();
    Entry::change(Deed::PersonChanged)
        .person(card.id.0)
        .field(Field::Name, &card.name, wanted.name.trim())
        .field(Field::Email, &card.email, wanted.email.trim())
        .field(Field::Login, &text(&card.login), &text(&wanted.login))
        .field(
            Field::Language,
            &text(&card.language),
            wanted.language.code(),
        )
        .field(
            Field::Organization,
            &text(&card.organization),
            wanted.organization.trim(),
        )
        .field(Field::Site, &text(&card.site), wanted.site.trim())
        .flag(Field::Portal, card.has_portal, wanted.has_portal)
}

fn kind(wanted: &Particulars) -> Kind {
    if wanted.is_employee {
        Kind::Employee
    } else {
        Kind::Client
    }
}

/// Changes a card. Address, login and access stay as they are unless the actor may change them, too.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Conflict`; `Invalid` at the fields.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: PersonId,
    seen: Option<i64>,
    wanted: &Particulars,
    now: Moment,
) -> Result<(), Error> {
    Directory
        .judge(actor, Write::NAME)
        .map_err(Error::Forbidden)?;
    let card = store::card_to_change(tx, actor, id).await?;
    let card: May<Write, Card> = permit(actor, card.ok_or(Error::NotFound)?)?;
    if let Some(seen) = seen.filter(|seen| *seen != card.version) {
        let current = card.version;
        return Err(Error::Conflict(Clash::of(seen, current)));
    }
    let changes_access = email_key(&wanted.email) != email_key(&card.email)
        || wanted.login.as_deref().map(email_key) != card.login.as_deref().map(email_key)
        || wanted.has_portal != card.has_portal;
    if changes_access {
        card.judge(actor, LetIn::NAME).map_err(Error::Forbidden)?;
    }
    let organization = card.organization.as_deref().unwrap_or_default();
    let site = card.site.as_deref().unwrap_or_default();
    let belongs_elsewhere = [
        ("organization", organization, wanted.organization.trim()),
        ("site", site, wanted.site.trim()),
    ]
    .map(|(field, was, becomes)| (field, was != becomes));
    let mut faults = check(wanted);
    for (field, is_other) in belongs_elsewhere {
        let may = !is_other || clientele::may_place(actor);
        faults.require(may, field, "fault-belongs");
    }
    faults.settle()?;
    if belongs_elsewhere.iter().any(|(_, is_other)| *is_other) {
        clientele::moved(tx).await?;
    }
    store::put(tx, id, kind(wanted), wanted).await?;
    store::put_access(tx, id, wanted).await?;
    if email_key(&wanted.email) != email_key(&card.email) {
        links::spend_all(tx, id, now).await?;
    }
    tx.hint("access", id.0);
    audit::note(tx, Pen::of(actor, now), changed(&card, wanted)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(role: Option<Role>, has_portal: bool) -> Card {
        Card {
            id: PersonId(9),
            name: "Dora".to_owned(),
            email: "dora@nordet.example".to_owned(),
            login: None,
            kind: Kind::Client,
            language: None,
            phone: None,
            job_title: None,
            organization: None,
            site: None,
            has_portal,
            disabled_at: None,
            role,
            is_confidant: false,
            scope: None,
            version: 1,
        }
    }

    #[test]
    fn agents_keep_requesters_and_administrators_who_comes_in() {
        for (by, of, has_portal, may_write, may_let_in) in [
            (Role::Agent, None, false, true, true),
            (Role::Agent, None, true, true, false),
            (Role::Agent, Some(Role::Viewer), false, false, false),
            (Role::Viewer, None, false, false, false),
            (Role::Admin, None, true, true, true),
            (Role::Admin, Some(Role::Admin), false, true, true),
            (Role::Admin, Some(Role::Owner), false, false, false),
            (Role::Owner, Some(Role::Owner), true, true, true),
        ] {
            let actor = policy::actor(1, Some((by, AgentScope::Restricted)));
            let card = card(of, has_portal);
            let found = (card.may_write(&actor), card.may_let_in(&actor));
            assert_eq!(found, (may_write, may_let_in), "{by:?} {of:?} {has_portal}");
        }
        let customer = policy::actor(1, None);
        assert!(!card(None, false).may_write(&customer) && !may_add(&customer));
    }
}
