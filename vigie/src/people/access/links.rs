//! One-time links: the owner's set-up, a forgotten password. Stored hashed, good once, for a time,
//! and only the newest of its kind.

use kit::clock::{Moment, Span};
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::ids::{Dice, digest};
use kit::{record, stored_words};

use super::store;
use crate::people::PersonId;

stored_words! {
    /// What a link is for.
    pub enum Purpose {
        /// Creating the account owner.
        Setup = "setup",
        /// Choosing a new password.
        Password = "password",
    }
}

/// How long spent and late links are kept before they are swept away.
pub const KEPT: Span = Span::days(7);
/// How long the owner's link is good.
pub const OWNER: Span = Span::hours(24);
/// How long a link for a forgotten password is good.
pub const FORGOTTEN: Span = Span::minutes(60);

record! {
    /// A link that can still be used.
    #[derive(Clone, Debug)]
    pub struct Link {
        /// Whose it is; nobody's for the set-up.
        pub person_id: Option<PersonId>,
    }
}

/// Makes a link's token; older links for the same person and purpose are spent.
pub async fn create(
    tx: &mut Tx,
    purpose: Purpose,
    person: Option<PersonId>,
    good_for: Span,
    now: Moment,
    dice: &Dice,
) -> Result<String, Error> {
    let token = dice.token();
    store::spend_links(tx, purpose, person, now).await?;
    store::insert_link(
        tx,
        &digest(&token),
        purpose,
        person,
        now,
        now.plus(good_for),
    )
    .await?;
    Ok(token)
}

/// Ends every open link of a person: what was sent to an address they no longer have opens nothing.
pub async fn spend_all(tx: &mut Tx, person: PersonId, now: Moment) -> Result<(), Error> {
    store::spend_links_of(tx, person, now).await
}

/// The link behind a token, without spending it.
///
/// # Errors
/// `NotFound` when it was never made, was used, replaced, or is too old.
pub async fn look(
    ask: &mut dyn Answers,
    purpose: Purpose,
    token: &str,
    now: Moment,
) -> Result<Link, Error> {
    store::link(ask, purpose, &digest(token), now)
        .await?
        .ok_or(Error::NotFound)
}

/// Spends a link: of two who try at once, one gets it.
///
/// # Errors
/// `NotFound` as for [`look`].
pub async fn spend(tx: &mut Tx, purpose: Purpose, token: &str, now: Moment) -> Result<Link, Error> {
    store::spend_link(tx, purpose, &digest(token), now)
        .await?
        .ok_or(Error::NotFound)
}
