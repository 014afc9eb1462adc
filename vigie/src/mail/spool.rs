//! One writer keeps the letters of all connections: up to 64 of them, or those of two milliseconds,
//! share one commit, because a commit costs the same for one as for sixty-four. Nobody is answered
//! before the commit that holds their letter.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kit::clock::Clock;
use kit::db::Db;
use kit::error::Error;
use tokio::sync::{mpsc, oneshot};

use super::store::{self, ChannelId, Source};
use super::wire::Kept;

/// The most letters in one commit.
const MOST_AT_ONCE: usize = 64;
/// The most bytes in one commit.
const MOST_BYTES_AT_ONCE: usize = 32 * 1024 * 1024;
/// How long the first letter of a commit waits for others.
const PATIENCE: Duration = Duration::from_millis(2);

/// A letter and where it goes.
#[derive(Debug)]
pub struct Delivery {
    /// The bytes as they came.
    pub raw: Kept,
    /// The sender of the envelope; empty for reports.
    pub envelope_from: String,
    /// Each channel once, with the recipients of the envelope that named it, between spaces.
    pub targets: BTreeMap<ChannelId, String>,
    /// What may tell who wrote it.
    pub source: Source,
}

/// The letter is not kept; its sender must keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotKept;

struct Waiting {
    delivery: Delivery,
    answer: oneshot::Sender<Result<(), NotKept>>,
}

/// The way to the writer. Cheap to clone; the writer ends when all are gone.
#[derive(Clone, Debug)]
pub struct Spool {
    to_writer: mpsc::Sender<Waiting>,
    arriving: Arc<AtomicUsize>,
}

/// Says that a letter is on its way, so that the writer knows how many to wait for.
#[derive(Debug)]
pub struct Expected(Arc<AtomicUsize>);

impl Drop for Expected {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Spool {
    /// Starts the writer.
    pub fn start(db: Db, clock: Clock) -> Spool {
        let (to_writer, waiting) = mpsc::channel(MOST_AT_ONCE);
        let arriving = Arc::new(AtomicUsize::new(0));
        tokio::spawn(write_forever(db, clock, waiting, Arc::clone(&arriving)));
        Spool {
            to_writer,
            arriving,
        }
    }

    /// Announces a letter until the answer is dropped.
    pub fn expect_one(&self) -> Expected {
        self.arriving.fetch_add(1, Ordering::SeqCst);
        Expected(Arc::clone(&self.arriving))
    }

    /// Keeps a letter in all its channels, in one commit; returns after it.
    pub async fn keep(&self, delivery: Delivery) -> Result<(), NotKept> {
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting { delivery, answer };
        self.to_writer.send(waiting).await.map_err(|_| NotKept)?;
        answered.await.unwrap_or(Err(NotKept))
    }
}

async fn write_forever(
    db: Db,
    clock: Clock,
    mut waiting: mpsc::Receiver<Waiting>,
    arriving: Arc<AtomicUsize>,
) {
    while let Some(first) = waiting.recv().await {
        let mut bytes = first.delivery.raw.bytes.len();
        let mut batch = vec![first];
        let patience = tokio::time::sleep(PATIENCE);
        tokio::pin!(patience);
        // Waiting longer than for those on their way would only cost a lone sender time.
        while batch.len() < MOST_AT_ONCE.min(arriving.load(Ordering::SeqCst))
            && bytes < MOST_BYTES_AT_ONCE
        {
            tokio::select! {
                biased;
                more = waiting.recv() => match more {
                    Some(more) => {
                        bytes += more.delivery.raw.bytes.len();
                        batch.push(more);
                    }
                    None => break,
                },
                () = &mut patience => break,
            }
        }
        keep_batch(&db, &clock, batch).await;
    }
}

async fn keep_batch(db: &Db, clock: &Clock, batch: Vec<Waiting>) {
    let deliveries: Vec<&Delivery> = batch.iter().map(|w| &w.delivery).collect();
    let together = keep(db, clock, &deliveries).await;
    let mut results = vec![Ok(()); batch.len()];
    if let Err(error) = together {
        // One letter that cannot be kept must not take the others with it.
        tracing::error!(%error, letters = batch.len(), "letters could not be kept together");
        for (at, delivery) in deliveries.iter().enumerate() {
            results[at] = keep(db, clock, &[delivery]).await.map_err(|error| {
                tracing::error!(%error, "a letter could not be kept");
                NotKept
            });
        }
    }
    for (waiting, result) in batch.into_iter().zip(results) {
        // A sender that is gone will come back with the same letter.
        let _ = waiting.answer.send(result);
    }
}

async fn keep(db: &Db, clock: &Clock, deliveries: &[&Delivery]) -> Result<(), Error> {
    let mut tx = db.write().await?;
    for delivery in deliveries {
        let digest = blake3::hash(&delivery.raw.bytes).to_hex().to_string();
        for (channel, envelope_to) in &delivery.targets {
            let letter = store::NewIncoming {
                left_bytes: None,
                channel: *channel,
                digest: &digest,
                raw: &delivery.raw.bytes,
                envelope_from: &delivery.envelope_from,
                envelope_to,
                source: &delivery.source,
            };
            store::keep(&mut tx, &letter, clock.now()).await?;
        }
    }
    tx.commit().await
}
