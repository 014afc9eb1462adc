//! The SQL of taking files off.

use kit::authz::{Actor, May};
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, record, scoped, system};

use crate::tickets::{AttachmentId, Audience, CommentId, Ticket};

record! { struct Readers { audience: Audience } }
record! { struct Found { id: i64 } }

/// Who reads the comment a file came with.
pub(super) async fn audience(
    ask: &mut dyn Answers,
    actor: &Actor,
    comment: CommentId,
) -> Result<Audience, Error> {
    let found: Readers = ask
        .one(scoped!(
            actor,
            "SELECT c.audience FROM comments c WHERE c.id = $1 AND {visible:comments c}",
            comment
        ))
        .await?;
    Ok(found.audience)
}

pub(super) async fn remove<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    file: AttachmentId,
) -> Result<(), Error> {
    // The mail it came with has it still.
    let query = acting!(
        ticket,
        "UPDATE comments SET letter_pictures = NULL WHERE ticket_id = $1 AND id = (SELECT comment_id FROM attachments WHERE id = $2)",
        ticket.id,
        file
    );
    tx.run(query).await?;
    let query = acting!(
        ticket,
        "DELETE FROM attachments WHERE ticket_id = $1 AND id = $2",
        ticket.id,
        file
    );
    tx.run(query).await.map(|_| ())
}

/// Whether any row names these bytes.
pub(super) async fn is_named(ask: &mut dyn Answers, digest: &str) -> Result<bool, Error> {
    let found: Option<Found> = ask
        .maybe(system!(
            because = "bytes are removed when nothing on the whole desk names them",
            "SELECT f.id FROM attachments f WHERE f.digest = $1 \
             UNION ALL SELECT d.id FROM draft_files d WHERE d.digest = $1 LIMIT 1",
            digest
        ))
        .await?;
    Ok(found.is_some_and(|f| f.id > 0))
}
