//! How long the desk keeps what it no longer needs (decision 0035): for each kind a number of days, or for good. The
//! clock takes away what is older, some of it at a time, and notes how much it was.
//!
//! Deliberately absent: what belongs to a ticket that is not over; and one ticket taken away by hand, which would be
//! somebody's way to make a request unheard.

pub mod api;
pub mod fates;
mod leaving;
mod leaving_store;
pub mod pages;
mod store;

use kit::authz::Actor;
use kit::clock::{Moment, Span};
use kit::db::{Answers, Db, Tx};
use kit::error::{Because, Clash, Error, Fields};
use kit::stored_words;

use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::desk;
use crate::policy::{self, permission};

stored_words! {
    /// What is kept for a time.
    pub enum Kind {
        /// Letters as they came, once their ticket is over: what they said is in its messages. And those in quarantine.
        Letters = "letters",
        /// What mails said that have left: that they went, to whom and when, stays.
        Mails = "mails",
        /// Files on tickets that are over: their names stay in the history.
        Files = "files",
        /// Archived tickets as a whole, counted from when they were archived: their numbers are never given again.
        Tickets = "tickets",
        /// What became of what, in the journal: who did it when to whom stays, and its chain holds.
        Journal = "journal",
    }
}

impl Kind {
    /// All, in the order of the page.
    pub const EACH: [Kind; 5] = [
        Kind::Letters,
        Kind::Mails,
        Kind::Files,
        Kind::Tickets,
        Kind::Journal,
    ];

    /// What the journal calls it.
    const fn noted(self) -> Field {
        match self {
            Kind::Letters => Field::KeptLetters,
            Kind::Mails => Field::KeptMails,
            Kind::Files => Field::KeptFiles,
            Kind::Tickets => Field::KeptTickets,
            Kind::Journal => Field::KeptJournal,
        }
    }
}

/// The fewest days one can say: what is younger somebody may be working with.
pub const LEAST_DAYS: i64 = 30;
/// The most: a hundred years.
pub const MOST_DAYS: i64 = 36_500;
/// The most of a kind that one run takes: a desk with much behind it catches up run by run.
pub const MOST_AT_ONCE: i64 = 200;

/// For each kind after how many days it goes; `None` keeps it for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules(pub [Option<i64>; 5]);

impl Rules {
    /// Of this kind.
    pub fn of(&self, kind: Kind) -> Option<i64> {
        self.0[kind as usize]
    }

    /// Says it of this kind.
    pub fn set(&mut self, kind: Kind, days: Option<i64>) {
        self.0[kind as usize] = days;
    }

    fn read(text: &str) -> Rules {
        let mut rules = Rules::default();
        for word in text.split_whitespace() {
            if let Some((kind, days)) = word.split_once('=')
                && let (Some(kind), Ok(days)) = (Kind::of(kind), days.parse())
            {
                rules.set(kind, Some(days));
            }
        }
        rules
    }

    fn written(&self) -> String {
        let said =
            Kind::EACH.map(|kind| self.of(kind).map(|days| format!("{}={days}", kind.word())));
        said.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn check(&self) -> Result<(), Error> {
        let mut faults = Fields::default();
        for kind in Kind::EACH {
            let is_fine = self
                .of(kind)
                .is_none_or(|days| (LEAST_DAYS..=MOST_DAYS).contains(&days));
            faults.require(is_fine, kind.word(), "fault-retention-days");
        }
        faults.settle()
    }
}

/// Refuses whoever does not own the desk: administrators do not decide how long the journal says what they did.
///
/// # Errors
/// `Forbidden`.
pub fn of_owners(actor: &Actor) -> Result<(), Error> {
    if actor.is_permitted(permission::OWN) {
        Ok(())
    } else {
        Err(Error::Forbidden(Because(permission::OWN)))
    }
}

/// What is said, and the version of that saying, 0 before the first.
pub async fn rules(ask: &mut dyn Answers) -> Result<(Rules, i64), Error> {
    let (text, version) = desk::retention(ask).await?;
    Ok((Rules::read(&text), version))
}

/// How much of each kind would go by these rules, now.
///
/// # Errors
/// `Forbidden` for whoever does not own the desk; `Invalid` at the kind for days nobody can count.
pub async fn preview(
    ask: &mut dyn Answers,
    actor: &Actor,
    rules: &Rules,
    now: Moment,
) -> Result<[i64; 5], Error> {
    of_owners(actor)?;
    rules.check()?;
    let mut counts = [0; 5];
    for kind in Kind::EACH {
        if let Some(days) = rules.of(kind) {
            let before = now.minus(Span::days(days));
            counts[kind as usize] = store::count(ask, kind, before).await?;
        }
    }
    Ok(counts)
}

/// Says after how many days what goes.
///
/// # Errors
/// `Forbidden`; `Conflict` when somebody said something else since; `Invalid` at the kind for days nobody can count.
pub async fn say(
    db: &Db,
    actor: &Actor,
    seen: Option<i64>,
    wanted: &Rules,
    now: Moment,
) -> Result<(), Error> {
    of_owners(actor)?;
    wanted.check()?;
    let mut tx = db.write().await?;
    let (was, current) = rules(&mut tx).await?;
    if let Some(seen) = seen.filter(|seen| *seen != current) {
        return Err(Error::Conflict(Clash::of(seen, current)));
    }
    if was == *wanted {
        return Ok(());
    }
    desk::set_retention(&mut tx, &wanted.written(), current).await?;
    let days = |rules: &Rules, kind| {
        rules
            .of(kind)
            .map_or(String::new(), |days| days.to_string())
    };
    let mut entry = Entry::change(Deed::RetentionChanged);
    for kind in Kind::EACH {
        entry = entry.field(kind.noted(), &days(&was, kind), &days(wanted, kind));
    }
    audit::note(&mut tx, Pen::of(actor, now), entry).await?;
    tx.commit().await
}

/// The timer: takes away what is older than the rules say, at most so much at once, in one transaction with its line
/// in the journal. Run twice, or by two at once, it finds nothing the second time.
pub async fn keep(db: &Db, now: Moment) -> Result<usize, Error> {
    if rules(&mut db.read()).await?.0 == Rules::default() {
        return Ok(0);
    }
    let mut tx = db.write().await?;
    let rules = Rules::read(&desk::hold_retention(&mut tx).await?.0);
    let mut entry = Entry::change(Deed::RetentionDone);
    let mut moved = 0;
    for kind in Kind::EACH {
        let Some(days) = rules.of(kind) else { continue };
        let (taken, numbers) = take(&mut tx, kind, now.minus(Span::days(days)), now).await?;
        let said = if taken == 0 {
            String::new()
        } else {
            taken.to_string()
        };
        entry = entry
            .field(kind.noted(), "", &said)
            .field(Field::Numbers, "", &numbers);
        moved += taken;
    }
    audit::note(&mut tx, Pen::of(&policy::desk(), now), entry).await?;
    tx.commit().await?;
    Ok(moved)
}

/// How much was taken; of tickets, from which number to which, and nothing else that they said.
async fn take(
    tx: &mut Tx,
    kind: Kind,
    before: Moment,
    now: Moment,
) -> Result<(usize, String), Error> {
    let taken = match kind {
        Kind::Letters => store::take_letters(tx, before, now).await?,
        Kind::Mails => store::take_mails(tx, before).await?,
        Kind::Files => store::take_files(tx, before, now).await?,
        Kind::Journal => store::take_details(tx, before).await?,
        Kind::Tickets => {
            let gone = leaving::take(tx, before, now).await?;
            let numbers = match (gone.iter().min(), gone.iter().max()) {
                (Some(first), Some(last)) if first != last => format!("#{first}–#{last}"),
                (Some(only), _) => format!("#{only}"),
                (None, _) => String::new(),
            };
            return Ok((gone.len(), numbers));
        }
    };
    Ok((taken, String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_read_again() {
        let rules = Rules([Some(90), None, Some(730), Some(3650), None]);
        assert_eq!(rules.written(), "letters=90 files=730 tickets=3650");
        assert_eq!(Rules::read(&rules.written()), rules);
        assert_eq!(Rules::read("letters=x unknown=3 mails"), Rules::default());
        assert!(Rules([None, None, None, Some(29), None]).check().is_err());
        assert!(rules.check().is_ok());
    }
}
