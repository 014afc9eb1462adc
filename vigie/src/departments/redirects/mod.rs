//! Virtual departments and categories (features X-09): entries that people choose, whose tickets live
//! in the category they lead to. Setting one is a standing transfer, so it asks for the same right.
//! Tickets that already live in a place stay there when it becomes virtual (decision 0028).

pub mod api;
pub mod pages;
mod store;

use kit::authz::{Actor, May};
use kit::db::{Answers, Tx};
use kit::error::{Because, Error};
use kit::record;

use super::admin::must_match;
use super::rights::{ChangeCategories, ChangeProperties, DepartmentAdmin};
use super::{CategoryId, DepartmentId, confidence, serving};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::policy::{Privilege, permission};

record! {
    /// A category, and where its tickets go on to.
    #[derive(Clone, Debug)]
    pub struct Node {
        /// The category.
        pub id: CategoryId,
        /// Its name.
        pub name: String,
        /// Its department.
        pub department_id: DepartmentId,
        /// The department's name.
        pub department: String,
        /// Both take tickets.
        pub is_active: bool,
        /// Where the category itself leads.
        pub own_id: Option<CategoryId>,
        /// Where its department leads, for categories that say nothing themselves.
        pub departments_id: Option<CategoryId>,
    }
}

impl Node {
    /// Where its tickets go on to.
    pub fn leads_to(&self) -> Option<CategoryId> {
        self.own_id.or(self.departments_id)
    }

    /// As people read it: `Department › Category`.
    pub fn full_name(&self) -> String {
        format!("{} › {}", self.department, self.name)
    }
}

/// Every category of the desk with where it leads, by department, in the tree's order.
pub async fn all(ask: &mut dyn Answers) -> Result<Vec<Node>, Error> {
    store::nodes(ask).await
}

/// Where what is sent to `from` comes to live; nothing when the way does not end.
pub fn arrives(all: &[Node], from: CategoryId) -> Option<&Node> {
    let mut at = all.iter().find(|node| node.id == from)?;
    for _ in 0..=all.len() {
        match at.leads_to() {
            None => return Some(at),
            Some(next) => at = all.iter().find(|node| node.id == next)?,
        }
    }
    None
}

/// Whether tickets that come in by `from` arrive: every place on the way takes tickets.
pub fn takes_tickets(all: &[Node], from: CategoryId) -> bool {
    let mut at = Some(from);
    for _ in 0..=all.len() {
        let Some(node) = at.and_then(|id| all.iter().find(|node| node.id == id)) else {
            return false;
        };
        if !node.is_active {
            return false;
        }
        at = node.leads_to();
        if at.is_none() {
            return true;
        }
    }
    false
}

/// The name of a category as the journal keeps it; empty for none.
fn named(all: &[Node], id: Option<CategoryId>) -> String {
    let found = all.iter().find(|node| Some(node.id) == id);
    found.map(Node::full_name).unwrap_or_default()
}

/// The places that somebody who administers a department may know of: one that takes no tickets is
/// named to administrators and its members alone (features X-08).
pub async fn known_to(
    ask: &mut dyn Answers,
    actor: &Actor,
    department: DepartmentId,
    all: &[Node],
) -> Result<Vec<Node>, Error> {
    let mut known = all.to_vec();
    if !actor.is_permitted(permission::MANAGE_DEPARTMENTS) {
        let mine = serving::handled_by(ask, actor.id()).await?;
        known.retain(|node| {
            let id = node.department_id;
            node.is_active || id == department || mine.contains(&id)
        });
    }
    Ok(known)
}

/// Whether one may lead a department's tickets to a place: within it, where one handles tickets, and
/// everywhere with the privilege to transfer or the right over all departments.
async fn must_reach(
    ask: &mut dyn Answers,
    department: &DepartmentAdmin,
    actor: &Actor,
    all: &[Node],
    to: CategoryId,
) -> Result<(), Error> {
    let known = known_to(ask, actor, department.id, all).await?;
    let found = known.iter().find(|node| node.id == to);
    let place = found.ok_or_else(|| Error::invalid("to", "fault-category-unknown"))?;
    if actor.is_permitted(permission::MANAGE_DEPARTMENTS)
        || department.has_privilege(actor, Privilege::TransferTicket)
    {
        return Ok(());
    }
    // The next step, and where tickets end: an entry on the way is no way around the right.
    let handled = serving::handled_by(ask, actor.id()).await?;
    let is_near =
        |node: &Node| node.department_id == department.id || handled.contains(&node.department_id);
    if is_near(place) && arrives(all, to).is_none_or(is_near) {
        return Ok(());
    }
    Err(Error::Forbidden(Because("right-transfer-ticket")))
}

fn must_end(all: &[Node], from: CategoryId) -> Result<(), Error> {
    match arrives(all, from) {
        Some(_) => Ok(()),
        None => Err(Error::invalid("to", "fault-redirect-loop")),
    }
}

/// Makes a department virtual, leads it elsewhere, or makes it real again (`None`).
///
/// # Errors
/// `Conflict`; `Invalid` at `to` for a category that is gone and for a way that leads back; `Forbidden`
/// for a department that one may not send tickets to.
pub async fn lead_department(
    tx: &mut Tx,
    department: &May<ChangeProperties, DepartmentAdmin>,
    actor: &Actor,
    seen: Option<i64>,
    to: Option<CategoryId>,
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    store::hold(tx).await?;
    let mut all = all(tx).await?;
    let mine = |node: &&mut Node| node.department_id == department.id;
    let was = all
        .iter()
        .find(|node| node.department_id == department.id)
        .and_then(|node| node.departments_id);
    if was == to {
        return Ok(());
    }
    for node in all.iter_mut().filter(mine) {
        node.departments_id = to;
    }
    if let Some(to) = to {
        must_reach(tx, department, actor, &all, to).await?;
        must_end(&all, to)?;
    }
    for node in all.iter().filter(|it| it.department_id == department.id) {
        confidence::may_lead(tx, actor, node.id, arrives(&all, node.id).map(|it| it.id)).await?;
    }
    store::lead_department(tx, department.id, to).await?;
    let entry = Entry::change(Deed::DepartmentChanged)
        .department(department.id.0)
        .field(Field::LeadsTo, &named(&all, was), &named(&all, to));
    audit::note(tx, pen, entry).await
}

/// The same of one category; without a way of its own it leads where its department does.
///
/// # Errors
/// `NotFound` when it is not of this department; else as for [`lead_department`].
pub async fn lead_category(
    tx: &mut Tx,
    department: &May<ChangeCategories, DepartmentAdmin>,
    actor: &Actor,
    seen: Option<i64>,
    (category, to): (CategoryId, Option<CategoryId>),
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    store::hold(tx).await?;
    let mut all = all(tx).await?;
    let found = all
        .iter_mut()
        .find(|node| node.id == category && node.department_id == department.id);
    let node = found.ok_or(Error::NotFound)?;
    let was = node.own_id;
    if was == to {
        return Ok(());
    }
    node.own_id = to;
    let name = node.name.clone();
    if let Some(to) = to {
        must_reach(tx, department, actor, &all, to).await?;
    }
    // Without a way of its own it may lead back, too: where its department leads may come by here.
    must_end(&all, category)?;
    let ends = arrives(&all, category).map(|it| it.id);
    confidence::may_lead(tx, actor, category, ends).await?;
    store::lead_category(tx, department.id, category, to).await?;
    let entry = Entry::change(Deed::CategoryChanged)
        .department(department.id.0)
        .thing(&name)
        .field(Field::LeadsTo, &named(&all, was), &named(&all, to));
    audit::note(tx, pen, entry).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: i64, is_active: bool, own: Option<i64>, departments: Option<i64>) -> Node {
        Node {
            id: CategoryId(id),
            name: format!("c{id}"),
            department_id: DepartmentId(id),
            department: "D".to_owned(),
            is_active,
            own_id: own.map(CategoryId),
            departments_id: departments.map(CategoryId),
        }
    }

    #[test]
    fn a_category_leads_where_it_says_itself_before_where_its_department_does() {
        let all = [
            node(1, true, None, None),
            node(2, true, None, Some(1)),
            node(3, true, Some(4), Some(1)),
            node(4, false, None, None),
            node(5, true, None, Some(5)),
        ];
        let of = |id| arrives(&all, CategoryId(id)).map(|n| n.id.0);
        let takes = |id| takes_tickets(&all, CategoryId(id));
        assert_eq!((of(1), takes(1)), (Some(1), true));
        assert_eq!((of(2), takes(2)), (Some(1), true));
        assert_eq!((of(3), takes(3)), (Some(4), false), "shut");
        assert_eq!((of(5), takes(5)), (None, false), "leads back");
        assert_eq!((of(9), takes(9)), (None, false), "gone");
    }
}
