//! The SQL of merges and splits: what moves, and back.
//!
//! The token that keeps a comment from being written twice is unique in a ticket, so it moves with
//! the number of its first ticket behind it, and loses it on the way back.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, record, scoped};

use super::{MergeId, Merged, TakenIn};
use crate::people::PersonId;
use crate::tickets::machine::State;
use crate::tickets::rights::{Merge, ReturnFromMerge, Split, TakeIn};
use crate::tickets::{Audience, CommentId, Hat, Origin, Ticket, TicketId};

pub(super) async fn out_of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Option<Merged>, Error> {
    ask.maybe(scoped!(
        actor,
        "SELECT m.id, m.ticket_id, m.into_id, m.state_before, m.moved, m.created_at FROM merges m \
         WHERE m.ticket_id = $1 AND m.undone_at IS NULL AND {visible:merges m}",
        ticket
    ))
    .await
}

pub(super) async fn taken_in(
    ask: &mut dyn Answers,
    actor: &Actor,
    into: TicketId,
) -> Result<Vec<TakenIn>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT m.ticket_id AS number, t.subject, t.version, m.created_at AS at FROM merges m \
         LEFT JOIN tickets t ON t.id = m.ticket_id AND {visible:tickets t} \
         WHERE m.into_id = $1 AND m.undone_at IS NULL AND {visible:merges m} ORDER BY m.ticket_id",
        into
    ))
    .await
}

record! { struct NewRow { id: i64 } }

pub(super) async fn insert(
    tx: &mut Tx,
    from: &May<Merge, Ticket>,
    into: TicketId,
    by: PersonId,
    now: Moment,
) -> Result<MergeId, Error> {
    let row: NewRow = tx
        .one(acting!(
            from,
            "INSERT INTO merges (ticket_id, into_id, by_id, state_before, origin, moved, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
            from.id,
            into,
            by,
            from.state,
            from.origin,
            from.comment_count,
            now,
        ))
        .await?;
    Ok(MergeId(row.id))
}

/// Moves everything said, done and noted; answers how many comments moved.
pub(super) async fn move_words(
    tx: &mut Tx,
    from: &May<Merge, Ticket>,
    into: TicketId,
    merge: MergeId,
) -> Result<i64, Error> {
    let mark = format!("@{}", from.id);
    tx.run(acting!(
        from,
        "UPDATE attachments SET ticket_id = $2 WHERE ticket_id = $1",
        from.id,
        into
    ))
    .await?;
    tx.run(acting!(
        from,
        "UPDATE mentions SET ticket_id = $2 WHERE ticket_id = $1",
        from.id,
        into
    ))
    .await?;
    // What somebody was still writing goes with them, unless they write there already. What was on
    // its way waits again: others will read it now, so whoever wrote it sends it.
    tx.run(acting!(
        from,
        "UPDATE drafts SET ticket_id = $2, state = 'draft', release_at = NULL, once = once || $3, version = version + 1 \
         WHERE ticket_id = $1 AND state IN ('draft', 'held') AND NOT EXISTS (SELECT 1 FROM drafts o \
         WHERE o.author_id = drafts.author_id AND o.id <> drafts.id AND o.state IN ('draft', 'held') \
         AND (o.ticket_id = $2 OR (o.ticket_id = $1 AND o.id > drafts.id)))",
        from.id,
        into,
        mark.as_str(),
    ))
    .await?;
    // A reply of the portal that was not sent yet goes where its words would be read.
    tx.run(acting!(
        from,
        "UPDATE unsent_forms SET ticket_id = $2, version = version + 1 WHERE ticket_id = $1 AND form = 'portal_reply'",
        from.id,
        into
    ))
    .await?;
    let moved = tx
        .run(acting!(
            from,
            "UPDATE comments SET ticket_id = $2, merge_id = $3, once = once || $4 WHERE ticket_id = $1",
            from.id,
            into,
            merge,
            mark.as_str(),
        ))
        .await?;
    tx.run(acting!(
        from,
        "UPDATE events SET ticket_id = $2, merge_id = $3, stood_at = 0 WHERE ticket_id = $1",
        from.id,
        into,
        merge,
    ))
    .await?;
    // The tasks that come stand after those that are there.
    tx.run(acting!(
        from,
        "UPDATE tasks SET ticket_id = $2, merge_id = $3, once = once || $4, \
         position = position + (SELECT COALESCE(MAX(o.position), 0) FROM tasks o WHERE o.ticket_id = $2) \
         WHERE ticket_id = $1",
        from.id,
        into,
        merge,
        mark.as_str(),
    ))
    .await?;
    tx.run(acting!(
        from,
        "UPDATE time_entries SET ticket_id = $2, merge_id = $3, once = once || $4 WHERE ticket_id = $1",
        from.id,
        into,
        merge,
        mark.as_str(),
    ))
    .await?;
    Ok(i64::try_from(moved).unwrap_or(i64::MAX))
}

/// Moves back exactly what moved; answers how many comments returned.
pub(super) async fn return_words(
    tx: &mut Tx,
    from: &May<ReturnFromMerge, Ticket>,
    merge: &Merged,
) -> Result<i64, Error> {
    let mark = i64::try_from(format!("@{}", from.id).len()).unwrap_or_default();
    tx.run(acting!(
        from,
        "UPDATE attachments SET ticket_id = $1 WHERE comment_id IN (SELECT c.id FROM comments c WHERE c.merge_id = $2)",
        from.id,
        merge.id
    ))
    .await?;
    tx.run(acting!(
        from,
        "UPDATE mentions SET ticket_id = $1 WHERE comment_id IN (SELECT c.id FROM comments c WHERE c.merge_id = $2)",
        from.id,
        merge.id
    ))
    .await?;
    let returned = tx
        .run(acting!(
            from,
            "UPDATE comments SET ticket_id = $1, merge_id = NULL, once = SUBSTR(once, 1, CAST(LENGTH(once) - $3 AS INTEGER)) \
             WHERE merge_id = $2",
            from.id,
            merge.id,
            mark,
        ))
        .await?;
    tx.run(acting!(
        from,
        "UPDATE events SET ticket_id = $1, merge_id = NULL WHERE merge_id = $2",
        from.id,
        merge.id,
    ))
    .await?;
    tx.run(acting!(
        from,
        "UPDATE tasks SET ticket_id = $1, merge_id = NULL, once = SUBSTR(once, 1, CAST(LENGTH(once) - $3 AS INTEGER)) \
         WHERE merge_id = $2",
        from.id,
        merge.id,
        mark,
    ))
    .await?;
    // Time noted since on a task that goes back goes with its task.
    tx.run(acting!(
        from,
        "UPDATE time_entries SET ticket_id = $1, merge_id = NULL, once = SUBSTR(once, 1, CAST(LENGTH(once) - $3 AS INTEGER)) \
         WHERE merge_id = $2",
        from.id,
        merge.id,
        mark,
    ))
    .await?;
    tx.run(acting!(
        from,
        "UPDATE time_entries SET task_id = NULL WHERE task_id IN (SELECT k.id FROM tasks k WHERE k.id = time_entries.task_id \
         AND k.ticket_id <> time_entries.ticket_id) AND (ticket_id = $1 OR ticket_id = $2)",
        from.id,
        merge.into_id,
    ))
    .await?;
    Ok(i64::try_from(returned).unwrap_or(i64::MAX))
}

/// Leaves the ticket without its words, and everything else of its row as it is, for the way back.
pub(super) async fn put_away(
    tx: &mut Tx,
    from: &May<Merge, Ticket>,
    by: PersonId,
    hat: Hat,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        from,
        "UPDATE tickets SET state = $2, stage = $3, comment_count = 0, last_actor_id = $4, last_side = $5, \
         updated_at = $6, version = version + 1 WHERE id = $1",
        from.id,
        State::Merged,
        State::Merged.stage(),
        by,
        hat,
        now,
    ))
    .await
    .map(|_| ())
}

/// Where a ticket goes back to.
pub(super) struct Back {
    pub state: State,
    pub assignee: Option<PersonId>,
    pub comments: i64,
}

pub(super) async fn put_back(
    tx: &mut Tx,
    from: &May<ReturnFromMerge, Ticket>,
    back: &Back,
    by: PersonId,
    hat: Hat,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        from,
        "UPDATE tickets SET state = $2, stage = $3, assignee_id = $4, comment_count = $5, last_actor_id = $6, \
         last_side = $7, updated_at = $8, version = version + 1, \
         recall_at = CASE WHEN CAST($2 AS TEXT) = 'postponed' THEN recall_at END WHERE id = $1",
        from.id,
        back.state,
        back.state.stage(),
        back.assignee,
        back.comments,
        by,
        hat,
        now,
    ))
    .await
    .map(|_| ())
}

pub(super) async fn undo(
    tx: &mut Tx,
    from: &May<ReturnFromMerge, Ticket>,
    merge: MergeId,
    by: PersonId,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        from,
        "UPDATE merges SET undone_at = $2, undone_by_id = $3 WHERE id = $1",
        merge,
        now,
        by,
    ))
    .await
    .map(|_| ())
}

pub(super) async fn let_in_requester(
    tx: &mut Tx,
    from: &May<Merge, Ticket>,
    into: TicketId,
    source: &str,
    by: PersonId,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        from,
        "INSERT INTO participants (ticket_id, person_id, kind, source, added_by_id, created_at) \
         VALUES ($1, $2, 'invitee', $3, $4, $5) ON CONFLICT (ticket_id, person_id, kind) DO NOTHING",
        into,
        from.requester_id,
        source,
        by,
        now,
    ))
    .await
    .map(|_| ())
}

/// Its invitees and observers, but for whoever asked for the ticket that goes on.
pub(super) async fn let_in_others(
    tx: &mut Tx,
    from: &May<Merge, Ticket>,
    into: &May<TakeIn, Ticket>,
    source: &str,
    by: PersonId,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        from,
        "INSERT INTO participants (ticket_id, person_id, kind, source, added_by_id, created_at) \
         SELECT $1, p.person_id, p.kind, $3, $4, $5 FROM participants p \
         WHERE p.ticket_id = $2 AND p.kind IN ('invitee', 'observer') AND p.person_id <> $6 \
         ON CONFLICT (ticket_id, person_id, kind) DO NOTHING",
        into.id,
        from.id,
        source,
        by,
        now,
        into.requester_id,
    ))
    .await
    .map(|_| ())
}

pub(super) async fn let_out(
    tx: &mut Tx,
    from: &May<ReturnFromMerge, Ticket>,
    into: TicketId,
    source: &str,
) -> Result<(), Error> {
    tx.run(acting!(
        from,
        "DELETE FROM participants WHERE ticket_id = $1 AND source = $2",
        into,
        source,
    ))
    .await
    .map(|_| ())
}

record! { struct Count { n: i64 } }

record! {
    /// A comment as a split looks at it.
    pub(super) struct ToSplit {
        pub id: CommentId,
        pub author_id: PersonId,
        pub audience: Audience,
        pub origin: Origin,
        pub body: String,
    }
}

/// A comment of this ticket, with whether it is the ticket's own first words.
pub(super) async fn to_split(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    comment: CommentId,
) -> Result<Option<(ToSplit, bool)>, Error> {
    let found: Option<ToSplit> = ask
        .maybe(scoped!(
            actor,
            "SELECT c.id, c.author_id, c.audience, c.origin, c.body FROM comments c \
             WHERE c.ticket_id = $1 AND c.id = $2 AND {visible:comments c}",
            ticket,
            comment
        ))
        .await?;
    let Some(found) = found else { return Ok(None) };
    let first: Count = ask
        .one(scoped!(
            actor,
            "SELECT COUNT(*) AS n FROM events e WHERE e.ticket_id = $1 AND e.comment_id = $2 AND e.kind = 'created' \
             AND {visible:events e}",
            ticket,
            comment
        ))
        .await?;
    Ok(Some((found, first.n > 0)))
}

/// The ticket that the actor made of this comment before, if they still see it.
pub(super) async fn split_before(
    ask: &mut dyn Answers,
    actor: &Actor,
    comment: CommentId,
) -> Result<Option<TicketId>, Error> {
    let row: Option<NewRow> = ask
        .maybe(scoped!(
            actor,
            "SELECT t.id FROM tickets t WHERE t.author_id = {actor} AND t.once = $1 AND {visible:tickets t}",
            format!("split {comment}")
        ))
        .await?;
    Ok(row.map(|r| TicketId(r.id)))
}

/// Moves a comment and its files to another ticket.
pub(super) async fn move_comment(
    tx: &mut Tx,
    from: &May<Split, Ticket>,
    comment: CommentId,
    to: TicketId,
) -> Result<(), Error> {
    let moved = tx
        .run(acting!(
            from,
            "UPDATE comments SET ticket_id = $3, merge_id = NULL WHERE id = $2 AND ticket_id = $1",
            from.id,
            comment,
            to,
        ))
        .await?;
    if moved != 1 {
        return Err(Error::bug("a comment left although its ticket was held"));
    }
    tx.run(acting!(
        from,
        "UPDATE mentions SET ticket_id = $3 WHERE comment_id = $2 AND ticket_id = $1",
        from.id,
        comment,
        to,
    ))
    .await?;
    tx.run(acting!(
        from,
        "UPDATE attachments SET ticket_id = $3 WHERE comment_id = $2 AND ticket_id = $1",
        from.id,
        comment,
        to,
    ))
    .await
    .map(|_| ())
}
