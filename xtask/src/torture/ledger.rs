//! Who sends, and what was acknowledged. A mail whose acknowledgement never came is sent again, byte for byte, as every
//! real client does.

use super::letters::{fixed, letter};
use crate::mail::client::{Client, Outcome};
use crate::servers::process::Running;
use anyhow::bail;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// So long nothing may be accepted before a run is given up.
const PATIENCE: Duration = Duration::from_secs(180);

/// What became of the mails so far.
#[derive(Debug, Default)]
pub struct Ledger {
    total: usize,
    waiting: Mutex<VecDeque<usize>>,
    accepted: Mutex<Vec<usize>>,
    in_doubt: AtomicUsize,
    refused: Mutex<Vec<(u16, String)>>,
    done: AtomicBool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Ledger {
    /// How many were acknowledged.
    pub fn accepted(&self) -> usize {
        lock(&self.accepted).len()
    }

    /// The one at this place in the order in which they were acknowledged.
    pub fn nth_accepted(&self, place: usize) -> Option<usize> {
        lock(&self.accepted).get(place).copied()
    }

    /// How often a connection was cut before an answer.
    pub fn in_doubt(&self) -> usize {
        self.in_doubt.load(Ordering::Relaxed)
    }

    /// Codes and words of the refusals so far.
    pub fn refused(&self) -> Vec<(u16, String)> {
        lock(&self.refused).clone()
    }

    /// Waits until so many were acknowledged.
    pub async fn wait(&self, wanted: usize, running: &mut Running) -> anyhow::Result<()> {
        let (mut since, mut seen) = (Instant::now(), self.accepted());
        while self.accepted() < wanted {
            running.must_be_alive()?;
            if self.accepted() > seen {
                (since, seen) = (Instant::now(), self.accepted());
            }
            if since.elapsed() > PATIENCE {
                let last = lock(&self.refused).last().cloned();
                bail!(
                    "only {seen} of {wanted} mails accepted, none for {PATIENCE:?}; last refusal: {last:?}"
                );
            }
            tokio::time::sleep(Duration::from_micros(500)).await;
        }
        Ok(())
    }
}

/// Senders at work, which end with the value.
#[derive(Debug)]
pub struct Senders {
    /// What they note.
    pub ledger: Arc<Ledger>,
    tasks: JoinSet<()>,
}

impl Senders {
    /// Sends so many mails over so many connections.
    pub fn start(mails: usize, connections: usize, smtp: SocketAddr, to: &str, seed: u64) -> Self {
        let ledger = Arc::new(Ledger {
            total: mails,
            waiting: Mutex::new((0..mails).collect()),
            ..Ledger::default()
        });
        let mut tasks = JoinSet::new();
        for _ in 0..connections {
            let (ledger, to) = (Arc::clone(&ledger), to.to_owned());
            tasks.spawn(async move { send_all(&ledger, smtp, &to, seed).await });
        }
        Self { ledger, tasks }
    }

    /// Waits until all were acknowledged, and ends.
    pub async fn finish(mut self, running: &mut Running) -> anyhow::Result<()> {
        self.ledger.wait(self.ledger.total, running).await?;
        self.ledger.done.store(true, Ordering::Relaxed);
        while let Some(outcome) = self.tasks.join_next().await {
            outcome?;
        }
        Ok(())
    }
}

async fn send_all(ledger: &Ledger, smtp: SocketAddr, to: &str, seed: u64) {
    let mut connection: Option<Client> = None;
    while !ledger.done.load(Ordering::Relaxed) {
        let Some(mail) = lock(&ledger.waiting).pop_front() else {
            tokio::time::sleep(Duration::from_millis(2)).await;
            continue;
        };
        let put_back = || lock(&ledger.waiting).push_front(mail);
        let mut open = match connection.take() {
            Some(open) => open,
            None => match Client::connect(smtp).await {
                Ok(open) => open,
                // The desk is down at this moment; the mail has not left.
                Err(_) => {
                    put_back();
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    continue;
                }
            },
        };
        let letter = letter(mail, seed, to);
        match open.send(&letter.from, &[to], &fixed(&letter)).await {
            Ok(Outcome::Accepted) => {
                connection = Some(open);
                lock(&ledger.accepted).push(mail);
            }
            Ok(Outcome::Refused(code, text)) => {
                lock(&ledger.refused).push((code, text));
                connection = Some(open);
                put_back();
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            // Cut off: the desk may have it or not, so it is sent again.
            Err(_) => {
                ledger.in_doubt.fetch_add(1, Ordering::Relaxed);
                put_back();
            }
        }
    }
}
