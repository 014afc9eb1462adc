//! Work behind the curtain: a job is ids and a word, enqueued in the transaction that caused it,
//! claimed by a lease in a short transaction, run outside of any, finished in another.
//!
//! Deliberately absent: what the words mean. The application hands [`run_forever`] a function.

use std::future::Future;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;

use crate::clock::{Clock, Moment, Span};
use crate::db::{Ask, Db, Query, Tx, Value};
use crate::error::Error;
use crate::ids::Dice;
use crate::{global, record};

/// The topic of hints that wake workers.
pub const TOPIC: &str = "jobs";

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Done; the job's row goes away.
    Done,
    /// Not yet: again after a growing pause.
    Retry(String),
    /// Done, and due again after this: for what comes back by the clock. The row stays, so there is one
    /// of it whatever crashes.
    Again(Span),
    /// Not yet: again at this moment, with others that wait for the same, in the order they came.
    At(Moment, String),
    /// Never: kept as failed, with the reason, until somebody retries it.
    GiveUp(String),
}

record! {
    /// A job as a worker gets it.
    #[derive(Clone, Debug)]
    pub struct Claimed {
        /// Its row.
        pub id: i64,
        /// Its word, which chooses the verb.
        pub kind: String,
        /// Its ids, as JSON.
        pub payload: String,
        /// How often it was claimed, this time included.
        pub attempts: i64,
        /// The fencing word of this claim: a worker whose lease ran out finishes nothing.
        pub lease: String,
        /// Since when it is due.
        pub run_at: Moment,
    }
}

impl Claimed {
    /// Reads the payload.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, Error> {
        Ok(serde_json::from_str(&self.payload)?)
    }
}

/// Adds a job to the change being made; it runs from `run_at` on, once that is committed.
pub async fn enqueue<T: Serialize>(
    tx: &mut Tx,
    kind: &'static str,
    payload: &T,
    run_at: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO jobs (kind, payload, run_at, attempts) VALUES ($1, $2, $3, 0)",
        kind,
        serde_json::to_string(payload)?,
        run_at,
    ))
    .await?;
    tx.hint(TOPIC, 0);
    Ok(())
}

/// Adds a job that is there once: nothing happens while one of this word and payload waits or runs.
pub async fn ensure<T: Serialize>(
    tx: &mut Tx,
    kind: &'static str,
    payload: &T,
    run_at: Moment,
) -> Result<(), Error> {
    add_unless(tx, kind, payload, run_at, true).await
}

/// The same where what runs already does not suffice, since it began before the wish: one that waits does.
pub async fn ensure_after<T: Serialize>(
    tx: &mut Tx,
    kind: &'static str,
    payload: &T,
    run_at: Moment,
) -> Result<(), Error> {
    add_unless(tx, kind, payload, run_at, false).await
}

async fn add_unless<T: Serialize>(
    tx: &mut Tx,
    kind: &'static str,
    payload: &T,
    run_at: Moment,
    running_suffices: bool,
) -> Result<(), Error> {
    let payload = serde_json::to_string(payload)?;
    tx.run(global!(
        "INSERT INTO jobs (kind, payload, run_at, attempts) SELECT $1, $2, $3, 0 \
         WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE kind = $1 AND payload = $2 AND failed_at IS NULL \
         AND (leased_until IS NULL OR CAST($4 AS BIGINT) = 1))",
        kind,
        payload,
        run_at,
        i64::from(running_suffices),
    ))
    .await?;
    tx.hint(TOPIC, 0);
    Ok(())
}

/// How long a worker may take before others may claim its job again.
pub const LEASE: Span = Span::minutes(5);

/// The pause before attempt `attempts + 1`: 5 s doubling to 1 h.
pub fn pause(attempts: i64) -> Span {
    let doublings = attempts.saturating_sub(1).clamp(0, 10) as u32;
    Span((Span::seconds(5).0 << doublings).min(Span::hours(1).0))
}

/// Which jobs a worker takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Whatever is due.
    All,
    /// Those of this word, one after the other in the order they are due.
    Only(&'static str),
    /// All but those.
    AllBut(&'static str),
}

impl Takes {
    /// The condition, with the word as the argument of that number.
    fn condition(self, number: usize) -> String {
        match self {
            Takes::All => String::new(),
            Takes::Only(_) => format!(" AND kind = ${number}"),
            Takes::AllBut(_) => format!(" AND kind <> ${number}"),
        }
    }

    fn argument(self) -> Option<Value> {
        match self {
            Takes::All => None,
            Takes::Only(kind) | Takes::AllBut(kind) => Some(Value::Word(kind)),
        }
    }
}

/// Claims up to `limit` due jobs.
pub async fn claim(
    db: &Db,
    now: Moment,
    dice: &Dice,
    takes: Takes,
    limit: i64,
) -> Result<Vec<Claimed>, Error> {
    // A claim that a power cut takes back is a job that was not begun.
    let mut tx = db.write_behind().await?;
    let taken = takes.condition(5);
    let skipping = tx.engine().skipping_locked();
    let mut args = vec![
        Value::from(now.plus(LEASE)),
        Value::from(dice.token()),
        Value::from(now),
        Value::from(limit),
    ];
    args.extend(takes.argument());
    let query = Query {
        text: format!(
            "UPDATE jobs SET leased_until = $1, lease = $2, attempts = attempts + 1 \
             WHERE id IN (SELECT id FROM jobs WHERE failed_at IS NULL AND run_at <= $3 AND \
             (leased_until IS NULL OR leased_until < $3){taken} ORDER BY run_at, id LIMIT $4 {skipping}) \
             RETURNING id, kind, payload, attempts, lease, run_at"
        ),
        args,
        scoped: false,
    };
    let mut jobs: Vec<Claimed> = tx.all(query).await?;
    tx.commit().await?;
    jobs.sort_by_key(|j| (j.run_at, j.id));
    Ok(jobs)
}

/// Lets go of every lease: called once at start by the only process that works on this database,
/// so that what a crash left under way runs again at once instead of when its lease runs out.
pub async fn release_leases(db: &Db) -> Result<u64, Error> {
    let mut tx = db.write().await?;
    let released = tx
        .run(global!(
            "UPDATE jobs SET leased_until = NULL, lease = NULL WHERE leased_until IS NOT NULL"
        ))
        .await?;
    tx.commit().await?;
    Ok(released)
}

/// Whether anything is due, asked before a claim so that idle workers never take the writer.
pub async fn any_due(db: &Db, now: Moment, takes: Takes) -> Result<bool, Error> {
    record! { struct Due { id: i64 } }
    let taken = takes.condition(2);
    let query = Query {
        text: format!(
            "SELECT id FROM jobs WHERE failed_at IS NULL AND run_at <= $1 \
             AND (leased_until IS NULL OR leased_until < $1){taken} LIMIT 1"
        ),
        args: [Value::from(now)]
            .into_iter()
            .chain(takes.argument())
            .collect(),
        scoped: false,
    };
    let due: Option<Due> = db.read().maybe(query).await?;
    Ok(due.is_some_and(|d| d.id > 0))
}

/// How a job ended, and when.
#[derive(Debug)]
struct Ended {
    job: Claimed,
    verdict: Verdict,
    at: Moment,
}

/// How long the first of those that ended waits to be written down with others.
const TOGETHER: Span = Span::seconds(1);

/// Writes down how claimed jobs ended, all in one change. It need not wait for the disk: what they did stands before it in
/// the log, so a power cut that takes that back takes this back, too, and they are run again. Nothing happens to those whose
/// lease was lost meanwhile. They are forgotten here once that is kept.
async fn finish(db: &Db, ended: &mut Vec<Ended>) -> Result<(), Error> {
    if ended.is_empty() {
        return Ok(());
    }
    let mut tx = db.write_behind().await?;
    for Ended { job, verdict, at } in &*ended {
        tx.run(written_down(job, verdict, *at)).await?;
    }
    tx.commit().await?;
    ended.clear();
    Ok(())
}

fn written_down(job: &Claimed, verdict: &Verdict, at: Moment) -> Query {
    match verdict {
        Verdict::Done => global!(
            "DELETE FROM jobs WHERE id = $1 AND lease = $2",
            job.id,
            &job.lease
        ),
        Verdict::Retry(why) => global!(
            "UPDATE jobs SET leased_until = NULL, lease = NULL, run_at = $3, last_error = $4 WHERE id = $1 AND lease = $2",
            job.id,
            &job.lease,
            at.plus(pause(job.attempts)),
            why,
        ),
        Verdict::Again(pause) => global!(
            "UPDATE jobs SET leased_until = NULL, lease = NULL, run_at = $3, attempts = 0, last_error = NULL \
             WHERE id = $1 AND lease = $2",
            job.id,
            &job.lease,
            at.plus(*pause),
        ),
        Verdict::At(moment, why) => global!(
            "UPDATE jobs SET leased_until = NULL, lease = NULL, run_at = $3, attempts = 0, last_error = $4 \
             WHERE id = $1 AND lease = $2",
            job.id,
            &job.lease,
            *moment,
            why,
        ),
        Verdict::GiveUp(why) => global!(
            "UPDATE jobs SET leased_until = NULL, lease = NULL, failed_at = $3, last_error = $4 WHERE id = $1 AND lease = $2",
            job.id,
            &job.lease,
            at,
            why,
        ),
    }
}

/// Runs every due job once and says how many ran; for tests and for the loop below.
pub async fn run_due<F, R>(db: &Db, clock: &Clock, dice: &Dice, run: &F) -> Result<usize, Error>
where
    F: Fn(Claimed) -> R,
    R: Future<Output = Verdict>,
{
    run_and_finish(db, clock, dice, Takes::All, run, &mut vec![]).await
}

/// The same, beginning with what could not be written down the last time, when the database was away: it need not be
/// run again, and nobody waits for its lease to run out.
async fn run_and_finish<F, R>(
    db: &Db,
    clock: &Clock,
    dice: &Dice,
    takes: Takes,
    run: &F,
    ended: &mut Vec<Ended>,
) -> Result<usize, Error>
where
    F: Fn(Claimed) -> R,
    R: Future<Output = Verdict>,
{
    finish(db, ended).await?;
    if !any_due(db, clock.now(), takes).await? {
        return Ok(0);
    }
    let jobs = claim(db, clock.now(), dice, takes, 32).await?;
    let count = jobs.len();
    for job in jobs {
        let verdict = run(job.clone()).await;
        if let Verdict::Retry(why) | Verdict::GiveUp(why) = &verdict {
            tracing::warn!(job = job.id, kind = %job.kind, attempts = job.attempts, %why, "job not done");
        }
        let at = clock.now();
        ended.push(Ended { job, verdict, at });
        let is_time = ended.first().is_some_and(|it| at.since(it.at) >= TOGETHER);
        if is_time && let Err(error) = finish(db, ended).await {
            // The others claimed with it are run all the same: each says for itself that it has to come again.
            tracing::error!(%error, "how jobs ended cannot be written down");
        }
    }
    finish(db, ended).await?;
    Ok(count)
}

/// Works on these until `stop` turns true: at every hint, and at least every two seconds.
pub async fn run_forever<F, R>(
    db: Db,
    clock: Clock,
    dice: Dice,
    takes: Takes,
    run: Arc<F>,
    mut stop: watch::Receiver<bool>,
) where
    F: Fn(Claimed) -> R + Send + Sync + 'static,
    R: Future<Output = Verdict> + Send,
{
    let mut hints = db.hints();
    let mut ended = vec![];
    while !*stop.borrow() {
        match run_and_finish(&db, &clock, &dice, takes, &*run, &mut ended).await {
            Ok(0) => {
                let woken = async {
                    loop {
                        match hints.recv().await {
                            Ok(hint) if hint.topic == TOPIC => break,
                            Ok(_) => {}
                            Err(_) => break,
                        }
                    }
                };
                tokio::select! {
                    () = woken => {}
                    () = tokio::time::sleep(std::time::Duration::from_secs(2)) => {}
                    _ = stop.changed() => {}
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "jobs cannot be claimed");
                tokio::select! {
                    () = tokio::time::sleep(std::time::Duration::from_secs(2)) => {}
                    _ = stop.changed() => {}
                }
            }
        }
    }
}
