//! What becomes of people in copy of a mail, by department and category (issue "mail", decision 0079). A category may say it, else the
//! one above it, else its department; nobody is invited unless it is said.
//!
//! Whoever keeps its members keeps it: both say who reads what is asked there. Deliberately absent: which letters may invite, and
//! whom (mail/copied.rs).

pub mod api;
pub mod pages;
mod store;

use kit::authz::May;
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};
use kit::{record, stored_words};

use super::admin::must_match;
use super::categories::{Category, nearest};
use super::rights::{ChangeMembers, DepartmentAdmin};
use super::{CategoryId, DepartmentId};
use crate::audit::{self, Deed, Entry, Field, Pen};

stored_words! {
    /// Who of the people in copy of a mail is invited to its ticket.
    pub enum Copied {
        /// Nobody: they stay outside until somebody invites them.
        Nobody = "nobody",
        /// Those the desk knows already.
        Known = "known",
        /// All of them; an address that nobody has becomes a person without access.
        Everybody = "everybody",
    }
}

record! {
    /// A category with what it says.
    #[derive(Clone, Debug)]
    pub struct CategoryCopied {
        /// The category.
        pub id: CategoryId,
        /// Its name.
        pub name: String,
        /// The one above.
        pub parent_id: Option<CategoryId>,
        /// What it says; `None` is as above.
        pub copied: Option<Copied>,
    }
}

/// What a department says, and its categories.
pub async fn said_in(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<(Option<Copied>, Vec<CategoryCopied>), Error> {
    let own = store::of_department(ask, department).await?;
    Ok((own, store::categories(ask, department).await?))
}

/// What holds in a category of this department.
pub async fn holds_in(
    ask: &mut dyn Answers,
    department: DepartmentId,
    category: CategoryId,
) -> Result<Copied, Error> {
    let (own, said) = said_in(ask, department).await?;
    Ok(holds(own, &said, category))
}

/// What is said nearest to the category.
fn holds(own: Option<Copied>, said: &[CategoryCopied], category: CategoryId) -> Copied {
    let tree: Vec<Category> = said.iter().map(as_category).collect();
    let says = |id: CategoryId| said.iter().find(|it| it.id == id).and_then(|it| it.copied);
    let near = nearest(&tree, category, |id| says(id).is_some());
    near.and_then(says).or(own).unwrap_or(Copied::Nobody)
}

fn as_category(it: &CategoryCopied) -> Category {
    Category {
        id: it.id,
        parent_id: it.parent_id,
        name: it.name.clone(),
        is_active: true,
        version: 0,
    }
}

/// Says it anew, for the department and these categories of it.
///
/// # Errors
/// `Conflict` when the department was changed meanwhile; `Invalid` at `category` for one of another department.
pub async fn say(
    tx: &mut Tx,
    department: &May<ChangeMembers, DepartmentAdmin>,
    seen: Option<i64>,
    own: Option<Copied>,
    categories: &[(CategoryId, Option<Copied>)],
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    let (before, there) = said_in(tx, department.id).await?;
    let mut faults = Fields::default();
    let is_here = |id: CategoryId| there.iter().any(|it| it.id == id);
    faults.require(
        categories.iter().all(|(id, _)| is_here(*id)),
        "category",
        "fault-category-elsewhere",
    );
    faults.settle()?;
    store::set_department(tx, department.id, own).await?;
    for (id, copied) in categories {
        store::set_category(tx, *id, *copied).await?;
    }
    let noted = |was: Option<Copied>, becomes: Option<Copied>| {
        let text = |it: Option<Copied>| it.map_or("", Copied::word);
        Entry::change(Deed::CopiedChanged)
            .department(department.id.0)
            .field(Field::Copied, text(was), text(becomes))
    };
    audit::note(tx, pen, noted(before, own)).await?;
    for standing in &there {
        let Some((_, copied)) = categories.iter().find(|(id, _)| *id == standing.id) else {
            continue;
        };
        let entry = noted(standing.copied, *copied).thing(&standing.name);
        audit::note(tx, pen, entry).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(id: i64, parent: Option<i64>, copied: Option<Copied>) -> CategoryCopied {
        CategoryCopied {
            id: CategoryId(id),
            name: String::new(),
            parent_id: parent.map(CategoryId),
            copied,
        }
    }

    #[test]
    fn what_is_nearest_holds_and_nobody_is_invited_unless_it_is_said() {
        use Copied::{Everybody, Known, Nobody};
        let tree = [
            category(1, None, None),
            category(2, Some(1), Some(Everybody)),
            category(3, Some(2), None),
            category(4, Some(2), Some(Nobody)),
        ];
        let table = [
            (None, 1, Nobody),
            (Some(Known), 1, Known),
            (Some(Known), 2, Everybody),
            (Some(Known), 3, Everybody),
            (Some(Known), 4, Nobody),
            (Some(Known), 99, Known),
        ];
        for (own, id, expected) in table {
            assert_eq!(holds(own, &tree, CategoryId(id)), expected, "{own:?} {id}");
        }
    }
}
