//! What is published for everybody, read without an account.

use kit::db::Answers;
use kit::error::Error;

use super::Filter;
use crate::policy;

pub mod pages;

/// Whether anything is.
pub async fn is_there(ask: &mut dyn Answers) -> Result<bool, Error> {
    let (actor, filter) = (policy::passer_by(), Filter::published());
    let found = super::list(ask, &actor, &filter, None, 1).await?;
    Ok(!found.is_empty())
}
