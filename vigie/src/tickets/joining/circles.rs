//! Who will newly read what, before a merge is done: each person around either ticket is asked, with
//! their own eyes, whether they see the other. No second spelling of the rule.

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::Error;

use crate::people::{self, Person, PersonId};
use crate::tickets::naming::UNNAMED;
use crate::tickets::participants::{self, Kind};
use crate::tickets::reading::find;
use crate::tickets::rights::Read;
use crate::tickets::{Ticket, TicketId};

/// Somebody around a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// As its requester.
    pub is_requester: bool,
    /// As one who is in charge of it.
    pub is_holder: bool,
}

/// What a merge of `from` into `into` would change for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circles {
    /// Around `into`, without seeing `from`: they will read its words.
    pub will_read_from: Vec<Neighbour>,
    /// Around `from`, without seeing `into`: let in, they read all that is public there; not let
    /// in, they no longer read what they wrote.
    pub would_read_into: Vec<Neighbour>,
    /// The departments differ: the agents of one read what was the other's.
    pub changes_department: bool,
}

async fn around(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &Ticket,
) -> Result<Vec<Neighbour>, Error> {
    let mut ids = vec![ticket.requester_id];
    ids.extend(ticket.assignee_id);
    for one in participants::of(ask, actor, ticket).await? {
        // Who follows sees it anyway.
        if one.kind != Kind::Follower && one.person_id != UNNAMED {
            ids.push(one.person_id);
        }
    }
    let mut all: Vec<Neighbour> = vec![];
    for id in ids {
        if all.iter().any(|n| n.id == id) {
            continue;
        }
        all.push(Neighbour {
            id,
            name: people::find(ask, id).await?.name,
            is_requester: id == ticket.requester_id,
            is_holder: Some(id) == ticket.assignee_id,
        });
    }
    Ok(all)
}

async fn sees(ask: &mut dyn Answers, person: PersonId, ticket: TicketId) -> Result<bool, Error> {
    let person: Person = people::find(ask, person).await?;
    match find::<Read>(ask, &person.actor(), ticket).await {
        Ok(_) => Ok(true),
        Err(Error::NotFound) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Asks everybody around both.
pub async fn circles(
    ask: &mut dyn Answers,
    actor: &Actor,
    from: &Ticket,
    into: &Ticket,
) -> Result<Circles, Error> {
    let mut circles = Circles {
        changes_department: from.department_id != into.department_id,
        ..Circles::default()
    };
    for person in around(ask, actor, into).await? {
        if !sees(ask, person.id, from.id).await? {
            circles.will_read_from.push(person);
        }
    }
    for person in around(ask, actor, from).await? {
        if !sees(ask, person.id, into.id).await? {
            circles.would_read_into.push(person);
        }
    }
    Ok(circles)
}
