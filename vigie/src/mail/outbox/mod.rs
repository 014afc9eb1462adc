//! Mails that went out, wait, or did not arrive, as administrators look for them: by where they are, and by address.
//!
//! Deliberately absent: how a mail gets there, which `outbox_store` and `send` know.

pub mod api;
pub mod pages;
mod store;
pub mod views;

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::Error;

use super::lists_store::ListedOutgoing;
use super::outbox_store::{OutgoingId, OutgoingState};

/// Which mails are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Where they are; anywhere when nothing is said.
    pub state: Option<OutgoingState>,
    /// What their address holds, in any letters; empty is any.
    pub address: String,
}

/// They, the newest first, before one of them, as far as the actor sees the post.
pub async fn list(
    ask: &mut dyn Answers,
    actor: &Actor,
    looked: &Looked,
    before: Option<OutgoingId>,
    limit: i64,
) -> Result<Vec<ListedOutgoing>, Error> {
    store::list(ask, actor, looked, before, limit).await
}
