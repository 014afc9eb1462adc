//! Sessions: rows, keyed by the hash of what the cookie holds. A new one at each sign-in.

use kit::clock::{Moment, Span};
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::ids::{Dice, digest};
use kit::record;

use super::store;
use crate::people::{PersonId, new_rights};
use crate::policy::{AgentScope, Role};

/// A session nobody used for so long has ended.
pub const IDLE: Span = Span::hours(12);
/// However busy, a session ends after so long.
pub const ABSOLUTE: Span = Span::days(14);
/// How often a session's last use is written down, at most.
pub const SEEN_EVERY: Span = Span::minutes(1);

record! {
    /// A session with its person, as every request needs them: one query.
    #[derive(Clone, Debug)]
    pub struct Session {
        /// Key of the row.
        pub token_hash: String,
        /// Whose.
        pub person_id: PersonId,
        /// What form tokens are derived from.
        pub secret: String,
        /// When it was opened.
        pub created_at: Moment,
        /// When it was last used, within [`SEEN_EVERY`].
        pub seen_at: Moment,
        /// Full name.
        pub name: String,
        /// Address.
        pub email: String,
        /// Language they chose.
        pub language: Option<String>,
        /// Zone they chose.
        pub time_zone: Option<String>,
        /// Theme they chose.
        pub theme: String,
        /// How tall their rows are.
        pub density: String,
        /// Whether single keys are shortcuts: `on` or `off`.
        pub single_keys: String,
        /// Those they gave other keys, as they are stored.
        pub key_map: String,
        /// Has a privilege of administration in some department: whether the menu leads there. What
        /// they may do there is decided there.
        pub manages: bool,
        /// Is somebody's mentor: whether the menu leads to the tickets of trainees.
        pub mentors: bool,
        /// Looks with somebody else's eyes, or did: what stands is asked of `eyes`.
        pub has_eyes: bool,
        /// Is to take a new identifier before it serves.
        pub must_turn: bool,
        /// Their rights changed, and they have yet to say that they know.
        pub has_new_rights: bool,
        /// When they were last there by their own hand, if it is staff (`people::absences`).
        pub there_at: Option<Moment>,
        /// They were away, and did not look yet at what happened meanwhile.
        pub is_untold: bool,
        /// May open the portal.
        pub has_portal: bool,
        /// When they were shut out.
        pub disabled_at: Option<Moment>,
        /// Role, when they are staff.
        pub role: Option<Role>,
        /// Scope, when they are staff.
        pub scope: Option<AgentScope>,
    }
}

record! {
    /// A session as its owner sees it listed.
    #[derive(Clone, Debug)]
    pub struct Listed {
        /// Key of the row; [`public_id`] is what pages show.
        pub token_hash: String,
        /// When it was opened.
        pub created_at: Moment,
        /// When it was last used.
        pub seen_at: Moment,
        /// What the browser calls itself.
        pub user_agent: String,
        /// Where it was opened from.
        pub address: String,
    }
}

impl Session {
    fn stands(&self, now: Moment) -> bool {
        now.since(self.seen_at) < IDLE
            && now.since(self.created_at) < ABSOLUTE
            && self.disabled_at.is_none()
            && (self.has_portal || self.role.is_some())
    }
}

/// Opens a session and gives what the cookie holds; nobody can read it back later.
pub async fn open(
    tx: &mut Tx,
    person: PersonId,
    user_agent: &str,
    address: &str,
    now: Moment,
    dice: &Dice,
) -> Result<String, Error> {
    let token = dice.token();
    let cut = &user_agent[..user_agent.floor_char_boundary(400)];
    store::insert_session(
        tx,
        &digest(&token),
        person,
        &dice.token(),
        cut,
        address,
        now,
    )
    .await?;
    Ok(token)
}

/// The live session behind a cookie, if its person may still come in.
pub async fn find(
    ask: &mut dyn Answers,
    token: &str,
    now: Moment,
) -> Result<Option<Session>, Error> {
    let hash = digest(token);
    let mut found = store::session(ask, &hash).await?;
    if found.is_none()
        && let Some(turned) = new_rights::successor(ask, &hash, now).await?
    {
        found = store::session(ask, &turned).await?;
    }
    Ok(found.filter(|s| s.stands(now)))
}

/// Whether the session of this key still stands: for a line that was opened with it and stays open.
pub async fn stands(ask: &mut dyn Answers, token_hash: &str, now: Moment) -> Result<bool, Error> {
    let found = store::session(ask, token_hash).await?;
    Ok(found.is_some_and(|s| s.stands(now)))
}

/// Writes down that a session is in use.
pub async fn touch(tx: &mut Tx, token_hash: &str, now: Moment) -> Result<(), Error> {
    store::touch_session(tx, token_hash, now).await
}

/// Ends one session.
pub async fn end(tx: &mut Tx, person: PersonId, token_hash: &str) -> Result<(), Error> {
    store::delete_session(tx, person, token_hash).await?;
    tx.hint("access", person.0);
    Ok(())
}

/// Ends the session behind a cookie, whosever it was.
pub async fn end_any(tx: &mut Tx, token: &str) -> Result<(), Error> {
    if let Some(person) = store::delete_any_session(tx, &digest(token)).await? {
        tx.hint("access", person.0);
    }
    Ok(())
}

/// Ends all sessions of a person but one (`keep` empty: all).
pub async fn end_others(tx: &mut Tx, person: PersonId, keep: &str) -> Result<(), Error> {
    store::delete_sessions_of(tx, person, keep).await?;
    tx.hint("access", person.0);
    Ok(())
}

/// The open sessions of a person, last used first.
pub async fn list(
    ask: &mut dyn Answers,
    person: PersonId,
    now: Moment,
) -> Result<Vec<Listed>, Error> {
    store::sessions_of(ask, person, now.minus(ABSOLUTE), now.minus(IDLE)).await
}

/// What pages call a session: proves nothing and opens nothing.
pub fn public_id(token_hash: &str) -> String {
    digest(token_hash)[..16].to_owned()
}
