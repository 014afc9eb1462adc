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
use super::categories::{Category, nearest, tree};
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
    let tree: Vec<Category> = tree(ask, department)
        .await?
        .into_iter()
        .map(|(_, it)| it)
        .collect();
    Ok(holds(own, &said, &tree, category))
}

/// What is said nearest to the category.
fn holds(
    own: Option<Copied>,
    said: &[CategoryCopied],
    tree: &[Category],
    category: CategoryId,
) -> Copied {
    let says = |id: CategoryId| said.iter().find(|it| it.id == id).and_then(|it| it.copied);
    let near = nearest(tree, category, |id| says(id).is_some());
    near.and_then(says).or(own).unwrap_or(Copied::Nobody)
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

    #[test]
    fn what_is_nearest_holds_and_nobody_is_invited_unless_it_is_said() {
        use Copied::{Everybody, Known, Nobody};
        let (mut said, mut tree) = (vec![], vec![]);
        for (id, above, copied) in [
            (1, None, None),
            (2, Some(1), Some(Everybody)),
            (3, Some(2), None),
            (4, Some(2), Some(Nobody)),
        ] {
            let (id, name) = (CategoryId(id), String::new());
            tree.push(Category {
                id,
                parent_id: above.map(CategoryId),
                name: name.clone(),
                is_active: true,
                version: 0,
            });
            said.push(CategoryCopied { id, name, copied });
        }
        let table = [
            (None, 1, Nobody),
            (Some(Known), 1, Known),
            (Some(Known), 2, Everybody),
            (Some(Known), 3, Everybody),
            (Some(Known), 4, Nobody),
            (Some(Known), 99, Known),
        ];
        for (own, id, expected) in table {
            let holds = holds(own, &said, &tree, CategoryId(id));
            assert_eq!(holds, expected, "{own:?} {id}");
        }
    }
}
