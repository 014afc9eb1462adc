//! From what a filter says to conditions of the one statement of a list.
//!
//! A list walks the index of its own order and filters as it goes. Where another index would find
//! few rows and sort them (a requester's, one's own), its column stands bare; elsewhere `+` or
//! `|| ''` keeps both engines to the walk, whose cost does not grow with the desk.

use kit::authz::Actor;
use kit::db::Condition;
use kit::db::Value as Argument;
use kit::{cond, cond_scoped};

use super::filter::{Day, Filter, Operator, Property, Term, Value};
use super::marks::UNREAD;
use super::{Column, Order};
use crate::policy::is_in_every_confidence;

/// What the conditions are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    /// A page of this order.
    Page(Order),
    /// A count, whose order is nobody's business: any index that finds the rows will do.
    Count,
}

pub(super) fn all(filter: &Filter, actor: &Actor, walk: Walk) -> Vec<Condition> {
    let reach = match walk {
        Walk::Count => Indexes {
            any: true,
            of_state: true,
            of_place: true,
        },
        // What is sorted afterwards may be found by any index.
        Walk::Page(order) if !order.column.is_walked() => Indexes {
            any: true,
            of_state: true,
            of_place: true,
        },
        // The indexes of states go by activity; those of departments and holders by activity within a stage.
        Walk::Page(order) => {
            let by_activity = order.column == Column::Activity;
            Indexes {
                any: false,
                of_state: by_activity,
                of_place: by_activity && filter.only_stage().is_some(),
            }
        }
    };
    filter
        .terms()
        .iter()
        .map(|term| one(term, actor, reach))
        .collect()
}

/// Which indexes beside the walk's own may be used, for a single value.
#[derive(Clone, Copy)]
struct Indexes {
    /// Every one, for any number of values.
    any: bool,
    of_state: bool,
    of_place: bool,
}

fn one(term: &Term, actor: &Actor, indexes: Indexes) -> Condition {
    let is = term.operator() == Operator::Is;
    let single = is && term.values().len() == 1;
    let may_use = |index: bool| is && (indexes.any || (single && index));
    let list = || -> Vec<Argument> {
        let values = term.values().iter();
        values.filter_map(|v| argument(*v, actor)).collect()
    };
    match term.property() {
        Property::Stage if may_use(true) => cond!("t.stage IN ({list})").list(list()),
        Property::Stage if is => cond!("t.stage || '' IN ({list})").list(list()),
        Property::Stage => cond!("t.stage || '' NOT IN ({list})").list(list()),
        Property::State if may_use(indexes.of_state) => {
            cond!("t.state IN ({list})").list(list())
        }
        Property::State if is => cond!("t.state || '' IN ({list})").list(list()),
        Property::State => cond!("t.state || '' NOT IN ({list})").list(list()),
        Property::Department if may_use(indexes.of_place) => {
            cond!("t.department_id IN ({list})").list(list())
        }
        Property::Department if is => cond!("+t.department_id IN ({list})").list(list()),
        Property::Department => cond!("+t.department_id NOT IN ({list})").list(list()),
        Property::Category if may_use(false) => cond!(
            "t.category_id IN (WITH RECURSIVE below (id) AS (SELECT c.id FROM categories c WHERE c.id IN ({list}) \
             UNION SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id) SELECT id FROM below)"
        )
        .list(list()),
        Property::Category if is => cond!(
            "+t.category_id IN (WITH RECURSIVE below (id) AS (SELECT c.id FROM categories c WHERE c.id IN ({list}) \
             UNION SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id) SELECT id FROM below)"
        )
        .list(list()),
        Property::Category => cond!(
            "+t.category_id NOT IN (WITH RECURSIVE below (id) AS (SELECT c.id FROM categories c WHERE c.id IN ({list}) \
             UNION SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id) SELECT id FROM below)"
        )
        .list(list()),
        Property::Priority if may_use(false) => cond!("t.priority IN ({list})").list(list()),
        Property::Priority if is => cond!("+t.priority IN ({list})").list(list()),
        Property::Priority => cond!("+t.priority NOT IN ({list})").list(list()),
        Property::Origin if may_use(false) => cond!("t.origin IN ({list})").list(list()),
        Property::Origin if is => cond!("t.origin || '' IN ({list})").list(list()),
        Property::Origin => cond!("t.origin || '' NOT IN ({list})").list(list()),
        Property::Visibility if may_use(false) => {
            cond!("t.visibility IN ({list})").list(list())
        }
        Property::Visibility if is => cond!("t.visibility || '' IN ({list})").list(list()),
        Property::Visibility => cond!("t.visibility || '' NOT IN ({list})").list(list()),
        Property::Requester if is => cond!("t.requester_id IN ({list})").list(list()),
        Property::Requester => cond!("+t.requester_id NOT IN ({list})").list(list()),
        Property::Assignee => {
            let has_index = may_use(indexes.of_place);
            assignee(term, list(), has_index, actor)
        }
        Property::Participant if is => cond_scoped!(
            actor,
            "t.id IN (SELECT p.ticket_id FROM participants p WHERE {mine:participants p} AND p.kind IN ({list}))"
        )
        .list(list()),
        Property::Participant => cond_scoped!(
            actor,
            "t.id NOT IN (SELECT p.ticket_id FROM participants p WHERE {mine:participants p} AND p.kind IN ({list}))"
        )
        .list(list()),
        Property::Tag if is => cond_scoped!(
            actor,
            "t.id IN (SELECT x.ticket_id FROM ticket_tags x WHERE x.tag_id IN ({list}) AND {visible:ticket_tags x})"
        )
        .list(list()),
        Property::Tag => cond_scoped!(
            actor,
            "t.id NOT IN (SELECT x.ticket_id FROM ticket_tags x WHERE x.tag_id IN ({list}) AND {visible:ticket_tags x})"
        )
        .list(list()),
        // What few hold is found by its holders, in whatever order.
        Property::Trainees if term.values() == [Value::Yes(true)] => cond_scoped!(
            actor,
            "t.assignee_id IN (SELECT r.trainee_id FROM mentors r WHERE r.mentor_id = ?) AND {visible:agent_names t.id}",
            actor.id()
        ),
        Property::Trainees => cond_scoped!(
            actor,
            "+t.assignee_id IS NULL OR +t.assignee_id NOT IN (SELECT r.trainee_id FROM mentors r WHERE r.mentor_id = ?) \
             OR NOT ({visible:agent_names t.id})",
            actor.id()
        ),
        Property::Advice if term.values() == [Value::Yes(true)] => cond_scoped!(
            actor,
            "t.id IN (SELECT v.ticket_id FROM advice_requests v WHERE {visible:advice_requests v})"
        ),
        Property::Advice => cond_scoped!(
            actor,
            "t.id NOT IN (SELECT v.ticket_id FROM advice_requests v WHERE {visible:advice_requests v})"
        ),
        Property::Unread => unread(actor, term.values() == [Value::Yes(true)]),
        // What was opened or closed since was changed since, which bounds the walk by activity.
        Property::Created => match (term.operator(), day(term)) {
            (Operator::Before, day) => cond!("t.created_at < ?", day.from),
            (Operator::After, day) => {
                cond!("t.created_at >= ? AND t.updated_at >= ?", day.from, day.from)
            }
            (_, day) => cond!(
                "t.created_at >= ? AND t.created_at < ? AND t.updated_at >= ?",
                day.from,
                day.until,
                day.from
            ),
        },
        Property::Updated => match (term.operator(), day(term)) {
            (Operator::Before, day) => cond!("t.updated_at < ?", day.from),
            (Operator::After, day) => cond!("t.updated_at >= ?", day.from),
            (_, day) => cond!("t.updated_at >= ? AND t.updated_at < ?", day.from, day.until),
        },
        Property::Closed => match (term.operator(), day(term)) {
            (Operator::Before, day) => cond!("t.closed_at < ?", day.from),
            (Operator::After, day) => {
                cond!("t.closed_at >= ? AND t.updated_at >= ?", day.from, day.from)
            }
            (_, day) => cond!(
                "t.closed_at >= ? AND t.closed_at < ? AND t.updated_at >= ?",
                day.from,
                day.until,
                day.from
            ),
        },
    }
}

/// What stands in a list of values; nobody and yes are no values of a column.
fn argument(value: Value, actor: &Actor) -> Option<Argument> {
    Some(match value {
        Value::State(state) => state.into(),
        Value::Stage(stage) => stage.into(),
        Value::Origin(origin) => origin.into(),
        Value::Visibility(visibility) => visibility.into(),
        Value::Priority(n) | Value::Row(n) => n.into(),
        Value::Me => actor.id().into(),
        Value::Invited => "invitee".into(),
        Value::Observing => "observer".into(),
        Value::Nobody | Value::Yes(_) | Value::Day(_) => return None,
    })
}

/// The day of a condition on dates. A term of dates holds exactly one; were it otherwise, the
/// condition would let nothing through.
fn day(term: &Term) -> Day {
    let days = term.values().iter().find_map(|value| match value {
        Value::Day(day) => Some(*day),
        _ => None,
    });
    days.unwrap_or(Day::NEVER)
}

/// Somebody, nobody, or either; "is not Ben" holds for what nobody has. Whoever may not know who is in charge of a
/// ticket does not learn it by asking for somebody.
fn assignee(term: &Term, people: Vec<Argument>, has_index: bool, actor: &Actor) -> Condition {
    let is = term.operator() == Operator::Is;
    let nobody = term.values().contains(&Value::Nobody);
    let is_other = |value: &Value| matches!(value, Value::Row(row) if *row != actor.id());
    if !is_in_every_confidence(actor) && term.values().iter().any(is_other) {
        return match (is, nobody) {
            (true, true) => cond_scoped!(
                actor,
                "+t.assignee_id IS NULL OR (+t.assignee_id IN ({list}) AND {visible:agent_names t.id})"
            ),
            (true, false) if has_index => cond_scoped!(
                actor,
                "t.assignee_id IN ({list}) AND {visible:agent_names t.id}"
            ),
            (true, false) => cond_scoped!(
                actor,
                "+t.assignee_id IN ({list}) AND {visible:agent_names t.id}"
            ),
            (false, true) => cond_scoped!(
                actor,
                "+t.assignee_id IS NOT NULL AND +t.assignee_id NOT IN ({list}) AND {visible:agent_names t.id}"
            ),
            (false, false) => cond_scoped!(
                actor,
                "+t.assignee_id IS NULL OR (+t.assignee_id NOT IN ({list}) AND {visible:agent_names t.id})"
            ),
        }
        .list(people);
    }
    match (is, nobody, people.is_empty()) {
        (true, true, true) if has_index => cond!("t.assignee_id IS NULL"),
        (true, true, true) => cond!("+t.assignee_id IS NULL"),
        (true, true, false) => {
            cond!("+t.assignee_id IS NULL OR +t.assignee_id IN ({list})").list(people)
        }
        (true, false, _) if has_index => cond!("t.assignee_id IN ({list})").list(people),
        (true, false, _) => cond!("+t.assignee_id IN ({list})").list(people),
        (false, true, true) => cond!("+t.assignee_id IS NOT NULL"),
        (false, true, false) => {
            cond!("+t.assignee_id IS NOT NULL AND +t.assignee_id NOT IN ({list})").list(people)
        }
        (false, false, _) => {
            cond!("+t.assignee_id IS NULL OR +t.assignee_id NOT IN ({list})").list(people)
        }
    }
}

/// As [`super::Listed::is_unread`] says it of a row that was read. Nothing is unread that was last
/// changed before everything was read, but what was marked so by hand, whose moment the mark keeps:
/// so the walk by activity ends there.
fn unread(actor: &Actor, is_unread: bool) -> Condition {
    let me = actor.id();
    if is_unread {
        cond!(
            "t.updated_at >= (SELECT MIN(x.at) FROM (SELECT k.at FROM ticket_marks k WHERE k.person_id = ? AND k.version = ? \
             UNION ALL SELECT COALESCE((SELECT f.at FROM reading_floors f WHERE f.person_id = ?), \
             (SELECT a.created_at FROM agents a WHERE a.person_id = ?), 0) AS at) x) \
             AND (t.id IN (SELECT k.ticket_id FROM ticket_marks k WHERE k.person_id = ? AND k.version = ?) \
             OR ((t.last_actor_id IS NULL OR t.last_actor_id <> ?) \
             AND t.updated_at > COALESCE((SELECT f.at FROM reading_floors f WHERE f.person_id = ?), \
             (SELECT a.created_at FROM agents a WHERE a.person_id = ?), 0) \
             AND NOT EXISTS (SELECT 1 FROM ticket_marks k WHERE k.person_id = ? AND k.ticket_id = t.id AND k.version >= t.version)))",
            me,
            UNREAD,
            me,
            me,
            me,
            UNREAD,
            me,
            me,
            me,
            me
        )
    } else {
        cond!(
            "t.id NOT IN (SELECT k.ticket_id FROM ticket_marks k WHERE k.person_id = ? AND k.version = ?) \
             AND (t.last_actor_id = ? \
             OR t.updated_at <= COALESCE((SELECT f.at FROM reading_floors f WHERE f.person_id = ?), \
             (SELECT a.created_at FROM agents a WHERE a.person_id = ?), 0) \
             OR EXISTS (SELECT 1 FROM ticket_marks k WHERE k.person_id = ? AND k.ticket_id = t.id AND k.version >= t.version))",
            me,
            UNREAD,
            me,
            me,
            me,
            me
        )
    }
}
