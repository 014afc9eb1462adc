//! What the desk says of itself: the organisation's name, and who sees what when nobody decided.

use kit::db::{Answers, Tx};
use kit::error::Error;

use crate::policy::AgentScope;

mod store;

/// The desk's settings, as every page needs them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Name of the organisation that runs the desk; empty before set-up.
    pub organisation: String,
    /// The scope a new agent gets: open desk is global, partitioned desk is group.
    pub default_scope: AgentScope,
    /// Whether an account owner exists.
    pub has_owner: bool,
}

/// Reads them.
pub async fn read(ask: &mut dyn Answers) -> Result<Desk, Error> {
    Ok(Desk {
        organisation: store::get(ask, "organisation").await?.unwrap_or_default(),
        default_scope: store::get(ask, "default_scope")
            .await?
            .and_then(|word| AgentScope::of(&word))
            .unwrap_or(AgentScope::Global),
        has_owner: store::has_owner(ask).await?,
    })
}

/// Names the organisation.
pub async fn name_organisation(tx: &mut Tx, name: &str) -> Result<(), Error> {
    store::put(tx, "organisation", name).await
}

/// Chooses between open and partitioned desk.
pub async fn choose_default_scope(tx: &mut Tx, scope: AgentScope) -> Result<(), Error> {
    store::put(tx, "default_scope", scope.word()).await
}
