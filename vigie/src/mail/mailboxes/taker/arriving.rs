//! Finding one's place in a folder: where one was, at the beginning, or under other numbers.

use std::collections::{BTreeMap, BTreeSet};

use kit::clock::{Moment, Span};

use super::{Memory, TOGETHER, Taker, Trouble};
use crate::mail::mailboxes::heads;
use crate::mail::mailboxes::session::{Opened, Session};
use crate::mail::mailboxes::taking_store::{self as store, Met, Note, Noted, Numbering};
use crate::mail::mailboxes::{Begins, same_folder};

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
        let mut before = Numbering {
            account: reached.account,
            folder: reached.folder,
            uid_validity: reached.uid_validity,
        };
        if before == *at && (1..reached.next_uid).contains(&i64::from(opened.uid_next)) {
            // Numbers never go back: this is another folder of the same name, though it says it is the same. One that was
            // put back from a copy does.
            before = self.displace(before).await?;
        }
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
        let is_elsewhere = is_first || !same_folder(&before.folder, &at.folder);
        if is_elsewhere && self.mailbox.begins == Begins::FromNowOn {
            // From where on is kept at once: whatever comes while one looks through the rest is new.
            self.reach(at, next, false).await?;
            return self.survey(session, at, next).await;
        }
        if is_first {
            return self.reach(at, 1, true).await;
        }
        // A server or a user that was put right may be the same mailbox all the same, and what came meanwhile is new.
        let may_be_another =
            before.account != at.account && self.mailbox.begins == Begins::FromNowOn;
        let recent = match (may_be_another, reached.succeeded_at) {
            (true, Some(last)) => Some(session.since(&day_before(last)).await?),
            (true, None) => Some(vec![]),
            (false, _) => None,
        };
        self.renumbered(session, &before, at, recent, memory)
            .await?;
        self.reach(at, next, true).await
    }

    /// Puts what was met in this numbering aside, into one of our own.
    async fn displace(&self, before: Numbering) -> Result<Numbering, Trouble> {
        let uid_validity = -self.taking.clock.now().0;
        let mut tx = self.holding().await?;
        store::displace(&mut tx, self.hold.id, &before, uid_validity).await?;
        tx.commit().await?;
        Ok(Numbering {
            uid_validity,
            ..before
        })
    }

    /// Says how far one is.
    pub(super) async fn reach(
        &self,
        at: &Numbering,
        next: i64,
        is_surveyed: bool,
    ) -> Result<(), Trouble> {
        let mut tx = self.holding().await?;
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
            let heads = session.heads(some).await?.came.into_iter();
            let notes: Vec<(u32, String, Met, bool)> = heads
                .map(|(uid, (size, head))| (uid, heads::identity(&head, size), Met::Before, true))
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
        let mut tx = self.holding().await?;
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
    /// With `recent`, it may be another folder altogether: where nothing in it was met before, only those are taken.
    async fn renumbered(
        &self,
        session: &mut Session,
        before: &Numbering,
        at: &Numbering,
        recent: Option<Vec<u32>>,
        memory: &mut Memory,
    ) -> Result<(), Trouble> {
        let mut reader = self.taking.db.read();
        let mut known: BTreeMap<String, Vec<Noted>> = BTreeMap::new();
        for noted in store::noted(&mut reader, self.hold.id, before).await? {
            if !noted.is_gone && noted.state != Met::Withheld {
                known.entry(noted.identity.clone()).or_default().push(noted);
            }
        }
        // What was noted before one was interrupted.
        let mut met = BTreeSet::new();
        let mut is_strange = true;
        for noted in store::noted(&mut reader, self.hold.id, at).await? {
            met.insert(noted.uid);
            if let Some(same) = known.get_mut(&noted.identity) {
                is_strange = false;
                if noted.state != Met::Taken {
                    same.pop();
                }
            }
        }
        let mut here: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        // Those that have no head to be known by are known by their bytes.
        let mut unknown = BTreeSet::new();
        let mut left = session.from(1).await?;
        left.retain(|uid| !met.contains(&i64::from(*uid)));
        for some in left.chunks(TOGETHER) {
            unknown.extend(some);
            for (uid, (size, head)) in session.heads(some).await?.came {
                let identity = heads::identity(&head, size);
                is_strange &= !known.contains_key(&identity);
                unknown.remove(&uid);
                here.entry(identity).or_default().push(uid);
            }
        }
        let recent = recent.filter(|_| is_strange);
        let is_new = |uid: &u32| recent.as_ref().is_none_or(|it| it.contains(uid));
        let mut notes = vec![];
        for (identity, uids) in here {
            let same = known.get(&identity).map_or(&[][..], Vec::as_slice);
            // More than were met: their heads do not tell which is new, so all their bytes must.
            if uids.len() > same.len() {
                let (new, old): (Vec<u32>, Vec<u32>) = uids.into_iter().partition(&is_new);
                let old = old.into_iter();
                notes.extend(old.map(|uid| (uid, identity.clone(), Met::Before, true)));
                unknown.extend(new);
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
        let unknown: Vec<u32> = unknown.into_iter().filter(&is_new).collect();
        for some in unknown.chunks(TOGETHER) {
            self.take_some(session, at, some, false, memory).await?;
        }
        Ok(())
    }
}

/// The day before this moment, as servers write it: theirs may be behind ours.
fn day_before(moment: Moment) -> String {
    let before = moment.minus(Span::days(1));
    jiff::Timestamp::from_microsecond(before.0)
        .map(|it| it.strftime("%-d-%b-%Y").to_string())
        .unwrap_or_else(|_| "1-Jan-1970".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_servers_write_it() {
        let noon = Moment::parse("2026-03-01T12:00:00Z").unwrap();
        assert_eq!(day_before(noon), "28-Feb-2026");
        let noon = Moment::parse("2026-11-06T12:00:00Z").unwrap();
        assert_eq!(day_before(noon), "5-Nov-2026");
    }
}
