//! The SQL of tickets.

use kit::authz::{Action, Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Query, Tx};
use kit::error::Error;
use kit::{acting, global, record, scoped, system};

use super::comments::NewComment;
use super::history::NewEvent;
use super::machine::State;
use super::steps::Touch;
use super::verbs::NewTicket;
use super::{Audience, CommentId, EventId, Hat, Ticket, TicketId, by_rank};
use crate::departments::{CategoryId, DepartmentId, Place};
use crate::people::PersonId;
use crate::policy::{Role, Visibility, permission};

/// One ticket through the actor's eyes, with what their rights to it hang on.
pub(super) fn one(actor: &Actor, id: TicketId) -> Query {
    scoped!(
        actor,
        "SELECT t.id, t.subject, t.state, t.department_id, t.category_id, t.requester_id, \
         t.author_id, t.assignee_id, t.priority, t.origin, t.visibility, t.comment_count, t.last_actor_id, \
         t.last_side, t.created_at, t.updated_at, t.closed_at, t.recall_at, t.left_as, \
         (t.reminded_at IS NOT NULL) AS is_reminded, t.is_reopening_over, t.entry_id, t.version, \
         (t.anonymous_id IS NOT NULL OR EXISTS (SELECT 1 FROM departments n WHERE n.id = t.department_id AND n.is_anonymous)) AS is_anonymous, \
         {visible:agent_names t.id} AS names_agents, \
         t.confidential_id, CASE WHEN t.confidential_id IS NULL THEN m.level ELSE k.level END AS my_level, \
         COALESCE(CASE WHEN t.confidential_id IS NULL THEN m.takes ELSE k.level IN ('assigned', 'edit') END, FALSE) AS my_takes, \
         CASE WHEN t.confidential_id IS NULL OR k.level IS NOT NULL THEN m.privileges END AS my_privileges, \
         EXISTS (SELECT 1 FROM participants p WHERE p.ticket_id = t.id AND p.kind = 'invitee' AND {mine:participants p}) AS am_invitee, \
         EXISTS (SELECT 1 FROM participants q WHERE q.ticket_id = t.id AND q.kind = 'observer' AND {mine:participants q}) AS am_observer, \
         (SELECT r.asked_by_id FROM advice_requests r WHERE r.ticket_id = t.id AND {visible:advice_requests r}) AS advice_asker_id, \
         EXISTS (SELECT 1 FROM served_people v WHERE v.person_id = {actor} AND v.served_id = t.requester_id) AS is_served \
         FROM tickets t LEFT JOIN sights m ON m.department_id = t.department_id AND m.person_id = {actor} AND (t.assignee_id = {actor} \
         OR EXISTS (SELECT 1 FROM served_people v WHERE v.person_id = {actor} AND v.served_id = t.requester_id) \
         OR EXISTS (SELECT 1 FROM participants w WHERE w.ticket_id = t.id AND w.kind = 'observer' AND {mine:participants w})) \
         LEFT JOIN confidants k ON k.category_id = t.confidential_id AND k.person_id = m.person_id \
         WHERE t.id = $1 AND {visible:tickets t}",
        id
    )
}

/// The same within a change: nobody else moves it meanwhile.
pub(super) async fn find_to_change<A: Action>(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
) -> Result<May<A, Ticket>, Error> {
    let query = one(actor, id).locking(tx.engine(), "t");
    let ticket = kit::authz::find(tx, actor, query).await?;
    by_rank::change::<A>(tx, actor, &ticket).await?;
    Ok(ticket)
}

/// A ticket that is held, for another deed. Nothing was written to it since it was found.
pub(super) async fn also_to_change<A, B: Action>(
    tx: &mut Tx,
    actor: &Actor,
    held: &May<A, Ticket>,
) -> Result<May<B, Ticket>, Error> {
    let ticket = held.also::<B>(actor)?;
    by_rank::change::<B>(tx, actor, &ticket).await?;
    Ok(ticket)
}

record! { struct NewRow { id: i64 } }

pub(super) async fn insert_ticket<A>(
    tx: &mut Tx,
    place: &May<A, Place>,
    author: PersonId,
    requester: PersonId,
    hat: Hat,
    new: &NewTicket,
    now: Moment,
) -> Result<Option<TicketId>, Error> {
    let state = State::Free;
    let row: Option<NewRow> = tx
        .maybe(acting!(
            place,
            "INSERT INTO tickets (subject, state, stage, department_id, category_id, requester_id, \
             author_id, priority, origin, comment_count, last_actor_id, last_side, once, created_at, updated_at, visibility, entry_id, confidential_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $7, $10, $11, $12, $12, $13, $14, $15) \
             ON CONFLICT (author_id, once) DO NOTHING RETURNING id",
            new.subject.trim(),
            state,
            state.stage(),
            place.department_id,
            place.id,
            requester,
            author,
            new.priority,
            new.comment.origin,
            hat,
            new.comment.once.clone(),
            now,
            if place.confidential_id.is_some() { Visibility::Private } else { new.visibility },
            place.entry_id,
            place.confidential_id,
        ))
        .await?;
    Ok(row.map(|r| TicketId(r.id)))
}

pub(super) async fn opened_before(
    tx: &mut Tx,
    author: PersonId,
    once: Option<&str>,
) -> Result<TicketId, Error> {
    let row: NewRow = tx
        .one(system!(
            because = "the author's own form token names the ticket they just opened",
            "SELECT id FROM tickets WHERE author_id = $1 AND once = $2",
            author,
            once
        ))
        .await?;
    Ok(TicketId(row.id))
}

pub(super) async fn written_before(
    tx: &mut Tx,
    ticket: TicketId,
    author: PersonId,
    once: Option<&str>,
) -> Result<CommentId, Error> {
    let row: NewRow = tx
        .one(system!(
            because = "the author's own form token names the comment they just wrote",
            "SELECT id FROM comments WHERE ticket_id = $1 AND author_id = $2 AND once = $3",
            ticket,
            author,
            once
        ))
        .await?;
    Ok(CommentId(row.id))
}

#[expect(
    clippy::too_many_arguments,
    reason = "one column each; a struct would name them twice"
)]
pub(super) async fn insert_comment<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    ticket: TicketId,
    author: PersonId,
    audience: Audience,
    hat: Hat,
    comment: &NewComment,
    now: Moment,
) -> Result<Option<CommentId>, Error> {
    let row: Option<NewRow> = tx
        .maybe(acting!(
            may,
            "INSERT INTO comments (ticket_id, author_id, audience, hat, origin, body, html, quoted, \
             incoming_mail_id, once, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
             ON CONFLICT (ticket_id, author_id, once) DO NOTHING RETURNING id",
            ticket,
            author,
            audience,
            hat,
            comment.origin,
            &comment.body.text,
            &comment.body.html,
            comment.body.quoted.clone(),
            comment.incoming_mail,
            comment.once.clone(),
            now,
        ))
        .await?;
    let Some(row) = row else { return Ok(None) };
    for file in &comment.files {
        tx.run(acting!(
            may,
            "INSERT INTO attachments (ticket_id, comment_id, name, media_type, size, digest, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            ticket,
            row.id,
            letter::file_name::clean(&file.name),
            &file.media_type,
            file.size,
            &file.digest,
            now,
        ))
        .await?;
    }
    Ok(Some(CommentId(row.id)))
}

pub(super) async fn insert_event<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    ticket: TicketId,
    event: &NewEvent,
    now: Moment,
) -> Result<EventId, Error> {
    let row: NewRow = tx
        .one(acting!(
            may,
            "INSERT INTO events (ticket_id, actor_id, hat, kind, audience, old_value, new_value, comment_id, at, stood_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT s.version FROM tickets s WHERE s.id = $1)) RETURNING id",
            ticket,
            event.actor,
            event.hat,
            event.kind,
            event.audience,
            event.before.clone(),
            event.after.clone(),
            event.comment,
            now,
        ))
        .await?;
    Ok(EventId(row.id))
}

/// Writes what a deed leaves on the row. The transaction holds the row since it was found.
pub(super) async fn touch<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    touch: &Touch,
) -> Result<(), Error> {
    let closed_at = match touch.state {
        state if state.stage() == super::machine::Stage::Open => None,
        _ => ticket.closed_at.or(Some(touch.now)),
    };
    let left_as = ticket.left_as_after(touch.state, touch.assignee);
    let changed = tx
        .run(acting!(
            ticket,
            "UPDATE tickets SET state = $3, stage = $4, assignee_id = $5, comment_count = comment_count + $6, \
             last_actor_id = $7, last_side = $8, updated_at = $9, closed_at = $10, left_as = $11, \
             recall_at = CASE WHEN state = 'postponed' AND CAST($3 AS TEXT) = 'postponed' THEN recall_at END, \
             reminded_at = CASE WHEN state = 'closed' AND CAST($3 AS TEXT) = 'closed' THEN reminded_at END, \
             is_reopening_over = (is_reopening_over AND CAST($4 AS TEXT) <> 'open'), version = version + 1 \
             WHERE id = $1 AND version = $2",
            ticket.id,
            ticket.version,
            touch.state,
            touch.state.stage(),
            touch.assignee,
            touch.comments,
            touch.by,
            touch.hat,
            touch.now,
            closed_at,
            left_as,
        ))
        .await?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Error::bug("a ticket changed although its row was held"))
    }
}

/// Whether somebody may still be in charge of tickets of this department, or of this confidential category of it.
pub(super) async fn still_handles(
    ask: &mut dyn Answers,
    person: PersonId,
    department: DepartmentId,
    confidential: Option<CategoryId>,
) -> Result<bool, Error> {
    record! { struct Row { role: Role } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role FROM agents a \
             JOIN people h ON h.id = a.person_id LEFT JOIN roles r ON r.id = a.role_id \
             WHERE a.person_id = $1 AND h.disabled_at IS NULL AND (a.role IN ('owner', 'admin') OR EXISTS \
             (SELECT 1 FROM sights m WHERE m.person_id = a.person_id AND m.department_id = $2 AND \
             CASE WHEN CAST($3 AS BIGINT) IS NULL THEN m.takes ELSE EXISTS (SELECT 1 FROM confidants k WHERE k.category_id = $3 \
             AND k.person_id = m.person_id AND k.level IN ('assigned', 'edit')) END))",
            person,
            department,
            confidential
        ))
        .await?;
    Ok(row.is_some_and(|row| row.role.carries(permission::HANDLE)))
}

record! {
    /// A ticket's number alone.
    #[derive(Clone, Copy, Debug)]
    pub struct Number {
        /// It.
        pub id: TicketId,
    }
}

/// The open tickets somebody is in charge of, in one department or everywhere.
pub async fn held_by(
    ask: &mut dyn Answers,
    person: PersonId,
    department: Option<DepartmentId>,
) -> Result<Vec<Number>, Error> {
    // In the order of numbers, so that two who release at once cannot wait for each other.
    ask.all(system!(
        because = "how many tickets somebody holds decides whether they may leave, whoever asks sees them or not",
        "SELECT t.id FROM tickets t WHERE t.assignee_id = $1 AND t.stage = 'open' \
         AND (CAST($2 AS BIGINT) IS NULL OR t.department_id = $2) ORDER BY t.id",
        person,
        department
    ))
    .await
}
