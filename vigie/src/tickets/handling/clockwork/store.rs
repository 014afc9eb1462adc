//! The SQL of what time does. Looking goes through the desk's eyes; what is found is held and judged
//! again before it is moved.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, scoped};

use crate::tickets::machine::State;
use crate::tickets::store::Number;
use crate::tickets::{Ticket, TicketId};

fn ids(found: Vec<Number>) -> Vec<TicketId> {
    found.into_iter().map(|number| number.id).collect()
}

pub(super) async fn postponed_until(
    ask: &mut dyn Answers,
    desk: &Actor,
    now: Moment,
    limit: i64,
) -> Result<Vec<TicketId>, Error> {
    let found: Vec<Number> = ask
        .all(scoped!(
            desk,
            "SELECT t.id FROM tickets t WHERE t.recall_at IS NOT NULL AND t.recall_at <= $1 AND t.state = 'postponed' \
             AND {visible:tickets t} ORDER BY t.recall_at, t.id LIMIT $2",
            now,
            limit
        ))
        .await?;
    Ok(ids(found))
}

pub(super) async fn over_and_idle(
    ask: &mut dyn Answers,
    desk: &Actor,
    before: Moment,
    limit: i64,
) -> Result<Vec<TicketId>, Error> {
    // Each stage walks the index of its own order from its oldest end.
    let mut found = vec![];
    for stage in ["ended", "awaiting"] {
        let some: Vec<Number> = ask
            .all(scoped!(
                desk,
                "SELECT t.id FROM tickets t WHERE t.stage = $1 AND t.updated_at <= $2 AND {visible:tickets t} \
                 ORDER BY t.updated_at, t.id LIMIT $3",
                stage,
                before,
                limit
            ))
            .await?;
        found.extend(ids(some));
    }
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

pub(super) async fn awaiting(
    ask: &mut dyn Answers,
    desk: &Actor,
    after: TicketId,
    limit: i64,
) -> Result<Vec<Ticket>, Error> {
    walk(ask, desk, "awaiting", after, limit).await
}

/// Ended tickets that their requesters may still open again.
pub(super) async fn ended_and_open(
    ask: &mut dyn Answers,
    desk: &Actor,
    after: TicketId,
    limit: i64,
) -> Result<Vec<Ticket>, Error> {
    walk(ask, desk, "ended", after, limit).await
}

async fn walk(
    ask: &mut dyn Answers,
    desk: &Actor,
    stage: &str,
    after: TicketId,
    limit: i64,
) -> Result<Vec<Ticket>, Error> {
    ask.all(scoped!(
        desk,
        "SELECT t.id, t.subject, t.state, t.department_id, t.category_id, t.requester_id, t.author_id, t.assignee_id, \
         t.priority, t.origin, t.visibility, t.comment_count, t.last_actor_id, t.last_side, t.created_at, t.updated_at, t.closed_at, \
         t.recall_at, t.left_as, t.is_reopening_over, t.entry_id, (t.reminded_at IS NOT NULL) AS is_reminded, t.version, \
         t.confidential_id, TRUE AS is_served, FALSE AS is_anonymous, TRUE AS names_agents, CAST(NULL AS TEXT) AS my_level, FALSE AS my_takes, CAST(NULL AS TEXT) AS my_privileges, FALSE AS am_invitee, FALSE AS am_observer, \
         CAST(NULL AS BIGINT) AS advice_asker_id \
         FROM tickets t WHERE t.stage = $1 AND t.id > $2 AND t.is_reopening_over = FALSE AND {visible:tickets t} \
         ORDER BY t.id LIMIT $3",
        stage,
        after,
        limit
    ))
    .await
}

/// Moves a ticket without counting as its last change: who changed it last is a person (trap E-07).
/// As an activity it stands among the newest again; in the archive it is from now on.
pub(super) async fn move_to<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    state: State,
    is_activity: bool,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "UPDATE tickets SET state = $2, stage = $3, recall_at = NULL, \
         updated_at = COALESCE(CAST($4 AS BIGINT), updated_at), archived_at = COALESCE(CAST($5 AS BIGINT), archived_at), \
         version = version + 1 WHERE id = $1",
        ticket.id,
        state,
        state.stage(),
        is_activity.then_some(now),
        (state == State::Archived).then_some(now)
    ))
    .await?;
    Ok(())
}

pub(super) async fn set_reminded<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "UPDATE tickets SET reminded_at = $2 WHERE id = $1",
        ticket.id,
        now
    ))
    .await?;
    Ok(())
}

pub(super) async fn set_reopening_over<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "UPDATE tickets SET is_reopening_over = TRUE WHERE id = $1",
        ticket.id
    ))
    .await?;
    Ok(())
}
