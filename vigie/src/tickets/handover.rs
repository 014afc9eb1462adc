//! Handing over. Whoever leaves a department, is shut out, or may no longer handle tickets, may hold open
//! ones: they are counted first, and then released, given out again by their categories' rules, or given
//! to somebody, with a line of history each, as whoever sends them away says (features N-29).

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Because, Error};

use super::handling::giving_out::give_out;
use super::history::EventKind;
use super::machine::Deed;
use super::reading::find_to_change;
use super::rights::ReleaseForSomebody;
use super::steps::{Step, carry_out};
use super::store;
use crate::departments::{DepartmentId, serving};
use crate::people::PersonId;
use crate::policy::permission;

/// What becomes of the open tickets of whoever leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// It was not said: whoever holds any stays.
    #[default]
    Unsaid,
    /// They are free.
    Release,
    /// Their categories' rules give them out again; where there is none, or nobody, they are free.
    GiveOut,
    /// This colleague has them.
    To(PersonId),
}

/// How many open tickets somebody is in charge of, in one department or everywhere.
pub async fn held_open(
    ask: &mut dyn Answers,
    person: PersonId,
    department: Option<DepartmentId>,
) -> Result<i64, Error> {
    let held = store::held_by(ask, person, department).await?;
    Ok(i64::try_from(held.len()).unwrap_or(i64::MAX))
}

/// Does with the open tickets of whoever leaves as was said. Each is found through the actor's own eyes
/// and judged like any other deed.
///
/// # Errors
/// `Invalid` at `at` naming how many they hold when it was not said; at `heir` when that one does not
/// handle tickets of one of the departments, is not available there, or is who leaves; `NotFound` or
/// `Forbidden` when one of them is not the actor's to release. Then nothing is done.
pub async fn hand_over(
    tx: &mut Tx,
    actor: &Actor,
    person: PersonId,
    department: Option<DepartmentId>,
    (fate, at): (Fate, &'static str),
    now: Moment,
) -> Result<(), Error> {
    let held = store::held_by(tx, person, department).await?;
    if fate == Fate::Unsaid && !held.is_empty() {
        let count = held.len().to_string();
        return Err(Error::invalid_with(at, "fault-holds-tickets", count));
    }
    for ticket in held {
        let found = find_to_change::<ReleaseForSomebody>(tx, actor, ticket.id).await;
        let may = match found {
            // Of what is confidential, say. Whoever sees it has to say what becomes of it.
            Err(Error::NotFound) => return Err(Error::invalid(at, "fault-holds-hidden")),
            found => found?,
        };
        if may.assignee_id != Some(person) {
            // Somebody else took it between the count and now.
            continue;
        }
        let place = (may.department_id, may.category_id);
        let (deed, kind, assignee) = match fate {
            Fate::To(heir) => {
                let handlers = serving::handlers(tx, place.0, place.1).await?;
                if !actor.is_permitted(permission::ASSIGN) {
                    return Err(Error::Forbidden(Because(permission::ASSIGN)));
                }
                // As when they are given out by a rule: nobody is put in charge of what they asked for.
                if heir == person || heir == may.requester_id || !handlers.include(heir) {
                    return Err(Error::invalid("heir", "fault-heir"));
                }
                (Deed::Assign, EventKind::Assigned, Some(heir))
            }
            Fate::Unsaid | Fate::Release | Fate::GiveOut => {
                (Deed::Release, EventKind::Released, None)
            }
        };
        let step = Step {
            deed,
            kind,
            assignee,
            seen: None,
        };
        carry_out(tx, &may, actor, step, None, now).await?;
        if fate == Fate::GiveOut {
            let never = [may.requester_id, person];
            give_out(tx, ticket.id, place, &never, now).await?;
        }
    }
    Ok(())
}
