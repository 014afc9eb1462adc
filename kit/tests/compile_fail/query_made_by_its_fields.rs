//! A query comes from a macro that looked at it, or not at all.
use kit::db::Query;

fn every_subject() -> Query {
    Query {
        text: "SELECT subject FROM tickets".to_owned(),
        args: vec![],
        scoped: true,
    }
}

fn main() {}
