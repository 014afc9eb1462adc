//! Administering people: finding them, making and changing them, and who may change whom.

pub mod api;
pub mod pages;
pub mod rank;
mod rights;
pub mod safety;
pub mod scope;
pub mod search;
mod store;
pub mod views;

use kit::authz::{Actor, May, permit};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};
use kit::record;
use words::language::Language;

use rank::{Rise, judge_rise, rank_of};
pub use rights::{Change, Create, Everybody, Look, find_to_change, find_to_look, must_manage};
pub(super) use store::folded;

use super::access::links;
use super::{Kind, NewPerson, PersonId, clientele, is_address, new_rights, roles};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::policy::{AgentScope, Role};

/// The longest name of a person, in characters.
pub const LONGEST_NAME: usize = 200;
/// The longest login, in characters.
pub const LONGEST_LOGIN: usize = 100;
/// The longest name of a site, in characters.
pub const LONGEST_SITE: usize = 120;

record! {
    /// A person as they are administered.
    #[derive(Clone, Debug)]
    pub struct PersonAdmin {
        /// Which.
        pub id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// Name to sign in with, besides the address.
        pub login: Option<String>,
        /// Language they read.
        pub language: Option<String>,
        /// Their phone.
        pub phone: Option<String>,
        /// Their post.
        pub job_title: Option<String>,
        /// Whom they work for.
        pub organization: Option<String>,
        /// Where they work.
        pub site: Option<String>,
        /// May open the portal.
        pub has_portal: bool,
        /// When they were shut out.
        pub disabled_at: Option<Moment>,
        /// Role, when they are staff.
        pub role: Option<Role>,
        /// Its name, when it is one of the desk's own.
        pub role_name: Option<String>,
        /// Scope, when they are staff.
        pub scope: Option<AgentScope>,
        /// When they were last here, as far as a session remembers.
        pub seen_at: Option<Moment>,
        /// Whether they chose a password.
        pub has_password: bool,
        /// They are let into what is confidential somewhere.
        pub is_confidant: bool,
        /// Grows with every change.
        pub version: i64,
    }
}

impl PersonAdmin {
    /// Whether a password would let them in.
    pub fn may_sign_in(&self) -> bool {
        self.disabled_at.is_none() && (self.has_portal || self.role.is_some())
    }
}

/// A person as they are administered.
///
/// # Errors
/// `NotFound`.
pub async fn find(ask: &mut dyn Answers, id: PersonId) -> Result<PersonAdmin, Error> {
    store::person(ask, id).await?.ok_or(Error::NotFound)
}

/// How many people can come in, and how many of them are staff.
pub async fn counts(ask: &mut dyn Answers) -> Result<(i64, i64), Error> {
    store::counts(ask).await
}

record! {
    /// How the post stands, for administrators.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct PostCounts {
        /// Letters that could not become a ticket.
        pub held: i64,
        /// Mails that wait.
        pub waiting: i64,
        /// Mails given up.
        pub failed: i64,
    }
}

/// How the post stands, through the actor's eyes.
pub async fn post_counts(ask: &mut dyn Answers, actor: &Actor) -> Result<PostCounts, Error> {
    store::post_counts(ask, actor).await
}

/// What a person becomes.
#[derive(Clone, Debug)]
pub struct PersonChange {
    /// Full name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Name to sign in with, besides the address.
    pub login: Option<String>,
    /// Language they read.
    pub language: Language,
    /// Where they work; empty when unknown.
    pub site: String,
    /// Role and scope, when they are staff.
    pub staff: Option<(Role, AgentScope)>,
    /// May open the portal.
    pub has_portal: bool,
    /// Is shut out.
    pub is_disabled: bool,
}

/// What is wrong with what somebody is to become, before anything else is asked.
pub fn check(wanted: &PersonChange, faults: &mut Fields) {
    let mut at = |field: &'static str, text: &str, most: usize, is_needed: bool| {
        if is_needed && text.trim().is_empty() {
            faults.add(field, "fault-missing", None);
        } else if text.trim().chars().count() > most {
            faults.add(field, "fault-too-long", Some(most.to_string()));
        }
    };
    at("name", &wanted.name, LONGEST_NAME, true);
    at("email", &wanted.email, 254, true);
    at(
        "login",
        wanted.login.as_deref().unwrap_or_default(),
        LONGEST_LOGIN,
        false,
    );
    at("site", &wanted.site, LONGEST_SITE, false);
    if !wanted.email.trim().is_empty() {
        faults.require(is_address(&wanted.email), "email", "fault-email");
    }
}

/// Makes a person.
pub async fn create(
    tx: &mut Tx,
    actor: &Actor,
    wanted: &PersonChange,
    now: Moment,
) -> Result<PersonId, Error> {
    let _: May<Create, Everybody> = permit(actor, Everybody)?;
    let staff = standing_now(tx, wanted.staff).await?;
    let mut faults = Fields::default();
    check(wanted, &mut faults);
    let rise = Rise {
        is_self: false,
        is_last_owner: false,
        was: None,
        becomes: staff,
        is_disabled: false,
    };
    judge_rise(actor, &rise, &mut faults);
    faults.settle()?;
    let new = NewPerson {
        name: &wanted.name,
        email: &wanted.email,
        login: wanted.login.as_deref(),
        kind: if wanted.staff.is_some() {
            Kind::Employee
        } else {
            Kind::Client
        },
        language: Some(wanted.language.code()),
        has_portal: wanted.has_portal,
        added_by: Some(PersonId(actor.id())),
    };
    let id = super::add(tx, &new, now).await?;
    store::set_site(tx, id, wanted.site.trim()).await?;
    if let Some((role, scope)) = staff {
        super::make_agent(tx, id, role, scope, now).await?;
    }
    let entry = Entry::of(Deed::PersonAdded).person(id.0);
    let entry = staffed(tx, entry, None, staff).await?;
    let entry = entry.field(Field::Email, "", wanted.email.trim());
    audit::note(tx, Pen::of(actor, now), entry).await?;
    Ok(id)
}

/// What their place among the staff was and becomes.
async fn staffed(
    ask: &mut dyn Answers,
    entry: Entry,
    was: Option<(Role, AgentScope)>,
    becomes: Option<(Role, AgentScope)>,
) -> Result<Entry, Error> {
    let role = |of: Option<(Role, AgentScope)>| of.map(|(role, _)| role);
    let scope = |of: Option<(Role, AgentScope)>| of.map_or("", |(_, scope)| scope.word());
    let before = roles::name_of(ask, role(was)).await?;
    let after = roles::name_of(ask, role(becomes)).await?;
    Ok(entry
        .field(Field::Role, &before, &after)
        .field(Field::Scope, scope(was), scope(becomes)))
}

/// What somebody becomes, their role as it stands: nobody changes it until the transaction ends.
async fn standing_now(
    tx: &mut Tx,
    staff: Option<(Role, AgentScope)>,
) -> Result<Option<(Role, AgentScope)>, Error> {
    Ok(match staff {
        None => None,
        Some((role, scope)) => Some((roles::held(tx, role).await?, scope)),
    })
}

/// What changed of them, for the journal.
fn changed(person: &PersonAdmin, wanted: &PersonChange) -> Entry {
    let text = |of: &Option<String>| of.clone().unwrap_or_default();
    Entry::change(Deed::PersonChanged)
        .person(person.id.0)
        .field(Field::Name, &person.name, wanted.name.trim())
        .field(Field::Email, &person.email, wanted.email.trim())
        .field(Field::Login, &text(&person.login), &text(&wanted.login))
        .field(
            Field::Language,
            &text(&person.language),
            wanted.language.code(),
        )
        .field(Field::Site, &text(&person.site), wanted.site.trim())
        .flag(Field::Portal, person.has_portal, wanted.has_portal)
        .flag(
            Field::Disabled,
            person.disabled_at.is_some(),
            wanted.is_disabled,
        )
}

/// Refuses when the version seen is not the one that stands.
pub fn must_match(person: &PersonAdmin, seen: Option<i64>) -> Result<(), Error> {
    kit::error::must_match(seen, person.version)
}

/// Changes a person. Whoever is no longer staff must have left every department first.
///
/// # Errors
/// `Invalid` at the fields; `Conflict` when `seen` is not the version that stands.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    person: &May<Change, PersonAdmin>,
    seen: Option<i64>,
    wanted: &PersonChange,
    now: Moment,
) -> Result<(), Error> {
    must_match(person, seen)?;
    let staff = standing_now(tx, wanted.staff).await?;
    // Whom they serve is said elsewhere, and stays.
    let serves_some = clientele::of(tx, person.id).await?.is_narrow();
    let staff = staff.map(|(role, scope)| (role, scope.narrowed(serves_some)));
    let is_last_owner =
        person.role == Some(Role::Owner) && store::live_owners(tx).await? == [person.id];
    let mut faults = Fields::default();
    check(wanted, &mut faults);
    let was = person.role.zip(person.scope);
    let rise = Rise {
        is_self: actor.id() == person.id.0,
        is_last_owner,
        was,
        becomes: staff,
        is_disabled: wanted.is_disabled,
    };
    judge_rise(actor, &rise, &mut faults);
    let stays = person.site.as_deref().unwrap_or_default() == wanted.site.trim();
    faults.require(
        stays || clientele::may_place(actor),
        "site",
        "fault-belongs",
    );
    faults.settle()?;
    let (id, email) = (person.id, wanted.email.trim());
    store::update(
        tx,
        id,
        wanted.name.trim(),
        email,
        wanted.login.as_deref(),
        wanted.language.code(),
        wanted.has_portal,
    )
    .await?;
    if person.site.as_deref().unwrap_or_default() != wanted.site.trim() {
        clientele::moved(tx).await?;
    }
    store::set_site(tx, id, wanted.site.trim()).await?;
    // A link sent before opens nothing that was not meant then: to an old address, or to a rank that
    // came since.
    let is_moved = super::email_key(email) != super::email_key(&person.email);
    let role = staff.map(|(role, _)| role);
    if is_moved || role != person.role {
        links::spend_all(tx, id, now).await?;
    }
    // A higher rank begins with sessions of new identifiers; nobody signs in again.
    if rank_of(role) > rank_of(person.role) {
        new_rights::must_turn(tx, id).await?;
    }
    new_rights::changed(tx, id, was, staff, now).await?;
    match staff {
        Some((role, scope)) if staff != was => {
            super::make_agent(tx, id, role, scope, now).await?;
        }
        None if person.role.is_some() => {
            clientele::clear(tx, id).await?;
            store::delete_agent(tx, id).await?;
        }
        _ => {}
    }
    match (person.disabled_at, wanted.is_disabled) {
        (None, true) => super::disable(tx, id, now).await?,
        (Some(_), false) => super::enable(tx, id).await?,
        _ => {}
    }
    tx.hint("access", id.0);
    let entry = staffed(tx, changed(person, wanted), was, staff).await?;
    audit::note(tx, Pen::of(actor, now), entry).await
}

#[cfg(test)]
mod tests {
    use kit::authz::{Action, Judged};

    use super::*;
    use crate::policy;

    #[test]
    fn an_administrator_changes_everybody_up_to_their_own_rank_and_an_agent_nobody() {
        let person = |role| PersonAdmin {
            id: PersonId(9),
            name: "Ada".to_owned(),
            email: "ada@nordet.example".to_owned(),
            login: None,
            language: None,
            phone: None,
            job_title: None,
            organization: None,
            site: None,
            has_portal: false,
            disabled_at: None,
            role,
            role_name: None,
            scope: None,
            seen_at: None,
            has_password: false,
            is_confidant: false,
            version: 1,
        };
        let may = |by: Role, of: Option<Role>| {
            let actor = policy::actor(1, Some((by, AgentScope::Global)));
            person(of).judge(&actor, Change::NAME).is_ok()
        };
        assert!(may(Role::Admin, None) && may(Role::Admin, Some(Role::Admin)));
        assert!(!may(Role::Admin, Some(Role::Owner)));
        assert!(may(Role::Owner, Some(Role::Owner)));
        assert!(!may(Role::Agent, None) && !may(Role::Viewer, None));
    }
}
