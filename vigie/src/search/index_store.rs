//! The SQL of keeping the index up to date, for which no person stands.

use kit::clock::Moment;
use kit::db::{Ask, Reader, Tx, Value};
use kit::error::Error;
use kit::{global, record, system};

use super::document::{Document, Participant, Tag, Text, Ticket};
use crate::people::PersonId;
use crate::tickets::TicketId;

/// The setting that remembers by which analyser the index was made.
const ANALYSER: &str = "search_analyser";
/// Rows of the queue that a rebuild writes stand far below those of changes, tickets below people:
/// the queue is emptied from its top, so that changes come first, then the newest tickets.
const REBUILD: i64 = 4_000_000_000_000_000_000;
/// The lock of whoever empties the queue.
const INDEXER: i64 = 7_620_542;

record! { struct Number { id: i64 } }

fn rows(tickets: &[TicketId]) -> Vec<Vec<Value>> {
    tickets.iter().map(|t| vec![Value::from(*t)]).collect()
}

record! {
    /// What waits to be indexed.
    pub(super) struct Waiting {
        pub id: i64,
        pub ticket_id: Option<TicketId>,
        pub person_id: Option<PersonId>,
    }
}

/// Whether anything waits.
pub(super) async fn is_anything_waiting(reader: &mut Reader) -> Result<bool, Error> {
    let row: Option<Number> = reader
        .maybe(global!("SELECT id FROM search_queue LIMIT 1"))
        .await?;
    Ok(row.is_some_and(|row| row.id != 0))
}

/// What waits, the latest change first; `None` when somebody else is at it.
pub(super) async fn waiting(tx: &mut Tx, limit: i64) -> Result<Option<Vec<Waiting>>, Error> {
    if !tx.is_alone(INDEXER).await? {
        return Ok(None);
    }
    let query = global!(
        "SELECT id, ticket_id, person_id FROM search_queue ORDER BY id DESC LIMIT $1",
        limit
    );
    tx.all(query).await.map(Some)
}

/// Strikes these from the queue, with whatever else was noted of them until now: their content is
/// read after this, and what changes later is noted again.
pub(super) async fn strike(
    tx: &mut Tx,
    tickets: &[TicketId],
    people: &[PersonId],
) -> Result<(), Error> {
    if !tickets.is_empty() {
        let query = global!("DELETE FROM search_queue WHERE ticket_id IN (VALUES {rows})");
        tx.run(query.rows(rows(tickets))).await?;
    }
    if !people.is_empty() {
        let query = global!("DELETE FROM search_queue WHERE person_id IN (VALUES {rows})");
        let rows = people.iter().map(|p| vec![Value::from(*p)]).collect();
        tx.run(query.rows(rows)).await?;
    }
    Ok(())
}

macro_rules! content {
    ($(#[$meta:meta])* $name:ident, $record:ident, $text:literal) => {
        $(#[$meta])*
        pub(super) async fn $name(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<$record>, Error> {
            let query = system!(
                because = "the index is made for everybody, before anybody asks it",
                $text
            );
            tx.all(query.rows(rows(tickets))).await
        }
    };
}
content!(
    /// These tickets.
    tickets_to_index,
    Ticket,
    "WITH page (id) AS (VALUES {rows}) SELECT t.id, t.subject, t.state, t.department_id, t.category_id, \
     t.requester_id, r.name AS requester, t.assignee_id, t.created_at FROM page CROSS JOIN tickets t \
     JOIN people r ON r.id = t.requester_id WHERE t.id = page.id"
);
content!(
    /// Their comments, oldest first.
    comments_to_index,
    Text,
    "WITH page (id) AS (VALUES {rows}) SELECT c.ticket_id, c.audience, c.body AS text FROM page \
     CROSS JOIN comments c WHERE c.ticket_id = page.id ORDER BY c.id"
);
content!(
    /// The names of their files.
    files_to_index,
    Text,
    "WITH page (id) AS (VALUES {rows}) SELECT f.ticket_id, c.audience, f.name AS text FROM page \
     CROSS JOIN attachments f JOIN comments c ON c.id = f.comment_id WHERE f.ticket_id = page.id ORDER BY f.id"
);
content!(
    /// Who else is on them.
    participants_to_index,
    Participant,
    "WITH page (id) AS (VALUES {rows}) SELECT p.ticket_id, p.person_id, p.kind FROM page \
     CROSS JOIN participants p WHERE p.ticket_id = page.id ORDER BY p.person_id, p.kind"
);

content!(
    /// Their tags.
    tags_to_index,
    Tag,
    "WITH page (id) AS (VALUES {rows}) SELECT k.ticket_id, g.name FROM page CROSS JOIN ticket_tags k \
     JOIN tags g ON g.id = k.tag_id WHERE k.ticket_id = page.id ORDER BY g.id"
);

/// Puts these documents in the place of those that these tickets had.
pub(super) async fn replace(
    tx: &mut Tx,
    tickets: &[TicketId],
    documents: &[(TicketId, Moment, Document)],
) -> Result<(), Error> {
    let query = system!(
        because = "the index is made for everybody, before anybody asks it",
        "DELETE FROM search_documents WHERE ticket_id IN (VALUES {rows})"
    );
    tx.run(query.rows(rows(tickets))).await?;
    for (ticket, created_at, document) in documents {
        tx.run(system!(
            because = "the index is made for everybody, before anybody asks it",
            "INSERT INTO search_documents (id, ticket_id, audience, heads, created_at) VALUES ($1, $2, $3, $4, $5)",
            document.id,
            *ticket,
            document.audience,
            &document.heads,
            *created_at,
        ))
        .await?;
        tx.index("search_index", document.id, &document.indexed)
            .await?;
    }
    Ok(())
}

record! {
    /// What somebody is found by.
    pub(super) struct Findable {
        pub id: PersonId,
        pub name: String,
        pub email: String,
        pub login: Option<String>,
    }
}

/// These people.
pub(super) async fn people_to_index(
    tx: &mut Tx,
    people: &[PersonId],
) -> Result<Vec<Findable>, Error> {
    let query = global!(
        "WITH page (id) AS (VALUES {rows}) SELECT p.id, p.name, p.email, p.login FROM page \
         CROSS JOIN people p WHERE p.id = page.id AND p.merged_into_id IS NULL"
    );
    let rows = people.iter().map(|p| vec![Value::from(*p)]).collect();
    tx.all(query.rows(rows)).await
}

record! {
    /// A further address of somebody.
    pub(super) struct Further {
        pub person_id: PersonId,
        pub email: String,
    }
}

/// Their further addresses.
pub(super) async fn further_addresses(
    tx: &mut Tx,
    people: &[PersonId],
) -> Result<Vec<Further>, Error> {
    let query = global!(
        "WITH page (id) AS (VALUES {rows}) SELECT d.person_id, d.email FROM page \
         CROSS JOIN person_addresses d WHERE d.person_id = page.id"
    );
    let rows = people.iter().map(|p| vec![Value::from(*p)]).collect();
    tx.all(query.rows(rows)).await
}

/// Puts these words in the place of those that somebody had.
pub(super) async fn replace_words(
    tx: &mut Tx,
    person: PersonId,
    words: impl IntoIterator<Item = String>,
) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM person_words WHERE person_id = $1",
        person
    ))
    .await?;
    let rows: Vec<Vec<Value>> = words
        .into_iter()
        .map(|word| vec![Value::from(word), Value::from(person)])
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let query = global!("INSERT INTO person_words (word, person_id) VALUES {rows}");
    tx.run(query.rows(rows)).await.map(|_| ())
}

/// Notes everything to be indexed again when the index was made by another analyser, or never.
pub(super) async fn begin_rebuild(tx: &mut Tx, analyser: i64) -> Result<bool, Error> {
    record! { struct Setting { value: String } }
    let analyser = analyser.to_string();
    let kept: Option<Setting> = tx
        .maybe(global!(
            "SELECT value FROM settings WHERE key = $1",
            ANALYSER
        ))
        .await?;
    if kept.is_some_and(|kept| kept.value == analyser) {
        return Ok(false);
    }
    tx.run(global!(
        "INSERT INTO settings (key, value) VALUES ($1, $2) \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = settings.version + 1",
        ANALYSER,
        analyser
    ))
    .await?;
    tx.run(system!(
        because = "the index is made for everybody, before anybody asks it",
        "INSERT INTO search_queue (id, ticket_id) SELECT t.id - $1, t.id FROM tickets t WHERE TRUE \
         ON CONFLICT (id) DO NOTHING",
        REBUILD
    ))
    .await?;
    tx.run(global!(
        "INSERT INTO search_queue (id, person_id) SELECT p.id - $1, p.id FROM people p WHERE TRUE \
         ON CONFLICT (id) DO NOTHING",
        REBUILD / 2
    ))
    .await?;
    Ok(true)
}

/// Forgets what waits to be read into the index.
pub(super) async fn forget_queue(tx: &mut Tx) -> Result<(), Error> {
    tx.run(global!("DELETE FROM search_queue WHERE TRUE"))
        .await
        .map(|_| ())
}

/// Folds the index together, after a great many documents.
pub(super) async fn fold(tx: &mut Tx) -> Result<(), Error> {
    tx.fold_index("search_index").await
}

/// Folds it together by a little, so that others write in between; whether there may be more to do.
pub(super) async fn fold_further(tx: &mut Tx, is_first: bool) -> Result<bool, Error> {
    tx.fold_index_further("search_index", is_first).await
}
