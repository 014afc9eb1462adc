//! Tickets brought together and taken apart: a merge and its undo, a comment split off into a ticket
//! of its own, a ticket that follows one that is over.
//!
//! Words move, they are not copied and not pointed to: after a merge they belong to the other ticket,
//! so the one rule of that ticket decides who reads them, and no list, count, file or mail has to know
//! that there was a merge (decision 0015). What moved carries the number of the merge.
//!
//! Deliberately absent: who sees a ticket (policy.rs), what a page asks before a merge (views.rs).

pub mod api;
pub mod circles;
pub mod following;
pub mod pages;
pub mod splitting;
mod store;
pub mod views;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::{Because, Error};
use kit::{id, record};

use super::changes::{self, Change};
use super::history::{self, EventKind, NewEvent};
use super::machine::{Stage, State};
use super::reading::{self, Attachment, find, find_to_change};
use super::rights::{GiveBack, Merge, Read, ReturnFromMerge, TakeIn};
use super::{AttachmentId, Audience, Ticket, TicketId};
use crate::people::PersonId;

id! {
    /// One ticket merged into another, once.
    MergeId
}

record! {
    /// A merge that stands.
    #[derive(Clone, Debug)]
    pub struct Merged {
        /// Its row.
        pub id: MergeId,
        /// The ticket that was merged.
        pub ticket_id: TicketId,
        /// The ticket that took it in.
        pub into_id: TicketId,
        /// Where the first was in its life.
        pub state_before: State,
        /// How many comments moved.
        pub moved: i64,
        /// When.
        pub created_at: Moment,
    }
}

/// Who of the merged ticket is let in to the one that goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LetIn {
    /// Its requester, as invitee.
    pub requester: bool,
    /// Its invitees and observers, as what they are.
    pub others: bool,
}

/// Where a ticket's words are now: itself, or the ticket that took it in, if this actor sees either.
/// Whether they may read there is asked of that ticket afterwards, never of the first (AZ-04).
pub async fn followed(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<TicketId, Error> {
    let merge = store::out_of(ask, actor, ticket).await?;
    Ok(merge.map_or(ticket, |m| m.into_id))
}

/// The ticket that took this one in, when the actor sees that one.
pub async fn goes_on_in(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Option<TicketId>, Error> {
    let into = followed(ask, actor, ticket).await?;
    if into == ticket {
        return Ok(None);
    }
    match find::<Read>(ask, actor, into).await {
        Ok(_) => Ok(Some(into)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// A file by the address it has, or had before a merge: the ticket that has it now decides (AZ-04).
pub async fn attachment(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    file: AttachmentId,
) -> Result<Attachment, Error> {
    match reading::attachment(ask, actor, ticket, file).await {
        Err(Error::NotFound) => {
            let now = followed(ask, actor, ticket).await?;
            reading::attachment(ask, actor, now, file).await
        }
        other => other,
    }
}

record! {
    /// A ticket that was merged into another.
    #[derive(Clone, Debug)]
    pub struct TakenIn {
        /// Its number.
        pub number: TicketId,
        /// Its subject, if the reader sees it.
        pub subject: Option<String>,
        /// Its version, likewise.
        pub version: Option<i64>,
        /// When.
        pub at: Moment,
    }
}

/// The tickets merged into this one, by number.
pub async fn taken_in(
    ask: &mut dyn Answers,
    actor: &Actor,
    into: TicketId,
) -> Result<Vec<TakenIn>, Error> {
    store::taken_in(ask, actor, into).await
}

/// Both versions somebody looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Of the ticket to be merged.
    pub from: Option<i64>,
    /// Of the ticket that takes it in.
    pub into: Option<i64>,
}

/// Merges one ticket into another: its words, files, history, tasks and time move there.
///
/// # Errors
/// `Conflict` when either changed meanwhile; `Invalid` at `into` when they are one ticket, or when
/// another was merged into the first (that one would be two steps away from its words).
pub async fn merge(
    tx: &mut Tx,
    from: &May<Merge, Ticket>,
    into: &May<TakeIn, Ticket>,
    actor: &Actor,
    seen: Seen,
    let_in: LetIn,
    now: Moment,
) -> Result<MergeId, Error> {
    if from.id == into.id {
        return Err(Error::invalid("into", "fault-ticket-itself"));
    }
    changes::must_match(from, seen.from)?;
    changes::must_match(into, seen.into)?;
    if let Some(other) = store::taken_in(tx, actor, from.id).await?.first() {
        let number = other.number.to_string();
        return Err(Error::invalid_with("into", "fault-merge-chain", number));
    }
    let me = PersonId(actor.id());
    let merge = store::insert(tx, from, into.id, me, now).await?;
    let moved = store::move_words(tx, from, into.id, merge).await?;
    if moved != from.comment_count {
        return Err(Error::bug(
            "a ticket's kept count of comments is not their count",
        ));
    }
    let source = format!("merge {merge}");
    if let_in.requester && from.requester_id != into.requester_id {
        store::let_in_requester(tx, from, into.id, &source, me, now).await?;
    }
    if let_in.others {
        store::let_in_others(tx, from, into, &source, me, now).await?;
    }
    let merged = Change {
        kind: EventKind::Merged,
        audience: Audience::Public,
        before: Some(from.state.word().to_owned()),
        after: Some(into.id.to_string()),
        comment: None,
    };
    changes::record(tx, from, actor, merged, now).await?;
    keep(tx, into, actor, EventKind::TookIn, from.id, now).await?;
    store::put_away(tx, from, me, from.hat(actor), now).await?;
    changes::touch(tx, into, actor, moved, now).await?;
    Ok(merge)
}

/// A line on the ticket that took in or gave back: staff's, and mailed to nobody, since the other
/// ticket's line tells whom it concerns (one mail for one deed).
async fn keep<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    kind: EventKind,
    other: TicketId,
    now: Moment,
) -> Result<(), Error> {
    let line = NewEvent {
        kind,
        actor: Some(PersonId(actor.id())),
        hat: ticket.hat(actor),
        audience: Audience::Staff,
        before: None,
        after: Some(other.to_string()),
        comment: None,
    };
    history::keep(tx, ticket, ticket.id, line, now)
        .await
        .map(|_| ())
}

/// Undoes a merge: exactly what moved goes back, whoever was let in by it is let out, and the ticket
/// is where it was in its life. What was written since stays with the ticket that goes on.
///
/// # Errors
/// `Forbidden` when something irreversible happened: words of it were split off since.
pub async fn give_back(
    tx: &mut Tx,
    into: &May<GiveBack, Ticket>,
    from: &May<ReturnFromMerge, Ticket>,
    actor: &Actor,
    now: Moment,
) -> Result<(), Error> {
    let merge = store::out_of(tx, actor, from.id).await?;
    let Some(merge) = merge.filter(|m| m.into_id == into.id) else {
        return Err(Error::NotFound);
    };
    let me = PersonId(actor.id());
    let returned = store::return_words(tx, from, &merge).await?;
    if returned != merge.moved {
        // Some became a ticket of their own since. The caller's transaction ends undone.
        return Err(Error::Forbidden(Because("rule-merge-split")));
    }
    store::let_out(tx, from, into.id, &format!("merge {}", merge.id)).await?;
    store::undo(tx, from, merge.id, me, now).await?;
    // Whoever was in charge may have left meanwhile: then nobody is, and the ticket is free.
    let still = match from.assignee_id {
        Some(holder) => {
            super::store::still_handles(tx, holder, from.department_id, from.confidential_id)
                .await?
        }
        None => false,
    };
    let is_open = merge.state_before.stage() == Stage::Open;
    let (state, assignee) = if is_open && !still {
        (State::Free, None)
    } else {
        (merge.state_before, from.assignee_id)
    };
    let line = Change {
        kind: EventKind::Unmerged,
        audience: Audience::Public,
        before: Some(into.id.to_string()),
        after: Some(state.word().to_owned()),
        comment: None,
    };
    changes::record(tx, from, actor, line, now).await?;
    keep(tx, into, actor, EventKind::GaveBack, from.id, now).await?;
    let back = store::Back {
        state,
        assignee,
        comments: returned,
    };
    store::put_back(tx, from, &back, me, from.hat(actor), now).await?;
    changes::touch(tx, into, actor, -returned, now).await
}

/// The ticket a field names, with or without `#`; one that is not there and one that may not be seen
/// are refused in the same words (AZ-05).
pub async fn named(
    ask: &mut dyn Answers,
    actor: &Actor,
    typed: &str,
) -> Result<May<Read, Ticket>, Error> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Error::invalid("into", "fault-missing"));
    }
    let unknown = || Error::invalid_with("into", "fault-ticket-unknown", typed.to_owned());
    let number = TicketId::typed(typed).ok_or_else(unknown)?;
    match find::<Read>(ask, actor, number).await {
        Err(Error::NotFound) => Err(unknown()),
        other => other,
    }
}

/// What both doors do to merge. That it was done already is a quiet success.
pub async fn do_merge(
    db: &Db,
    actor: &Actor,
    from: TicketId,
    into: &str,
    seen: Seen,
    let_in: LetIn,
    now: Moment,
) -> Result<TicketId, Error> {
    let mut tx = db.write().await?;
    // The first look hides what may not be seen.
    find::<Read>(&mut tx, actor, from).await?;
    let into = match named(&mut tx, actor, into).await {
        Ok(into) => into.id,
        Err(fault) => {
            // The right before what was sent.
            find::<Merge>(&mut tx, actor, from).await?;
            return Err(fault);
        }
    };
    merge_within(&mut tx, actor, from, into, seen, let_in, now).await?;
    tx.commit().await?;
    Ok(into)
}

/// The same as a part of a change that the caller commits; whether anything was left to do.
///
/// # Errors
/// As [`merge`], and `Invalid` at `into` when that ticket has ended.
pub async fn merge_within(
    tx: &mut Tx,
    actor: &Actor,
    from: TicketId,
    into: TicketId,
    seen: Seen,
    let_in: LetIn,
    now: Moment,
) -> Result<bool, Error> {
    if into == from {
        return Err(Error::invalid("into", "fault-ticket-itself"));
    }
    // The smaller number is held first, so that two merges in opposite directions cannot wait for
    // each other.
    for one in [from.min(into), from.max(into)] {
        find_to_change::<Read>(tx, actor, one).await?;
    }
    if followed(tx, actor, from).await? == into {
        return Ok(false);
    }
    let first = find_to_change::<Merge>(tx, actor, from).await?;
    let second = match find_to_change::<TakeIn>(tx, actor, into).await {
        Err(Error::Forbidden(Because("rule-state"))) => {
            return Err(Error::invalid("into", "fault-merge-into-ended"));
        }
        other => other?,
    };
    merge(tx, &first, &second, actor, seen, let_in, now).await?;
    Ok(true)
}

/// What both doors do to undo a merge. That it was undone already is a quiet success.
pub async fn do_give_back(
    db: &Db,
    actor: &Actor,
    from: TicketId,
    seen: Option<i64>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    give_back_within(&mut tx, actor, from, seen, now).await?;
    tx.commit().await
}

/// The same as a part of a change that the caller commits. `seen` is the version of the merged ticket:
/// another merge of it is not the one that is to be undone.
///
/// # Errors
/// As [`give_back`], and `Conflict`.
pub async fn give_back_within(
    tx: &mut Tx,
    actor: &Actor,
    from: TicketId,
    seen: Option<i64>,
    now: Moment,
) -> Result<(), Error> {
    if find::<Read>(tx, actor, from).await?.state != State::Merged {
        find::<ReturnFromMerge>(tx, actor, from).await?;
        return Ok(());
    }
    let into = followed(tx, actor, from).await?;
    for one in [from.min(into), from.max(into)] {
        find_to_change::<Read>(tx, actor, one).await?;
    }
    if find::<Read>(tx, actor, from).await?.state != State::Merged {
        return Ok(());
    }
    let second = find_to_change::<GiveBack>(tx, actor, into).await?;
    let first = find_to_change::<ReturnFromMerge>(tx, actor, from).await?;
    changes::must_match(&first, seen)?;
    give_back(tx, &second, &first, actor, now).await
}
