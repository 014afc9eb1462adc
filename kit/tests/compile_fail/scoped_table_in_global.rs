//! Passing somebody's rows off as the desk's own, in any case.
use kit::db::Query;

fn every_subject() -> Query {
    kit::global!("SELECT subject FROM Tickets")
}

fn main() {}
