//! People on a ticket besides its requester and its holder (features D): invitees, who are let in;
//! observers, agents who advise; followers, who only want to hear of what they see anyway.
//!
//! Deliberately absent: what each of them sees (policy.rs) and is mailed (mail/recipients.rs).

pub mod api;
pub mod pace;
pub mod pages;
pub mod permanent;
mod store;
pub mod typed;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::Error;
use kit::{record, stored_words};

use super::changes::{self, Change};
use super::comments::NewComment;
use super::history::EventKind;
use super::machine::Deed;
use super::naming::Naming;
use super::reading::find_to_change;
use super::rights::{AddObserver, Invite, Observe, Read, Uninvite};
use super::{Audience, Ticket, TicketId, overtaken};
use crate::people::PersonId;
use crate::policy::permission;

stored_words! {
    /// What somebody is to a ticket.
    pub enum Kind {
        /// Let in: reads what is addressed to invitees, and may write.
        Invitee = "invitee",
        /// An agent who reads everything, writes notes, and handles nothing.
        Observer = "observer",
        /// Hears of what they see anyway; nobody else knows.
        Follower = "follower",
    }
}

record! {
    /// Somebody on a ticket.
    #[derive(Clone, Debug)]
    pub struct Participant {
        /// Who.
        pub person_id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// What they are to it.
        pub kind: Kind,
        /// Came with the department, by its rule.
        pub is_permanent: bool,
    }
}

record! {
    /// Somebody one invited lately.
    #[derive(Clone, Debug)]
    pub struct Recent {
        /// Their name.
        pub name: String,
        /// Their address, which a form sends.
        pub email: String,
    }
}

/// The people on a ticket whom this actor may know of: invitees; observers, on staff's side;
/// themselves.
pub async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &Ticket,
) -> Result<Vec<Participant>, Error> {
    let naming = Naming::of(ask, actor, ticket).await?;
    let mut all = store::of(ask, actor, ticket.id).await?;
    all.iter_mut().for_each(|one| naming.participant(one));
    Ok(all)
}

/// Whom this actor invited lately to tickets they still see.
pub async fn lately_invited(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<Recent>, Error> {
    store::lately_invited(ask, actor).await
}

/// Whether the same form wrote its words on the ticket before.
pub(super) async fn is_written(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    once: Option<&str>,
) -> Result<bool, Error> {
    store::is_written(ask, actor, ticket, once).await
}

/// Lets people in, each mailed once with the words that go with it; says how many are new. Nobody
/// new leaves nothing behind.
pub async fn invite(
    tx: &mut Tx,
    ticket: &May<Invite, Ticket>,
    actor: &Actor,
    people: &[PersonId],
    words: Option<NewComment>,
    now: Moment,
) -> Result<usize, Error> {
    let by = PersonId(actor.id());
    let mut new = vec![];
    for person in people {
        if store::insert(tx, ticket, *person, Kind::Invitee, by, now).await? {
            new.push(*person);
        }
    }
    if new.is_empty() {
        return Ok(0);
    }
    let words = words.filter(|w| !w.body.text.trim().is_empty());
    let comment = match &words {
        None => None,
        Some(words) => {
            words.check()?;
            changes::write(tx, ticket, actor, Audience::Public, words, now).await?
        }
    };
    for person in &new {
        let change = Change {
            kind: EventKind::Invited,
            audience: Audience::Public,
            before: None,
            after: Some(person.to_string()),
            comment,
        };
        changes::record(tx, ticket, actor, change, now).await?;
    }
    changes::touch(tx, ticket, actor, i64::from(comment.is_some()), now).await?;
    Ok(new.len())
}

/// Lets somebody out: they lose sight of the ticket with this commit.
pub async fn uninvite(
    tx: &mut Tx,
    ticket: &May<Uninvite, Ticket>,
    actor: &Actor,
    person: PersonId,
    now: Moment,
) -> Result<(), Error> {
    if !store::remove(tx, ticket, person, Kind::Invitee).await? {
        return Ok(());
    }
    let change = Change {
        kind: EventKind::Uninvited,
        audience: Audience::Public,
        before: None,
        after: Some(person.to_string()),
        comment: None,
    };
    changes::record(tx, ticket, actor, change, now).await?;
    changes::touch(tx, ticket, actor, 0, now).await
}

async fn put_observer<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    person: PersonId,
    is_there: bool,
    now: Moment,
) -> Result<(), Error> {
    let by = PersonId(actor.id());
    let has_changed = if is_there {
        store::insert(tx, ticket, person, Kind::Observer, by, now).await?
    } else {
        store::remove(tx, ticket, person, Kind::Observer).await?
    };
    if !has_changed {
        return Ok(());
    }
    let change = Change {
        kind: if is_there {
            EventKind::ObserverAdded
        } else {
            EventKind::ObserverRemoved
        },
        audience: Audience::Staff,
        before: None,
        after: Some(person.to_string()),
        comment: None,
    };
    changes::record(tx, ticket, actor, change, now).await?;
    changes::touch(tx, ticket, actor, 0, now).await
}

/// Begins or ends observing oneself. It grants nothing to whoever sees the ticket already.
pub async fn observe(
    tx: &mut Tx,
    ticket: &May<Observe, Ticket>,
    actor: &Actor,
    wants: bool,
    now: Moment,
) -> Result<(), Error> {
    put_observer(tx, ticket, actor, PersonId(actor.id()), wants, now).await
}

/// Makes another agent an observer, or no longer one; they see the ticket from then on, and as long.
///
/// # Errors
/// `Invalid` at `people` when they are no agent.
pub async fn set_observer(
    tx: &mut Tx,
    ticket: &May<AddObserver, Ticket>,
    actor: &Actor,
    person: PersonId,
    is_there: bool,
    now: Moment,
) -> Result<(), Error> {
    if is_there {
        let them = crate::people::find(tx, person).await?;
        if them.role.is_none() || them.disabled_at.is_some() {
            return Err(Error::invalid_with("people", "fault-not-agent", them.name));
        }
    }
    put_observer(tx, ticket, actor, person, is_there, now).await
}

/// Whoever becomes the requester is no invitee any more.
pub(super) async fn becomes_requester<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    person: PersonId,
) -> Result<(), Error> {
    store::remove(tx, ticket, person, Kind::Invitee)
        .await
        .map(|_| ())
}

/// Whoever was the requester stays, let in by the actor of the change that took it from them.
pub(super) async fn stays_invited<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    actor: &Actor,
    person: PersonId,
    now: Moment,
) -> Result<(), Error> {
    let by = PersonId(actor.id());
    store::insert(tx, ticket, person, Kind::Invitee, by, now)
        .await
        .map(|_| ())
}

/// Begins or ends following: a bookmark of one's own that grants nothing, and leaves no line of
/// history.
pub async fn follow(
    tx: &mut Tx,
    ticket: &May<Read, Ticket>,
    actor: &Actor,
    wants: bool,
    now: Moment,
) -> Result<(), Error> {
    let me = PersonId(actor.id());
    if wants {
        store::insert(tx, ticket, me, Kind::Follower, me, now).await?;
    } else {
        store::remove(tx, ticket, me, Kind::Follower).await?;
    }
    Ok(())
}

/// What all doors do to invite: `typed` holds addresses, and logins when staff type, between commas.
/// Says how many are new.
///
/// # Errors
/// `Invalid` at `people`; also when nobody is new although words were to go with it, and when whoever
/// is not staff lets in more people than one may within an hour.
pub async fn let_in(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    seen: Option<i64>,
    typed: &str,
    words: Option<NewComment>,
    now: Moment,
) -> Result<usize, Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<Invite>(&mut tx, actor, id).await?;
    overtaken::must_stand(&mut tx, actor, &ticket, Deed::Invite, seen).await?;
    let people = typed::people(&mut tx, actor, &ticket, typed, now).await?;
    let has_words = words.is_some();
    let once = words.as_ref().and_then(|w| w.once.clone());
    let new = invite(&mut tx, &ticket, actor, &people, words, now).await?;
    if new == 0 && has_words && !store::is_written(&mut tx, actor, id, once.as_deref()).await? {
        return Err(Error::invalid("people", "fault-already-invited"));
    }
    if !can_let_in(&mut tx, actor, 0, now).await? {
        let most = pace::MOST.to_string();
        return Err(Error::invalid_with("people", "fault-invite-pace", most));
    }
    tx.commit().await?;
    Ok(new)
}

/// Whether the actor may let in so many more people now, besides those they let in within the hour: staff as many as they like.
pub async fn can_let_in(
    ask: &mut dyn Answers,
    actor: &Actor,
    more: usize,
    now: Moment,
) -> Result<bool, Error> {
    if actor.is_permitted(permission::STAFF) {
        return Ok(true);
    }
    let mut made = store::invitations_since(ask, actor, now.minus(pace::WINDOW)).await?;
    made.extend(std::iter::repeat_n(now, more));
    Ok(!pace::is_too_fast(&made, now))
}

/// What all doors do to take an invitation back.
pub async fn let_out(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    seen: Option<i64>,
    person: PersonId,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<Uninvite>(&mut tx, actor, id).await?;
    overtaken::must_stand(&mut tx, actor, &ticket, Deed::Uninvite, seen).await?;
    // As if they were not there: whoever tries numbers learns nothing.
    if Naming::of(&mut tx, actor, &ticket).await?.hides(person) {
        return Ok(());
    }
    uninvite(&mut tx, &ticket, actor, person, now).await?;
    tx.commit().await
}

/// What both doors of staff do about an observer; oneself needs less than another.
pub async fn change_observer(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    person: PersonId,
    is_there: bool,
    seen: Option<i64>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    if person.0 == actor.id() {
        let ticket = find_to_change::<Observe>(&mut tx, actor, id).await?;
        overtaken::must_stand(&mut tx, actor, &ticket, Deed::Observe, seen).await?;
        observe(&mut tx, &ticket, actor, is_there, now).await?;
    } else {
        let ticket = find_to_change::<AddObserver>(&mut tx, actor, id).await?;
        overtaken::must_stand(&mut tx, actor, &ticket, Deed::AddObserver, seen).await?;
        set_observer(&mut tx, &ticket, actor, person, is_there, now).await?;
    }
    tx.commit().await
}

/// The same for several agents, typed as logins or addresses between commas.
pub async fn add_observers(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    typed: &str,
    seen: Option<i64>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<AddObserver>(&mut tx, actor, id).await?;
    overtaken::must_stand(&mut tx, actor, &ticket, Deed::AddObserver, seen).await?;
    for person in typed::agents(&mut tx, actor, typed).await? {
        // Each is a change of its own, made from the version the one before left.
        let ticket = find_to_change::<AddObserver>(&mut tx, actor, id).await?;
        set_observer(&mut tx, &ticket, actor, person, true, now).await?;
    }
    tx.commit().await
}

/// What all doors do to follow.
pub async fn change_following(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    wants: bool,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<Read>(&mut tx, actor, id).await?;
    follow(&mut tx, &ticket, actor, wants, now).await?;
    tx.commit().await
}
