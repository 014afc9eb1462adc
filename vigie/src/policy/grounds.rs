//! Why somebody sees a ticket: the rule of `policy.rs` taken apart, each part asked alone.
//!
//! Only for whoever asks why. What is shown is decided by the whole; `tests/it/inspector.rs` holds that
//! somebody sees a ticket exactly when one of the parts holds.

use kit::authz::{Actor, Policy, Reach};
use kit::stored_words;

use super::tickets::{confidences, departments, served};
use super::{Role, is_in_every_confidence};

stored_words! {
    /// A reason to see a ticket. Beside these there is none.
    pub enum Ground {
        /// Their role or their scope holds every ticket.
        Everything = "everything",
        /// They were let into the confidence of its category, at a level that looks at its tickets.
        Confidant = "confidant",
        /// They belong to its department, at a level that looks at its tickets.
        Department = "department",
        /// They are in charge of it.
        Assignee = "assignee",
        /// They asked for it.
        Requester = "requester",
        /// They were invited to it.
        Invitee = "invitee",
        /// They observe it.
        Observer = "observer",
    }
}

impl Ground {
    /// Whether it can count for somebody whose eyes reach so far.
    pub fn counts_for(self, reach: Reach) -> bool {
        match self {
            Ground::Everything => matches!(reach, Reach::ServedEverywhere | Reach::Everything),
            Ground::Department => matches!(reach, Reach::ServedDepartments | Reach::Departments),
            Ground::Confidant => {
                Ground::Everything.counts_for(reach) || Ground::Department.counts_for(reach)
            }
            Ground::Assignee | Ground::Observer => {
                reach == Reach::Assigned || Ground::Confidant.counts_for(reach)
            }
            Ground::Requester | Ground::Invitee => !matches!(reach, Reach::Nothing | Reach::Shared),
        }
    }
}

/// Somebody as they would look if this were their only reason; none when it cannot count for them.
pub fn by_this_alone(actor: &Actor, ground: Ground) -> Option<Actor> {
    let policy: &'static dyn Policy = match ground {
        Ground::Everything => &Alone(Ground::Everything),
        Ground::Confidant => &Alone(Ground::Confidant),
        Ground::Department => &Alone(Ground::Department),
        Ground::Assignee => &Alone(Ground::Assignee),
        Ground::Requester => &Alone(Ground::Requester),
        Ground::Invitee => &Alone(Ground::Invitee),
        Ground::Observer => &Alone(Ground::Observer),
    };
    // Of what a role permits, only this says anything of what is seen.
    let role = if is_in_every_confidence(actor) {
        Role::Admin
    } else {
        Role::Viewer
    };
    ground
        .counts_for(actor.reach())
        .then(|| Actor::new(actor.id(), actor.reach(), role.permissions(), policy))
}

/// One ground and nothing else.
#[derive(Debug)]
struct Alone(Ground);

impl Policy for Alone {
    fn name(&self) -> &'static str {
        self.0.word()
    }

    fn predicate(&self, table: &str, t: &str, actor: &Actor, me: &str) -> String {
        if table != "tickets" {
            return "FALSE".to_owned();
        }
        let participates = |kind: &str| {
            format!(
                "{t}.id IN (SELECT i.ticket_id FROM participants i WHERE i.person_id = {me} AND i.kind = '{kind}')"
            )
        };
        // Whoever serves some alone sees by rank or place what those asked for; what names them, names them.
        let of_those_served = match actor.reach() {
            Reach::ServedDepartments | Reach::ServedEverywhere => format!(" AND {}", served(t, me)),
            _ => String::new(),
        };
        match self.0 {
            Ground::Everything if is_in_every_confidence(actor) => "TRUE".to_owned(),
            Ground::Everything => format!("{t}.confidential_id IS NULL{of_those_served}"),
            Ground::Confidant => format!(
                "{t}.confidential_id IN ({}){of_those_served}",
                confidences(me)
            ),
            Ground::Department => format!(
                "{t}.department_id IN ({}) AND {t}.confidential_id IS NULL{of_those_served}",
                departments(me)
            ),
            Ground::Assignee => format!("{t}.assignee_id = {me}"),
            Ground::Requester => format!("{t}.requester_id = {me}"),
            Ground::Invitee => participates("invitee"),
            Ground::Observer => participates("observer"),
        }
    }
}
