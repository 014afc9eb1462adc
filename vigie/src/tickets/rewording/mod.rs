//! Putting one's own last words right, as long as nobody has written after them.
//!
//! What the words were stays in the history, for whoever could read them. Deliberately absent:
//! words that came by mail (they are what was received), and mails about it: those that left say
//! what they said, and a correction is not news.

pub mod api;
pub mod pages;
mod store;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::{Because, Error};

use super::changes::{self, Change};
use super::comments::NewComment;
use super::history::EventKind;
use super::reading::{Comment, comments, find_to_change};
use super::rights::{Read, Reword};
use super::{CommentId, Origin, Ticket, TicketId};

/// The comment whose words this actor may put right now, if it is this one: their own, typed, and the
/// last of those they can read. What they cannot read does not tell them that it is there.
pub fn rewordable<'a>(
    actor: &Actor,
    comments: &'a [Comment],
    id: CommentId,
) -> Result<&'a Comment, Error> {
    let one = comments.iter().find(|c| c.id == id);
    let one = one.ok_or(Error::NotFound)?;
    if one.author_id.0 != actor.id() {
        return Err(Error::Forbidden(Because("rule-not-your-words")));
    }
    if one.origin == Origin::Email {
        return Err(Error::Forbidden(Because("rule-words-by-mail")));
    }
    if comments.last().map(|last| last.id) != Some(id) {
        return Err(Error::Forbidden(Because("rule-not-last-words")));
    }
    Ok(one)
}

/// Puts them right.
///
/// # Errors
/// `Invalid` at `body` for none or too many, `Conflict` when the ticket changed since it was seen,
/// `Forbidden` for anything but one's own last typed comment.
pub async fn reword(
    tx: &mut Tx,
    ticket: &May<Reword, Ticket>,
    actor: &Actor,
    comment: CommentId,
    text: &str,
    seen: Option<i64>,
    now: Moment,
) -> Result<(), Error> {
    // The right before what was sent: whose words they are, then the words.
    let all = comments(tx, actor, ticket).await?;
    let one = rewordable(actor, &all, comment)?;
    let words = NewComment::typed(text, Origin::Web);
    words.check()?;
    if one.body == words.body.text {
        return Ok(());
    }
    changes::must_match(ticket, seen)?;
    store::update(tx, ticket, comment, &words.body, now).await?;
    let change = Change {
        kind: EventKind::Reworded,
        audience: one.audience,
        before: Some(one.body.clone()),
        after: None,
        comment: Some(comment),
    };
    changes::record(tx, ticket, actor, change, now).await?;
    changes::touch(tx, ticket, actor, 0, now).await
}

/// What all doors do.
pub async fn do_reword(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    comment: CommentId,
    text: &str,
    seen: Option<i64>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<Reword>(&mut tx, actor, id).await?;
    reword(&mut tx, &ticket, actor, comment, text, seen, now).await?;
    tx.commit().await
}

/// The words as they stand, for the form that puts them right.
pub async fn standing(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
    comment: CommentId,
) -> Result<Comment, Error> {
    let all = comments(ask, actor, ticket).await?;
    rewordable(actor, &all, comment).cloned()
}
