//! What people do to tickets. Each verb takes the proof that one may, writes the change, its line
//! of history and its announcement in the caller's transaction, and nothing else.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::{Error, Fields};

use super::comments::NewComment;
use super::handling::giving_out::give_out;
use super::history::{self, EventKind, NewEvent};
use super::machine::Deed;
use super::participants::permanent;
use super::rights::{
    Approve, Close, Note, RefuseClosure, Release, Reopen, Reply, Take, TakeAndClose,
};
use super::steps::{Step, Touch, after, carry_out, write_taking};
use super::{
    Audience, CommentId, EventId, Hat, Ticket, TicketId, Visibility, advice, mentions, store,
};
use crate::departments::{Open, OpenForSomebody, Place};
use crate::people::PersonId;

/// The longest subject, in characters.
pub const LONGEST_SUBJECT: usize = 250;

/// A ticket to be opened.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// What it is about.
    pub subject: String,
    /// 1 very low to 5 very high; 3 is usual.
    pub priority: i64,
    /// Who else may look at it.
    pub visibility: Visibility,
    /// The first words.
    pub comment: NewComment,
}

/// What opening left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The ticket.
    pub ticket: TicketId,
    /// False when the same form or client had opened it before.
    pub is_new: bool,
}

/// What a comment left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The comment.
    pub comment: CommentId,
    /// Its line of history; `None` when the same comment stood there already.
    pub event: Option<EventId>,
}

/// Whom a comment is for, and whether they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addressed {
    /// Who may read it.
    pub audience: Audience,
    /// Nobody is mailed about it.
    pub is_quiet: bool,
}

impl From<Audience> for Addressed {
    fn from(audience: Audience) -> Addressed {
        Addressed {
            audience,
            is_quiet: false,
        }
    }
}

/// Opens a ticket of one's own.
pub async fn open(
    tx: &mut Tx,
    place: &May<Open, Place>,
    actor: &Actor,
    new: NewTicket,
    now: Moment,
) -> Result<Opened, Error> {
    let me = PersonId(actor.id());
    open_as(tx, place, me, me, new, now).await
}

/// Opens a ticket for somebody who phoned, or stands at the desk.
pub async fn open_for_somebody(
    tx: &mut Tx,
    place: &May<OpenForSomebody, Place>,
    actor: &Actor,
    requester: PersonId,
    new: NewTicket,
    now: Moment,
) -> Result<Opened, Error> {
    open_as(tx, place, PersonId(actor.id()), requester, new, now).await
}

async fn open_as<A>(
    tx: &mut Tx,
    place: &May<A, Place>,
    author: PersonId,
    requester: PersonId,
    new: NewTicket,
    now: Moment,
) -> Result<Opened, Error> {
    let mut faults = Fields::default();
    let subject = new.subject.trim();
    let is_mail = new.comment.incoming_mail.is_some();
    faults.require(is_mail || !subject.is_empty(), "subject", "fault-missing");
    if subject.chars().count() > LONGEST_SUBJECT {
        faults.add(
            "subject",
            "fault-too-long",
            Some(LONGEST_SUBJECT.to_string()),
        );
    }
    faults.require(
        (1..=5).contains(&new.priority),
        "priority",
        "fault-priority",
    );
    faults.settle()?;
    new.comment.check()?;

    let hat = if author == requester {
        Hat::Requester
    } else {
        Hat::Agent
    };
    let Some(ticket) = store::insert_ticket(tx, place, author, requester, hat, &new, now).await?
    else {
        let before = store::opened_before(tx, author, new.comment.once.as_deref()).await?;
        return Ok(Opened {
            ticket: before,
            is_new: false,
        });
    };
    let comment = store::insert_comment(
        tx,
        place,
        ticket,
        author,
        Audience::Public,
        hat,
        &new.comment,
        now,
    )
    .await?
    .ok_or_else(|| Error::bug("the first comment of a new ticket stood there already"))?;
    history::record(
        tx,
        place,
        ticket,
        NewEvent {
            kind: EventKind::Created,
            actor: Some(author),
            hat,
            audience: Audience::Public,
            before: None,
            after: None,
            comment: Some(comment),
        },
        now,
    )
    .await?;
    permanent::let_in_with(tx, place, ticket, requester, now).await?;
    let at = (place.department_id, place.id);
    give_out(tx, ticket, at, &[requester], now).await?;
    Ok(Opened {
        ticket,
        is_new: true,
    })
}

/// Writes to everybody on the ticket.
pub async fn reply(
    tx: &mut Tx,
    ticket: &May<Reply, Ticket>,
    actor: &Actor,
    comment: NewComment,
    now: Moment,
) -> Result<Written, Error> {
    let to = Addressed::from(Audience::Public);
    write(tx, ticket, actor, Deed::Reply, to, comment, now).await
}

/// Writes to some of those on the ticket, or without telling them. One addresses whom one stands
/// beside: staff everybody, the requester staff, an invitee the invitees; only staff is quiet.
///
/// # Errors
/// `Forbidden` when the audience would not hold the writer.
pub async fn reply_to(
    tx: &mut Tx,
    ticket: &May<Reply, Ticket>,
    actor: &Actor,
    to: Addressed,
    comment: NewComment,
    now: Moment,
) -> Result<Written, Error> {
    let is_staff = ticket.is_on_staff_side(actor);
    let is_beside = match to.audience {
        Audience::Public => true,
        Audience::Requester => is_staff || ticket.is_requester(actor),
        Audience::Invitees => is_staff || ticket.am_invitee,
        Audience::Staff => false,
    };
    if !is_beside || (to.is_quiet && !is_staff) {
        return Err(Error::Forbidden(kit::error::Because("right-address")));
    }
    write(tx, ticket, actor, Deed::Reply, to, comment, now).await
}

/// Writes to staff only.
pub async fn note(
    tx: &mut Tx,
    ticket: &May<Note, Ticket>,
    actor: &Actor,
    comment: NewComment,
    now: Moment,
) -> Result<Written, Error> {
    let to = Addressed::from(Audience::Staff);
    write(tx, ticket, actor, Deed::Note, to, comment, now).await
}

/// Writes to staff only, and mails nobody.
pub async fn note_quietly(
    tx: &mut Tx,
    ticket: &May<Note, Ticket>,
    actor: &Actor,
    comment: NewComment,
    now: Moment,
) -> Result<Written, Error> {
    let to = Addressed {
        audience: Audience::Staff,
        is_quiet: true,
    };
    write(tx, ticket, actor, Deed::Note, to, comment, now).await
}

async fn write<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    deed: Deed,
    to: Addressed,
    comment: NewComment,
    now: Moment,
) -> Result<Written, Error> {
    comment.check()?;
    let audience = to.audience;
    let me = PersonId(actor.id());
    let hat = ticket.hat(actor);
    let id = ticket.id;
    let Some(written) =
        store::insert_comment(tx, ticket, id, me, audience, hat, &comment, now).await?
    else {
        let before = store::written_before(tx, id, me, comment.once.as_deref()).await?;
        return Ok(Written {
            comment: before,
            event: None,
        });
    };
    mentions::record(tx, ticket, written, actor, &comment.body.text).await?;
    let state = after(ticket, actor, deed)?;
    let kind = match audience {
        Audience::Staff if advice::is_given(tx, ticket, actor).await? => EventKind::Advised,
        Audience::Staff => EventKind::Noted,
        _ => EventKind::Replied,
    };
    let line = NewEvent {
        kind,
        actor: Some(me),
        hat,
        audience,
        before: Some(ticket.state.word().to_owned()),
        after: Some(state.word().to_owned()),
        comment: Some(written),
    };
    let event = if to.is_quiet {
        history::record_quietly(tx, ticket, ticket.id, line, now).await?
    } else {
        history::record(tx, ticket, ticket.id, line, now).await?
    };
    store::touch(
        tx,
        ticket,
        &Touch {
            state,
            assignee: ticket.assignee_id,
            by: me,
            hat,
            comments: 1,
            now,
        },
    )
    .await?;
    Ok(Written {
        comment: written,
        event: Some(event),
    })
}

/// Becomes the one in charge, from nobody or from somebody.
pub async fn take(
    tx: &mut Tx,
    ticket: &May<Take, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    now: Moment,
) -> Result<EventId, Error> {
    let me = PersonId(actor.id());
    let kind = match ticket.assignee_id {
        None => EventKind::Taken,
        Some(_) => EventKind::TakenOver,
    };
    let step = Step {
        deed: Deed::Take,
        kind,
        assignee: Some(me),
        seen,
    };
    carry_out(tx, ticket, actor, step, None, now).await
}

/// Takes and closes in one: two lines of history, one mail.
pub async fn take_and_close(
    tx: &mut Tx,
    ticket: &May<TakeAndClose, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Result<EventId, Error> {
    let step = Step {
        deed: Deed::TakeAndClose,
        kind: EventKind::Closed,
        assignee: Some(PersonId(actor.id())),
        seen,
    };
    write_taking(tx, ticket, actor, now).await?;
    carry_out(tx, ticket, actor, step, words, now).await
}

/// Stops being in charge: the ticket is free again.
pub async fn release(
    tx: &mut Tx,
    ticket: &May<Release, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    now: Moment,
) -> Result<EventId, Error> {
    let step = Step {
        deed: Deed::Release,
        kind: EventKind::Released,
        assignee: None,
        seen,
    };
    carry_out(tx, ticket, actor, step, None, now).await
}

/// Says it is solved: awaiting approval, or approved at once when the requester says so.
pub async fn close(
    tx: &mut Tx,
    ticket: &May<Close, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Result<EventId, Error> {
    let step = Step {
        deed: Deed::Close,
        kind: EventKind::Closed,
        assignee: ticket.assignee_id,
        seen,
    };
    carry_out(tx, ticket, actor, step, words, now).await
}

/// The requester agrees that it is solved.
pub async fn approve(
    tx: &mut Tx,
    ticket: &May<Approve, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    now: Moment,
) -> Result<EventId, Error> {
    let step = Step {
        deed: Deed::Approve,
        kind: EventKind::Approved,
        assignee: ticket.assignee_id,
        seen,
    };
    carry_out(tx, ticket, actor, step, None, now).await
}

/// Its holder, unless they left, were shut out or handle no tickets any more meanwhile.
async fn who_still_holds(tx: &mut Tx, ticket: &Ticket) -> Result<Option<PersonId>, Error> {
    Ok(match ticket.assignee_id {
        Some(holder)
            if store::still_handles(tx, holder, ticket.department_id, ticket.confidential_id)
                .await? =>
        {
            Some(holder)
        }
        _ => None,
    })
}

/// The requester disagrees, and may say why; a holder who left meanwhile is dropped first.
pub async fn refuse_closure(
    tx: &mut Tx,
    ticket: &May<RefuseClosure, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Result<EventId, Error> {
    let step = Step {
        deed: Deed::RefuseClosure,
        kind: EventKind::ClosureRefused,
        assignee: who_still_holds(tx, ticket).await?,
        seen,
    };
    let event = carry_out(tx, ticket, actor, step, words, now).await?;
    give_out_again(tx, ticket, now).await?;
    Ok(event)
}

/// Opens it again; a holder who left the department is dropped first.
pub async fn reopen(
    tx: &mut Tx,
    ticket: &May<Reopen, Ticket>,
    actor: &Actor,
    seen: Option<i64>,
    words: Option<NewComment>,
    now: Moment,
) -> Result<EventId, Error> {
    let step = Step {
        deed: Deed::Reopen,
        kind: EventKind::Reopened,
        assignee: who_still_holds(tx, ticket).await?,
        seen,
    };
    let event = carry_out(tx, ticket, actor, step, words, now).await?;
    give_out_again(tx, ticket, now).await?;
    Ok(event)
}

/// Open again with nobody in charge, it is given out like a new one.
async fn give_out_again<A>(tx: &mut Tx, ticket: &May<A, Ticket>, now: Moment) -> Result<(), Error> {
    let at = (ticket.department_id, ticket.category_id);
    give_out(tx, ticket.id, at, &[ticket.requester_id], now).await?;
    Ok(())
}
