//! What stands beside a ticket's thread, read through the reader's own eyes: properties, people,
//! links, tags, and which of them the reader may change.

pub mod pages;
pub mod views;

use kit::authz::{Actor, May};
use kit::db::Answers;
use kit::error::Error;

use super::advice::{self, Asked};
use super::links::{self, Linked};
use super::machine::Deed;
use super::participants::{self, Participant, Recent};
use super::rights::Read;
use super::tags::{self, Tagged};
use super::{Ticket, TicketId};
use crate::knowledge::{self, Listed};

/// The most words offered for a tag.
const OFFERED_TAGS: i64 = 50;

/// Everything the panel shows that the ticket's row does not hold.
#[derive(Debug, Default)]
pub struct Beside {
    /// Invitees and observers, and the reader when they follow.
    pub people: Vec<Participant>,
    /// Whom the reader invited lately and could invite again.
    pub recent: Vec<Recent>,
    /// Who asked for advice, on staff's side.
    pub advice: Option<Asked>,
    /// Links whose other end the reader sees.
    pub links: Vec<Linked>,
    /// Articles that are about it, on staff's side.
    pub articles: Vec<Listed>,
    /// Tags, on staff's side.
    pub tags: Vec<Tagged>,
    /// Words to offer for a tag; none when the reader may not add one.
    pub offered_tags: Vec<String>,
}

/// Reads it; `people` as they were read for the thread already.
pub async fn read(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
    people: Vec<Participant>,
) -> Result<Beside, Error> {
    let id: TicketId = ticket.id;
    let offered_tags = if ticket.allows(actor, Deed::Tag) {
        tags::suggestions(ask, actor, "", OFFERED_TAGS).await?
    } else {
        vec![]
    };
    let mut recent = vec![];
    if ticket.allows(actor, Deed::Invite) {
        recent = participants::lately_invited(ask, actor).await?;
        recent.retain(|r| people.iter().all(|p| p.email != r.email));
    }
    Ok(Beside {
        people,
        recent,
        advice: match ticket.advice_asker_id {
            Some(_) => advice::of(ask, actor, id).await?,
            None => None,
        },
        links: links::of(ask, actor, id).await?,
        articles: knowledge::about(ask, actor, id.0).await?,
        tags: tags::of(ask, actor, id).await?,
        offered_tags,
    })
}
