//! Takes the letters of one mailbox: each whole, kept with its place in one transaction, and only after that anything is done with
//! the original. A connection that ends, a process that dies, a database that does not answer: whatever was not committed is
//! fetched again, and what was is not.
//!
//! By its number (UID) a letter is new or not, and by nothing that a human changes by reading. A folder that is numbered anew
//! is gone through once: what was taken is known again by what its head says, and where that is not certain, by all its bytes.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use kit::db::Tx;
use kit::error::Error;
use tokio::sync::watch;

use super::MailboxAdmin;
use super::fault::{Fault, Kind, Trouble};
use super::grants::tokens;
use super::keeper::Taking;
use super::session::Session;
use super::taking_store::{self as store, Hold, Numbering};

mod arriving;
mod fetching;
mod large;
mod settling;

/// How many letters are looked at together.
const TOGETHER: usize = 100;

/// What is remembered from one connection to the next.
struct Memory {
    /// How often in a row it went wrong.
    failures: u32,
    /// Letters are fetched one by one: a connection broke while several came.
    is_careful: bool,
    /// The server waits with us, though it says it can.
    can_idle: bool,
    /// The letter at which the line broke, and how often in a row.
    suspect: Option<(u32, u32)>,
    /// How often in a row a server gave none of several letters.
    refusals: u32,
}

/// Takes letters until `stop` turns true, or the mailbox is somebody else's.
pub(super) async fn take(taking: Arc<Taking>, hold: Hold, mut stop: watch::Receiver<bool>) {
    let work = async {
        match store_of(&taking, &hold).await {
            // Beside the work and not in it: one letter may take longer to come than the lease holds.
            Ok(Some(taker)) => tokio::select! {
                () = taker.run() => {}
                () = taker.keeps_hold() => {}
            },
            Ok(None) => {}
            Err(error) => {
                tracing::error!(mailbox = hold.id.0, %error, "a mailbox cannot be looked up")
            }
        }
    };
    tokio::select! {
        () = work => {}
        _ = stop.wait_for(|it| *it) => {}
    }
    let let_go = async {
        let mut tx = taking.db.write().await?;
        store::let_go(&mut tx, &hold).await?;
        tx.commit().await
    };
    if let Err(error) = let_go.await {
        tracing::warn!(mailbox = hold.id.0, %error, "a mailbox stays held until its lease runs out");
    }
}

async fn store_of(taking: &Arc<Taking>, hold: &Hold) -> Result<Option<Taker>, Error> {
    let mut reader = taking.db.read();
    let Some(mailbox) = super::store::one(&mut reader, hold.id).await? else {
        return Ok(None);
    };
    if mailbox.version != hold.version {
        return Ok(None);
    }
    Ok(Some(Taker {
        taking: Arc::clone(taking),
        hold: hold.clone(),
        mailbox,
    }))
}

struct Taker {
    taking: Arc<Taking>,
    hold: Hold,
    mailbox: MailboxAdmin,
}

impl Taker {
    async fn run(&self) {
        let mut memory = Memory {
            failures: 0,
            is_careful: false,
            can_idle: true,
            suspect: None,
            refusals: 0,
        };
        loop {
            let fault = match self.visit(&mut memory).await {
                Ok(never) => match never {},
                Err(Trouble::Lost) => return,
                Err(Trouble::Fault(fault)) => fault,
                Err(Trouble::Own(error)) => {
                    tracing::error!(mailbox = self.hold.id.0, %error, "letters of a mailbox cannot be kept");
                    Kind::NotKept.into()
                }
            };
            tracing::warn!(
                mailbox = self.hold.id.0,
                fault = fault.kind.word(),
                "a mailbox cannot be fetched"
            );
            match self.note_fault(&fault).await {
                Ok(()) | Err(Trouble::Fault(_)) => {}
                Err(Trouble::Lost) => return,
                Err(Trouble::Own(error)) => {
                    tracing::error!(mailbox = self.hold.id.0, %error, "what is wrong with a mailbox cannot be noted");
                }
            }
            let pause = self.pause(memory.failures, fault.kind.needs_a_human());
            memory.failures = memory.failures.saturating_add(1);
            rest(pause).await;
        }
    }

    async fn note_fault(&self, fault: &Fault) -> Result<(), Trouble> {
        let now = self.taking.clock.now();
        let mut tx = self.holding().await?;
        store::failed(&mut tx, self.hold.id, fault, now).await?;
        Ok(tx.commit().await?)
    }

    /// How long to wait before trying again: longer each time, and never at the same moment as others.
    fn pause(&self, failures: u32, needs_a_human: bool) -> Duration {
        let pace = &self.taking.pace;
        let pause = match needs_a_human {
            true => pace.longest_pause,
            false => pace
                .first_pause
                .saturating_mul(1 << failures.min(16))
                .min(pace.longest_pause),
        };
        let [chance] = self.taking.dice.bytes::<1>();
        pause.mul_f64(0.75 + f64::from(chance) / 512.0)
    }

    /// A change, as far as the mailbox is still ours to change anything of.
    async fn holding(&self) -> Result<Tx, Trouble> {
        let until = self.taking.clock.now().plus(self.taking.lease());
        let mut tx = self.taking.db.write().await?;
        match store::keep_hold(&mut tx, &self.hold, until).await? {
            true => Ok(tx),
            false => Err(Trouble::Lost),
        }
    }

    /// Keeps the lease.
    async fn renew(&self) -> Result<(), Trouble> {
        Ok(self.holding().await?.commit().await?)
    }

    /// Keeps the lease for as long as it is ours.
    async fn keeps_hold(&self) {
        let mut renewal = tokio::time::interval(self.taking.pace.lease / 3);
        loop {
            renewal.tick().await;
            match self.renew().await {
                Err(Trouble::Lost) => return,
                Ok(()) | Err(Trouble::Fault(_)) => {}
                // Asked again soon; whoever works on finds out for themselves whether it is still theirs.
                Err(Trouble::Own(error)) => {
                    tracing::warn!(mailbox = self.hold.id.0, %error, "the lease of a mailbox is not renewed");
                }
            }
        }
    }

    /// One connection, until something ends it.
    async fn visit(&self, memory: &mut Memory) -> Result<Infallible, Trouble> {
        self.renew().await?;
        let mut session = tokens::sign_in(&self.taking.tools(), &self.mailbox).await?;
        let opened = session.select(&self.mailbox.folder, false).await?;
        let at = Numbering {
            account: format!("{}@{}", self.mailbox.login, self.mailbox.host),
            folder: self.mailbox.folder.clone(),
            uid_validity: i64::from(opened.uid_validity),
        };
        self.arrive(&mut session, &at, opened, memory).await?;
        loop {
            let reached = store::reached(&mut self.taking.db.read(), self.hold.id).await?;
            let next = u32::try_from(reached.next_uid).unwrap_or(u32::MAX);
            for some in session.from(next).await?.chunks(TOGETHER) {
                self.take_some(&mut session, &at, some, true, memory)
                    .await?;
                // Not all of a large folder at the end: what is kept is settled soon.
                let _ = self.settle(&mut session, &at).await?;
            }
            self.ask_again(&mut session, &at, memory).await?;
            let settled = self.settle(&mut session, &at).await?;
            let now = self.taking.clock.now();
            let mut tx = self.holding().await?;
            store::succeeded(&mut tx, self.hold.id, now).await?;
            if let Some(fault) = settled {
                store::failed(&mut tx, self.hold.id, &fault, now).await?;
            }
            tx.commit().await?;
            memory.failures = 0;
            memory.is_careful = false;
            self.wait(&mut session, memory).await?;
        }
    }

    /// Waits until there may be something new.
    async fn wait(&self, session: &mut Session, memory: &mut Memory) -> Result<(), Trouble> {
        let mut waiting = None;
        if memory.can_idle && session.can_idle() {
            waiting = session.wait().await?;
            memory.can_idle = waiting.is_some();
        }
        let pace = &self.taking.pace;
        let mut over = tokio::time::interval(match waiting {
            Some(_) => pace.idle,
            None => pace.poll,
        });
        over.tick().await;
        tokio::select! {
            heard = session.news(), if waiting.is_some() => heard?,
            _ = over.tick() => {}
        }
        match waiting {
            Some(tag) => session.stop_waiting(&tag).await?,
            None => session.look().await?,
        }
        Ok(())
    }
}

/// Waits.
async fn rest(pause: Duration) {
    let mut over = tokio::time::interval(pause.max(Duration::from_millis(1)));
    over.tick().await;
    over.tick().await;
}
