//! Articles where tickets are written: solutions in the portal, and what the composer offers by `#`, as far as whoever will
//! read the message can open it.

pub mod pages;

use kit::authz::{Actor, May};
use kit::db::Answers;
use kit::error::Error;

use super::participants::{self, Kind};
use super::rights::Read;
use super::{Audience, Ticket};
use crate::knowledge::{self, Filter, Listed};
use crate::people::{self, PersonId};
use crate::policy;

/// How many articles are looked through for what its readers can open.
const LOOKED_THROUGH: i64 = 50;

/// An article to refer to.
#[derive(Clone, Debug)]
pub struct Offered {
    /// It.
    pub article: Listed,
    /// Where whoever reads the message opens it, on this desk.
    pub path: String,
}

/// The eyes with which somebody reads a solution: as a requester in the portal, or as a passer-by without an account.
async fn eyes(ask: &mut dyn Answers, person: PersonId) -> Result<Actor, Error> {
    let person = people::find(ask, person).await?;
    Ok(match person.has_portal && person.disabled_at.is_none() {
        true => policy::actor(person.id.0, None),
        false => policy::passer_by(),
    })
}

/// Who reads a message to this audience besides staff.
async fn readers(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
    audience: Audience,
) -> Result<Vec<PersonId>, Error> {
    let mut all = vec![];
    if matches!(audience, Audience::Public | Audience::Requester) {
        all.push(ticket.requester_id);
    }
    if matches!(audience, Audience::Public | Audience::Invitees) {
        let people = participants::of(ask, actor, ticket).await?;
        let invited = people.into_iter().filter(|it| it.kind == Kind::Invitee);
        all.extend(invited.map(|it| it.person_id));
    }
    Ok(all)
}

/// Articles that the writer sees, that hold what was typed, and that everybody can open who will read the message.
pub async fn offered(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
    audience: Audience,
    typed: &str,
    most: usize,
) -> Result<Vec<Offered>, Error> {
    let filter = Filter::published().holding(typed);
    let found = knowledge::list(ask, actor, &filter, None, LOOKED_THROUGH).await?;
    let mut eyes_of_all = vec![];
    for reader in readers(ask, actor, ticket, audience).await? {
        eyes_of_all.push(eyes(ask, reader).await?);
    }
    let mut out = vec![];
    for article in found {
        if out.len() == most {
            break;
        }
        let mut is_for_all = true;
        for eyes in &eyes_of_all {
            let seen = knowledge::find::<knowledge::rights::Read>(ask, eyes, article.id).await;
            is_for_all &= match seen {
                Ok(_) => true,
                Err(Error::NotFound) => false,
                Err(other) => return Err(other),
            };
        }
        if is_for_all {
            let path = path(&article, eyes_of_all.is_empty());
            out.push(Offered { article, path });
        }
    }
    Ok(out)
}

/// Where an article is opened by staff, or by whoever reads a message that goes out.
fn path(article: &Listed, by_staff_alone: bool) -> String {
    match article.audience {
        _ if by_staff_alone => format!("/knowledge/{}", article.id),
        knowledge::Audience::Public => format!("/help/{}", article.id),
        _ => format!("/portal/solutions/{}", article.id),
    }
}
