//! Finding one's place in a folder: where one was, at the beginning, or under other numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::{Memory, TOGETHER, Taker, Trouble};
use crate::mail::mailboxes::Begins;
use crate::mail::mailboxes::heads;
use crate::mail::mailboxes::session::{Opened, Session};
use crate::mail::mailboxes::taking_store::{self as store, Met, Note, Noted, Numbering};

impl Taker {
    /// Finds its place in the folder: where it was, at the beginning, or in a folder that was numbered anew.
    pub(super) async fn arrive(
        &self,
        session: &mut Session,
        at: &Numbering,
        opened: Opened,
        memory: &mut Memory,
    ) -> Result<(), Trouble> {
        let reached = store::reached(&mut self.taking.db.read(), self.hold.id).await?;
        let before = Numbering {
            account: reached.account,
            folder: reached.folder,
            uid_validity: reached.uid_validity,
        };
        if before == *at {
            return match reached.is_surveyed {
                true => Ok(()),
                false => self.survey(session, at, reached.next_uid).await,
            };
        }
        let next = match opened.uid_next {
            // Whoever does not say has told of all there is.
            0 => session
                .from(1)
                .await?
                .last()
                .map_or(1, |last| i64::from(*last) + 1),
            next => i64::from(next),
        };
        let is_first = before.account.is_empty();
        let is_elsewhere = before.account != at.account || before.folder != at.folder;
        if is_elsewhere && self.mailbox.begins == Begins::FromNowOn {
            // From where on is kept at once: whatever comes while one looks through the rest is new.
            self.reach(at, next, false).await?;
            return self.survey(session, at, next).await;
        }
        if is_first {
            return self.reach(at, 1, true).await;
        }
        self.renumbered(session, &before, at, memory).await?;
        self.reach(at, next, true).await
    }

    async fn reach(&self, at: &Numbering, next: i64, is_surveyed: bool) -> Result<(), Trouble> {
        let now = self.taking.clock.now();
        let mut tx = self.taking.db.write().await?;
        if !store::keep_hold(&mut tx, &self.hold, now.plus(self.taking.lease())).await? {
            return Err(Trouble::Lost);
        }
        store::reach(&mut tx, self.hold.id, at, next, is_surveyed).await?;
        Ok(tx.commit().await?)
    }

    /// Notes what lies below `floor` as not to be taken, so that it is known again under other numbers.
    async fn survey(
        &self,
        session: &mut Session,
        at: &Numbering,
        floor: i64,
    ) -> Result<(), Trouble> {
        let noted = store::noted(&mut self.taking.db.read(), self.hold.id, at).await?;
        let noted: BTreeSet<i64> = noted.into_iter().map(|it| it.uid).collect();
        let mut left = session.from(1).await?;
        left.retain(|uid| i64::from(*uid) < floor && !noted.contains(&i64::from(*uid)));
        for some in left.chunks(TOGETHER) {
            let notes: Vec<(u32, String, Met, bool)> = session
                .heads(some)
                .await?
                .into_iter()
                .map(|(uid, size, head)| (uid, heads::identity(&head, size), Met::Before, true))
                .collect();
            self.note_unfetched(at, &notes).await?;
        }
        self.reach(at, floor, true).await
    }

    /// Notes letters that are not fetched, each with whether its original is settled.
    pub(super) async fn note_unfetched(
        &self,
        at: &Numbering,
        notes: &[(u32, String, Met, bool)],
    ) -> Result<(), Trouble> {
        let now = self.taking.clock.now();
        let mut tx = self.taking.db.write().await?;
        if !store::keep_hold(&mut tx, &self.hold, now.plus(self.taking.lease())).await? {
            return Err(Trouble::Lost);
        }
        for (uid, identity, state, is_settled) in notes {
            let note = Note {
                uid: i64::from(*uid),
                digest: "",
                identity,
                state: *state,
                is_settled: *is_settled,
            };
            store::note(&mut tx, self.hold.id, at, &note, now).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Goes through a folder that was numbered anew: what was met before is noted under its new number, and the rest taken.
    async fn renumbered(
        &self,
        session: &mut Session,
        before: &Numbering,
        at: &Numbering,
        memory: &mut Memory,
    ) -> Result<(), Trouble> {
        let mut reader = self.taking.db.read();
        let mut known: BTreeMap<String, Vec<Noted>> = BTreeMap::new();
        for noted in store::noted(&mut reader, self.hold.id, before).await? {
            if !noted.is_gone {
                known.entry(noted.identity.clone()).or_default().push(noted);
            }
        }
        // What was noted before one was interrupted.
        let mut met = BTreeSet::new();
        for noted in store::noted(&mut reader, self.hold.id, at).await? {
            met.insert(noted.uid);
            if noted.state != Met::Taken
                && let Some(same) = known.get_mut(&noted.identity)
            {
                same.pop();
            }
        }
        let mut here: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut left = session.from(1).await?;
        left.retain(|uid| !met.contains(&i64::from(*uid)));
        for some in left.chunks(TOGETHER) {
            for (uid, size, head) in session.heads(some).await? {
                let identity = heads::identity(&head, size);
                here.entry(identity).or_default().push(uid);
            }
            self.renew().await?;
        }
        let mut unknown = BTreeSet::new();
        let mut notes = vec![];
        for (identity, uids) in here {
            let same = known.get(&identity).map_or(&[][..], Vec::as_slice);
            // More than were met: their heads do not tell which is new, so all their bytes must.
            if uids.len() > same.len() {
                unknown.extend(uids);
                continue;
            }
            for (uid, was) in uids.into_iter().zip(same) {
                let state = match was.state {
                    Met::Taken => Met::Known,
                    other => other,
                };
                notes.push((uid, identity.clone(), state, was.is_settled));
            }
        }
        for some in notes.chunks(TOGETHER) {
            self.note_unfetched(at, some).await?;
        }
        let unknown: Vec<u32> = unknown.into_iter().collect();
        for some in unknown.chunks(TOGETHER) {
            self.take_some(session, at, some, false, memory).await?;
        }
        Ok(())
    }
}
