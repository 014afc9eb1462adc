//! One ticket, read: its words, files, history and people, each through the reader's own eyes.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record, scoped};

use super::history::EventKind;
use super::naming::{Naming, UNNAMED};
use super::rights::Read;
use super::{AttachmentId, Audience, CommentId, EventId, Hat, Origin, Ticket, TicketId, store};
use crate::people::PersonId;

/// Proof that the actor may do `A` to the ticket now, for reading or showing what they may do.
pub async fn find<A: kit::authz::Action>(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: TicketId,
) -> Result<May<A, Ticket>, Error> {
    kit::authz::find(ask, actor, store::one(actor, id)).await
}

/// The same inside a change: nobody else moves the ticket until the transaction ends.
pub async fn find_to_change<A: kit::authz::Action>(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
) -> Result<May<A, Ticket>, Error> {
    store::find_to_change(tx, actor, id).await
}

/// A ticket that is held, for another deed: nothing was written to it since it was found.
pub async fn also_to_change<A, B: kit::authz::Action>(
    tx: &mut Tx,
    actor: &Actor,
    held: &May<A, Ticket>,
) -> Result<May<B, Ticket>, Error> {
    store::also_to_change(tx, actor, held).await
}

record! {
    /// The names around a ticket.
    #[derive(Clone, Debug)]
    pub struct Names {
        /// The department's.
        pub department: String,
        /// The category's.
        pub category: String,
        /// Of the department by whose virtual category it came in.
        pub entry_department: Option<String>,
        /// Of that category.
        pub entry_category: Option<String>,
        /// The requester's.
        pub requester: String,
        /// Their address.
        pub requester_email: String,
        /// Their telephone.
        pub requester_phone: Option<String>,
        /// What they do.
        pub requester_job: Option<String>,
        /// Where they work.
        pub requester_site: Option<String>,
        /// For whom.
        pub requester_organization: Option<String>,
        /// The language they read.
        pub requester_language: Option<String>,
        /// The author's.
        pub author: String,
        /// The holder's.
        pub assignee: Option<String>,
        /// Who that is, for whoever may know it.
        pub assignee_id: Option<PersonId>,
    }
}

impl Names {
    /// The virtual place by which the ticket came in, as `Department › Category`.
    pub fn entry(&self) -> Option<String> {
        let department = self.entry_department.as_deref()?;
        let category = self.entry_category.as_deref()?;
        Some(format!("{department} › {category}"))
    }
}

/// Reads the names around a ticket one may read.
pub async fn names(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
) -> Result<Names, Error> {
    let naming = Naming::of(ask, actor, ticket).await?;
    let mut names: Names = ask.one(global!(
        "SELECT d.name AS department, c.name AS category, ed.name AS entry_department, ec.name AS entry_category, r.name AS requester, r.email AS requester_email, \
         r.phone AS requester_phone, r.job_title AS requester_job, l.name AS requester_site, \
         g.name AS requester_organization, r.language AS requester_language, w.name AS author, h.name AS assignee, h.id AS assignee_id \
         FROM people r JOIN departments d ON d.id = $2 JOIN categories c ON c.id = $3 JOIN people w ON w.id = $4 \
         LEFT JOIN people h ON h.id = $5 LEFT JOIN locations l ON l.id = r.location_id \
         LEFT JOIN organizations g ON g.id = r.organization_id LEFT JOIN categories ec ON ec.id = $6 \
         LEFT JOIN departments ed ON ed.id = ec.department_id WHERE r.id = $1",
        ticket.requester_id,
        ticket.department_id,
        ticket.category_id,
        ticket.author_id,
        ticket.assignee_id,
        ticket.entry_id,
    ))
    .await?;
    naming.names(ticket, &mut names);
    Ok(names)
}

record! {
    /// A comment as it is read.
    #[derive(Clone, Debug)]
    pub struct Comment {
        /// Its row.
        pub id: CommentId,
        /// Who wrote it.
        pub author_id: PersonId,
        /// Their name.
        pub author: String,
        /// Who may read it.
        pub audience: Audience,
        /// The side it was written from.
        pub hat: Hat,
        /// Which way it came in.
        pub origin: Origin,
        /// As it was typed.
        pub body: String,
        /// As safe HTML.
        pub html: String,
        /// History quoted below it.
        pub quoted: Option<String>,
        /// It is a mail that does not come from whom it names.
        pub is_forged: bool,
        /// How many pictures of other hosts the mail named that it was, when there is more to see of that mail than words.
        pub letter_pictures: Option<i64>,
        /// When.
        pub created_at: Moment,
        /// When its author last put it right.
        pub edited_at: Option<Moment>,
        /// When something was last taken out of it for good.
        pub redacted_at: Option<Moment>,
        /// The name of who did that.
        pub redacted_by: Option<String>,
        /// Why.
        pub redaction_reason: Option<String>,
        /// The ticket it was written on, when that one was merged into this.
        pub from_ticket: Option<TicketId>,
    }
}

/// The comments this actor may read, oldest first.
pub async fn comments(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &Ticket,
) -> Result<Vec<Comment>, Error> {
    let naming = Naming::of(ask, actor, ticket).await?;
    let mut all: Vec<Comment> = ask.all(scoped!(
        actor,
        "SELECT c.id, c.author_id, p.name AS author, c.audience, c.hat, c.origin, c.body, c.html, c.quoted, c.is_forged, c.letter_pictures, c.created_at, \
         c.edited_at, c.redacted_at, r.name AS redacted_by, c.redaction_reason, m.ticket_id AS from_ticket \
         FROM comments c JOIN people p ON p.id = c.author_id LEFT JOIN people r ON r.id = c.redacted_by_id \
         LEFT JOIN merges m ON m.id = c.merge_id AND {visible:merges m} \
         WHERE c.ticket_id = $1 AND {visible:comments c} ORDER BY c.id",
        ticket.id
    ))
    .await?;
    all.iter_mut().for_each(|one| naming.comment(one));
    Ok(all)
}

record! {
    /// A file as it is listed.
    #[derive(Clone, Debug)]
    pub struct Attachment {
        /// Its row.
        pub id: AttachmentId,
        /// The comment it came with.
        pub comment_id: CommentId,
        /// Its cleaned name.
        pub name: String,
        /// What it is, by its content.
        pub media_type: String,
        /// Its bytes.
        pub size: i64,
        /// Where they are.
        pub digest: String,
    }
}

/// The files this actor may read.
pub async fn attachments(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Attachment>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT f.id, f.comment_id, f.name, f.media_type, f.size, f.digest FROM attachments f \
         WHERE f.ticket_id = $1 AND {visible:attachments f} ORDER BY f.id",
        ticket
    ))
    .await
}

/// One file of this ticket; a file of another ticket is not found here.
pub async fn attachment(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    id: AttachmentId,
) -> Result<Attachment, Error> {
    ask.maybe(scoped!(
        actor,
        "SELECT f.id, f.comment_id, f.name, f.media_type, f.size, f.digest FROM attachments f \
         WHERE f.ticket_id = $1 AND f.id = $2 AND {visible:attachments f}",
        ticket,
        id
    ))
    .await?
    .ok_or(Error::NotFound)
}

record! {
    /// A line of history as it is read.
    #[derive(Clone, Debug)]
    pub struct Event {
        /// Its row.
        pub id: EventId,
        /// Who; `None` is the desk.
        pub actor_id: Option<PersonId>,
        /// Their name.
        pub actor: Option<String>,
        /// From which side.
        pub hat: Hat,
        /// What.
        pub kind: EventKind,
        /// Before.
        pub old_value: Option<String>,
        /// After.
        pub new_value: Option<String>,
        /// The name of whoever it concerned: put in charge, let in, given a task, or without the ticket now.
        pub concerned: Option<String>,
        /// The words that came with it.
        pub comment_id: Option<CommentId>,
        /// When.
        pub at: Moment,
        /// At which version the ticket stood when it was written.
        pub stood_at: i64,
        /// The department a transfer left.
        pub department_before: Option<String>,
        /// The category it left.
        pub category_before: Option<String>,
        /// The department it reached.
        pub department_after: Option<String>,
        /// The category it reached.
        pub category_after: Option<String>,
        /// The ticket it is of, when that one was merged into this.
        pub from_ticket: Option<TicketId>,
        /// Which way that ticket came in.
        pub from_origin: Option<Origin>,
    }
}

/// The history this actor may read, oldest first.
pub async fn events(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &Ticket,
) -> Result<Vec<Event>, Error> {
    let naming = Naming::of(ask, actor, ticket).await?;
    let mut all: Vec<Event> = ask.all(scoped!(
        actor,
        "SELECT e.id, e.actor_id, p.name AS actor, e.hat, e.kind, e.old_value, e.new_value, e.comment_id, e.at, e.stood_at, \
         w.name AS concerned, bd.name AS department_before, b.name AS category_before, \
         ad.name AS department_after, a.name AS category_after, \
         m.ticket_id AS from_ticket, m.origin AS from_origin \
         FROM events e LEFT JOIN people p ON p.id = e.actor_id \
         LEFT JOIN people w ON w.id = CASE WHEN e.kind = 'taken_over' THEN CAST(e.old_value AS BIGINT) \
         WHEN e.kind IN ('assigned', 'invited', 'uninvited', 'task_given') THEN CAST(e.new_value AS BIGINT) END \
         LEFT JOIN categories b ON b.id = CASE WHEN e.kind = 'transferred' THEN CAST(e.old_value AS BIGINT) END \
         LEFT JOIN departments bd ON bd.id = b.department_id \
         LEFT JOIN categories a ON a.id = CASE WHEN e.kind = 'transferred' THEN CAST(e.new_value AS BIGINT) END \
         LEFT JOIN departments ad ON ad.id = a.department_id \
         LEFT JOIN merges m ON m.id = e.merge_id AND {visible:merges m} \
         WHERE e.ticket_id = $1 AND {visible:events e} ORDER BY e.id",
        ticket.id
    ))
    .await?;
    all.iter_mut().for_each(|one| naming.event(one));
    Ok(all)
}

record! {
    /// Somebody whom a line of history names by their number.
    #[derive(Clone, Debug)]
    pub struct NamedPerson {
        /// Who.
        pub id: PersonId,
        /// Their name.
        pub name: String,
    }
}

/// The names of the people whom lines of history one reads name by their number: who was assigned,
/// let in, let out.
pub async fn named(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &Ticket,
    events: &[Event],
) -> Result<Vec<NamedPerson>, Error> {
    let values = events
        .iter()
        .filter(|event| event.kind.names_people())
        .flat_map(|event| [&event.old_value, &event.new_value]);
    let mut ids: Vec<i64> = values.flatten().filter_map(|v| v.parse().ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let query = global!("SELECT p.id, p.name FROM people p WHERE p.id IN (VALUES {rows})");
    let mut named: Vec<NamedPerson> = ask.all(query.ids(ids)).await?;
    if let Some(name) = Naming::of(ask, actor, ticket).await?.instead() {
        named.push(NamedPerson {
            id: UNNAMED,
            name: name.to_owned(),
        });
    }
    Ok(named)
}

/// How many other open tickets of this requester the actor sees.
pub async fn other_open(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &Ticket,
) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(scoped!(
            actor,
            "SELECT COUNT(*) AS n FROM tickets t WHERE t.requester_id = $1 AND t.stage = 'open' AND t.id <> $2 \
             AND {visible:tickets t}",
            ticket.requester_id,
            ticket.id
        ))
        .await?;
    Ok(count.n)
}
