//! How many tickets an actor sees, by state, without walking them: the counts kept by department
//! and holder, plus the few tickets that reach the actor by name. `one_rule_everywhere` holds it equal to the
//! list.

use std::collections::BTreeMap;

use kit::authz::{Actor, Reach};
use kit::db::{Answers, Ask, Query};
use kit::error::Error;
use kit::{global, record, scoped};

use super::machine::{Stage, State};
use crate::policy;

/// Counts of what an actor sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    by_state: BTreeMap<State, i64>,
    /// Open tickets the actor is in charge of.
    pub mine: i64,
    /// What is ended is counted, too.
    pub is_whole: bool,
}

impl Counts {
    /// In one state.
    pub fn of(&self, state: State) -> i64 {
        self.by_state.get(&state).copied().unwrap_or(0)
    }
    /// In one stage.
    pub fn in_stage(&self, stage: Stage) -> i64 {
        State::ALL
            .iter()
            .filter(|s| s.stage() == stage)
            .map(|s| self.of(*s))
            .sum()
    }
    /// In any state.
    pub fn all(&self) -> i64 {
        self.by_state.values().sum()
    }
}

record! {
    struct Row {
        state: State,
        n: i64,
        // Of these, those that the actor is in charge of.
        mine: i64,
    }
}

/// Counts what this actor sees.
pub async fn seen_by(ask: &mut dyn Answers, actor: &Actor) -> Result<Counts, Error> {
    // One question, of two halves. Kept: the departments' tickets, and those the actor is in charge
    // of wherever they lie. Walked: what one asked for, and, in an index that knows enough of each, what one takes part
    // in, beyond what is counted already.
    let query = match actor.reach() {
        // What others show is no part of one's desk.
        Reach::Nothing | Reach::Shared => return Ok(Counts::default()),
        Reach::Everything if policy::is_in_every_confidence(actor) => global!(
            "SELECT state, CAST(SUM(n) AS BIGINT) AS n, CAST(SUM(CASE WHEN holder = $1 THEN n ELSE 0 END) AS BIGINT) AS mine \
             FROM ticket_counts GROUP BY department_id, confidential, state",
            actor.id()
        ),
        Reach::Everything => scoped!(
            actor,
            "SELECT c.state, CAST(SUM(c.n) AS BIGINT) AS n, CAST(SUM(CASE WHEN c.holder = {actor} THEN c.n ELSE 0 END) AS BIGINT) AS mine \
             FROM ticket_counts c WHERE c.holder = {actor} OR c.confidential = 0 OR c.confidential IN (SELECT k.category_id FROM confidants k \
             JOIN sights s ON s.person_id = k.person_id AND s.department_id = k.department_id \
             WHERE k.person_id = {actor} AND k.level IN ('view', 'edit')) GROUP BY c.department_id, c.confidential, c.state \
             UNION ALL SELECT t.state, COUNT(*) AS n, CAST(0 AS BIGINT) AS mine FROM tickets t WHERE t.requester_id = {actor} \
             AND (t.assignee_id IS NULL OR t.assignee_id <> {actor}) AND t.confidential_id IS NOT NULL \
             AND t.confidential_id NOT IN (SELECT n.category_id FROM confidants n \
             JOIN sights w ON w.person_id = n.person_id AND w.department_id = n.department_id \
             WHERE n.person_id = {actor} AND n.level IN ('view', 'edit')) \
             AND {visible:tickets t} GROUP BY t.state \
             UNION ALL SELECT p.state, COUNT(DISTINCT p.ticket_id) AS n, CAST(0 AS BIGINT) AS mine FROM participants p \
             WHERE {mine:participants p} AND p.kind IN ('invitee', 'observer') AND p.requester <> {actor} AND p.holder <> {actor} \
             AND p.confidential <> 0 AND p.confidential NOT IN (SELECT n.category_id FROM confidants n \
             JOIN sights w ON w.person_id = n.person_id AND w.department_id = n.department_id \
             WHERE n.person_id = {actor} AND n.level IN ('view', 'edit')) GROUP BY p.state"
        ),
        Reach::Departments => scoped!(
            actor,
            "SELECT c.state, CAST(SUM(c.n) AS BIGINT) AS n, CAST(SUM(CASE WHEN c.holder = {actor} THEN c.n ELSE 0 END) AS BIGINT) AS mine \
             FROM sights q CROSS JOIN ticket_counts c WHERE q.person_id = {actor} AND q.level IN ('view', 'edit') \
             AND c.department_id = q.department_id AND c.confidential = 0 GROUP BY q.department_id, c.state \
             UNION ALL SELECT c.state, c.n, CASE WHEN c.holder = {actor} THEN c.n ELSE 0 END AS mine FROM confidants k \
             CROSS JOIN sights s CROSS JOIN ticket_counts c WHERE k.person_id = {actor} AND k.level IN ('view', 'edit') \
             AND s.person_id = k.person_id AND s.department_id = k.department_id \
             AND c.department_id = k.department_id AND c.confidential = k.category_id \
             UNION ALL SELECT c.state, c.n, c.n AS mine FROM ticket_counts c WHERE c.holder = {actor} \
             AND (c.confidential <> 0 OR c.department_id NOT IN \
             (SELECT q.department_id FROM sights q WHERE q.person_id = {actor} AND q.level IN ('view', 'edit'))) \
             AND c.confidential NOT IN (SELECT k.category_id FROM confidants k \
             JOIN sights s ON s.person_id = k.person_id AND s.department_id = k.department_id \
             WHERE k.person_id = {actor} AND k.level IN ('view', 'edit')) \
             UNION ALL SELECT t.state, COUNT(*) AS n, CAST(0 AS BIGINT) AS mine FROM tickets t WHERE t.requester_id = {actor} \
             AND (t.assignee_id IS NULL OR t.assignee_id <> {actor}) \
             AND (t.confidential_id IS NOT NULL OR t.department_id NOT IN \
             (SELECT m.department_id FROM sights m WHERE m.person_id = {actor} AND m.level IN ('view', 'edit'))) \
             AND COALESCE(t.confidential_id, 0) NOT IN (SELECT n.category_id FROM confidants n \
             JOIN sights w ON w.person_id = n.person_id AND w.department_id = n.department_id \
             WHERE n.person_id = {actor} AND n.level IN ('view', 'edit')) \
             AND {visible:tickets t} GROUP BY t.state \
             UNION ALL SELECT p.state, COUNT(DISTINCT p.ticket_id) AS n, CAST(0 AS BIGINT) AS mine FROM participants p \
             WHERE {mine:participants p} AND p.kind IN ('invitee', 'observer') AND p.requester <> {actor} AND p.holder <> {actor} \
             AND (p.confidential <> 0 OR p.department NOT IN \
             (SELECT m.department_id FROM sights m WHERE m.person_id = {actor} AND m.level IN ('view', 'edit'))) \
             AND p.confidential NOT IN (SELECT n.category_id FROM confidants n \
             JOIN sights w ON w.person_id = n.person_id AND w.department_id = n.department_id \
             WHERE n.person_id = {actor} AND n.level IN ('view', 'edit')) GROUP BY p.state"
        ),
        // Nothing is kept by who asked: walked, from the few people who are served.
        Reach::ServedDepartments | Reach::ServedEverywhere => scoped!(
            actor,
            "SELECT t.state, COUNT(*) AS n, COUNT(CASE WHEN t.assignee_id = {actor} THEN 1 END) AS mine FROM tickets t WHERE t.id IN \
             (SELECT s.id FROM tickets s WHERE s.requester_id IN (SELECT v.served_id FROM served_people v WHERE v.person_id = {actor}) \
              UNION SELECT a.id FROM tickets a WHERE a.assignee_id = {actor} \
              UNION SELECT o.id FROM tickets o WHERE o.requester_id = {actor} \
              UNION SELECT i.ticket_id FROM participants i WHERE {mine:participants i} AND i.kind IN ('invitee', 'observer')) \
             AND {visible:tickets t} GROUP BY t.state"
        ),
        Reach::Assigned => scoped!(
            actor,
            "SELECT c.state, CAST(SUM(c.n) AS BIGINT) AS n, CAST(SUM(c.n) AS BIGINT) AS mine FROM ticket_counts c \
             WHERE c.holder = {actor} GROUP BY c.state \
             UNION ALL SELECT t.state, COUNT(*) AS n, CAST(0 AS BIGINT) AS mine FROM tickets t WHERE t.id IN \
             (SELECT o.id FROM tickets o WHERE o.requester_id = {actor} \
              UNION SELECT p.ticket_id FROM participants p WHERE {mine:participants p} AND p.kind IN ('invitee', 'observer')) \
             AND (t.assignee_id IS NULL OR t.assignee_id <> {actor}) AND {visible:tickets t} GROUP BY t.state"
        ),
        Reach::Own => scoped!(
            actor,
            "SELECT t.state, COUNT(*) AS n, CAST(0 AS BIGINT) AS mine FROM tickets t WHERE t.id IN \
             (SELECT o.id FROM tickets o WHERE o.requester_id = {actor} \
              UNION SELECT p.ticket_id FROM participants p WHERE {mine:participants p} AND p.kind = 'invitee') \
             AND {visible:tickets t} GROUP BY t.state"
        ),
    };
    sum(ask, query, true).await
}

/// What stands beside the views on every page: the same, but for who serves some alone without what is ended.
/// Theirs are walked, and a desk has many times more of what is ended than of what is not.
pub async fn of_views(ask: &mut dyn Answers, actor: &Actor) -> Result<Counts, Error> {
    if !matches!(
        actor.reach(),
        Reach::ServedDepartments | Reach::ServedEverywhere
    ) {
        return seen_by(ask, actor).await;
    }
    let query = scoped!(
        actor,
        "SELECT t.state, COUNT(*) AS n, COUNT(CASE WHEN t.assignee_id = {actor} THEN 1 END) AS mine FROM tickets t \
         WHERE t.stage IN ('open', 'awaiting') AND t.id IN (SELECT s.id FROM tickets s WHERE s.stage IN ('open', 'awaiting') \
         AND s.requester_id IN (SELECT v.served_id FROM served_people v WHERE v.person_id = {actor}) \
          UNION SELECT a.id FROM tickets a WHERE a.assignee_id = {actor} AND a.stage IN ('open', 'awaiting') \
          UNION SELECT o.id FROM tickets o WHERE o.requester_id = {actor} AND o.stage IN ('open', 'awaiting') \
          UNION SELECT i.ticket_id FROM participants i WHERE {mine:participants i} AND i.kind IN ('invitee', 'observer')) \
         AND {visible:tickets t} GROUP BY t.state"
    );
    sum(ask, query, false).await
}

async fn sum(ask: &mut dyn Answers, query: Query, is_whole: bool) -> Result<Counts, Error> {
    let rows: Vec<Row> = ask.all(query).await?;
    let mut counts = Counts {
        is_whole,
        ..Counts::default()
    };
    for row in rows {
        *counts.by_state.entry(row.state).or_insert(0) += row.n;
        if row.state.stage() == Stage::Open {
            counts.mine += row.mine;
        }
    }
    Ok(counts)
}
