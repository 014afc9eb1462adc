//! What the pages of handling show: which deeds are offered, what a form asks, and what it was.

use std::collections::BTreeSet;

use kit::authz::Actor;
use kit::db::Reader;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::form::FormField;
use pages::tickets::handling::{Asked, Deeds, Follow, Waits};
use pages::tickets::{Choice, ChoiceGroup};
use words::catalogue::Arg;

use super::transfer::{self, Target};
use crate::departments::{CategoryId, DepartmentId, Place, serving};
use crate::people::PersonId;
use crate::tickets::Ticket;
use crate::tickets::deeds::Wanted;
use crate::tickets::machine::{Deed, State};
use crate::tickets::reading::{self, Event};
use crate::web::fail::fault_at;
use crate::web::visitor::Visitor;

/// Which of these deeds the reader may do now, each judged by the one rule.
pub fn offered(ticket: &Ticket, actor: &Actor, events: &[Event]) -> Deeds {
    let may_transfer = ticket.allows(actor, Deed::Transfer);
    let sender = transfer::sender_of(events);
    Deeds {
        assign: ticket.allows(actor, Deed::Assign),
        transfer: may_transfer,
        move_back: may_transfer && sender.is_some_and(|from| from != ticket.category_id),
        ask: ticket.allows(actor, Deed::Ask),
        take_and_ask: ticket.allows(actor, Deed::TakeAndAsk),
        postpone: ticket.allows(actor, Deed::Postpone),
        recall: ticket.allows(actor, Deed::Recall),
        refuse: ticket.allows(actor, Deed::Refuse),
        cancel: ticket.allows(actor, Deed::Cancel),
    }
}

/// What the ticket waits for.
pub fn waits(ticket: &Ticket) -> Waits {
    match (ticket.state, ticket.left_as) {
        (State::Incomplete, _) => Waits::Answer,
        (State::Postponed, _) => Waits::Until(ticket.recall_at.map(|at| at.0)),
        (State::Free, Some(State::Incomplete)) => Waits::LeftIncomplete,
        (State::Free, Some(State::Postponed)) => Waits::LeftPostponed,
        _ => Waits::Not,
    }
}

/// The deeds that have a form of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Take and ask.
    TakeAndAsk,
    /// Ask.
    Ask,
    /// Give to a colleague.
    Assign,
    /// Put off.
    Postpone,
    /// Send on.
    Transfer,
    /// Send back.
    MoveBack,
    /// Turn down.
    Refuse,
    /// Withdraw.
    Cancel,
}

impl Kind {
    /// The deed that is judged.
    pub fn deed(self) -> Deed {
        match self {
            Kind::TakeAndAsk => Deed::TakeAndAsk,
            Kind::Ask => Deed::Ask,
            Kind::Assign => Deed::Assign,
            Kind::Postpone => Deed::Postpone,
            Kind::Transfer | Kind::MoveBack => Deed::Transfer,
            Kind::Refuse => Deed::Refuse,
            Kind::Cancel => Deed::Cancel,
        }
    }

    /// What is said once it is done.
    pub fn said(self) -> &'static str {
        match self {
            Kind::TakeAndAsk | Kind::Ask => "handling-said-asked",
            Kind::Assign => "handling-said-assigned",
            Kind::Postpone => "handling-said-postponed",
            Kind::Transfer | Kind::MoveBack => "handling-said-transferred",
            Kind::Refuse => "handling-said-refused",
            Kind::Cancel => "handling-said-cancelled",
        }
    }

    /// What a form of this kind wants done.
    ///
    /// # Errors
    /// `Invalid` at the field that says nothing one can do.
    pub fn wanted(self, form: &Form, visitor: &Visitor) -> Result<Wanted, Error> {
        let follows = form.is_ticked("follow");
        Ok(match self {
            Kind::TakeAndAsk => Wanted::TakeAndAsk,
            Kind::Ask => Wanted::Ask,
            Kind::Assign => {
                let person = form.text("person").parse().map(PersonId);
                Wanted::Assign(
                    person.map_err(|_| Error::invalid("person", "fault-assignee-missing"))?,
                )
            }
            Kind::Postpone => Wanted::Postpone(match form.text("until") {
                "" => None,
                day => {
                    let morning = visitor.words.morning(day);
                    let morning = morning.ok_or_else(|| Error::invalid("until", "fault-moment"))?;
                    Some(kit::clock::Moment(morning))
                }
            }),
            Kind::Transfer => Wanted::Transfer(
                target(form.text("to"))
                    .ok_or_else(|| Error::invalid("category", "fault-category-missing"))?,
                follows,
            ),
            Kind::MoveBack => Wanted::MoveBack(follows),
            Kind::Refuse => Wanted::Refuse,
            Kind::Cancel => Wanted::Cancel,
        })
    }
}

/// A place as the form names it: a category's identifier, or a department's behind a `d`.
fn target(text: &str) -> Option<Target> {
    match text.strip_prefix('d') {
        Some(department) => department
            .parse()
            .ok()
            .map(DepartmentId)
            .map(Target::Department),
        None => text.parse().ok().map(CategoryId).map(Target::Category),
    }
}

/// Where a form sends the ticket, when it sends it anywhere.
pub async fn sent_to(
    db: &mut Reader,
    ticket: &Ticket,
    actor: &Actor,
    wanted: Wanted,
) -> Result<Option<Place>, Error> {
    let to = match wanted {
        Wanted::Transfer(to, _) => to,
        Wanted::MoveBack(_) => {
            let events = reading::events(db, actor, ticket).await?;
            match transfer::sender_of(&events) {
                Some(from) => Target::Category(from),
                None => return Ok(None),
            }
        }
        _ => return Ok(None),
    };
    transfer::destination(db, ticket, actor, to).await.map(Some)
}

/// What the form of this kind asks, with what was typed and what was wrong; `warning` names the
/// department where the sender would lose sight of the ticket. `None` when there is nothing to ask.
pub async fn asked(
    db: &mut Reader,
    visitor: &Visitor,
    ticket: &Ticket,
    kind: Kind,
    typed: &Form,
    faults: &Fields,
    warning: Option<(String, i64)>,
) -> Result<Option<Asked>, Error> {
    let at = |field: &str| fault_at(faults, field, &visitor.words);
    let actor = &visitor.actor;
    Ok(Some(match kind {
        Kind::TakeAndAsk => Asked::Question { takes: true },
        Kind::Ask => Asked::Question { takes: false },
        Kind::Refuse => Asked::Rejection,
        Kind::Cancel => Asked::Cancellation,
        Kind::Assign => {
            let chosen = typed.text("person");
            let handlers = serving::handlers(db, ticket.department_id, ticket.category_id)
                .await?
                .without(PersonId(actor.id()));
            let handlers = match ticket.assignee_id {
                Some(holder) => handlers.without(holder),
                None => handlers,
            };
            let choices = |handlers: Vec<serving::Handler>| {
                let one = |h: serving::Handler| choice(h.person_id.to_string(), h.name, chosen);
                handlers.into_iter().map(one).collect()
            };
            Asked::Assignment {
                members: choices(handlers.members),
                others: choices(handlers.others),
                error: at("person"),
            }
        }
        Kind::Postpone => Asked::Postponement {
            until: FormField {
                value: typed.text("until").to_owned(),
                error: at("until"),
            },
            earliest: visitor
                .words
                .form_day(visitor.now().plus(kit::clock::Span::days(1)).0),
        },
        Kind::Transfer => {
            let places = transfer::destinations(db, ticket, actor).await?;
            let mut may_lose_sight = false;
            // What is asked of a place is asked of its department, or of the confidence it is in.
            let mut asked = BTreeSet::new();
            for (_, real) in &places {
                if asked.insert((real.department_id, real.confidential_id)) {
                    may_lose_sight |= transfer::loses_sight(db, ticket, actor, real).await?;
                }
            }
            Asked::Transfer {
                places: groups(
                    places.into_iter().map(|(place, _)| place),
                    ticket,
                    typed.text("to"),
                    visitor,
                ),
                error: at("category"),
                follow: Follow {
                    is_offered: may_lose_sight,
                    is_ticked: typed.is_ticked("follow"),
                    warning,
                },
            }
        }
        Kind::MoveBack => {
            let events = reading::events(db, actor, ticket).await?;
            let last = events.iter().rev().find(|e| e.category_before.is_some());
            let Some(last) = last else { return Ok(None) };
            let place = match sent_to(db, ticket, actor, Wanted::MoveBack(false)).await {
                Ok(place) => place,
                Err(Error::Invalid(_) | Error::Forbidden(_)) => None,
                Err(other) => return Err(other),
            };
            let is_offered = match &place {
                Some(place) => transfer::loses_sight(db, ticket, actor, place).await?,
                None => false,
            };
            Asked::Return {
                department: last.department_before.clone().unwrap_or_default(),
                category: last.category_before.clone().unwrap_or_default(),
                error: at("category"),
                follow: Follow {
                    is_offered,
                    is_ticked: typed.is_ticked("follow"),
                    warning,
                },
            }
        }
    }))
}

fn choice(value: String, name: String, chosen: &str) -> Choice {
    Choice {
        selected: value == chosen,
        value,
        name,
    }
}

/// Departments with their categories. One may send to another department as a whole, too.
fn groups(
    places: impl Iterator<Item = Place>,
    ticket: &Ticket,
    chosen: &str,
    visitor: &Visitor,
) -> Vec<ChoiceGroup> {
    let mut groups: Vec<(DepartmentId, ChoiceGroup)> = vec![];
    for place in places {
        if groups.last().map(|(id, _)| *id) != Some(place.department_id) {
            let whole = (place.department_id != ticket.department_id).then(|| {
                let name = ("department", Arg::from(&place.department));
                let name = visitor
                    .words
                    .say_with("handling-transfer-department", &[name]);
                choice(format!("d{}", place.department_id), name, chosen)
            });
            let group = ChoiceGroup {
                name: place.department.clone(),
                choices: whole.into_iter().collect(),
            };
            groups.push((place.department_id, group));
        }
        if let Some((_, group)) = groups.last_mut() {
            let one = choice(place.id.to_string(), place.name, chosen);
            group.choices.push(one);
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
