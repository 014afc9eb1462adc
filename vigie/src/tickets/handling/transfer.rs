//! Sending a ticket to another department or category, and back. Where to is judged here, with the
//! target: the privilege widens the choice from the departments one handles to all of them.

use kit::authz::{Actor, May, Reach};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Because, Error};

use super::giving_out::give_out;
use super::store;
use crate::departments::{self, CategoryId, DepartmentId, Place, confidence, serving};
use crate::people::PersonId;
use crate::policy::{self, Level, Privilege};
use crate::tickets::comments::NewComment;
use crate::tickets::history::{EventKind, NewEvent};
use crate::tickets::machine::Deed;
use crate::tickets::participants::permanent;
use crate::tickets::reading::Event;
use crate::tickets::rights::Transfer;
use crate::tickets::steps::{Step, carry_out_saying, holder_text};
use crate::tickets::{Audience, EventId, Ticket, Visibility, store as tickets};

/// Where a ticket is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To this category.
    Category(CategoryId),
    /// To this department's default category.
    Department(DepartmentId),
}

/// Whether the actor may send this ticket to a place where it would live.
async fn reaches(
    ask: &mut dyn Answers,
    ticket: &Ticket,
    actor: &Actor,
) -> Result<impl Fn(&Place) -> bool, Error> {
    let everywhere = ticket.has_privilege(actor, Privilege::TransferTicket);
    let mine = match everywhere {
        true => vec![],
        false => serving::handled_by(ask, actor.id()).await?,
    };
    let here = ticket.department_id;
    Ok(move |place: &Place| {
        everywhere || place.department_id == here || mine.contains(&place.department_id)
    })
}

/// Every place the actor may send this ticket to, by department, in the tree's order, with where it
/// would live then: elsewhere for a virtual one, which the right looks at. Where it stands now is not
/// among them.
pub async fn destinations(
    ask: &mut dyn Answers,
    ticket: &Ticket,
    actor: &Actor,
) -> Result<Vec<(Place, Place)>, Error> {
    let places = departments::places(ask).await?;
    let reaches = reaches(ask, ticket, actor).await?;
    let lives = places.iter().filter_map(|place| {
        let real = departments::real(&places, place)?;
        let is_one = real.id != ticket.category_id && reaches(real);
        is_one.then(|| (place.clone(), real.clone()))
    });
    Ok(lives.collect())
}

/// The category a target means.
///
/// # Errors
/// `Invalid` at `category` when a department takes nothing sent to it alone.
pub async fn category_of(ask: &mut dyn Answers, target: Target) -> Result<CategoryId, Error> {
    match target {
        Target::Category(category) => Ok(category),
        Target::Department(department) => serving::default_category(ask, department)
            .await?
            .ok_or_else(|| Error::invalid("category", "fault-no-default-category")),
    }
}

/// The place a target means, if the actor may send the ticket there; of a virtual one where it leads.
///
/// # Errors
/// `Invalid` at `category` when there is no such place, when it takes no tickets, and when the ticket
/// stands there already; `Forbidden` when it is a department they may not send to.
pub async fn destination(
    ask: &mut dyn Answers,
    ticket: &Ticket,
    actor: &Actor,
    target: Target,
) -> Result<Place, Error> {
    let category = category_of(ask, target).await?;
    if category == ticket.category_id {
        return Err(Error::invalid("category", "fault-category-same"));
    }
    let places = departments::places(ask).await?;
    let chosen = places.iter().find(|place| place.id == category);
    let real = chosen
        .and_then(|it| departments::real(&places, it))
        .ok_or_else(|| Error::invalid("category", "fault-category-unknown"))?;
    if real.id == ticket.category_id {
        return Err(Error::invalid("category", "fault-category-same"));
    }
    if !reaches(ask, ticket, actor).await?(real) {
        return Err(Error::Forbidden(Because("right-transfer-ticket")));
    }
    Ok(real.clone())
}

/// Whether the actor would no longer see the ticket at that place.
pub async fn loses_sight(
    ask: &mut dyn Answers,
    ticket: &Ticket,
    actor: &Actor,
    place: &Place,
) -> Result<bool, Error> {
    let (department, confidential) = (place.department_id, place.confidential_id);
    // Who made themselves an observer does not come into a confidence by that.
    let observes = ticket.am_observer && confidential.is_none();
    let is_named = ticket.is_requester(actor) || ticket.am_invitee || observes;
    if is_named || policy::is_in_every_confidence(actor) {
        return Ok(false);
    }
    let me = PersonId(actor.id());
    let looks = match (actor.reach(), confidential) {
        (Reach::ServedEverywhere | Reach::ServedDepartments, _) if !ticket.is_served => false,
        (Reach::Everything | Reach::ServedEverywhere, None) => true,
        (
            Reach::Everything
            | Reach::ServedEverywhere
            | Reach::Departments
            | Reach::ServedDepartments,
            Some(category),
        ) => confidence::level(ask, me, category)
            .await?
            .is_some_and(Level::looks),
        (Reach::Departments | Reach::ServedDepartments, None) => {
            let seen = departments::seen_by(ask, actor).await?;
            seen.iter().any(|d| d.id == department)
        }
        _ => false,
    };
    if looks {
        return Ok(false);
    }
    let stays = ticket.is_holder(actor)
        && tickets::still_handles(ask, me, department, confidential).await?;
    Ok(!stays)
}

/// Where the ticket was before it was last sent on, from the history one reads.
pub fn sender_of(events: &[Event]) -> Option<CategoryId> {
    let last = events
        .iter()
        .rev()
        .find(|event| event.kind == EventKind::Transferred)?;
    last.old_value.as_deref()?.parse().ok().map(CategoryId)
}

/// Sends the ticket on. Its holder stays in charge if they handle tickets there, else it is free, or
/// given out by the rule of its new category; the reason is a note, for the colleagues who get it. `becomes_invited` lets the sender follow it.
#[expect(
    clippy::too_many_arguments,
    reason = "the deed's five, and the three things one says about a transfer"
)]
pub async fn transfer(
    tx: &mut Tx,
    ticket: &May<Transfer, Ticket>,
    actor: &Actor,
    target: Target,
    becomes_invited: bool,
    seen: Option<i64>,
    reason: Option<NewComment>,
    now: Moment,
) -> Result<EventId, Error> {
    let place = destination(tx, ticket, actor, target).await?;
    let loses_sight = loses_sight(tx, ticket, actor, &place).await?;
    // Nobody lets themselves into a confidence (trap E-33).
    if becomes_invited && loses_sight && place.confidential_id.is_some() {
        return Err(Error::invalid("category", "fault-confidential"));
    }
    let (to, into) = (place.department_id, place.confidential_id);
    let assignee = match ticket.assignee_id {
        Some(holder) if tickets::still_handles(tx, holder, to, into).await? => Some(holder),
        _ => None,
    };
    let me = PersonId(actor.id());
    let line = |kind, before, after| NewEvent {
        kind,
        actor: Some(me),
        hat: ticket.hat(actor),
        audience: Audience::Public,
        before,
        after,
        comment: None,
    };
    if ticket.assignee_id != assignee {
        let released = line(EventKind::Released, holder_text(ticket.assignee_id), None);
        tickets::insert_event(tx, ticket, ticket.id, &released, now).await?;
    }
    if becomes_invited && loses_sight && store::let_in_sender(tx, ticket, me, now).await? {
        let invited = line(EventKind::Invited, None, holder_text(Some(me)));
        tickets::insert_event(tx, ticket, ticket.id, &invited, now).await?;
    }
    // Those of the department it leaves stay: they were let in (trap E-14).
    if place.department_id != ticket.department_id && into.is_none() {
        let (to, asked) = (place.department_id, ticket.requester_id);
        permanent::let_in(tx, ticket, ticket.id, to, asked, now).await?;
    }
    // Other people answer there, who never said that everybody may read it.
    let is_elsewhere = place.department_id != ticket.department_id || into.is_some();
    let hides = is_elsewhere && ticket.visibility != Visibility::Private;
    if hides {
        let word = |of: Visibility| Some(of.word().to_owned());
        let (before, after) = (word(ticket.visibility), word(Visibility::Private));
        let hidden = line(EventKind::VisibilityChanged, before, after);
        tickets::insert_event(tx, ticket, ticket.id, &hidden, now).await?;
    }
    let step = Step {
        deed: Deed::Transfer,
        kind: EventKind::Transferred,
        assignee,
        seen,
    };
    let values = (
        Some(ticket.category_id.to_string()),
        Some(place.id.to_string()),
    );
    let reason = reason.map(|words| (Audience::Staff, words));
    let event = carry_out_saying(tx, ticket, actor, step, reason, Some(values), now).await?;
    let visibility = if hides {
        Visibility::Private
    } else {
        ticket.visibility
    };
    store::relocate(tx, ticket, &place, visibility).await?;
    if let Some(category) = into {
        store::drop_self_made_observers(tx, ticket, category).await?;
    }
    let to = (place.department_id, place.id);
    give_out(tx, ticket.id, to, &[ticket.requester_id], now).await?;
    Ok(event)
}
