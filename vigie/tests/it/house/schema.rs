//! The schema: the same on both engines, each table owned, each reference kept and found quickly.

use std::collections::{BTreeMap, BTreeSet};

use kit::db::tables::{GLOBAL, SCOPED};
use kit::db::{Ask, Db, Engine};
use kit::{global, record};

use crate::world::Scratch;

/// Columns that end in `_id` and point to no row.
const NO_REFERENCE: &[(&str, &str)] = &[
    (
        "acts_by_rank.ticket_id",
        "a reference would hold the ticket's row while the journal is told",
    ),
    (
        "acts_by_rank.department_id",
        "the ticket's, which needs no second look",
    ),
    (
        "departments.default_category_id",
        "the category points back: two references in a circle could not be inserted",
    ),
    (
        "mailboxes.client_id",
        "the name of an application at a provider, which is a text",
    ),
    (
        "incoming_mails.message_id",
        "the Message-ID of the letter, which is a text",
    ),
    (
        "outgoing_mails.message_id",
        "the Message-ID of the letter, which is a text",
    ),
    (
        "search_documents.ticket_id",
        "a reference would hold the ticket's row while it is indexed",
    ),
    (
        "search_queue.ticket_id",
        "a reference would hold the ticket's row while it is indexed",
    ),
    (
        "search_queue.person_id",
        "a reference would hold the person's row while they are indexed",
    ),
];

/// Tables whose rows nobody edits from what they saw, so that no version is compared.
const NO_VERSION: &[(&str, &str)] = &[
    ("absences", "the desk's own notes"),
    ("acts_by_rank", "the desk's own notes"),
    ("api_tokens", "made once, revoked once"),
    ("applied_migrations", "written once"),
    ("attachments", "written once"),
    (
        "article_categories",
        "there or not there, under their article's version",
    ),
    ("article_texts", "written once"),
    ("article_tickets", "there or not there"),
    ("audit_entries", "only ever added"),
    ("audit_head", "the desk's own notes"),
    ("daily_report_contents", "under the report's version"),
    ("draft_files", "written once"),
    ("notifications", "the desk's own notes"),
    ("bulk_runs", "done once, undone once"),
    (
        "category_members",
        "there or not there, under their department's version",
    ),
    (
        "confidants",
        "let in or not, under their category's version",
    ),
    ("events", "history is written once"),
    ("giving_turns", "the desk's own notes"),
    ("filter_counts", "the desk's own notes"),
    ("idempotency_keys", "the desk's own notes"),
    ("incoming_mails", "moved by jobs under their lease"),
    ("jobs", "moved under their lease"),
    ("list_settings", "one's own; the last choice stands"),
    ("locations", "no verb edits one yet"),
    ("mailbox_connections", "begun once, ended once"),
    ("mailbox_letters", "the desk's own notes"),
    ("mailbox_states", "the desk's own notes"),
    ("mentions", "there or not there"),
    ("mailed_codes", "made once, used once"),
    ("spent_mail_links", "a link is used once"),
    ("mentors", "there or not there"),
    ("merges", "made once, undone once"),
    ("monitoring_levels", "under monitoring's version"),
    ("one_time_links", "made once, used once"),
    ("organizations", "no verb edits one yet"),
    (
        "offered_domains",
        "there or not there, under their department's version",
    ),
    (
        "offered_locations",
        "there or not there, under their department's version",
    ),
    (
        "offered_organizations",
        "there or not there, under their department's version",
    ),
    ("outgoing_mails", "moved by jobs under their lease"),
    ("participants", "there or not there"),
    (
        "suppressed_addresses",
        "there until it is lifted; what is said of it counts up by itself",
    ),
    ("passkey_challenges", "made once, used once"),
    ("reading_floors", "one's own; the last choice stands"),
    (
        "permanent_invitees",
        "there or not there, under their department's version",
    ),
    ("person_addresses", "there or not there"),
    ("person_words", "made anew from the person"),
    ("plain_letters", "written by a migration"),
    ("search_documents", "made anew from the ticket"),
    ("search_queue", "the desk's own notes"),
    ("refused_requests", "the desk's own notes"),
    ("recovery_codes", "made once, used once"),
    ("second_factors", "made, confirmed once, taken away"),
    (
        "served_locations",
        "there or not there, under their agent's version",
    ),
    (
        "served_organizations",
        "there or not there, under their agent's version",
    ),
    ("sessions", "the desk's own notes"),
    ("sights", "kept by triggers"),
    ("sign_in_attempts", "the desk's own notes"),
    ("sign_in_halves", "made once, used once"),
    ("tags", "a word is written once"),
    (
        "team_departments",
        "there or not there, under their team's version",
    ),
    (
        "team_members",
        "there or not there, under their team's version",
    ),
    ("ticket_counts", "kept by triggers"),
    ("ticket_assets", "there or not there"),
    ("ticket_links", "there or not there"),
    ("ticket_tags", "there or not there"),
    ("advice_requests", "there or not there"),
    ("time_entries", "written once, taken back by its writer"),
];

/// One column: its type in the field's words, and whether NULL may stand in it.
type Columns = BTreeMap<String, (String, bool)>;

record! { struct ColumnRow { name: String, kind: String, is_nullable: bool } }
record! { struct Reference { source: String, target: String } }
record! { struct First { name: String } }

async fn columns(db: &Db, table: &str) -> Columns {
    let query = match db.engine() {
        // A key may hold NULL in SQLite unless it says not: `pk` is taken as a promise here.
        Engine::Sqlite => global!(
            "SELECT name, type AS kind, (\"notnull\" = 0 AND pk = 0) AS is_nullable FROM pragma_table_info($1)",
            table
        ),
        Engine::Postgres => global!(
            "SELECT CAST(column_name AS TEXT) AS name, CAST(data_type AS TEXT) AS kind, is_nullable = 'YES' AS is_nullable \
             FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1",
            table
        ),
    };
    let rows: Vec<ColumnRow> = db.read().all(query).await.unwrap();
    rows.into_iter()
        .map(|row| {
            let kind = match row.kind.to_ascii_lowercase().as_str() {
                "bigint" | "integer" => "number",
                "text" => "text",
                "boolean" => "yes or no",
                "blob" | "bytea" => "bytes",
                other => panic!(
                    "{table}.{} is a {other}, which the engines do not share",
                    row.name
                ),
            };
            (row.name, (kind.to_owned(), row.is_nullable))
        })
        .collect()
}

/// Column → table it points to.
async fn references(db: &Db, table: &str) -> BTreeMap<String, String> {
    let query = match db.engine() {
        Engine::Sqlite => global!(
            "SELECT \"from\" AS source, \"table\" AS target FROM pragma_foreign_key_list($1)",
            table
        ),
        Engine::Postgres => global!(
            "SELECT CAST(a.attname AS TEXT) AS source, CAST(r.relname AS TEXT) AS target FROM pg_constraint k \
             JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid \
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] \
             WHERE k.contype = 'f' AND c.relname = $1",
            table
        ),
    };
    let rows: Vec<Reference> = db.read().all(query).await.unwrap();
    rows.into_iter().map(|r| (r.source, r.target)).collect()
}

/// The first column of each index, the key's too.
async fn indexed(db: &Db, table: &str) -> BTreeSet<String> {
    let query = match db.engine() {
        Engine::Sqlite => global!(
            "SELECT i.name FROM pragma_index_list($1) l JOIN pragma_index_info(l.name) i WHERE i.seqno = 0 \
             UNION SELECT name FROM pragma_table_info($1) WHERE pk = 1",
            table
        ),
        Engine::Postgres => global!(
            "SELECT CAST(a.attname AS TEXT) AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid \
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] WHERE c.relname = $1",
            table
        ),
    };
    let rows: Vec<First> = db.read().all(query).await.unwrap();
    rows.into_iter().map(|r| r.name).collect()
}

async fn walks(db: &Db) -> BTreeMap<String, BTreeSet<String>> {
    record! { struct Part { walk: String, name: String } }
    let query = match db.engine() {
        Engine::Sqlite => global!(
            "SELECT l.name AS walk, i.name FROM pragma_index_list($1) l JOIN pragma_index_info(l.name) i \
             WHERE i.name IS NOT NULL",
            "tickets"
        ),
        Engine::Postgres => global!(
            "SELECT CAST(x.relname AS TEXT) AS walk, CAST(a.attname AS TEXT) AS name FROM pg_index i \
             JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid \
             JOIN pg_attribute a ON a.attrelid = i.indexrelid WHERE c.relname = $1",
            "tickets"
        ),
    };
    let parts: Vec<Part> = db.read().all(query).await.unwrap();
    let mut walks: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for part in parts {
        walks.entry(part.walk).or_default().insert(part.name);
    }
    walks
}

struct Schema {
    walks: BTreeMap<String, BTreeSet<String>>,
    columns: BTreeMap<String, Columns>,
    references: BTreeMap<String, BTreeMap<String, String>>,
    indexed: BTreeMap<String, BTreeSet<String>>,
}

async fn schema(engine: Option<String>) -> Schema {
    let scratch = Scratch::make(engine, "schema").await;
    let db = Db::open(&scratch.place).await.unwrap();
    let mut schema = Schema {
        walks: walks(&db).await,
        columns: BTreeMap::new(),
        references: BTreeMap::new(),
        indexed: BTreeMap::new(),
    };
    for table in db.table_names().await.unwrap() {
        schema
            .columns
            .insert(table.clone(), columns(&db, &table).await);
        schema
            .references
            .insert(table.clone(), references(&db, &table).await);
        schema
            .indexed
            .insert(table.clone(), indexed(&db, &table).await);
    }
    db.close().await;
    scratch.remove().await;
    schema
}

/// Looks at the schema of each engine at hand.
fn of_each_engine(look: impl Fn(&[Schema])) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let schemas = runtime.block_on(async {
        let mut all = vec![];
        for engine in Scratch::engines() {
            all.push(schema(engine).await);
        }
        all
    });
    look(&schemas);
}

#[test]
fn both_engines_end_with_the_same_tables_columns_and_references() {
    of_each_engine(|schemas| {
        let first = &schemas[0];
        assert!(
            first.columns["tickets"]["assignee_id"].1,
            "nobody may be in charge"
        );
        assert!(
            !first.columns["tickets"]["requester_id"].1,
            "somebody asked"
        );
        for other in &schemas[1..] {
            assert_eq!(first.columns, other.columns);
            assert_eq!(first.references, other.references);
        }
    });
}

#[test]
fn every_table_is_listed_as_somebodys_or_as_the_desks() {
    of_each_engine(|schemas| {
        let listed: BTreeSet<&str> = SCOPED.iter().chain(GLOBAL).copied().collect();
        assert_eq!(
            listed.len(),
            SCOPED.len() + GLOBAL.len(),
            "a table stands in both lists"
        );
        for schema in schemas {
            let found: BTreeSet<&str> = schema.columns.keys().map(String::as_str).collect();
            assert_eq!(found, listed, "kit/src/db/tables.rs");
        }
    });
}

#[test]
fn every_reference_is_kept_and_has_an_index_that_begins_with_it() {
    of_each_engine(|schemas| {
        let mut faults = vec![];
        for schema in schemas {
            for (table, columns) in &schema.columns {
                for column in columns.keys().filter(|c| c.ends_with("_id")) {
                    let name = format!("{table}.{column}");
                    let is_excused = NO_REFERENCE.iter().any(|(excused, _)| *excused == name);
                    match (schema.references[table].get(column), is_excused) {
                        (None, false) => faults.push(format!("{name} points to nothing")),
                        (Some(_), true) => {
                            faults.push(format!("{name} has its reference: strike the excuse"))
                        }
                        _ => {}
                    }
                }
                for (column, target) in &schema.references[table] {
                    if !schema.indexed[table].contains(column) {
                        faults.push(format!("{table}.{column} → {target} has no index"));
                    }
                }
            }
        }
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    });
}

#[test]
fn every_row_people_edit_carries_a_version() {
    of_each_engine(|schemas| {
        let mut faults = vec![];
        for schema in schemas {
            for (table, columns) in &schema.columns {
                let is_excused = NO_VERSION.iter().any(|(excused, _)| excused == table);
                match (columns.contains_key("version"), is_excused) {
                    (false, false) => faults.push(format!("{table} has no version and no reason")),
                    (true, true) => {
                        faults.push(format!("{table} has a version: strike its reason"))
                    }
                    _ => {}
                }
            }
        }
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    });
}

/// Otherwise each row a walk passes over is fetched to be judged, which shows nowhere but in how long a large desk takes.
#[test]
fn what_a_list_walks_holds_all_that_decides_who_sees_a_row() {
    const DECIDES: [&str; 4] = [
        "department_id",
        "assignee_id",
        "requester_id",
        "confidential_id",
    ];
    const WALKED: [&str; 8] = [
        "tickets_by_activity",
        "tickets_by_stage_activity",
        "tickets_by_state_activity",
        "tickets_by_stage_number",
        "tickets_by_stage_priority",
        "tickets_by_priority",
        "tickets_by_assignee",
        "tickets_by_department_activity",
    ];
    of_each_engine(|schemas| {
        let mut faults = vec![];
        for schema in schemas {
            for (walk, column) in WALKED
                .iter()
                .flat_map(|walk| DECIDES.iter().map(move |column| (walk, column)))
            {
                if !schema
                    .walks
                    .get(*walk)
                    .is_some_and(|it| it.contains(*column))
                {
                    faults.push(format!("{walk} lacks {column}"));
                }
            }
        }
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    });
}
