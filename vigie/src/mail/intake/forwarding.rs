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
use letter::forwarded::Forwarded;
use words::catalogue::{Arg, say_with};

use super::{Outcome, Understood, done};
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
use crate::tickets::{Origin, TicketId, Visibility, reading, tags};

/// A mail passed on, ready to be a ticket.
pub(super) struct PassedOn {
    mail: Forwarded,
    comment: NewComment,
}

/// What the letter passes on, its files kept; `None` when it passes on nothing.
pub(super) async fn passed_on(
    post: &Post,
    incoming: &Incoming,
    letter: &Letter,
) -> Result<Option<PassedOn>, Error> {
    let Some(mail) = letter::forwarded::read(letter) else {
        return Ok(None);
    };
    let first = Letter {
        text: mail.text.clone(),
        attachments: letter
            .attachments
            .iter()
            .chain(&mail.attachments)
            .cloned()
            .collect(),
        ..Letter::default()
    };
    let mut comment = body::comment(post, incoming, &first, false).await?;
    // The agent is its author, and these are not the agent's words.
    let who = mail.from.name.as_deref().unwrap_or(&mail.from.email);
    let line = say_with(post.language, "mail-passed-on", &[("name", Arg::from(who))]);
    let own = letter::html::safe(&letter::html::from_text(&line));
    comment.body.html = format!("{own}{}", comment.body.html);
    comment.body.text = format!("{line}\n\n{}", comment.body.text);
    Ok(Some(PassedOn { mail, comment }))
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
    let is_own = base_address(&first.email).is_none_or(|it_is| it.own.contains(&it_is));
    if agent.disabled_at.is_some()
        || !actor.is_permitted(permission::HANDLE)
        || is_own
        || !people::is_address(&first.email)
    {
        return Ok(None);
    }
    let mut place = None;
    for category in it.places(channel) {
        match departments::place_for_somebody(tx, &actor, category).await {
            Ok(found) => {
                place = Some(found);
                break;
            }
            Err(Error::Forbidden(_) | Error::Invalid(_)) => {}
            Err(error) => return Err(error),
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
        let above = passed.mail.above.trim();
        if !above.is_empty() {
            note(tx, &actor, opened.ticket, above, now).await?;
        }
    }
    Ok(Some(done(None, opened.ticket)))
}

/// What stands above the mail is for colleagues. Whoever does not see the new ticket leaves none there; the letter has it.
async fn note(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
    above: &str,
    now: Moment,
) -> Result<(), Error> {
    let may = match reading::find_to_change::<Note>(tx, actor, ticket).await {
        Ok(may) => may,
        Err(Error::NotFound | Error::Forbidden(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let comment = NewComment {
        body: body::body(&Letter {
            text: above.to_owned(),
            ..Letter::default()
        }),
        files: vec![],
        origin: Origin::Email,
        once: None,
        incoming_mail: None,
    };
    verbs::note_quietly(tx, &may, actor, comment, now).await?;
    Ok(())
}
