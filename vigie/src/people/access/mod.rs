//! How a person proves who they are: passwords, sessions, one-time links, tokens of programs, and
//! how often anybody may try.
//!
//! Deliberately absent: what they may then do (policy.rs), and cookies (web).

use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;

use super::PersonId;
use super::second_factor::halfway;
use super::{mailed_codes, passkeys};

pub mod attempts;
pub mod entering;
pub mod links;
pub mod passwords;
pub mod repeats;
pub mod sessions;
pub mod sign_in;
mod store;
pub mod tokens;

/// Ends every session, token and open link of a person.
pub async fn end_everything(tx: &mut Tx, person: PersonId, now: Moment) -> Result<(), Error> {
    store::delete_sessions_of(tx, person, "").await?;
    store::revoke_tokens_of(tx, person, now).await?;
    store::spend_links_of(tx, person, now).await?;
    halfway::end_all(tx, person).await?;
    mailed_codes::end_all(tx, person).await?;
    tx.hint("access", person.0);
    Ok(())
}

/// Clears away what no longer serves: ended sessions, old attempts, spent links, old answers.
pub async fn sweep(tx: &mut Tx, now: Moment) -> Result<(), Error> {
    store::delete_sessions_older(tx, now.minus(sessions::ABSOLUTE), now.minus(sessions::IDLE))
        .await?;
    entering::tell_failures(tx, None, now).await?;
    store::delete_attempts_older(tx, now.minus(attempts::LONGEST_WINDOW)).await?;
    store::delete_links_older(tx, now.minus(links::KEPT)).await?;
    halfway::sweep(tx, now).await?;
    mailed_codes::sweep(tx, now).await?;
    passkeys::sweep(tx, now).await?;
    store::delete_repeats_older(tx, now.minus(repeats::KEPT)).await
}
