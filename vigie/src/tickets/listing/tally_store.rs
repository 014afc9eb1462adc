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
    let counts = row
        .counts
        .split(' ')
        .map(str::parse)
        .collect::<Result<_, _>>();
    Ok(Some(counts.map_err(Error::bug)?))
}

/// Every ticket the actor sees that is not ended, once. What follows the first of the parts is what lies outside of
/// the departments, by the indexes of whom it names.
fn walk(actor: &Actor) -> Option<Query> {
    Some(match actor.reach() {
        Reach::Nothing | Reach::Shared | Reach::Own => return None,
        Reach::Everything | Reach::ServedEverywhere => scoped!(
            actor,
            "SELECT {tally} AS counts FROM (SELECT t.id, t.stage, t.state, t.department_id, t.category_id, \
             t.requester_id, t.assignee_id, t.priority, t.origin, t.visibility, t.created_at, t.updated_at, t.closed_at, \
             t.last_actor_id, t.version FROM tickets t WHERE t.stage IN ('open', 'awaiting') AND {visible:tickets t}) t"
        ),
        Reach::Departments | Reach::ServedDepartments => scoped!(
            actor,
            "SELECT {tally} AS counts FROM ( \
             SELECT t.id, t.stage, t.state, t.department_id, t.category_id, t.requester_id, t.assignee_id, t.priority, t.origin, \
             t.visibility, t.created_at, t.updated_at, t.closed_at, t.last_actor_id, t.version FROM tickets t \
             WHERE t.stage IN ('open', 'awaiting') AND {visible:tickets t} AND t.department_id IN \
             (SELECT m.department_id FROM sights m WHERE m.person_id = {actor} AND m.level IN ('view', 'edit')) \
             UNION ALL SELECT t.id, t.stage, t.state, t.department_id, t.category_id, t.requester_id, t.assignee_id, t.priority, t.origin, \
             t.visibility, t.created_at, t.updated_at, t.closed_at, t.last_actor_id, t.version FROM tickets t \
             WHERE t.stage IN ('open', 'awaiting') AND {visible:tickets t} AND +t.department_id NOT IN \
             (SELECT m.department_id FROM sights m WHERE m.person_id = {actor} AND m.level IN ('view', 'edit')) \
             AND t.id IN (SELECT a.id FROM tickets a WHERE a.assignee_id = {actor} AND a.stage IN ('open', 'awaiting') AND {visible:tickets a} \
             AND +a.department_id NOT IN (SELECT m.department_id FROM sights m WHERE m.person_id = {actor} AND m.level IN ('view', 'edit')) \
             UNION SELECT o.id FROM tickets o WHERE o.requester_id = {actor} AND o.stage IN ('open', 'awaiting') AND {visible:tickets o} \
             UNION SELECT c.id FROM tickets c WHERE c.stage IN ('open', 'awaiting') AND {visible:tickets c} AND c.confidential_id IN \
             (SELECT k.category_id FROM confidants k WHERE k.person_id = {actor}) \
             UNION SELECT i.ticket_id FROM participants i WHERE {mine:participants i} AND i.kind IN ('invitee', 'observer'))) t"
        ),
        Reach::Assigned => scoped!(
            actor,
            "SELECT {tally} AS counts FROM (SELECT t.id, t.stage, t.state, t.department_id, t.category_id, \
             t.requester_id, t.assignee_id, t.priority, t.origin, t.visibility, t.created_at, t.updated_at, t.closed_at, \
             t.last_actor_id, t.version FROM tickets t WHERE t.stage || '' IN ('open', 'awaiting') AND {visible:tickets t}) t"
        ),
    })
}
