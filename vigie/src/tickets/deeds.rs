//! The deeds that every door offers, once: find through the actor's eyes, do, commit. A deed that is
//! already done is a quiet success, so a double click hurts nobody. Whoever does the same to many
//! tickets calls [`act`] for each: every deed there is stands in [`Wanted`].

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Db, Done, Tx};
use kit::error::{Because, Clash, Error};

use super::comments::NewComment;
use super::drafts::ReadUpTo;
use super::handling::transfer::{self, Target};
use super::history::EventKind;
use super::machine::{Deed, Stage, State};
use super::reading::{also_to_change, find_to_change};
use super::rights::{
    Approve, Ask, Assign, Cancel, Close, Note, Postpone, Read, Recall, Refuse, RefuseClosure,
    Release, Reopen, Reply, Take, TakeAndAsk, TakeAndClose, Transfer,
};
use super::verbs::Addressed;
use super::{Audience, Ticket, TicketId, changes, drafts, handling, participants, reading, verbs};
use crate::people::PersonId;

/// What is asked of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Become the one in charge.
    Take,
    /// Take, then say it is solved.
    TakeAndClose,
    /// Take, then ask the requester for more.
    TakeAndAsk,
    /// Put this colleague in charge.
    Assign(PersonId),
    /// Stop being in charge.
    Release,
    /// Ask the requester for more.
    Ask,
    /// Say it is solved, taking it first when nobody or somebody else has it.
    Close,
    /// Agree.
    Approve,
    /// Disagree.
    RefuseClosure,
    /// Open it again.
    Reopen,
    /// Turn it down.
    Refuse,
    /// Withdraw it.
    Cancel,
    /// Put it off, to a moment or until somebody brings it back.
    Postpone(Option<Moment>),
    /// Bring it back.
    Recall,
    /// Send it to another place; `true` when the sender wants to follow it as an invitee.
    Transfer(Target, bool),
    /// Send it back to where it came from; `true` as above.
    MoveBack(bool),
}

impl Wanted {
    /// The last part of its address, in the pages and in the API.
    pub const fn noun(self) -> &'static str {
        match self {
            Wanted::Take => "assignment",
            Wanted::TakeAndClose => "assignment/closure",
            Wanted::TakeAndAsk => "assignment/question",
            Wanted::Assign(_) => "assignee",
            Wanted::Release => "release",
            Wanted::Ask => "question",
            Wanted::Close => "closure",
            Wanted::Approve => "approval",
            Wanted::RefuseClosure => "refusal",
            Wanted::Reopen => "reopening",
            Wanted::Refuse => "rejection",
            Wanted::Cancel => "cancellation",
            Wanted::Postpone(_) => "postponement",
            Wanted::Recall => "recall",
            Wanted::Transfer(..) => "transfer",
            Wanted::MoveBack(_) => "return",
        }
    }

    /// Whether it sends the ticket elsewhere: the reason of that is for colleagues.
    pub const fn is_moving(self) -> bool {
        matches!(self, Wanted::Transfer(..) | Wanted::MoveBack(_))
    }

    /// The deed whose right is asked for.
    const fn deed(self) -> Deed {
        match self {
            Wanted::Take => Deed::Take,
            Wanted::TakeAndClose => Deed::TakeAndClose,
            Wanted::TakeAndAsk => Deed::TakeAndAsk,
            Wanted::Assign(_) => Deed::Assign,
            Wanted::Release => Deed::Release,
            Wanted::Ask => Deed::Ask,
            Wanted::Close => Deed::Close,
            Wanted::Approve => Deed::Approve,
            Wanted::RefuseClosure => Deed::RefuseClosure,
            Wanted::Reopen => Deed::Reopen,
            Wanted::Refuse => Deed::Refuse,
            Wanted::Cancel => Deed::Cancel,
            Wanted::Postpone(_) => Deed::Postpone,
            Wanted::Recall => Deed::Recall,
            Wanted::Transfer(..) | Wanted::MoveBack(_) => Deed::Transfer,
        }
    }

    /// Whether the actor, who changed the ticket last, did this with that change. `seen` is the
    /// version they looked at.
    fn is_done(self, ticket: &Ticket, actor: &Actor, seen: Option<i64>) -> bool {
        let is_next = seen.is_some_and(|seen| seen + 1 == ticket.version);
        match self {
            Wanted::Take => ticket.is_holder(actor),
            Wanted::Release => ticket.state == State::Free,
            Wanted::Close | Wanted::TakeAndClose => {
                matches!(ticket.state, State::Closed | State::Approved)
            }
            // One may ask again: only the same form sent twice is done already.
            Wanted::Ask | Wanted::TakeAndAsk => is_next && ticket.state == State::Incomplete,
            Wanted::Approve => ticket.state == State::Approved,
            Wanted::RefuseClosure | Wanted::Reopen => ticket.state.stage() == Stage::Open,
            Wanted::Refuse => ticket.state == State::Refused,
            Wanted::Cancel => ticket.state == State::Cancelled,
            Wanted::Assign(to) => ticket.assignee_id == Some(to),
            Wanted::Postpone(until) => {
                ticket.state == State::Postponed && ticket.recall_at == until
            }
            Wanted::Recall => matches!(ticket.state, State::Free | State::InProgress),
            Wanted::Transfer(Target::Category(to), _) => ticket.category_id == to,
            Wanted::Transfer(Target::Department(to), _) => is_next && ticket.department_id == to,
            // Its own line of history says (below): where it came from has changed by it.
            Wanted::MoveBack(_) => false,
        }
    }
}

/// Does it. `seen` is the version the doer looked at; `words` a message that goes with it.
///
/// # Errors
/// `NotFound`, `Forbidden` with the missing right or the rule, `Conflict` with both versions,
/// `Invalid` at `message` and the fields a deed has.
pub async fn act(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    wanted: Wanted,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    act_within(&mut tx, actor, id, wanted, seen, words, now).await?;
    tx.commit().await
}

/// The same as a part of a change that the caller commits.
pub async fn act_within(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
    wanted: Wanted,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Result<(), Error> {
    // What the doer wrote and may still take back was said before this.
    drafts::release_all(tx, actor, id, now).await?;
    let ticket = find_to_change::<Read>(tx, actor, id).await?;
    let by_me = ticket.last_actor_id == Some(PersonId(actor.id()));
    if by_me && wanted.is_done(&ticket, actor, seen) {
        // The same form again. Other words are no repetition: nobody's are dropped without saying so.
        if stands(tx, actor, &ticket, words.as_ref()).await? {
            return Ok(());
        }
        if let Some(seen) = seen.filter(|seen| *seen != ticket.version) {
            let current = ticket.version;
            return Err(Error::Conflict(Clash::of(seen, current)));
        }
    }
    let versions = (seen, ticket.version);
    // Words to whoever asked answer them, by whatever button.
    let answers = words
        .as_ref()
        .is_some_and(|it| !it.body.text.trim().is_empty());
    if let Some(seen) = seen.filter(|_| answers && !wanted.is_moving())
        && ticket.allows(actor, wanted.deed())
        && let Some(_) = drafts::crossing(tx, actor, &ticket, None, now).await?
    {
        return Err(Error::Conflict(Clash::of(seen, ticket.version)));
    }
    let done = act_upon(tx, actor, &ticket, wanted, seen, words, now).await;
    let could = || ticket.could_allow(actor, wanted.deed());
    changes::or_overtaken(tx, actor, id, versions, could, done).await
}

/// The deed itself, of a ticket that it was not done to before.
fn act_upon<'a>(
    tx: &'a mut Tx,
    actor: &'a Actor,
    ticket: &'a May<Read, Ticket>,
    wanted: Wanted,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Done<'a, ()> {
    // Boxed: it would be built anew wherever it is waited for (decision 0082).
    Box::pin(async move {
        match wanted {
            Wanted::Take => {
                let may = also_to_change::<_, Take>(tx, actor, ticket).await?;
                verbs::take(tx, &may, actor, seen, now).await?;
            }
            Wanted::TakeAndClose => {
                let may = also_to_change::<_, TakeAndClose>(tx, actor, ticket).await?;
                verbs::take_and_close(tx, &may, actor, seen, words, now).await?;
            }
            Wanted::TakeAndAsk => {
                let may = also_to_change::<_, TakeAndAsk>(tx, actor, ticket).await?;
                handling::take_and_ask(tx, &may, actor, seen, said(words)?, now).await?;
            }
            Wanted::Release => {
                let may = also_to_change::<_, Release>(tx, actor, ticket).await?;
                verbs::release(tx, &may, actor, seen, now).await?;
            }
            Wanted::Ask => {
                let may = also_to_change::<_, Ask>(tx, actor, ticket).await?;
                handling::ask(tx, &may, actor, seen, said(words)?, now).await?;
            }
            Wanted::Close => match also_to_change::<_, Close>(tx, actor, ticket).await {
                Ok(may) => {
                    verbs::close(tx, &may, actor, seen, words, now).await?;
                }
                Err(refused @ Error::Forbidden(_)) => {
                    let Ok(may) = also_to_change::<_, TakeAndClose>(tx, actor, ticket).await else {
                        return Err(refused);
                    };
                    verbs::take_and_close(tx, &may, actor, seen, words, now).await?;
                }
                Err(other) => return Err(other),
            },
            Wanted::Approve => {
                let may = also_to_change::<_, Approve>(tx, actor, ticket).await?;
                verbs::approve(tx, &may, actor, seen, now).await?;
            }
            Wanted::RefuseClosure => {
                let may = also_to_change::<_, RefuseClosure>(tx, actor, ticket).await?;
                verbs::refuse_closure(tx, &may, actor, seen, words, now).await?;
            }
            Wanted::Reopen => {
                let may = also_to_change::<_, Reopen>(tx, actor, ticket).await?;
                verbs::reopen(tx, &may, actor, seen, words, now).await?;
            }
            Wanted::Refuse => {
                let may = also_to_change::<_, Refuse>(tx, actor, ticket).await?;
                handling::refuse(tx, &may, actor, seen, words, now).await?;
            }
            Wanted::Cancel => {
                let may = also_to_change::<_, Cancel>(tx, actor, ticket).await?;
                handling::cancel(tx, &may, actor, seen, words, now).await?;
            }
            Wanted::Assign(to) => {
                let may = also_to_change::<_, Assign>(tx, actor, ticket).await?;
                handling::assign(tx, &may, actor, to, seen, words, now).await?;
            }
            Wanted::Postpone(until) => {
                let may = also_to_change::<_, Postpone>(tx, actor, ticket).await?;
                handling::postpone(tx, &may, actor, until, seen, words, now).await?;
            }
            Wanted::Recall => {
                let may = also_to_change::<_, Recall>(tx, actor, ticket).await?;
                handling::recall(tx, &may, actor, seen, now).await?;
            }
            Wanted::Transfer(to, follows) => {
                let may = also_to_change::<_, Transfer>(tx, actor, ticket).await?;
                transfer::transfer(tx, &may, actor, to, follows, seen, words, now).await?;
            }
            Wanted::MoveBack(follows) => {
                let may = also_to_change::<_, Transfer>(tx, actor, ticket).await?;
                let events = reading::events(tx, actor, ticket).await?;
                let is_next = seen.is_some_and(|seen| seen + 1 == ticket.version);
                // What came of it there is no deed of anybody's.
                let was_sent = events
                    .iter()
                    .rfind(|e| !matches!(e.kind, EventKind::GivenOut | EventKind::NotGivenOut))
                    .is_some_and(|e| e.kind == EventKind::Transferred);
                let by_me = ticket.last_actor_id == Some(PersonId(actor.id()));
                let is_same = by_me && is_next && was_sent;
                if is_same && stands(tx, actor, ticket, words.as_ref()).await? {
                    return Ok(());
                }
                let from = transfer::sender_of(&events)
                    .ok_or(Error::Forbidden(Because("rule-never-transferred")))?;
                let to = Target::Category(from);
                transfer::transfer(tx, &may, actor, to, follows, seen, words, now).await?;
            }
        }
        Ok(())
    })
}

/// Whether there were no words, or they stand on the ticket already: by the same form, or the very
/// same as the doer's last.
async fn stands(
    tx: &mut Tx,
    actor: &Actor,
    ticket: &Ticket,
    words: Option<&NewComment>,
) -> Result<bool, Error> {
    let words = words.filter(|w| !w.body.text.trim().is_empty() || !w.files.is_empty());
    let Some(words) = words else { return Ok(true) };
    let all = reading::comments(tx, actor, ticket).await?;
    let mine = all.iter().rev().find(|c| c.author_id.0 == actor.id());
    if mine.is_some_and(|c| c.body == words.body.text) {
        return Ok(true);
    }
    let once = words.once.as_deref();
    participants::is_written(tx, actor, ticket.id, once).await
}

/// The words of a deed that is nothing without them.
fn said(words: Option<NewComment>) -> Result<NewComment, Error> {
    let words = words.filter(|w| !w.body.text.trim().is_empty());
    words.ok_or_else(|| Error::invalid("message", "fault-missing"))
}

/// Writes a comment. `seen` is the version its author read.
///
/// # Errors
/// As [`write_in`], and `Conflict` when others wrote meanwhile: of a note nobody is overtaken.
pub async fn write(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    to: impl Into<Addressed>,
    comment: NewComment,
    seen: Option<i64>,
    now: Moment,
) -> Result<verbs::Written, Error> {
    let mut tx = db.write().await?;
    let to = to.into();
    if to.audience != Audience::Staff {
        let read = ReadUpTo { seen, knows: None };
        let once = comment.once.as_deref();
        // A program is not asked whether it answers all the same.
        if drafts::before_answering(&mut tx, actor, id, once, read, now)
            .await?
            .is_some()
        {
            let ticket = find_to_change::<Read>(&mut tx, actor, id).await?;
            let seen = seen.unwrap_or(ticket.version);
            return Err(Error::Conflict(Clash::of(seen, ticket.version)));
        }
    }
    let written = write_in(&mut tx, actor, id, to, comment, now).await?;
    tx.commit().await?;
    Ok(written)
}

/// The same within a change.
pub async fn write_in(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
    to: impl Into<Addressed>,
    comment: NewComment,
    now: Moment,
) -> Result<verbs::Written, Error> {
    let to = to.into();
    if to.audience != Audience::Staff {
        let may = find_to_change::<Reply>(tx, actor, id).await?;
        return verbs::reply_to(tx, &may, actor, to, comment, now).await;
    }
    let may = find_to_change::<Note>(tx, actor, id).await?;
    if to.is_quiet {
        verbs::note_quietly(tx, &may, actor, comment, now).await
    } else {
        verbs::note(tx, &may, actor, comment, now).await
    }
}
