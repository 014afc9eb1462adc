//! What a department writes under the mails about its tickets (decision 0071).

pub mod api;
pub mod pages;
mod store;

use kit::authz::May;
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};

use super::DepartmentId;
use super::admin::must_match;
use super::rights::{ChangeProperties, DepartmentAdmin};
use crate::audit::{self, Deed, Entry, Field, Pen};

/// The longest signature, in characters.
pub const LONGEST: usize = 1000;

/// A department's signature; empty for none.
pub async fn of(ask: &mut dyn Answers, department: DepartmentId) -> Result<String, Error> {
    store::of(ask, department).await
}

/// Writes another one; empty is none. Mails that have not left are sent with it.
///
/// # Errors
/// `Conflict` when the department was changed meanwhile; `Invalid` at `signature` when it is too long.
pub async fn say(
    tx: &mut Tx,
    department: &May<ChangeProperties, DepartmentAdmin>,
    seen: Option<i64>,
    wanted: &str,
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    let wanted = wanted.trim().replace("\r\n", "\n");
    let mut faults = Fields::default();
    if wanted.chars().count() > LONGEST {
        faults.add("signature", "fault-too-long", Some(LONGEST.to_string()));
    }
    faults.settle()?;
    let was = of(tx, department.id).await?;
    store::set(tx, department.id, &wanted).await?;
    let entry = Entry::change(Deed::SignatureChanged)
        .department(department.id.0)
        .field(Field::Signature, &was, &wanted);
    audit::note(tx, pen, entry).await
}
