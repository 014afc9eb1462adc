//! From lists as they are kept to lists as pages show them, relative to who looks.

use std::collections::BTreeMap;

use kit::authz::Actor;
use pages::tickets::Priority;
use pages::tickets::list::{Chip, Column as ColumnView, Heading, Ordering, TicketRow};
use pages::tickets::list_panels as shown;
use words::catalogue::Arg;
use words::reader::Words;

use super::address::Address;
use super::filter::{Filter, Operator, Property, Term, Value};
use super::settings::Shown;
use super::{Column, Cursor, Listed, Order, Page};
use crate::tickets::machine::{Stage, State};
use crate::tickets::views::{chip, last_actor, origin, state, visibility};
use crate::tickets::{Origin, Visibility};

/// Names that chips mention, by row.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Of departments.
    pub departments: BTreeMap<i64, String>,
    /// Of categories.
    pub categories: BTreeMap<i64, String>,
    /// Of people that stand in the list, and of colleagues.
    pub people: BTreeMap<i64, String>,
    /// Of tags.
    pub tags: BTreeMap<i64, String>,
}

impl Names {
    /// Adds the people that stand on a page.
    pub fn add_rows(&mut self, page: &Page) {
        for row in &page.rows {
            self.people
                .insert(row.requester_id.0, row.requester.clone());
            if let Some((id, name)) = row.assignee_id.zip(row.assignee.clone()) {
                self.people.insert(id.0, name);
            }
        }
    }
}

/// A ticket as a list shows it. `carried` is what its link carries of the list; empty for none.
pub fn row(listed: Listed, actor: &Actor, carried: &str) -> TicketRow {
    let sign = if carried.is_empty() { "" } else { "?" };
    TicketRow {
        number: listed.id.0,
        version: listed.version,
        href: format!("/tickets/{}{sign}{carried}", listed.id),
        is_unread: listed.is_unread(actor),
        state: state(listed.state),
        priority: Priority::of_level(listed.priority),
        origin: origin(listed.origin),
        comments: listed.comment_count,
        last_actor: last_actor(listed.last_side, listed.last_actor_id, actor),
        site: listed.site.unwrap_or_default(),
        assignee: listed
            .assignee
            .as_deref()
            .map(|name| chip(name, listed.assignee_id.is_some_and(|a| a.0 == actor.id()))),
        tags: vec![],
        needs_advice: listed.needs_advice,
        activity_micros: listed.updated_at.0,
        created_micros: listed.created_at.0,
        closed_micros: listed.closed_at.map(|at| at.0),
        subject: listed.subject,
        requester: listed.requester,
        department: listed.department,
        category: listed.category,
    }
}

/// The rows of a page, each knowing its place in the list. The address says its order, so that the list
/// one comes back to is the one that was left.
pub fn rows(page: Page, actor: &Actor, address: &Address) -> Vec<TicketRow> {
    let carried = address.carrying();
    page.rows
        .into_iter()
        .map(|listed| {
            let carried = carried(&Cursor::of(&listed));
            row(listed, actor, &carried)
        })
        .collect()
}

/// A column as pages know it.
pub fn column(shown: Shown) -> ColumnView {
    match shown {
        Shown::Priority => ColumnView::Priority,
        Shown::Number => ColumnView::Number,
        Shown::State => ColumnView::State,
        Shown::Requester => ColumnView::Requester,
        Shown::Department => ColumnView::Department,
        Shown::Assignee => ColumnView::Assignee,
        Shown::Activity => ColumnView::Activity,
        Shown::Created => ColumnView::Created,
        Shown::Closed => ColumnView::Closed,
        Shown::Origin => ColumnView::Origin,
        Shown::Tags => ColumnView::Tags,
    }
}

/// What a column of the page orders by, each with the key of its name. Tags order nothing: a ticket
/// has many.
fn ordered_by(shown: Shown) -> &'static [(Column, &'static str)] {
    match shown {
        Shown::Priority => &[(Column::Priority, "tickets-priority")],
        Shown::Number => &[(Column::Number, "tickets-number")],
        Shown::State => &[(Column::State, "tickets-state")],
        Shown::Requester => &[(Column::Requester, "tickets-requester")],
        Shown::Department => &[
            (Column::Department, "tickets-department"),
            (Column::Category, "tickets-category"),
        ],
        Shown::Assignee => &[(Column::Assignee, "tickets-assignee")],
        Shown::Activity => &[(Column::Activity, "tickets-activity")],
        Shown::Created => &[(Column::Number, "tickets-opened")],
        Shown::Closed => &[(Column::Closed, "list-closed")],
        Shown::Origin => &[(Column::Origin, "tickets-origin")],
        Shown::Tags => &[],
    }
}

/// The link that orders by a column, or turns the order when the list goes by it already.
fn ordering(column: Column, key: &'static str, address: &Address, order: Order) -> Ordering {
    let is_now = column == order.column;
    let next = if is_now {
        order.turned()
    } else {
        column.usual_order()
    };
    Ordering {
        key,
        href: address.ordered(next).href(),
        descending: is_now.then_some(order.is_descending),
    }
}

/// The heading of the subject, which always stands in the list.
pub fn subject_heading(address: &Address, order: Order) -> Ordering {
    ordering(Column::Subject, "tickets-subject", address, order)
}

/// The headings of a list's columns.
pub fn headings(columns: &[Shown], address: &Address, order: Order) -> Vec<Heading> {
    let heading = |shown: &Shown| Heading {
        column: column(*shown),
        orderings: ordered_by(*shown)
            .iter()
            .map(|(by, key)| ordering(*by, key, address, order))
            .collect(),
    };
    columns.iter().map(heading).collect()
}

/// Key of « triés par … ».
pub fn sorted_key(order: Order) -> &'static str {
    match order.column {
        Column::Number => "tickets-sorted-number",
        Column::Priority => "tickets-sorted-priority",
        Column::Activity => "tickets-sorted-activity",
        Column::Subject => "tickets-sorted-subject",
        Column::State => "tickets-sorted-state",
        Column::Requester => "tickets-sorted-requester",
        Column::Assignee => "tickets-sorted-assignee",
        Column::Department => "tickets-sorted-department",
        Column::Category => "tickets-sorted-category",
        Column::Closed => "tickets-sorted-closed",
        Column::Origin => "tickets-sorted-origin",
    }
}

/// Every order, with the key of its name.
pub const ORDERS: [(&str, &str); 22] = [
    ("-activity", "list-order-activity-down"),
    ("activity", "list-order-activity-up"),
    ("-number", "list-order-number-down"),
    ("number", "list-order-number-up"),
    ("-priority", "list-order-priority-down"),
    ("priority", "list-order-priority-up"),
    ("subject", "list-order-subject-up"),
    ("-subject", "list-order-subject-down"),
    ("state", "list-order-state-up"),
    ("-state", "list-order-state-down"),
    ("requester", "list-order-requester-up"),
    ("-requester", "list-order-requester-down"),
    ("assignee", "list-order-assignee-up"),
    ("-assignee", "list-order-assignee-down"),
    ("department", "list-order-department-up"),
    ("-department", "list-order-department-down"),
    ("category", "list-order-category-up"),
    ("-category", "list-order-category-down"),
    ("-closed", "list-order-closed-down"),
    ("closed", "list-order-closed-up"),
    ("origin", "list-order-origin-up"),
    ("-origin", "list-order-origin-down"),
];

/// Key of a property's name.
pub fn property_key(property: Property) -> &'static str {
    match property {
        Property::State => "tickets-state",
        Property::Stage => "list-stage",
        Property::Department => "tickets-department",
        Property::Category => "tickets-category",
        Property::Priority => "tickets-priority",
        Property::Origin => "tickets-origin",
        Property::Visibility => "shared-visibility",
        Property::Requester => "tickets-requester",
        Property::Assignee => "tickets-assignee",
        Property::Tag => "list-tag",
        Property::Participant => "list-participation",
        Property::Trainees => "mentoring-held",
        Property::Advice => "advice-needed",
        Property::Unread => "list-unread",
        Property::Created => "tickets-opened",
        Property::Updated => "tickets-activity",
        Property::Closed => "list-closed",
    }
}

/// Key of an operator's name; a day is "on", everything else "is".
pub fn operator_key(property: Property, operator: Operator) -> &'static str {
    let is_date = matches!(
        property,
        Property::Created | Property::Updated | Property::Closed
    );
    match operator {
        Operator::Is if is_date => "list-on",
        Operator::Is => "list-is",
        Operator::Not => "list-not",
        Operator::Before => "list-before",
        Operator::After => "list-after",
    }
}

/// A value in the reader's words.
pub fn value(property: Property, value: Value, names: &Names, words: &Words) -> String {
    let of = |names: &BTreeMap<i64, String>, row: i64| match names.get(&row) {
        Some(name) => name.clone(),
        None => format!("#{row} ({})", words.say("list-unknown")),
    };
    match value {
        Value::State(one) => words.say(state(one).key()).to_owned(),
        Value::Stage(one) => words.say(stage_key(one)).to_owned(),
        Value::Origin(Origin::Other) => words.say("list-origin-other").to_owned(),
        Value::Origin(one) => words.say(origin(one).key()).to_owned(),
        Value::Visibility(one) => words.say(visibility(one).key()).to_owned(),
        Value::Priority(level) => words.say(Priority::of_level(level).key()).to_owned(),
        Value::Me => words.say("list-me").to_owned(),
        Value::Nobody => words.say("list-nobody").to_owned(),
        Value::Invited => words.say("list-invited").to_owned(),
        Value::Observing => words.say("list-observing").to_owned(),
        Value::Yes(true) => words.say("list-yes").to_owned(),
        Value::Yes(false) => words.say("list-no").to_owned(),
        Value::Day(day) => match day.days_ago() {
            Some(days) => words.say_with("list-days-ago", &[("count", Arg::from(days))]),
            None => words.date(day.from.0),
        },
        Value::Row(row) => match property {
            Property::Department => of(&names.departments, row),
            Property::Category => of(&names.categories, row),
            Property::Tag => of(&names.tags, row),
            _ => of(&names.people, row),
        },
    }
}

/// Key of a stage's name.
pub fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "list-stage-open",
        Stage::Awaiting => "list-stage-awaiting",
        Stage::Ended => "list-stage-ended",
        Stage::Archived => "list-stage-archived",
    }
}

/// The conditions of a list, each with the way to be without it.
pub fn chips(address: &Address, stored: &Filter, names: &Names, words: &Words) -> Vec<Chip> {
    let filter = address.whole_filter(stored);
    let one = |term: &Term| {
        let values: Vec<String> = term
            .values()
            .iter()
            .map(|v| value(term.property(), *v, names, words))
            .collect();
        let operator = operator_key(term.property(), term.operator());
        Chip {
            key: property_key(term.property()),
            operator: (operator != "list-is").then_some(operator),
            value: values.join(", "),
            href: address.without(stored, term).href(),
        }
    };
    filter.terms().iter().map(one).collect()
}

/// One property of the panel that adds a condition. `people` are colleagues, by name.
pub fn adder(property: Property, entry: shown::Entry, chosen: Operator) -> shown::Adder {
    let operators = property.operators().iter();
    shown::Adder {
        property: property.word(),
        key: property_key(property),
        operators: operators
            .map(|o| (o.word(), operator_key(property, *o), *o == chosen))
            .collect(),
        entry,
        error: None,
    }
}

/// Boxes to tick for a property whose values are few.
pub fn boxes(property: Property, names: &Names, words: &Words, ticked: &[&str]) -> shown::Entry {
    let values: Vec<Value> = match property {
        Property::State => State::ALL.iter().copied().map(Value::State).collect(),
        Property::Stage => Stage::ALL.iter().copied().map(Value::Stage).collect(),
        Property::Origin => Origin::ALL.iter().copied().map(Value::Origin).collect(),
        Property::Visibility => {
            let all = Visibility::ALL.iter().copied();
            all.map(Value::Visibility).collect()
        }
        Property::Priority => (1..=5).rev().map(Value::Priority).collect(),
        Property::Participant => vec![Value::Invited, Value::Observing],
        Property::Trainees | Property::Advice | Property::Unread => {
            vec![Value::Yes(true), Value::Yes(false)]
        }
        Property::Department => rows_by_name(&names.departments),
        Property::Tag => rows_by_name(&names.tags),
        Property::Assignee => [Value::Me, Value::Nobody]
            .into_iter()
            .chain(rows_by_name(&names.people))
            .collect(),
        _ => vec![],
    };
    let offers = values.into_iter().map(|one| {
        let text = one.text();
        shown::Offer {
            name: value(property, one, names, words),
            is_chosen: ticked.contains(&text.as_str()),
            value: text,
        }
    });
    shown::Entry::Boxes(offers.collect())
}

fn rows_by_name(names: &BTreeMap<i64, String>) -> Vec<Value> {
    let mut rows: Vec<(&String, i64)> = names.iter().map(|(row, name)| (name, *row)).collect();
    rows.sort();
    rows.into_iter().map(|(_, row)| Value::Row(row)).collect()
}
