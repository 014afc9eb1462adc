//! Takes the letters of one mailbox: each whole, kept with its place in one transaction, and only after that anything is done with
//! the original. A connection that ends, a process that dies, a database that does not answer: whatever was not committed is
//! fetched again, and what was is not.
//!
//! By its number (UID) a letter is new or not, and by nothing that a human changes by reading. A folder that is numbered anew
//! is gone through once: what was taken is known again by what its head says, and where that is not certain, by all its bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use kit::error::Error;
use tokio::sync::watch;

use super::fault::{Fault, Kind};
use super::heads;
use super::keeper::{PIECE, Taking};
use super::session::Session;
use super::taking_store::{self as store, Hold, Met, Note, Numbering, Unsettled};
use super::{Afterwards, MailboxAdmin, account};
use crate::mail::store::{self as mail_store, NewIncoming};

mod arriving;

/// How many letters are looked at together.
const TOGETHER: usize = 100;
/// How many are fetched by one command, and their bytes.
const FETCHED_TOGETHER: usize = 32;
const BYTES_TOGETHER: u64 = 8 * 1024 * 1024;
/// How often an original is copied where moving is not one step: another time could leave another copy.
const MOST_COPIES: i64 = 3;

/// Why taking broke off.
enum Trouble {
    /// Something is wrong with the mailbox or the way there.
    Fault(Fault),
    /// Somebody else takes, or the mailbox is another one by now.
    Lost,
    /// Our own database.
    Own(Error),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        Trouble::Fault(fault)
    }
}

impl From<Kind> for Trouble {
    fn from(kind: Kind) -> Trouble {
        Trouble::Fault(kind.into())
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Trouble {
        Trouble::Own(error)
    }
}

/// What is remembered from one connection to the next.
struct Memory {
    /// How often in a row it went wrong.
    failures: u32,
    /// Letters are fetched one by one: a connection broke while several came.
    is_careful: bool,
    /// The server waits with us, though it says it can.
    can_idle: bool,
}

/// Takes letters until `stop` turns true, or the mailbox is somebody else's.
pub(super) async fn take(taking: Arc<Taking>, hold: Hold, mut stop: watch::Receiver<bool>) {
    let work = async {
        match store_of(&taking, &hold).await {
            Ok(Some(taker)) => taker.run().await,
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
        sealed: super::store::sealed(&mut reader, hold.id).await?,
        taking: Arc::clone(taking),
        hold: hold.clone(),
        mailbox,
    }))
}

struct Taker {
    taking: Arc<Taking>,
    hold: Hold,
    mailbox: MailboxAdmin,
    sealed: String,
}

/// A letter that was fetched.
struct Letter {
    uid: u32,
    size: u64,
    raw: Vec<u8>,
}

impl Taker {
    async fn run(&self) {
        let mut memory = Memory {
            failures: 0,
            is_careful: false,
            can_idle: true,
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
            if let Err(error) = self.note_fault(&fault).await {
                tracing::error!(mailbox = self.hold.id.0, %error, "what is wrong with a mailbox cannot be noted");
            }
            let pause = self.pause(memory.failures, fault.kind.needs_a_human());
            memory.failures = memory.failures.saturating_add(1);
            if let Err(Trouble::Lost) = self.rest(pause).await {
                return;
            }
        }
    }

    async fn note_fault(&self, fault: &Fault) -> Result<(), Error> {
        let now = self.taking.clock.now();
        let mut tx = self.taking.db.write().await?;
        store::failed(&mut tx, self.hold.id, fault, now).await?;
        tx.commit().await
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

    /// Keeps the lease.
    async fn renew(&self) -> Result<(), Trouble> {
        let until = self.taking.clock.now().plus(self.taking.lease());
        let mut tx = self.taking.db.write().await?;
        let is_ours = store::keep_hold(&mut tx, &self.hold, until).await?;
        tx.commit().await?;
        if is_ours { Ok(()) } else { Err(Trouble::Lost) }
    }

    /// Waits, and keeps the lease meanwhile.
    async fn rest(&self, pause: Duration) -> Result<(), Trouble> {
        let mut renewal = tokio::time::interval(self.taking.pace.lease / 3);
        let mut over = tokio::time::interval(pause.max(Duration::from_millis(1)));
        over.tick().await;
        loop {
            tokio::select! {
                _ = over.tick() => return Ok(()),
                // A database that does not answer is asked again by whoever tries next.
                _ = renewal.tick() => if let Err(Trouble::Lost) = self.renew().await {
                    return Err(Trouble::Lost);
                },
            }
        }
    }

    /// One connection, until something ends it.
    async fn visit(&self, memory: &mut Memory) -> Result<Infallible, Trouble> {
        self.renew().await?;
        let account = account(&self.taking.seal, &self.mailbox, &self.sealed)?;
        let mut session = Session::open(&self.taking.dialer, &account).await?;
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
            let settled = self.settle(&mut session, &at).await?;
            let now = self.taking.clock.now();
            let mut tx = self.taking.db.write().await?;
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
        let mut renewal = tokio::time::interval(pace.lease / 3);
        loop {
            tokio::select! {
                heard = session.news(), if waiting.is_some() => {
                    heard?;
                    break;
                }
                _ = renewal.tick() => self.renew().await?,
                _ = over.tick() => break,
            }
        }
        match waiting {
            Some(tag) => session.stop_waiting(&tag).await?,
            None => session.look().await?,
        }
        Ok(())
    }

    /// Those that did not come must be gone: a letter that is there and is not given is not passed over.
    async fn are_gone(&self, session: &mut Session, missing: &[u32]) -> Result<(), Trouble> {
        if missing.is_empty() || session.still_there(missing).await?.is_empty() {
            return Ok(());
        }
        Err(Kind::Withheld.into())
    }

    /// Fetches and keeps these; with `advances`, whatever stands below them is done with.
    async fn take_some(
        &self,
        session: &mut Session,
        at: &Numbering,
        uids: &[u32],
        advances: bool,
        memory: &mut Memory,
    ) -> Result<(), Trouble> {
        let sizes: BTreeMap<u32, u64> = session.sizes(uids).await?.into_iter().collect();
        let missing: Vec<u32> = uids
            .iter()
            .filter(|it| !sizes.contains_key(it))
            .copied()
            .collect();
        self.are_gone(session, &missing).await?;
        let most = self.taking.most_bytes as u64;
        let (fit, large): (BTreeMap<u32, u64>, BTreeMap<u32, u64>) =
            sizes.into_iter().partition(|(_, size)| *size <= most);
        // In the order of their numbers all the same: what is noted as done with is done with.
        let mut left: Vec<(u32, u64)> = fit.into_iter().collect();
        left.reverse();
        let mut large: Vec<(u32, u64)> = large.into_iter().collect();
        large.reverse();
        loop {
            let next_large = large.last().map(|(uid, _)| *uid);
            if let Some((uid, size)) =
                large.pop_if(|it| left.last().is_none_or(|next| it.0 < next.0))
            {
                self.leave_large(session, at, (uid, size), advances).await?;
                continue;
            }
            let mut batch: Vec<(u32, u64)> = vec![];
            let mut bytes = 0;
            while let Some((uid, size)) = left.last().copied() {
                let is_full = batch.len() >= FETCHED_TOGETHER || bytes + size > BYTES_TOGETHER;
                let is_alone = memory.is_careful && !batch.is_empty();
                let is_past = next_large.is_some_and(|large| large < uid);
                if is_past || is_alone || (is_full && !batch.is_empty()) {
                    break;
                }
                batch.push((uid, size));
                bytes += size;
                left.pop();
            }
            if batch.is_empty() {
                return Ok(());
            }
            self.take_batch(session, at, &batch, advances, memory)
                .await?;
        }
    }

    async fn take_batch(
        &self,
        session: &mut Session,
        at: &Numbering,
        batch: &[(u32, u64)],
        advances: bool,
        memory: &mut Memory,
    ) -> Result<(), Trouble> {
        let uids: Vec<u32> = batch.iter().map(|(uid, _)| *uid).collect();
        let sizes: BTreeMap<u32, u64> = batch.iter().copied().collect();
        let bytes = usize::try_from(sizes.values().sum::<u64>()).unwrap_or(usize::MAX / 2);
        let pieces = u32::try_from(bytes / PIECE + 1).unwrap_or(u32::MAX).min(64);
        let room = self.taking.room.acquire_many(pieces).await;
        let fetched = match session.letters(&uids, bytes).await {
            Ok(fetched) => fetched,
            Err(fault) => {
                // It says it is small and has no end: it is left, or it would be met again for ever.
                if fault.kind == Kind::Endless && batch.len() == 1 {
                    let notes = [(uids[0], format!("endless {}", uids[0]), Met::TooLarge, true)];
                    self.note_large(at, &notes, advances).await?;
                }
                memory.is_careful = true;
                return Err(fault.into());
            }
        };
        let letters: Vec<Letter> = fetched
            .into_iter()
            .filter_map(|(uid, raw)| {
                let size = *sizes.get(&uid)?;
                Some(Letter { uid, size, raw })
            })
            .collect();
        let came: BTreeSet<u32> = letters.iter().map(|it| it.uid).collect();
        let missing: Vec<u32> = uids
            .iter()
            .filter(|it| !came.contains(it))
            .copied()
            .collect();
        self.are_gone(session, &missing).await?;
        let last = uids.last().copied().unwrap_or_default();
        self.keep(at, &letters, advances.then_some(last)).await?;
        drop(room);
        Ok(())
    }

    /// A letter that is too large stays where it is, and is said to.
    async fn leave_large(
        &self,
        session: &mut Session,
        at: &Numbering,
        (uid, size): (u32, u64),
        advances: bool,
    ) -> Result<(), Trouble> {
        let heads = session.heads(&[uid]).await?;
        let head = heads
            .first()
            .map_or(&[][..], |(_, _, head)| head.as_slice());
        let notes = [(uid, heads::identity(head, size), Met::TooLarge, true)];
        self.note_large(at, &notes, advances).await
    }

    async fn note_large(
        &self,
        at: &Numbering,
        notes: &[(u32, String, Met, bool); 1],
        advances: bool,
    ) -> Result<(), Trouble> {
        self.note_unfetched(at, notes).await?;
        let mut tx = self.taking.db.write().await?;
        store::count(&mut tx, self.hold.id, 0, 1).await?;
        if advances {
            store::reach(&mut tx, self.hold.id, at, i64::from(notes[0].0) + 1, true).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Keeps letters with their places, in one transaction.
    async fn keep(
        &self,
        at: &Numbering,
        letters: &[Letter],
        done_with: Option<u32>,
    ) -> Result<(), Trouble> {
        let now = self.taking.clock.now();
        let id = self.hold.id;
        let mut tx = self.taking.db.write().await?;
        if !store::keep_hold(&mut tx, &self.hold, now.plus(self.taking.lease())).await? {
            return Err(Trouble::Lost);
        }
        let mut taken = 0;
        for letter in letters {
            let digest = blake3::hash(&letter.raw).to_hex().to_string();
            let is_known = store::knows(&mut tx, id, &digest).await?;
            let note = Note {
                uid: i64::from(letter.uid),
                digest: &digest,
                identity: &heads::identity(&letter.raw, letter.size),
                state: if is_known { Met::Known } else { Met::Taken },
                is_settled: self.mailbox.afterwards == Afterwards::Leave,
            };
            if !store::note(&mut tx, id, at, &note, now).await? || is_known {
                continue;
            }
            let new = NewIncoming {
                channel: self.mailbox.channel_id,
                digest: &digest,
                raw: &letter.raw,
                envelope_from: &heads::envelope_from(&letter.raw),
                envelope_to: &self.mailbox.channel,
            };
            // It may have come by another way already.
            if mail_store::keep(&mut tx, &new, now).await?.is_some() {
                taken += 1;
            }
        }
        store::count(&mut tx, id, taken, 0).await?;
        if let Some(last) = done_with {
            store::reach(&mut tx, id, at, i64::from(last) + 1, true).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Does with the originals of kept letters what is to be done. That it cannot be done keeps nobody from taking
    /// letters; it is returned to be said.
    async fn settle(
        &self,
        session: &mut Session,
        at: &Numbering,
    ) -> Result<Option<Fault>, Trouble> {
        loop {
            let mut open = store::unsettled(&mut self.taking.db.read(), self.hold.id, at).await?;
            if open.is_empty() {
                return Ok(None);
            }
            let afterwards = self.mailbox.afterwards;
            if afterwards == Afterwards::Move && !session.moves_at_once() {
                let mut tx = self.taking.db.write().await?;
                let tired: Vec<Unsettled> = open
                    .extract_if(.., |it| it.attempts >= MOST_COPIES)
                    .collect();
                store::settle(&mut tx, &tired, false).await?;
                store::attempt(&mut tx, &open).await?;
                tx.commit().await?;
                if open.is_empty() {
                    return Ok(Some(Kind::NotSettled.into()));
                }
            }
            let uids: Vec<u32> = open
                .iter()
                .filter_map(|it| u32::try_from(it.uid).ok())
                .collect();
            let done = match afterwards {
                Afterwards::Leave => Ok(()),
                Afterwards::MarkRead => session.mark_read(&uids).await,
                Afterwards::Move => session.move_to(&uids, &self.mailbox.move_to).await,
                Afterwards::Delete => session.delete(&uids).await,
            };
            match done {
                Ok(()) => {}
                Err(fault) if matches!(fault.kind, Kind::NotSettled | Kind::TargetMissing) => {
                    return Ok(Some(fault));
                }
                Err(fault) => return Err(fault.into()),
            }
            let is_gone = matches!(afterwards, Afterwards::Move | Afterwards::Delete);
            let mut tx = self.taking.db.write().await?;
            store::settle(&mut tx, &open, is_gone).await?;
            tx.commit().await?;
        }
    }
}
