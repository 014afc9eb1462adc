//! Mentions: `@login` or `@address` in a comment. A colleague who may read the comment is told of
//! it; one who may not is not, and becomes no participant (SC-07). Staff mention, customers do not.

mod store;

use kit::authz::{Actor, May};
use kit::db::{Answers, Tx};
use kit::error::Error;

use super::rights::Read;
use super::{Audience, CommentId, Ticket, TicketId, reading};
use crate::people::{Person, directory};
pub use store::{Colleague, colleagues, mentioned};

/// The most people one comment calls.
const MOST: usize = 20;

/// The names a text calls, without the sign, each once, in order.
pub fn names_in(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let mut names: Vec<String> = vec![];
    let mut before = ' ';
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let begins = c == '@' && !is_part(before) && before != '@' && before != '/';
        before = c;
        if !begins {
            continue;
        }
        let tail = &text[at + 1..];
        let mut end = tail.find(|c: char| !is_part(c)).unwrap_or(tail.len());
        // An address holds one more sign.
        if end > 0 && tail[end..].starts_with('@') {
            let domain = &tail[end + 1..];
            let length = domain.find(|c: char| !is_part(c)).unwrap_or(domain.len());
            if length > 0 {
                end += 1 + length;
            }
        }
        let name = tail[..end].trim_end_matches(['.', '-', '+', '_', '@']);
        if !name.is_empty() && !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name.to_owned());
        }
        while rest.peek().is_some_and(|(next, _)| *next < at + 1 + end) {
            before = rest.next().map_or(' ', |(_, c)| c);
        }
        if names.len() == MOST {
            break;
        }
    }
    names
}

/// The colleagues a text calls, whoever they are; the writer does not call themselves.
async fn called(ask: &mut dyn Answers, actor: &Actor, text: &str) -> Result<Vec<Person>, Error> {
    let mut called: Vec<Person> = vec![];
    for name in names_in(text) {
        let Some(person) = directory::named(ask, actor, &name).await? else {
            continue;
        };
        let is_colleague = person.role.is_some() && person.disabled_at.is_none();
        let is_new = person.id.0 != actor.id() && called.iter().all(|p| p.id != person.id);
        if is_colleague && is_new {
            called.push(person);
        }
    }
    Ok(called)
}

/// Notes whom a comment calls, of those who may read it.
pub(super) async fn record<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    comment: CommentId,
    actor: &Actor,
    text: &str,
) -> Result<(), Error> {
    if !text.contains('@') || !ticket.is_on_staff_side(actor) {
        return Ok(());
    }
    for person in called(tx, actor, text).await? {
        if store::reads(tx, &person.actor(), comment).await? {
            store::insert(tx, ticket, comment, person.id).await?;
        }
    }
    Ok(())
}

/// Whether colleagues are called by somebody's words here: by those of whoever works on the ticket. Others learn
/// from no suggestion who reads it.
async fn calls(ask: &mut dyn Answers, actor: &Actor, ticket: TicketId) -> Result<bool, Error> {
    let ticket = reading::find::<Read>(ask, actor, ticket).await?;
    Ok(ticket.is_on_staff_side(actor))
}

/// Whether somebody could read words for this audience on the ticket.
pub async fn could_read(
    ask: &mut dyn Answers,
    person: &Actor,
    ticket: TicketId,
    audience: Audience,
) -> Result<bool, Error> {
    match reading::find::<Read>(ask, person, ticket).await {
        Ok(seen) => Ok(seen.is_on_staff_side(person)
            || match audience {
                Audience::Public => true,
                Audience::Requester => seen.is_requester(person),
                Audience::Invitees => seen.am_invitee,
                Audience::Staff => false,
            }),
        Err(Error::NotFound) => Ok(false),
        Err(other) => Err(other),
    }
}

/// The names of colleagues whom a text calls in vain: they cannot read it, so nobody tells them.
pub async fn untold(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    audience: Audience,
    text: &str,
) -> Result<Vec<String>, Error> {
    let mut untold = vec![];
    if text.contains('@') && calls(ask, actor, ticket).await? {
        for person in called(ask, actor, text).await? {
            if !could_read(ask, &person.actor(), ticket, audience).await? {
                untold.push(person.name);
            }
        }
    }
    Ok(untold)
}

/// Colleagues whose name, login or address holds the typed letters and who could read the comment;
/// at most `most`.
pub async fn suggested(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    audience: Audience,
    typed: &str,
    most: usize,
) -> Result<Vec<Colleague>, Error> {
    let typed = typed.to_lowercase();
    let mut found = vec![];
    if !calls(ask, actor, ticket).await? {
        return Ok(found);
    }
    for colleague in colleagues(ask).await? {
        let is_meant = [&colleague.name, &colleague.email]
            .into_iter()
            .chain(&colleague.login)
            .any(|text| text.to_lowercase().contains(&typed));
        if !is_meant || colleague.id.0 == actor.id() {
            continue;
        }
        if could_read(ask, &colleague.actor(), ticket, audience).await? {
            found.push(colleague);
        }
        if found.len() == most {
            break;
        }
    }
    Ok(found)
}

impl Colleague {
    /// What is written behind the sign to call them.
    pub fn handle(&self) -> &str {
        self.login.as_deref().unwrap_or(&self.email)
    }

    fn actor(&self) -> Actor {
        crate::policy::actor(self.id.0, Some((self.role, self.scope)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_called_where_a_person_would_see_it() {
        let cases: &[(&str, &[&str])] = &[
            ("@camille, peux-tu voir ?", &["camille"]),
            ("(@ben) and @Ben again", &["ben"]),
            ("ask @ben@nordet.example.", &["ben@nordet.example"]),
            ("mail ben@nordet.example please", &[]),
            ("a @ b, @@x, @", &[]),
            ("https://social.example/@somebody", &[]),
            ("vu @paul.martin-2.\n@élise", &["paul.martin-2", "élise"]),
        ];
        for (text, expected) in cases {
            assert_eq!(names_in(text), *expected, "{text}");
        }
    }

    #[test]
    fn a_comment_calls_so_many_and_no_more() {
        let text: String = (0..100).map(|n| format!("@p{n} ")).collect();
        assert_eq!(names_in(&text).len(), MOST);
    }
}
