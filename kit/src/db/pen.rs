//! Changing SQLite where one stands: the one connection that writes a file, and whoever has it.
//!
//! A statement of a change costs SQLite some microseconds, less than it costs to wake a thread for it and to be woken
//! when it is done (decisions 0010 and 0077). So it runs on the thread of whoever changes. Two things wait for the disk or
//! may take long and run on a thread that may: keeping a change, and a statement that was long once.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement, StatementStatus};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::Query;
use super::near::{Fault, LOOKS, STEPS, bound, failed, gathered};
use super::value::{Rows, Shape};
use crate::error::Error;

/// How long a change waits for its turn in this program.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it waits for another program that writes the same file.
const PATIENCE_WITH_OTHERS: Duration = Duration::from_secs(10);
/// A statement that took more steps of SQLite's machine than this runs aside from then on: others on its thread were held up
/// for some milliseconds, as long as a question may take there.
const LONG: i64 = STEPS as i64 * LOOKS;
/// How many such statements are remembered.
const MOST_LONG: usize = 1024;
/// How many pages the log may have before they are written into the file, which waits for the disk twice: 16 MiB, some
/// hundred letters made tickets.
const LOG_PAGES: i64 = 4000;

/// The one connection that writes a file. Cheap to share.
#[derive(Debug)]
pub(super) struct Writer {
    path: PathBuf,
    turn: Arc<Mutex<Slot>>,
    long: Lock<HashSet<u64>>,
}

#[derive(Debug)]
enum Slot {
    Open(Connection),
    Closed,
}

/// Whoever has the connection, in a change that is under way. Dropping it undoes the change.
pub(super) struct Pen {
    slot: OwnedMutexGuard<Slot>,
    writer: Arc<Writer>,
}

impl Writer {
    /// Opens the file, and makes it when there is none.
    pub(super) async fn open(path: &Path) -> Result<Arc<Writer>, Error> {
        let path = path.to_owned();
        let opened = path.clone();
        let connection = aside(move || connect(&opened)).await?;
        Ok(Arc::new(Writer {
            path,
            turn: Arc::new(Mutex::new(Slot::Open(connection))),
            long: Lock::default(),
        }))
    }

    /// Waits for its turn.
    async fn take(self: &Arc<Self>) -> Result<Pen, Error> {
        let turn = tokio::time::timeout(PATIENCE, self.turn.clone().lock_owned()).await;
        let slot = turn.map_err(|_| {
            tracing::error!(path = %self.path.display(), "a change waited too long for the one before");
            Error::Down("database")
        })?;
        Ok(Pen {
            slot,
            writer: self.clone(),
        })
    }

    /// Begins a change with this text.
    pub(super) async fn begin(self: &Arc<Self>, text: &'static str) -> Result<Pen, Error> {
        let pen = self.take().await?;
        match pen.batch(text, Duration::ZERO) {
            Err(cause) if cause.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                aside(move || match pen.batch(text, PATIENCE_WITH_OTHERS) {
                    Ok(()) => Ok(pen),
                    Err(cause) => Err(failed(text, cause)),
                })
                .await
            }
            Err(cause) => Err(failed(text, cause)),
            Ok(()) => Ok(pen),
        }
    }

    /// Runs a text outside of any change.
    pub(super) async fn run(self: &Arc<Self>, text: &'static str) -> Result<(), Error> {
        let pen = self.take().await?;
        aside(move || {
            pen.batch(text, PATIENCE_WITH_OTHERS)
                .map_err(|cause| failed(text, cause))
        })
        .await
    }

    /// Waits for the change that is under way and closes the file.
    pub(super) async fn close(&self) {
        let mut slot = self.turn.clone().lock_owned().await;
        // Closing may write what the log holds into the file.
        let _ = tokio::task::spawn_blocking(move || *slot = Slot::Closed).await;
    }

    fn is_long(&self, text: &str) -> bool {
        let long = self.long.lock().unwrap_or_else(PoisonError::into_inner);
        !long.is_empty() && long.contains(&hash(text))
    }

    /// Remembers this text where it took long.
    fn learn(&self, text: &str, statement: &Statement<'_>) {
        let steps = statement.reset_status(StatementStatus::VmStep);
        if i64::from(steps) <= LONG {
            return;
        }
        let mut long = self.long.lock().unwrap_or_else(PoisonError::into_inner);
        if long.len() >= MOST_LONG {
            long.clear();
        }
        long.insert(hash(text));
    }
}

impl Pen {
    /// Rows of an answer, of which at most `limit` are kept; the statement is stepped to its end, or an
    /// `INSERT … RETURNING` would not be done.
    pub(super) async fn rows(
        self,
        query: Query,
        limit: usize,
        shape: Shape,
    ) -> (Option<Pen>, Result<Rows, Error>) {
        self.on(query, move |pen, query| pen.rows_now(query, limit, shape))
            .await
    }

    /// Runs a change and says how many rows it touched.
    pub(super) async fn change(self, query: Query) -> (Option<Pen>, Result<u64, Error>) {
        self.on(query, Pen::change_now).await
    }

    /// Keeps what was changed.
    pub(super) async fn commit(self) -> Result<(), Error> {
        aside(move || {
            let kept = self.connection()?.execute_batch("COMMIT");
            kept.map_err(|cause| failed("COMMIT", cause))
        })
        .await
    }

    /// Does something with a statement, here or aside. The pen comes back unless the program is ending.
    async fn on<T: Send + 'static>(
        self,
        query: Query,
        act: impl FnOnce(&Pen, &Query) -> Result<T, Error> + Send + 'static,
    ) -> (Option<Pen>, Result<T, Error>) {
        if !self.writer.is_long(&query.text) {
            let done = act(&self, &query);
            return (Some(self), done);
        }
        let acting = tokio::task::spawn_blocking(move || {
            let done = act(&self, &query);
            (self, done)
        });
        match acting.await {
            Ok((pen, done)) => (Some(pen), done),
            Err(error) => (None, Err(Error::bug(error))),
        }
    }

    fn rows_now(&self, query: &Query, limit: usize, shape: Shape) -> Result<Rows, Error> {
        let connection = self.connection()?;
        let rows = || -> Result<Rows, Fault> {
            let mut statement = connection.prepare_cached(&query.text)?;
            bound(&mut statement, query)?;
            let rows = gathered(&mut statement, limit, shape, true);
            self.writer.learn(&query.text, &statement);
            rows
        };
        rows().map_err(|fault| fault.of(&query.text))
    }

    fn change_now(&self, query: &Query) -> Result<u64, Error> {
        let connection = self.connection()?;
        let change = || -> Result<u64, Fault> {
            let mut statement = connection.prepare_cached(&query.text)?;
            bound(&mut statement, query)?;
            let mut rows = statement.raw_query();
            while rows.next()?.is_some() {}
            drop(rows);
            self.writer.learn(&query.text, &statement);
            Ok(connection.changes())
        };
        change().map_err(|fault| fault.of(&query.text))
    }

    /// The connection, in a change. SQLite undoes one by itself when its disk is full; what came after it would then be
    /// kept statement by statement.
    fn connection(&self) -> Result<&Connection, Error> {
        match &*self.slot {
            Slot::Open(connection) if !connection.is_autocommit() => Ok(connection),
            Slot::Open(_) | Slot::Closed => Err(Error::Down("database")),
        }
    }

    fn batch(&self, text: &str, patience: Duration) -> rusqlite::Result<()> {
        match &*self.slot {
            Slot::Open(connection) => {
                connection.busy_timeout(patience)?;
                connection.execute_batch(text)
            }
            Slot::Closed => Err(rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN),
                None,
            )),
        }
    }
}

impl Drop for Pen {
    /// Undoes what was not kept.
    fn drop(&mut self) {
        let Slot::Open(connection) = &*self.slot else {
            return;
        };
        if connection.is_autocommit() {
            return;
        }
        if let Err(cause) = connection.execute_batch("ROLLBACK") {
            tracing::warn!(%cause, "a change could not be undone; the file is opened again");
            match connect(&self.writer.path) {
                Ok(connection) => *self.slot = Slot::Open(connection),
                Err(error) => tracing::error!(%error, "the file cannot be opened again"),
            }
        }
    }
}

fn connect(path: &Path) -> Result<Connection, Error> {
    let open = || -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE_WITH_OTHERS)?;
        connection.set_prepared_statement_cache_capacity(256);
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        // It answers with the mode it has now.
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        // FULL, because what we acknowledged must survive a power cut; NORMAL would lose it.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", -8000)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        // It answers with the number.
        connection.pragma_update_and_check(None, "wal_autocheckpoint", LOG_PAGES, |_| Ok(()))?;
        Ok(connection)
    };
    open().map_err(|cause| failed("open", cause))
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Does something that may wait on a thread that may.
async fn aside<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(act).await.map_err(Error::bug)?
}

#[cfg(test)]
mod tests {
    use super::super::value::records;
    use super::super::{FromRow, Value};
    use super::*;
    use crate::record;

    record! {
        #[derive(Debug, PartialEq)]
        struct Count { n: i64 }
    }

    const BEGIN: &str = "BEGIN IMMEDIATE";
    const ADD: &str = "INSERT INTO people (name) VALUES ($1)";

    fn query(text: &str, args: Vec<Value>) -> Query {
        Query {
            text: text.to_owned(),
            args,
            scoped: false,
        }
    }

    /// A writer of a file of its own, which goes with the guard.
    struct OwnFile(PathBuf);
    impl OwnFile {
        async fn writer(name: &str) -> (OwnFile, Arc<Writer>) {
            let path =
                std::env::temp_dir().join(format!("vigie-pen-{}-{name}.db", std::process::id()));
            let writer = Writer::open(&path).await.expect("a file of SQLite");
            writer
                .run("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)")
                .await
                .expect("a table");
            (OwnFile(path), writer)
        }
    }
    impl Drop for OwnFile {
        fn drop(&mut self) {
            // A file left in the temporary folder harms nobody.
            let _ = ["", "-wal", "-shm"]
                .map(|end| std::fs::remove_file(format!("{}{end}", self.0.display())));
        }
    }

    async fn changed(pen: Pen, text: &str, args: Vec<Value>) -> (Pen, Result<u64, Error>) {
        let (pen, touched) = pen.change(query(text, args)).await;
        (pen.expect("it comes back"), touched)
    }

    async fn asked<T: FromRow>(pen: Pen, text: &str) -> (Pen, Vec<T>) {
        let asking = pen.rows(query(text, vec![]), usize::MAX, Shape::of::<T>());
        let (pen, rows) = asking.await;
        let rows = records(rows.expect("an answer")).expect("records");
        (pen.expect("it comes back"), rows)
    }

    /// How many people are kept.
    async fn kept(writer: &Arc<Writer>) -> i64 {
        let pen = writer.begin(BEGIN).await.expect("its turn");
        let (_, rows) = asked::<Count>(pen, "SELECT COUNT(*) AS n FROM people").await;
        rows[0].n
    }

    #[tokio::test]
    async fn what_is_committed_is_kept_and_what_is_dropped_is_undone() {
        let (_file, writer) = OwnFile::writer("kept").await;
        for is_kept in [true, false] {
            let pen = writer.begin(BEGIN).await.unwrap();
            let (pen, touched) = changed(pen, ADD, vec![Value::from("Zoé")]).await;
            assert_eq!(touched.unwrap(), 1);
            if is_kept {
                pen.commit().await.unwrap();
            }
        }
        assert_eq!(kept(&writer).await, 1);
    }

    #[tokio::test]
    async fn nothing_of_a_change_that_sqlite_undid_by_itself_is_kept() {
        let (_file, writer) = OwnFile::writer("undone").await;
        let pen = writer.begin(BEGIN).await.unwrap();
        let (pen, first) = changed(pen, ADD, vec![Value::from("before")]).await;
        assert!(first.is_ok());
        // As a full disk does it.
        let (pen, undone) = changed(pen, "ROLLBACK", vec![]).await;
        assert!(undone.is_ok());
        let (pen, second) = changed(pen, ADD, vec![Value::from("after")]).await;
        assert!(matches!(second, Err(Error::Down(_))), "{second:?}");
        assert!(matches!(pen.commit().await, Err(Error::Down(_))));
        assert_eq!(kept(&writer).await, 0);
    }

    #[tokio::test]
    async fn a_statement_that_was_long_once_runs_aside_and_says_the_same() {
        const LONG_COUNT: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) \
            SELECT COUNT(*) AS n FROM n";
        let (_file, writer) = OwnFile::writer("long").await;
        let pen = writer.begin(BEGIN).await.unwrap();
        assert!(!writer.is_long(LONG_COUNT));
        let (pen, first) = asked::<Count>(pen, LONG_COUNT).await;
        assert!(writer.is_long(LONG_COUNT));
        let (pen, again) = asked::<Count>(pen, LONG_COUNT).await;
        assert_eq!((&first, first[0].n), (&again, 200_000));
        let (_, short) = asked::<Count>(pen, "SELECT 1 AS n").await;
        assert_eq!((short[0].n, writer.is_long("SELECT 1 AS n")), (1, false));
    }

    #[tokio::test]
    async fn another_program_that_writes_is_waited_for_and_a_closed_file_refuses() {
        let (file, writer) = OwnFile::writer("others").await;
        let other = Connection::open(&file.0).unwrap();
        other.execute_batch(BEGIN).unwrap();
        // Asked first, while the other one writes.
        let (pen, theirs) = tokio::join!(
            writer.begin(BEGIN),
            tokio::task::spawn_blocking(move || other.execute_batch("COMMIT"))
        );
        theirs.unwrap().unwrap();
        drop(pen.unwrap());
        writer.close().await;
        assert!(matches!(writer.begin(BEGIN).await, Err(Error::Down(_))));
    }
}
