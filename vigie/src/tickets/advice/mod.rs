//! Advice: an agent says that a ticket needs some, and a colleague gives it by an internal note (decision 0058).
//!
//! Deliberately absent: any right. Whoever advises may write notes anyway, and is responsible for nothing by it. Of its
//! end with the work or with the department a trigger knows, so that no verb has to.

pub mod api;
pub mod pages;
mod store;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::Error;
use kit::record;

use super::changes::{self, Change};
use super::comments::NewComment;
use super::history::EventKind;
use super::machine::Deed;
use super::reading::find_to_change;
use super::rights::{AskAdvice, EndAdvice};
use super::{Audience, Ticket, TicketId, mentions, overtaken, participants};
use crate::people::PersonId;

record! {
    /// Who asked for advice on a ticket that needs some.
    #[derive(Clone, Debug)]
    pub struct Asked {
        /// Who.
        pub asked_by_id: PersonId,
        /// Their name.
        pub asked_by: String,
        /// Since when.
        pub asked_at: Moment,
    }
}

/// Who asked for advice on a ticket, when it needs some and the actor may know.
pub async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Option<Asked>, Error> {
    store::of(ask, actor, ticket).await
}

/// Says that the ticket needs advice; the words, if there are some, become an internal note.
///
/// # Errors
/// `Forbidden` for words of whoever may write no notes, `Invalid` at `body` for too many words, and for words to a ticket that needs advice already: they would be lost.
pub async fn ask(
    tx: &mut Tx,
    ticket: &May<AskAdvice, Ticket>,
    actor: &Actor,
    words: Option<NewComment>,
    now: Moment,
) -> Result<(), Error> {
    let words = words.filter(|it| !it.body.text.trim().is_empty());
    if let Some(words) = &words {
        ticket.must_say(actor, Audience::Staff)?;
        words.check()?;
        // The same form again, whatever became of it meanwhile.
        let once = words.once.as_deref();
        if once.is_some() && participants::is_written(tx, actor, ticket.id, once).await? {
            return Ok(());
        }
    }
    // The row itself says who was first: two may ask in the same moment.
    let is_first = ticket.advice_asker_id.is_none()
        && store::insert(tx, ticket, PersonId(actor.id()), now).await?;
    if !is_first {
        return match words {
            Some(_) => Err(Error::invalid("body", "fault-advice-asked")),
            None => Ok(()),
        };
    }
    let comment = match &words {
        None => None,
        Some(words) => changes::write(tx, ticket, actor, Audience::Staff, words, now).await?,
    };
    if let (Some(comment), Some(words)) = (comment, &words) {
        mentions::record(tx, ticket, comment, actor, &words.body.text).await?;
    }
    let change = Change {
        kind: EventKind::AdviceAsked,
        audience: Audience::Staff,
        before: None,
        after: None,
        comment,
    };
    changes::record(tx, ticket, actor, change, now).await?;
    changes::touch(tx, ticket, actor, i64::from(comment.is_some()), now).await
}

/// Says that the ticket needs none any more; that it needs none is a quiet success.
pub async fn end(
    tx: &mut Tx,
    ticket: &May<EndAdvice, Ticket>,
    actor: &Actor,
    now: Moment,
) -> Result<(), Error> {
    if !store::remove(tx, ticket).await? {
        return Ok(());
    }
    let change = Change {
        kind: EventKind::AdviceEnded,
        audience: Audience::Staff,
        before: None,
        after: None,
        comment: None,
    };
    changes::record(tx, ticket, actor, change, now).await?;
    changes::touch(tx, ticket, actor, 0, now).await
}

/// Whether a note that the actor writes now is the advice that was asked for: of somebody else's asking it always is, and
/// the ticket needs none any more.
pub(super) async fn is_given<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
) -> Result<bool, Error> {
    match ticket.advice_asker_id {
        // A colleague's note may have been it a moment ago.
        Some(asker) if asker.0 != actor.id() => store::remove(tx, ticket).await,
        _ => Ok(false),
    }
}

/// What both doors do to ask.
pub async fn do_ask(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<AskAdvice>(&mut tx, actor, id).await?;
    overtaken::must_stand(&mut tx, actor, &ticket, Deed::AskAdvice, seen).await?;
    ask(&mut tx, &ticket, actor, words, now).await?;
    tx.commit().await
}

/// What both doors do to take it back.
pub async fn do_end(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    seen: Option<i64>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<EndAdvice>(&mut tx, actor, id).await?;
    overtaken::must_stand(&mut tx, actor, &ticket, Deed::EndAdvice, seen).await?;
    end(&mut tx, &ticket, actor, now).await?;
    tx.commit().await
}
