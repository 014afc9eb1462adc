//! What somebody has not seen yet: for each ticket the version they last looked at, and one moment
//! before which everything counts as read. A ticket is unread when somebody else changed it since. Open pages hear of
//! each change, since what somebody was told of a ticket is read with it.

use kit::authz::May;
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::Error;

use super::store;
use crate::people::PersonId;
use crate::tickets::rights::Read;
use crate::tickets::{Ticket, TicketId};

/// The version of a mark that says: unread, whoever changed it last.
pub const UNREAD: i64 = -1;

/// Notes that somebody looked at this version of a ticket they may read. Asks first, so that looking
/// again at the same ticket writes nothing.
pub async fn look(
    db: &Db,
    person: PersonId,
    ticket: TicketId,
    version: i64,
    now: Moment,
) -> Result<(), Error> {
    let before = store::mark(&mut db.read(), person, ticket).await?;
    if before.is_some_and(|seen| seen >= version) {
        return Ok(());
    }
    let mut tx = db.write().await?;
    store::put_mark(&mut tx, person, ticket, version, now).await?;
    tx.hint("notification", person.0);
    tx.commit().await
}

/// Marks a ticket read, or unread again.
pub async fn set(
    tx: &mut Tx,
    person: PersonId,
    ticket: &May<Read, Ticket>,
    is_unread: bool,
) -> Result<(), Error> {
    let version = if is_unread { UNREAD } else { ticket.version };
    // Whoever never looked did not look by saying so.
    let never = is_unread && store::mark(tx, person, ticket.id).await?.is_none();
    let at = if never { Moment(0) } else { ticket.updated_at };
    store::put_mark(tx, person, ticket.id, version, at).await?;
    tx.hint("notification", person.0);
    Ok(())
}

/// The version somebody last looked at, or [`UNREAD`]; `None` when they never did.
pub async fn seen(
    ask: &mut dyn Answers,
    person: PersonId,
    ticket: TicketId,
) -> Result<Option<i64>, Error> {
    store::mark(ask, person, ticket).await
}

/// Puts a mark back as [`seen`] told it.
pub async fn put_back(
    tx: &mut Tx,
    person: PersonId,
    ticket: &May<Read, Ticket>,
    seen: Option<i64>,
) -> Result<(), Error> {
    match seen {
        Some(version) => store::put_mark(tx, person, ticket.id, version, ticket.updated_at).await,
        None => store::drop_mark(tx, person, ticket.id).await,
    }
}

/// Marks everything read.
pub async fn read_all(tx: &mut Tx, person: PersonId, now: Moment) -> Result<(), Error> {
    store::put_floor(tx, person, now).await?;
    tx.hint("notification", person.0);
    Ok(())
}

/// Every agent has read everything until this moment: how a desk that was filled begins.
pub async fn begin_read(tx: &mut Tx, at: Moment) -> Result<(), Error> {
    store::put_floors(tx, at).await
}
