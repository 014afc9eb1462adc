//! What is taken out for good is nowhere any more: looked for in every table, index and file.

mod duplicates;
mod erasure;
mod export;
mod leaving;
mod redaction;
mod retention;

use std::collections::BTreeSet;
use std::path::Path;

use kit::db::tables::{GLOBAL, SCOPED};
use kit::db::{Ask, Engine, scratch};
use kit::{global, jobs, record};

use vigie::mail::post::Post;
use vigie::search::index::FORGET_WORDS;
use vigie::tickets::history::FORGET_FILE;

use crate::browsing::Door;
use crate::world::World;

record! { struct Reference { source: String, target: String } }

/// Every reference that the schema knows: its column with its table, and the table that it points to.
pub async fn references(w: &World) -> Vec<(String, String)> {
    let mut found = vec![];
    for table in GLOBAL.iter().chain(SCOPED) {
        let query = match w.db.engine() {
            Engine::Sqlite => global!(
                "SELECT \"from\" AS source, \"table\" AS target FROM pragma_foreign_key_list($1)",
                *table
            ),
            Engine::Postgres => global!(
                "SELECT CAST(a.attname AS TEXT) AS source, CAST(r.relname AS TEXT) AS target FROM pg_constraint k \
                 JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid \
                 JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] WHERE k.contype = 'f' AND c.relname = $1",
                *table
            ),
        };
        let rows: Vec<Reference> = w.db.read().all(query).await.unwrap();
        found.extend(
            rows.into_iter()
                .map(|row| (format!("{table}.{}", row.source), row.target)),
        );
    }
    found
}

/// Every column that names a person, as the schema knows them.
pub async fn columns_naming_people(w: &World) -> BTreeSet<String> {
    let all = references(w).await.into_iter();
    all.filter(|(_, target)| target == "people" || target == "agents")
        .map(|(column, _)| column)
        .collect()
}

/// The post of this world, which keeps files where the house does.
pub async fn post(w: &World, door: &Door) -> Post {
    Post {
        files: door.app.files.clone(),
        ..crate::mail::post(w).await
    }
}

/// Runs every job that is due, letters by this post and the rest by the house, and lets the index catch up.
pub async fn works(w: &World, door: &Door, post: &Post) {
    let app = &door.app;
    let run = |job: jobs::Claimed| async move {
        if job.kind == FORGET_FILE || job.kind == FORGET_WORDS {
            vigie::jobs::run(app.clone(), job).await
        } else {
            vigie::mail::run(post, &job).await
        }
    };
    while jobs::run_due(&app.db, &app.clock, &app.dice, &run)
        .await
        .unwrap()
        > 0
    {}
    vigie::search::index::catch_up(&w.db).await.unwrap();
}

fn in_files(folder: &Path, word: &str, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            in_files(&path, word, found);
        } else if std::fs::read(&path).is_ok_and(|bytes| holds(&bytes, word)) {
            found.push("a file".to_owned());
        }
    }
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|part| part == word.as_bytes())
}

/// Where a word stands on the desk: the tables that hold it, as text or in bytes, and "a file".
pub async fn stands(w: &World, door: &Door, word: &str) -> Vec<String> {
    let hex: String = word.bytes().map(|b| format!("{b:02x}")).collect();
    let mut found = vec![];
    for (table, line) in scratch::everything(&w.db).await.unwrap() {
        let small = line.to_lowercase();
        if small.contains(&word.to_lowercase()) || small.contains(&hex) {
            found.push(table);
        }
    }
    in_files(&door.folder.join("attachments"), word, &mut found);
    found.sort();
    found.dedup();
    found
}
