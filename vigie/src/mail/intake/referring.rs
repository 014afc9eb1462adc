//! Letters that answer another letter than one of ours: the requester's own from the day before, or one that reached a colleague and
//! the desk alike. Whoever proves to be the author, and has part in the ticket of the letter named, joins it; that they know its name
//! proves nothing, so nobody else does.

use kit::db::Answers;
use kit::error::Error;
use letter::Letter;
use letter::thread::Thread;

use crate::mail::store;
use crate::people;
use crate::policy::permission;
use crate::tickets::reading;
use crate::tickets::rights::Read;

/// The most letters named that are looked for.
const MOST: usize = 10;

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
    for id in named {
        let Some(ticket) = store::ticket_of_letter(ask, id).await? else {
            continue;
        };
        match reading::find::<Read>(ask, &actor, ticket).await {
            // To see it because everybody may is to have no part in it.
            Ok(seen)
                if seen.is_requester(&actor)
                    || seen.am_invitee
                    || actor.is_permitted(permission::STAFF) =>
            {
                return Ok(Some(Thread {
                    ticket: ticket.0,
                    recipient: person.id.0,
                }));
            }
            Ok(_) | Err(Error::NotFound | Error::Forbidden(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}
