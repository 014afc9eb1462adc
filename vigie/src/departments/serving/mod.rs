//! Who serves a department and its categories: whom a ticket can be given to, and where one that is
//! sent to the department alone goes. A category names who serves it, or is served by whoever serves
//! the one above; at the top, by every member (features E-11, X-10).

pub mod api;
pub mod pages;
mod store;

use std::collections::{BTreeMap, BTreeSet};

use kit::authz::May;
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};
use kit::record;

use super::admin::must_match;
use super::categories::{self, Category};
use super::rights::{ChangeCategories, DepartmentAdmin};
use super::{CategoryId, DepartmentId, admin_store, confidence};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::PersonId;

record! {
    /// Somebody who can be put in charge of a department's tickets now.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Handler {
        /// Who.
        pub person_id: PersonId,
        /// Their name.
        pub name: String,
        /// 0 to 100: how large a share of what is given out.
        pub rate: i64,
    }
}

record! {
    /// Somebody whom a category may name.
    #[derive(Clone, Debug)]
    pub struct Taker {
        /// Who.
        pub person_id: PersonId,
        /// Their name.
        pub name: String,
    }
}

/// Who can be put in charge of a ticket: who serves its category, and the others of its department.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handlers {
    /// They serve the category, by name.
    pub members: Vec<Handler>,
    /// The others, by name.
    pub others: Vec<Handler>,
}

impl Handlers {
    /// Whether this person is one of them.
    pub fn include(&self, person: PersonId) -> bool {
        let mut all = self.members.iter().chain(&self.others);
        all.any(|handler| handler.person_id == person)
    }

    /// The same without this person.
    #[must_use]
    pub fn without(mut self, person: PersonId) -> Handlers {
        self.members.retain(|h| h.person_id != person);
        self.others.retain(|h| h.person_id != person);
        self
    }
}

/// The members of a department who handle its tickets and are available, those of the category
/// first.
pub async fn handlers(
    ask: &mut dyn Answers,
    department: DepartmentId,
    category: CategoryId,
) -> Result<Handlers, Error> {
    let all = store::handlers(ask, department).await?;
    let all = confidence::let_in(ask, category, all).await?;
    let (members, others) = match serving(ask, department, category).await? {
        None => (all, vec![]),
        Some(serving) => all
            .into_iter()
            .partition(|handler| serving.contains(&handler.person_id)),
    };
    Ok(Handlers { members, others })
}

/// Who serves a category; `None` is every member of its department.
pub async fn serving(
    ask: &mut dyn Answers,
    department: DepartmentId,
    category: CategoryId,
) -> Result<Option<BTreeSet<PersonId>>, Error> {
    let named = store::named(ask, department).await?;
    if named.is_empty() {
        return Ok(None);
    }
    let tree = admin_store::categories(ask, department).await?;
    Ok(nearest(&tree, &named, category).cloned())
}

/// The categories of a department that somebody serves.
pub async fn served_by(
    ask: &mut dyn Answers,
    department: DepartmentId,
    person: PersonId,
) -> Result<BTreeSet<CategoryId>, Error> {
    let named = store::named(ask, department).await?;
    let tree = admin_store::categories(ask, department).await?;
    let serves = |category: &CategoryId| {
        nearest(&tree, &named, *category).is_none_or(|people| people.contains(&person))
    };
    Ok(tree.iter().map(|c| c.id).filter(serves).collect())
}

/// Who each category of a department names itself.
pub type Named = BTreeMap<CategoryId, BTreeSet<PersonId>>;

/// The names nearest to the category, upwards.
fn nearest<'a>(
    tree: &[Category],
    named: &'a Named,
    category: CategoryId,
) -> Option<&'a BTreeSet<PersonId>> {
    named.get(&categories::nearest(tree, category, |id| {
        named.contains_key(&id)
    })?)
}

/// Whom the categories of a department may name: whoever can be in charge of its tickets, by name.
pub async fn takers(ask: &mut dyn Answers, department: DepartmentId) -> Result<Vec<Taker>, Error> {
    store::takers(ask, department).await
}

/// Who each category names itself, for whoever administers them.
pub async fn named_in(ask: &mut dyn Answers, department: DepartmentId) -> Result<Named, Error> {
    store::named(ask, department).await
}

/// Names anew who serves these categories; nobody named is whoever serves the one above.
///
/// # Errors
/// `Conflict` when the department was changed meanwhile; `Invalid` at `category` for one of another
/// department, at `person` for somebody who does not handle its tickets.
pub async fn name(
    tx: &mut Tx,
    department: &May<ChangeCategories, DepartmentAdmin>,
    seen: Option<i64>,
    wanted: &Named,
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    let tree = admin_store::categories(tx, department.id).await?;
    let members = store::takers(tx, department.id).await?;
    let handles = |person: &PersonId| members.iter().any(|m| m.person_id == *person);
    let mut faults = Fields::default();
    faults.require(
        wanted.keys().all(|id| tree.iter().any(|c| c.id == *id)),
        "category",
        "fault-category-elsewhere",
    );
    faults.require(
        wanted.values().flatten().all(handles),
        "person",
        "fault-not-member",
    );
    faults.settle()?;
    let before = store::named(tx, department.id).await?;
    for (category, people) in wanted {
        store::clear(tx, *category).await?;
        for person in people {
            store::add(tx, *category, *person).await?;
        }
    }
    store::changed(tx, department.id).await?;
    let names = |people: Option<&BTreeSet<PersonId>>| {
        let named = members
            .iter()
            .filter(|m| people.is_some_and(|all| all.contains(&m.person_id)));
        named
            .map(|m| m.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    for category in tree.iter().filter(|c| wanted.contains_key(&c.id)) {
        let (was, becomes) = (before.get(&category.id), wanted.get(&category.id));
        let entry = Entry::change(Deed::ServingChanged)
            .department(department.id.0)
            .thing(&category.name)
            .field(Field::People, &names(was), &names(becomes));
        audit::note(tx, pen, entry).await?;
    }
    Ok(())
}

/// The departments whose tickets this person handles as a member.
pub async fn handled_by(ask: &mut dyn Answers, person: i64) -> Result<Vec<DepartmentId>, Error> {
    store::handled_by(ask, person).await
}

/// The category of tickets sent to the department alone; `None` when it has none.
pub async fn default_category(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Option<CategoryId>, Error> {
    store::default_category(ask, department).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_category_that_names_somebody_says_who_serves() {
        let category = |id, parent: Option<i64>| Category {
            id: CategoryId(id),
            parent_id: parent.map(CategoryId),
            name: String::new(),
            is_active: true,
            version: 1,
        };
        let tree = [
            category(1, None),
            category(2, Some(1)),
            category(3, Some(2)),
            category(4, None),
            category(5, Some(5)),
        ];
        let people = |id| BTreeSet::from([PersonId(id)]);
        let named = Named::from([(CategoryId(1), people(7)), (CategoryId(3), people(8))]);
        let of = |id| nearest(&tree, &named, CategoryId(id)).cloned();
        assert_eq!(of(1), Some(people(7)));
        assert_eq!(of(2), Some(people(7)), "as the one above");
        assert_eq!(of(3), Some(people(8)));
        assert_eq!(of(4), None, "every member");
        assert_eq!(of(5), None, "a loop ends");
    }
}
