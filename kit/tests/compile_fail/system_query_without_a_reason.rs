//! Stepping past the rule without a word.
use kit::db::Query;

fn every_subject() -> Query {
    kit::system!(because = "", "SELECT subject FROM tickets")
}

fn main() {}
