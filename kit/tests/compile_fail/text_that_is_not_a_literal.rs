//! A text put together at run time cannot be looked at while compiling.
use kit::db::Query;

fn all_of(table: &str) -> Query {
    let text = format!("SELECT * FROM {table}");
    kit::global!(text)
}

fn main() {}
