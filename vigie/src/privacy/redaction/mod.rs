//! Taking something out of a message for good: a password somebody pasted, a file that should never have
//! come (decision 0025). In its place stands a mark; who did it, when and why is said beside it and in the
//! history, what it was is said nowhere any more: not in the thread, its history, drafts and tasks, nor in
//! the index, the letters that came and what is kept of those that went.
//!
//! Deliberately absent: mails that have left, which are in other people's hands; and undoing it.

pub mod api;
mod letters;
pub mod pages;
mod passage;
mod store;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::{Error, Fields};
use kit::jobs;

use letters::{Subject, reduce};
pub(super) use letters::{forget, identifiers_of, reduce_letter};
pub use passage::Passage;
use store::{Left, Right};

use crate::audit::{self, Deed, Entry, Pen};
use crate::mail::store::IncomingId;
use crate::people::PersonId;
use crate::search::index;
use crate::tickets::changes::{must_match, touch};
use crate::tickets::history::{self, EventKind, NewEvent};
use crate::tickets::reading::{
    Attachment, Comment, attachments, comments, events, find, find_to_change,
};
use crate::tickets::rights::Redact;
use crate::tickets::{AttachmentId, CommentId, Ticket, TicketId};

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 300;

/// What is to go, and why.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The words, as they were typed or copied; nothing when only files go.
    pub words: String,
    /// Files of the same message.
    pub files: Vec<AttachmentId>,
    /// Why, for everybody who reads the message.
    pub reason: String,
}

/// What may go from a message: its words and its files, as they stand.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The ticket's version.
    pub version: i64,
    /// The message.
    pub comment: Comment,
    /// Its files.
    pub files: Vec<Attachment>,
}

/// What would be left, and where else the words stand.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The message, as safe HTML.
    pub html: String,
    /// The history quoted below it, as text.
    pub quoted: Option<String>,
    /// Names of the files that would go.
    pub files: Vec<String>,
    /// Other messages of the ticket that hold them.
    pub messages: usize,
    /// Lines of its history that do.
    pub lines: usize,
    /// Its subject does.
    pub is_in_subject: bool,
}

/// A wish that can be fulfilled.
struct Checked {
    passage: Option<Passage>,
    files: Vec<Attachment>,
    reason: String,
}

async fn standing_of<A>(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &May<A, Ticket>,
    comment: CommentId,
) -> Result<(Standing, Vec<Comment>), Error> {
    let all = comments(ask, actor, ticket).await?;
    let one = all.iter().find(|c| c.id == comment).cloned();
    let one = one.ok_or(Error::NotFound)?;
    let mut files = attachments(ask, actor, ticket.id).await?;
    files.retain(|file| file.comment_id == comment);
    let standing = Standing {
        version: ticket.version,
        comment: one,
        files,
    };
    Ok((standing, all))
}

/// The message as it stands.
///
/// # Errors
/// `NotFound` when there is none that the actor reads; `Forbidden` without the right.
pub async fn standing(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: TicketId,
    comment: CommentId,
) -> Result<Standing, Error> {
    let ticket = find::<Redact>(ask, actor, id).await?;
    Ok(standing_of(ask, actor, &ticket, comment).await?.0)
}

fn holds(passage: &Passage, comment: &Comment) -> bool {
    passage.is_in(&comment.body)
        || passage.is_in(&comment.html)
        || passage.is_in(&letter::html::to_text(&comment.html))
        || comment.quoted.as_deref().is_some_and(|q| passage.is_in(q))
}

fn check(wanted: &Wanted, standing: &Standing) -> Result<Checked, Error> {
    let mut faults = Fields::default();
    let reason = wanted.reason.trim();
    faults.require(!reason.is_empty(), "reason", "fault-missing");
    if reason.chars().count() > LONGEST_REASON {
        faults.add("reason", "fault-too-long", Some(LONGEST_REASON.to_string()));
    }
    let is_typed = !wanted.words.trim().is_empty();
    let passage = Passage::typed(&wanted.words);
    faults.require(
        is_typed || !wanted.files.is_empty(),
        "words",
        "fault-redaction-nothing",
    );
    match &passage {
        None => faults.require(!is_typed, "words", "fault-redaction-short"),
        Some(passage) => {
            faults.require(
                holds(passage, &standing.comment),
                "words",
                "fault-redaction-nowhere",
            );
            faults.require(!passage.is_in(reason), "reason", "fault-redaction-reason");
        }
    }
    let mut files = vec![];
    for id in &wanted.files {
        match standing.files.iter().find(|file| file.id == *id) {
            Some(file) => files.push(file.clone()),
            None => faults.add("files", "fault-redaction-file", None),
        }
    }
    faults.settle()?;
    Ok(Checked {
        passage,
        files,
        reason: reason.to_owned(),
    })
}

/// What doing it would leave.
///
/// # Errors
/// As for [`remove`].
pub async fn preview(
    ask: &mut dyn Answers,
    actor: &Actor,
    (id, comment): (TicketId, CommentId),
    wanted: &Wanted,
    mark: &str,
) -> Result<Preview, Error> {
    let ticket = find::<Redact>(ask, actor, id).await?;
    let (standing, all) = standing_of(ask, actor, &ticket, comment).await?;
    let checked = check(wanted, &standing)?;
    let one = standing.comment;
    let files = checked.files.into_iter().map(|file| file.name).collect();
    let Some(passage) = checked.passage else {
        return Ok(Preview {
            html: one.html,
            quoted: one.quoted,
            files,
            messages: 0,
            lines: 0,
            is_in_subject: false,
        });
    };
    let is_in = |value: &Option<String>| value.as_deref().is_some_and(|v| passage.is_in(v));
    let told = events(ask, actor, &ticket).await?;
    let lines = told
        .iter()
        .filter(|e| e.kind.holds_text() && (is_in(&e.old_value) || is_in(&e.new_value)));
    let left = passage::words_without(&passage, (&one.body, &one.html), one.origin, mark);
    Ok(Preview {
        html: left.map_or(one.html, |(_, html)| html),
        quoted: one.quoted.map(|q| passage.taken_out(&q, mark).unwrap_or(q)),
        files,
        messages: all
            .iter()
            .filter(|c| c.id != comment && holds(&passage, c))
            .count(),
        lines: lines.count(),
        is_in_subject: passage.is_in(&ticket.subject),
    })
}

/// Takes it out.
///
/// # Errors
/// `Forbidden` without the right, `Conflict` when the ticket changed since it was seen, `Invalid` at
/// `words`, `files` and `reason`.
pub async fn remove(
    db: &Db,
    who: (&Actor, Moment),
    place: (TicketId, CommentId),
    wanted: &Wanted,
    seen: Option<i64>,
    mark: &str,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    remove_within(&mut tx, who, place, wanted, seen, mark).await?;
    tx.commit().await
}

async fn remove_within(
    tx: &mut Tx,
    (actor, now): (&Actor, Moment),
    (id, comment): (TicketId, CommentId),
    wanted: &Wanted,
    seen: Option<i64>,
    mark: &str,
) -> Result<(), Error> {
    let may = find_to_change::<Redact>(tx, actor, id).await?;
    let (standing, all) = standing_of(tx, actor, &may, comment).await?;
    must_match(&may, seen)?;
    let checked = check(wanted, &standing)?;
    let me = PersonId(actor.id());
    let mut changed = vec![];
    for one in &all {
        let left = checked.passage.as_ref().and_then(|passage| {
            let words = passage::words_without(passage, (&one.body, &one.html), one.origin, mark);
            let quoted = one
                .quoted
                .as_deref()
                .and_then(|q| passage.taken_out(q, mark));
            match (words, quoted) {
                (None, None) => None,
                (words, quoted) => {
                    let words = words.unwrap_or_else(|| (one.body.clone(), one.html.clone()));
                    Some((words, quoted.or_else(|| one.quoted.clone())))
                }
            }
        });
        let is_it = one.id == comment;
        if let Some(((body, html), quoted)) = left {
            write(
                tx,
                &may,
                one.id,
                (&body, &html, quoted),
                &checked.reason,
                (me, now),
            )
            .await?;
            changed.push(one.id);
        } else if is_it {
            let same = (one.body.as_str(), one.html.as_str(), one.quoted.clone());
            write(tx, &may, one.id, same, &checked.reason, (me, now)).await?;
            changed.push(one.id);
        }
    }
    for variant in checked.passage.iter().flat_map(Passage::variants) {
        store::replace_beside(tx, &may, variant, mark).await?;
    }
    for file in &checked.files {
        store::drop_file(tx, &may, file.id, &file.digest).await?;
        forget(tx, &file.digest, now).await?;
    }
    let of_messages = store::letters(tx, actor, id).await?;
    let is_of_changed = |letter: IncomingId| {
        let mut of = of_messages.iter().filter(|(_, it)| *it == letter);
        of.any(|(comment, _)| changed.contains(comment))
    };
    let mut around = store::letters_around(tx, &may).await?;
    around.extend(of_messages.iter().map(|(_, letter)| *letter));
    around.sort_unstable_by_key(|letter| letter.0);
    around.dedup();
    for letter in around {
        let passages = checked.passage.as_slice();
        let subject = Subject::Without(mark);
        reduce(
            tx,
            &may,
            letter,
            is_of_changed(letter),
            passages,
            subject,
            now,
        )
        .await?;
    }
    for id in &changed {
        let told = all
            .iter()
            .find(|c| c.id == *id)
            .map_or(now, |c| c.created_at);
        store::forget_sent(tx, &may, *id, told).await?;
    }
    let line = NewEvent {
        kind: EventKind::Redacted,
        actor: Some(me),
        hat: may.hat(actor),
        audience: standing.comment.audience,
        before: None,
        after: Some(checked.reason),
        comment: Some(comment),
    };
    history::keep(tx, &may, id, line, now).await?;
    touch(tx, &may, actor, 0, now).await?;
    jobs::enqueue(tx, index::FORGET_WORDS, &(), now).await?;
    let entry = Entry::of(Deed::WordsRemoved).thing(&format!("#{id}"));
    audit::note(
        tx,
        Pen::of(actor, now),
        entry.department(may.department_id.0),
    )
    .await
}

async fn write(
    tx: &mut Tx,
    may: &Right,
    comment: CommentId,
    (body, html, quoted): (&str, &str, Option<String>),
    reason: &str,
    (by, now): (PersonId, Moment),
) -> Result<(), Error> {
    let left = Left {
        comment,
        body,
        html,
        quoted,
        reason,
    };
    store::rewrite(tx, may, &left, by, now).await
}

/// Puts `name` in the place of words that say who somebody was, everywhere on a ticket, without a trace of its
/// own: whoever erases them leaves one.
pub(super) async fn replace_on(
    tx: &mut Tx,
    actor: &Actor,
    may: &Right,
    passages: &[Passage],
    name: &str,
    now: Moment,
) -> Result<(), Error> {
    for one in comments(tx, actor, may).await? {
        let was = (one.body, one.html, one.quoted);
        let mut left = was.clone();
        for passage in passages {
            let words = passage::words_without(passage, (&left.0, &left.1), one.origin, name);
            if let Some((body, html)) = words {
                (left.0, left.1) = (body, html);
            }
            let quoted = left.2.as_deref().and_then(|q| passage.taken_out(q, name));
            left.2 = quoted.or(left.2);
        }
        if left != was {
            store::reword(tx, may, one.id, &left).await?;
        }
    }
    for variant in passages.iter().flat_map(Passage::variants) {
        store::replace_beside(tx, may, variant, name).await?;
    }
    for letter in store::letters_around(tx, may).await? {
        reduce(
            tx,
            may,
            letter,
            false,
            passages,
            Subject::Without(name),
            now,
        )
        .await?;
    }
    store::forget_sent(tx, may, CommentId(0), Moment(0)).await
}
