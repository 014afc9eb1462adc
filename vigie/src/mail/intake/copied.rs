//! Who else a letter was written to, and who of them is invited to its ticket, where the category's rule says so (decision 0079).
//!
//! Only a letter that proves its author invites, and only as far as that person may invite at all: whoever writes somebody else's
//! address into `From` lets nobody in (ID-01). A letter to more people than can be named at once invites nobody, nor does a
//! person who let in as many within the hour: no letter makes the desk write to the world.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;
use letter::Letter;
use letter::address::Address;
use letter::classify;

use super::{Understood, permitted};
use crate::departments::copied::{self, Copied};
use crate::mail::identity::Verdict as Known;
use crate::mail::store::base_address;
use crate::people::{self, PersonId};
use crate::tickets::participants::{self, Kind, typed};
use crate::tickets::rights::Invite;
use crate::tickets::{TicketId, reading};

/// The people besides its author a letter was written to, each once: nobody of the desk's own (`own`, as
/// [`base_address`] writes them), no robots; nobody at all when they are more than can be named at once.
pub fn others<'a>(letter: &'a Letter, own: &[String]) -> Vec<&'a Address> {
    let author = letter.from.as_ref().map(|from| from.email.as_str());
    let is_author = |it: &Address| author.is_some_and(|from| from.eq_ignore_ascii_case(&it.email));
    let is_own = |it: &Address| base_address(&it.email).is_none_or(|it| own.contains(&it));
    let mut found: Vec<&Address> = vec![];
    for one in letter.to.iter().chain(&letter.cc) {
        let is_there = |it: &&Address| it.email.eq_ignore_ascii_case(&one.email);
        if is_author(one)
            || is_own(one)
            || classify::is_nobodys(&one.email)
            || found.iter().any(is_there)
        {
            continue;
        }
        found.push(one);
    }
    match found.len() {
        0..=typed::MOST => found,
        _ => vec![],
    }
}

/// Invites them in the name of whoever wrote the letter.
pub(super) async fn let_in(
    tx: &mut Tx,
    it: &Understood,
    actor: &Actor,
    ticket: TicketId,
    now: Moment,
) -> Result<(), Error> {
    let others = others(&it.letter, &it.own);
    if it.verdict != Known::Proven || others.is_empty() {
        return Ok(());
    }
    let Some(ticket) = permitted(reading::find_to_change::<Invite>(tx, actor, ticket).await)?
    else {
        return Ok(());
    };
    // Nobody comes into a confidence by a rule that others keep.
    if ticket.confidential_id.is_some() {
        return Ok(());
    }
    let rule = copied::holds_in(tx, ticket.department_id, ticket.category_id).await?;
    if rule == Copied::Nobody {
        return Ok(());
    }
    // Whoever makes people of addresses has an account, as in the portal: an address costs nothing.
    let author = people::find(tx, PersonId(actor.id())).await?;
    let is_everybody = rule == Copied::Everybody && (author.has_portal || author.role.is_some());
    let there = participants::of(tx, actor, &ticket).await?;
    let is_there = |id: PersonId| {
        id == ticket.requester_id
            || there
                .iter()
                .any(|it| it.kind == Kind::Invitee && it.person_id == id)
    };
    let (mut known, mut unknown) = (vec![], vec![]);
    for other in others {
        match people::find_by_email(tx, &other.email).await? {
            Some(person) if person.disabled_at.is_some() => {}
            Some(person) if is_there(person.id) || known.contains(&person.id) => {}
            Some(person) => known.push(person.id),
            None if is_everybody && people::is_address(&other.email) => unknown.push(other),
            None => {}
        }
    }
    // Asked before anybody is made: a letter that is refused leaves no people behind.
    if !participants::can_let_in(tx, actor, known.len() + unknown.len(), now).await? {
        return Ok(());
    }
    for other in unknown {
        let name = other.name.as_deref().unwrap_or_default();
        known.push(people::contact(tx, &other.email, name, Some(author.id), now).await?);
    }
    participants::invite(tx, &ticket, actor, &known, None, now).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(email: &str) -> Address {
        Address {
            name: None,
            email: email.to_owned(),
        }
    }

    fn named(to: &[&str], cc: &[&str]) -> Vec<String> {
        let letter = Letter {
            from: Some(of("dora@nordet.example")),
            to: to.iter().copied().map(of).collect(),
            cc: cc.iter().copied().map(of).collect(),
            ..Letter::default()
        };
        let own = ["help@nordet.example".to_owned()];
        let found = others(&letter, &own);
        found.into_iter().map(|it| it.email.clone()).collect()
    }

    #[test]
    fn people_are_named_once_and_neither_the_author_nor_the_desk_nor_robots() {
        let to = ["Help+t.12@nordet.example", "emil@nordet.example"];
        let cc = [
            "EMIL@nordet.example",
            "Dora@nordet.example",
            "no-reply@shop.example",
            "mailer-daemon@nordet.example",
            "ada@nordet.example",
        ];
        assert_eq!(
            named(&to, &cc),
            ["emil@nordet.example", "ada@nordet.example"]
        );
    }

    #[test]
    fn a_letter_to_the_world_names_nobody() {
        let many: Vec<String> = (0..=typed::MOST)
            .map(|n| format!("p{n}@nordet.example"))
            .collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(named(&many, &[]).len(), 0);
        assert_eq!(named(&many[1..], &[]).len(), typed::MOST);
    }
}
