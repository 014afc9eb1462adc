//! The SQL of looking for mails.

use kit::authz::Actor;
use kit::db::{Answers, Ask, like};
use kit::error::Error;
use kit::scoped;

use super::Looked;
use crate::mail::lists_store::ListedOutgoing;
use crate::mail::outbox_store::OutgoingId;

pub(super) async fn list(
    ask: &mut dyn Answers,
    actor: &Actor,
    looked: &Looked,
    before: Option<OutgoingId>,
    limit: i64,
) -> Result<Vec<ListedOutgoing>, Error> {
    let before = before.unwrap_or(OutgoingId(i64::MAX));
    let holds = like::holding(&looked.address.trim().to_lowercase());
    match looked.state {
        // By itself: with both in one condition no index would serve.
        Some(state) => {
            ask.all(scoped!(
                actor,
                "SELECT o.id, o.address, o.subject, o.purpose, o.state, o.attempts, o.next_at, o.last_error, o.ticket_id, o.created_at \
                 FROM outgoing_mails o WHERE o.state = $1 AND o.id < $2 AND LOWER(o.address) LIKE $3 ESCAPE '!' \
                 AND {visible:outgoing_mails o} ORDER BY o.id DESC LIMIT $4",
                state,
                before,
                holds,
                limit
            ))
            .await
        }
        None => {
            ask.all(scoped!(
                actor,
                "SELECT o.id, o.address, o.subject, o.purpose, o.state, o.attempts, o.next_at, o.last_error, o.ticket_id, o.created_at \
                 FROM outgoing_mails o WHERE o.id < $1 AND LOWER(o.address) LIKE $2 ESCAPE '!' \
                 AND {visible:outgoing_mails o} ORDER BY o.id DESC LIMIT $3",
                before,
                holds,
                limit
            ))
            .await
        }
    }
}
