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
pub(super) struct Desk {
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
    desk: Arc<Desk>,
}

impl Desk {
    /// Opens the file, and makes it when there is none.
    pub(super) async fn open(path: &Path) -> Result<Arc<Desk>, Error> {
        let path = path.to_owned();
        let opened = path.clone();
        let connection = aside(move || connect(&opened)).await?;
        Ok(Arc::new(Desk {
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
            desk: self.clone(),
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
        if !self.desk.is_long(&query.text) {
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
            self.desk.learn(&query.text, &statement);
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
            self.desk.learn(&query.text, &statement);
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
            match connect(&self.desk.path) {
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
