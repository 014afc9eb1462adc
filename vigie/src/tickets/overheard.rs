//! Words that no person wrote for us: an absence notice on a ticket, a mail of ours come back. They
//! are kept where people see them, change nothing, and tell nobody, so that two machines can never
//! talk to each other through a ticket.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;

use super::comments::NewComment;
use super::history::{EventKind, NewEvent};
use super::rights::{Read, Reply};
use super::steps::Touch;
use super::{Audience, CommentId, EventId, Hat, Ticket, store};
use crate::people::PersonId;

/// Keeps a machine's answer as a comment of the person whose machine it is. State, dates and the
/// last actor stay; no announcement is made.
pub async fn overhear(
    tx: &mut Tx,
    ticket: &May<Reply, Ticket>,
    actor: &Actor,
    comment: &NewComment,
    now: Moment,
) -> Result<Option<CommentId>, Error> {
    let me = PersonId(actor.id());
    let hat = ticket.hat(actor);
    let written = store::insert_comment(
        tx,
        ticket,
        ticket.id,
        me,
        Audience::Public,
        hat,
        comment,
        now,
    )
    .await?;
    let Some(written) = written else {
        return Ok(None);
    };
    let event = NewEvent {
        kind: EventKind::Replied,
        actor: Some(me),
        hat,
        audience: Audience::Public,
        before: Some(ticket.state.word().to_owned()),
        after: Some(ticket.state.word().to_owned()),
        comment: Some(written),
    };
    store::insert_event(tx, ticket, ticket.id, &event, now).await?;
    store::touch(
        tx,
        ticket,
        &Touch {
            state: ticket.state,
            assignee: ticket.assignee_id,
            by: ticket.last_actor_id.unwrap_or(me),
            hat: ticket.last_side,
            comments: 1,
            now: ticket.updated_at,
        },
    )
    .await?;
    tx.hint("ticket", ticket.id.0);
    Ok(Some(written))
}

/// Notes for staff that a mail about this ticket did not reach somebody: whom, and the code of the
/// report when it has one.
pub async fn note_bounce(
    tx: &mut Tx,
    ticket: &May<Read, Ticket>,
    person: PersonId,
    status: Option<&str>,
    now: Moment,
) -> Result<EventId, Error> {
    let event = NewEvent {
        kind: EventKind::Bounced,
        actor: None,
        hat: Hat::System,
        audience: Audience::Staff,
        before: Some(person.0.to_string()),
        after: status.map(str::to_owned),
        comment: None,
    };
    let id = store::insert_event(tx, ticket, ticket.id, &event, now).await?;
    tx.hint("ticket", ticket.id.0);
    Ok(id)
}
