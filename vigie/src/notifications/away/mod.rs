//! What happened that concerns an agent while they were away, ticket by ticket (decision 0081). It is made of the lines that
//! were told meanwhile, by the same eyes, read or not.

mod gathering;
pub mod views;

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::Error;

use super::{NotificationId, store};
use crate::people::absences::Absence;

pub use gathering::{Happened, Sum, TicketSum};

/// The most tickets that are shown; the rest is a number.
pub const TICKETS: usize = 50;
/// The most lines that are summed up: whoever comes back to more is told of the latest.
const LINES: i64 = 2000;

/// What happened in an absence.
#[derive(Clone, Debug)]
pub struct Digest {
    /// The tickets, the one with the latest news first.
    pub tickets: Vec<TicketSum>,
    /// How many more there are.
    pub more: i64,
}

/// What happened in an absence; nothing when none of it concerned them.
pub async fn digest(
    ask: &mut dyn Answers,
    actor: &Actor,
    absence: &Absence,
) -> Result<Option<Digest>, Error> {
    let told = (absence.away_since, absence.away_until);
    let lines = store::latest(ask, actor, NotificationId(0), told, LINES).await?;
    let mut tickets = gathering::gather(lines);
    if tickets.is_empty() {
        return Ok(None);
    }
    tickets.truncate(TICKETS);
    let shown = i64::try_from(tickets.len()).unwrap_or(i64::MAX);
    let all = store::tickets(ask, actor, told).await?;
    Ok(Some(Digest {
        tickets,
        more: (all - shown).max(0),
    }))
}

/// How many tickets something happened to in an absence.
pub async fn tickets(
    ask: &mut dyn Answers,
    actor: &Actor,
    absence: &Absence,
) -> Result<i64, Error> {
    store::tickets(ask, actor, (absence.away_since, absence.away_until)).await
}
