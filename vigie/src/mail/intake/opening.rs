//! Letters that open a ticket: of their own, one that follows another, one for nobody in particular.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;

use super::{NOBODY, Outcome, Understood, copied, done, forwarding, held, permitted};
use crate::departments;
use crate::mail::judge::Reason;
use crate::mail::post::Post;
use crate::mail::store::IncomingState;
use crate::people;
use crate::policy;
use crate::tickets::comments::NewComment;
use crate::tickets::joining::following;
use crate::tickets::rights::FollowUp;
use crate::tickets::verbs::{self, NewTicket};
use crate::tickets::{Ticket, Visibility, tags};

/// The ticket ended long ago: its requester's letter opens one that follows it, where that one
/// lived, or where the channel leads when that place is closed (ID-13).
pub(super) async fn follow(
    tx: &mut Tx,
    post: &Post,
    it: &Understood,
    actor: &Actor,
    first: &May<FollowUp, Ticket>,
    comment: NewComment,
    now: Moment,
) -> Result<Outcome, Error> {
    let outcome = match departments::place_written_to(tx, actor, first.category_id).await {
        Ok(place) => {
            let subject = match it.letter.subject.trim() {
                "" => first.subject.clone(),
                subject => subject.to_owned(),
            };
            let new = NewTicket {
                subject,
                priority: first.priority,
                visibility: Visibility::Private,
                comment,
            };
            let opened = verbs::open(tx, &place, actor, new, now).await?.ticket;
            copied::let_in(tx, it, actor, opened, now).await?;
            done(None, opened)
        }
        Err(Error::Forbidden(_) | Error::Invalid(_)) => {
            open(tx, post, it, None, comment, now).await?
        }
        Err(error) => return Err(error),
    };
    if let Some(new) = outcome.ticket {
        following::note(tx, first, actor, new, now).await?;
    }
    Ok(outcome)
}

pub(super) async fn open(
    tx: &mut Tx,
    post: &Post,
    it: &Understood,
    machine: Option<Reason>,
    comment: NewComment,
    now: Moment,
) -> Result<Outcome, Error> {
    let Some(from) = &it.letter.from else {
        return Ok(held(Reason::SenderUnclear, None));
    };
    if let (None, Some(channel)) = (machine, &it.channel)
        && let Some(opened) = forwarding::open(tx, it, channel, now).await?
    {
        return Ok(opened);
    }
    let name = from.name.as_deref().unwrap_or_default();
    open_for(tx, post, it, (&from.email, name), machine, comment, now).await
}

/// The letter is nobody's, but somebody may wait for an answer: it becomes a ticket that staff see.
pub(super) async fn open_for_nobody(
    tx: &mut Tx,
    post: &Post,
    it: &Understood,
    reason: Reason,
    comment: NewComment,
    now: Moment,
) -> Result<Outcome, Error> {
    let name = words::catalogue::say(post.language, "mail-unknown-sender");
    let nobody = (NOBODY, name);
    let opened = open_for(tx, post, it, nobody, Some(reason), comment, now).await?;
    Ok(match opened.ticket {
        Some(_) => Outcome {
            state: IncomingState::Unreadable,
            ..opened
        },
        None => opened,
    })
}

async fn open_for(
    tx: &mut Tx,
    post: &Post,
    it: &Understood,
    (email, name): (&str, &str),
    machine: Option<Reason>,
    comment: NewComment,
    now: Moment,
) -> Result<Outcome, Error> {
    let Some(channel) = &it.channel else {
        return Ok(held(Reason::ChannelGone, None));
    };
    let requester = people::contact(tx, email, name, None, now).await?;
    if people::find(tx, requester).await?.disabled_at.is_some() {
        return Ok(held(Reason::SenderDisabled, None));
    }
    // Whoever they are, a letter without token speaks as somebody who asks.
    let actor = policy::actor(requester.0, None);
    let mut place = None;
    for category in it.places(channel) {
        place = permitted(departments::place_written_to(tx, &actor, category).await)?;
        if place.is_some() {
            break;
        }
    }
    let Some(place) = place else {
        return Ok(held(Reason::CategoryClosed, None));
    };
    let subject = match it.letter.subject.trim() {
        "" => words::catalogue::say(post.language, "mail-no-subject").to_owned(),
        subject => subject.to_owned(),
    };
    let new = NewTicket {
        subject,
        priority: 3,
        visibility: Visibility::Private,
        comment,
    };
    let opened = verbs::open(tx, &place, &actor, new, now).await?;
    if opened.is_new {
        tags::put_on_new(tx, &place, opened.ticket, &it.sieved.tags, now).await?;
        if machine.is_none() {
            copied::let_in(tx, it, &actor, opened.ticket, now).await?;
        }
    }
    Ok(done(machine, opened.ticket))
}
