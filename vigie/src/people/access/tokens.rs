//! Tokens of programs: a person's own rights, without a browser.

use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::ids::{Dice, digest};
use kit::{id, record};

use super::store;
use crate::people::{Person, PersonId};

id! {
    /// A token's row.
    TokenId
}

record! {
    /// A token as it is listed; its secret is nowhere.
    #[derive(Clone, Debug)]
    pub struct Listed {
        /// Its row.
        pub id: TokenId,
        /// What its owner calls it.
        pub name: String,
        /// When it was made.
        pub created_at: Moment,
        /// When it was revoked.
        pub revoked_at: Option<Moment>,
    }
}

/// Makes a token and gives its secret, this once.
pub async fn create(
    tx: &mut Tx,
    person: PersonId,
    name: &str,
    now: Moment,
    dice: &Dice,
) -> Result<String, Error> {
    let secret = format!("vigie_{}", dice.token());
    store::insert_token(tx, person, name, &digest(&secret), now).await?;
    Ok(secret)
}

/// Whose a token is, if it stands and they may still come in.
pub async fn find(ask: &mut dyn Answers, secret: &str) -> Result<Option<Person>, Error> {
    Ok(store::person_of_token(ask, &digest(secret))
        .await?
        .filter(Person::may_sign_in))
}

/// The tokens of a person, newest first.
pub async fn list(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<Listed>, Error> {
    store::tokens_of(ask, person).await
}

/// Revokes a token at once.
///
/// # Errors
/// `NotFound`.
pub async fn revoke(tx: &mut Tx, id: TokenId, now: Moment) -> Result<(), Error> {
    match store::revoke_token(tx, id, now).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}
