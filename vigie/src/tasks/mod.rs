//! Tasks: what is to be done for a ticket, by whom and until when, and the time it took.
//!
//! They are staff's own, seen and kept by whoever may write a note there; a task is always looked
//! up through its ticket. They stand beside the ticket's life: no state, version or activity of the
//! ticket moves with them, so that a box ticked never gets in the way of a closure.
//!
//! Deliberately absent: who sees a ticket (policy.rs); a timer that runs by itself.

pub mod api;
pub mod assignees;
pub mod day;
pub mod pages;
mod store;
pub mod time;
pub mod views;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Clash, Error, Fields};
use kit::{id, record};

use crate::people::PersonId;
use crate::tickets::history::{self, EventKind, NewEvent};
use crate::tickets::rights::Work;
use crate::tickets::{Audience, Ticket, TicketId};
use day::Day;

id! {
    /// A task.
    TaskId
}
id! {
    /// Time somebody noted.
    TimeEntryId
}

/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 200;
/// The most tasks one ticket holds.
pub const MOST_TASKS: i64 = 200;

record! {
    /// A task as it is read.
    #[derive(Clone, Debug)]
    pub struct Task {
        /// Its row.
        pub id: TaskId,
        /// The ticket it is for.
        pub ticket_id: TicketId,
        /// What is to be done.
        pub title: String,
        /// By whom.
        pub assignee_id: Option<PersonId>,
        /// Their name.
        pub assignee: Option<String>,
        /// Until when.
        pub due_on: Option<Day>,
        /// Where it stands among the ticket's tasks, from 1.
        pub position: i64,
        /// When it was done.
        pub done_at: Option<Moment>,
        /// Who ticked it.
        pub done_by: Option<String>,
        /// Minutes noted on it.
        pub minutes: i64,
        /// Grows with every change of what it says.
        pub version: i64,
    }
}

/// What a task says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// What is to be done.
    pub title: String,
    /// By whom.
    pub assignee: Option<PersonId>,
    /// Until when.
    pub due_on: Option<Day>,
}

impl Wording {
    fn check(&self) -> Result<(), Error> {
        let mut faults = Fields::default();
        let title = self.title.trim();
        faults.require(!title.is_empty(), "title", "fault-missing");
        if title.chars().count() > LONGEST_TITLE {
            faults.add("title", "fault-too-long", Some(LONGEST_TITLE.to_string()));
        }
        faults.settle()
    }
}

/// Which way a task moves among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Before the one above.
    Up,
    /// After the one below.
    Down,
}

/// The tasks of a ticket, in their order, for whoever may read them.
pub async fn of_ticket(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Task>, Error> {
    store::of_ticket(ask, actor, ticket).await
}

/// One task of this ticket; a task of another ticket is not found here (AZ-02).
pub async fn one(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    task: TaskId,
) -> Result<Task, Error> {
    store::one(ask, actor, ticket, task)
        .await?
        .ok_or(Error::NotFound)
}

record! {
    /// A task in somebody's list.
    #[derive(Clone, Debug)]
    pub struct Listed {
        /// Its row.
        pub id: TaskId,
        /// The ticket it is for.
        pub ticket_id: TicketId,
        /// The ticket's subject.
        pub subject: String,
        /// What is to be done.
        pub title: String,
        /// Until when.
        pub due_on: Option<Day>,
        /// When it was done.
        pub done_at: Option<Moment>,
        /// Grows with every change of what it says.
        pub version: i64,
    }
}

/// The most tasks shown in somebody's list at once.
pub const MOST_LISTED: i64 = 200;

/// Somebody's tasks on the tickets that the actor may read the tasks of: those still to do by due
/// day, or those done, the latest first. At most [`MOST_LISTED`].
pub async fn list_of(
    ask: &mut dyn Answers,
    actor: &Actor,
    assignee: PersonId,
    is_done: bool,
) -> Result<Vec<Listed>, Error> {
    store::list_of(ask, actor, assignee, is_done, MOST_LISTED).await
}

fn line(
    ticket: &Ticket,
    actor: &Actor,
    kind: EventKind,
    before: Option<String>,
    after: Option<String>,
) -> NewEvent {
    NewEvent {
        kind,
        actor: Some(PersonId(actor.id())),
        hat: ticket.hat(actor),
        audience: Audience::Staff,
        before,
        after,
        comment: None,
    }
}

/// Writes a task down, after the others. The same form twice is one task.
///
/// # Errors
/// `Invalid` at `title` or `assignee`.
pub async fn add(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    actor: &Actor,
    wording: &Wording,
    once: Option<&str>,
    now: Moment,
) -> Result<TaskId, Error> {
    wording.check()?;
    assignees::check(tx, may.id, wording.assignee).await?;
    let me = PersonId(actor.id());
    let last = store::last_position(tx, actor, may.id).await?;
    if last.n >= MOST_TASKS {
        return Err(Error::invalid_with(
            "title",
            "fault-too-many-tasks",
            MOST_TASKS.to_string(),
        ));
    }
    let Some(task) = store::insert(tx, may, me, wording, last.position + 1, once, now).await?
    else {
        return store::added_before(tx, actor, may.id, me, once)
            .await?
            .ok_or_else(|| Error::bug("a task of this form stood there, and is not found"));
    };
    let title = wording.title.trim().to_owned();
    let added = line(may, actor, EventKind::TaskAdded, None, Some(title));
    history::keep(tx, may, may.id, added, now).await?;
    assignees::tell(tx, may, actor, wording, now).await?;
    Ok(task)
}

/// Rewords a task, gives it to somebody, puts it off. Nothing changed writes nothing.
///
/// # Errors
/// `Conflict` when somebody changed it meanwhile; `Invalid` at `title` or `assignee`.
pub async fn change(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    actor: &Actor,
    task: TaskId,
    seen: i64,
    wording: &Wording,
    now: Moment,
) -> Result<(), Error> {
    let stands = one(tx, actor, may.id, task).await?;
    let same = stands.title == wording.title.trim()
        && stands.assignee_id == wording.assignee
        && stands.due_on == wording.due_on;
    if same {
        return Ok(());
    }
    wording.check()?;
    if stands.assignee_id != wording.assignee {
        assignees::check(tx, may.id, wording.assignee).await?;
    }
    if stands.version != seen || !store::change(tx, may, task, seen, wording).await? {
        return Err(Error::Conflict(Clash::of(seen, stands.version)));
    }
    if stands.title != wording.title.trim() || stands.due_on != wording.due_on {
        let title = wording.title.trim().to_owned();
        let changed = line(
            may,
            actor,
            EventKind::TaskChanged,
            Some(stands.title),
            Some(title),
        );
        history::keep(tx, may, may.id, changed, now).await?;
    }
    if stands.assignee_id != wording.assignee {
        assignees::tell(tx, may, actor, wording, now).await?;
    }
    Ok(())
}

/// Ticks a task, or takes the tick back. What is so already stays so.
pub async fn tick(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    actor: &Actor,
    task: TaskId,
    is_done: bool,
    now: Moment,
) -> Result<(), Error> {
    let stands = one(tx, actor, may.id, task).await?;
    if stands.done_at.is_some() == is_done {
        return Ok(());
    }
    let by = is_done.then_some((now, PersonId(actor.id())));
    store::tick(tx, may, task, by).await?;
    let kind = if is_done {
        EventKind::TaskDone
    } else {
        EventKind::TaskUndone
    };
    let ticked = line(may, actor, kind, None, Some(stands.title));
    history::keep(tx, may, may.id, ticked, now)
        .await
        .map(|_| ())
}

/// Moves a task past its neighbour; at the end of the list it stays where it is.
pub async fn shift(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    actor: &Actor,
    task: TaskId,
    way: Way,
) -> Result<(), Error> {
    let all = of_ticket(tx, actor, may.id).await?;
    let at = all
        .iter()
        .position(|t| t.id == task)
        .ok_or(Error::NotFound)?;
    let to = match way {
        Way::Up => at.checked_sub(1),
        Way::Down => Some(at + 1).filter(|to| *to < all.len()),
    };
    let Some(to) = to else { return Ok(()) };
    store::place(tx, may, all[at].id, all[to].position).await?;
    store::place(tx, may, all[to].id, all[at].position).await?;
    tx.hint("ticket", may.id.0);
    Ok(())
}

/// Strikes a task out. The time noted on it stays noted on the ticket.
///
/// # Errors
/// `Conflict` when somebody changed it meanwhile.
pub async fn remove(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    actor: &Actor,
    task: TaskId,
    seen: i64,
    now: Moment,
) -> Result<(), Error> {
    let stands = one(tx, actor, may.id, task).await?;
    if stands.version != seen {
        return Err(Error::Conflict(Clash::of(seen, stands.version)));
    }
    store::remove(tx, may, task).await?;
    let removed = line(may, actor, EventKind::TaskRemoved, Some(stands.title), None);
    history::keep(tx, may, may.id, removed, now)
        .await
        .map(|_| ())
}
