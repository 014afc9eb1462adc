//! The journal of what was done to accounts, rights and settings: who did what to whom, by which way,
//! what it was before and what it became. Entries are added in the transaction of the deed, and only
//! ever added: the database refuses to change one, and each is tied to the one before (`chain`).
//!
//! Deliberately absent: secrets (an entry says that a password was changed, never to what), tickets
//! (their history is theirs), and reading it, which is `journal`'s.

use kit::authz::{Actor, Way};
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;

pub mod chain;
mod detail;
pub mod refused;
mod store;
mod words;

pub use detail::{Change, Detail};
pub use words::{Deed, Field};

/// Whose deed is noted, by which way they came, and when: what a verb needs beside its right, for its
/// deed to be in the journal.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    /// Nobody when it was done at the machine, or by time.
    person: Option<i64>,
    way: Way,
    /// The present moment.
    pub now: Moment,
}

impl Pen {
    /// Somebody's deed.
    pub fn of(actor: &Actor, now: Moment) -> Pen {
        Pen {
            person: Some(actor.id()).filter(|id| *id != 0),
            way: actor.way(),
            now,
        }
    }

    /// Whose deed it is; nobody's when it was done at the machine, or by time.
    pub fn person(self) -> Option<i64> {
        self.person
    }

    /// Typed at the machine.
    pub fn of_command(now: Moment) -> Pen {
        Pen {
            person: None,
            way: Way::Command,
            now,
        }
    }

    /// Somebody's deed that is told a while after it was done.
    pub fn of_earlier(person: i64, way: Way, now: Moment) -> Pen {
        Pen {
            person: Some(person),
            way,
            now,
        }
    }

    /// Told by time, of whoever it may have been.
    pub fn of_time(now: Moment) -> Pen {
        Pen {
            person: None,
            way: Way::Clock,
            now,
        }
    }

    /// Somebody about their own account, in a browser.
    pub fn of_themselves(person: i64, now: Moment) -> Pen {
        Pen {
            person: Some(person),
            way: Way::Web,
            now,
        }
    }
}

/// What is to be noted.
#[derive(Clone, Debug)]
pub struct Entry {
    deed: Deed,
    person: Option<i64>,
    department: Option<i64>,
    detail: Detail,
    is_change: bool,
}

impl Entry {
    /// A deed, noted whatever it changed.
    pub fn of(deed: Deed) -> Entry {
        Entry {
            deed,
            person: None,
            department: None,
            detail: Detail::default(),
            is_change: false,
        }
    }

    /// A change, noted only if anything became different.
    pub fn change(deed: Deed) -> Entry {
        Entry {
            is_change: true,
            ..Entry::of(deed)
        }
    }

    /// Whom it is about.
    #[must_use]
    pub fn person(mut self, id: i64) -> Entry {
        self.person = Some(id);
        self
    }

    /// Which department it is about.
    #[must_use]
    pub fn department(mut self, id: i64) -> Entry {
        self.department = Some(id);
        self
    }

    /// The name of what else it is about: a category, a channel, a token.
    #[must_use]
    pub fn thing(mut self, name: &str) -> Entry {
        self.detail.thing = Some(name.to_owned());
        self
    }

    /// What a field was and became; left out when that is the same. Empty is nothing.
    #[must_use]
    pub fn field(mut self, field: Field, was: &str, becomes: &str) -> Entry {
        if was != becomes {
            let some = |text: &str| Some(text.to_owned()).filter(|it| !it.is_empty());
            self.detail.changes.push(Change {
                field,
                was: some(was),
                becomes: some(becomes),
            });
        }
        self
    }

    /// The same for yes and no.
    #[must_use]
    pub fn flag(self, field: Field, was: bool, becomes: bool) -> Entry {
        let word = |is: bool| if is { "yes" } else { "no" };
        self.field(field, word(was), word(becomes))
    }
}

/// Notes it, tied to the entry before. Whoever else notes something waits until this transaction ends,
/// so it comes last in a deed.
pub async fn note(tx: &mut Tx, pen: Pen, entry: Entry) -> Result<(), Error> {
    if entry.is_change && entry.detail.changes.is_empty() {
        return Ok(());
    }
    let before = store::take_head(tx).await?;
    let detail = entry.detail.store()?;
    let mut row = chain::Row {
        id: before.number,
        at: pen.now,
        actor_id: pen.person,
        way: pen.way,
        deed: entry.deed,
        person_id: entry.person,
        department_id: entry.department,
        detail_digest: chain::digest(&detail),
        detail,
        link: String::new(),
    };
    row.link = chain::link(&before.link, &row);
    store::append(tx, &row).await?;
    // Outside of the database, too: whoever could rewrite all of it cannot rewrite what a log has kept.
    // Not of a deed that is only tried: its number and its link will be another's.
    if !tx.is_rehearsal() {
        tracing::info!(number = row.id, deed = row.deed.word(), link = %row.link, "noted in the journal");
    }
    Ok(())
}

/// Notes what somebody did, in a browser, to their own account.
pub async fn of_oneself(tx: &mut Tx, deed: Deed, person: i64, now: Moment) -> Result<(), Error> {
    note(
        tx,
        Pen::of_themselves(person, now),
        Entry::of(deed).person(person),
    )
    .await
}
