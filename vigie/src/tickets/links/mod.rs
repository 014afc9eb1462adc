//! Links between tickets: one row each, read from both ends, and only by whoever sees both.
//!
//! Deliberately absent: what a duplicate or a follow-up does to its ticket.

pub mod api;
pub mod pages;
mod store;

use kit::authz::{Action, Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::{Because, Error};
use kit::{record, stored_words};

use super::changes::{self, Change};
use super::history::EventKind;
use super::machine::{Deed, State};
use super::reading::{find, find_to_change};
use super::rights::{Link, Read};
use super::{Audience, Ticket, TicketId, overtaken};
use crate::people::PersonId;

stored_words! {
    /// What the first ticket of a link is to the second.
    pub enum Kind {
        /// They have something to do with each other.
        Relates = "relates",
        /// It asks for the same.
        Duplicate = "duplicate",
        /// It goes on where the other ended.
        FollowUp = "follow_up",
    }
}

stored_words! {
    /// A link as it reads from one of its ends: what the other ticket is to this one.
    pub enum Relation {
        /// They have something to do with each other.
        RelatesTo = "relates_to",
        /// This one is a duplicate of the other.
        DuplicateOf = "duplicate_of",
        /// The other is a duplicate of this one.
        DuplicatedBy = "duplicated_by",
        /// This one follows the other.
        FollowUpOf = "follow_up_of",
        /// The other follows this one.
        FollowedBy = "followed_by",
    }
}

impl Relation {
    /// The kind, and whether this ticket is the first of it.
    const fn stored(self) -> (Kind, bool) {
        match self {
            Relation::RelatesTo => (Kind::Relates, true),
            Relation::DuplicateOf => (Kind::Duplicate, true),
            Relation::DuplicatedBy => (Kind::Duplicate, false),
            Relation::FollowUpOf => (Kind::FollowUp, true),
            Relation::FollowedBy => (Kind::FollowUp, false),
        }
    }

    const fn read(kind: Kind, is_first: bool) -> Relation {
        match (kind, is_first) {
            (Kind::Relates, _) => Relation::RelatesTo,
            (Kind::Duplicate, true) => Relation::DuplicateOf,
            (Kind::Duplicate, false) => Relation::DuplicatedBy,
            (Kind::FollowUp, true) => Relation::FollowUpOf,
            (Kind::FollowUp, false) => Relation::FollowedBy,
        }
    }
}

record! {
    /// A link's row, with the ticket at its other end.
    #[derive(Clone, Debug)]
    pub(super) struct Row {
        /// The first end.
        pub ticket_id: TicketId,
        /// The ticket that is not the one asked about.
        pub number: TicketId,
        /// What the first is to the second.
        pub kind: Kind,
        /// The other ticket's subject.
        pub subject: String,
        /// Where it is in its life.
        pub state: State,
    }
}

/// A link as its reader sees it from one end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The ticket at the other end.
    pub number: TicketId,
    /// What it is to this one.
    pub relation: Relation,
    /// Its subject.
    pub subject: String,
    /// Where it is in its life.
    pub state: State,
}

/// The links of a ticket whose other end this actor sees too, by number.
pub async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Linked>, Error> {
    let rows = store::of(ask, actor, ticket).await?;
    Ok(rows
        .into_iter()
        .map(|row| Linked {
            number: row.number,
            relation: Relation::read(row.kind, row.ticket_id == ticket),
            subject: row.subject,
            state: row.state,
        })
        .collect())
}

/// Writes a link's row for whatever deed makes it, without a line of history; false when it stood
/// there already.
pub(super) async fn put<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    relation: Relation,
    other: TicketId,
    by: PersonId,
    now: Moment,
) -> Result<bool, Error> {
    let (kind, is_first) = relation.stored();
    // What knows no direction has one row, whichever end it was written from.
    let is_first = if kind == Kind::Relates {
        ticket.id.0 < other.0
    } else {
        is_first
    };
    let (first, second) = if is_first {
        (ticket.id, other)
    } else {
        (other, ticket.id)
    };
    store::insert(tx, ticket, (first, second), kind, by, now).await
}

/// Links two tickets; that they are linked so already is a quiet success.
pub async fn link(
    tx: &mut Tx,
    ticket: &May<Link, Ticket>,
    actor: &Actor,
    relation: Relation,
    other: &May<Read, Ticket>,
    now: Moment,
) -> Result<(), Error> {
    let by = PersonId(actor.id());
    if !put(tx, ticket, relation, other.id, by, now).await? {
        return Ok(());
    }
    let change = Change {
        kind: EventKind::Linked,
        audience: Audience::Staff,
        before: None,
        after: Some(other.id.to_string()),
        comment: None,
    };
    changes::record(tx, ticket, actor, change, now).await?;
    changes::touch(tx, ticket, actor, 0, now).await
}

/// Takes the links between two tickets away; that there is none is a quiet success.
pub async fn unlink(
    tx: &mut Tx,
    ticket: &May<Link, Ticket>,
    actor: &Actor,
    other: &May<Read, Ticket>,
    now: Moment,
) -> Result<(), Error> {
    if store::remove(tx, ticket, ticket.id, other.id).await? == 0 {
        return Ok(());
    }
    let change = Change {
        kind: EventKind::Unlinked,
        audience: Audience::Staff,
        before: Some(other.id.to_string()),
        after: None,
        comment: None,
    };
    changes::record(tx, ticket, actor, change, now).await?;
    changes::touch(tx, ticket, actor, 0, now).await
}

/// What both doors do to link: `other` as it was typed, with or without `#`. A ticket that is not
/// there and one that may not be seen are refused in the same words (AZ-05).
pub async fn add(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    seen: Option<i64>,
    relation: Relation,
    other: &str,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<Link>(&mut tx, actor, id).await?;
    overtaken::must_stand(&mut tx, actor, &ticket, Deed::Link, seen).await?;
    let typed = other.trim();
    if typed.is_empty() {
        return Err(Error::invalid("other", "fault-missing"));
    }
    let unknown = || Error::invalid_with("other", "fault-ticket-unknown", typed.to_owned());
    let number = TicketId::typed(typed).ok_or_else(unknown)?;
    if number == id {
        return Err(Error::invalid("other", "fault-ticket-itself"));
    }
    let other = match find::<Read>(&mut tx, actor, number).await {
        Ok(other) => other,
        Err(Error::NotFound) => return Err(unknown()),
        Err(error) => return Err(error),
    };
    link(&mut tx, &ticket, actor, relation, &other, now).await?;
    tx.commit().await
}

/// What both doors do to take a link away. A link to what one may not see is not there.
pub async fn remove(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    seen: Option<i64>,
    other: TicketId,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<Link>(&mut tx, actor, id).await?;
    overtaken::must_stand(&mut tx, actor, &ticket, Deed::Link, seen).await?;
    let other = find::<Read>(&mut tx, actor, other).await?;
    unlink(&mut tx, &ticket, actor, &other, now).await?;
    tx.commit().await
}

/// Whether the right to link is missing, and which: for pages that offer it.
pub fn may(ticket: &Ticket, actor: &Actor) -> Result<(), Because> {
    use kit::authz::Judged;
    ticket.judge(actor, Link::NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_reads_the_same_after_being_stored() {
        for relation in Relation::ALL {
            let (kind, is_first) = relation.stored();
            assert_eq!(Relation::read(kind, is_first), *relation);
        }
    }
}
