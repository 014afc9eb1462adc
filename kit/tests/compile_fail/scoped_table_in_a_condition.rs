//! Reaching into somebody's rows from a condition added later.
use kit::db::Query;

fn those_with_notes(query: Query) -> Query {
    query.and(kit::cond!(
        "d.id IN (SELECT t.department_id FROM tickets t JOIN comments c ON c.ticket_id = t.id)"
    ))
}

fn main() {}
