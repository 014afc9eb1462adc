//! Who does a task: whom it can be given to, and that they are told.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::record;

use super::{Wording, line, store};
use crate::people::{self, PersonId, clientele};
use crate::tickets::history::{self, EventKind};
use crate::tickets::rights::Work;
use crate::tickets::{Ticket, TicketId, reading};

record! {
    /// Somebody a task can be given to.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Candidate {
        /// Who.
        pub id: PersonId,
        /// Their name.
        pub name: String,
    }
}

/// Whom a menu offers for the tasks of a ticket: the members of its department who write there, of its confidence
/// where it is confidential, by name. Others who may see the ticket can be given a task as well.
pub async fn candidates(ask: &mut dyn Answers, ticket: &Ticket) -> Result<Vec<Candidate>, Error> {
    let mut all = store::candidates(ask, ticket.department_id, ticket.confidential_id).await?;
    let strangers = clientele::strangers(ask, ticket.requester_id).await?;
    all.retain(|it| !strangers.contains(&it.id));
    Ok(all)
}

/// Refuses somebody who could not read the task they are given: the one rule, through their eyes.
pub(super) async fn check(
    ask: &mut dyn Answers,
    ticket: TicketId,
    assignee: Option<PersonId>,
) -> Result<(), Error> {
    let Some(assignee) = assignee else {
        return Ok(());
    };
    let person = match people::find(ask, assignee).await {
        Ok(person) => person,
        Err(Error::NotFound) => {
            return Err(Error::invalid_with(
                "assignee",
                "fault-person-unknown",
                assignee.to_string(),
            ));
        }
        Err(other) => return Err(other),
    };
    match reading::find::<Work>(ask, &person.actor(), ticket).await {
        Ok(_) => Ok(()),
        Err(Error::NotFound | Error::Forbidden(_)) => Err(Error::invalid_with(
            "assignee",
            "fault-task-assignee",
            person.name,
        )),
        Err(other) => Err(other),
    }
}

/// Tells whoever was given a task, unless they took it themselves.
pub(super) async fn tell(
    tx: &mut Tx,
    may: &May<Work, Ticket>,
    actor: &Actor,
    wording: &Wording,
    now: Moment,
) -> Result<(), Error> {
    let Some(assignee) = wording.assignee else {
        return Ok(());
    };
    let given = line(
        may,
        actor,
        EventKind::TaskGiven,
        Some(wording.title.trim().to_owned()),
        Some(assignee.to_string()),
    );
    history::record(tx, may, may.id, given, now)
        .await
        .map(|_| ())
}
