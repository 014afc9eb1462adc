//! Passkeys: a key in one's phone, computer or token signs in, after a finger, a face or a PIN; a
//! password that somebody might steal is not sent at all. Which crate, and why none: decision 0011.
//!
//! A passkey stands for both factors: whoever has one is asked for no code besides.

use kit::clock::{Moment, Span};
use kit::db::{Answers, Tx};
use kit::error::{Clash, Error};
use kit::ids::{Dice, digest};
use kit::seal::Seal;
use kit::{id, record};

use super::access::attempts::{self, Counted, Try};
use super::access::entering::{self, Means};
use super::access::sessions;
use super::access::sign_in::{self, Opened, Tools, Whence};
use super::{Person, PersonId};
use crate::audit::{Deed, of_oneself};
use ceremony::{Party, Registered};

pub mod ceremony;
pub mod pages;
mod store;

id! {
    /// A passkey's row.
    PasskeyId
}

/// A challenge is answered within so long.
pub const GOOD_FOR: Span = Span::minutes(5);
/// The longest name of a passkey, in characters.
pub const LONGEST_NAME: usize = 80;
/// How many passkeys one may have.
pub const MOST: usize = 20;

record! {
    /// A passkey as its owner sees it listed.
    #[derive(Clone, Debug)]
    pub struct Listed {
        /// Its row.
        pub id: PasskeyId,
        /// What its owner calls it.
        pub name: String,
        /// The authenticator's name for it, as browsers spell it.
        pub credential: String,
        /// When it was made.
        pub created_at: Moment,
        /// When it was last used.
        pub used_at: Option<Moment>,
        /// Grows with every change.
        pub version: i64,
    }
}

/// What the browser brought, not looked at yet.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The browser's own words.
    pub client_data: Vec<u8>,
    /// The attestation of a new one, or the authenticator's words of a use.
    pub authenticator: Vec<u8>,
    /// The credential used; empty for a new one.
    pub credential: String,
    /// The signature of a use; empty for a new one.
    pub signature: Vec<u8>,
    /// Whom the authenticator takes its holder for; may be empty.
    pub handle: Vec<u8>,
}

/// What an authenticator knows a person by: says nothing about them to anybody else.
pub fn handle(seal: &Seal, person: PersonId) -> Vec<u8> {
    seal.digest(&format!("passkeys of person {person}"))
        .as_bytes()[..32]
        .to_vec()
}

/// A challenge, to be answered once: for a new passkey of `person`, or to sign in.
pub async fn challenge(
    tx: &mut Tx,
    person: Option<PersonId>,
    now: Moment,
    dice: &Dice,
) -> Result<String, Error> {
    let challenge = ceremony::spelled(&dice.bytes::<32>());
    store::insert_challenge(tx, &digest(&challenge), person, now).await?;
    Ok(challenge)
}

/// The passkeys of a person, the oldest first.
pub async fn list(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<Listed>, Error> {
    store::list(ask, person).await
}

fn name(typed: &str) -> Result<&str, Error> {
    let name = typed.trim();
    if name.is_empty() {
        return Err(Error::invalid("name", "fault-missing"));
    }
    if name.chars().count() > LONGEST_NAME {
        let most = LONGEST_NAME.to_string();
        return Err(Error::invalid_with("name", "fault-too-long", most));
    }
    Ok(name)
}

/// Takes the challenge that the browser's words name out of the list, whatever comes of the rest: one
/// answer each.
async fn answered(
    tools: &Tools<'_>,
    brought: &Brought,
    person: Option<PersonId>,
) -> Result<Option<String>, Error> {
    let Some(challenge) = ceremony::challenge_named(&brought.client_data) else {
        return Ok(None);
    };
    let (key, since) = (digest(&challenge), tools.now.minus(GOOD_FOR));
    let mut tx = tools.db.write().await?;
    let is_ours = store::take_challenge(&mut tx, &key, person, since).await?;
    tx.commit().await?;
    Ok(is_ours.then_some(challenge))
}

/// Adds a passkey to somebody's account, who gives their password once more.
///
/// # Errors
/// `Invalid` at `name`, `password` or `passkey`; `TooMany`.
pub async fn add(
    tools: &Tools<'_>,
    party: &Party,
    person: &Person,
    (typed, password): (&str, &str),
    brought: &Brought,
) -> Result<(), Error> {
    let name = name(typed)?;
    sign_in::prove_password(tools, person, password, "password").await?;
    let refused = || Error::invalid("passkey", "access-passkey-refused");
    let challenge = answered(tools, brought, Some(person.id)).await?;
    let challenge = challenge.ok_or_else(refused)?;
    let made = ceremony::register(
        party,
        &challenge,
        &brought.client_data,
        &brought.authenticator,
    )
    .map_err(|no| {
        tracing::warn!(person = person.id.0, ?no, "a new passkey was refused");
        refused()
    })?;
    let mut tx = tools.db.write().await?;
    if store::list(&mut tx, person.id).await?.len() >= MOST {
        return Err(Error::invalid("passkey", "access-passkey-many"));
    }
    let credential = ceremony::spelled(&made.credential);
    store::insert(&mut tx, person.id, name, &credential, &made, tools.now).await?;
    of_oneself(&mut tx, Deed::PasskeyAdded, person.id.0, tools.now).await?;
    tx.commit().await
}

/// Signs in with a passkey, or says no without saying why.
///
/// # Errors
/// `TooMany` after too many failures from this address.
pub async fn enter(
    tools: &Tools<'_>,
    party: &Party,
    brought: &Brought,
    from: &Whence<'_>,
) -> Result<Option<Opened>, Error> {
    let tried = Try {
        means: Means::Passkey,
        address: from.address,
    };
    let counted = [(Counted::Address, from.address)];
    let noted = attempts::note_try(tools.db, Some(tried), &counted, tools.now).await?;
    let Some(challenge) = answered(tools, brought, None).await? else {
        return Ok(None);
    };
    let mut tx = tools.db.write().await?;
    let Some(known) = store::by_credential(&mut tx, &brought.credential).await? else {
        return Ok(None);
    };
    let person = super::find(&mut tx, known.person_id).await?;
    let handle = handle(tools.seal, person.id);
    let is_theirs = brought.handle.is_empty() || brought.handle == handle;
    if !person.may_sign_in() || !is_theirs {
        return Ok(None);
    }
    let key = Registered {
        credential: vec![],
        public_key: known.public_key,
        counter: known.counter,
    };
    let said = (&brought.client_data, &brought.authenticator);
    let verified = ceremony::verify(party, &challenge, &key, said.0, said.1, &brought.signature);
    let counter = match verified {
        Ok(counter) => counter,
        Err(no) => {
            tracing::warn!(person = person.id.0, ?no, "a passkey was refused");
            return Ok(None);
        }
    };
    // Of two uses of one copied authenticator, the second finds the counter gone on.
    if !store::note_use(&mut tx, known.id, (known.counter, counter), tools.now).await? {
        return Ok(None);
    }
    attempts::take_back_in(&mut tx, noted).await?;
    if let Some(old) = from.old_session {
        sessions::end_any(&mut tx, old).await?;
    }
    let (agent, address) = (from.user_agent, from.address);
    let (now, dice) = (tools.now, tools.dice);
    let token = sessions::open(&mut tx, person.id, agent, address, now, dice).await?;
    entering::note(&mut tx, person.id, Means::Passkey, address, now).await?;
    tx.commit().await?;
    Ok(Some(Opened { token, person }))
}

/// Gives a passkey another name.
///
/// # Errors
/// `NotFound` when it is not theirs; `Conflict`; `Invalid` at `name`.
pub async fn rename(
    tx: &mut Tx,
    person: PersonId,
    id: PasskeyId,
    seen: i64,
    typed: &str,
) -> Result<(), Error> {
    let mine = store::list(tx, person).await?;
    let known = mine
        .iter()
        .find(|one| one.id == id)
        .ok_or(Error::NotFound)?;
    if known.version != seen {
        let current = known.version;
        return Err(Error::Conflict(Clash::of(seen, current)));
    }
    store::rename(tx, id, name(typed)?).await
}

/// Takes a passkey away. One that is gone already is fine.
pub async fn remove(
    tx: &mut Tx,
    person: PersonId,
    id: PasskeyId,
    now: Moment,
) -> Result<(), Error> {
    if store::delete(tx, person, id).await? == 0 {
        return Ok(());
    }
    of_oneself(tx, Deed::PasskeyRemoved, person.0, now).await
}

/// Takes all of them away: their owner lost what they were on.
pub async fn forget(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    store::delete_of(tx, person).await
}

/// Clears away challenges that nobody answered.
pub async fn sweep(tx: &mut Tx, now: Moment) -> Result<(), Error> {
    store::delete_challenges_older(tx, now.minus(GOOD_FOR)).await
}
