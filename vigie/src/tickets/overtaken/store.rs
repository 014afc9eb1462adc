//! The SQL of what others did.

use kit::authz::Actor;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::{record, scoped, system};

use super::Done;
use crate::tickets::TicketId;

/// Lines of others that the actor reads, written since the ticket stood at this version.
pub(super) async fn since(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    seen: i64,
) -> Result<Vec<Done>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT e.kind, e.actor_id FROM events e WHERE e.ticket_id = $1 AND e.stood_at >= $2 \
         AND (e.actor_id IS NULL OR e.actor_id <> {actor}) AND {visible:events e} ORDER BY e.id",
        ticket,
        seen
    ))
    .await
}

/// Of how many versions between these two lines tell.
pub(super) async fn versions_told(
    ask: &mut dyn Answers,
    ticket: TicketId,
    from: i64,
    to: i64,
) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(system!(
            because = "whether a version is told of is no secret of whoever may not read the line",
            "SELECT COUNT(DISTINCT e.stood_at) AS n FROM events e WHERE e.ticket_id = $1 AND e.stood_at >= $2 AND e.stood_at < $3",
            ticket,
            from,
            to
        ))
        .await?;
    Ok(count.n)
}
