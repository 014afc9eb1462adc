//! The composer: what is put into it, what a message is before it is sent, and the way it goes.
//!
//! Deliberately absent: drafts and their holding (`drafts/`), who is called (`mentions/`), saved
//! replies themselves (`replies/`).

pub mod pages;
pub mod suggesting;
pub mod views;

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Db};
use kit::error::Error;

use super::comments::{Body, NewComment};
use super::drafts::{self, Crossing, DraftId, ReadUpTo, Stage, Typed};
use super::rights::Read;
use super::verbs::Addressed;
use super::{Audience, CommentId, Origin, TicketId, deeds, reading};
use crate::replies::fill::Facts;

/// What sending came to.
#[derive(Clone, Debug)]
pub enum Sent {
    /// It stands in the thread.
    Written(CommentId),
    /// It is on its way, and can be taken back.
    Held(DraftId),
    /// A colleague is answering in this moment: it stands in the composer.
    Crossed(Crossing),
}

/// What is sent, and how.
#[derive(Clone, Debug)]
pub struct Sending {
    /// What stands in the composer.
    pub typed: Typed,
    /// Nobody is mailed about it.
    pub is_quiet: bool,
    /// Makes the same form sent twice count once.
    pub once: Option<String>,
    /// What its author has read.
    pub read: ReadUpTo,
}

/// Sends what stands in the composer: a note at once, as is a reply that nobody is told of; another reply
/// after [`drafts::HELD_FOR`].
/// The draft on the desk's side goes with it, in the same change.
pub async fn send(
    db: &Db,
    actor: &Actor,
    ticket: TicketId,
    sending: Sending,
    now: Moment,
) -> Result<Sent, Error> {
    let Sending {
        typed,
        is_quiet,
        once,
        read,
    } = sending;
    let mut tx = db.write().await?;
    if typed.audience != Audience::Staff {
        let once = once.as_deref();
        let other = drafts::before_answering(&mut tx, actor, ticket, once, read, now).await?;
        if let Some(other) = other {
            return Ok(Sent::Crossed(other));
        }
    }
    let sent = match typed.audience == Audience::Staff || is_quiet {
        true => {
            let kept = drafts::kept_files(&mut tx, actor, ticket, typed.kept.as_deref()).await?;
            let comment = NewComment {
                body: Body::of_markdown(&typed.body),
                files: kept.into_iter().chain(typed.files).collect(),
                origin: Origin::Web,
                once,
                incoming_mail: None,
            };
            let to = Addressed {
                audience: typed.audience,
                is_quiet,
            };
            let written = deeds::write_in(&mut tx, actor, ticket, to, comment, now).await?;
            drafts::discard(&mut tx, actor, ticket).await?;
            Sent::Written(written.comment)
        }
        false => {
            let once = once.as_deref();
            Sent::Held(drafts::hold(&mut tx, actor, ticket, &typed, once, now).await?)
        }
    };
    tx.commit().await?;
    Ok(sent)
}

/// Keeps what stands in the composer on the desk's side.
pub async fn keep(
    db: &Db,
    actor: &Actor,
    ticket: TicketId,
    typed: &Typed,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let seen = reading::find_to_change::<Read>(&mut tx, actor, ticket).await?;
    drafts::keep(&mut tx, actor, &seen, typed, now).await?;
    tx.commit().await
}

/// Keeps words that were to go with a deed that cannot be done any more, unless others stand in the composer.
pub async fn keep_aside(
    db: &Db,
    actor: &Actor,
    ticket: TicketId,
    audience: Audience,
    body: String,
    now: Moment,
) -> Result<(), Error> {
    let drafts = drafts::of(&mut db.read(), actor, ticket).await?;
    if drafts.iter().any(|draft| draft.state == Stage::Draft) {
        return Ok(());
    }
    let typed = Typed {
        audience,
        body,
        files: vec![],
        kept: None,
    };
    keep(db, actor, ticket, &typed, now).await
}

/// What the placeholders of saved replies stand for on this ticket.
pub async fn facts(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    agent: &str,
    desk: &str,
) -> Result<Facts, Error> {
    let seen = reading::find::<Read>(ask, actor, ticket).await?;
    let names = reading::names(ask, actor, &seen).await?;
    Ok(Facts {
        requester: names.requester,
        number: ticket.0.to_string(),
        subject: seen.subject.clone(),
        department: names.department,
        category: names.category,
        agent: agent.to_owned(),
        desk: desk.to_owned(),
    })
}
