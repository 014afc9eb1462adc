//! What becomes of the originals of kept letters. Each step is one that can be made twice, or is remembered before it is made.

use std::collections::BTreeSet;

use super::{TOGETHER, Taker, Trouble};
use crate::mail::mailboxes::Afterwards;
use crate::mail::mailboxes::fault::{Fault, Kind};
use crate::mail::mailboxes::heads;
use crate::mail::mailboxes::session::Session;
use crate::mail::mailboxes::taking_store::{self as store, Numbering, Step, Unsettled};

/// How often copying an original may break off before it is left where it is.
const MOST_COPIES: i64 = 3;

fn uids_of(letters: &[Unsettled]) -> Vec<u32> {
    letters
        .iter()
        .filter_map(|it| u32::try_from(it.uid).ok())
        .collect()
}

impl Taker {
    /// Does with the originals of kept letters what is to be done. That it cannot be done keeps nobody from taking
    /// letters; it is returned to be said.
    pub(super) async fn settle(
        &self,
        session: &mut Session,
        at: &Numbering,
    ) -> Result<Option<Fault>, Trouble> {
        loop {
            let open = store::unsettled(&mut self.taking.db.read(), self.hold.id, at).await?;
            if open.is_empty() {
                return Ok(None);
            }
            // Whoever lost the mailbox does nothing to it.
            self.renew().await?;
            let uids = uids_of(&open);
            let target = &self.mailbox.move_to;
            let done = match self.mailbox.afterwards {
                Afterwards::Leave => Ok(()),
                Afterwards::MarkRead => session.mark_read(&uids).await,
                Afterwards::Move if session.moves_at_once() => session.move_to(&uids, target).await,
                Afterwards::Move => {
                    match self.copy_and_delete(session, at, open).await? {
                        Some(fault) => return Ok(Some(fault)),
                        None => continue,
                    };
                }
                Afterwards::Delete => session.delete(&uids).await,
            };
            if let Some(fault) = bearable(done)? {
                return Ok(Some(fault));
            }
            let afterwards = self.mailbox.afterwards;
            let is_gone = matches!(afterwards, Afterwards::Move | Afterwards::Delete);
            self.settled(&open, is_gone).await?;
        }
    }

    async fn settled(&self, letters: &[Unsettled], is_gone: bool) -> Result<(), Trouble> {
        if letters.is_empty() {
            return Ok(());
        }
        let mut tx = self.holding().await?;
        store::settle(&mut tx, letters, is_gone).await?;
        Ok(tx.commit().await?)
    }

    async fn step(
        &self,
        letters: &[Unsettled],
        step: Step,
        counts: (i64, i64),
    ) -> Result<(), Trouble> {
        if letters.is_empty() {
            return Ok(());
        }
        let mut tx = self.holding().await?;
        store::step(&mut tx, letters, step, counts).await?;
        Ok(tx.commit().await?)
    }

    /// Moves where moving is not one step. That a copy is begun is remembered before, so that after a break it is looked for
    /// and not made again; that it is made, before its original is deleted.
    async fn copy_and_delete(
        &self,
        session: &mut Session,
        at: &Numbering,
        mut open: Vec<Unsettled>,
    ) -> Result<Option<Fault>, Trouble> {
        let target = &self.mailbox.move_to;
        let unsure: Vec<Unsettled> = open.extract_if(.., |it| it.step == Step::Copying).collect();
        if !unsure.is_empty() {
            self.look_for_copies(session, at, unsure).await?;
            return Ok(None);
        }
        let tired: Vec<Unsettled> = open
            .extract_if(.., |it| it.step == Step::Open && it.attempts >= MOST_COPIES)
            .collect();
        self.settled(&tired, false).await?;
        let new: Vec<Unsettled> = open.extract_if(.., |it| it.step == Step::Open).collect();
        if !new.is_empty() {
            let next = match session.next_of(target).await {
                Ok(next) => i64::from(next.unwrap_or_default()),
                Err(fault) => return bearable(Err(fault)),
            };
            self.step(&new, Step::Copying, (next, 0)).await?;
            if let Some(fault) = bearable(session.copy_to(&uids_of(&new), target).await)? {
                // What is refused is copied nowhere, and is no attempt.
                self.step(&new, Step::Open, (0, 0)).await?;
                return Ok(Some(fault));
            }
            self.step(&new, Step::Copied, (0, 0)).await?;
            open.extend(new);
        }
        if !open.is_empty() {
            if let Some(fault) = bearable(session.delete(&uids_of(&open)).await)? {
                return Ok(Some(fault));
            }
            self.settled(&open, true).await?;
        }
        Ok((!tired.is_empty()).then(|| Kind::NotSettled.into()))
    }

    /// Copying these broke off: looks whether the copies are there.
    async fn look_for_copies(
        &self,
        session: &mut Session,
        at: &Numbering,
        unsure: Vec<Unsettled>,
    ) -> Result<(), Trouble> {
        let first = unsure.iter().map(|it| it.target_next).min();
        let first = first.and_then(|it| u32::try_from(it).ok()).unwrap_or(0);
        // A server that numbers nothing ahead cannot be asked; a copy is not risked more often than a few times.
        let mut there = BTreeSet::new();
        if first > 0 {
            let target = session.select(&self.mailbox.move_to, true).await;
            let left = match target {
                Ok(_) => session.from(first).await?,
                // What is not there holds no copy.
                Err(fault) if fault.kind == Kind::FolderMissing => vec![],
                Err(fault) => return Err(fault.into()),
            };
            for some in left.chunks(TOGETHER) {
                let heads = session.heads(some).await?.came.into_iter();
                there.extend(heads.map(|(_, (size, head))| heads::identity(&head, size)));
            }
            let opened = session.select(&self.mailbox.folder, false).await?;
            if i64::from(opened.uid_validity) != at.uid_validity {
                return Err(Kind::Dropped.into());
            }
        }
        let (copied, gone): (Vec<Unsettled>, Vec<Unsettled>) = unsure
            .into_iter()
            .partition(|it| there.contains(&it.identity));
        self.step(&copied, Step::Copied, (0, 0)).await?;
        self.step(&gone, Step::Open, (0, 1)).await
    }
}

/// What hinders nobody from taking letters is returned, to be said.
fn bearable(done: Result<(), Fault>) -> Result<Option<Fault>, Trouble> {
    match done {
        Ok(()) => Ok(None),
        Err(fault) if matches!(fault.kind, Kind::NotSettled | Kind::TargetMissing) => {
            Ok(Some(fault))
        }
        Err(fault) => Err(fault.into()),
    }
}
