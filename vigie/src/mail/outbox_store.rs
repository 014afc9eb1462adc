//! The SQL of mails going out.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{id, jobs, record, scoped, stored_words, system};
use serde::{Deserialize, Serialize};

use super::recipients::Purpose;
use crate::departments::DepartmentId;
use crate::people::{PersonId, suppression};
use crate::tickets::history::EventKind;
use crate::tickets::{Audience, CommentId, EventId, Hat, TicketId};

id! {
    /// A mail going out.
    OutgoingId
}

stored_words! {
    /// Where a mail going out is.
    pub enum OutgoingState {
        /// Not sent yet, or waiting for another try, or for a relay.
        Waiting = "waiting",
        /// Being handed to the relay.
        Sending = "sending",
        /// The relay took it.
        Sent = "sent",
        /// The connection was lost when the relay may have had it already.
        Uncertain = "uncertain",
        /// The same being handed over a second and last time.
        Repeating = "repeating",
        /// The relay refuses it, or it was tried for two days.
        Failed = "failed",
        /// Its reader may no longer read it, or has no address.
        Dropped = "dropped",
        /// Shown at `/dev/mail` instead.
        Captured = "captured",
        /// It came back.
        Bounced = "bounced",
    }
}

/// A mail to be written down.
#[derive(Clone, Debug)]
pub struct NewOutgoing<'a> {
    /// Its identifier, for ever.
    pub message_id: &'a str,
    /// What for.
    pub purpose: Purpose,
    /// To whom; none for a mailbox that is nobody's.
    pub person: Option<PersonId>,
    /// Their address now.
    pub address: &'a str,
    /// About which ticket.
    pub ticket: Option<TicketId>,
    /// Because of which event.
    pub event: Option<EventId>,
    /// What makes the identifier unique.
    pub nonce: &'a str,
    /// What the text needs beside ticket and event, as JSON.
    pub detail: Option<String>,
}

/// The word of the job that sends a mail.
pub const SEND_MAIL: &str = "send_mail";

/// The job that sends a mail.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendMail {
    /// The mail's row.
    pub mail: i64,
}

/// Writes a mail down and lets it be sent; one event tells one person once, and one mailbox.
pub async fn add(
    tx: &mut Tx,
    mail: &NewOutgoing<'_>,
    now: Moment,
) -> Result<Option<OutgoingId>, Error> {
    record! { struct Added { id: OutgoingId } }
    let added: Option<Added> = tx
        .maybe(system!(
            because = "the desk itself writes to people",
            "INSERT INTO outgoing_mails (message_id, purpose, person_id, address, ticket_id, event_id, nonce, detail, state, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9) \
             ON CONFLICT DO NOTHING RETURNING id",
            mail.message_id,
            mail.purpose,
            mail.person,
            mail.address,
            mail.ticket,
            mail.event,
            mail.nonce,
            mail.detail.clone(),
            now,
        ))
        .await?;
    if let Some(added) = &added {
        jobs::enqueue(tx, SEND_MAIL, &SendMail { mail: added.id.0 }, now).await?;
    }
    Ok(added.map(|a| a.id))
}

record! {
    /// A mail as sending it needs it.
    #[derive(Clone, Debug)]
    pub struct Outgoing {
        /// Its row.
        pub id: OutgoingId,
        /// Its identifier.
        pub message_id: String,
        /// What for.
        pub purpose: Purpose,
        /// To whom.
        pub person_id: Option<PersonId>,
        /// Where to.
        pub address: String,
        /// About which ticket.
        pub ticket_id: Option<TicketId>,
        /// Because of which event.
        pub event_id: Option<EventId>,
        /// What the text needs beside, as JSON.
        pub detail: Option<String>,
        /// Where it is.
        pub state: OutgoingState,
        /// How often it was handed over.
        pub attempts: i64,
        /// When it was written down.
        pub created_at: Moment,
        /// When it was decided what became of it; until then it is still on its way.
        pub settled_at: Option<Moment>,
    }
}

/// A mail for the job that sends it.
pub async fn mail_to_send(
    ask: &mut dyn Answers,
    id: OutgoingId,
) -> Result<Option<Outgoing>, Error> {
    ask.maybe(system!(
        because = "the desk itself sends; what the mail says is read through its reader's eyes",
        "SELECT id, message_id, purpose, person_id, address, ticket_id, event_id, detail, state, attempts, created_at, settled_at \
         FROM outgoing_mails WHERE id = $1",
        id
    ))
    .await
}

/// Moves a mail from one state to another before it is handed over; false when somebody else did.
/// What it says is kept with it, so that what was sent can be shown.
pub async fn begin_sending(
    tx: &mut Tx,
    id: OutgoingId,
    from: OutgoingState,
    to: OutgoingState,
    subject: &str,
    raw: Option<Vec<u8>>,
) -> Result<bool, Error> {
    let moved = tx
        .run(system!(
            because = "the desk itself sends",
            "UPDATE outgoing_mails SET state = $3, subject = $4, raw = $5, attempts = attempts + 1 WHERE id = $1 AND state = $2",
            id,
            from,
            to,
            subject,
            raw,
        ))
        .await?;
    Ok(moved == 1)
}

/// Where a mail is now, and why.
#[derive(Clone, Debug)]
pub struct Now<'a> {
    /// Where it is.
    pub state: OutgoingState,
    /// What the relay said, or why it goes nowhere.
    pub error: Option<&'a str>,
    /// When it is tried next.
    pub next_at: Option<Moment>,
    /// When it came to its end.
    pub settled_at: Option<Moment>,
}

/// Writes down where a mail is. A secret in its detail is forgotten once it is at its end.
pub async fn put(tx: &mut Tx, id: OutgoingId, now: &Now<'_>) -> Result<(), Error> {
    tx.run(system!(
        because = "the desk itself sends",
        "UPDATE outgoing_mails SET state = $2, last_error = $3, next_at = $4, settled_at = $5, \
         detail = CASE WHEN $6 THEN NULL ELSE detail END WHERE id = $1",
        id,
        now.state,
        now.error,
        now.next_at,
        now.settled_at,
        now.settled_at.is_some() && now.state != OutgoingState::Failed,
    ))
    .await
    .map(|_| ())
}

/// Marks a mail that came back, and says where it had been sent; none when it is none of ours. That its reader calls it
/// unwanted does not mean that it did not arrive.
pub async fn mark_bounced(
    tx: &mut Tx,
    message_id: &str,
    status: Option<&str>,
    is_complaint: bool,
    now: Moment,
) -> Result<Option<String>, Error> {
    record! { struct Sent { address: String } }
    let sent: Option<Sent> = tx
        .maybe(system!(
            because = "a report names the mail it returns",
            "UPDATE outgoing_mails SET state = CASE WHEN $4 THEN state ELSE 'bounced' END, \
             last_error = CASE WHEN $4 THEN last_error ELSE $2 END, settled_at = $3 WHERE message_id IN ($1, '<' || $1 || '>') RETURNING address",
            message_id,
            status,
            now,
            is_complaint
        ))
        .await?;
    Ok(sent.map(|it| it.address))
}

/// Whether we sent a mail of this identifier, and do not know yet that it came back.
pub async fn is_ours(ask: &mut dyn Answers, message_id: &str) -> Result<bool, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(system!(
            because = "a report names the mail it returns",
            "SELECT COUNT(*) AS n FROM outgoing_mails WHERE message_id IN ($1, '<' || $1 || '>') AND state <> 'bounced'",
            message_id
        ))
        .await?;
    Ok(count.n > 0)
}

/// The identifiers of what this person was sent about a ticket before this mail, oldest first: the
/// thread in their mail program.
pub async fn thread_before(
    ask: &mut dyn Answers,
    ticket: TicketId,
    person: PersonId,
    before: OutgoingId,
) -> Result<Vec<String>, Error> {
    record! { struct Sent { message_id: String } }
    let mut sent: Vec<Sent> = ask
        .all(system!(
            because = "a mail refers to those before it to the same person",
            "SELECT message_id FROM outgoing_mails WHERE ticket_id = $1 AND person_id = $2 AND id < $3 \
             AND state NOT IN ('dropped', 'failed') ORDER BY id DESC LIMIT 20",
            ticket,
            person,
            before
        ))
        .await?;
    sent.reverse();
    Ok(sent.into_iter().map(|s| s.message_id).collect())
}

record! {
    /// A line of history as its reader sees it.
    #[derive(Clone, Debug)]
    pub struct SeenEvent {
        /// Who did it.
        pub actor_id: Option<PersonId>,
        /// From which side.
        pub hat: Hat,
        /// What.
        pub kind: EventKind,
        /// Who may read of it.
        pub audience: Audience,
        /// Before.
        pub old_value: Option<String>,
        /// After.
        pub new_value: Option<String>,
        /// The words that came with it; of a ticket given out, those of the deed by which it came.
        pub comment_id: Option<CommentId>,
    }
}

/// An event, if this actor may read of it.
pub async fn event_seen(
    ask: &mut dyn Answers,
    actor: &Actor,
    event: EventId,
) -> Result<Option<SeenEvent>, Error> {
    ask.maybe(scoped!(
        actor,
        "SELECT e.actor_id, e.hat, e.kind, e.audience, e.old_value, e.new_value, \
         CASE WHEN e.kind = 'given_out' THEN (SELECT MAX(b.comment_id) FROM events b WHERE b.ticket_id = e.ticket_id \
         AND b.at = e.at AND b.id < e.id AND {visible:events b}) ELSE e.comment_id END AS comment_id FROM events e \
         WHERE e.id = $1 AND {visible:events e}",
        event
    ))
    .await
}

record! {
    /// Words as their reader sees them.
    #[derive(Clone, Debug)]
    pub struct SeenWords {
        /// As typed.
        pub body: String,
        /// As safe HTML.
        pub html: String,
    }
}

/// The words of a comment, if this actor may read them.
pub async fn words_seen(
    ask: &mut dyn Answers,
    actor: &Actor,
    comment: CommentId,
) -> Result<Option<SeenWords>, Error> {
    ask.maybe(scoped!(
        actor,
        "SELECT c.body, c.html FROM comments c WHERE c.id = $1 AND {visible:comments c}",
        comment
    ))
    .await
}

/// The department of a ticket, for the channel its mails answer to.
pub async fn department_of(
    ask: &mut dyn Answers,
    ticket: TicketId,
) -> Result<Option<DepartmentId>, Error> {
    record! { struct Found { department_id: DepartmentId } }
    let found: Option<Found> = ask
        .maybe(system!(
            because = "the desk itself sends; only the way back is chosen by it",
            "SELECT department_id FROM tickets WHERE id = $1",
            ticket
        ))
        .await?;
    Ok(found.map(|f| f.department_id))
}

/// Whether a mail of ours told its reader of words that only staff may read.
pub async fn told_staff_only(ask: &mut dyn Answers, message_id: &str) -> Result<bool, Error> {
    record! { struct Found { id: OutgoingId } }
    let found: Option<Found> = ask
        .maybe(system!(
            because = "an answer to a mail about a note must not become public",
            "SELECT o.id FROM outgoing_mails o JOIN events e ON e.id = o.event_id \
             WHERE o.message_id = $1 AND e.audience = 'staff'",
            message_id
        ))
        .await?;
    Ok(found.is_some_and(|f| f.id.0 > 0))
}

/// Leaves a mail waiting, with its subject and why.
pub async fn put_subject(
    tx: &mut Tx,
    id: OutgoingId,
    subject: &str,
    why: &'static str,
) -> Result<(), Error> {
    tx.run(system!(
        because = "the desk itself sends",
        "UPDATE outgoing_mails SET subject = $2, last_error = $3 WHERE id = $1 AND state = 'waiting'",
        id,
        subject,
        why
    ))
    .await
    .map(|_| ())
}

/// Every waiting mail gets a job again, such as once a relay is configured; says how many.
pub async fn release_waiting(tx: &mut Tx, now: Moment) -> Result<usize, Error> {
    record! { struct Waiting { id: OutgoingId } }
    let waiting: Vec<Waiting> = tx
        .all(system!(
            because = "the desk itself sends",
            "SELECT o.id FROM outgoing_mails o WHERE o.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM jobs j \
             WHERE j.kind = 'send_mail' AND j.failed_at IS NULL \
             AND j.payload = '{\"mail\":' || CAST(o.id AS TEXT) || '}') ORDER BY o.id"
        ))
        .await?;
    for mail in &waiting {
        jobs::enqueue(tx, SEND_MAIL, &SendMail { mail: mail.id.0 }, now).await?;
    }
    Ok(waiting.len())
}

/// Lets a mail that was given up be tried again, for an administrator: what is known of its address is tried out by that.
pub async fn retry(tx: &mut Tx, actor: &Actor, id: OutgoingId, now: Moment) -> Result<bool, Error> {
    record! { struct Found { id: OutgoingId, address: String } }
    let found: Option<Found> = tx
        .maybe(scoped!(
            actor,
            "SELECT o.id, o.address FROM outgoing_mails o WHERE o.id = $1 AND {visible:outgoing_mails o}",
            id
        ))
        .await?;
    let Some(found) = found else {
        return Err(Error::NotFound);
    };
    let moved = tx
        .run(system!(
            because = "an administrator, asked for just above, lets a mail be tried again",
            "UPDATE outgoing_mails SET state = 'waiting', settled_at = NULL, next_at = NULL, created_at = $2 \
             WHERE id = $1 AND state IN ('waiting', 'failed', 'uncertain', 'bounced')",
            found.id,
            now
        ))
        .await?;
    if moved == 1 {
        suppression::somebody_is_there(tx, &found.address).await?;
        jobs::enqueue(tx, SEND_MAIL, &SendMail { mail: id.0 }, now).await?;
    }
    Ok(moved == 1)
}
