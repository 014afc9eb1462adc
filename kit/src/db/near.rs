//! Reading SQLite where one stands: on the thread that asks, without waking another one.
//!
//! A question of a page costs SQLite a few to some tens of microseconds, less than it costs to wake
//! a thread for it and to be woken for the answer (decision 0010). So a question runs on the
//! thread of the request. One that turns out long, or that finds the file locked, is broken off
//! after a number of steps and asked again on a thread that may wait, so that it holds up nobody.
//!
//! Beginning and ending a reading costs SQLite a tenth of what a page does with it, and threads wait for each other
//! there. So a page may keep one open while it asks (`glance`).
//!
//! Deliberately absent: writing. Changes go through the one that writes (`pen`).

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{Null, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement, ToSql};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::dialect::is_away;
use super::value::{Near, Row, Rows, Shape, Value};
use super::{Query, shortened};
use crate::error::Error;

/// How many steps of SQLite's machine between two looks at whether it takes too long: some tenths
/// of a millisecond.
pub(super) const STEPS: i32 = 10_000;
/// How many such looks a question may take on the thread that asks: a few milliseconds.
pub(super) const LOOKS: i64 = 24;
/// How many questions may be long at the same time.
const LONG: usize = 4;
/// How many connections are kept while nobody asks.
const KEPT: usize = 8;

/// The connections that read one file.
#[derive(Debug)]
pub(super) struct Shelf {
    path: PathBuf,
    idle: Mutex<Vec<Shelved>>,
    long: Semaphore,
    is_closed: AtomicBool,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Shelved {
    connection: Connection,
    // Looks left before the question is broken off; negative is for ever.
    left: Arc<AtomicI64>,
}

/// Where a question runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    /// The thread of the request: quickly or not at all.
    TheSpot,
    /// A thread that may take its time.
    ItsOwn,
}

enum Outcome {
    Answered(Result<Rows, Error>),
    TooLong,
}

impl Shelf {
    pub(super) fn of(path: PathBuf) -> Arc<Shelf> {
        Arc::new(Shelf {
            path,
            idle: Mutex::default(),
            long: Semaphore::new(LONG),
            is_closed: AtomicBool::new(false),
        })
    }

    /// All rows of an answer, or at most `limit` of them. Who waits for a thread holds no connection meanwhile.
    pub(super) async fn ask(
        self: &Arc<Self>,
        query: Query,
        limit: usize,
        shape: Shape,
    ) -> Result<Rows, Error> {
        let shelved = self.take()?;
        let answer = shelved.on_the_spot(&query, limit, shape);
        self.put_back(Some(shelved));
        if let Some(answer) = answer {
            return answer;
        }
        let _turn = self.turn().await?;
        let (shelved, rows) = self.take()?.aside(query, limit, shape).await;
        self.put_back(shelved);
        rows
    }

    /// A place among those that may take long.
    pub(super) async fn turn(&self) -> Result<SemaphorePermit<'_>, Error> {
        self.long.acquire().await.map_err(|_| closed())
    }

    /// Closes what nobody uses; what is in use closes when it is done.
    pub(super) fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
        self.long.close();
        self.idle().clear();
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Shelved>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn take(&self) -> Result<Shelved, Error> {
        if self.is_closed.load(Ordering::Acquire) {
            return Err(closed());
        }
        let taken = self.idle().pop();
        taken
            .map_or_else(|| self.open(), Ok)
            .map_err(|cause| failed("open", cause))
    }

    pub(super) fn put_back(&self, shelved: Option<Shelved>) {
        let mut idle = self.idle();
        if idle.len() < KEPT && !self.is_closed.load(Ordering::Acquire) {
            idle.extend(shelved);
        }
    }

    fn open(&self) -> rusqlite::Result<Shelved> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.set_prepared_statement_cache_capacity(256);
        // Without it, statistics make SQLite plan a statement anew for each value bound to it, which
        // costs more than most answers.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "cache_size", -8000)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "query_only", true)?;
        let left = Arc::new(AtomicI64::new(-1));
        let looks = left.clone();
        connection.progress_handler(
            STEPS,
            Some(move || {
                looks.load(Ordering::Relaxed) >= 0 && looks.fetch_sub(1, Ordering::Relaxed) == 0
            }),
        )?;
        Ok(Shelved { connection, left })
    }
}

impl Shelved {
    /// The answer, unless it would take long.
    pub(super) fn on_the_spot(
        &self,
        query: &Query,
        limit: usize,
        shape: Shape,
    ) -> Option<Result<Rows, Error>> {
        match self.answer(query, limit, shape, On::TheSpot) {
            Outcome::Answered(answer) => Some(answer),
            Outcome::TooLong => None,
        }
    }

    /// The answer, on a thread of its own. The connection comes back unless that thread broke off.
    pub(super) async fn aside(
        self,
        query: Query,
        limit: usize,
        shape: Shape,
    ) -> (Option<Shelved>, Result<Rows, Error>) {
        let answer = move || (self.answer(&query, limit, shape, On::ItsOwn), self);
        match tokio::task::spawn_blocking(answer).await {
            Ok((Outcome::Answered(answer), shelved)) => (Some(shelved), answer),
            Ok((Outcome::TooLong, shelved)) => (Some(shelved), Err(Error::Down("database"))),
            Err(cause) => (None, Err(Error::bug(cause))),
        }
    }

    /// Begins or ends a reading, which waits for nobody.
    pub(super) fn say(&self, what: &str) -> Result<(), Error> {
        let said = self.connection.prepare_cached(what);
        let said = said.and_then(|mut statement| statement.raw_execute());
        said.map(|_| ()).map_err(|cause| failed(what, cause))
    }

    #[cfg(test)]
    pub(super) fn is_done(&self) -> bool {
        self.connection.is_autocommit()
    }

    fn answer(&self, query: &Query, limit: usize, shape: Shape, on: On) -> Outcome {
        let (looks, patience) = match on {
            On::TheSpot => (LOOKS, Duration::ZERO),
            On::ItsOwn => (-1, Duration::from_secs(10)),
        };
        self.left.store(looks, Ordering::Relaxed);
        let rows = self
            .connection
            .busy_timeout(patience)
            .map_err(Fault::from)
            .and_then(|()| self.rows(query, limit, shape));
        match rows {
            Ok(rows) => Outcome::Answered(Ok(rows)),
            Err(Fault::OfTheQuestion(error)) => Outcome::Answered(Err(error)),
            Err(Fault::OfTheFile(cause)) => match cause.sqlite_error_code() {
                Some(ErrorCode::OperationInterrupted | ErrorCode::DatabaseBusy)
                    if on == On::TheSpot =>
                {
                    Outcome::TooLong
                }
                _ => Outcome::Answered(Err(failed(&query.text, cause))),
            },
        }
    }

    fn rows(&self, query: &Query, limit: usize, shape: Shape) -> Result<Rows, Fault> {
        let mut statement = self.connection.prepare_cached(&query.text)?;
        bound(&mut statement, query)?;
        gathered(&mut statement, limit, shape, false)
    }
}

/// Gives a statement its arguments.
pub(super) fn bound(statement: &mut Statement<'_>, query: &Query) -> Result<(), Fault> {
    for place in 1..=statement.parameter_count() {
        // To SQLite `$2` is a name, and names are counted in the order they occur.
        let value = statement
            .parameter_name(place)
            .and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok())
            .and_then(|number| query.args.get(number.checked_sub(1)?))
            .ok_or_else(|| Error::bug("a placeholder without its argument"))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

/// The rows of a statement, at most `limit` of them; `to_the_end` steps on all the same.
pub(super) fn gathered(
    statement: &mut Statement<'_>,
    limit: usize,
    shape: Shape,
    to_the_end: bool,
) -> Result<Rows, Fault> {
    let names: Vec<Box<str>> = statement
        .column_names()
        .into_iter()
        .map(Box::from)
        .collect();
    let mut rows = statement.raw_query();
    let mut out = shape.empty();
    let mut left = limit;
    while (left > 0 || to_the_end)
        && let Some(row) = rows.next()?
    {
        if left > 0 {
            shape.add(&Row::Near(Near::new(row, &names)), &mut out)?;
            left -= 1;
        }
    }
    Ok(out)
}

/// Why there is no answer.
pub(super) enum Fault {
    OfTheFile(rusqlite::Error),
    OfTheQuestion(Error),
}

impl Fault {
    /// The same as our own, of this statement.
    pub(super) fn of(self, text: &str) -> Error {
        match self {
            Fault::OfTheQuestion(error) => error,
            Fault::OfTheFile(cause) => failed(text, cause),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(cause: rusqlite::Error) -> Self {
        Fault::OfTheFile(cause)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Fault::OfTheQuestion(error)
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let null = || ToSqlOutput::from(Null);
        let borrowed = ToSqlOutput::Borrowed;
        Ok(match self {
            Value::Int(v) => v.map_or_else(null, ToSqlOutput::from),
            Value::Text(v) => v
                .as_ref()
                .map_or_else(null, |v| borrowed(ValueRef::Text(v.as_bytes()))),
            Value::Bool(v) => ToSqlOutput::from(*v),
            Value::Word(v) => borrowed(ValueRef::Text(v.as_bytes())),
            Value::Bytes(v) => v
                .as_ref()
                .map_or_else(null, |v| borrowed(ValueRef::Blob(v))),
        })
    }
}

fn closed() -> Error {
    Error::Down("database")
}

/// Turns SQLite's complaint into ours.
pub(super) fn failed(text: &str, cause: rusqlite::Error) -> Error {
    match &cause {
        rusqlite::Error::SqliteFailure(said, _) if is_away(&said.extended_code.to_string()) => {
            tracing::error!(%cause, "database cannot do anything now");
            Error::Down("database")
        }
        _ => Error::Bug(anyhow::Error::new(cause).context(shortened(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::own_file::{LONG_COUNT, OwnFile, Two, query, two};
    use super::*;

    #[tokio::test]
    async fn arguments_go_to_the_placeholders_of_their_number() {
        let (_file, shelf) = OwnFile::shelf("order");
        let asked = query(
            "SELECT $2 AS a, $1 AS b",
            vec![Value::from(1i64), Value::from(2i64)],
        );
        assert_eq!(two(&shelf, asked).await.unwrap(), [Two { a: 2, b: 1 }]);
        let short = query("SELECT $2 AS a, 1 AS b", vec![Value::from(1i64)]);
        assert!(two(&shelf, short).await.is_err());
    }

    #[tokio::test]
    async fn a_long_question_is_broken_off_on_the_spot_and_answered_on_a_thread_of_its_own() {
        let (_file, shelf) = OwnFile::shelf("long");
        let shelved = shelf.take().unwrap();
        let (asked, shape) = (query(LONG_COUNT, vec![]), Shape::of::<Two>());
        let on_the_spot = shelved.answer(&asked, 1, shape, On::TheSpot);
        shelf.put_back(Some(shelved));
        assert!(matches!(on_the_spot, Outcome::TooLong));
        let answer = two(&shelf, query(LONG_COUNT, vec![])).await.unwrap();
        assert_eq!(
            answer,
            [Two {
                a: 200_000,
                b: 200_000
            }]
        );
        // The connection that was broken off answers the next one.
        let asked = query("SELECT 1 AS a, 2 AS b", vec![]);
        assert_eq!(two(&shelf, asked).await.unwrap(), [Two { a: 1, b: 2 }]);
    }

    #[tokio::test]
    async fn a_reader_changes_nothing_and_a_closed_one_does_not_answer() {
        let (_file, shelf) = OwnFile::shelf("closed");
        let change = query(
            "INSERT INTO people (name) VALUES ('x') RETURNING id AS a, id AS b",
            vec![],
        );
        assert!(two(&shelf, change).await.is_err());
        shelf.close();
        let asked = query("SELECT 1 AS a, 2 AS b", vec![]);
        assert!(matches!(two(&shelf, asked).await, Err(Error::Down(_))));
    }
}
