//! Forgetting for whom.
use kit::authz::Actor;
use kit::db::Query;

fn every_open_ticket(actor: &Actor) -> Query {
    kit::scoped!(actor, "SELECT t.id FROM tickets t WHERE t.stage = $1", "open")
}

fn main() {}
