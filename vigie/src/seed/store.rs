//! The rows of a loaded desk, gathered and written many at a time.

use kit::db::{Ask, Query, Reader, Tx, Value};
use kit::error::Error;
use kit::{global, record, system};

use crate::policy::Visibility;

/// Rows of one statement. Few sizes, so that every text is prepared once; none larger, because
/// SQLite looks for each argument's name among all of a statement's (measured on 20,000 tickets:
/// 300 rows at once 11 s of processor, 32 rows 2.5 s).
const ROWS: [usize; 3] = [32, 8, 1];

/// One row of a table, in the order of the columns of its statement below.
pub(super) type Line = Vec<Value>;

/// Rows that belong to tickets, waiting to be written.
#[derive(Debug, Default)]
pub(super) struct Pile {
    pub(super) tickets: Vec<Line>,
    pub(super) participants: Vec<Line>,
    pub(super) comments: Vec<Line>,
    pub(super) attachments: Vec<Line>,
    pub(super) events: Vec<Line>,
}

macro_rules! statement {
    ($name:ident, $text:literal) => {
        fn $name(rows: Vec<Line>) -> Query {
            system!(
                because = "the desk is loaded before anybody is there to ask",
                $text
            )
            .rows(rows)
        }
    };
}

statement!(
    tickets,
    "INSERT INTO tickets (id, subject, state, stage, department_id, category_id, requester_id, \
     author_id, assignee_id, priority, origin, recall_at, comment_count, last_actor_id, last_side, \
     created_at, updated_at, closed_at, version) VALUES {rows}"
);
statement!(
    participants,
    "INSERT INTO participants (ticket_id, person_id, kind, source, added_by_id, created_at) VALUES {rows}"
);
statement!(
    comments,
    "INSERT INTO comments (id, ticket_id, author_id, audience, hat, origin, body, html, created_at) VALUES {rows}"
);
statement!(
    attachments,
    "INSERT INTO attachments (id, ticket_id, comment_id, name, media_type, size, digest, created_at) VALUES {rows}"
);
statement!(
    events,
    "INSERT INTO events (id, ticket_id, actor_id, hat, kind, audience, old_value, new_value, comment_id, at) VALUES {rows}"
);

statement!(
    assets,
    "INSERT INTO assets (id, kind, name, tag, tag_key, serial, serial_key, maker, model, state, holder_id, held_since, \
     organization_id, location_id, bought_on, warranty_until, note, words, created_at, updated_at, version) VALUES {rows}"
);
statement!(
    asset_events,
    "INSERT INTO asset_events (asset_id, version, what, new_holder_id, ticket_id, actor_id, created_at) VALUES {rows}"
);
statement!(
    ticket_assets,
    "INSERT INTO ticket_assets (ticket_id, asset_id, added_by_id, created_at) VALUES {rows}"
);
macro_rules! own_statement {
    ($name:ident, $text:literal) => {
        pub(super) fn $name(rows: Vec<Line>) -> Query {
            global!($text).rows(rows)
        }
    };
}

own_statement!(
    organizations,
    "INSERT INTO organizations (id, name) VALUES {rows}"
);
own_statement!(locations, "INSERT INTO locations (id, name) VALUES {rows}");
own_statement!(
    people,
    "INSERT INTO people (id, name, email, email_key, login, login_key, kind, language, time_zone, \
     organization_id, location_id, phone, job_title, password_hash, has_portal, created_at) VALUES {rows}"
);
own_statement!(
    agents,
    "INSERT INTO agents (person_id, role, scope, created_at) VALUES {rows}"
);
own_statement!(
    departments,
    "INSERT INTO departments (id, name, default_category_id, is_active, offered_to, created_at) VALUES {rows}"
);
own_statement!(
    offered_organizations,
    "INSERT INTO offered_organizations (department_id, organization_id) VALUES {rows}"
);
own_statement!(
    categories,
    "INSERT INTO categories (id, department_id, parent_id, name, position, is_active) VALUES {rows}"
);
own_statement!(
    memberships,
    "INSERT INTO memberships (person_id, department_id, level, privileges, is_available) VALUES {rows}"
);
own_statement!(
    channels,
    "INSERT INTO channels (id, address, name, category_id, is_active) VALUES {rows}"
);
own_statement!(
    filter_rules,
    "INSERT INTO filter_rules (name, position, is_active, senders, header_name, header_words, words, needs_file, outcome, tag_words) \
     VALUES {rows}"
);
own_statement!(
    api_tokens,
    "INSERT INTO api_tokens (person_id, name, token_hash, created_at) VALUES {rows}"
);
own_statement!(settings, "INSERT INTO settings (key, value) VALUES {rows}");

/// Writes the register: assets, their history, and which tickets are about them.
pub(super) async fn write_register(
    tx: &mut Tx,
    rows: Vec<Line>,
    lines: Vec<Line>,
    links: Vec<Line>,
) -> Result<(), Error> {
    write(tx, assets, rows).await?;
    write(tx, asset_events, lines).await?;
    write(tx, ticket_assets, links).await
}

/// Writes rows with as many statements as they need.
pub(super) async fn write(
    tx: &mut Tx,
    statement: fn(Vec<Line>) -> Query,
    mut rows: Vec<Line>,
) -> Result<(), Error> {
    for size in ROWS {
        while rows.len() >= size {
            let rest = rows.split_off(size);
            tx.run(statement(rows)).await?;
            rows = rest;
        }
    }
    Ok(())
}

/// Writes a pile, what is referred to before what refers.
pub(super) async fn write_pile(tx: &mut Tx, pile: Pile) -> Result<(), Error> {
    write(tx, tickets, pile.tickets).await?;
    write(tx, participants, pile.participants).await?;
    write(tx, comments, pile.comments).await?;
    write(tx, attachments, pile.attachments).await?;
    write(tx, events, pile.events).await
}

/// Lets whoever signs in read a ticket's public words.
pub(super) async fn show_to_everybody(tx: &mut Tx, ticket: i64) -> Result<(), Error> {
    tx.run(system!(
        because = "the desk is loaded before anybody is there to ask",
        "UPDATE tickets SET visibility = $2 WHERE id = $1",
        ticket,
        Visibility::Public
    ))
    .await
    .map(|_| ())
}

/// Makes every key that was brought along count on.
pub(super) async fn count_on(tx: &mut Tx) -> Result<(), Error> {
    for table in [
        "organizations",
        "locations",
        "people",
        "departments",
        "categories",
        "channels",
        "tickets",
        "comments",
        "attachments",
        "events",
        "assets",
    ] {
        tx.continue_counting(table).await?;
    }
    Ok(())
}

record! {
    /// How many of something there are.
    struct Count { n: i64 }
}

/// Whether anybody or any department is there already.
pub(super) async fn is_inhabited(tx: &mut Tx) -> Result<bool, Error> {
    let people: Count = tx.one(global!("SELECT COUNT(*) AS n FROM people")).await?;
    let places: Count = tx
        .one(global!("SELECT COUNT(*) AS n FROM departments"))
        .await?;
    Ok(people.n + places.n > 0)
}

record! {
    /// The value of a setting.
    struct Setting { value: String }
}

/// What was kept under `key`.
pub(super) async fn setting(reader: &mut Reader, key: &str) -> Result<Option<String>, Error> {
    let row: Option<Setting> = reader
        .maybe(global!("SELECT value FROM settings WHERE key = $1", key))
        .await?;
    Ok(row.map(|row| row.value))
}
