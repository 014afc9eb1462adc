//! A noun's SQL is reached through its verbs.
use kit::authz::Actor;
use kit::db::Query;
use vigie::tickets::TicketId;

fn one(actor: &Actor, ticket: TicketId) -> Query {
    vigie::tickets::store::one(actor, ticket)
}

fn main() {}
