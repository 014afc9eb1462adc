//! How many tickets an actor sees, by state, without walking them: the departments' kept counts,
//! plus the few tickets that reach the actor by name. `one_rule_everywhere` holds it equal to the
//! list.

use std::collections::BTreeMap;

use kit::authz::{Actor, Reach};
use kit::db::Ask;
use kit::error::Error;
use kit::{global, record, scoped};

use super::machine::{Stage, State};

/// Counts of what an actor sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    by_state: BTreeMap<State, i64>,
    /// Open tickets the actor is in charge of.
    pub mine: i64,
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
        is_mine: bool,
        n: i64,
    }
}

/// Counts what this actor sees.
pub async fn seen_by(ask: &mut impl Ask, actor: &Actor) -> Result<Counts, Error> {
    let kept = match actor.reach() {
        Reach::Everything => {
            ask.all(global!(
                "SELECT state, FALSE AS is_mine, CAST(SUM(n) AS BIGINT) AS n FROM ticket_counts GROUP BY state"
            ))
            .await?
        }
        Reach::Departments => {
            ask.all(global!(
                "SELECT c.state, FALSE AS is_mine, CAST(SUM(c.n) AS BIGINT) AS n FROM ticket_counts c \
                 JOIN memberships m ON m.department_id = c.department_id \
                 WHERE m.person_id = $1 AND m.level IN ('view', 'edit') GROUP BY c.state",
                actor.id()
            ))
            .await?
        }
        _ => vec![],
    };
    // By name: assigned, asked for, let in. For most reaches these lie in the departments counted
    // already, so only those outside are added; "mine" is counted wherever it lies.
    let named: Vec<Row> = match actor.reach() {
        Reach::Nothing => vec![],
        Reach::Everything => {
            ask.all(scoped!(
                actor,
                "SELECT t.state, TRUE AS is_mine, COUNT(*) AS n FROM tickets t \
                 WHERE t.assignee_id = {actor} AND t.stage = 'open' AND {visible:tickets t} GROUP BY t.state"
            ))
            .await?
        }
        Reach::Departments => {
            ask.all(scoped!(
                actor,
                "SELECT t.state, FALSE AS is_mine, COUNT(*) AS n FROM tickets t WHERE t.id IN \
                 (SELECT a.id FROM tickets a WHERE a.assignee_id = {actor} \
                  UNION SELECT o.id FROM tickets o WHERE o.requester_id = {actor} \
                  UNION SELECT p.ticket_id FROM participants p WHERE {mine:participants p} AND p.kind IN ('invitee', 'observer')) \
                 AND t.department_id NOT IN (SELECT m.department_id FROM memberships m WHERE m.person_id = {actor} AND m.level IN ('view', 'edit')) \
                 AND {visible:tickets t} GROUP BY t.state \
                 UNION ALL SELECT t.state, TRUE AS is_mine, COUNT(*) AS n FROM tickets t \
                 WHERE t.assignee_id = {actor} AND t.stage = 'open' AND {visible:tickets t} GROUP BY t.state"
            ))
            .await?
        }
        Reach::Assigned | Reach::Own => {
            ask.all(scoped!(
                actor,
                "SELECT t.state, FALSE AS is_mine, COUNT(*) AS n FROM tickets t WHERE {visible:tickets t} GROUP BY t.state \
                 UNION ALL SELECT t.state, TRUE AS is_mine, COUNT(*) AS n FROM tickets t \
                 WHERE t.assignee_id = {actor} AND t.stage = 'open' AND {visible:tickets t} GROUP BY t.state"
            ))
            .await?
        }
    };
    let mut counts = Counts::default();
    for row in kept.into_iter().chain(named) {
        if row.is_mine {
            counts.mine += row.n;
        } else {
            *counts.by_state.entry(row.state).or_insert(0) += row.n;
        }
    }
    Ok(counts)
}
