//! A scope that scopes nothing says something untrue.
use kit::authz::Actor;
use kit::db::Query;

fn every_department(actor: &Actor) -> Query {
    kit::scoped!(actor, "SELECT d.name FROM departments d")
}

fn main() {}
