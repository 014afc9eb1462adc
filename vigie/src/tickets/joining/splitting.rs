//! A comment that is about something else becomes the first comment of a ticket of its own, with its
//! files. Its words move: the new ticket decides who reads them.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::{Error, Fields};

use super::store;
use crate::departments::{self, CategoryId, OpenForSomebody, Place};
use crate::people::PersonId;
use crate::tickets::changes;
use crate::tickets::comments::{Body, NewComment};
use crate::tickets::handling::giving_out::give_out;
use crate::tickets::history::{self, EventKind, NewEvent};
use crate::tickets::links::{self, Relation};
use crate::tickets::participants::permanent;
use crate::tickets::reading::{find, find_to_change};
use crate::tickets::rights::{Read, Split};
use crate::tickets::verbs::{LONGEST_SUBJECT, NewTicket, Opened};
use crate::tickets::{Audience, CommentId, Hat, Ticket, TicketId, Visibility};

/// A comment that can be split off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splittable {
    /// It.
    pub comment: CommentId,
    /// Who wrote it.
    pub author: PersonId,
    /// As it was typed.
    pub body: String,
}

/// Whose request the new ticket is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum For {
    /// Whoever asked for the ticket it was written on.
    #[default]
    Requester,
    /// Whoever wrote the comment.
    Author,
}

/// What a split makes.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The comment.
    pub comment: CommentId,
    /// What the new ticket is about.
    pub subject: String,
    /// Where it is opened.
    pub category: CategoryId,
    /// Whose request it is.
    pub requester: For,
}

/// The comment of this ticket, if it can be split off.
///
/// # Errors
/// `NotFound` on another ticket; `Invalid` at `comment` for the first words of a ticket, which would
/// be left without, and for an internal note, which its requester could not read.
pub async fn splittable(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    comment: CommentId,
) -> Result<Splittable, Error> {
    let found = store::to_split(ask, actor, ticket, comment).await?;
    let (found, is_first) = found.ok_or(Error::NotFound)?;
    if is_first {
        return Err(Error::invalid("comment", "fault-split-first"));
    }
    if found.audience != Audience::Public {
        return Err(Error::invalid("comment", "fault-split-note"));
    }
    Ok(Splittable {
        comment: found.id,
        author: found.author_id,
        body: found.body,
    })
}

/// Splits a comment off.
pub async fn split(
    tx: &mut Tx,
    from: &May<Split, Ticket>,
    actor: &Actor,
    place: &May<OpenForSomebody, Place>,
    wanted: &Wanted,
    now: Moment,
) -> Result<Opened, Error> {
    let mut faults = Fields::default();
    let subject = wanted.subject.trim();
    faults.require(!subject.is_empty(), "subject", "fault-missing");
    if subject.chars().count() > LONGEST_SUBJECT {
        let most = LONGEST_SUBJECT.to_string();
        faults.add("subject", "fault-too-long", Some(most));
    }
    faults.settle()?;
    let found = splittable(tx, actor, from.id, wanted.comment).await?;
    let (me, hat) = (PersonId(actor.id()), Hat::Agent);
    let requester = match wanted.requester {
        For::Requester => from.requester_id,
        For::Author => found.author,
    };
    // Its row says how the words came in; they themselves are moved, not written again.
    let new = NewTicket {
        subject: subject.to_owned(),
        priority: from.priority,
        visibility: Visibility::Private,
        comment: NewComment {
            body: Body::of_markdown(&found.body),
            files: vec![],
            origin: from.origin,
            once: Some(format!("split {}", found.comment)),
            incoming_mail: None,
        },
    };
    let made = crate::tickets::store::insert_ticket(tx, place, me, requester, hat, &new, now);
    let ticket = made
        .await?
        .ok_or_else(|| Error::bug("a comment still here had been split off before"))?;
    store::move_comment(tx, from, found.comment, ticket).await?;
    let created = NewEvent {
        kind: EventKind::Created,
        actor: Some(me),
        hat,
        audience: Audience::Public,
        before: None,
        after: None,
        comment: Some(found.comment),
    };
    history::record(tx, place, ticket, created, now).await?;
    permanent::let_in_with(tx, place, ticket, requester, now).await?;
    let at = (place.department_id, place.id);
    give_out(tx, ticket, at, &[requester], now).await?;
    let trace = NewEvent {
        kind: EventKind::SplitOff,
        actor: Some(me),
        hat: from.hat(actor),
        audience: Audience::Staff,
        before: None,
        after: Some(ticket.to_string()),
        comment: None,
    };
    history::keep(tx, from, from.id, trace, now).await?;
    links::put(tx, from, Relation::RelatesTo, ticket, me, now).await?;
    changes::touch(tx, from, actor, -1, now).await?;
    Ok(Opened {
        ticket,
        is_new: true,
    })
}

/// What both doors do to split. A comment that is gone was split off already; then the page says so.
pub async fn do_split(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    seen: Option<i64>,
    wanted: &Wanted,
    now: Moment,
) -> Result<TicketId, Error> {
    let mut tx = db.write().await?;
    find::<Read>(&mut tx, actor, id).await?;
    let from = find_to_change::<Split>(&mut tx, actor, id).await?;
    match splittable(&mut tx, actor, id, wanted.comment).await {
        // Split off by the same hand before: a double click is a quiet success.
        Err(Error::NotFound) => {
            let before = store::split_before(&mut tx, actor, wanted.comment).await?;
            return before.ok_or(Error::NotFound);
        }
        other => other?,
    };
    changes::must_match(&from, seen)?;
    let place = departments::place_for_somebody(&mut tx, actor, wanted.category).await?;
    let opened = split(&mut tx, &from, actor, &place, wanted, now).await?;
    tx.commit().await?;
    Ok(opened.ticket)
}
