//! The SQL of taking something out: of a ticket, of those merged into it, and of the post about them.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, global, record, scoped, system};

use crate::mail::store::IncomingId;
use crate::people::PersonId;
use crate::tickets::rights::Redact;
use crate::tickets::{AttachmentId, CommentId, Ticket, TicketId};

/// The right that everything here stands on.
pub(super) type Right = May<Redact, Ticket>;

record! { struct Letter { id: CommentId, incoming_mail_id: Option<IncomingId> } }
record! { struct Row { id: IncomingId } }
record! { struct Bytes { digest: String } }

/// The letters that comments of the ticket were.
pub(super) async fn letters(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<(CommentId, IncomingId)>, Error> {
    let all: Vec<Letter> = ask
        .all(scoped!(
            actor,
            "SELECT c.id, c.incoming_mail_id FROM comments c WHERE c.ticket_id = $1 \
             AND c.incoming_mail_id IS NOT NULL AND {visible:comments c} ORDER BY c.id",
            ticket
        ))
        .await?;
    let known = |it: Letter| it.incoming_mail_id.map(|letter| (it.id, letter));
    Ok(all.into_iter().filter_map(known).collect())
}

/// What a comment becomes.
pub(super) struct Left<'a> {
    pub comment: CommentId,
    pub body: &'a str,
    pub html: &'a str,
    pub quoted: Option<String>,
    pub reason: &'a str,
}

pub(super) async fn rewrite(
    tx: &mut Tx,
    may: &Right,
    left: &Left<'_>,
    by: PersonId,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "UPDATE comments SET body = $3, html = $4, quoted = $5, redacted_at = $6, redacted_by_id = $7, \
         redaction_reason = $8, version = version + 1 WHERE id = $1 AND ticket_id = $2",
        left.comment,
        may.id,
        left.body,
        left.html,
        left.quoted.clone(),
        now,
        by,
        left.reason,
    ))
    .await
    .map(|_| ())
}

/// Writes what is left of a message without a word about it: who somebody was is gone, what they said is not.
pub(super) async fn reword(
    tx: &mut Tx,
    may: &Right,
    comment: CommentId,
    (body, html, quoted): &(String, String, Option<String>),
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "UPDATE comments SET body = $3, html = $4, quoted = $5, version = version + 1 WHERE id = $1 AND ticket_id = $2",
        comment,
        may.id,
        body,
        html,
        quoted.clone(),
    ))
    .await
    .map(|_| ())
}

/// A text as it stands inside a string of JSON.
fn within_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    let inside = quoted.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    inside.unwrap_or_default().to_owned()
}

/// Takes one spelling out of everything else that hangs on the ticket or on those merged into it. Lines of
/// history that hold numbers and states are left alone: they say nothing that anybody typed.
pub(super) async fn replace_beside(
    tx: &mut Tx,
    may: &Right,
    passage: &str,
    mark: &str,
) -> Result<(), Error> {
    let id = may.id;
    for query in [
        acting!(
            may,
            "UPDATE events SET old_value = REPLACE(old_value, $2, $3), \
             new_value = CASE WHEN kind = 'task_given' THEN new_value ELSE REPLACE(new_value, $2, $3) END \
             WHERE kind IN ('reworded', 'subject_changed', 'attachment_deleted', 'task_added', 'task_given', 'task_changed', \
             'task_done', 'task_undone', 'task_removed', 'redacted') AND ticket_id IN \
             (WITH RECURSIVE family (id) AS (SELECT CAST($1 AS BIGINT) UNION SELECT m.ticket_id FROM merges m JOIN family f ON m.into_id = f.id) \
             SELECT f.id FROM family f)",
            id,
            passage,
            mark
        ),
        acting!(
            may,
            "UPDATE tickets SET subject = REPLACE(subject, $2, $3), version = version + CASE WHEN id = $1 THEN 0 ELSE 1 END WHERE subject <> REPLACE(subject, $2, $3) AND id IN \
             (WITH RECURSIVE family (id) AS (SELECT CAST($1 AS BIGINT) UNION SELECT m.ticket_id FROM merges m JOIN family f ON m.into_id = f.id) \
             SELECT f.id FROM family f)",
            id,
            passage,
            mark
        ),
        acting!(
            may,
            "UPDATE attachments SET name = REPLACE(name, $2, $3) WHERE ticket_id = $1 AND name <> REPLACE(name, $2, $3)",
            id,
            passage,
            mark
        ),
        acting!(
            may,
            "UPDATE drafts SET body = REPLACE(body, $2, $3), version = version + 1 \
             WHERE ticket_id = $1 AND body <> REPLACE(body, $2, $3)",
            id,
            passage,
            mark
        ),
        acting!(
            may,
            "UPDATE unsent_forms SET fields = REPLACE(fields, $2, $3), version = version + 1 \
             WHERE ticket_id = $1 AND fields <> REPLACE(fields, $2, $3)",
            id,
            within_json(passage),
            within_json(mark)
        ),
        acting!(
            may,
            "UPDATE tasks SET title = REPLACE(title, $2, $3), version = version + 1 \
             WHERE ticket_id = $1 AND title <> REPLACE(title, $2, $3)",
            id,
            passage,
            mark
        ),
        acting!(
            may,
            "UPDATE time_entries SET note = REPLACE(note, $2, $3) WHERE ticket_id = $1 AND note <> REPLACE(note, $2, $3)",
            id,
            passage,
            mark
        ),
        acting!(
            may,
            "UPDATE outgoing_mails SET subject = REPLACE(subject, $2, $3) WHERE ticket_id IN \
             (WITH RECURSIVE family (id) AS (SELECT CAST($1 AS BIGINT) UNION SELECT m.ticket_id FROM merges m JOIN family f ON m.into_id = f.id) \
             SELECT f.id FROM family f)",
            id,
            passage,
            mark
        ),
        // What programs are answered once more tells the subject of a ticket they opened.
        global!(
            "UPDATE idempotency_keys SET body = REPLACE(body, $1, $2) WHERE body <> REPLACE(body, $1, $2)",
            passage,
            mark
        ),
    ] {
        tx.run(query).await?;
    }
    Ok(())
}

/// Forgets what mails said that may repeat the words: those about the ticket since a moment, and whatever
/// told of this comment. That they went out, to whom and when, stays.
pub(super) async fn forget_sent(
    tx: &mut Tx,
    may: &Right,
    comment: CommentId,
    since: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "UPDATE outgoing_mails SET raw = NULL WHERE raw IS NOT NULL AND ((created_at >= $3 AND ticket_id IN \
         (WITH RECURSIVE family (id) AS (SELECT CAST($1 AS BIGINT) UNION SELECT m.ticket_id FROM merges m JOIN family f ON m.into_id = f.id) \
         SELECT f.id FROM family f)) OR event_id IN (SELECT e.id FROM events e WHERE e.comment_id = $2))",
        may.id,
        comment,
        since
    ))
    .await
    .map(|_| ())
}

/// The letters on the ticket, on those merged into it, and those held that claim to answer it.
pub(super) async fn letters_around(tx: &mut Tx, may: &Right) -> Result<Vec<IncomingId>, Error> {
    let all: Vec<Row> = tx
        .all(system!(
            because = "whoever may take words out of a ticket takes them out of its letters, which are nobody's to read",
            "SELECT i.id FROM incoming_mails i WHERE i.ticket_id IN \
             (WITH RECURSIVE family (id) AS (SELECT CAST($1 AS BIGINT) UNION SELECT m.ticket_id FROM merges m JOIN family f ON m.into_id = f.id) \
             SELECT f.id FROM family f) ORDER BY i.id",
            may.id
        ))
        .await?;
    Ok(all.into_iter().map(|row| row.id).collect())
}

/// Puts what is left of a letter in its place. One that was not on a ticket yet is dropped: read again it
/// would say nothing.
pub(super) async fn reduce<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    letter: IncomingId,
    raw: &[u8],
    subject: Option<String>,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "UPDATE incoming_mails SET raw = $2, subject = COALESCE($3, subject), state = CASE WHEN state IN ('held', 'unreadable', 'quarantined') \
         AND NOT EXISTS (SELECT 1 FROM comments c WHERE c.incoming_mail_id = $1) THEN 'dropped' ELSE state END WHERE id = $1",
        letter,
        raw,
        subject
    ))
    .await
    .map(|_| ())
}

/// Takes the file off that is a letter as a whole, and says where its bytes are.
pub(super) async fn drop_whole_letter<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    letter: IncomingId,
) -> Result<Vec<String>, Error> {
    let gone: Vec<Bytes> = tx
        .all(acting!(
            may,
            "DELETE FROM attachments WHERE digest = (SELECT i.digest FROM incoming_mails i WHERE i.id = $1) RETURNING digest",
            letter
        ))
        .await?;
    Ok(gone.into_iter().map(|row| row.digest).collect())
}

/// Takes a file off its comment, and out of drafts on the same ticket.
pub(super) async fn drop_file(
    tx: &mut Tx,
    may: &Right,
    file: AttachmentId,
    digest: &str,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "DELETE FROM attachments WHERE ticket_id = $1 AND id = $2",
        may.id,
        file
    ))
    .await?;
    tx.run(acting!(
        may,
        "DELETE FROM draft_files WHERE digest = $2 AND draft_id IN (SELECT d.id FROM drafts d WHERE d.ticket_id = $1)",
        may.id,
        digest
    ))
    .await
    .map(|_| ())
}
