//! The properties of a ticket that people change: subject, priority, requester, way in, who else may
//! look at it. One verb each, one line of history each, with before and after.
//!
//! Deliberately absent: department and category, which change by a transfer.

pub mod api;
pub mod pages;
pub mod portal;
mod store;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Db, Tx};
use kit::error::{Clash, Error, Fields, Side};

use super::changes::{self, Change};
use super::history::EventKind;
use super::machine::Deed;
use super::reading::find_to_change;
use super::rights::{
    ChangeOrigin, ChangePriority, ChangeRequester, ChangeSubject, ChangeVisibility, Read,
};
use super::verbs::LONGEST_SUBJECT;
use super::{Audience, Origin, Ticket, TicketId, Visibility, overtaken, participants};
use crate::people::{self, PersonId, directory};

/// What a form or a program wants of a ticket's properties; what it does not name stays.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What it is about.
    pub subject: Option<String>,
    /// 1 very low to 5 urgent.
    pub priority: Option<i64>,
    /// Which way it came in.
    pub origin: Option<Origin>,
    /// Who else may look at it.
    pub visibility: Option<Visibility>,
    /// Who asked: an address or a login; an unknown address becomes a person without access.
    pub requester: Option<String>,
    /// Whoever asked until now stays on the ticket, as an invitee.
    pub keeps_previous: bool,
}

impl Wanted {
    /// The deeds whose rights are asked for.
    fn deeds(&self) -> impl Iterator<Item = Deed> {
        let all = [
            (self.subject.is_some(), Deed::ChangeSubject),
            (self.priority.is_some(), Deed::ChangePriority),
            (self.origin.is_some(), Deed::ChangeOrigin),
            (self.visibility.is_some(), Deed::ChangeVisibility),
            (self.requester.is_some(), Deed::ChangeRequester),
        ];
        let wanted = all.into_iter().filter(|(is_wanted, _)| *is_wanted);
        wanted.map(|(_, deed)| deed)
    }
}

async fn written<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    kind: EventKind,
    (before, after): (String, String),
    now: Moment,
) -> Result<(), Error> {
    let change = Change {
        kind,
        audience: Audience::Public,
        before: Some(before),
        after: Some(after),
        comment: None,
    };
    changes::record(tx, ticket, actor, change, now).await?;
    changes::touch(tx, ticket, actor, 0, now).await
}

/// Changes what it is about.
///
/// # Errors
/// `Invalid` at `subject`: missing or too long.
pub async fn change_subject(
    tx: &mut Tx,
    ticket: &May<ChangeSubject, Ticket>,
    actor: &Actor,
    subject: &str,
    now: Moment,
) -> Result<(), Error> {
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut faults = Fields::default();
    faults.require(!subject.is_empty(), "subject", "fault-missing");
    if subject.chars().count() > LONGEST_SUBJECT {
        let most = Some(LONGEST_SUBJECT.to_string());
        faults.add("subject", "fault-too-long", most);
    }
    faults.settle()?;
    store::set_subject(tx, ticket, &subject).await?;
    let values = (ticket.subject.clone(), subject);
    written(tx, ticket, actor, EventKind::SubjectChanged, values, now).await
}

/// Changes how pressing it is.
///
/// # Errors
/// `Invalid` at `priority` beyond 1 to 5.
pub async fn change_priority(
    tx: &mut Tx,
    ticket: &May<ChangePriority, Ticket>,
    actor: &Actor,
    priority: i64,
    now: Moment,
) -> Result<(), Error> {
    if !(1..=5).contains(&priority) {
        return Err(Error::invalid("priority", "fault-priority"));
    }
    store::set_priority(tx, ticket, priority).await?;
    let values = (ticket.priority.to_string(), priority.to_string());
    written(tx, ticket, actor, EventKind::PriorityChanged, values, now).await
}

/// Changes which way it is said to have come in.
pub async fn change_origin(
    tx: &mut Tx,
    ticket: &May<ChangeOrigin, Ticket>,
    actor: &Actor,
    origin: Origin,
    now: Moment,
) -> Result<(), Error> {
    store::set_origin(tx, ticket, origin).await?;
    let values = (ticket.origin.word().to_owned(), origin.word().to_owned());
    written(tx, ticket, actor, EventKind::OriginChanged, values, now).await
}

/// Changes who else may look at it. Those who may no longer are cut with their next request.
pub async fn change_visibility(
    tx: &mut Tx,
    ticket: &May<ChangeVisibility, Ticket>,
    actor: &Actor,
    visibility: Visibility,
    now: Moment,
) -> Result<(), Error> {
    store::set_visibility(tx, ticket, visibility).await?;
    let before = ticket.visibility.word().to_owned();
    let values = (before, visibility.word().to_owned());
    let kind = EventKind::VisibilityChanged;
    written(tx, ticket, actor, kind, values, now).await
}

/// Changes who asked: the new requester sees it from now on and is told so; the one before no longer
/// does, unless they stay as an invitee.
pub async fn change_requester(
    tx: &mut Tx,
    ticket: &May<ChangeRequester, Ticket>,
    actor: &Actor,
    requester: PersonId,
    keeps_previous: bool,
    now: Moment,
) -> Result<(), Error> {
    store::set_requester(tx, ticket, requester).await?;
    participants::becomes_requester(tx, ticket, requester).await?;
    if keeps_previous {
        participants::stays_invited(tx, ticket, actor, ticket.requester_id, now).await?;
    }
    let values = (ticket.requester_id.to_string(), requester.to_string());
    written(tx, ticket, actor, EventKind::RequesterChanged, values, now).await
}

/// Whom a typed requester means.
async fn requester(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    now: Moment,
) -> Result<PersonId, Error> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Error::invalid("requester", "fault-missing"));
    }
    match directory::named(tx, actor, typed).await? {
        Some(person) if person.disabled_at.is_some() => Err(Error::invalid_with(
            "requester",
            "fault-person-disabled",
            typed.to_owned(),
        )),
        Some(person) => Ok(person.id),
        None if people::is_address(typed) => {
            let me = PersonId(actor.id());
            people::contact(tx, typed, "", Some(me), now).await
        }
        None => Err(Error::invalid_with(
            "requester",
            "fault-person-unknown",
            typed.to_owned(),
        )),
    }
}

/// What both doors do: all that is wanted, or nothing. What stands so already needs no change and no
/// version, so that the same form sent twice is done once. Two people who change different properties are not in each
/// other's way.
///
/// # Errors
/// `Conflict` with both sides of what both changed.
pub async fn change(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    seen: Option<i64>,
    wanted: &Wanted,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let standing = find_to_change::<Read>(&mut tx, actor, id).await?;
    let done = change_all(&mut tx, actor, id, seen, wanted, now).await;
    let could = || wanted.deeds().all(|deed| standing.could_allow(actor, deed));
    // What this change itself did to the version nobody has seen.
    let done = done.map_err(|error| match error {
        Error::Conflict(clash) => Error::Conflict(Clash {
            current: standing.version,
            ..clash
        }),
        other => other,
    });
    changes::or_overtaken(&mut tx, actor, id, (seen, standing.version), could, done).await?;
    tx.commit().await
}

/// Changes each property that is to be another. What somebody else changed meanwhile stays as they left it, and is told
/// with what was wanted; then nothing of this is kept.
async fn change_all(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
    seen: Option<i64>,
    wanted: &Wanted,
    now: Moment,
) -> Result<(), Error> {
    let mut both = Both::default();
    if let Some(subject) = &wanted.subject {
        let ticket = find_to_change::<ChangeSubject>(tx, actor, id).await?;
        if ticket.subject != subject.trim() {
            let done = overtaken::must_stand(tx, actor, &ticket, Deed::ChangeSubject, seen).await;
            if both.stands(done, || {
                ("subject", ticket.subject.clone(), subject.clone())
            })? {
                change_subject(tx, &ticket, actor, subject, now).await?;
            }
        }
    }
    if let Some(priority) = wanted.priority {
        let ticket = find_to_change::<ChangePriority>(tx, actor, id).await?;
        if ticket.priority != priority {
            let done = overtaken::must_stand(tx, actor, &ticket, Deed::ChangePriority, seen).await;
            let sides = || {
                (
                    "priority",
                    ticket.priority.to_string(),
                    priority.to_string(),
                )
            };
            if both.stands(done, sides)? {
                change_priority(tx, &ticket, actor, priority, now).await?;
            }
        }
    }
    if let Some(origin) = wanted.origin {
        let ticket = find_to_change::<ChangeOrigin>(tx, actor, id).await?;
        if ticket.origin != origin {
            let done = overtaken::must_stand(tx, actor, &ticket, Deed::ChangeOrigin, seen).await;
            let word = |it: Origin| it.word().to_owned();
            if both.stands(done, || ("origin", word(ticket.origin), word(origin)))? {
                change_origin(tx, &ticket, actor, origin, now).await?;
            }
        }
    }
    if let Some(visibility) = wanted.visibility {
        let ticket = find_to_change::<ChangeVisibility>(tx, actor, id).await?;
        if ticket.visibility != visibility {
            let done =
                overtaken::must_stand(tx, actor, &ticket, Deed::ChangeVisibility, seen).await;
            let word = |it: Visibility| it.word().to_owned();
            let sides = || ("visibility", word(ticket.visibility), word(visibility));
            if both.stands(done, sides)? {
                change_visibility(tx, &ticket, actor, visibility, now).await?;
            }
        }
    }
    if let Some(typed) = &wanted.requester {
        let ticket = find_to_change::<ChangeRequester>(tx, actor, id).await?;
        let person = requester(tx, actor, typed, now).await?;
        if ticket.requester_id != person {
            let done = overtaken::must_stand(tx, actor, &ticket, Deed::ChangeRequester, seen).await;
            let stands = people::find(tx, ticket.requester_id).await?.email;
            if both.stands(done, || ("requester", stands, typed.trim().to_owned()))? {
                let keeps = wanted.keeps_previous;
                change_requester(tx, &ticket, actor, person, keeps, now).await?;
            }
        }
    }
    both.settle()
}

/// What two people changed.
#[derive(Debug, Default)]
struct Both(Option<Clash>);

impl Both {
    /// Whether a property can be changed; if not, both sides are noted.
    fn stands(
        &mut self,
        done: Result<(), Error>,
        sides: impl FnOnce() -> (&'static str, String, String),
    ) -> Result<bool, Error> {
        match done {
            Ok(()) => Ok(true),
            Err(Error::Conflict(clash)) => {
                let (field, theirs, yours) = sides();
                let side = Side {
                    field,
                    theirs,
                    yours,
                };
                self.0.get_or_insert(clash).sides.push(side);
                Ok(false)
            }
            Err(other) => Err(other),
        }
    }

    fn settle(self) -> Result<(), Error> {
        match self.0 {
            None => Ok(()),
            Some(clash) => Err(Error::Conflict(clash)),
        }
    }
}
