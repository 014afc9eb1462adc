//! The tickets of one person, through somebody's eyes: what their card shows. Counts come from the same
//! rows as the list, so a ticket that may not be seen is not counted either (SC-03).

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::{record, scoped};

use super::TicketId;
use super::machine::State;
use crate::people::PersonId;

/// How many of them a card shows, the last changed first.
pub const SHOWN: i64 = 20;

record! {
    /// A ticket as a card shows it.
    #[derive(Clone, Debug)]
    pub struct Asked {
        /// Its number.
        pub id: TicketId,
        /// What it is about.
        pub subject: String,
        /// Where it is in its life.
        pub state: State,
        /// When a person last changed it.
        pub updated_at: Moment,
        /// Name of its department.
        pub department: String,
    }
}

record! {
    /// How many of a person's tickets the actor sees.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct AskedCounts {
        /// Open, or waiting for approval.
        pub open: i64,
        /// All of them.
        pub total: i64,
    }
}

/// The newest tickets that a person asked for, as far as the actor sees them.
pub async fn asked_by(
    ask: &mut dyn Answers,
    actor: &Actor,
    person: PersonId,
) -> Result<Vec<Asked>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT t.id, t.subject, t.state, t.updated_at, d.name AS department FROM tickets t \
         JOIN departments d ON d.id = t.department_id WHERE t.requester_id = $1 AND {visible:tickets t} \
         ORDER BY t.updated_at DESC, t.id DESC LIMIT $2",
        person,
        SHOWN
    ))
    .await
}

/// How many there are, as far as the actor sees them.
pub async fn count_asked_by(
    ask: &mut dyn Answers,
    actor: &Actor,
    person: PersonId,
) -> Result<AskedCounts, Error> {
    ask.one(scoped!(
        actor,
        "SELECT COUNT(CASE WHEN t.stage IN ('open', 'awaiting') THEN 1 END) AS open, COUNT(*) AS total \
         FROM tickets t WHERE t.requester_id = $1 AND {visible:tickets t}",
        person
    ))
    .await
}
