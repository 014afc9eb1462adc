//! One open page's line, as the hub and its own task hold it: a note of what to look at, and a bell.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard};

use presence::Item;
use tokio::sync::Notify;

/// What a line is to look at again. It holds no more than the page shows, however long nobody looks.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Where the receiver themselves are.
    pub me: bool,
    /// Who is on these items, which the page shows.
    pub items: BTreeSet<Item>,
    /// These items themselves, which the page shows.
    pub changed: BTreeSet<Item>,
    /// Who is in the sections: somebody told of may be on what the receiver does not see any more.
    pub crowds: bool,
    /// What happened that concerns the receiver.
    pub told: bool,
    /// All that the page shows: it said anew what that is.
    pub shown: bool,
    /// Everything: something was missed.
    pub everything: bool,
    /// Why the line is to end.
    pub end: Option<End>,
}

/// Why a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// What they may do changed: they come again and are judged anew.
    Access,
    /// They have too many pages open, or this one is not understood.
    Superfluous,
    /// It said nothing for too long: when it wakes, it comes again.
    Silent,
    /// The desk stops; they come again later.
    Stopping,
}

/// One open page.
#[derive(Debug)]
pub struct Line {
    number: u64,
    person: i64,
    bell: Notify,
    news: Mutex<News>,
}

impl Line {
    pub(super) fn new(number: u64, person: i64) -> Line {
        Line {
            number,
            person,
            bell: Notify::new(),
            news: Mutex::default(),
        }
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn person(&self) -> i64 {
        self.person
    }

    /// Waits until there is something to look at.
    pub async fn rung(&self) {
        while *lock(&self.news) == News::default() {
            self.bell.notified().await;
        }
    }

    /// Takes what there is to look at.
    pub fn take_news(&self) -> News {
        std::mem::take(&mut *lock(&self.news))
    }

    pub(super) fn note(&self, note: impl FnOnce(&mut News)) {
        note(&mut lock(&self.news));
        self.bell.notify_one();
    }
}

/// A lock whose holder panicked is taken all the same: what it guards is looked at anew.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    match mutex.lock() {
        Ok(guard) => guard,
        Err(poisoned) => poisoned.into_inner(),
    }
}
