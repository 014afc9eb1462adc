//! The only room that knows a database library: two engines behind one seam. PostgreSQL is asked by sqlx, SQLite by
//! rusqlite: read by `near`, changed by `pen`.
//!
//! `db.read()` gives a [`Reader`] that cannot write, `db.write()` a [`Tx`]. A `Tx` that is dropped
//! undoes everything; `commit` is the only way to keep, and only then its hints leave.

pub mod dialect;
mod eyes;
pub mod full_text;
mod glance;
pub mod like;
mod matching;
pub mod migrate;
mod near;
#[cfg(test)]
mod own_file;
mod pen;
pub mod scratch;
pub mod sql;
pub mod tables;
pub mod value;
mod warm;

pub use dialect::Engine;
use dialect::Keeping;
pub use full_text::Indexed;
pub use glance::Glance;
pub use matching::Matching;
pub use sql::{Condition, Query};
pub use value::{Column, FromRow, Row, Rows, Shape, Value};

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
use sqlx::AssertSqlSafe;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgRow};
use tokio::sync::broadcast;

use crate::error::Error;
use near::Shelf;
use pen::{Pen, Writer};
use value::records;
use warm::{Held, Warm};

/// What changed, without saying how: whoever cares looks again through their own rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The kind of thing, such as `ticket` or `jobs`.
    pub topic: &'static str,
    /// Its identifier; 0 when the hint is for the whole topic.
    pub id: i64,
}

/// A database: SQLite in a file or PostgreSQL. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    pools: Pools,
    hints: broadcast::Sender<Hint>,
}

#[derive(Clone, Debug)]
enum Pools {
    Sqlite {
        read: Arc<Shelf>,
        write: Arc<Writer>,
    },
    Postgres(Warm),
}

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file of SQLite.
    File(PathBuf),
    /// The address of a PostgreSQL database.
    Address(String),
}

/// Reads and cannot write.
#[derive(Clone, Debug)]
pub struct Reader(Pools);

/// A change in the making. Dropping it undoes it.
pub struct Tx {
    inner: Inner,
    is_rehearsal: bool,
    is_marked: bool,
    hints: Vec<Hint>,
    bell: broadcast::Sender<Hint>,
}

enum Inner {
    /// Nobody has the pen while a statement runs aside, or when that broke off.
    Sqlite(Option<Pen>),
    Postgres(Held),
}

/// What a question or a change gives once it is done. Boxed here, at the seam, so that the hundreds
/// of functions above do not each carry the insides of the database library in their own type: that
/// cost the compiler minutes.
pub type Done<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// What can answer a query, a [`Reader`] or a [`Tx`], without being told which: the way functions
/// that only ask take it, `&mut dyn Answers`. Its questions are those of [`Ask`].
pub trait Answers: Send {
    /// The rows of an answer, all or at most `limit` of them, in the given shape.
    fn rows(&mut self, query: Query, limit: usize, shape: Shape) -> Done<'_, Rows>;
}

/// How to ask.
pub trait Ask: Answers {
    /// All rows.
    fn all<T: FromRow>(
        &mut self,
        query: Query,
    ) -> impl Future<Output = Result<Vec<T>, Error>> + Send {
        let rows = self.rows(query, usize::MAX, Shape::of::<T>());
        async { records(rows.await?) }
    }
    /// The only row, or none.
    fn maybe<T: FromRow>(
        &mut self,
        query: Query,
    ) -> impl Future<Output = Result<Option<T>, Error>> + Send {
        let rows = self.rows(query, 1, Shape::of::<T>());
        async { Ok(records(rows.await?)?.pop()) }
    }
    /// The only row; its absence is our fault, so use [`Ask::maybe`] for what may be missing.
    fn one<T: FromRow>(&mut self, query: Query) -> impl Future<Output = Result<T, Error>> + Send {
        let row = self.maybe(query);
        async {
            row.await?
                .ok_or_else(|| Error::bug("a row that must exist does not"))
        }
    }
}

impl<A: Answers + ?Sized> Ask for A {}

fn postgres_arguments(args: Vec<Value>) -> Result<PgArguments, Error> {
    use sqlx::Arguments;
    let mut out = PgArguments::default();
    for arg in args {
        match arg {
            Value::Int(v) => out.add(v),
            // PostgreSQL takes no NUL in text; what is typed or mailed may hold one.
            Value::Text(v) => out.add(v.map(|t| {
                if t.contains('\0') {
                    t.replace('\0', "")
                } else {
                    t
                }
            })),
            Value::Word(v) => out.add(v),
            Value::Bool(v) => out.add(v),
            Value::Bytes(v) => out.add(v),
        }
        .map_err(|e| Error::bug(format!("argument: {e}")))?;
    }
    Ok(out)
}

/// Turns an engine's complaint into ours. Unique violations keep the constraint's name, so the
/// call site can name the field ([`on_unique`]).
fn failed(text: &str, cause: sqlx::Error) -> Error {
    match &cause {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => {
            tracing::error!(%cause, "database does not answer");
            Error::Down("database")
        }
        sqlx::Error::Database(said) if said.code().is_some_and(|it| dialect::is_away(&it)) => {
            tracing::error!(%cause, "database cannot do anything now");
            Error::Down("database")
        }
        _ => Error::Bug(anyhow::Error::new(cause).context(shortened(text))),
    }
}

/// The beginning of a statement, on one line, for the log.
fn shortened(text: &str) -> String {
    let mut words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.truncate(words.floor_char_boundary(300));
    words
}

/// Turns the unique violation of `what` (the index's columns, `table.column`) into a field's fault.
pub fn on_unique(error: Error, table: &str, column: &str, instead: Error) -> Error {
    let Error::Bug(cause) = &error else {
        return error;
    };
    let named = format!("{table}.{column}");
    let of_postgres = |cause: &sqlx::Error| {
        cause.as_database_error().is_some_and(|said| {
            said.is_unique_violation()
                && said
                    .constraint()
                    .is_some_and(|it| it.contains(table) && it.contains(column))
        })
    };
    let of_sqlite = |cause: &rusqlite::Error| match cause {
        rusqlite::Error::SqliteFailure(said, Some(text)) => {
            [SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY].contains(&said.extended_code)
                && text.contains(&named)
        }
        _ => false,
    };
    let is_it = cause.chain().any(|cause| {
        cause.downcast_ref().is_some_and(of_postgres) || cause.downcast_ref().is_some_and(of_sqlite)
    });
    if is_it { instead } else { error }
}

macro_rules! run {
    ($executor:expr, $arguments:ident, $query:ident, $method:ident) => {{
        let text = std::mem::take(&mut $query.text);
        let args = $arguments(std::mem::take(&mut $query.args))?;
        sqlx::query_with(AssertSqlSafe(text.clone()), args)
            .$method($executor)
            .await
            .map_err(|e| failed(&text, e))
    }};
}

impl Answers for Reader {
    fn rows(&mut self, mut query: Query, limit: usize, shape: Shape) -> Done<'_, Rows> {
        Box::pin(async move {
            query.finish();
            match &self.0 {
                Pools::Sqlite { read, .. } => read.ask(query, limit, shape).await,
                Pools::Postgres(warm) => {
                    let mut held = warm.take().await.map_err(|e| failed("connect", e))?;
                    let connection = held.as_mut().map_err(|e| failed("connect", e))?;
                    let rows: Vec<PgRow> = if limit == 1 {
                        run!(connection, postgres_arguments, query, fetch_optional)?
                            .into_iter()
                            .collect()
                    } else {
                        run!(connection, postgres_arguments, query, fetch_all)?
                    };
                    held.give_back();
                    shape.fill(rows.into_iter().take(limit).map(Row::Postgres))
                }
            }
        })
    }
}

impl Answers for Tx {
    fn rows(&mut self, mut query: Query, limit: usize, shape: Shape) -> Done<'_, Rows> {
        Box::pin(async move {
            query.finish();
            match &mut self.inner {
                Inner::Sqlite(pen) => {
                    let (back, rows) = taken(pen)?.rows(query, limit, shape).await;
                    *pen = back;
                    rows
                }
                // All rows, not the first: an `INSERT … RETURNING` is only done when stepped to its end.
                Inner::Postgres(held) => {
                    let connection = held.as_mut().map_err(|e| failed("connect", e))?;
                    let rows = run!(connection, postgres_arguments, query, fetch_all)?;
                    shape.fill(rows.into_iter().take(limit).map(Row::Postgres))
                }
            }
        })
    }
}

impl Tx {
    /// Runs a change and says how many rows it touched.
    pub fn run(&mut self, mut query: Query) -> Done<'_, u64> {
        Box::pin(async move {
            query.finish();
            match &mut self.inner {
                Inner::Sqlite(pen) => {
                    let (back, touched) = taken(pen)?.change(query).await;
                    *pen = back;
                    touched
                }
                Inner::Postgres(held) => {
                    let connection = held.as_mut().map_err(|e| failed("connect", e))?;
                    run!(connection, postgres_arguments, query, execute).map(|d| d.rows_affected())
                }
            }
        })
    }

    /// Sets a mark that [`Tx::return_to_mark`] comes back to: for one of many things in a transaction,
    /// which may fail without undoing the others. It ends the mark before it, and keeps what came after that one.
    pub async fn set_mark(&mut self) -> Result<(), Error> {
        let is_next = std::mem::replace(&mut self.is_marked, true);
        if let Inner::Postgres(held) = &mut self.inner {
            // Both said at once: a way there and back for each of many.
            let text = if is_next {
                "RELEASE SAVEPOINT one_of_many; SAVEPOINT one_of_many"
            } else {
                "SAVEPOINT one_of_many"
            };
            return held.say(text).await.map_err(|e| failed(text, e));
        }
        if is_next {
            self.raw("RELEASE SAVEPOINT one_of_many", vec![]).await?;
        }
        self.raw("SAVEPOINT one_of_many", vec![]).await
    }

    /// Undoes what came after the mark. Hints that were noted since are told all the same: whoever
    /// listens looks again and finds nothing new.
    pub async fn return_to_mark(&mut self) -> Result<(), Error> {
        self.raw("ROLLBACK TO SAVEPOINT one_of_many", vec![]).await
    }

    /// Notes that something changed; told to whoever listens once this is committed.
    pub fn hint(&mut self, topic: &'static str, id: i64) {
        let hint = Hint { topic, id };
        if !self.hints.contains(&hint) {
            self.hints.push(hint);
        }
    }

    /// Whether nothing of this will be kept, so that nobody outside is to hear of it.
    pub fn is_rehearsal(&self) -> bool {
        self.is_rehearsal
    }

    /// Keeps everything, then tells whoever listens.
    ///
    /// # Errors
    /// `Bug` for a rehearsal.
    pub fn commit(self) -> Done<'static, ()> {
        Box::pin(async move {
            if self.is_rehearsal {
                return Err(Error::bug("a rehearsal is not kept"));
            }
            match self.inner {
                Inner::Sqlite(mut pen) => taken(&mut pen)?.commit().await?,
                Inner::Postgres(held) => held.commit().await.map_err(|e| failed("COMMIT", e))?,
            }
            for hint in self.hints {
                // Nobody listening is fine.
                let _ = self.bell.send(hint);
            }
            Ok(())
        })
    }

    /// Makes the counting key of `table` continue after rows that brought their own keys.
    pub async fn continue_counting(&mut self, table: &'static str) -> Result<(), Error> {
        let engine = self.engine();
        match engine.continue_counting(table) {
            Some(text) => self.raw(&text, vec![]).await,
            None => Ok(()),
        }
    }

    /// Which engine this is, for the few places dialect.rs serves.
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Two programs starting at once must not migrate at once; SQLite's one writer is lock enough.
    pub(crate) async fn lock_for_migration(&mut self) -> Result<(), Error> {
        match self.engine() {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => {
                self.raw("SELECT pg_advisory_xact_lock(7620541)", vec![])
                    .await
            }
        }
    }

    /// Whether nobody else does `what` until this transaction ends; false when somebody does.
    /// SQLite's one writer is alone already.
    pub async fn is_alone(&mut self, what: i64) -> Result<bool, Error> {
        struct Taken(bool);
        impl FromRow for Taken {
            fn from_row(row: &Row) -> Result<Self, Error> {
                row.get("taken").map(Taken)
            }
        }
        let Some(text) = self.engine().try_alone() else {
            return Ok(true);
        };
        let query = Query {
            text: text.to_owned(),
            args: vec![Value::from(what)],
            scoped: false,
        };
        Ok(self.one::<Taken>(query).await?.0)
    }

    /// Whether keeping this waits for the disk.
    pub async fn waits_for_the_disk(&mut self) -> Result<bool, Error> {
        struct Told(i64);
        impl FromRow for Told {
            fn from_row(row: &Row) -> Result<Self, Error> {
                row.get("keeping").map(Told)
            }
        }
        let query = Query {
            text: self.engine().ask_keeping().to_owned(),
            args: vec![],
            scoped: false,
        };
        Ok(self.one::<Told>(query).await?.0 >= 2)
    }

    pub(crate) async fn raw(&mut self, text: &str, args: Vec<Value>) -> Result<(), Error> {
        self.run(Query {
            text: text.to_owned(),
            args,
            scoped: false,
        })
        .await
        .map(|_| ())
    }

    pub(crate) async fn raw_names(&mut self, text: &str) -> Result<Vec<String>, Error> {
        struct Name(String);
        impl FromRow for Name {
            fn from_row(row: &Row) -> Result<Self, Error> {
                row.get("name").map(Name)
            }
        }
        let query = Query {
            text: text.to_owned(),
            args: vec![],
            scoped: false,
        };
        Ok(self
            .all::<Name>(query)
            .await?
            .into_iter()
            .map(|n| n.0)
            .collect())
    }
}

impl Db {
    /// Opens a database; creates the file (not the folder) when there is none.
    pub async fn open(place: &Place) -> Result<Db, Error> {
        let pools = match place {
            Place::File(path) => open_file(path).await?,
            Place::Address(url) => open_address(url).await?,
        };
        Ok(Db {
            pools,
            hints: broadcast::channel(1024).0,
        })
    }

    /// A reader, for one request or as long as one likes.
    pub fn read(&self) -> Reader {
        Reader(self.pools.clone())
    }

    /// A reader for one page.
    pub fn glance(&self) -> Glance {
        match &self.pools {
            Pools::Sqlite { read, .. } => Glance::near(read.clone()),
            Pools::Postgres(_) => Glance::far(self.read()),
        }
    }

    /// Begins a change. On SQLite this waits for the one writer.
    pub fn write(&self) -> Done<'_, Tx> {
        self.begin(Keeping::AtOnce)
    }

    /// Begins a change that is safe from a crash of this program at once, and from a power cut only with the next
    /// change of [`Db::write`] that is kept by anybody, before which it then stands. For what is made of something that
    /// stays until it was made, and would be made again: the disk is waited for once for many of them. On SQLite only, which
    /// lives and dies with this program: a server that died alone would take back what is remembered here as done.
    pub fn write_behind(&self) -> Done<'_, Tx> {
        self.begin(Keeping::Behind)
    }

    fn begin(&self, keeping: Keeping) -> Done<'_, Tx> {
        Box::pin(async move {
            let text = self.engine().begin(keeping);
            let inner = match &self.pools {
                Pools::Sqlite { write, .. } => Inner::Sqlite(Some(write.begin(text).await?)),
                Pools::Postgres(warm) => {
                    Inner::Postgres(warm.begin(text).await.map_err(|e| failed("BEGIN", e))?)
                }
            };
            Ok(Tx {
                inner,
                is_marked: false,
                is_rehearsal: false,
                hints: vec![],
                bell: self.hints.clone(),
            })
        })
    }

    /// Begins a change that is only tried, to see what it would come to: it cannot be kept.
    pub fn rehearse(&self) -> Done<'_, Tx> {
        Box::pin(async move {
            let mut tx = self.write().await?;
            tx.is_rehearsal = true;
            Ok(tx)
        })
    }

    /// Hears of every committed change.
    pub fn hints(&self) -> broadcast::Receiver<Hint> {
        self.hints.subscribe()
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Every table there is, for the schema test.
    pub async fn table_names(&self) -> Result<Vec<String>, Error> {
        let mut tx = self.write().await?;
        let text = self.engine().list_tables();
        tx.raw_names(text).await
    }

    /// Refreshes the planner's statistics, after a great many rows came at once.
    pub async fn analyze(&self) -> Result<(), Error> {
        let text = self.engine().analyze();
        match &self.pools {
            Pools::Sqlite { write, .. } => write.run(text).await,
            Pools::Postgres(warm) => warm.run(text).await.map_err(|e| failed(text, e)),
        }
    }

    /// Waits for what runs and closes every connection.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close();
                write.close().await;
            }
            Pools::Postgres(warm) => warm.close().await,
        }
    }
}

async fn open_file(path: &Path) -> Result<Pools, Error> {
    Ok(Pools::Sqlite {
        write: Writer::open(path).await?,
        read: Shelf::of(path.to_owned()),
    })
}

/// The pen, while something is done with it.
fn taken(pen: &mut Option<Pen>) -> Result<Pen, Error> {
    pen.take().ok_or(Error::Down("database"))
}

async fn open_address(url: &str) -> Result<Pools, Error> {
    let options: PgConnectOptions = url.parse().map_err(|e| failed("connect", e))?;
    let warm = Warm::open(options)
        .await
        .map_err(|e| failed("connect", e))?;
    Ok(Pools::Postgres(warm))
}
