//! From what somebody types to people: addresses and logins between commas.
//!
//! Whoever is not staff types addresses only, and learns nothing from the answer: a known address,
//! an unknown one and one of a disabled account are taken alike.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};

use crate::people::admin::search::{self, Found, Past};
use crate::people::{self, PersonId, directory, is_address};
use crate::policy::permission;
use crate::tickets::Ticket;

/// The most people named at once.
pub const MOST: usize = 20;
/// The most people a search shows.
pub const FOUND: i64 = 20;

fn names(typed: &str) -> Result<Vec<&str>, Error> {
    let mut names: Vec<&str> = vec![];
    let parts = typed.split(|c: char| matches!(c, ',' | ';') || c.is_whitespace());
    for name in parts.filter(|name| !name.is_empty()) {
        if !names
            .iter()
            .any(|n| people::email_key(n) == people::email_key(name))
        {
            names.push(name);
        }
    }
    let mut faults = Fields::default();
    faults.require(!names.is_empty(), "people", "fault-missing");
    if names.len() > MOST {
        faults.add("people", "fault-too-many-people", Some(MOST.to_string()));
    }
    faults.settle()?;
    Ok(names)
}

/// The people to invite to a ticket; an address that nobody has becomes a person without access.
///
/// # Errors
/// `Invalid` at `people`, naming the first that cannot be invited.
pub(super) async fn people<A>(
    tx: &mut Tx,
    actor: &Actor,
    ticket: &May<A, Ticket>,
    typed: &str,
    now: Moment,
) -> Result<Vec<PersonId>, Error> {
    let is_staff = actor.is_permitted(permission::STAFF);
    let refuse = |key, name: &str| Err(Error::invalid_with("people", key, name.to_owned()));
    let mut found = vec![];
    for name in names(typed)? {
        let known = if is_address(name) {
            people::find_by_email(tx, name).await?
        } else if is_staff {
            directory::named(tx, actor, name).await?
        } else {
            return refuse("fault-invite-address", name);
        };
        let person = match known {
            Some(person) if is_staff && person.disabled_at.is_some() => {
                return refuse("fault-person-disabled", name);
            }
            Some(person) => person.id,
            None if is_address(name) => {
                let me = PersonId(actor.id());
                people::contact(tx, name, "", Some(me), now).await?
            }
            None => return refuse("fault-person-unknown", name),
        };
        if person == ticket.requester_id {
            return refuse("fault-invite-requester", name);
        }
        found.push(person);
    }
    Ok(found)
}

/// The agents to make observers.
///
/// # Errors
/// `Invalid` at `people`, naming the first that is unknown.
pub(super) async fn agents(
    ask: &mut dyn Answers,
    actor: &Actor,
    typed: &str,
) -> Result<Vec<PersonId>, Error> {
    let mut found = vec![];
    for name in names(typed)? {
        match directory::named(ask, actor, name).await? {
            Some(person) => found.push(person.id),
            None => {
                return Err(Error::invalid_with(
                    "people",
                    "fault-person-unknown",
                    name.to_owned(),
                ));
            }
        }
    }
    Ok(found)
}

/// People whose name, address or login holds the text, for staff who hold a right to name somebody on
/// this ticket. Nobody for an empty text, and for whoever is not staff: they type an address.
pub async fn search<A>(
    ask: &mut dyn Answers,
    actor: &Actor,
    _ticket: &May<A, Ticket>,
    text: &str,
) -> Result<Vec<Found>, Error> {
    if text.trim().is_empty() || !actor.is_permitted(permission::STAFF) {
        return Ok(vec![]);
    }
    let page = search::people(ask, actor, text, Past::Start, FOUND).await?;
    let can_come = |person: &Found| person.disabled_at.is_none();
    Ok(page.rows.into_iter().filter(can_come).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_between_commas_each_once() {
        let typed = " ben, Dora@Nordet.example;dora@nordet.example.\n emil  ben ";
        assert_eq!(
            names(typed).unwrap_or_default(),
            ["ben", "Dora@Nordet.example", "emil"]
        );
        assert!(names(" ,; ").is_err());
        let many: String = (0..=MOST).map(|n| format!("p{n},")).collect();
        assert!(names(&many).is_err());
    }
}
