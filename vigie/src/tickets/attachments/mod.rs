//! Taking a file off a ticket: its row goes with the deed, its bytes once nothing names them.
//!
//! Deliberately absent: keeping and sending files (files.rs, web/download.rs).

pub mod api;
pub mod pages;
mod store;

use kit::authz::{Actor, May};
use kit::clock::{Moment, Span};
use kit::db::{Db, Tx};
use kit::error::Error;
use kit::jobs::{self, Verdict};

use super::changes::{self, Change};
use super::history::{EventKind, FORGET_FILE, ForgetFile};
use super::reading::{Attachment, attachment, find_to_change};
use super::rights::DeleteAttachment;
use super::{AttachmentId, Ticket, TicketId};
use crate::files::Files;

/// How long bytes that nothing names are left: somebody may be sending the same file just now.
pub const GRACE: Span = Span::minutes(10);

/// Takes a file off. Its name stays in the history, so that people know what was there; whoever could
/// not read the file does not read of it either.
pub async fn delete(
    tx: &mut Tx,
    ticket: &May<DeleteAttachment, Ticket>,
    actor: &Actor,
    file: &Attachment,
    now: Moment,
) -> Result<(), Error> {
    let audience = store::audience(tx, actor, file.comment_id).await?;
    store::remove(tx, ticket, file.id).await?;
    let change = Change {
        kind: EventKind::AttachmentDeleted,
        audience,
        before: Some(file.name.clone()),
        after: None,
        comment: None,
    };
    changes::record(tx, ticket, actor, change, now).await?;
    changes::touch(tx, ticket, actor, 0, now).await?;
    let job = ForgetFile {
        digest: file.digest.clone(),
    };
    jobs::enqueue(tx, FORGET_FILE, &job, now.plus(GRACE)).await
}

/// What all doors do. That it is gone already is a quiet success.
pub async fn remove(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    file: AttachmentId,
    seen: Option<i64>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<DeleteAttachment>(&mut tx, actor, id).await?;
    match attachment(&mut tx, actor, id, file).await {
        Ok(file) => {
            changes::must_match(&ticket, seen)?;
            delete(&mut tx, &ticket, actor, &file, now).await?;
        }
        Err(Error::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    }
    tx.commit().await
}

/// The job: removes the bytes unless something names them.
pub async fn forget(db: &Db, files: &Files, job: &ForgetFile) -> Verdict {
    let done = async {
        if store::is_named(&mut db.read(), &job.digest).await? {
            return Ok(());
        }
        let bytes = files.remove(&job.digest).await?;
        // Somebody kept the same bytes between the look and the removal: they get them back.
        if let Some(bytes) = bytes
            && store::is_named(&mut db.read(), &job.digest).await?
        {
            files.keep(bytes).await?;
        }
        Ok::<(), Error>(())
    };
    match done.await {
        Ok(()) => Verdict::Done,
        Err(error) => Verdict::Retry(error.to_string()),
    }
}
