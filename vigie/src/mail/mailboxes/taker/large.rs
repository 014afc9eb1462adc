//! Letters that are too large to be taken: each stays where it is, and its head is taken in its place.

use kit::db::Tx;

use super::{Taker, Trouble};
use crate::mail::mailboxes::heads;
use crate::mail::mailboxes::session::Session;
use crate::mail::mailboxes::taking_store::{self as store, Met, Note, Numbering};

impl Taker {
    /// A letter that is too large stays where it is. Its head is taken in its place.
    pub(super) async fn leave_large(
        &self,
        session: &mut Session,
        at: &Numbering,
        (uid, size): (u32, u64),
        advances: bool,
    ) -> Result<(), Trouble> {
        let given = session.head(uid).await?;
        if let Some((_, why)) = given.withheld.first() {
            return self.withhold(at, uid, why, advances).await;
        }
        match given.came.first() {
            Some((_, head)) => {
                let mut tx = self.holding().await?;
                self.note_large(&mut tx, at, (uid, size), head).await?;
                self.end_noting(tx, at, uid, advances).await
            }
            // It is gone, or its head alone is larger than any.
            None => self.note_headless(at, uid, advances).await,
        }
    }

    /// One that has no end and no head either.
    pub(super) async fn note_headless(
        &self,
        at: &Numbering,
        uid: u32,
        advances: bool,
    ) -> Result<(), Trouble> {
        let note = Note {
            uid: i64::from(uid),
            digest: "",
            identity: &format!("endless {uid}"),
            state: Met::TooLarge,
            is_settled: true,
        };
        let (id, now) = (self.hold.id, self.taking.clock.now());
        let mut tx = self.holding().await?;
        if store::note(&mut tx, id, at, &note, now).await? {
            store::count(&mut tx, id, 0, 1).await?;
        }
        self.end_noting(tx, at, uid, advances).await
    }

    async fn end_noting(
        &self,
        mut tx: Tx,
        at: &Numbering,
        uid: u32,
        advances: bool,
    ) -> Result<(), Trouble> {
        if advances {
            let next = i64::from(uid) + 1;
            store::reach(&mut tx, self.hold.id, at, next, true).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Notes one that is too large, and keeps its head to be read: its ticket says what is missing, and so does a mail to
    /// whoever sent it. Once, however often it is met.
    pub(super) async fn note_large(
        &self,
        tx: &mut Tx,
        at: &Numbering,
        (uid, size): (u32, u64),
        raw: &[u8],
    ) -> Result<(), Trouble> {
        let (id, now) = (self.hold.id, self.taking.clock.now());
        let head = heads::alone(raw);
        let digest = blake3::hash(&head).to_hex();
        let note = Note {
            uid: i64::from(uid),
            digest: &digest,
            identity: &heads::identity(raw, size),
            state: Met::TooLarge,
            is_settled: true,
        };
        let is_known = store::knows(tx, id, &digest).await?;
        if !store::note(tx, id, at, &note, now).await? {
            return Ok(());
        }
        store::count(tx, id, 0, 1).await?;
        if !is_known {
            let left = i64::try_from(size).unwrap_or(i64::MAX);
            self.hand_on(tx, &head, &digest, Some(left)).await?;
        }
        Ok(())
    }
}
