//! Knowing who asks is not knowing that they may.
use kit::authz::Actor;
use kit::db::Query;

fn close_all(actor: &Actor) -> Query {
    kit::acting!(actor, "UPDATE tickets SET state = 'closed'")
}

fn main() {}
