//! Holding a ticket is not holding the right to close it.
use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;
use vigie::tickets::{Ticket, verbs};

async fn close(tx: &mut Tx, ticket: &Ticket, actor: &Actor, now: Moment) -> Result<(), Error> {
    verbs::close(tx, ticket, actor, None, None, now).await?;
    Ok(())
}

fn main() {}
