//! The category tree of a department, and what whoever manages it does to it.

use kit::authz::{Actor, May};
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};
use kit::record;

use super::admin::{must_match, name};
use super::rights::{ChangeCategories, DepartmentAdmin};
use super::{CategoryId, DepartmentId, admin_store, confidence};
use crate::audit::{self, Deed, Entry, Field, Pen};

record! {
    /// A category as it is administered.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Category {
        /// Its row.
        pub id: CategoryId,
        /// The category above.
        pub parent_id: Option<CategoryId>,
        /// Its name.
        pub name: String,
        /// Takes new tickets.
        pub is_active: bool,
        /// Grows with every change.
        pub version: i64,
    }
}

/// The categories of a department, in the tree's order, each with its depth from 0.
pub async fn tree(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<(usize, Category)>, Error> {
    Ok(in_tree_order(
        admin_store::categories(ask, department).await?,
    ))
}

/// Parents before children, siblings in their order. A category whose parents lead nowhere would be
/// lost from sight, so it stands at the end, at the top level.
pub fn in_tree_order(all: Vec<Category>) -> Vec<(usize, Category)> {
    fn put(
        all: &mut Vec<Category>,
        under: Option<CategoryId>,
        depth: usize,
        out: &mut Vec<(usize, Category)>,
    ) {
        let (mine, rest) = std::mem::take(all)
            .into_iter()
            .partition::<Vec<_>, _>(|c| c.parent_id == under);
        *all = rest;
        for category in mine {
            let id = category.id;
            out.push((depth, category));
            put(all, Some(id), depth + 1, out);
        }
    }
    let (mut rest, mut out) = (all, vec![]);
    put(&mut rest, None, 0, &mut out);
    out.extend(rest.into_iter().map(|c| (0, c)));
    out
}

/// Whether `id` is `under` or stands below it.
pub fn is_within(all: &[Category], id: CategoryId, under: CategoryId) -> bool {
    let mut at = Some(id);
    // As many steps as there are categories: a loop in old data ends here too.
    for _ in 0..=all.len() {
        match at {
            Some(here) if here == under => return true,
            Some(here) => at = all.iter().find(|c| c.id == here).and_then(|c| c.parent_id),
            None => return false,
        }
    }
    true
}

/// The category nearest to this one, itself or above, of which something is said.
pub fn nearest(
    all: &[Category],
    id: CategoryId,
    is_said: impl Fn(CategoryId) -> bool,
) -> Option<CategoryId> {
    let mut at = Some(id);
    // As many steps as there are categories: a loop in old data ends here too.
    for _ in 0..=all.len() {
        let here = at?;
        if is_said(here) {
            return Some(here);
        }
        at = all.iter().find(|c| c.id == here).and_then(|c| c.parent_id);
    }
    None
}

/// Adds a category, behind its sisters, as confidential as the one above it.
pub async fn add(
    tx: &mut Tx,
    department: &May<ChangeCategories, DepartmentAdmin>,
    typed: &str,
    parent: Option<CategoryId>,
    pen: Pen,
) -> Result<CategoryId, Error> {
    let mut faults = Fields::default();
    let name = name(typed, &mut faults);
    let all = admin_store::categories(tx, department.id).await?;
    let is_here = parent.is_none_or(|p| all.iter().any(|c| c.id == p));
    faults.require(is_here, "parent", "fault-category-elsewhere");
    faults.settle()?;
    let made = admin_store::insert_category(tx, department.id, parent, name).await?;
    confidence::settle(tx, department, pen).await?;
    let entry = Entry::of(Deed::CategoryAdded)
        .department(department.id.0)
        .thing(name)
        .field(Field::Parent, "", named(&all, parent));
    audit::note(tx, pen, entry).await?;
    Ok(made)
}

/// The name of a category; empty for none.
fn named(all: &[Category], id: Option<CategoryId>) -> &str {
    let found = all.iter().find(|c| Some(c.id) == id);
    found.map_or("", |c| c.name.as_str())
}

/// What a category becomes.
#[derive(Clone, Debug)]
pub struct CategoryChange<'a> {
    /// Its name.
    pub name: &'a str,
    /// The category above, in the same department.
    pub parent: Option<CategoryId>,
    /// Takes new tickets.
    pub is_active: bool,
}

/// Renames, moves, opens or shuts a category.
///
/// # Errors
/// `NotFound` when it is not of this department; `Invalid` at `parent` for another department's
/// category or one below itself, at `active` for shutting the default; `Forbidden` for a move out of a confidence,
/// or into one, in which one is not.
pub async fn change(
    tx: &mut Tx,
    department: &May<ChangeCategories, DepartmentAdmin>,
    actor: &Actor,
    id: CategoryId,
    seen: Option<i64>,
    wanted: &CategoryChange<'_>,
    pen: Pen,
) -> Result<(), Error> {
    let all = admin_store::categories(tx, department.id).await?;
    let standing = all.iter().find(|c| c.id == id).ok_or(Error::NotFound)?;
    must_match(seen, standing.version)?;
    let mut faults = Fields::default();
    let name = name(wanted.name, &mut faults);
    if let Some(parent) = wanted.parent {
        if !all.iter().any(|c| c.id == parent) {
            faults.add("parent", "fault-category-elsewhere", None);
        } else if is_within(&all, parent, id) {
            faults.add("parent", "fault-category-loop", None);
        }
    }
    let is_default = department.default_category_id == Some(id);
    let is_ok = wanted.is_active || !is_default;
    faults.require(is_ok, "active", "fault-category-is-default");
    faults.settle()?;
    confidence::may_move(tx, actor, id, wanted.parent).await?;
    admin_store::update_category(tx, id, wanted.parent, name, wanted.is_active).await?;
    confidence::settle(tx, department, pen).await?;
    let (was, becomes) = (standing.parent_id, wanted.parent);
    let entry = Entry::change(Deed::CategoryChanged)
        .department(department.id.0)
        .thing(&standing.name)
        .field(Field::Name, &standing.name, name)
        .field(Field::Parent, named(&all, was), named(&all, becomes))
        .flag(Field::Active, standing.is_active, wanted.is_active);
    audit::note(tx, pen, entry).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(id: i64, parent: Option<i64>) -> Category {
        Category {
            id: CategoryId(id),
            parent_id: parent.map(CategoryId),
            name: String::new(),
            is_active: true,
            version: 1,
        }
    }

    fn shape(all: Vec<Category>) -> Vec<(i64, usize)> {
        in_tree_order(all)
            .into_iter()
            .map(|(depth, c)| (c.id.0, depth))
            .collect()
    }

    #[test]
    fn children_stand_below_their_parents_and_nobody_is_lost() {
        let all = vec![
            category(1, None),
            category(2, Some(4)),
            category(3, Some(1)),
            category(4, None),
            category(5, Some(3)),
        ];
        assert_eq!(shape(all), [(1, 0), (3, 1), (5, 2), (4, 0), (2, 1)]);
        let looped = vec![category(1, Some(2)), category(2, Some(1))];
        assert_eq!(shape(looped), [(1, 0), (2, 0)]);
    }

    #[test]
    fn a_category_is_within_itself_and_those_above_it_only() {
        let all = vec![
            category(1, None),
            category(2, Some(1)),
            category(3, Some(2)),
        ];
        let within = |id, under| is_within(&all, CategoryId(id), CategoryId(under));
        assert!(within(1, 1) && within(3, 1) && within(3, 2));
        assert!(!within(1, 3) && !within(2, 3));
    }
}
