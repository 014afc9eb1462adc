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
pub mod pages;
pub mod peeking;
pub mod settings;
mod store;
pub mod views;
pub mod walking;

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::Error;
use kit::{record, stored_words};

use super::machine::State;
use super::{Hat, Origin, TicketId};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
pub use filter::{Calendar, Filter};

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
        /// The version the reader last looked at; see [`marks`].
        pub seen: Option<i64>,
        /// Until when the reader has read everything.
        pub read_before: Moment,
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

stored_words! {
    /// What a list can be ordered by: columns of the ticket itself, each with an index of its own.
    /// Names of people and departments stand in other rows and can be filtered by, not ordered by.
    pub enum Column {
        /// The last change by a person.
        Activity = "activity",
        /// The number, which is also the order of opening.
        Number = "number",
        /// The priority.
        Priority = "priority",
    }
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub column: Column,
    /// Largest or latest first.
    pub is_descending: bool,
}

impl Order {
    /// The latest activity first: what a list shows unasked.
    pub const USUAL: Order = Order {
        column: Column::Activity,
        is_descending: true,
    };

    /// Reads `-activity`, `number` … from the closed list of columns; nothing else is one.
    pub fn parse(text: &str) -> Option<Order> {
        let (is_descending, word) = match text.strip_prefix('-') {
            Some(word) => (true, word),
            None => (false, text),
        };
        // Other words for the same orders.
        let word = match word {
            "created" => "number",
            "updated" => "activity",
            other => other,
        };
        Some(Order {
            column: Column::of(word)?,
            is_descending,
        })
    }

    /// As it stands in an address and in a saved view.
    pub fn text(self) -> String {
        let sign = if self.is_descending { "-" } else { "" };
        format!("{sign}{}", self.column.word())
    }

    /// The same the other way round.
    pub fn turned(self) -> Order {
        Order {
            is_descending: !self.is_descending,
            ..self
        }
    }
}

/// Where a page begins: after the row with this key, or before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The row's value in the ordered column.
    pub key: i64,
    /// The row's number.
    pub id: i64,
    /// Towards the beginning of the list instead of its end.
    pub is_backwards: bool,
}

impl Cursor {
    /// As it stands in an address.
    pub fn text(self) -> String {
        let way = if self.is_backwards { "b" } else { "f" };
        format!("{way}{}.{}", self.key, self.id)
    }

    /// Reads what [`Cursor::text`] wrote; anything else is no cursor.
    pub fn parse(text: &str) -> Option<Cursor> {
        let (way, rest) = text.split_at_checked(1)?;
        let (key, id) = rest.split_once('.')?;
        Some(Cursor {
            key: key.parse().ok()?,
            id: id.parse().ok()?,
            is_backwards: match way {
                "b" => true,
                "f" => false,
                _ => return None,
            },
        })
    }

    /// The place of this row in a list of this order.
    pub fn of(row: &Listed, order: Order) -> Cursor {
        Cursor {
            key: key_of(row, order.column),
            id: row.id.0,
            is_backwards: false,
        }
    }

    /// The same place, looked at towards the beginning.
    pub fn backwards(self) -> Cursor {
        Cursor {
            is_backwards: true,
            ..self
        }
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
    let is_backwards = cursor.is_some_and(|c| c.is_backwards);
    let is_descending = order.is_descending != is_backwards;
    let mut rows = store::rows(ask, actor, filter, order, cursor, limit + 1).await?;
    rows.sort_by_key(|r| {
        let key = (key_of(r, order.column), r.id.0);
        if is_descending { (-key.0, -key.1) } else { key }
    });
    let has_more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(0));
    if is_backwards {
        rows.reverse();
    }
    let (has_before, has_after) = if is_backwards {
        (has_more, true)
    } else {
        (cursor.is_some(), has_more)
    };
    let place = |row: &Listed| Cursor::of(row, order);
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    for (slot, cursor) in found.iter_mut().zip([place.backwards(), place]) {
        let page = page(ask, actor, filter, order, Some(cursor), 2).await?;
        let near = |row: &&Listed| row.id.0 != place.id;
        let row = if cursor.is_backwards {
            page.rows.iter().rev().find(near)
        } else {
            page.rows.iter().find(near)
        };
        *slot = row.map(|row| (row.id, Cursor::of(row, order)));
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

/// Counts what the actor sees of it, up to `most`.
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

fn key_of(row: &Listed, column: Column) -> i64 {
    match column {
        Column::Activity => row.updated_at.0,
        Column::Number => row.id.0,
        Column::Priority => row.priority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_one_of_a_closed_list() {
        for text in ["-activity", "activity", "-number", "priority"] {
            assert_eq!(Order::parse(text).unwrap().text(), text);
        }
        assert_eq!(Order::parse("-created").unwrap().text(), "-number");
        for text in [
            "",
            "-",
            "--number",
            "password_hash",
            "t.id",
            "NUMBER",
            "requester",
        ] {
            assert_eq!(Order::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_cursor_is_read_back_and_nonsense_is_none() {
        let place = Cursor {
            key: 1_795_439_280_000_000,
            id: 4812,
            is_backwards: false,
        };
        assert_eq!(Cursor::parse(&place.text()), Some(place));
        let back = place.backwards();
        assert_eq!(Cursor::parse(&back.text()), Some(back));
        for text in ["", "f", "f1", "x1.2", "f1.2.3", "é1.2", "f1.x"] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }
}
