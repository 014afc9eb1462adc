//! People: everybody the desk knows, once each. A person may be an agent, hold a portal account,
//! both, or neither (somebody who only ever wrote a mail).
//!
//! Deliberately absent: tickets, departments; how a person proves who they are stands in `access`.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::{id, record, stored_words};

use crate::policy::{self, AgentScope, Role};

pub mod absences;
pub mod access;
pub mod addresses;
pub mod admin;
pub mod api;
pub mod clientele;
pub mod desk;
mod device;
pub mod directory;
pub mod eyes;
pub mod leafing;
pub mod mailed_codes;
pub mod new_rights;
pub mod pages;
pub mod passkeys;
pub mod preferences;
pub mod roles;
pub mod second_factor;
pub mod sessions;
mod store;
pub mod suppression;

id! {
    /// A person.
    PersonId
}

stored_words! {
    /// What a person is to the organisation; says nothing about rights.
    pub enum Kind {
        /// Works here.
        Employee = "employee",
        /// Is served by us.
        Client = "client",
    }
}

record! {
    /// A person, without any secret.
    #[derive(Clone, Debug)]
    pub struct Person {
        /// Which.
        pub id: PersonId,
        /// Full name.
        pub name: String,
        /// Address as it was given.
        pub email: String,
        /// Name to sign in with, besides the address.
        pub login: Option<String>,
        /// Language they chose, `fr` or `en`.
        pub language: Option<String>,
        /// Zone they chose, an IANA name.
        pub time_zone: Option<String>,
        /// May sign in to the portal.
        pub has_portal: bool,
        /// When they were shut out.
        pub disabled_at: Option<Moment>,
        /// Role, when they are staff.
        pub role: Option<Role>,
        /// How far they see, when they are staff.
        pub scope: Option<AgentScope>,
        /// Grows with every change.
        pub version: i64,
    }
}

impl Person {
    /// Role and scope, when they are staff.
    pub fn staff(&self) -> Option<(Role, AgentScope)> {
        self.role.zip(self.scope)
    }

    /// Who they are to the rule: what their role says, or nobody once they are disabled.
    pub fn actor(&self) -> Actor {
        match self.disabled_at {
            Some(_) => policy::nobody(),
            None => policy::actor(self.id.0, self.staff()),
        }
    }

    /// Whether they may sign in at all: staff, or somebody with a portal account, not disabled.
    pub fn may_sign_in(&self) -> bool {
        self.disabled_at.is_none() && (self.has_portal || self.role.is_some())
    }
}

/// Somebody to be added.
#[derive(Clone, Debug)]
pub struct NewPerson<'a> {
    /// Full name; the address stands in when it is empty.
    pub name: &'a str,
    /// Address.
    pub email: &'a str,
    /// Name to sign in with, besides the address.
    pub login: Option<&'a str>,
    /// What they are to the organisation.
    pub kind: Kind,
    /// Language, `fr` or `en`; `None` goes by the desk's.
    pub language: Option<&'a str>,
    /// May sign in to the portal.
    pub has_portal: bool,
    /// Who adds them; nobody when they wrote to us.
    pub added_by: Option<PersonId>,
}

/// The person whom an address names.
///
/// # Errors
/// `NotFound` of what is no number: there is no such page.
pub fn number(text: &str) -> Result<PersonId, Error> {
    text.parse().map(PersonId).map_err(|_| Error::NotFound)
}

/// An address as it is compared: without outer space, capitals, or dots at its end.
pub fn email_key(email: &str) -> String {
    email.trim().trim_end_matches('.').to_lowercase()
}

/// A login as it is compared.
pub fn login_key(login: &str) -> String {
    email_key(login)
}

/// Adds a person.
///
/// # Errors
/// `Invalid` at `email` or `login` when somebody has it already, or it is no address.
pub async fn add(tx: &mut Tx, person: &NewPerson<'_>, now: Moment) -> Result<PersonId, Error> {
    if !is_address(person.email) {
        return Err(Error::invalid("email", "fault-email"));
    }
    store::insert(tx, person, now).await
}

/// The person behind an address that wrote to us, or that somebody typed; somebody unknown becomes a
/// person without portal access. A name that we already have is not overwritten by what a mail claims.
///
/// # Errors
/// `Invalid` at `email` when it is no address.
pub async fn contact(
    tx: &mut Tx,
    email: &str,
    name: &str,
    added_by: Option<PersonId>,
    now: Moment,
) -> Result<PersonId, Error> {
    if let Some(known) = store::by_email(tx, email).await? {
        return Ok(known.id);
    }
    let person = NewPerson {
        name,
        email,
        login: None,
        kind: Kind::Client,
        language: None,
        has_portal: false,
        added_by,
    };
    add(tx, &person, now).await
}

/// A person by their number.
///
/// # Errors
/// `NotFound`.
pub async fn find(ask: &mut dyn Answers, id: PersonId) -> Result<Person, Error> {
    store::by_id(ask, id).await?.ok_or(Error::NotFound)
}

/// The person with this address, be it their own or a further one.
pub async fn find_by_email(ask: &mut dyn Answers, email: &str) -> Result<Option<Person>, Error> {
    store::by_email(ask, email).await
}

/// Into which record somebody was merged, when they were.
pub async fn merged_into(ask: &mut dyn Answers, id: PersonId) -> Result<Option<PersonId>, Error> {
    store::merged_into(ask, id).await
}

/// The person with this address (their own) or login: what sign-in forms take. Whoever names somebody else asks
/// the directory, which says whom they may name.
pub async fn find_by_name(ask: &mut dyn Answers, typed: &str) -> Result<Option<Person>, Error> {
    store::by_email_or_login(ask, typed).await
}

/// Makes a person staff, or changes their role and scope.
pub async fn make_agent(
    tx: &mut Tx,
    id: PersonId,
    role: Role,
    scope: AgentScope,
    now: Moment,
) -> Result<(), Error> {
    store::put_agent(tx, id, role, scope, now).await
}

/// Shuts a person out at once: sessions, tokens and open links end with the same commit.
pub async fn disable(tx: &mut Tx, id: PersonId, now: Moment) -> Result<(), Error> {
    store::set_disabled(tx, id, Some(now)).await?;
    access::end_everything(tx, id, now).await
}

/// Lets a disabled person in again; what ended stays ended.
pub async fn enable(tx: &mut Tx, id: PersonId) -> Result<(), Error> {
    store::set_disabled(tx, id, None).await
}

/// Notes the language a person reads.
pub async fn choose_language(tx: &mut Tx, id: PersonId, language: &str) -> Result<(), Error> {
    store::set_language(tx, id, language).await
}

/// Notes the zone a person reads moments in.
///
/// # Errors
/// `Invalid` at `time_zone` when there is no such zone.
pub async fn choose_time_zone(tx: &mut Tx, id: PersonId, zone: &str) -> Result<(), Error> {
    if jiff::tz::TimeZone::get(zone).is_err() {
        return Err(Error::invalid("time_zone", "fault-time-zone"));
    }
    store::set_time_zone(tx, id, zone).await
}

/// Whether a text can be a mail address at all: one `@` with something on both sides, no space, no
/// control character, not longer than mail allows.
pub fn is_address(text: &str) -> bool {
    let text = text.trim();
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    !local.is_empty()
        && !domain.trim_end_matches('.').is_empty()
        && text.len() <= 254
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_capitals_and_dots_at_the_end() {
        assert_eq!(email_key(" Nadia@Example.ORG. "), "nadia@example.org");
        assert_eq!(email_key("nadia+it@example.org"), "nadia+it@example.org");
    }

    #[test]
    fn what_cannot_be_an_address_is_none() {
        for text in [
            "",
            "nadia",
            "@example.org",
            "nadia@",
            "a b@c",
            "a@b,c@d",
            "a@b\r\nBcc: c@d",
        ] {
            assert!(!is_address(text), "{text:?}");
        }
        assert!(is_address("nadia@example.org"));
    }
}
