//! A scope for the tickets is none for their comments.
use kit::authz::Actor;
use kit::db::Query;

fn every_comment(actor: &Actor) -> Query {
    kit::scoped!(
        actor,
        "SELECT c.body FROM comments c JOIN tickets t ON t.id = c.ticket_id WHERE {visible:tickets t}"
    )
}

fn main() {}
