//! The SQL of counting many lists in one walk.

use kit::authz::{Actor, Reach};
use kit::db::{Answers, Ask, Query};
use kit::error::Error;
use kit::{record, scoped};

use super::Filter;
use super::conditions::{self, Walk};

/// How many each filter lets through of what is not ended; none for whoever's tickets are not walked.
pub(super) async fn walked(
    ask: &mut dyn Answers,
    actor: &Actor,
    filters: &[&Filter],
) -> Result<Option<Vec<i64>>, Error> {
    record! { struct Row { counts: String } }
    let Some(query) = walk(actor) else {
        return Ok(None);
    };
    let conditions = filters
        .iter()
        .map(|it| conditions::all(it, actor, Walk::Count));
    let row: Row = ask.one(query.tally(conditions.collect())).await?;
    let mut counts = vec![0; filters.len()];
    for (n, count) in row.counts.split(' ').enumerate() {
        let count: i64 = count.parse().map_err(Error::bug)?;
        let place = n % filters.len().max(1);
        counts[place] += count;
    }
    Ok(Some(counts))
}

/// Every ticket the actor sees that is not ended, once; each part of the walk tells a count for each filter. What the
/// second part counts lies outside of the departments, by the indexes of whom it names. The parts are counted each by
/// itself, because what SQLite gathers of two it carries row by row, column by column to whoever counts.
fn walk(actor: &Actor) -> Option<Query> {
    Some(match actor.reach() {
        Reach::Nothing | Reach::Shared | Reach::Own => return None,
        Reach::Everything | Reach::ServedEverywhere => scoped!(
            actor,
            "SELECT {tally} AS counts FROM tickets t WHERE t.stage IN ('open', 'awaiting') AND {visible:tickets t}"
        ),
        Reach::Departments | Reach::ServedDepartments => scoped!(
            actor,
            "SELECT (SELECT {tally} FROM tickets t \
             WHERE t.stage IN ('open', 'awaiting') AND {visible:tickets t} AND t.department_id IN \
             (SELECT m.department_id FROM sights m WHERE m.person_id = {actor} AND m.level IN ('view', 'edit'))) \
             || ' ' || (SELECT {tally} FROM tickets t \
             WHERE t.stage IN ('open', 'awaiting') AND {visible:tickets t} AND +t.department_id NOT IN \
             (SELECT m.department_id FROM sights m WHERE m.person_id = {actor} AND m.level IN ('view', 'edit')) \
             AND t.id IN (SELECT a.id FROM tickets a WHERE a.assignee_id = {actor} AND a.stage IN ('open', 'awaiting') AND {visible:tickets a} \
             AND +a.department_id NOT IN (SELECT m.department_id FROM sights m WHERE m.person_id = {actor} AND m.level IN ('view', 'edit')) \
             UNION SELECT o.id FROM tickets o WHERE o.requester_id = {actor} AND o.stage IN ('open', 'awaiting') AND {visible:tickets o} \
             UNION SELECT c.id FROM tickets c WHERE c.stage IN ('open', 'awaiting') AND {visible:tickets c} AND c.confidential_id IN \
             (SELECT k.category_id FROM confidants k WHERE k.person_id = {actor}) \
             UNION SELECT i.ticket_id FROM participants i WHERE {mine:participants i} AND i.kind IN ('invitee', 'observer'))) AS counts"
        ),
        Reach::Assigned => scoped!(
            actor,
            "SELECT {tally} AS counts FROM tickets t WHERE t.stage || '' IN ('open', 'awaiting') AND {visible:tickets t}"
        ),
    })
}
