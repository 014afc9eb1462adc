//! The SQL of drafts.

use kit::authz::{Actor, May};
use kit::clock::{Moment, Span};
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, record, scoped, system};

use super::{Crossing, Draft, DraftFile, DraftFileId, DraftId, Edit};
use crate::people::PersonId;
use crate::tickets::comments::NewFile;
use crate::tickets::rights::{Read, Reply};
use crate::tickets::{Audience, CommentId, Ticket, TicketId};

/// How long the row of a sent reply stays: the same form sent again finds it.
const KEPT_FOR: Span = Span::hours(24);

pub(super) async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Draft>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT d.id, d.ticket_id, d.audience, d.state, d.body, d.once, d.release_at, d.refusal, d.comment_id \
         FROM drafts d WHERE d.ticket_id = $1 AND d.state IN ('draft', 'held') AND {visible:drafts d} ORDER BY d.id",
        ticket
    ))
    .await
}

pub(super) async fn find_to_change(
    tx: &mut Tx,
    actor: &Actor,
    id: DraftId,
) -> Result<May<Edit, Draft>, Error> {
    let query = scoped!(
        actor,
        "SELECT d.id, d.ticket_id, d.audience, d.state, d.body, d.once, d.release_at, d.refusal, d.comment_id \
         FROM drafts d WHERE d.id = $1 AND {visible:drafts d}",
        id
    )
    .locking(tx.engine(), "d");
    kit::authz::find(tx, actor, query).await
}

/// The one that stands in the composer.
pub(super) async fn standing(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Option<May<Edit, Draft>>, Error> {
    let query = scoped!(
        actor,
        "SELECT d.id, d.ticket_id, d.audience, d.state, d.body, d.once, d.release_at, d.refusal, d.comment_id \
         FROM drafts d WHERE d.ticket_id = $1 AND d.state = 'draft' AND {visible:drafts d}",
        ticket
    )
    .locking(tx.engine(), "d");
    match kit::authz::find(tx, actor, query).await {
        Ok(draft) => Ok(Some(draft)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

pub(super) async fn files(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<DraftFile>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT f.id, f.draft_id, f.name, f.media_type, f.size, f.digest FROM draft_files f \
         JOIN drafts d ON d.id = f.draft_id WHERE d.ticket_id = $1 AND {visible:drafts d} AND {visible:draft_files f} \
         ORDER BY f.id",
        ticket
    ))
    .await
}

record! { struct NewRow { id: DraftId } }

pub(super) async fn insert(
    tx: &mut Tx,
    ticket: &May<Read, Ticket>,
    author: PersonId,
    audience: Audience,
    body: &str,
    now: Moment,
) -> Result<DraftId, Error> {
    let row: NewRow = tx
        .one(acting!(
            ticket,
            "INSERT INTO drafts (ticket_id, author_id, audience, state, body, updated_at) \
             VALUES ($1, $2, $3, 'draft', $4, $5) RETURNING id",
            ticket.id,
            author,
            audience,
            body,
            now
        ))
        .await?;
    Ok(row.id)
}

pub(super) async fn rewrite(
    tx: &mut Tx,
    draft: &May<Edit, Draft>,
    audience: Audience,
    body: &str,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        draft,
        "UPDATE drafts SET audience = $2, body = $3, refusal = NULL, updated_at = $4, version = version + 1 WHERE id = $1",
        draft.id,
        audience,
        body,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn add_file(
    tx: &mut Tx,
    ticket: &May<Read, Ticket>,
    draft: DraftId,
    file: &NewFile,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "INSERT INTO draft_files (draft_id, name, media_type, size, digest) VALUES ($1, $2, $3, $4, $5)",
        draft,
        letter::file_name::clean(&file.name),
        &file.media_type,
        file.size,
        &file.digest
    ))
    .await
    .map(|_| ())
}

pub(super) async fn drop_file(
    tx: &mut Tx,
    ticket: &May<Read, Ticket>,
    file: DraftFileId,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "DELETE FROM draft_files WHERE id = $1",
        file
    ))
    .await
    .map(|_| ())
}

pub(super) async fn move_files(
    tx: &mut Tx,
    from: &May<Edit, Draft>,
    to: DraftId,
) -> Result<(), Error> {
    tx.run(acting!(
        from,
        "UPDATE draft_files SET draft_id = $2 WHERE draft_id = $1",
        from.id,
        to
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete(tx: &mut Tx, draft: &May<Edit, Draft>) -> Result<(), Error> {
    tx.run(acting!(
        draft,
        "DELETE FROM draft_files WHERE draft_id = $1",
        draft.id
    ))
    .await?;
    tx.run(acting!(draft, "DELETE FROM drafts WHERE id = $1", draft.id))
        .await
        .map(|_| ())
}

/// The reply that was sent with this token before.
pub(super) async fn sent_before(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    once: Option<&str>,
) -> Result<Option<DraftId>, Error> {
    record! { struct Sent { id: DraftId } }
    let Some(once) = once else { return Ok(None) };
    let sent: Option<Sent> = ask
        .maybe(scoped!(
            actor,
            "SELECT d.id FROM drafts d WHERE d.ticket_id = $1 AND d.once = $2 AND {visible:drafts d}",
            ticket,
            once
        ))
        .await?;
    Ok(sent.map(|sent| sent.id))
}

pub(super) async fn hold(
    tx: &mut Tx,
    may: &May<Reply, Ticket>,
    id: DraftId,
    once: Option<&str>,
    release_at: Moment,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "UPDATE drafts SET state = 'held', once = $2, release_at = $3, updated_at = $4, version = version + 1 WHERE id = $1",
        id,
        once,
        release_at,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn take_back(
    tx: &mut Tx,
    draft: &May<Edit, Draft>,
    refusal: Option<&str>,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        draft,
        "UPDATE drafts SET state = 'draft', once = NULL, release_at = NULL, refusal = $2, updated_at = $3, \
         version = version + 1 WHERE id = $1",
        draft.id,
        refusal,
        now
    ))
    .await
    .map(|_| ())
}

/// The words are the comment's now; the row stays a day, and those of earlier days go.
pub(super) async fn sent(
    tx: &mut Tx,
    draft: &May<Edit, Draft>,
    comment: CommentId,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        draft,
        "DELETE FROM draft_files WHERE draft_id = $1",
        draft.id
    ))
    .await?;
    tx.run(acting!(
        draft,
        "UPDATE drafts SET state = 'sent', body = '', comment_id = $2, updated_at = $3, version = version + 1 WHERE id = $1",
        draft.id,
        comment,
        now
    ))
    .await?;
    tx.run(acting!(
        draft,
        "DELETE FROM drafts WHERE state = 'sent' AND updated_at < $2 \
         AND author_id = (SELECT m.author_id FROM drafts m WHERE m.id = $1)",
        draft.id,
        now.minus(KEPT_FOR)
    ))
    .await
    .map(|_| ())
}

/// The next reply of somebody else that leaves after this moment.
pub(super) async fn leaving_of_others(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    after: Moment,
) -> Result<Option<Crossing>, Error> {
    ask.maybe(system!(
        because = "a colleague who answers the same ticket is told that an answer leaves in this moment, of which everybody there reads in seconds",
        "SELECT p.name AS by, d.release_at FROM drafts d JOIN people p ON p.id = d.author_id \
         WHERE d.ticket_id = $1 AND d.state = 'held' AND d.author_id <> $2 AND d.release_at > $3 ORDER BY d.release_at, d.id LIMIT 1",
        ticket,
        actor.id(),
        after
    ))
    .await
}
