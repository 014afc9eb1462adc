//! Two who answer in the same moment: a reply that is held counts already (decision 0049).

use kit::authz::Actor;
use kit::clock::{Moment, Span};
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::record;

use super::store;
use crate::tickets::machine::Deed;
use crate::tickets::reading::find_to_change;
use crate::tickets::rights::Reply;
use crate::tickets::{Ticket, TicketId, overtaken, participants};

record! {
    /// A colleague's reply that is on its way, and can still be taken back.
    #[derive(Clone, Debug)]
    pub struct Crossing {
        /// Whose it is.
        pub by: String,
        /// When it leaves.
        pub release_at: Moment,
    }
}

/// How far the author of a reply has read.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadUpTo {
    /// The version its author read; `None` asks nothing.
    pub seen: Option<i64>,
    /// When the latest reply of a colleague leaves of which they were told.
    pub knows: Option<Moment>,
}

/// A reply that should have left so long ago does not: its author sees the ticket no more.
const GONE_AFTER: Span = Span::seconds(60);

/// A colleague's reply that is on its way, for whoever works on the ticket: nobody answers twice (faults PRES-18).
pub async fn crossing(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &Ticket,
    knows: Option<Moment>,
    now: Moment,
) -> Result<Option<Crossing>, Error> {
    if !ticket.is_on_staff_side(actor) {
        return Ok(None);
    }
    let gone = now.minus(GONE_AFTER);
    let after = knows.map_or(gone, |it| it.max(gone));
    store::leaving_of_others(ask, actor, ticket.id, after).await
}

/// What its author is told before a reply leaves: refused when they have not read what others did meanwhile, and a
/// colleague's answer that is leaving in this moment. What the same form sent before is not judged again.
///
/// # Errors
/// `Forbidden` with the missing right, `Conflict` with both versions.
pub async fn before_answering(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
    once: Option<&str>,
    read: ReadUpTo,
    now: Moment,
) -> Result<Option<Crossing>, Error> {
    let ticket = find_to_change::<Reply>(tx, actor, id).await?;
    if read.seen.is_none()
        || participants::is_written(tx, actor, id, once).await?
        || super::is_sent(tx, actor, id, once).await?
    {
        return Ok(None);
    }
    overtaken::must_stand(tx, actor, &ticket, Deed::Reply, read.seen).await?;
    crossing(tx, actor, &ticket, read.knows, now).await
}
