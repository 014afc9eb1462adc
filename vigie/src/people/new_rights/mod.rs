//! Somebody's role or scope changed (features U-19): it counts from their next request, nobody signs in again, and
//! they are told until they say that they know.
//!
//! Whoever rises in rank has new identifiers of their sessions: each is turned at its next request, and the old
//! one opens nothing from then on, but for requests that were under way beside it.

use kit::clock::{Moment, Span};
use kit::db::{Answers, Db, Tx};
use kit::error::Error;
use kit::ids::{Dice, digest};
use kit::record;

use super::{PersonId, roles};
use crate::audit::{Deed, of_oneself};
use crate::policy::{self, AgentScope, Role};

pub mod pages;
mod store;

/// So long the old identifier of a session still serves: another tab may have been under way with it.
pub const GRACE: Span = Span::seconds(10);

record! {
    /// What somebody's rights were when they last knew of them.
    #[derive(Clone, Debug)]
    pub struct Notice {
        /// The role: its word, or the name of one of the desk's own; empty for who was not staff.
        pub was_role: String,
        /// What it granted, as it is stored.
        pub was_permissions: String,
        /// How far they saw; empty for who was not staff.
        pub was_scope: String,
        /// What the role of now is called, when it is one of the desk's own.
        pub role_name: Option<String>,
        /// Which saying this is.
        pub version: i64,
    }
}

/// How far somebody sees, as they would say it: rank sees everything, whatever their scope.
fn scope_of(staff: Option<(Role, AgentScope)>) -> &'static str {
    staff.map_or("", |(role, scope)| seen(role, scope).word())
}

/// The same of a role and a scope.
pub fn seen(role: Role, scope: AgentScope) -> AgentScope {
    match policy::reach(role, scope) {
        kit::authz::Reach::Everything => AgentScope::Global,
        _ => scope,
    }
}

/// Notes that somebody's role or scope changed. What they already know of is what it was; changed back before
/// they knew, there is nothing to tell.
pub async fn changed(
    tx: &mut Tx,
    person: PersonId,
    was: Option<(Role, AgentScope)>,
    becomes: Option<(Role, AgentScope)>,
    now: Moment,
) -> Result<(), Error> {
    if was == becomes {
        return Ok(());
    }
    let role = |of: Option<(Role, AgentScope)>| of.map(|(role, _)| role);
    let before = roles::name_of(tx, role(was)).await?;
    let after = roles::name_of(tx, role(becomes)).await?;
    let granted = role(was).map_or(String::new(), |role| role.granted().store());
    store::put(tx, person, (&before, &granted, scope_of(was)), now).await?;
    store::forget_unless_different(tx, person, (&after, scope_of(becomes)), now).await
}

/// What somebody has yet to be told.
pub async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<Option<Notice>, Error> {
    store::notice(ask, person).await
}

/// They know. What changed since stays to be told.
pub async fn acknowledge(
    db: &Db,
    person: PersonId,
    version: i64,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    if store::see(&mut tx, person, version, now).await? {
        of_oneself(&mut tx, Deed::RightsAcknowledged, person.0, now).await?;
    }
    tx.commit().await
}

/// Each of their sessions takes a new identifier at its next request.
pub async fn must_turn(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    store::must_turn(tx, person).await
}

/// Gives a session its new identifier: what the cookie is to hold, and the key of its row. `None` when another
/// request did so meanwhile.
pub async fn turn(
    db: &Db,
    old_hash: &str,
    now: Moment,
    dice: &Dice,
) -> Result<Option<(String, String)>, Error> {
    let token = dice.token();
    let hash = digest(&token);
    let mut tx = db.write().await?;
    let is_turned = store::turn(&mut tx, old_hash, &hash, now).await?;
    tx.commit().await?;
    Ok(is_turned.then_some((token, hash)))
}

/// The key of the session that had this one a moment ago.
pub async fn successor(
    ask: &mut dyn Answers,
    old_hash: &str,
    now: Moment,
) -> Result<Option<String>, Error> {
    store::successor(ask, old_hash, now.minus(GRACE)).await
}
