//! A change that moves no state: its version is looked at, its line of history written and
//! announced, its row touched. What the change is, each room says itself.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::{Clash, Error};

use super::comments::NewComment;
use super::history::{self, EventKind, NewEvent};
use super::overtaken;
use super::steps::Touch;
use super::{Audience, CommentId, EventId, Ticket, TicketId, store};
use crate::people::PersonId;

/// What changed, as its line of history says it.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// What happened.
    pub kind: EventKind,
    /// Who may read of it.
    pub audience: Audience,
    /// What it was before.
    pub before: Option<String>,
    /// What it is now.
    pub after: Option<String>,
    /// The words that came with it.
    pub comment: Option<CommentId>,
}

/// Refuses a change made from another version than the one that stands; `None` asks nothing. For changes that rest on
/// the whole ticket; others ask [`overtaken::must_stand`].
pub fn must_match(ticket: &Ticket, seen: Option<i64>) -> Result<(), Error> {
    kit::error::must_match(seen, ticket.version)
}

/// Whoever was overtaken is told that first: what the other did may be why it is forbidden now, and an
/// answer to a conflict holds what was typed. `current` is the version that stood before the change. Of
/// whom it would have been forbidden anyway ([`Ticket::could_allow`]) nobody could be in the way.
pub(super) async fn or_overtaken<T>(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
    (seen, current): (Option<i64>, i64),
    could: impl FnOnce() -> bool,
    done: Result<T, Error>,
) -> Result<T, Error> {
    match (done, seen) {
        (Err(Error::Forbidden(because)), Some(seen)) if seen < current && could() => {
            match overtaken::since(tx, actor, id, seen).await?.is_empty() {
                true => Err(Error::Forbidden(because)),
                false => Err(Error::Conflict(Clash::of(seen, current))),
            }
        }
        (done, _) => done,
    }
}

/// Writes the line of history and lets it be announced.
pub(super) async fn record<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    change: Change,
    now: Moment,
) -> Result<EventId, Error> {
    let event = NewEvent {
        kind: change.kind,
        actor: Some(PersonId(actor.id())),
        hat: ticket.hat(actor),
        audience: change.audience,
        before: change.before,
        after: change.after,
        comment: change.comment,
    };
    history::record(tx, ticket, ticket.id, event, now).await
}

/// Notes on the row that somebody changed it: once in a transaction, after everything else.
pub async fn touch<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    comments: i64,
    now: Moment,
) -> Result<(), Error> {
    let touch = Touch {
        state: ticket.state,
        assignee: ticket.assignee_id,
        by: PersonId(actor.id()),
        hat: ticket.hat(actor),
        comments,
        now,
    };
    store::touch(tx, ticket, &touch).await
}

/// Writes the words that go with a change; `None` when the same form wrote them before.
pub(super) async fn write<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    audience: Audience,
    words: &NewComment,
    now: Moment,
) -> Result<Option<CommentId>, Error> {
    let (me, hat) = (PersonId(actor.id()), ticket.hat(actor));
    store::insert_comment(tx, ticket, ticket.id, me, audience, hat, words, now).await
}
