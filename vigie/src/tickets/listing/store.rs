//! The SQL of lists.

use kit::authz::{Actor, Reach};
use kit::clock::Moment;
use kit::db::sql::Tail;
use kit::db::{Answers, Ask, Condition, Query, Tx};
use kit::error::Error;
use kit::{cond, global, record, scoped, tail};

use super::conditions::{self, Walk};
use super::settings::Settings;
use super::{Column, Cursor, Filter, Listed, Order};
use crate::people::PersonId;
use crate::tickets::{TicketId, naming};

/// Rows beyond the cursor, at most `limit`. Their order is the caller's to restore: joins need not keep it.
pub(super) async fn rows(
    ask: &mut dyn Answers,
    actor: &Actor,
    filter: &Filter,
    order: Order,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let mut rows = ask
        .all(rows_query(actor, filter, order, cursor, limit))
        .await?;
    naming::in_lists(&mut rows);
    Ok(rows)
}

fn rows_query(
    actor: &Actor,
    filter: &Filter,
    order: Order,
    cursor: Option<Cursor>,
    limit: i64,
) -> Query {
    let mut query = if order.column.is_walked() {
        walked(actor, order.column)
    } else {
        sorted(actor, order)
    };
    for condition in conditions::all(filter, actor, Walk::Page(order)) {
        query = query.and(condition);
    }
    let is_descending = order.is_descending != cursor.as_ref().is_some_and(|c| c.is_backwards);
    if let Some(cursor) = cursor {
        query = query.and(beyond(order.column, is_descending, cursor));
    }
    query.tail(ordered(order.column, is_descending, limit))
}

/// Rows found by walking the index of their order.
fn walked(actor: &Actor, column: Column) -> Query {
    scoped!(
        actor,
        "SELECT f.id, f.subject, f.state, f.priority, f.origin, f.comment_count, f.last_actor_id, f.last_side, \
         f.created_at, f.updated_at, f.closed_at, f.version, f.requester_id, r.name AS requester, l.name AS site, \
         f.department_id, d.name AS department, f.category_id, c.name AS category, f.assignee_id, a.name AS assignee, {visible:agent_names f.id} AS names_agents, \
         EXISTS (SELECT 1 FROM advice_requests v WHERE v.ticket_id = f.id AND {visible:advice_requests v}) AS needs_advice, \
         k.version AS seen, COALESCE((SELECT o.at FROM reading_floors o WHERE o.person_id = {actor}), \
         (SELECT g.created_at FROM agents g WHERE g.person_id = {actor}), 0) AS read_before, \
         CASE CAST($1 AS TEXT) WHEN 'activity' THEN f.updated_at WHEN 'priority' THEN f.priority ELSE f.id END AS order_rank, \
         CAST('' AS TEXT) AS order_key \
         FROM (SELECT t.id FROM tickets t WHERE ({visible:tickets t}){more}{tail}) page \
         JOIN tickets f ON f.id = page.id JOIN people r ON r.id = f.requester_id \
         LEFT JOIN locations l ON l.id = r.location_id JOIN departments d ON d.id = f.department_id \
         JOIN categories c ON c.id = f.category_id LEFT JOIN people a ON a.id = f.assignee_id \
         LEFT JOIN ticket_marks k ON k.person_id = {actor} AND k.ticket_id = f.id",
        column
    )
}

/// Rows sorted among all that the actor sees of the filter. What has no value (nobody in charge, never
/// closed) stands at the end, whichever way the list goes.
fn sorted(actor: &Actor, order: Order) -> Query {
    let last = if order.is_descending { -1 } else { i64::MAX };
    scoped!(
        actor,
        "SELECT f.id, f.subject, f.state, f.priority, f.origin, f.comment_count, f.last_actor_id, f.last_side, \
         f.created_at, f.updated_at, f.closed_at, f.version, f.requester_id, r.name AS requester, l.name AS site, \
         f.department_id, d.name AS department, f.category_id, c.name AS category, f.assignee_id, a.name AS assignee, {visible:agent_names f.id} AS names_agents, \
         EXISTS (SELECT 1 FROM advice_requests v WHERE v.ticket_id = f.id AND {visible:advice_requests v}) AS needs_advice, \
         k.version AS seen, COALESCE((SELECT o.at FROM reading_floors o WHERE o.person_id = {actor}), \
         (SELECT g.created_at FROM agents g WHERE g.person_id = {actor}), 0) AS read_before, \
         page.order_rank, page.order_key \
         FROM (SELECT t.id, t.order_rank, t.order_key FROM (SELECT s.*, CASE CAST($1 AS TEXT) \
         WHEN 'state' THEN CASE s.state WHEN 'free' THEN 0 WHEN 'in_progress' THEN 1 WHEN 'incomplete' THEN 2 \
         WHEN 'postponed' THEN 3 WHEN 'closed' THEN 4 WHEN 'approved' THEN 5 WHEN 'expired' THEN 6 WHEN 'refused' THEN 7 \
         WHEN 'cancelled' THEN 8 WHEN 'archived' THEN 9 ELSE 10 END \
         WHEN 'origin' THEN CASE s.origin WHEN 'web' THEN 0 WHEN 'portal' THEN 1 WHEN 'email' THEN 2 WHEN 'phone' THEN 3 \
         WHEN 'api' THEN 4 ELSE 5 END \
         WHEN 'closed' THEN COALESCE(s.closed_at, CAST($2 AS BIGINT)) \
         WHEN 'assignee' THEN CASE WHEN s.assignee_id IS NULL THEN CAST($2 AS BIGINT) ELSE 0 END ELSE 0 END AS order_rank, \
         COALESCE(CASE CAST($1 AS TEXT) WHEN 'subject' THEN s.subject_key \
         WHEN 'requester' THEN (SELECT n.name_key FROM people n WHERE n.id = s.requester_id) \
         WHEN 'assignee' THEN CASE WHEN {visible:agent_names s.id} THEN (SELECT n.name_key FROM people n WHERE n.id = s.assignee_id) \
         ELSE (SELECT n.name_key FROM departments n WHERE n.id = s.department_id AND s.assignee_id IS NOT NULL) END \
         WHEN 'department' THEN (SELECT n.name_key FROM departments n WHERE n.id = s.department_id) \
         WHEN 'category' THEN (SELECT n.name_key FROM categories n WHERE n.id = s.category_id) ELSE '' END, '') AS order_key \
         FROM tickets s WHERE ({visible:tickets s})) t WHERE TRUE{more}{tail}) page \
         JOIN tickets f ON f.id = page.id JOIN people r ON r.id = f.requester_id \
         LEFT JOIN locations l ON l.id = r.location_id JOIN departments d ON d.id = f.department_id \
         JOIN categories c ON c.id = f.category_id LEFT JOIN people a ON a.id = f.assignee_id \
         LEFT JOIN ticket_marks k ON k.person_id = {actor} AND k.ticket_id = f.id",
        order.column,
        last
    )
}

fn beyond(column: Column, is_descending: bool, at: Cursor) -> Condition {
    match (column, is_descending) {
        (Column::Activity, true) => cond!("(t.updated_at, t.id) < (?, ?)", at.rank, at.id),
        (Column::Activity, false) => cond!("(t.updated_at, t.id) > (?, ?)", at.rank, at.id),
        (Column::Number, true) => cond!("t.id < ?", at.id),
        (Column::Number, false) => cond!("t.id > ?", at.id),
        (Column::Priority, true) => cond!("(t.priority, t.id) < (?, ?)", at.rank, at.id),
        (Column::Priority, false) => cond!("(t.priority, t.id) > (?, ?)", at.rank, at.id),
        (_, true) => cond!(
            "(t.order_rank, t.order_key, t.id) < (?, ?, ?)",
            at.rank,
            at.key,
            at.id
        ),
        (_, false) => cond!(
            "(t.order_rank, t.order_key, t.id) > (?, ?, ?)",
            at.rank,
            at.key,
            at.id
        ),
    }
}

fn ordered(column: Column, is_descending: bool, limit: i64) -> Tail {
    match (column, is_descending) {
        (Column::Activity, true) => tail!("ORDER BY t.updated_at DESC, t.id DESC LIMIT ?", limit),
        (Column::Activity, false) => tail!("ORDER BY t.updated_at, t.id LIMIT ?", limit),
        (Column::Number, true) => tail!("ORDER BY t.id DESC LIMIT ?", limit),
        (Column::Number, false) => tail!("ORDER BY t.id LIMIT ?", limit),
        (Column::Priority, true) => tail!("ORDER BY t.priority DESC, t.id DESC LIMIT ?", limit),
        (Column::Priority, false) => tail!("ORDER BY t.priority, t.id LIMIT ?", limit),
        (_, true) => tail!(
            "ORDER BY t.order_rank DESC, t.order_key DESC, t.id DESC LIMIT ?",
            limit
        ),
        (_, false) => tail!("ORDER BY t.order_rank, t.order_key, t.id LIMIT ?", limit),
    }
}

/// How many there are, counted no further than `most`.
pub(super) async fn count(
    ask: &mut dyn Answers,
    actor: &Actor,
    filter: &Filter,
    most: i64,
) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let mut query: Query = scoped!(
        actor,
        "SELECT COUNT(*) AS n FROM (SELECT t.id FROM tickets t WHERE ({visible:tickets t}){more}{tail}) counted"
    );
    for condition in conditions::all(filter, actor, Walk::Count) {
        query = query.and(condition);
    }
    let count: Count = ask.one(query.tail(tail!("LIMIT ?", most))).await?;
    Ok(count.n)
}

/// How somebody likes to see a list.
pub(super) async fn settings(
    ask: &mut dyn Answers,
    person: PersonId,
    list: &str,
) -> Result<Option<Settings>, Error> {
    record! { struct Row { layout: String, density: String, columns: String, sort: String } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT s.layout, s.density, s.columns, s.sort FROM list_settings s WHERE s.person_id = $1 AND s.list = $2",
            person,
            list
        ))
        .await?;
    Ok(row.map(|row| Settings::of_stored(&row.layout, &row.density, &row.columns, &row.sort)))
}

pub(super) async fn put_settings(
    tx: &mut Tx,
    person: PersonId,
    list: &str,
    settings: &Settings,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO list_settings (person_id, list, layout, density, columns, sort) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (person_id, list) DO UPDATE SET layout = $3, density = $4, columns = $5, sort = $6",
        person,
        list,
        settings.layout,
        settings.density,
        settings.columns_text(),
        settings.order.text(),
    ))
    .await
    .map(|_| ())
}

/// Notes the version somebody looked at; `at` is when the ticket was last changed.
pub(super) async fn put_mark(
    tx: &mut Tx,
    person: PersonId,
    ticket: TicketId,
    version: i64,
    at: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO ticket_marks (person_id, ticket_id, version, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (person_id, ticket_id) DO UPDATE SET version = $3, at = $4",
        person,
        ticket,
        version,
        at
    ))
    .await
    .map(|_| ())
}

pub(super) async fn mark(
    ask: &mut dyn Answers,
    person: PersonId,
    ticket: TicketId,
) -> Result<Option<i64>, Error> {
    record! { struct Row { version: i64 } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT k.version FROM ticket_marks k WHERE k.person_id = $1 AND k.ticket_id = $2",
            person,
            ticket
        ))
        .await?;
    Ok(row.map(|row| row.version))
}

pub(super) async fn drop_mark(
    tx: &mut Tx,
    person: PersonId,
    ticket: TicketId,
) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM ticket_marks WHERE person_id = $1 AND ticket_id = $2",
        person,
        ticket
    ))
    .await
    .map(|_| ())
}

/// Everything until now is read, and what somebody had marked unread with it.
pub(super) async fn put_floor(tx: &mut Tx, person: PersonId, at: Moment) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO reading_floors (person_id, at) VALUES ($1, $2) ON CONFLICT (person_id) DO UPDATE SET at = $2",
        person,
        at
    ))
    .await?;
    tx.run(global!(
        "DELETE FROM ticket_marks WHERE person_id = $1 AND version = -1",
        person
    ))
    .await
    .map(|_| ())
}

/// The same for every agent who has none: the desk begins read.
pub(super) async fn put_floors(tx: &mut Tx, at: Moment) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO reading_floors (person_id, at) SELECT a.person_id, $1 FROM agents a WHERE TRUE \
         ON CONFLICT (person_id) DO UPDATE SET at = $1",
        at
    ))
    .await
    .map(|_| ())
}

record! {
    /// Somebody, by name.
    #[derive(Clone, Debug)]
    pub(super) struct Colleague {
        /// Who.
        pub(super) id: PersonId,
        /// Their name.
        pub(super) name: String,
    }
}

/// Whom the actor works with: everybody who handles tickets of a department the actor sees.
pub(super) async fn colleagues(
    ask: &mut dyn Answers,
    actor: &Actor,
) -> Result<Vec<Colleague>, Error> {
    match actor.reach() {
        Reach::Everything | Reach::ServedEverywhere => {
            ask.all(global!(
                "SELECT p.id, p.name FROM people p JOIN agents a ON a.person_id = p.id \
                 WHERE p.disabled_at IS NULL ORDER BY p.name, p.id"
            ))
            .await
        }
        Reach::Departments | Reach::ServedDepartments => {
            ask.all(global!(
                "SELECT p.id, p.name FROM people p WHERE p.disabled_at IS NULL AND p.id IN \
                 (SELECT m.person_id FROM sights m JOIN sights o ON o.department_id = m.department_id \
                 WHERE o.person_id = $1 AND o.level IN ('view', 'edit') AND m.takes) ORDER BY p.name, p.id",
                actor.id()
            ))
            .await
        }
        Reach::Nothing | Reach::Shared | Reach::Own | Reach::Assigned => Ok(vec![]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tickets::Origin;
    use crate::tickets::machine::State;

    /// The statement spells the order out; the program's own lists say it.
    #[test]
    fn states_and_ways_in_are_ordered_as_the_program_lists_them() {
        let text = sorted(&crate::policy::nobody(), Order::USUAL).text();
        let said = |words: &[&str]| {
            let (last, before) = words.split_last().unwrap();
            let whens = before.iter().enumerate();
            let whens: Vec<String> = whens.map(|(n, w)| format!("WHEN '{w}' THEN {n}")).collect();
            assert!(!last.is_empty());
            format!("{} ELSE {} END", whens.join(" "), before.len())
        };
        let states: Vec<&str> = State::ALL.iter().map(|one| one.word()).collect();
        let origins: Vec<&str> = Origin::ALL.iter().map(|one| one.word()).collect();
        assert!(text.contains(&said(&states)), "{text}");
        assert!(text.contains(&said(&origins)), "{text}");
    }
}
