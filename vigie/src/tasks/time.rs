//! Time spent on a ticket: noted by whoever spent it, taken back by them or by an administrator.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Because, Error, Fields};
use kit::record;

use super::day::Day;
use super::{TaskId, TimeEntryId, line, one, store};
use crate::people::PersonId;
use crate::policy::permission;
use crate::tickets::history::{self, EventKind};
use crate::tickets::rights::Work;
use crate::tickets::{Ticket, TicketId};

/// The most minutes of one entry: a hundred hours.
pub const MOST_MINUTES: i64 = 6_000;
/// The longest note on an entry, in characters.
pub const LONGEST_NOTE: usize = 500;

record! {
    /// Time somebody noted.
    #[derive(Clone, Debug)]
    pub struct TimeEntry {
        /// Its row.
        pub id: TimeEntryId,
        /// Who spent it.
        pub person_id: PersonId,
        /// Their name.
        pub person: String,
        /// How long, in minutes.
        pub minutes: i64,
        /// On what, in their words; may be empty.
        pub note: String,
        /// On which day.
        pub spent_on: Day,
        /// For which task.
        pub task_id: Option<TaskId>,
        /// What that task says.
        pub task: Option<String>,
    }
}

/// Time to be noted.
#[derive(Clone, Debug)]
pub struct NewTime {
    /// How long, in minutes.
    pub minutes: i64,
    /// On what; may be empty.
    pub note: String,
    /// On which day.
    pub spent_on: Day,
    /// For which task of the ticket.
    pub task: Option<TaskId>,
    /// The form's or client's token.
    pub once: Option<String>,
}

/// The entries of a ticket, the latest day first.
pub async fn of_ticket(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<TimeEntry>, Error> {
    store::time_of(ask, actor, ticket).await
}

/// All minutes noted on a ticket.
pub async fn total(ask: &mut dyn Answers, actor: &Actor, ticket: TicketId) -> Result<i64, Error> {
    store::total(ask, actor, ticket).await
}

/// Notes time one spent oneself. The same form twice is one entry.
///
/// # Errors
/// `Invalid` at `minutes`, `note`, `task`.
pub async fn spend(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    actor: &Actor,
    new: &NewTime,
    now: Moment,
) -> Result<TimeEntryId, Error> {
    let mut faults = Fields::default();
    if !(1..=MOST_MINUTES).contains(&new.minutes) {
        faults.add("minutes", "fault-minutes", Some(MOST_MINUTES.to_string()));
    }
    if new.note.trim().chars().count() > LONGEST_NOTE {
        faults.add("note", "fault-too-long", Some(LONGEST_NOTE.to_string()));
    }
    if let Some(task) = new.task {
        match one(tx, actor, may.id, task).await {
            Ok(_) => {}
            Err(Error::NotFound) => faults.add("task", "fault-task-elsewhere", None),
            Err(other) => return Err(other),
        }
    }
    faults.settle()?;
    let me = PersonId(actor.id());
    let Some(entry) = store::insert_time(tx, may, me, new, now).await? else {
        return store::noted_before(tx, actor, may.id, me, new.once.as_deref())
            .await?
            .ok_or_else(|| Error::bug("an entry of this form stood there, and is not found"));
    };
    let minutes = new.minutes.to_string();
    let spent = line(may, actor, EventKind::TimeSpent, None, Some(minutes));
    history::keep(tx, may, may.id, spent, now).await?;
    Ok(entry)
}

/// Takes an entry back: one's own, or anybody's for an administrator.
///
/// # Errors
/// `NotFound` on another ticket; `Forbidden` when it is somebody else's.
pub async fn take_back(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    actor: &Actor,
    entry: TimeEntryId,
    now: Moment,
) -> Result<(), Error> {
    let all = of_ticket(tx, actor, may.id).await?;
    let Some(stands) = all.iter().find(|e| e.id == entry) else {
        return Err(Error::NotFound);
    };
    if stands.person_id.0 != actor.id() && !actor.is_permitted(permission::EVERY_PRIVILEGE) {
        return Err(Error::Forbidden(Because("right-time-of-others")));
    }
    store::remove_time(tx, may, entry).await?;
    let minutes = stands.minutes.to_string();
    let removed = line(may, actor, EventKind::TimeRemoved, Some(minutes), None);
    history::keep(tx, may, may.id, removed, now)
        .await
        .map(|_| ())
}
