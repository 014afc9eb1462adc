//! What time does to tickets: what was put off comes back, a closure nobody answered is remembered and
//! then expires, an ended ticket is shut for its requester and then archived. Nobody's hand: the desk
//! acts, with the one permission no role has. Each verb may run twice, late, or beside another; a
//! ticket that moved meanwhile is left alone.

mod store;

use kit::authz::{Action, Actor, May};
use kit::clock::{Moment, Span};
use kit::db::{Db, Tx};
use kit::error::{Because, Error};

use crate::departments::waiting;
use crate::policy;
use crate::tickets::history::{self, EventKind, NewEvent};
use crate::tickets::machine::{Deed, State, next};
use crate::tickets::reading::find_to_change;
use crate::tickets::rights::{Archive, Expire, Recall, Remind, Shut};
use crate::tickets::{Audience, Hat, Ticket, TicketId};

/// How long what is over rests before it is archived.
pub const ARCHIVE_AFTER: Span = Span::days(30);

/// The most tickets one run moves: a desk that was shut for long catches up run by run, and people's
/// own work goes on meanwhile.
pub const MOST_AT_ONCE: usize = 200;

/// How many rows are read at once while looking for what is due.
const ROWS: i64 = 500;

/// A reminder comes three days before a closure expires, or half way when it expires sooner.
fn reminder_of(expires_after: Span) -> Span {
    let half = expires_after.0 / 2;
    Span(expires_after.0 - half.min(Span::days(3).0))
}

/// Brings back what was put off until now.
pub async fn recall_due(db: &Db, now: Moment) -> Result<usize, Error> {
    let due = |ticket: &Ticket| ticket.recall_at.is_some_and(|at| at <= now);
    let found = store::postponed_until(&mut db.read(), &policy::desk(), now, ROWS).await?;
    let step = Step {
        deed: Deed::Recall,
        kind: EventKind::Recalled,
        is_activity: true,
    };
    let mut moved = 0;
    for id in found.into_iter().take(MOST_AT_ONCE) {
        moved += usize::from(act::<Recall>(db, id, step, due, now).await?);
    }
    Ok(moved)
}

/// Reminds requesters, once, of a closure that will expire soon.
pub async fn remind(db: &Db, now: Moment) -> Result<usize, Error> {
    let waiting = waiting::waiting(&mut db.read()).await?;
    let due = |ticket: &Ticket| {
        let after = waiting.expires_after(ticket.category_id);
        let is_soon = |after| is_past(ticket.closed_at, reminder_of(after), now);
        ticket.state == State::Closed
            && !ticket.is_reminded
            && after.is_some_and(|after| is_soon(after) && !is_past(ticket.closed_at, after, now))
    };
    let mut moved = 0;
    for id in closed_that(db, &due).await? {
        let desk = policy::desk();
        let mut tx = db.write().await?;
        let Some(may) = still::<Remind>(&mut tx, &desk, id).await? else {
            continue;
        };
        if due(&may) {
            record(&mut tx, &may, EventKind::ApprovalReminded, None, now).await?;
            store::set_reminded(&mut tx, &may, now).await?;
            tx.commit().await?;
            moved += 1;
        }
    }
    Ok(moved)
}

/// Ends closures nobody answered in time.
pub async fn expire(db: &Db, now: Moment) -> Result<usize, Error> {
    let waiting = waiting::waiting(&mut db.read()).await?;
    let due = |ticket: &Ticket| {
        let after = waiting.expires_after(ticket.category_id);
        after.is_some_and(|after| is_past(ticket.closed_at, after, now))
    };
    let step = Step {
        deed: Deed::Expire,
        kind: EventKind::Expired,
        is_activity: false,
    };
    let mut moved = 0;
    for id in closed_that(db, &due).await? {
        moved += usize::from(act::<Expire>(db, id, step, due, now).await?);
    }
    Ok(moved)
}

/// Shuts ended tickets for their requesters once the time to open them again has passed.
pub async fn shut(db: &Db, now: Moment) -> Result<usize, Error> {
    let waiting = waiting::waiting(&mut db.read()).await?;
    let due = |ticket: &Ticket| {
        let within = waiting.reopens_within(ticket.category_id);
        !ticket.is_reopening_over
            && within.is_some_and(|within| is_past(ticket.closed_at, within, now))
    };
    let desk = policy::desk();
    let (mut moved, mut after) = (0, TicketId(0));
    loop {
        let found = store::ended_and_open(&mut db.read(), &desk, after, ROWS).await?;
        let Some(last) = found.last().map(|ticket| ticket.id) else {
            return Ok(moved);
        };
        after = last;
        for ticket in found.iter().filter(|ticket| due(ticket)) {
            if moved == MOST_AT_ONCE {
                return Ok(moved);
            }
            let mut tx = db.write().await?;
            if let Some(may) = still::<Shut>(&mut tx, &desk, ticket.id).await?
                && due(&may)
            {
                store::set_reopening_over(&mut tx, &may).await?;
                tx.commit().await?;
                moved += 1;
            }
        }
    }
}

/// Puts away what is over and nobody touched for long. It stays where it was, for reading.
pub async fn archive(db: &Db, now: Moment) -> Result<usize, Error> {
    let before = now.minus(ARCHIVE_AFTER);
    let due = |ticket: &Ticket| ticket.updated_at <= before;
    let most = i64::try_from(MOST_AT_ONCE).unwrap_or(ROWS);
    let found = store::over_and_idle(&mut db.read(), &policy::desk(), before, most).await?;
    let step = Step {
        deed: Deed::Archive,
        kind: EventKind::Archived,
        is_activity: false,
    };
    let mut moved = 0;
    for id in found {
        moved += usize::from(act::<Archive>(db, id, step, due, now).await?);
    }
    Ok(moved)
}

/// Whether this span has passed since then.
fn is_past(since: Option<Moment>, span: Span, now: Moment) -> bool {
    since.is_some_and(|since| since.plus(span) <= now)
}

/// The closures awaiting approval of which this is so, at most as many as one run moves.
async fn closed_that(db: &Db, due: &impl Fn(&Ticket) -> bool) -> Result<Vec<TicketId>, Error> {
    let (desk, mut after, mut found) = (policy::desk(), TicketId(0), vec![]);
    loop {
        let rows = store::awaiting(&mut db.read(), &desk, after, ROWS).await?;
        let Some(last) = rows.last().map(|ticket| ticket.id) else {
            break;
        };
        after = last;
        found.extend(
            rows.iter()
                .filter(|ticket| due(ticket))
                .map(|ticket| ticket.id),
        );
        if found.len() >= MOST_AT_ONCE {
            break;
        }
    }
    found.truncate(MOST_AT_ONCE);
    Ok(found)
}

#[derive(Clone, Copy)]
struct Step {
    deed: Deed,
    kind: EventKind,
    /// It brings work back, so the ticket stands among the newest again.
    is_activity: bool,
}

/// The ticket, held, if the desk may still do this to it.
async fn still<A: Action>(
    tx: &mut Tx,
    desk: &Actor,
    id: TicketId,
) -> Result<Option<May<A, Ticket>>, Error> {
    match find_to_change::<A>(tx, desk, id).await {
        Ok(may) => Ok(Some(may)),
        Err(Error::NotFound | Error::Forbidden(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Does one deed of time in a change of its own, if it is still due.
async fn act<A: Action>(
    db: &Db,
    id: TicketId,
    step: Step,
    due: impl Fn(&Ticket) -> bool,
    now: Moment,
) -> Result<bool, Error> {
    let desk = policy::desk();
    let mut tx = db.write().await?;
    let Some(may) = still::<A>(&mut tx, &desk, id).await? else {
        return Ok(false);
    };
    if !due(&may) {
        return Ok(false);
    }
    let state = next(may.state, step.deed, may.situation(&desk))
        .ok_or(Error::Forbidden(Because("rule-state")))?;
    record(&mut tx, &may, step.kind, Some(state), now).await?;
    store::move_to(&mut tx, &may, state, step.is_activity, now).await?;
    tx.commit().await?;
    Ok(true)
}

async fn record<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    kind: EventKind,
    state: Option<State>,
    now: Moment,
) -> Result<(), Error> {
    let event = NewEvent {
        kind,
        actor: None,
        hat: Hat::System,
        audience: Audience::Public,
        before: state.map(|_| ticket.state.word().to_owned()),
        after: state.map(|state| state.word().to_owned()),
        comment: None,
    };
    history::record(tx, ticket, ticket.id, event, now).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_comes_three_days_before_or_half_way() {
        assert_eq!(reminder_of(Span::days(14)), Span::days(11));
        assert_eq!(reminder_of(Span::days(6)), Span::days(3));
        assert_eq!(reminder_of(Span::days(1)), Span::hours(12));
    }
}
