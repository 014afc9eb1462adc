//! Letters that a rule put into quarantine: kept whole, seen by administrators, told to nobody. They are let in, or stay
//! until the retention of letters takes what they said.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::record;

pub mod api;

use super::store;
pub use super::store::Held;
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::mail::store::{self as letters, IncomingId, IncomingState};

record! {
    /// A letter in quarantine.
    #[derive(Clone, Debug)]
    pub struct Quarantined {
        /// Its row.
        pub id: IncomingId,
        /// The address it came to.
        pub channel: Option<String>,
        /// Who wrote it, as far as it says.
        pub sender: String,
        /// Its subject.
        pub subject: String,
        /// The name of the rule that did it, as it was then.
        pub rule: String,
        /// When it came.
        pub received_at: Moment,
        /// Its bytes.
        pub bytes: i64,
    }
}

/// Letters in quarantine, the newest first, before one of them; by one rule, unless its name is empty.
pub async fn list(
    ask: &mut dyn Answers,
    actor: &Actor,
    rule: &str,
    before: Option<IncomingId>,
    limit: i64,
) -> Result<Vec<Quarantined>, Error> {
    store::quarantined(ask, actor, rule, before, limit).await
}

/// How many letters each rule holds in quarantine, by name.
pub async fn held(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<Held>, Error> {
    store::held(ask, actor).await
}

/// Lets a letter that was kept from the desk be read again, past the rules and past what held it; false when it is read
/// already. One that was in quarantine is noted in the journal. Pressed twice, it is one ticket.
///
/// # Errors
/// `NotFound` for whoever does not see it.
pub async fn let_in(tx: &mut Tx, actor: &Actor, id: IncomingId, pen: Pen) -> Result<bool, Error> {
    let (state, rule) = store::standing(tx, actor, id).await?;
    let is_let_in = letters::replay(tx, actor, id, pen.now).await?;
    if is_let_in && state == IncomingState::Quarantined {
        let entry = Entry::of(Deed::LetterLetIn).thing(&id.to_string()).field(
            Field::FilterRule,
            &rule.unwrap_or_default(),
            "",
        );
        audit::note(tx, pen, entry).await?;
    }
    Ok(is_let_in)
}

/// Lets a letter in that is in quarantine; false when it no longer is, or never was.
///
/// # Errors
/// `NotFound` for whoever does not see it.
pub async fn release(tx: &mut Tx, actor: &Actor, id: IncomingId, pen: Pen) -> Result<bool, Error> {
    match store::standing(tx, actor, id).await? {
        (IncomingState::Quarantined, _) => let_in(tx, actor, id, pen).await,
        _ => Ok(false),
    }
}
