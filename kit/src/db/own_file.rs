//! A file of SQLite for one test, and questions to it.

use std::path::PathBuf;
use std::sync::Arc;

use rusqlite::Connection;

use super::near::Shelf;
use super::value::records;
use super::{Query, Shape, Value};
use crate::error::Error;
use crate::record;

record! {
    #[derive(Debug, PartialEq)]
    pub(super) struct Two { pub(super) a: i64, pub(super) b: i64 }
}

pub(super) fn query(text: &str, args: Vec<Value>) -> Query {
    Query {
        text: text.to_owned(),
        args,
        scoped: false,
    }
}

/// A shelf over an empty file of its own, which goes with the guard.
pub(super) struct OwnFile(pub(super) PathBuf);

impl OwnFile {
    pub(super) fn shelf(name: &str) -> (OwnFile, Arc<Shelf>) {
        let path =
            std::env::temp_dir().join(format!("vigie-near-{}-{name}.db", std::process::id()));
        Connection::open(&path)
            .and_then(|c| {
                c.execute_batch("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)")
            })
            .expect("a file of SQLite");
        (OwnFile(path.clone()), Shelf::of(path))
    }
}

impl Drop for OwnFile {
    fn drop(&mut self) {
        // A file left in the temporary folder harms nobody.
        let _ = std::fs::remove_file(&self.0);
    }
}

pub(super) async fn two(shelf: &Arc<Shelf>, query: Query) -> Result<Vec<Two>, Error> {
    records(shelf.ask(query, 1, Shape::of::<Two>()).await?)
}

/// Takes longer than a thread of a request may.
pub(super) const LONG_COUNT: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) \
    SELECT COUNT(*) AS a, MAX(i) AS b FROM n";
