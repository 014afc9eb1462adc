//! What the desk says of itself: the organisation's name, and who sees what when nobody decided.

use kit::db::{Answers, Tx};
use kit::error::{Clash, Error};

use crate::policy::AgentScope;

mod store;

/// Days after which nobody having looked at a scope makes it due, unless said otherwise.
pub const REVIEW_DAYS: i64 = 180;

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

/// After how many days a scope is due for a look, 0 for never; and the version of that saying, 0 before
/// the first.
pub async fn review_days(ask: &mut dyn Answers) -> Result<(i64, i64), Error> {
    let said = store::get_versioned(ask, "review_days").await?;
    let days = |text: &str| text.parse().unwrap_or(REVIEW_DAYS);
    Ok(said.map_or((REVIEW_DAYS, 0), |(text, version)| (days(&text), version)))
}

/// Whether the journal is told which tickets are read by rank alone, and the version of that saying, 0
/// before the first.
pub async fn notes_reads(ask: &mut dyn Answers) -> Result<(bool, i64), Error> {
    let said = store::get_versioned(ask, "notes_reads").await?;
    Ok(said.map_or((true, 0), |(text, version)| (text != "no", version)))
}

/// Says it, in place of what was said as this version.
///
/// # Errors
/// `Conflict` when somebody said something else meanwhile; so for each that is said in place of a version.
pub async fn set_notes_reads(tx: &mut Tx, notes: bool, seen: i64) -> Result<(), Error> {
    say(tx, "notes_reads", if notes { "yes" } else { "no" }, seen).await
}

async fn say(tx: &mut Tx, key: &str, value: &str, seen: i64) -> Result<(), Error> {
    if store::put_versioned(tx, key, value, seen).await? {
        return Ok(());
    }
    let said = store::get_versioned(tx, key).await?;
    let current = said.map_or(0, |(_, version)| version);
    Err(Error::Conflict(Clash { seen, current }))
}

/// What is kept for how long, as it was said (privacy/retention reads it), and the version of that saying, 0 before
/// the first.
pub async fn retention(ask: &mut dyn Answers) -> Result<(String, i64), Error> {
    let said = store::get_versioned(ask, "retention").await?;
    Ok(said.unwrap_or_default())
}

/// The same, held until the transaction ends: whoever goes by it does so alone.
pub async fn hold_retention(tx: &mut Tx) -> Result<(String, i64), Error> {
    let said = store::hold(tx, "retention").await?;
    Ok(said.unwrap_or_default())
}

/// Says it, in place of what was said as this version.
pub async fn set_retention(tx: &mut Tx, rules: &str, seen: i64) -> Result<(), Error> {
    say(tx, "retention", rules, seen).await
}

/// Says it, in place of what was said as this version.
pub async fn set_review_days(tx: &mut Tx, days: i64, seen: i64) -> Result<(), Error> {
    say(tx, "review_days", &days.to_string(), seen).await
}
