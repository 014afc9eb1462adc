//! The deeds that both browsers' doors offer, once: find through the actor's eyes, do, commit.
//! A deed that is already done is a quiet success, so a double click hurts nobody.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Db, Tx};
use kit::error::Error;

use super::comments::NewComment;
use super::machine::State;
use super::reading::find_to_change;
use super::rights::{
    Approve, Close, Note, Read, RefuseClosure, Release, Reopen, Reply, Take, TakeAndClose,
};
use super::{Audience, TicketId, drafts, verbs};
use crate::people::PersonId;

/// What is asked of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Become the one in charge.
    Take,
    /// Stop being in charge.
    Release,
    /// Say it is solved, taking it first when nobody or somebody else has it.
    Close,
    /// Agree.
    Approve,
    /// Disagree.
    RefuseClosure,
    /// Open it again.
    Reopen,
}

/// Does it. `seen` is the version the doer looked at; `words` a message that goes with it.
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
    drafts::release_all(&mut tx, actor, id, now).await?;
    let ticket = find_to_change::<Read>(&mut tx, actor, id).await?;
    let by_me = ticket.last_actor_id == Some(PersonId(actor.id()));
    let is_done = match wanted {
        Wanted::Take => ticket.is_holder(actor),
        Wanted::Release => ticket.state == State::Free,
        Wanted::Close => matches!(ticket.state, State::Closed | State::Approved),
        Wanted::Approve => ticket.state == State::Approved,
        Wanted::RefuseClosure | Wanted::Reopen => {
            ticket.state.stage() == super::machine::Stage::Open
        }
    };
    if by_me && is_done {
        return Ok(());
    }
    match wanted {
        Wanted::Take => {
            let may = find_to_change::<Take>(&mut tx, actor, id).await?;
            verbs::take(&mut tx, &may, actor, seen, now).await?;
        }
        Wanted::Release => {
            let may = find_to_change::<Release>(&mut tx, actor, id).await?;
            verbs::release(&mut tx, &may, actor, seen, now).await?;
        }
        Wanted::Close => match find_to_change::<Close>(&mut tx, actor, id).await {
            Ok(may) => {
                verbs::close(&mut tx, &may, actor, seen, words, now).await?;
            }
            Err(refused @ Error::Forbidden(_)) => {
                let Ok(may) = find_to_change::<TakeAndClose>(&mut tx, actor, id).await else {
                    return Err(refused);
                };
                verbs::take_and_close(&mut tx, &may, actor, seen, words, now).await?;
            }
            Err(other) => return Err(other),
        },
        Wanted::Approve => {
            let may = find_to_change::<Approve>(&mut tx, actor, id).await?;
            verbs::approve(&mut tx, &may, actor, seen, now).await?;
        }
        Wanted::RefuseClosure => {
            let may = find_to_change::<RefuseClosure>(&mut tx, actor, id).await?;
            verbs::refuse_closure(&mut tx, &may, actor, seen, words, now).await?;
        }
        Wanted::Reopen => {
            let may = find_to_change::<Reopen>(&mut tx, actor, id).await?;
            verbs::reopen(&mut tx, &may, actor, seen, words, now).await?;
        }
    }
    tx.commit().await
}

/// Writes a comment.
pub async fn write(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    audience: Audience,
    comment: NewComment,
    now: Moment,
) -> Result<verbs::Written, Error> {
    let mut tx = db.write().await?;
    let written = write_in(&mut tx, actor, id, audience, comment, now).await?;
    tx.commit().await?;
    Ok(written)
}

/// The same within a change.
pub async fn write_in(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
    audience: Audience,
    comment: NewComment,
    now: Moment,
) -> Result<verbs::Written, Error> {
    match audience {
        Audience::Public => {
            let may = find_to_change::<Reply>(tx, actor, id).await?;
            verbs::reply(tx, &may, actor, comment, now).await
        }
        Audience::Staff => {
            let may = find_to_change::<Note>(tx, actor, id).await?;
            verbs::note(tx, &may, actor, comment, now).await
        }
    }
}
