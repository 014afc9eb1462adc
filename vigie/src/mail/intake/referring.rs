//! Letters that answer another letter than one of ours: the requester's own from the day before, or one that reached a colleague and
//! the desk alike. Whoever proves to be the author, and has part in the ticket of the letter named, joins it; that they know its name
//! proves nothing, so nobody else does, and of several that go by one name the first counts in which the author has part: a stranger
//! may give a letter any name.
//!
//! What staff write to each other, the desk in copy, is no word to the requester: it is a note unless they are written to.

use kit::db::Answers;
use kit::error::Error;
use letter::Letter;
use letter::thread::Thread;

use super::permitted;
use crate::mail::store;
use crate::people::{self, PersonId};
use crate::policy::permission;
use crate::tickets::rights::Read;
use crate::tickets::{Ticket, reading};

/// The most letters named that are looked for.
const MOST: usize = 10;
/// The most addresses of a letter among which the requester is looked for.
const MOST_ADDRESSED: usize = 40;

/// The ticket that a letter of a proven author answers by naming a letter on it.
pub async fn thread(ask: &mut dyn Answers, letter: &Letter) -> Result<Option<Thread>, Error> {
    let Some(from) = &letter.from else {
        return Ok(None);
    };
    let named = letter
        .in_reply_to
        .iter()
        .chain(letter.references.iter().rev());
    let named: Vec<&String> = named.take(MOST).collect();
    if named.is_empty() {
        return Ok(None);
    }
    let Some(person) = people::find_by_email(ask, &from.email).await? else {
        return Ok(None);
    };
    if person.disabled_at.is_some() {
        return Ok(None);
    }
    let actor = person.actor();
    let mut tickets = vec![];
    for id in named {
        for on in store::letters_called(ask, id).await? {
            if !tickets.contains(&on.ticket_id) {
                tickets.push(on.ticket_id);
            }
        }
    }
    for ticket in tickets {
        // To see it because everybody may is to have no part in it.
        let seen = permitted(reading::find::<Read>(ask, &actor, ticket).await)?;
        let has_part = |seen: &Ticket| {
            seen.is_requester(&actor) || seen.am_invitee || actor.is_permitted(permission::STAFF)
        };
        if seen.is_some_and(|seen| has_part(&seen)) {
            return Ok(Some(Thread {
                ticket: ticket.0,
                recipient: person.id.0,
            }));
        }
    }
    Ok(None)
}

/// Whether a letter of staff leaves the requester out.
pub async fn leaves_out(
    ask: &mut dyn Answers,
    letter: &Letter,
    requester: PersonId,
) -> Result<bool, Error> {
    for one in letter.to.iter().chain(&letter.cc).take(MOST_ADDRESSED) {
        let person = people::find_by_email(ask, &one.email).await?;
        if person.is_some_and(|it| it.id == requester) {
            return Ok(false);
        }
    }
    Ok(true)
}
