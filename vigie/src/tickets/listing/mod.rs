//! Lists of tickets: what they may be narrowed by and ordered by, a page of one, how somebody likes
//! to see it, and what of it they have not seen.
//!
//! Scope, filter and order pick fifty ids from one index; names are joined to those fifty only, so
//! a page costs the same on a small desk and on a large one (decision 0012).

pub mod address;
mod conditions;
pub mod dressing;
pub mod export;
pub mod filter;
pub mod marks;
pub mod narrowing;
mod order;
pub mod pages;
pub mod peeking;
pub mod settings;
mod store;
mod tally;
mod tally_store;
pub mod views;
pub mod walking;

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::Error;
use kit::record;

use super::machine::State;
use super::{Hat, Origin, TicketId};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
pub use filter::{Calendar, Filter};
pub use order::{Column, Cursor, Order};

record! {
    /// A ticket as a list shows it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Listed {
        /// Its number.
        pub id: TicketId,
        /// What it is about.
        pub subject: String,
        /// Where it is in its life.
        pub state: State,
        /// 1 to 5.
        pub priority: i64,
        /// Which way it came in.
        pub origin: Origin,
        /// Comments.
        pub comment_count: i64,
        /// Who changed it last.
        pub last_actor_id: Option<PersonId>,
        /// From which side.
        pub last_side: Hat,
        /// When it was opened.
        pub created_at: Moment,
        /// When a person last changed it.
        pub updated_at: Moment,
        /// When it was closed.
        pub closed_at: Option<Moment>,
        /// Grows with every change.
        pub version: i64,
        /// Who asked.
        pub requester_id: PersonId,
        /// Their name.
        pub requester: String,
        /// Where they work.
        pub site: Option<String>,
        /// The department.
        pub department_id: DepartmentId,
        /// Its name.
        pub department: String,
        /// The category.
        pub category_id: CategoryId,
        /// Its name.
        pub category: String,
        /// Who is in charge.
        pub assignee_id: Option<PersonId>,
        /// Their name.
        pub assignee: Option<String>,
        /// Somebody asked for advice on it, and the reader may know.
        pub needs_advice: bool,
        /// The reader may know who works on it.
        pub names_agents: bool,
        /// The version the reader last looked at; see [`marks`].
        pub seen: Option<i64>,
        /// Until when the reader has read everything.
        pub read_before: Moment,
        /// Its place in the order it was asked for in: a number first,
        pub order_rank: i64,
        /// then a name as it is ordered; see [`Cursor`].
        pub order_key: String,
    }
}

impl Listed {
    /// Whether others changed it since the reader looked, or the reader said so.
    pub fn is_unread(&self, reader: &Actor) -> bool {
        let by_me = self.last_actor_id.is_some_and(|p| p.0 == reader.id());
        let news = !by_me
            && self.updated_at > self.read_before
            && self.seen.is_none_or(|seen| seen < self.version);
        news || self.seen == Some(marks::UNREAD)
    }
}

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its rows, in order.
    pub rows: Vec<Listed>,
    /// Where the page before it ends.
    pub before: Option<Cursor>,
    /// Where the page after it begins.
    pub after: Option<Cursor>,
}

/// Lists what the actor sees.
pub async fn page(
    ask: &mut dyn Answers,
    actor: &Actor,
    filter: &Filter,
    order: Order,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<Page, Error> {
    let is_first = cursor.is_none();
    let is_backwards = cursor.as_ref().is_some_and(|c| c.is_backwards);
    let is_descending = order.is_descending != is_backwards;
    let mut rows = store::rows(ask, actor, filter, order, cursor, limit + 1).await?;
    rows.sort_by(|one, other| {
        let place = |r: &Listed| (r.order_rank, r.id.0);
        let found = (one.order_rank, &one.order_key)
            .cmp(&(other.order_rank, &other.order_key))
            .then(place(one).cmp(&place(other)));
        if is_descending {
            found.reverse()
        } else {
            found
        }
    });
    let has_more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(0));
    if is_backwards {
        rows.reverse();
    }
    let (has_before, has_after) = if is_backwards {
        (has_more, true)
    } else {
        (!is_first, has_more)
    };
    let place = |row: &Listed| Cursor::of(row);
    Ok(Page {
        before: rows
            .first()
            .filter(|_| has_before)
            .map(|r| place(r).backwards()),
        after: rows.last().filter(|_| has_after).map(place),
        rows,
    })
}

/// The tickets before and after one in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one before, and its place.
    pub before: Option<(TicketId, Cursor)>,
    /// The one after, and its place.
    pub after: Option<(TicketId, Cursor)>,
}

/// What stands before and after a place in the list. The place is the one the ticket had when the
/// reader left the list, so that a ticket which moved meanwhile does not take them along; and it is
/// never its own neighbour.
pub async fn neighbours(
    ask: &mut dyn Answers,
    actor: &Actor,
    filter: &Filter,
    order: Order,
    place: Cursor,
) -> Result<Neighbours, Error> {
    let mut found = [None, None];
    let left = place.id;
    for (slot, cursor) in found.iter_mut().zip([place.clone().backwards(), place]) {
        let is_backwards = cursor.is_backwards;
        let page = page(ask, actor, filter, order, Some(cursor), 2).await?;
        let near = |row: &&Listed| row.id.0 != left;
        let row = if is_backwards {
            page.rows.iter().rev().find(near)
        } else {
            page.rows.iter().find(near)
        };
        *slot = row.map(|row| (row.id, Cursor::of(row)));
    }
    let [before, after] = found;
    Ok(Neighbours { before, after })
}

/// How many tickets a filter lets through, counted no further than a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many; the bound when there are more.
    pub n: i64,
    /// There are more.
    pub is_more: bool,
}

/// Counts what the actor sees of each, up to `most`.
pub async fn counts(
    ask: &mut dyn Answers,
    actor: &Actor,
    filters: &[&Filter],
    most: i64,
) -> Result<Vec<Count>, Error> {
    tally::counts(ask, actor, filters, most).await
}

/// Counts what the actor sees of one, up to `most`.
pub async fn count(
    ask: &mut dyn Answers,
    actor: &Actor,
    filter: &Filter,
    most: i64,
) -> Result<Count, Error> {
    let n = store::count(ask, actor, filter, most + 1).await?;
    Ok(Count {
        n: n.min(most),
        is_more: n > most,
    })
}
