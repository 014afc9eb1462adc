//! A page of tickets: scope, filters and order pick fifty ids from one index; names are joined to
//! those fifty only, so a page costs the same on a small desk and on a large one.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::sql::Tail;
use kit::db::{Ask, Condition, Query};
use kit::error::Error;
use kit::{cond, record, scoped, stored_words, tail};

use super::machine::{Stage, State};
use super::{Hat, TicketId};
use crate::departments::DepartmentId;
use crate::people::PersonId;

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
        /// The category's name.
        pub category: String,
        /// Who is in charge.
        pub assignee_id: Option<PersonId>,
        /// Their name.
        pub assignee: Option<String>,
    }
}

stored_words! {
    /// What a list can be ordered by.
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

/// Who is in charge, as a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Nobody.
    Nobody,
    /// This person.
    Person(PersonId),
}

/// Which of the tickets one sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In one stage.
    pub stage: Option<Stage>,
    /// In one state.
    pub state: Option<State>,
    /// Of one department.
    pub department: Option<DepartmentId>,
    /// By who is in charge.
    pub holder: Option<Holder>,
    /// Asked by this person.
    pub requester: Option<PersonId>,
    /// Ended or archived (true), or not (false).
    pub is_over: Option<bool>,
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
    ask: &mut impl Ask,
    actor: &Actor,
    filter: Filter,
    order: Order,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<Page, Error> {
    let mut query: Query = scoped!(
        actor,
        "SELECT f.id, f.subject, f.state, f.priority, f.comment_count, f.last_actor_id, f.last_side, \
         f.created_at, f.updated_at, f.version, f.requester_id, r.name AS requester, l.name AS site, \
         f.department_id, d.name AS department, c.name AS category, f.assignee_id, a.name AS assignee \
         FROM (SELECT t.id FROM tickets t WHERE ({visible:tickets t}){more}{tail}) page \
         JOIN tickets f ON f.id = page.id JOIN people r ON r.id = f.requester_id \
         LEFT JOIN locations l ON l.id = r.location_id JOIN departments d ON d.id = f.department_id \
         JOIN categories c ON c.id = f.category_id LEFT JOIN people a ON a.id = f.assignee_id"
    );
    for condition in conditions(filter) {
        query = query.and(condition);
    }
    let is_backwards = cursor.is_some_and(|c| c.is_backwards);
    let is_descending = order.is_descending != is_backwards;
    if let Some(cursor) = cursor {
        query = query.and(beyond(order.column, is_descending, cursor));
    }
    query = query.tail(ordered(order.column, is_descending, limit + 1));
    let mut rows: Vec<Listed> = ask.all(query).await?;
    rows.sort_by_key(|r| {
        let key = (key_of(r, order.column), r.id.0);
        if is_descending { (-key.0, -key.1) } else { key }
    });
    let has_more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(0));
    if is_backwards {
        rows.reverse();
    }
    let mark = |row: &Listed, is_backwards| Cursor {
        key: key_of(row, order.column),
        id: row.id.0,
        is_backwards,
    };
    let (has_before, has_after) = if is_backwards {
        (has_more, true)
    } else {
        (cursor.is_some(), has_more)
    };
    Ok(Page {
        before: rows.first().filter(|_| has_before).map(|r| mark(r, true)),
        after: rows.last().filter(|_| has_after).map(|r| mark(r, false)),
        rows,
    })
}

fn key_of(row: &Listed, column: Column) -> i64 {
    match column {
        Column::Activity => row.updated_at.0,
        Column::Number => row.id.0,
        Column::Priority => row.priority,
    }
}

fn conditions(filter: Filter) -> Vec<Condition> {
    let mut out = vec![];
    if let Some(stage) = filter.stage {
        out.push(cond!("t.stage = ?", stage));
    }
    if let Some(state) = filter.state {
        out.push(cond!("t.state = ?", state));
    }
    if let Some(department) = filter.department {
        out.push(cond!("t.department_id = ?", department));
    }
    match filter.holder {
        Some(Holder::Nobody) => out.push(cond!("t.assignee_id IS NULL")),
        Some(Holder::Person(person)) => out.push(cond!("t.assignee_id = ?", person)),
        None => {}
    }
    match filter.is_over {
        Some(true) => out.push(cond!("t.stage IN ('ended', 'archived')")),
        Some(false) => out.push(cond!("t.stage IN ('open', 'awaiting')")),
        None => {}
    }
    if let Some(requester) = filter.requester {
        out.push(cond!("t.requester_id = ?", requester));
    }
    out
}

fn beyond(column: Column, is_descending: bool, at: Cursor) -> Condition {
    match (column, is_descending) {
        (Column::Activity, true) => cond!("(t.updated_at, t.id) < (?, ?)", at.key, at.id),
        (Column::Activity, false) => cond!("(t.updated_at, t.id) > (?, ?)", at.key, at.id),
        (Column::Number, true) => cond!("t.id < ?", at.id),
        (Column::Number, false) => cond!("t.id > ?", at.id),
        (Column::Priority, true) => cond!("(t.priority, t.id) < (?, ?)", at.key, at.id),
        (Column::Priority, false) => cond!("(t.priority, t.id) > (?, ?)", at.key, at.id),
    }
}

fn ordered(column: Column, is_descending: bool, limit: i64) -> Tail {
    match (column, is_descending) {
        (Column::Activity, true) => tail!("ORDER BY t.updated_at DESC, t.id DESC LIMIT ?", limit),
        (Column::Activity, false) => tail!("ORDER BY t.updated_at, t.id LIMIT ?", limit),
        (Column::Number, true) => tail!("ORDER BY t.id DESC LIMIT ?", limit),
        (Column::Number, false) => tail!("ORDER BY t.id LIMIT ?", limit),
        (Column::Priority, true) => tail!("ORDER BY t.priority DESC, t.id DESC LIMIT ?", limit),
        (Column::Priority, false) => tail!("ORDER BY t.priority, t.id LIMIT ?", limit),
    }
}
