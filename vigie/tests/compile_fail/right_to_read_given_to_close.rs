//! The right to read is not the right to close.
use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;
use vigie::tickets::rights::Read;
use vigie::tickets::{Ticket, verbs};

async fn close(
    tx: &mut Tx,
    may: &May<Read, Ticket>,
    actor: &Actor,
    now: Moment,
) -> Result<(), Error> {
    verbs::close(tx, may, actor, None, None, now).await?;
    Ok(())
}

fn main() {}
