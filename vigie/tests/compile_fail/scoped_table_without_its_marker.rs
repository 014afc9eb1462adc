//! The macros look just as closely from another crate.
use kit::authz::Actor;
use kit::db::Query;
use kit::{global, scoped};
use vigie::tickets::TicketId;

fn its_notes(actor: &Actor, ticket: TicketId) -> Query {
    scoped!(actor, "SELECT c.body FROM comments c WHERE c.ticket_id = $1", ticket)
}

fn all_notes(ticket: TicketId) -> Query {
    global!("SELECT c.body FROM comments c WHERE c.ticket_id = $1", ticket)
}

fn main() {}
