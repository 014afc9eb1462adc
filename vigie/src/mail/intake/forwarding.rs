//! A mail that an agent passes on opens a ticket for whoever wrote it first (decision 0079): that person is the requester and is
//! acknowledged, their words are the first comment, and what the agent wrote above them is an internal note.
//!
//! Only an agent whose letter proves its author, and who may open tickets for others there; from anybody else it is a letter like
//! any other, for nothing says that who is named in it ever wrote.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;
use letter::Letter;
use letter::classify;
use letter::forwarded::Forwarded;
use words::catalogue::{Arg, say_with};

use super::{Outcome, Understood, done, permitted};
use crate::departments;
use crate::mail::body;
use crate::mail::identity::Verdict as Known;
use crate::mail::post::Post;
use crate::mail::store::{Channel, Incoming, base_address};
use crate::people;
use crate::policy::permission;
use crate::tickets::comments::NewComment;
use crate::tickets::rights::Note;
use crate::tickets::verbs::{self, NewTicket};
use crate::tickets::{TicketId, Visibility, reading, tags};

/// A mail passed on, ready to be a ticket.
pub(super) struct PassedOn {
    mail: Forwarded,
    comment: NewComment,
    /// What the agent wrote above it, and files of the agent's own.
    note: NewComment,
}

/// What the letter of an agent passes on, its files kept; `None` when it passes on nothing, or nobody of the staff wrote it. It is read
/// beside the workers of the web, like any letter: what is attached may be anything.
pub(super) async fn passed_on(
    post: &Post,
    incoming: &Incoming,
    letter: Letter,
) -> Result<(Letter, Option<PassedOn>), Error> {
    let Some(from) = letter.from.as_ref().map(|from| from.email.clone()) else {
        return Ok((letter, None));
    };
    let person = people::find_by_email(&mut post.db.read(), &from).await?;
    if !person.is_some_and(|it| it.actor().is_permitted(permission::STAFF)) {
        return Ok((letter, None));
    }
    let reading = tokio::task::spawn_blocking(move || {
        let mail = letter::forwarded::read(&letter);
        (letter, mail)
    });
    let read = reading.await;
    let (letter, mail) =
        read.map_err(|_| Error::bug("what a letter passes on could not be read"))?;
    let Some(mail) = mail else {
        return Ok((letter, None));
    };
    // Of a mail that came whole, the files beside it are the agent's.
    let (its, others) = match &mail.attachments {
        Some(its) => (its.clone(), letter.attachments.clone()),
        None => (letter.attachments.clone(), vec![]),
    };
    let of = |text: &str, attachments| Letter {
        text: text.to_owned(),
        attachments,
        ..Letter::default()
    };
    let mut comment = body::comment(post, incoming, &of(&mail.text, its), false).await?;
    // The agent is its author, and these are not the agent's words.
    let who = mail.from.name.as_deref().unwrap_or(&mail.from.email);
    let line = say_with(post.language, "mail-passed-on", &[("name", Arg::from(who))]);
    let own = letter::html::safe(&letter::html::from_text(&line));
    comment.body.html = format!("{own}{}", comment.body.html);
    comment.body.text = format!("{line}\n\n{}", comment.body.text);
    let mut note = body::comment(post, incoming, &of(&mail.above, others), false).await?;
    note.incoming_mail = None;
    let passed = PassedOn {
        mail,
        comment,
        note,
    };
    Ok((letter, Some(passed)))
}

/// Opens the ticket for the first writer; `None` when whoever passed it on may not, or nobody stands behind the address.
pub(super) async fn open(
    tx: &mut Tx,
    it: &Understood,
    channel: &Channel,
    now: Moment,
) -> Result<Option<Outcome>, Error> {
    let (Some(passed), Known::Proven, Some(from)) = (&it.passed_on, it.verdict, &it.letter.from)
    else {
        return Ok(None);
    };
    let Some(agent) = people::find_by_email(tx, &from.email).await? else {
        return Ok(None);
    };
    let actor = agent.actor();
    let first = &passed.mail.from;
    let is_nobody = base_address(&first.email).is_none_or(|base| it.own.contains(&base))
        || classify::is_nobodys(&first.email);
    if agent.disabled_at.is_some()
        || !actor.is_permitted(permission::HANDLE)
        || is_nobody
        || !people::is_address(&first.email)
    {
        return Ok(None);
    }
    let mut place = None;
    for category in it.places(channel) {
        place = permitted(departments::place_for_somebody(tx, &actor, category).await)?;
        if place.is_some() {
            break;
        }
    }
    let Some(place) = place else {
        return Ok(None);
    };
    let name = first.name.as_deref().unwrap_or_default();
    let requester = people::contact(tx, &first.email, name, Some(agent.id), now).await?;
    if requester == agent.id || people::find(tx, requester).await?.disabled_at.is_some() {
        return Ok(None);
    }
    let subject = passed.mail.subject.as_deref().unwrap_or(&it.letter.subject);
    let new = NewTicket {
        subject: subject.trim().to_owned(),
        priority: 3,
        visibility: Visibility::Private,
        comment: passed.comment.clone(),
    };
    let opened = verbs::open_for_somebody(tx, &place, &actor, requester, new, now).await?;
    if opened.is_new {
        tags::put_on_new(tx, &place, opened.ticket, &it.sieved.tags, now).await?;
        note(tx, &actor, opened.ticket, &passed.note, now).await?;
    }
    Ok(Some(done(None, opened.ticket)))
}

/// What is the agent's own is for colleagues. Whoever does not see the new ticket leaves none there; the letter has it.
async fn note(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
    note: &NewComment,
    now: Moment,
) -> Result<(), Error> {
    if note.body.text.trim().is_empty() && note.files.is_empty() {
        return Ok(());
    }
    if let Some(may) = permitted(reading::find_to_change::<Note>(tx, actor, ticket).await)? {
        verbs::note_quietly(tx, &may, actor, note.clone(), now).await?;
    }
    Ok(())
}
