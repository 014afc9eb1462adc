//! The statement that puts words right.

use kit::acting;
use kit::authz::May;
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;

use crate::tickets::comments::Body;
use crate::tickets::rights::Reword;
use crate::tickets::{CommentId, Ticket};

pub(super) async fn update(
    tx: &mut Tx,
    ticket: &May<Reword, Ticket>,
    comment: CommentId,
    body: &Body,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "UPDATE comments SET body = $3, html = $4, edited_at = $5, version = version + 1 \
         WHERE id = $1 AND ticket_id = $2",
        comment,
        ticket.id,
        &body.text,
        &body.html,
        now,
    ))
    .await
    .map(|_| ())
}
