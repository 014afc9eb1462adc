//! The daily report as each agent wants it (features N-24 to N-26; decision 0055): whether, at which hours of their own
//! day, and of which tickets of each department they belong to. Nobody else reads or changes it. What it says, and its way
//! into the outbox, is in `mail::daily`.

pub mod api;
pub mod hours;
pub mod pages;
mod store;

use jiff::tz::TimeZone;
use kit::clock::{Moment, Span};
use kit::db::{Answers, Tx};
use kit::error::{Clash, Error};
use kit::stored_words;

use super::DepartmentId;
use crate::people::PersonId;
use hours::Hours;

stored_words! {
    /// Which tickets of a department are told; each holds those below it.
    pub enum Content {
        /// All that are free or in progress.
        Free = "free",
        /// Those of the categories one serves, and those one holds.
        Category = "category",
        /// Those one holds.
        Managed = "managed",
        /// None.
        None = "none",
    }
}

impl Content {
    /// What everybody has who chose nothing.
    pub const USUAL: Content = Content::Category;
}

/// What one is told of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The department.
    pub department_id: DepartmentId,
    /// Its name.
    pub department: String,
    /// Which of its tickets.
    pub content: Content,
}

/// What holds for all departments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// The report is sent.
    pub is_on: bool,
    /// When.
    pub hours: Hours,
    /// All departments in one mail.
    pub is_grouped: bool,
    /// It is sent even when there is nothing to tell.
    pub even_empty: bool,
}

impl Wishes {
    /// What everybody has who chose nothing.
    pub const USUAL: Wishes = Wishes {
        is_on: false,
        hours: Hours::USUAL,
        is_grouped: true,
        even_empty: false,
    };
}

/// What somebody chose.
#[derive(Clone, Debug)]
pub struct Daily {
    /// What holds for all departments.
    pub wishes: Wishes,
    /// The version of the whole; 1 as long as they never chose.
    pub version: i64,
    /// Every department they belong to, by membership or team, by name.
    pub departments: Vec<Own>,
}

/// The version of whoever never chose: the first choice is the next one.
const NEVER_CHOSE: i64 = 1;

/// How long one waits before one is sent another that one asks for: a button pressed twice is one report.
pub const BETWEEN_TWO: Span = Span::minutes(1);

/// What somebody chose, of every department they belong to.
pub async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<Daily, Error> {
    let chosen = store::chosen(ask, person).await?;
    Ok(Daily {
        wishes: chosen.as_ref().map_or(Wishes::USUAL, store::Chosen::wishes),
        version: chosen.map_or(NEVER_CHOSE, |chosen| chosen.version),
        departments: store::contents(ask, person).await?,
    })
}

/// Sets when one is told and of what; departments that are not named stay. Hours that are over by now are not told
/// after, unless one was due already.
///
/// # Errors
/// `Invalid` at an hour that is none, or at `department` for one they do not belong to; `Conflict` when something was
/// saved since the version seen.
pub async fn choose(
    tx: &mut Tx,
    person: PersonId,
    seen: Option<i64>,
    (wishes, wanted): (&Wishes, &[(DepartmentId, Content)]),
    (now, zone): (Moment, &TimeZone),
) -> Result<(), Error> {
    wishes.hours.check()?;
    let own = store::contents(tx, person).await?;
    let is_own = |id: DepartmentId| own.iter().any(|d| d.department_id == id);
    if !wanted.iter().all(|(id, _)| is_own(*id)) {
        return Err(Error::invalid("department", "fault-department-not-yours"));
    }
    let stands = store::chosen(tx, person).await?;
    let version = stands.as_ref().map_or(NEVER_CHOSE, |chosen| chosen.version);
    let is_due = stands.is_some_and(|chosen| {
        let was = chosen.wishes();
        was.is_on && was.hours.due(chosen.told_until, now, zone).is_some()
    });
    let seen = seen.unwrap_or(version);
    // Asked once more as it is written: two tabs may have read the same version.
    let is_written = seen == version && store::put(tx, person, seen, wishes, (now, is_due)).await?;
    if !is_written {
        return Err(Error::Conflict(Clash::of(seen, version)));
    }
    for (department, content) in wanted {
        store::put_content(tx, person, *department, *content).await?;
    }
    Ok(())
}

/// Somebody whose hour has come.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// Who.
    pub person: PersonId,
    /// Nothing is sent: they are shut out, or suspended their mails. The hour passes all the same.
    pub is_silent: bool,
    told_until: Moment,
    hour: Moment,
}

/// Everybody whose hour has come and was not told yet, where they are; `zone` is of those who chose none.
pub async fn due(ask: &mut dyn Answers, now: Moment, zone: &str) -> Result<Vec<Due>, Error> {
    let readers = store::readers(ask).await?.into_iter();
    let due = readers.filter_map(|reader| {
        let hours = Hours {
            first_hour: reader.first_hour,
            second_hour: reader.second_hour,
            at_weekends: reader.at_weekends,
        };
        let zone = hours::zone(reader.time_zone.as_deref(), zone);
        Some(Due {
            person: reader.person_id,
            is_silent: reader.is_silent,
            told_until: reader.told_until,
            hour: hours.due(reader.told_until, now, &zone)?,
        })
    });
    Ok(due.collect())
}

/// Notes that an hour was dealt with; false when it was meanwhile, by another process or because its reader chose
/// otherwise. Whoever is told so writes nothing.
pub async fn mark(tx: &mut Tx, due: &Due) -> Result<bool, Error> {
    store::mark(tx, due.person, due.told_until, due.hour).await
}

/// Notes that somebody asks for a report now; false when they did within the last [`BETWEEN_TWO`].
pub async fn ask(tx: &mut Tx, person: PersonId, now: Moment) -> Result<bool, Error> {
    let before = now.minus(BETWEEN_TWO);
    store::ask(tx, person, &Wishes::USUAL, (now, before)).await
}

/// Forgets what somebody chose who is no longer staff.
pub(super) async fn forget(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    store::forget(tx, person).await
}
