//! The SQL of searching: everything is asked through somebody's eyes.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Ask, Condition, Db, Engine, Matching, Query, Reader};
use kit::error::Error;
use kit::{cond, cond_scoped, global, record, scoped, tail};

use super::newest_store::{self, Share};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
use crate::tickets::listing::Listed;
use crate::tickets::{Audience, TicketId, naming};

record! { struct Number { id: i64 } }

record! {
    /// One document that was found.
    #[derive(Clone, Debug)]
    pub(super) struct Candidate {
        pub ticket_id: TicketId,
        pub heads: String,
        pub created_at: Moment,
    }
}

/// The newest documents that match and that the actor may read, at most `limit`; `share` is what a look said.
pub(super) async fn candidates(
    db: &Db,
    actor: &Actor,
    matching: &Matching,
    conditions: &[Condition],
    limit: i64,
    share: Share,
) -> Result<Vec<Candidate>, Error> {
    if db.engine() == Engine::Postgres {
        return newest_store::candidates(db, actor, matching, conditions, limit, share).await;
    }
    let all = scoped!(
        actor,
        "SELECT d.ticket_id, d.heads, d.created_at FROM search_index x CROSS JOIN search_documents d \
         WHERE d.id = x.rowid AND {words:search_index x} AND {visible:search_documents d}{more}{tail}"
    );
    let all = all.matching(db.engine(), matching);
    let all = conditions.iter().cloned().fold(all, Query::and);
    let last = tail!("ORDER BY x.rowid DESC LIMIT ?", limit);
    db.read().all(all.tail(last)).await
}

/// Opened before a moment, or not.
pub(super) fn opened_before(at: Moment, is_before: bool) -> Condition {
    if is_before {
        cond!("d.created_at < ?", at)
    } else {
        cond!("d.created_at >= ?", at)
    }
}

/// On whose tickets the actor may know who is in charge: by a filter it would be told, too.
pub(super) fn names_agents(actor: &Actor) -> Condition {
    cond_scoped!(actor, "{visible:agent_names d.ticket_id}")
}

fn ids(tickets: &[TicketId]) -> impl Iterator<Item = i64> {
    tickets.iter().map(|ticket| ticket.0)
}

/// These tickets as lists show them, those the actor sees.
pub(super) async fn listed(
    reader: &mut Reader,
    actor: &Actor,
    tickets: &[TicketId],
) -> Result<Vec<Listed>, Error> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let query = scoped!(
        actor,
        "WITH page (id) AS (VALUES {rows}) \
         SELECT f.id, f.subject, f.state, f.priority, f.origin, f.comment_count, f.last_actor_id, f.last_side, \
         f.created_at, f.updated_at, f.closed_at, f.version, f.requester_id, r.name AS requester, l.name AS site, \
         f.department_id, d.name AS department, f.category_id, c.name AS category, f.assignee_id, a.name AS assignee, {visible:agent_names f.id} AS names_agents, \
         EXISTS (SELECT 1 FROM advice_requests v WHERE v.ticket_id = f.id AND {visible:advice_requests v}) AS needs_advice, \
         k.version AS seen, COALESCE((SELECT o.at FROM reading_floors o WHERE o.person_id = {actor}), \
         (SELECT g.created_at FROM agents g WHERE g.person_id = {actor}), 0) AS read_before, \
         CAST(0 AS BIGINT) AS order_rank, CAST('' AS TEXT) AS order_key \
         FROM page CROSS JOIN tickets f JOIN people r ON r.id = f.requester_id \
         LEFT JOIN locations l ON l.id = r.location_id JOIN departments d ON d.id = f.department_id \
         JOIN categories c ON c.id = f.category_id LEFT JOIN people a ON a.id = f.assignee_id \
         LEFT JOIN ticket_marks k ON k.person_id = {actor} AND k.ticket_id = f.id \
         WHERE f.id = page.id AND {visible:tickets f}"
    );
    let mut rows = reader.all(query.ids(ids(tickets))).await?;
    naming::in_lists(&mut rows);
    Ok(rows)
}

record! {
    /// Words of a comment that the actor reads.
    pub(super) struct Comment {
        pub ticket_id: TicketId,
        pub audience: Audience,
        pub body: String,
    }
}

/// The comments of these tickets that the actor reads, each to its first 20,000 characters.
pub(super) async fn comments(
    reader: &mut Reader,
    actor: &Actor,
    tickets: &[TicketId],
) -> Result<Vec<Comment>, Error> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let query = scoped!(
        actor,
        "WITH page (id) AS (VALUES {rows}) \
         SELECT c.ticket_id, c.audience, SUBSTR(c.body, 1, 20000) AS body FROM page CROSS JOIN comments c \
         WHERE c.ticket_id = page.id AND {visible:comments c} ORDER BY c.id LIMIT 2000"
    );
    reader.all(query.ids(ids(tickets))).await
}

record! {
    /// A file that the actor reads.
    pub(super) struct File {
        pub ticket_id: TicketId,
        pub name: String,
    }
}

/// The files of these tickets that the actor reads.
pub(super) async fn files(
    reader: &mut Reader,
    actor: &Actor,
    tickets: &[TicketId],
) -> Result<Vec<File>, Error> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let query = scoped!(
        actor,
        "WITH page (id) AS (VALUES {rows}) SELECT f.ticket_id, f.name FROM page CROSS JOIN attachments f \
         WHERE f.ticket_id = page.id AND {visible:attachments f} ORDER BY f.id LIMIT 2000"
    );
    reader.all(query.ids(ids(tickets))).await
}

/// The departments that somebody works in, or whose confidences they are let into.
pub(super) async fn departments(reader: &mut Reader, me: PersonId) -> Result<Vec<i64>, Error> {
    let rows: Vec<Number> = reader
        .all(global!(
            "SELECT m.department_id AS id FROM sights m WHERE m.person_id = $1 AND (m.level IN ('view', 'edit') \
             OR EXISTS (SELECT 1 FROM confidants k WHERE k.person_id = m.person_id AND k.department_id = m.department_id)) \
             ORDER BY m.department_id",
            me
        ))
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

record! {
    /// A category, its department and the names of both.
    pub(super) struct Place {
        pub id: CategoryId,
        pub parent_id: Option<CategoryId>,
        pub name: String,
        pub department_id: DepartmentId,
        pub department: String,
    }
}

/// Every department and category, those that are closed too: old tickets stand there.
pub(super) async fn places(reader: &mut Reader) -> Result<Vec<Place>, Error> {
    reader
        .all(global!(
            "SELECT c.id, c.parent_id, c.name, c.department_id, d.name AS department FROM categories c \
             JOIN departments d ON d.id = c.department_id ORDER BY c.id"
        ))
        .await
}

record! {
    /// Somebody who was found.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Person {
        /// Who.
        pub id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// Where they work.
        pub site: Option<String>,
    }
}

/// The first word after all that begin so.
fn past(beginning: &str) -> String {
    format!("{beginning}\u{10ffff}")
}

fn named(word: &str) -> Condition {
    cond!(
        "p.id IN (SELECT w.person_id FROM person_words w WHERE w.word >= ? AND w.word < ?)",
        word,
        past(word)
    )
}

/// People whom the actor may look for and whose names or addresses begin with each of these words, in
/// the order they were added.
pub(super) async fn people(
    reader: &mut Reader,
    actor: &Actor,
    words: &[String],
    limit: i64,
) -> Result<Vec<Person>, Error> {
    let mut query = scoped!(
        actor,
        "SELECT p.id, p.name, p.email, l.name AS site FROM people p \
         LEFT JOIN locations l ON l.id = p.location_id WHERE p.disabled_at IS NULL AND {visible:people p}{more}{tail}"
    );
    for word in words {
        query = query.and(named(word));
    }
    reader
        .all(query.tail(tail!("ORDER BY p.id LIMIT ?", limit)))
        .await
}

/// Everybody so named, for the field that filters by them; disabled people asked, too.
pub(super) async fn everybody_named(
    reader: &mut Reader,
    words: &[String],
    limit: i64,
) -> Result<Vec<i64>, Error> {
    let mut query = global!("SELECT p.id FROM people p WHERE p.id > 0{more}{tail}");
    for word in words {
        query = query.and(named(word));
    }
    let rows: Vec<Number> = reader
        .all(query.tail(tail!("ORDER BY p.id LIMIT ?", limit)))
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
