//! Who may see and read what, said a second time in plain sentences, from the rows alone: what the
//! desk's own predicates answer is compared with it, for everybody and every ticket and comment.

use std::collections::{BTreeMap, BTreeSet};

use kit::db::Ask;
use kit::{global, record, scoped};
use vigie::policy::{AgentScope, Role};

use super::rows::{CommentRow, OnIt, Rows, TicketRow};
use crate::world::World;

record! { struct Staff { person_id: i64, role: Role, scope: AgentScope } }
record! { struct Place { person_id: i64, department_id: i64, level: String } }
record! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct Id { id: i64 }
}

/// Everything that decides who sees what.
pub struct Sight<'a> {
    pub rows: &'a Rows,
    staff: BTreeMap<i64, (Role, AgentScope)>,
    /// Who works in or looks into which department.
    places: BTreeSet<(i64, i64)>,
    /// Who handles tickets of which department.
    handles: BTreeSet<(i64, i64)>,
}

impl<'a> Sight<'a> {
    /// Reads who is what.
    pub async fn of(w: &World, rows: &'a Rows) -> Sight<'a> {
        let mut db = w.db.read();
        let staff: Vec<Staff> = db
            .all(global!(
                "SELECT person_id, role, scope FROM agents WHERE role_id IS NULL"
            ))
            .await
            .unwrap();
        let places: Vec<Place> = db
            .all(global!(
                "SELECT person_id, department_id, level FROM memberships"
            ))
            .await
            .unwrap();
        Sight {
            rows,
            staff: staff
                .into_iter()
                .map(|s| (s.person_id, (s.role, s.scope)))
                .collect(),
            handles: of_level(&places, &["edit"]),
            places: of_level(&places, &["view", "edit"]),
        }
    }

    /// Somebody is this to a ticket.
    pub fn is(&self, person: i64, kind: &str, ticket: i64) -> bool {
        self.rows.people.contains(&OnIt {
            ticket_id: ticket,
            person_id: person,
            kind: kind.to_owned(),
        })
    }

    /// Can be in charge of tickets of this department.
    pub fn handles(&self, person: i64, department: i64) -> bool {
        let is_admin = |(role, _): &(Role, AgentScope)| matches!(role, Role::Owner | Role::Admin);
        self.handles.contains(&(person, department))
            || self.staff.get(&person).is_some_and(is_admin)
    }

    /// Who of a department's members handle its tickets.
    pub fn handlers(&self, department: i64) -> BTreeSet<i64> {
        let here = self.handles.iter().filter(|(_, d)| *d == department);
        here.map(|(person, _)| *person).collect()
    }

    fn sees_everything(&self, person: i64) -> bool {
        self.staff.get(&person).is_some_and(|(role, scope)| {
            matches!(role, Role::Owner | Role::Admin) || *scope == AgentScope::Global
        })
    }

    fn sees_department(&self, person: i64, department: i64) -> bool {
        let by_department = |(_, scope): &(Role, AgentScope)| *scope == AgentScope::Group;
        self.staff.get(&person).is_some_and(by_department)
            && self.places.contains(&(person, department))
    }

    /// Works in the ticket's department, or looks into it.
    pub fn is_of_department(&self, person: i64, department: i64) -> bool {
        self.places.contains(&(person, department))
    }

    /// Staff whose scope holds the ticket: reads what is staff's.
    pub fn is_staffs(&self, person: i64, ticket: &TicketRow) -> bool {
        self.staff.contains_key(&person)
            && (self.sees_everything(person)
                || self.sees_department(person, ticket.department_id)
                || ticket.assignee_id == Some(person)
                || self.is(person, "observer", ticket.id))
    }

    /// Sees that the ticket is there.
    pub fn sees(&self, person: i64, ticket: &TicketRow) -> bool {
        self.is_staffs(person, ticket)
            || ticket.requester_id == person
            || self.is(person, "invitee", ticket.id)
    }

    /// Reads what is addressed like this on the ticket.
    pub fn reads(&self, person: i64, audience: &str, is_merged: bool, ticket: &TicketRow) -> bool {
        self.sees(person, ticket)
            && (self.is_staffs(person, ticket)
                || match audience {
                    "public" => true,
                    "requester" => !is_merged && ticket.requester_id == person,
                    "invitees" => !is_merged && self.is(person, "invitee", ticket.id),
                    _ => false,
                })
    }

    fn reads_comment(&self, person: i64, comment: &CommentRow) -> bool {
        let ticket = &self.rows.tickets[&comment.ticket_id];
        let is_merged = comment.merge_id.is_some();
        self.reads(person, &comment.audience, is_merged, ticket)
    }
}

fn of_level(places: &[Place], levels: &[&str]) -> BTreeSet<(i64, i64)> {
    places
        .iter()
        .filter(|p| levels.contains(&&p.level[..]))
        .map(|p| (p.person_id, p.department_id))
        .collect()
}

/// The desk shows everybody the tickets and comments that these sentences say, from this ticket on,
/// and no other.
pub async fn agrees(w: &World, rows: &Rows, from: i64) -> Result<(), String> {
    let sight = Sight::of(w, rows).await;
    let mut db = w.db.read();
    for who in w.everybody() {
        let actor = w.actor(who);
        let person = actor.id();
        let tickets: Vec<Id> = db
            .all(scoped!(
                &actor,
                "SELECT t.id FROM tickets t WHERE t.id >= $1 AND {visible:tickets t} ORDER BY t.id",
                from
            ))
            .await
            .unwrap();
        let comments: Vec<Id> = db
            .all(scoped!(
                &actor,
                "SELECT c.id FROM comments c WHERE c.ticket_id >= $1 AND {visible:comments c} ORDER BY c.id",
                from
            ))
            .await
            .unwrap();
        let seen = rows.tickets.range(from..).map(|(_, ticket)| ticket);
        let seen: Vec<Id> = seen
            .filter(|ticket| sight.sees(person, ticket))
            .map(|ticket| Id { id: ticket.id })
            .collect();
        if tickets != seen {
            return Err(format!("{who} is shown {tickets:?} and may see {seen:?}"));
        }
        let read = rows.comments.iter().filter(|c| c.ticket_id >= from);
        let read: Vec<Id> = read
            .filter(|comment| sight.reads_comment(person, comment))
            .map(|comment| Id { id: comment.id })
            .collect();
        if comments != read {
            return Err(format!(
                "{who} is shown the comments {comments:?} and may read {read:?}"
            ));
        }
    }
    Ok(())
}
