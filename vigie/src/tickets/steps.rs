//! The common walk of a deed: version, words, line of history, row. Verbs say what is theirs.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::{Because, Error};

use super::comments::NewComment;
use super::history::{self, EventKind, NewEvent};
use super::machine::{Deed, State, next};
use super::{Audience, EventId, Hat, Ticket, overtaken, store};
use crate::people::PersonId;

/// What a deed leaves on the ticket's row.
pub(super) struct Touch {
    pub state: State,
    pub assignee: Option<PersonId>,
    pub by: PersonId,
    pub hat: Hat,
    pub comments: i64,
    pub now: Moment,
}

/// What a deed is, besides its words.
pub(super) struct Step {
    pub deed: Deed,
    pub kind: EventKind,
    pub assignee: Option<PersonId>,
    pub seen: Option<i64>,
}

/// The common walk of a deed: version, words, line of history, row.
pub(super) async fn carry_out<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    step: Step,
    words: Option<NewComment>,
    now: Moment,
) -> Result<EventId, Error> {
    let said = words.map(|words| (Audience::Public, words));
    carry_out_saying(tx, ticket, actor, step, said, None, now).await
}

/// What a line of history holds before and after.
pub(super) type Values = (Option<String>, Option<String>);

/// The same with words that may be for staff only, and a line that holds these `values` rather than
/// the states or the holders.
pub(super) async fn carry_out_saying<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    step: Step,
    words: Option<(Audience, NewComment)>,
    values: Option<Values>,
    now: Moment,
) -> Result<EventId, Error> {
    overtaken::must_stand(tx, actor, ticket, step.deed, step.seen).await?;
    let me = PersonId(actor.id());
    let hat = ticket.hat(actor);
    let words = words.filter(|(_, w)| !w.body.text.trim().is_empty() || !w.files.is_empty());
    let comment = match &words {
        None => None,
        Some((audience, words)) => {
            ticket.must_say(actor, *audience)?;
            words.check()?;
            store::insert_comment(tx, ticket, ticket.id, me, *audience, hat, words, now).await?
        }
    };
    let mut at = ticket.situation(actor);
    at.has_holder = step.assignee.is_some() || step.deed == Deed::Release;
    let state = next(ticket.state, step.deed, at).ok_or(Error::Forbidden(Because("rule-state")))?;
    let moves_holder = matches!(step.deed, Deed::Take | Deed::Assign | Deed::Release);
    let (before, after) = match values {
        Some(values) => values,
        None if moves_holder => (holder_text(ticket.assignee_id), holder_text(step.assignee)),
        None => (
            Some(ticket.state.word().to_owned()),
            Some(state.word().to_owned()),
        ),
    };
    let event = history::record(
        tx,
        ticket,
        ticket.id,
        NewEvent {
            kind: step.kind,
            actor: Some(me),
            hat,
            audience: Audience::Public,
            before,
            after,
            comment,
        },
        now,
    )
    .await?;
    store::touch(
        tx,
        ticket,
        &Touch {
            state,
            assignee: step.assignee,
            by: me,
            hat,
            comments: i64::from(comment.is_some()),
            now,
        },
    )
    .await?;
    Ok(event)
}

pub(super) fn after(ticket: &Ticket, actor: &Actor, deed: Deed) -> Result<State, Error> {
    next(ticket.state, deed, ticket.situation(actor)).ok_or(Error::Forbidden(Because("rule-state")))
}

/// A holder in a line of history: the person's id, so that the name can be masked or erased.
pub(super) fn holder_text(holder: Option<PersonId>) -> Option<String> {
    holder.map(|h| h.0.to_string())
}

/// The line of a taking that is told with what follows it.
pub(super) async fn write_taking<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    now: Moment,
) -> Result<EventId, Error> {
    let me = PersonId(actor.id());
    let event = NewEvent {
        kind: match ticket.assignee_id {
            None => EventKind::Taken,
            Some(_) => EventKind::TakenOver,
        },
        actor: Some(me),
        hat: ticket.hat(actor),
        audience: Audience::Public,
        before: holder_text(ticket.assignee_id),
        after: holder_text(Some(me)),
        comment: None,
    };
    store::insert_event(tx, ticket, ticket.id, &event, now).await
}
