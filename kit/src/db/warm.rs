//! Connections to PostgreSQL, the one used last taken first.
//!
//! A connection keeps the plans of what it was asked, and making a plan costs more than most answers do.
//! The pool of the library hands connections out in turn, so that a quiet desk spreads its questions over all
//! of them and finds cold plans everywhere. That pool still opens, ends and cleans them.

use std::mem::take;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{PgPool, Postgres};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many at once.
const MOST: usize = 16;
/// How long a question waits for one.
const PATIENCE: Duration = Duration::from_secs(10);

/// The connections. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Warm {
    pool: PgPool,
    turns: Arc<Semaphore>,
    idle: Idle,
}

type Idle = Arc<Mutex<Vec<PoolConnection<Postgres>>>>;

/// A connection in use. It goes back among the others by [`Held::give_back`] and [`Held::commit`] only: whoever
/// drops one half way does not know what it still has to be told, so the library's pool sees to it then.
pub(super) struct Held {
    connection: Option<PoolConnection<Postgres>>,
    is_changing: bool,
    idle: Idle,
    turn: Option<OwnedSemaphorePermit>,
}

impl Warm {
    /// Opens the first of them.
    pub(super) async fn open(options: PgConnectOptions) -> sqlx::Result<Warm> {
        // One plan for whatever values come. Left to itself PostgreSQL plans a statement for its values, at each
        // question or the first five times on each connection; here no plan hangs on values, but on how many
        // rows are wanted, which stands in the text.
        let options = options
            .statement_cache_capacity(512)
            .options([("plan_cache_mode", "force_generic_plan")]);
        let pool = PgPoolOptions::new()
            .max_connections(u32::try_from(MOST).unwrap_or(u32::MAX))
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .connect_with(options)
            .await?;
        Ok(Warm {
            pool,
            turns: Arc::new(Semaphore::new(MOST)),
            idle: Idle::default(),
        })
    }

    /// The one that was used last, or one more.
    pub(super) async fn take(&self) -> sqlx::Result<Held> {
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| sqlx::Error::PoolTimedOut)?;
        let turn = turn.map_err(|_| sqlx::Error::PoolClosed)?;
        let last = locked(&self.idle).pop();
        let connection = match last {
            Some(connection) => connection,
            None => self.pool.acquire().await?,
        };
        Ok(Held {
            connection: Some(connection),
            is_changing: false,
            idle: self.idle.clone(),
            turn: Some(turn),
        })
    }

    /// The same, in a transaction that this text begins.
    pub(super) async fn begin(&self, text: &'static str) -> sqlx::Result<Held> {
        let mut held = self.take().await?;
        // Already here: it may have begun although nobody waits for the answer any more.
        held.is_changing = true;
        held.say(text).await?;
        Ok(held)
    }

    /// Runs one statement that is never asked again.
    pub(super) async fn run(&self, text: &'static str) -> sqlx::Result<()> {
        let mut held = self.take().await?;
        held.say(text).await?;
        held.give_back();
        Ok(())
    }

    /// Waits for what runs and closes all.
    pub(super) async fn close(&self) {
        self.turns.close();
        let idle = take(&mut *locked(&self.idle));
        drop(idle);
        self.pool.close().await;
    }
}

impl Held {
    /// What to ask.
    pub(super) fn as_mut(&mut self) -> sqlx::Result<&mut PgConnection> {
        self.connection
            .as_deref_mut()
            .ok_or(sqlx::Error::PoolClosed)
    }

    /// Says what needs no answer, one or several statements.
    pub(super) async fn say(&mut self, text: &'static str) -> sqlx::Result<()> {
        sqlx::raw_sql(text)
            .execute(self.as_mut()?)
            .await
            .map(|_| ())
    }

    /// Keeps what was changed.
    pub(super) async fn commit(mut self) -> sqlx::Result<()> {
        self.say("COMMIT").await?;
        self.is_changing = false;
        self.give_back();
        Ok(())
    }

    /// Puts it among the others. All it was asked must have been answered.
    pub(super) fn give_back(mut self) {
        if let Some(connection) = self.connection.take()
            && self.turn.as_ref().is_some_and(is_open)
        {
            locked(&self.idle).push(connection);
        }
    }
}

impl Drop for Held {
    /// Undoes what was not kept.
    fn drop(&mut self) {
        if !self.is_changing {
            return;
        }
        let Some(mut connection) = self.connection.take() else {
            return;
        };
        let Ok(runtime) = Handle::try_current() else {
            // Nobody is left to say it; the end of the connection says it, too.
            connection.close_on_drop();
            return;
        };
        let (idle, turn) = (self.idle.clone(), self.turn.take());
        runtime.spawn(async move {
            match sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await {
                Ok(_) if turn.as_ref().is_some_and(is_open) => locked(&idle).push(connection),
                Ok(_) => {}
                Err(_) => connection.close_on_drop(),
            }
        });
    }
}

/// Whether connections are still wanted.
fn is_open(turn: &OwnedSemaphorePermit) -> bool {
    !turn.semaphore().is_closed()
}

fn locked(idle: &Idle) -> MutexGuard<'_, Vec<PoolConnection<Postgres>>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}
