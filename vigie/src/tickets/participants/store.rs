//! The SQL of participants.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, record, scoped};

use super::{Kind, Participant, Recent};
use crate::people::PersonId;
use crate::tickets::{Ticket, TicketId};

pub(super) async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Participant>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT p.person_id, n.name, n.email, p.kind, (p.source = 'permanent') AS is_permanent FROM participants p JOIN people n ON n.id = p.person_id \
         WHERE p.ticket_id = $1 AND {visible:participants p} ORDER BY n.name, n.id, p.kind",
        ticket
    ))
    .await
}

pub(super) async fn lately_invited(
    ask: &mut dyn Answers,
    actor: &Actor,
) -> Result<Vec<Recent>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT n.name, n.email FROM (SELECT p.person_id, MAX(p.created_at) AS at FROM participants p \
         WHERE p.added_by_id = {actor} AND p.kind = 'invitee' AND {visible:participants p} \
         GROUP BY p.person_id ORDER BY MAX(p.created_at) DESC, p.person_id LIMIT 8) r \
         JOIN people n ON n.id = r.person_id WHERE n.disabled_at IS NULL ORDER BY r.at DESC, n.id"
    ))
    .await
}

/// True when they were not there before.
pub(super) async fn insert<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    person: PersonId,
    kind: Kind,
    by: PersonId,
    now: Moment,
) -> Result<bool, Error> {
    let added = tx
        .run(acting!(
            ticket,
            "INSERT INTO participants (ticket_id, person_id, kind, source, added_by_id, created_at) \
             VALUES ($1, $2, $3, 'manual', $4, $5) ON CONFLICT (ticket_id, person_id, kind) DO NOTHING",
            ticket.id,
            person,
            kind,
            by,
            now
        ))
        .await?;
    Ok(added == 1)
}

/// The same by the department's rule, which nobody's hand is.
pub(super) async fn insert_permanent<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    ticket: TicketId,
    person: PersonId,
    now: Moment,
) -> Result<bool, Error> {
    let added = tx
        .run(acting!(
            may,
            "INSERT INTO participants (ticket_id, person_id, kind, source, created_at) \
             VALUES ($1, $2, 'invitee', 'permanent', $3) ON CONFLICT (ticket_id, person_id, kind) DO NOTHING",
            ticket,
            person,
            now
        ))
        .await?;
    Ok(added == 1)
}

/// True when they were there.
pub(super) async fn remove<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    person: PersonId,
    kind: Kind,
) -> Result<bool, Error> {
    let removed = tx
        .run(acting!(
            ticket,
            "DELETE FROM participants WHERE ticket_id = $1 AND person_id = $2 AND kind = $3",
            ticket.id,
            person,
            kind
        ))
        .await?;
    Ok(removed == 1)
}

record! { struct Found { id: i64 } }

/// Whether the actor's own form of this token wrote a comment here before.
pub(super) async fn is_written(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    once: Option<&str>,
) -> Result<bool, Error> {
    let found: Option<Found> = ask
        .maybe(scoped!(
            actor,
            "SELECT c.id FROM comments c WHERE c.ticket_id = $1 AND c.author_id = {actor} AND c.once = $2 \
             AND {visible:comments c}",
            ticket,
            once
        ))
        .await?;
    Ok(found.is_some_and(|f| f.id > 0))
}

record! { struct Made { at: Moment } }

/// When this actor let people in since then, as far as they see it.
pub(super) async fn invitations_since(
    ask: &mut dyn Answers,
    actor: &Actor,
    since: Moment,
) -> Result<Vec<Moment>, Error> {
    let made: Vec<Made> = ask
        .all(scoped!(
            actor,
            "SELECT e.at FROM events e WHERE e.actor_id = {actor} AND e.kind = 'invited' AND e.at > $1 \
             AND {visible:events e} ORDER BY e.id",
            since
        ))
        .await?;
    Ok(made.into_iter().map(|one| one.at).collect())
}
