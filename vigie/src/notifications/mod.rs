//! What happened that concerns an agent (decision 0052): a list of their own, and, while they are there, a few words in
//! the corner of their page. Whom an event concerns is decided where its mails are ([`crate::mail::recipients`]), and
//! noted with them; what a line says is read from the event, by its reader's own eyes, whenever it is shown.
//!
//! Deliberately absent: customers, who are mailed; and words of comments, which are read on the ticket.

pub mod away;
pub mod pages;
pub mod quiet;
mod store;
mod views;

use kit::authz::Actor;
use kit::clock::{Moment, Span};
use kit::db::{Answers, Db, Tx};
use kit::error::Error;
use kit::{id, record};

use crate::people::PersonId;
use crate::tickets::history::EventKind;
use crate::tickets::{EventId, TicketId};

pub use quiet::Quiet;

/// How long a line is kept.
pub const KEPT_FOR: Span = Span::days(30);
/// The most lines that are looked at at once.
pub const MOST: i64 = 100;

id! {
    /// A line.
    NotificationId
}

record! {
    /// A line, as its reader sees it.
    #[derive(Clone, Debug)]
    pub struct Notification {
        /// Its row.
        pub id: NotificationId,
        /// The ticket.
        pub ticket_id: TicketId,
        /// What it is about.
        pub subject: String,
        /// What happened.
        pub kind: EventKind,
        /// Who did it: their name, or their department's where the reader may not know it; nobody when the desk did.
        pub actor: Option<String>,
        /// Whom it put in charge or let in is the reader.
        pub is_about_reader: bool,
        /// The reader was called by name.
        pub is_call: bool,
        /// When.
        pub at: Moment,
        /// The reader has not looked at it.
        pub is_unread: bool,
    }
}

record! {
    /// How much of it is unread.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Unread {
        /// How many lines, [`MOST`] at most.
        pub count: i64,
        /// The latest of all lines, read or not; 0 when there is none.
        pub newest: i64,
    }
}

/// Notes that an event concerns somebody; twice is once. Their open pages hear of it.
pub async fn note(
    tx: &mut Tx,
    person: PersonId,
    ticket: TicketId,
    event: EventId,
    is_call: bool,
    at: Moment,
) -> Result<(), Error> {
    store::insert(tx, person, ticket, event, is_call, at).await?;
    tx.hint("notification", person.0);
    Ok(())
}

/// The actor's lines after `after`, the latest first.
pub async fn latest(
    ask: &mut dyn Answers,
    actor: &Actor,
    after: NotificationId,
    most: i64,
) -> Result<Vec<Notification>, Error> {
    let ever = (Moment(i64::MIN), Moment(i64::MAX));
    store::latest(ask, actor, after, ever, most).await
}

/// How many of the actor's latest lines are unread.
pub async fn unread(ask: &mut dyn Answers, actor: &Actor) -> Result<Unread, Error> {
    store::unread(ask, actor).await
}

/// Marks all of one's lines read.
pub async fn read_all(tx: &mut Tx, person: PersonId, now: Moment) -> Result<(), Error> {
    store::read_all(tx, person, now).await?;
    tx.hint("notification", person.0);
    Ok(())
}

/// When somebody wants nothing to come up.
pub async fn quiet_of(ask: &mut dyn Answers, person: PersonId) -> Result<Quiet, Error> {
    store::quiet_of(ask, person).await
}

/// Notes it.
pub async fn be_quiet(tx: &mut Tx, person: PersonId, quiet: Quiet) -> Result<(), Error> {
    store::put_quiet(tx, person, quiet).await
}

/// Drops what is older than [`KEPT_FOR`]; how many lines that were.
pub async fn forget_old(db: &Db, now: Moment) -> Result<usize, Error> {
    let mut tx = db.write().await?;
    let gone = store::forget_before(&mut tx, now.minus(KEPT_FOR)).await?;
    tx.commit().await?;
    Ok(gone)
}
