//! The SQL of what is kept for a time, for which no person stands.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{jobs, record, system};

use super::{Kind, MOST_AT_ONCE};
use crate::privacy::redaction;
use crate::tickets::attachments::GRACE;
use crate::tickets::history::{FORGET_FILE, ForgetFile};

record! { struct Count { count: i64 } }
record! { struct Number { id: i64 } }

pub(super) async fn count(ask: &mut dyn Answers, kind: Kind, before: Moment) -> Result<i64, Error> {
    let query = match kind {
        Kind::Letters => system!(
            because = "what the desk keeps too long is counted, whosever it is",
            "SELECT COUNT(*) AS count FROM incoming_mails i WHERE i.reduced_at IS NULL AND i.state IN ('done', 'dropped', 'quarantined') AND i.handled_at <= $1 \
             AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.id = i.ticket_id AND (t.stage NOT IN ('ended', 'archived') OR t.updated_at > $1))",
            before
        ),
        Kind::Mails => system!(
            because = "what the desk keeps too long is counted, whosever it is",
            "SELECT COUNT(*) AS count FROM outgoing_mails m WHERE m.raw IS NOT NULL AND m.state NOT IN ('waiting', 'uncertain') \
             AND m.settled_at <= $1",
            before
        ),
        Kind::Files => system!(
            because = "what the desk keeps too long is counted, whosever it is",
            "SELECT COUNT(*) AS count FROM attachments f JOIN tickets t ON t.id = f.ticket_id \
             WHERE t.stage IN ('ended', 'archived') AND t.updated_at <= $1",
            before
        ),
        Kind::Tickets => return super::leaving_store::count(ask, before).await,
        Kind::Journal => system!(
            because = "what the desk keeps too long is counted, whosever it is",
            "SELECT COUNT(*) AS count FROM audit_entries j WHERE j.detail <> '' AND j.at <= $1",
            before
        ),
    };
    let row: Count = ask.one(query).await?;
    Ok(row.count)
}

record! { struct Letter { id: i64, raw: Vec<u8> } }

/// Of a letter stays by what answers find it. One in quarantine is dropped: let in later it would say nothing.
pub(super) async fn take_letters(tx: &mut Tx, before: Moment, now: Moment) -> Result<usize, Error> {
    let due: Vec<Letter> = tx
        .all(system!(
            because = "the desk lets go of what it keeps too long, whosever it is",
            "SELECT i.id, i.raw FROM incoming_mails i WHERE i.reduced_at IS NULL AND i.state IN ('done', 'dropped', 'quarantined') AND i.handled_at <= $1 \
             AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.id = i.ticket_id AND (t.stage NOT IN ('ended', 'archived') OR t.updated_at > $1)) \
             ORDER BY i.id LIMIT $2",
            before,
            MOST_AT_ONCE
        ))
        .await?;
    for letter in &due {
        tx.run(system!(
            because = "the desk lets go of what it keeps too long, whosever it is",
            "UPDATE incoming_mails SET raw = $2, reduced_at = $3, peer = '', state = CASE WHEN state = 'quarantined' THEN 'dropped' ELSE state END \
             WHERE id = $1",
            letter.id,
            redaction::identifiers_of(&letter.raw),
            now
        ))
        .await?;
        tx.run(system!(
            because = "the desk lets go of what it keeps too long, whosever it is",
            "UPDATE comments SET letter_pictures = NULL WHERE incoming_mail_id = $1",
            letter.id
        ))
        .await?;
    }
    Ok(due.len())
}

pub(super) async fn take_mails(tx: &mut Tx, before: Moment) -> Result<usize, Error> {
    let gone: Vec<Number> = tx
        .all(system!(
            because = "the desk lets go of what it keeps too long, whosever it is",
            "UPDATE outgoing_mails SET raw = NULL WHERE id IN (SELECT m.id FROM outgoing_mails m WHERE m.raw IS NOT NULL \
             AND m.state NOT IN ('waiting', 'uncertain') AND m.settled_at <= $1 ORDER BY m.id LIMIT $2) RETURNING id",
            before,
            MOST_AT_ONCE
        ))
        .await?;
    Ok(gone.len())
}

record! { struct File { id: i64, digest: String } }

/// Each leaves its name in the history, as when somebody takes it off.
pub(super) async fn take_files(tx: &mut Tx, before: Moment, now: Moment) -> Result<usize, Error> {
    let due: Vec<File> = tx
        .all(system!(
            because = "the desk lets go of what it keeps too long, whosever it is",
            "SELECT f.id, f.digest FROM attachments f JOIN tickets t ON t.id = f.ticket_id \
             WHERE t.stage IN ('ended', 'archived') AND t.updated_at <= $1 ORDER BY f.id LIMIT $2",
            before,
            MOST_AT_ONCE
        ))
        .await?;
    for file in &due {
        tx.run(system!(
            because = "the desk lets go of what it keeps too long, whosever it is",
            "INSERT INTO events (ticket_id, hat, kind, audience, old_value, at) SELECT f.ticket_id, 'system', 'attachment_deleted', \
             c.audience, f.name, $2 FROM attachments f JOIN comments c ON c.id = f.comment_id WHERE f.id = $1",
            file.id,
            now
        ))
        .await?;
        tx.run(system!(
            because = "the desk lets go of what it keeps too long, whosever it is",
            "DELETE FROM attachments WHERE id = $1",
            file.id
        ))
        .await?;
        let job = ForgetFile {
            digest: file.digest.clone(),
        };
        jobs::enqueue(tx, FORGET_FILE, &job, now.plus(GRACE)).await?;
    }
    Ok(due.len())
}

pub(super) async fn take_details(tx: &mut Tx, before: Moment) -> Result<usize, Error> {
    let gone: Vec<Number> = tx
        .all(system!(
            because = "the desk lets go of what it keeps too long, whosever it is",
            "UPDATE audit_entries SET detail = '' WHERE id IN (SELECT j.id FROM audit_entries j WHERE j.detail <> '' AND j.at <= $1 \
             ORDER BY j.id LIMIT $2) RETURNING id",
            before,
            MOST_AT_ONCE
        ))
        .await?;
    Ok(gone.len())
}
