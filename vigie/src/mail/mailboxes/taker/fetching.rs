//! Fetching letters and keeping them. One that does not come keeps nobody from taking the others: it is noted with why, and
//! asked for again, ever more rarely, for as long as it is there.

use std::collections::{BTreeMap, BTreeSet};

use kit::clock::{Moment, Span};
use kit::db::Tx;

use super::{Memory, Taker, Trouble};
use crate::mail::mailboxes::Afterwards;
use crate::mail::mailboxes::fault::{Fault, Kind};
use crate::mail::mailboxes::heads;
use crate::mail::mailboxes::keeper::PIECE;
use crate::mail::mailboxes::session::{Session, is_busy};
use crate::mail::mailboxes::taking_store::{self as store, Met, Note, Numbering};
use crate::mail::store::{self as mail_store, NewIncoming, Source};

/// How many are fetched by one command, and their bytes.
const FETCHED_TOGETHER: usize = 32;
const BYTES_TOGETHER: u64 = 8 * 1024 * 1024;
/// How often the line breaks at one letter before it counts as withheld.
const MOST_BREAKS: u32 = 3;
/// How often a server may give none of several letters before each of them counts as withheld: it is rather it than they.
const MOST_REFUSALS: u32 = 3;
/// How long after it was withheld a letter is asked for again; each further pause is twice as long, up to a day.
const FIRST_RETRY: Span = Span::minutes(1);
const LONGEST_RETRY: Span = Span::days(1);

/// When a letter is asked for again that was asked for so often.
fn again(now: Moment, attempts: i64) -> Moment {
    let doublings = attempts.clamp(1, 20) - 1;
    now.plus(Span(FIRST_RETRY.0 << doublings).min(LONGEST_RETRY))
}

impl Taker {
    /// Fetches and keeps these; with `advances`, whatever stands below them is done with.
    pub(super) async fn take_some(
        &self,
        session: &mut Session,
        at: &Numbering,
        uids: &[u32],
        advances: bool,
        memory: &mut Memory,
    ) -> Result<(), Trouble> {
        let sizes = session.sizes(uids).await?;
        self.may_be_theirs(sizes.came.len(), &sizes.withheld, memory)?;
        let lacking = sizes.cut.into_iter().map(|uid| (uid, Kind::Unclear.into()));
        let withheld = sizes.withheld.into_iter().chain(lacking);
        // In the order of their numbers: what is noted as done with is done with.
        let mut all: BTreeMap<u32, Result<u64, Fault>> =
            withheld.map(|(uid, fault)| (uid, Err(fault))).collect();
        all.extend(sizes.came.into_iter().map(|(uid, size)| (uid, Ok(size))));
        let mut batch: Vec<(u32, u64)> = vec![];
        let mut bytes = 0;
        for (uid, found) in all {
            let is_apart = match &found {
                Ok(size) => *size > self.worth_a_try(),
                Err(_) => true,
            };
            let size = *found.as_ref().unwrap_or(&0);
            let is_full = batch.len() >= FETCHED_TOGETHER || bytes + size > BYTES_TOGETHER;
            if is_apart || is_full || memory.is_careful {
                let whole = std::mem::take(&mut batch);
                self.take_batch(session, at, &whole, advances, memory)
                    .await?;
                bytes = 0;
            }
            match found {
                Ok(size) if is_apart => {
                    self.leave_large(session, at, (uid, size), advances).await?
                }
                Ok(size) => {
                    batch.push((uid, size));
                    bytes += size;
                }
                Err(fault) => self.withhold(at, uid, &fault, advances).await?,
            }
        }
        self.take_batch(session, at, &batch, advances, memory).await
    }

    /// How large a letter may be said to be: many servers guess, and what it has is counted once it is here.
    fn worth_a_try(&self) -> u64 {
        let most = self.taking.most_bytes as u64;
        most + most / 8
    }

    /// A server that gives none of several letters is given some time before that is said of each of them.
    fn may_be_theirs(
        &self,
        came: usize,
        withheld: &[(u32, Fault)],
        memory: &mut Memory,
    ) -> Result<(), Trouble> {
        if came > 0 || withheld.len() < 2 {
            return Ok(());
        }
        memory.refusals += 1;
        match withheld.first() {
            Some((_, fault)) if memory.refusals <= MOST_REFUSALS => Err(fault.clone().into()),
            _ => Ok(()),
        }
    }

    /// Room in memory for so many bytes.
    async fn room(&self, bytes: u64) -> Option<tokio::sync::SemaphorePermit<'_>> {
        let pieces = bytes / PIECE as u64 + 1;
        let pieces = u32::try_from(pieces).unwrap_or(u32::MAX).min(64);
        self.taking.room.acquire_many(pieces).await.ok()
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
        let Some(last) = uids.last().copied() else {
            return Ok(());
        };
        let sizes: BTreeMap<u32, u64> = batch.iter().copied().collect();
        let room = self.room(sizes.values().sum()).await;
        let spare = usize::try_from(self.worth_a_try()).unwrap_or(usize::MAX / 4);
        let given = match session.letters(&uids, &sizes, spare).await {
            Ok(given) => given,
            Err(fault) => return self.broke_off(at, &uids, fault, advances, memory).await,
        };
        // What is larger than it was said to be is still to come.
        memory.suspect = memory.suspect.filter(|it| given.cut.contains(&it.0));
        if !given.came.is_empty() {
            memory.refusals = 0;
        }
        self.may_be_theirs(given.came.len() + given.cut.len(), &given.withheld, memory)?;
        let mut open: BTreeMap<u32, Option<Fault>> =
            given.cut.into_iter().map(|uid| (uid, None)).collect();
        open.extend(
            given
                .withheld
                .into_iter()
                .map(|(uid, why)| (uid, Some(why))),
        );
        // As far as the first of those that did not come: what is above it is known by its number, if one is interrupted.
        let done_with = open.keys().next().map_or(last, |first| first - 1);
        self.keep(at, &given.came, &sizes, advances.then_some(done_with))
            .await?;
        drop(room);
        if open.is_empty() {
            return Ok(());
        }
        for (uid, why) in open {
            match why {
                Some(why) => self.withhold(at, uid, &why, false).await?,
                None => {
                    let size = sizes.get(&uid).copied().unwrap_or_default();
                    self.take_whole(session, at, (uid, size), advances, memory)
                        .await?;
                }
            }
        }
        match advances {
            true => self.reach(at, i64::from(last) + 1, true).await,
            false => Ok(()),
        }
    }

    /// Fetches one that is larger than it was said to be, as far as any may be large.
    async fn take_whole(
        &self,
        session: &mut Session,
        at: &Numbering,
        (uid, size): (u32, u64),
        advances: bool,
        memory: &mut Memory,
    ) -> Result<(), Trouble> {
        let _room = self.room(self.worth_a_try()).await;
        let most = BTreeMap::from([(uid, self.worth_a_try())]);
        let given = match session.letters(&[uid], &most, 0).await {
            Ok(given) => given,
            Err(fault) => return self.broke_off(at, &[uid], fault, advances, memory).await,
        };
        memory.suspect = None;
        for (uid, why) in &given.withheld {
            self.withhold(at, *uid, why, false).await?;
        }
        let said = BTreeMap::from([(uid, size)]);
        self.keep(at, &given.came, &said, None).await
    }

    /// The line broke while these came. Where it does so again and again at the same one, that one is passed over.
    async fn broke_off(
        &self,
        at: &Numbering,
        uids: &[u32],
        fault: Fault,
        advances: bool,
        memory: &mut Memory,
    ) -> Result<(), Trouble> {
        if is_busy(&fault.said) {
            return Err(fault.into());
        }
        memory.is_careful = true;
        if let [uid] = *uids {
            let times = memory.suspect.filter(|it| it.0 == uid);
            let times = times.map_or(1, |it| it.1 + 1);
            memory.suspect = Some((uid, times));
            if fault.kind == Kind::Endless {
                // It says it is small and has no end: it is left, or it would be met again for ever.
                self.note_headless(at, uid, advances).await?;
            } else if times >= MOST_BREAKS {
                self.withhold(at, uid, &fault, advances).await?;
            }
        }
        Err(fault.into())
    }

    /// Keeps a letter to be read, or the head of one; false when it came by another way already.
    pub(super) async fn hand_on(
        &self,
        tx: &mut Tx,
        raw: &[u8],
        digest: &str,
        left_bytes: Option<i64>,
    ) -> Result<bool, Trouble> {
        // The server of the mailbox received it; who brought it to it is for it to tell.
        let source = Source {
            receivers: self.mailbox.trusted_receivers.clone(),
            peer: String::new(),
        };
        let new = NewIncoming {
            channel: self.mailbox.channel_id,
            digest,
            raw,
            envelope_from: &heads::envelope_from(raw),
            envelope_to: &self.mailbox.channel,
            source: &source,
            left_bytes,
        };
        let kept = mail_store::keep(tx, &new, self.taking.clock.now()).await?;
        Ok(kept.is_some())
    }

    /// Notes a letter that is there and does not come.
    pub(super) async fn withhold(
        &self,
        at: &Numbering,
        uid: u32,
        why: &Fault,
        advances: bool,
    ) -> Result<(), Trouble> {
        tracing::warn!(
            mailbox = self.hold.id.0,
            uid,
            fault = why.kind.word(),
            "a letter of a mailbox is not handed over"
        );
        let (id, uid) = (self.hold.id, i64::from(uid));
        let now = self.taking.clock.now();
        let mut tx = self.holding().await?;
        store::withhold(&mut tx, id, at, (uid, why), (now, again(now, 1))).await?;
        if advances {
            store::reach(&mut tx, id, at, uid + 1, true).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Asks again for what was withheld, each letter by itself. That it is asked is noted before: one at which the line breaks
    /// does not break it over and over.
    pub(super) async fn ask_again(
        &self,
        session: &mut Session,
        at: &Numbering,
        memory: &mut Memory,
    ) -> Result<(), Trouble> {
        let now = self.taking.clock.now();
        let due = store::due(&mut self.taking.db.read(), self.hold.id, at, now).await?;
        for letter in due {
            let Ok(uid) = u32::try_from(letter.uid) else {
                continue;
            };
            let is_there = !session.still_there(&[uid]).await?.is_empty();
            let mut tx = self.holding().await?;
            match is_there {
                true => store::put_off(&mut tx, &letter, again(now, letter.attempts + 1)).await?,
                false => store::forget(&mut tx, &letter).await?,
            }
            tx.commit().await?;
            if is_there {
                self.take_some(session, at, &[uid], false, memory).await?;
            }
        }
        Ok(())
    }

    /// Keeps letters with their places, in one transaction. One that has more bytes than are taken stays where it is.
    async fn keep(
        &self,
        at: &Numbering,
        letters: &[(u32, Vec<u8>)],
        sizes: &BTreeMap<u32, u64>,
        done_with: Option<u32>,
    ) -> Result<(), Trouble> {
        let now = self.taking.clock.now();
        let id = self.hold.id;
        let mut tx = self.holding().await?;
        let mut taken = 0;
        let mut met = BTreeSet::new();
        for (uid, raw) in letters {
            let Some(size) = sizes.get(uid).filter(|_| met.insert(*uid)) else {
                continue;
            };
            if raw.len() > self.taking.most_bytes {
                let size = raw.len() as u64;
                self.note_large(&mut tx, at, (*uid, size), raw).await?;
                continue;
            }
            let digest = blake3::hash(raw).to_hex();
            let is_known = store::knows(&mut tx, id, &digest).await?;
            let note = Note {
                uid: i64::from(*uid),
                digest: &digest,
                identity: &heads::identity(raw, *size),
                state: match is_known {
                    true => Met::Known,
                    false => Met::Taken,
                },
                is_settled: self.mailbox.afterwards == Afterwards::Leave,
            };
            if !store::note(&mut tx, id, at, &note, now).await? || is_known {
                continue;
            }
            if self.hand_on(&mut tx, raw, &digest, None).await? {
                taken += 1;
            }
        }
        store::count(&mut tx, id, taken, 0).await?;
        if let Some(last) = done_with {
            store::reach(&mut tx, id, at, i64::from(last) + 1, true).await?;
        }
        Ok(tx.commit().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withheld_letter_is_asked_for_ever_more_rarely_and_never_given_up() {
        let now = Moment(0);
        let pauses: Vec<i64> = [1, 2, 3, 11, 12, 1000]
            .map(|n| again(now, n).0 / Span::minutes(1).0)
            .to_vec();
        assert_eq!(pauses, [1, 2, 4, 1024, 24 * 60, 24 * 60]);
    }
}
