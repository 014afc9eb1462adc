//! The journal of one department, for whoever decides who belongs to it (features N-27 to N-33): what was done to
//! it, its members, categories, templates and invitees.
//!
//! Deliberately absent: the numbers and links of entries. They run through the whole journal, and would tell how
//! much was done elsewhere.

use kit::authz::{Actor, May};
use kit::db::Answers;
use kit::error::Error;

use super::{Noted, store};
use crate::departments::rights::{ChangeMembers, DepartmentAdmin};

pub mod api;
pub mod pages;

/// Entries on a page.
pub const ROWS: i64 = 50;
/// The last page one can ask for.
const LAST: i64 = 10_000;

/// A page of it, counted from 1, the newest entry first; and whether there is a next one.
pub async fn page(
    ask: &mut dyn Answers,
    actor: &Actor,
    department: &May<ChangeMembers, DepartmentAdmin>,
    page: i64,
) -> Result<(Vec<Noted>, bool), Error> {
    let past = (page.clamp(1, LAST) - 1) * ROWS;
    let mut rows = store::of_department(ask, actor, department.id, past, ROWS + 1).await?;
    let has_more = i64::try_from(rows.len()).is_ok_and(|n| n > ROWS);
    rows.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
    Ok((rows, has_more))
}
