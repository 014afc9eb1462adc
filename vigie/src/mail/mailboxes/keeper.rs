//! Who fetches which mailbox: each that is switched on has one taker, in one of all processes that run on this database.
//! The mailbox is held by a lease; whose process dies lets it run out.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use kit::clock::{Clock, Span};
use kit::db::Db;
use kit::error::Error;
use kit::ids::Dice;
use kit::seal::Seal;
use tokio::sync::{Semaphore, broadcast, watch};
use tokio::task::JoinHandle;

use super::grants::Tools;
use super::line::Dialer;
use super::taker;
use super::taking_store::{self as store, Hold};

/// The topic of hints that a mailbox was changed.
pub const TOPIC: &str = "mailboxes";

/// How much of the letters being fetched is in memory at once, in pieces of [`PIECE`].
const ROOM: usize = 128;
/// A piece of that room, in bytes.
pub(super) const PIECE: usize = 1024 * 1024;

/// How long things take.
#[derive(Clone, Debug)]
pub struct Pace {
    /// How often it is looked which mailboxes there are.
    pub look: Duration,
    /// How often a server is asked that does not tell by itself.
    pub poll: Duration,
    /// How often one is asked that does: some forget to, and some connections are dead without knowing it.
    pub idle: Duration,
    /// How long the first pause is after something went wrong; each further one is twice as long.
    pub first_pause: Duration,
    /// How long the longest is.
    pub longest_pause: Duration,
    /// How long a lease holds.
    pub lease: Duration,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            look: Duration::from_secs(10),
            poll: Duration::from_secs(60),
            idle: Duration::from_secs(5 * 60),
            first_pause: Duration::from_secs(5),
            longest_pause: Duration::from_secs(5 * 60),
            lease: Duration::from_secs(30),
        }
    }
}

/// What taking letters needs.
pub struct Taking {
    /// Where letters are kept.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// Where chance comes from.
    pub dice: Dice,
    /// Opens what is sealed.
    pub seal: Arc<Seal>,
    /// How connections are made.
    pub dialer: Arc<Dialer>,
    /// How long things take.
    pub pace: Pace,
    /// The largest letter that is taken, in bytes.
    pub most_bytes: usize,
    /// How much is in memory at once.
    pub(super) room: Semaphore,
    holder: String,
}

impl Taking {
    /// Takes letters as a process of its own.
    pub fn new(
        (db, clock, dice): (Db, Clock, Dice),
        seal: Arc<Seal>,
        dialer: Arc<Dialer>,
        pace: Pace,
        most_bytes: usize,
    ) -> Taking {
        Taking {
            holder: dice.token(),
            db,
            clock,
            dice,
            seal,
            dialer,
            pace,
            most_bytes,
            room: Semaphore::new(ROOM),
        }
    }

    /// What signing in needs.
    pub(super) fn tools(&self) -> Tools {
        Tools {
            db: self.db.clone(),
            clock: self.clock.clone(),
            dice: self.dice.clone(),
            seal: Arc::clone(&self.seal),
            dialer: Arc::clone(&self.dialer),
        }
    }

    /// Until when a lease holds that is taken now.
    pub(super) fn lease(&self) -> Span {
        Span(i64::try_from(self.pace.lease.as_micros()).unwrap_or(i64::MAX / 2))
    }
}

struct Running {
    version: i64,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    async fn end(self) {
        let _ = self.stop.send(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "taking letters from a mailbox broke off");
        }
    }
}

/// Sees to it that each mailbox is fetched, until `stop` turns true.
pub async fn keep(taking: Arc<Taking>, mut stop: watch::Receiver<bool>) {
    let mut hints = taking.db.hints();
    let mut look = tokio::time::interval(taking.pace.look);
    let mut running: BTreeMap<i64, Running> = BTreeMap::new();
    loop {
        tokio::select! {
            _ = look.tick() => {}
            hint = hints.recv() => match hint {
                Ok(hint) if hint.topic != TOPIC => continue,
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => break,
            },
            _ = stop.wait_for(|it| *it) => break,
        }
        if let Err(error) = see_to(&taking, &mut running).await {
            tracing::error!(%error, "mailboxes cannot be looked through");
        }
    }
    for one in running.values() {
        let _ = one.stop.send(true);
    }
    for one in running.into_values() {
        one.end().await;
    }
}

async fn see_to(taking: &Arc<Taking>, running: &mut BTreeMap<i64, Running>) -> Result<(), Error> {
    let active = store::active(&mut taking.db.read()).await?;
    let over: Vec<i64> = running
        .iter()
        .filter(|(id, one)| {
            let stands = active.iter().find(|it| it.id.0 == **id);
            one.task.is_finished() || stands.is_none_or(|it| it.version != one.version)
        })
        .map(|(id, _)| *id)
        .collect();
    for id in over {
        if let Some(one) = running.remove(&id) {
            one.end().await;
        }
    }
    for mailbox in active {
        if running.contains_key(&mailbox.id.0) {
            continue;
        }
        let hold = Hold {
            id: mailbox.id,
            version: mailbox.version,
            holder: taking.holder.clone(),
        };
        let now = taking.clock.now();
        let mut tx = taking.db.write().await?;
        let is_ours = store::take_hold(&mut tx, &hold, now, now.plus(taking.lease())).await?;
        tx.commit().await?;
        if is_ours {
            let (stop, stopped) = watch::channel(false);
            let task = tokio::spawn(taker::take(Arc::clone(taking), hold, stopped));
            let one = Running {
                version: mailbox.version,
                stop,
                task,
            };
            running.insert(mailbox.id.0, one);
        }
    }
    Ok(())
}
