//! Which key each position of a demonstration desk gets.

use demo::desk::Desk;

/// Keys by position. Everything counts from 1 in the order of the data; categories go on from
/// department to department.
#[derive(Clone, Debug)]
pub(super) struct Numbering {
    /// The key of the first category of each department.
    first_category: Vec<i64>,
}

impl Numbering {
    pub(super) fn of(desk: &Desk) -> Numbering {
        let mut next = 1;
        let first_category = desk
            .departments
            .iter()
            .map(|department| {
                let first = next;
                next += department.categories.len() as i64;
                first
            })
            .collect();
        Numbering { first_category }
    }

    pub(super) fn organization(&self, index: usize) -> i64 {
        index as i64 + 1
    }

    pub(super) fn site(&self, index: usize) -> i64 {
        index as i64 + 1
    }

    pub(super) fn person(&self, index: usize) -> i64 {
        index as i64 + 1
    }

    pub(super) fn department(&self, index: usize) -> i64 {
        index as i64 + 1
    }

    pub(super) fn category(&self, department: usize, index: usize) -> i64 {
        self.first_category.get(department).copied().unwrap_or(0) + index as i64
    }
}
