//! The SQL of what happened that concerns somebody.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record, scoped, system};

use super::{MOST, Notification, NotificationId, Quiet, Unread};
use crate::people::PersonId;
use crate::tickets::{EventId, TicketId};

pub(super) async fn insert(
    tx: &mut Tx,
    person: PersonId,
    ticket: TicketId,
    event: EventId,
    is_call: bool,
    at: Moment,
) -> Result<(), Error> {
    tx.run(system!(
        because = "whom an event concerns is decided before anybody's eyes are asked; each look at the line asks again",
        "INSERT INTO notifications (person_id, ticket_id, event_id, is_call, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (person_id, event_id) DO NOTHING",
        person,
        ticket,
        event,
        is_call,
        at
    ))
    .await
    .map(|_| ())
}

// An event that made its ticket, or came after its touch, stands at the version that holds it; others at the one before.
// A line is read by itself, with everything, or with its ticket: looked at since the event, in a version that holds it, or
// marked unread again by whoever had looked. Of a ticket that was merged, the moment tells.
pub(super) async fn latest(
    ask: &mut dyn Answers,
    actor: &Actor,
    after: NotificationId,
    told: (Moment, Moment),
    most: i64,
) -> Result<Vec<Notification>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT n.id, n.ticket_id, t.subject, e.kind, n.is_call, n.at, \
         CASE WHEN e.actor_id IS NULL THEN NULL WHEN e.hat <> 'agent' OR {visible:agent_names t.id} THEN p.name ELSE d.name END AS actor, \
         COALESCE(e.new_value = CAST(n.person_id AS TEXT), FALSE) AS is_about_reader, \
         (n.read_at IS NULL AND COALESCE(f.at, 0) < e.at \
         AND (m.at IS NULL OR m.at < e.at OR (m.version >= 0 AND m.version <= COALESCE(e.stood_at, 0) \
         - CASE WHEN e.kind IN ('created', 'given_out') THEN 1 ELSE 0 END))) AS is_unread \
         FROM notifications n JOIN tickets t ON t.id = n.ticket_id JOIN events e ON e.id = n.event_id JOIN departments d ON d.id = t.department_id \
         LEFT JOIN people p ON p.id = e.actor_id \
         LEFT JOIN ticket_marks m ON m.person_id = n.person_id AND m.ticket_id = e.ticket_id \
         LEFT JOIN reading_floors f ON f.person_id = n.person_id \
         WHERE n.person_id = {actor} AND n.id > $1 AND n.at > $2 AND n.at <= $3 \
         AND {visible:notifications n} AND {visible:tickets t} AND {visible:events e} ORDER BY n.id DESC LIMIT $4",
        after,
        told.0,
        told.1,
        most
    ))
    .await
}

/// How many tickets the lines of `latest` are about.
pub(super) async fn tickets(
    ask: &mut dyn Answers,
    actor: &Actor,
    told: (Moment, Moment),
) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(scoped!(
            actor,
            "SELECT COUNT(DISTINCT n.ticket_id) AS n FROM notifications n JOIN tickets t ON t.id = n.ticket_id JOIN events e ON e.id = n.event_id \
             WHERE n.person_id = {actor} AND n.at > $1 AND n.at <= $2 \
             AND {visible:notifications n} AND {visible:tickets t} AND {visible:events e}",
            told.0,
            told.1
        ))
        .await?;
    Ok(count.n)
}

pub(super) async fn unread(ask: &mut dyn Answers, actor: &Actor) -> Result<Unread, Error> {
    ask.one(scoped!(
        actor,
        "SELECT CAST(COALESCE(SUM(x.unread), 0) AS BIGINT) AS count, CAST(COALESCE(MAX(x.id), 0) AS BIGINT) AS newest FROM \
         (SELECT n.id, CASE WHEN n.read_at IS NULL AND COALESCE(f.at, 0) < e.at \
         AND (m.at IS NULL OR m.at < e.at OR (m.version >= 0 AND m.version <= COALESCE(e.stood_at, 0) \
         - CASE WHEN e.kind IN ('created', 'given_out') THEN 1 ELSE 0 END)) THEN 1 ELSE 0 END AS unread \
         FROM notifications n JOIN tickets t ON t.id = n.ticket_id JOIN events e ON e.id = n.event_id \
         LEFT JOIN ticket_marks m ON m.person_id = n.person_id AND m.ticket_id = e.ticket_id \
         LEFT JOIN reading_floors f ON f.person_id = n.person_id \
         WHERE n.person_id = {actor} AND {visible:notifications n} AND {visible:tickets t} AND {visible:events e} \
         ORDER BY n.id DESC LIMIT $1) x",
        MOST
    ))
    .await
}

pub(super) async fn read_all(tx: &mut Tx, person: PersonId, now: Moment) -> Result<(), Error> {
    tx.run(system!(
        because = "one's own lines, whatever became of what they were about",
        "UPDATE notifications SET read_at = $2 WHERE person_id = $1 AND read_at IS NULL",
        person,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn forget_before(tx: &mut Tx, before: Moment) -> Result<usize, Error> {
    let gone = tx
        .run(system!(
            because = "old lines go, whoever's they are",
            "DELETE FROM notifications WHERE at < $1",
            before
        ))
        .await?;
    Ok(usize::try_from(gone).unwrap_or(usize::MAX))
}

pub(super) async fn quiet_of(ask: &mut dyn Answers, person: PersonId) -> Result<Quiet, Error> {
    ask.maybe(global!(
        "SELECT quiet_from, quiet_until, quiet_weekends FROM people WHERE id = $1",
        person
    ))
    .await?
    .ok_or(Error::NotFound)
}

pub(super) async fn put_quiet(tx: &mut Tx, person: PersonId, quiet: Quiet) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE people SET quiet_from = $2, quiet_until = $3, quiet_weekends = $4 WHERE id = $1",
        person,
        quiet.quiet_from,
        quiet.quiet_until,
        quiet.quiet_weekends
    ))
    .await
    .map(|_| ())
}
