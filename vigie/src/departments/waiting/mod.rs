//! How long things wait in a department: a closure for its approval before it expires, an ended ticket
//! for its requester before they can no longer open it again. A category may say it, else the one
//! above it, else its department, else the desk; zero is never (features X-04, trap E-16).

pub mod api;
pub mod pages;
mod store;

use std::collections::HashMap;

use kit::authz::May;
use kit::clock::Span;
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};
use kit::record;

use super::admin::must_match;
use super::rights::{ChangeProperties, DepartmentAdmin};
use super::{CategoryId, DepartmentId};
use crate::audit::{self, Deed, Entry, Field, Pen};

/// Days before a closure nobody answered expires, unless said otherwise.
pub const EXPIRE_DAYS: i64 = 14;
/// Days in which a requester may open an ended ticket again, unless said otherwise.
pub const REOPEN_DAYS: i64 = 30;
/// The most days one can say: ten years.
pub const MOST_DAYS: i64 = 3650;

/// What is said of both at one place; `None` is not said here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// Before a closure expires; zero is never.
    pub expire: Option<i64>,
    /// In which a requester may open it again; zero is for ever.
    pub reopen: Option<i64>,
}

record! {
    /// A category with what it says.
    #[derive(Clone, Debug)]
    pub struct CategoryDays {
        /// The category.
        pub id: CategoryId,
        /// Its name.
        pub name: String,
        /// The one above.
        pub parent_id: Option<CategoryId>,
        /// Its department.
        pub department_id: DepartmentId,
        /// Before a closure expires.
        pub expire_days: Option<i64>,
        /// In which a requester may open it again.
        pub reopen_days: Option<i64>,
    }
}

record! {
    /// A department with what it says.
    #[derive(Clone, Debug)]
    pub struct DepartmentDays {
        /// The department.
        pub id: DepartmentId,
        /// Before a closure expires.
        pub expire_days: Option<i64>,
        /// In which a requester may open it again.
        pub reopen_days: Option<i64>,
    }
}

/// What holds in every category.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    categories: HashMap<CategoryId, CategoryDays>,
    departments: HashMap<DepartmentId, DepartmentDays>,
}

/// Reads what holds everywhere: two small tables.
pub async fn waiting(ask: &mut dyn Answers) -> Result<Waiting, Error> {
    Ok(Waiting::of(
        store::categories(ask).await?,
        store::departments(ask).await?,
    ))
}

impl Waiting {
    /// What these rows say together.
    pub fn of(categories: Vec<CategoryDays>, departments: Vec<DepartmentDays>) -> Waiting {
        Waiting {
            categories: categories.into_iter().map(|c| (c.id, c)).collect(),
            departments: departments.into_iter().map(|d| (d.id, d)).collect(),
        }
    }

    /// How long a closure in this category waits for its approval; `None` is for ever.
    pub fn expires_after(&self, category: CategoryId) -> Option<Span> {
        let days = self.days(category, |c| c.expire_days, |d| d.expire_days);
        span(days.unwrap_or(EXPIRE_DAYS))
    }

    /// In which time its requester may open an ended ticket of this category again; `None` is always.
    pub fn reopens_within(&self, category: CategoryId) -> Option<Span> {
        let days = self.days(category, |c| c.reopen_days, |d| d.reopen_days);
        span(days.unwrap_or(REOPEN_DAYS))
    }

    /// What is said nearest to the category.
    fn days(
        &self,
        category: CategoryId,
        of_category: impl Fn(&CategoryDays) -> Option<i64>,
        of_department: impl Fn(&DepartmentDays) -> Option<i64>,
    ) -> Option<i64> {
        let mut at = self.categories.get(&category);
        let department = at.map(|c| c.department_id);
        // As many steps as there are categories: a loop in old data ends here too.
        for _ in 0..=self.categories.len() {
            let Some(here) = at else { break };
            if let Some(days) = of_category(here) {
                return Some(days);
            }
            at = here.parent_id.and_then(|up| self.categories.get(&up));
        }
        department
            .and_then(|id| self.departments.get(&id))
            .and_then(of_department)
    }
}

/// Zero days is never.
fn span(days: i64) -> Option<Span> {
    (days > 0).then(|| Span::days(days))
}

/// What a department and its categories say, for whoever administers it.
pub async fn said_in(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<(Days, Vec<CategoryDays>), Error> {
    let mut categories = store::categories(ask).await?;
    categories.retain(|c| c.department_id == department);
    let departments = store::departments(ask).await?;
    let own = departments.into_iter().find(|d| d.id == department);
    let own = own.map_or(Days::default(), |d| Days {
        expire: d.expire_days,
        reopen: d.reopen_days,
    });
    Ok((own, categories))
}

/// Says it anew, for the department and these categories of it.
///
/// # Errors
/// `Conflict` when the department was changed meanwhile; `Invalid` at `expire` and `reopen` for days
/// nobody can count, at `category` for one of another department.
pub async fn say(
    tx: &mut Tx,
    department: &May<ChangeProperties, DepartmentAdmin>,
    seen: Option<i64>,
    own: Days,
    categories: &[(CategoryId, Days)],
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    let mut faults = Fields::default();
    let all = std::iter::once(own).chain(categories.iter().map(|(_, days)| *days));
    for days in all {
        let is_fine = |days: Option<i64>| days.is_none_or(|d| (0..=MOST_DAYS).contains(&d));
        faults.require(is_fine(days.expire), "expire", "fault-days");
        faults.require(is_fine(days.reopen), "reopen", "fault-days");
    }
    let (before, there) = said_in(tx, department.id).await?;
    let is_here = |id: CategoryId| there.iter().any(|c| c.id == id);
    faults.require(
        categories.iter().all(|(id, _)| is_here(*id)),
        "category",
        "fault-category-elsewhere",
    );
    faults.settle()?;
    store::set_department(tx, department.id, own).await?;
    for (id, days) in categories {
        store::set_category(tx, *id, *days).await?;
    }
    let noted = |was: Days, becomes: Days| {
        let text = |days: Option<i64>| days.map_or(String::new(), |days| days.to_string());
        Entry::change(Deed::WaitingChanged)
            .department(department.id.0)
            .field(Field::Expire, &text(was.expire), &text(becomes.expire))
            .field(Field::Reopen, &text(was.reopen), &text(becomes.reopen))
    };
    audit::note(tx, pen, noted(before, own)).await?;
    for standing in &there {
        let Some((_, days)) = categories.iter().find(|(id, _)| *id == standing.id) else {
            continue;
        };
        let was = Days {
            expire: standing.expire_days,
            reopen: standing.reopen_days,
        };
        audit::note(tx, pen, noted(was, *days).thing(&standing.name)).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(id: i64, parent: Option<i64>, expire: Option<i64>) -> CategoryDays {
        CategoryDays {
            id: CategoryId(id),
            name: String::new(),
            parent_id: parent.map(CategoryId),
            department_id: DepartmentId(1),
            expire_days: expire,
            reopen_days: None,
        }
    }

    fn waiting(own: Option<i64>, categories: Vec<CategoryDays>) -> Waiting {
        let department = DepartmentDays {
            id: DepartmentId(1),
            expire_days: own,
            reopen_days: Some(0),
        };
        Waiting::of(categories, vec![department])
    }

    #[test]
    fn what_is_nearest_holds_and_zero_is_never() {
        let tree = || {
            vec![
                category(1, None, None),
                category(2, Some(1), Some(3)),
                category(3, Some(2), None),
                category(4, Some(2), Some(0)),
            ]
        };
        let days = |own, id| {
            let span = waiting(own, tree()).expires_after(CategoryId(id));
            span.map(|span| span.0 / Span::days(1).0)
        };
        assert_eq!(days(None, 1), Some(EXPIRE_DAYS));
        assert_eq!(days(Some(7), 1), Some(7));
        assert_eq!(days(Some(0), 1), None);
        assert_eq!(days(Some(7), 2), Some(3));
        assert_eq!(days(Some(7), 3), Some(3), "as the one above");
        assert_eq!(days(Some(7), 4), None, "never, whatever stands above");
        assert_eq!(
            days(Some(7), 99),
            Some(EXPIRE_DAYS),
            "a category that is gone"
        );
    }

    #[test]
    fn a_loop_in_old_data_ends() {
        let loops = vec![category(1, Some(2), None), category(2, Some(1), None)];
        let waiting = waiting(Some(5), loops);
        assert_eq!(waiting.expires_after(CategoryId(1)), Some(Span::days(5)));
        assert_eq!(waiting.reopens_within(CategoryId(1)), None);
    }
}
