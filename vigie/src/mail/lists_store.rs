//! The SQL of the post's lists, through an administrator's eyes.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::{record, scoped, system};

use super::outbox_store::{OutgoingId, OutgoingState};
use super::recipients::Purpose;
use super::store::{IncomingId, IncomingState};
use crate::tickets::TicketId;

record! {
    /// A letter as administrators list it.
    #[derive(Clone, Debug)]
    pub struct ListedIncoming {
        /// Its row.
        pub id: IncomingId,
        /// Where it came in.
        pub channel: Option<String>,
        /// The sender of the envelope.
        pub envelope_from: String,
        /// The sender it names.
        pub sender: Option<String>,
        /// Its subject, once read.
        pub subject: Option<String>,
        /// What became of it.
        pub state: IncomingState,
        /// Why.
        pub reason: Option<String>,
        /// Its ticket.
        pub ticket_id: Option<TicketId>,
        /// When it came.
        pub received_at: Moment,
        /// Its bytes.
        pub size: i64,
    }
}

/// The newest letters in a state, through an administrator's eyes.
pub async fn list_incoming(
    ask: &mut dyn Answers,
    actor: &Actor,
    state: IncomingState,
    limit: i64,
) -> Result<Vec<ListedIncoming>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT i.id, c.address AS channel, i.envelope_from, i.sender, i.subject, i.state, i.reason, \
         i.ticket_id, i.received_at, CAST(LENGTH(i.raw) AS BIGINT) AS size FROM incoming_mails i \
         LEFT JOIN channels c ON c.id = i.channel_id WHERE i.state = $1 AND {visible:incoming_mails i} \
         ORDER BY i.id DESC LIMIT $2",
        state,
        limit,
    ))
    .await
}

/// How many letters are in a state.
pub async fn count_incoming(
    ask: &mut dyn Answers,
    actor: &Actor,
    state: IncomingState,
) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(scoped!(
            actor,
            "SELECT COUNT(*) AS n FROM incoming_mails i WHERE i.state = $1 AND {visible:incoming_mails i}",
            state
        ))
        .await?;
    Ok(count.n)
}

/// The bytes of a letter, for an administrator.
pub async fn raw_incoming(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: IncomingId,
) -> Result<(Vec<u8>, Option<TicketId>), Error> {
    record! { struct Raw { raw: Vec<u8>, ticket_id: Option<TicketId> } }
    let found: Option<Raw> = ask
        .maybe(scoped!(
            actor,
            "SELECT i.raw, i.ticket_id FROM incoming_mails i WHERE i.id = $1 AND {visible:incoming_mails i}",
            id
        ))
        .await?;
    let found = found.ok_or(Error::NotFound)?;
    Ok((found.raw, found.ticket_id))
}

record! {
    /// A mail as administrators list it.
    #[derive(Clone, Debug)]
    pub struct ListedOutgoing {
        /// Its row.
        pub id: OutgoingId,
        /// Where to.
        pub address: String,
        /// Its subject, once written.
        pub subject: Option<String>,
        /// What for.
        pub purpose: Purpose,
        /// Where it is.
        pub state: OutgoingState,
        /// How often it was handed over.
        pub attempts: i64,
        /// When it is tried next.
        pub next_at: Option<Moment>,
        /// What the relay said.
        pub last_error: Option<String>,
        /// Its ticket.
        pub ticket_id: Option<TicketId>,
        /// When it was written down.
        pub created_at: Moment,
    }
}

/// Mails in one of two states, the newest first, through an administrator's eyes.
pub async fn list_outgoing(
    ask: &mut dyn Answers,
    actor: &Actor,
    states: [OutgoingState; 2],
    limit: i64,
) -> Result<Vec<ListedOutgoing>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT o.id, o.address, o.subject, o.purpose, o.state, o.attempts, o.next_at, o.last_error, o.ticket_id, o.created_at \
         FROM outgoing_mails o WHERE o.state IN ($1, $2) AND {visible:outgoing_mails o} ORDER BY o.id DESC LIMIT $3",
        states[0],
        states[1],
        limit
    ))
    .await
}

/// How many mails are in one of two states.
pub async fn count_outgoing(
    ask: &mut dyn Answers,
    actor: &Actor,
    states: [OutgoingState; 2],
) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(scoped!(
            actor,
            "SELECT COUNT(*) AS n FROM outgoing_mails o WHERE o.state IN ($1, $2) AND {visible:outgoing_mails o}",
            states[0],
            states[1]
        ))
        .await?;
    Ok(count.n)
}

record! {
    /// A mail of the demonstration.
    #[derive(Clone, Debug)]
    pub struct Captured {
        /// Its row.
        pub id: OutgoingId,
        /// Where it would have gone.
        pub address: String,
        /// Its subject.
        pub subject: Option<String>,
        /// When it would have left.
        pub at: Moment,
        /// What it is made of.
        pub raw: Option<Vec<u8>>,
    }
}

/// Mails of the demonstration before `before`, the newest first, without their bytes. The caller
/// knows that this is a demonstration.
pub async fn list_captured(
    ask: &mut dyn Answers,
    before: Option<OutgoingId>,
    limit: i64,
) -> Result<Vec<Captured>, Error> {
    ask.all(system!(
        because = "the demonstration shows its mails to whoever tries it",
        "SELECT id, address, subject, created_at AS at, NULL AS raw FROM outgoing_mails \
         WHERE state = 'captured' AND id < $1 ORDER BY id DESC LIMIT $2",
        before.unwrap_or(OutgoingId(i64::MAX)),
        limit
    ))
    .await
}

/// One mail of the demonstration.
pub async fn captured(ask: &mut dyn Answers, id: OutgoingId) -> Result<Option<Captured>, Error> {
    ask.maybe(system!(
        because = "the demonstration shows its mails to whoever tries it",
        "SELECT id, address, subject, created_at AS at, raw FROM outgoing_mails WHERE state = 'captured' AND id = $1",
        id
    ))
    .await
}
