//! Two who answer in the same moment: a reply that is held counts already (decision 0049).

use kit::authz::Actor;
use kit::db::Tx;
use kit::error::Error;
use kit::record;

use super::{DraftId, store};
use crate::tickets::TicketId;
use crate::tickets::reading::find_to_change;
use crate::tickets::rights::Read;

record! {
    /// A colleague's reply that is on its way, and can still be taken back.
    #[derive(Clone, Debug)]
    pub struct Crossing {
        /// Its row.
        pub id: DraftId,
        /// Whose it is.
        pub by: String,
    }
}

/// How far the author of a reply has read.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadUpTo {
    /// The version its author read; `None` asks nothing.
    pub seen: Option<i64>,
    /// The latest reply of a colleague on its way of which they were told.
    pub knows: Option<DraftId>,
}

/// A colleague's reply that is on its way, for whoever works on the ticket: nobody answers twice (faults PRES-18).
pub async fn crossing(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
    read: ReadUpTo,
) -> Result<Option<Crossing>, Error> {
    if read.seen.is_none() {
        return Ok(None);
    }
    let ticket = find_to_change::<Read>(tx, actor, ticket).await?;
    if !ticket.is_on_staff_side(actor) {
        return Ok(None);
    }
    let known = read.knows.unwrap_or(DraftId(0));
    store::leaving_of_others(tx, actor, ticket.id, known).await
}
