//! What agents are called on their way to a reader (features X-07, trap E-31; decision 0039): by their names, or, where
//! the reader stands outside and the department is anonymous, by the department's.
//!
//! Every name of somebody on a ticket goes through here before it is anybody's to show: `reading`, `participants`, lists
//! and mails ask it, and what they give on knows no more than their reader may. Whoever is left unnamed has no number
//! either: people are told apart by it. Deliberately absent: what people write themselves.

use std::collections::BTreeSet;

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::Error;

use super::history::EventKind;
use super::listing::Listed;
use super::participants::Participant;
use super::reading::{Comment, Event, Names};
use super::{Hat, Ticket, naming_store};
use crate::people::PersonId;

/// In place of the number of whoever is not named.
pub const UNNAMED: PersonId = PersonId(0);

/// What the people on one ticket are called for one reader.
#[derive(Clone, Debug, Default)]
pub struct Naming(Option<Veil>);

#[derive(Clone, Debug)]
struct Veil {
    /// The name of the department the ticket is in.
    department: String,
    /// Everybody who is an agent.
    agents: BTreeSet<PersonId>,
    /// Agents who are named whatever they do: whoever asked for it, and the reader.
    known: [PersonId; 2],
    /// Whom the reader let in: named as the guests they are, never as who answers or is in charge. Whoever names an agent
    /// to let them in is not told by it what that agent does here.
    let_in: Vec<PersonId>,
}

impl Naming {
    /// For a ticket as this actor reads it.
    pub async fn of(
        ask: &mut dyn Answers,
        actor: &Actor,
        ticket: &Ticket,
    ) -> Result<Naming, Error> {
        if ticket.names_agents {
            return Ok(Naming(None));
        }
        Ok(Naming(Some(Veil {
            department: naming_store::department(ask, ticket.department_id).await?,
            agents: naming_store::agents(ask).await?,
            known: [ticket.requester_id, PersonId(actor.id())],
            let_in: naming_store::let_in_by(ask, actor, ticket.id).await?,
        })))
    }

    /// What to call whoever did something for the desk: always an agent, even one who is none any more.
    pub fn agent(&self, who: PersonId, name: String) -> (PersonId, String) {
        match &self.0 {
            Some(veil) if !veil.known.contains(&who) => (UNNAMED, veil.department.clone()),
            _ => (who, name),
        }
    }

    /// What to call somebody, who may be an agent or not.
    pub fn person(&self, who: PersonId, name: String) -> (PersonId, String) {
        match &self.0 {
            Some(veil) if veil.agents.contains(&who) && !veil.let_in.contains(&who) => {
                self.agent(who, name)
            }
            _ => (who, name),
        }
    }

    /// What to call somebody who acted from this side.
    pub fn acting(&self, who: PersonId, hat: Hat, name: String) -> (PersonId, String) {
        match hat {
            Hat::Agent => self.agent(who, name),
            _ => self.person(who, name),
        }
    }

    /// Whether the reader is not to know that this person is on the ticket.
    pub fn hides(&self, who: PersonId) -> bool {
        self.person(who, String::new()).0 != who
    }

    /// The name that stands for those who are not named.
    pub(super) fn instead(&self) -> Option<&str> {
        self.0.as_ref().map(|veil| veil.department.as_str())
    }

    pub(super) fn names(&self, ticket: &Ticket, names: &mut Names) {
        names.author = self
            .person(ticket.author_id, std::mem::take(&mut names.author))
            .1;
        if let Some((who, name)) = ticket.assignee_id.zip(names.assignee.take()) {
            let (who, name) = self.agent(who, name);
            (names.assignee_id, names.assignee) = (Some(who), Some(name));
        }
    }

    pub(super) fn comment(&self, one: &mut Comment) {
        let name = std::mem::take(&mut one.author);
        (one.author_id, one.author) = self.acting(one.author_id, one.hat, name);
        // Only whoever works on a ticket takes something out.
        one.redacted_by = one
            .redacted_by
            .take()
            .map(|name| self.agent(UNNAMED, name).1);
    }

    pub(super) fn event(&self, one: &mut Event) {
        if let Some((who, name)) = one.actor_id.zip(one.actor.take()) {
            let (who, name) = self.acting(who, one.hat, name);
            (one.actor_id, one.actor) = (Some(who), Some(name));
        }
        if !one.kind.names_people() && one.kind != EventKind::TaskGiven {
            return;
        }
        // Who is put in charge, or was, works for the desk; who is let in may be anybody.
        let is_of_desk = !matches!(
            one.kind,
            EventKind::Invited | EventKind::Uninvited | EventKind::RequesterChanged
        );
        let told = |who: PersonId, name: String| match is_of_desk {
            true => self.agent(who, name),
            false => self.person(who, name),
        };
        for value in [&mut one.old_value, &mut one.new_value] {
            if let Some(who) = value.as_deref().and_then(|it| it.parse().ok()) {
                *value = Some(told(PersonId(who), String::new()).0.to_string());
            }
        }
        let unnamed = Some(UNNAMED.to_string());
        let concerned = match one.kind {
            EventKind::TakenOver => &one.old_value,
            _ => &one.new_value,
        };
        if one.concerned.is_some() && *concerned == unnamed {
            one.concerned = self.instead().map(str::to_owned);
        }
    }

    pub(super) fn participant(&self, one: &mut Participant) {
        let name = std::mem::take(&mut one.name);
        let (who, name) = self.person(one.person_id, name);
        if who != one.person_id {
            one.email = String::new();
        }
        (one.person_id, one.name) = (who, name);
    }
}

/// The same for tickets as lists show them: of each its row says whether its reader knows who works on it.
pub fn in_lists(rows: &mut [Listed]) {
    for row in rows.iter_mut().filter(|row| !row.names_agents) {
        if row.assignee_id.take().is_some() {
            row.assignee_id = Some(UNNAMED);
            row.assignee = Some(row.department.clone());
        }
    }
}

/// Somebody's number for whoever may know it.
pub fn number(who: PersonId) -> Option<i64> {
    (who != UNNAMED).then_some(who.0)
}
