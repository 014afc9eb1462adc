//! The SQL of mails as they were sent.

use kit::authz::Actor;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::{record, scoped};

use crate::mail::store::IncomingId;
use crate::tickets::{CommentId, TicketId};

record! { struct Behind { incoming_mail_id: Option<IncomingId> } }

/// The letter behind a message from which nothing was taken, when there is more to see of it than words.
pub(super) async fn letter(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    comment: CommentId,
) -> Result<IncomingId, Error> {
    let behind: Option<Behind> = ask
        .maybe(scoped!(
            actor,
            "SELECT c.incoming_mail_id FROM comments c WHERE c.id = $2 AND c.ticket_id = $1 \
             AND c.letter_pictures IS NOT NULL AND c.redacted_at IS NULL AND {visible:comments c}",
            ticket,
            comment
        ))
        .await?;
    behind
        .and_then(|it| it.incoming_mail_id)
        .ok_or(Error::NotFound)
}
