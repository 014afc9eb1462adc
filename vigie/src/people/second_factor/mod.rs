//! A second factor beside the password: an authenticator app that shows a code every half minute, and
//! codes on paper for the day the phone is lost.
//!
//! The seed stands sealed in the database and is shown until the first code proves that the app has
//! it, never after. A code is good once, also the one of a moment ago.
//!
//! Deliberately absent: sessions. Whoever has yet to give a code holds no session at all (`halfway`),
//! so no page, program or file has to remember to ask.

use kit::clock::{Moment, Span};
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::ids::Dice;
use kit::seal::Seal;

use super::access::attempts::{self, Counted, Try};
use super::access::sign_in::Tools;
use super::access::{sessions, sign_in};
use super::{Person, PersonId};
use crate::audit::{Deed, of_oneself};

pub mod halfway;
pub mod pages;
pub mod square;
mod store;
pub mod totp;

/// A seed nobody confirmed for so long is made anew.
pub const UNCONFIRMED: Span = Span::minutes(30);
/// How many codes on paper one gets.
pub const RECOVERY_CODES: usize = 10;

/// How a person's second factor stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Since when codes are asked for; `None` when they are not.
    pub since: Option<Moment>,
    /// Codes on paper not used yet.
    pub recovery_left: i64,
}

/// What an app is set up with, shown until the first code.
#[derive(Clone, Debug)]
pub struct Offered {
    /// The key as one types it, in groups of four.
    pub key: String,
    /// The address that the square holds.
    pub uri: String,
}

fn place(person: PersonId) -> String {
    format!("second factor of person {person}")
}

/// Whether a code is asked for after the password.
pub async fn stands(ask: &mut dyn Answers, person: PersonId) -> Result<bool, Error> {
    Ok(standing(ask, person).await?.since.is_some())
}

/// How it stands.
pub async fn standing(ask: &mut dyn Answers, person: PersonId) -> Result<Standing, Error> {
    let row = store::factor(ask, person).await?;
    Ok(Standing {
        since: row.and_then(|row| row.confirmed_at),
        recovery_left: store::recovery_left(ask, person).await?,
    })
}

/// Makes a seed to be confirmed; one that waits is replaced, one that stands stays.
pub async fn offer(
    tx: &mut Tx,
    seal: &Seal,
    person: PersonId,
    now: Moment,
    dice: &Dice,
) -> Result<(), Error> {
    let seed: [u8; totp::SEED] = dice.bytes();
    let sealed = seal.close(&seed, &place(person), dice)?;
    store::put_offered(tx, person, &sealed, now).await
}

/// What waits to be confirmed, as the app takes it; `issuer` is what the app calls the desk.
pub async fn offered(
    ask: &mut dyn Answers,
    seal: &Seal,
    person: &Person,
    issuer: &str,
    now: Moment,
) -> Result<Option<Offered>, Error> {
    let Some(row) = store::factor(ask, person.id)
        .await?
        .filter(|row| row.confirmed_at.is_none() && now.since(row.created_at) < UNCONFIRMED)
    else {
        return Ok(None);
    };
    let seed = seal.open(&row.sealed_seed, &place(person.id))?;
    Ok(Some(Offered {
        key: totp::in_groups(&seed),
        uri: totp::uri(issuer, &person.email, &seed),
    }))
}

/// Confirms the seed that waits, with the password and a code of the app; gives the codes on paper,
/// this once. Other sessions end: whoever is in there was never asked for a code.
///
/// # Errors
/// `Invalid` at `password` or `code`; `NotFound` when nothing waits; `TooMany`.
pub async fn confirm(
    tools: &Tools<'_>,
    person: &Person,
    session: &str,
    password: &str,
    typed: &str,
) -> Result<Vec<String>, Error> {
    let now = tools.now;
    let waiting = store::factor(&mut tools.db.read(), person.id).await?;
    let waiting = waiting
        .filter(|row| row.confirmed_at.is_none() && now.since(row.created_at) < UNCONFIRMED)
        .ok_or(Error::NotFound)?;
    sign_in::prove_password(tools, person, password, "password").await?;
    let noted = note(tools, person.id).await?;
    let seed = tools.seal.open(&waiting.sealed_seed, &place(person.id))?;
    let step = totp::step_of(&seed, &plain(typed), now)
        .ok_or(Error::invalid("code", "access-code-wrong"))?;
    let mut tx = tools.db.write().await?;
    if !store::confirm(&mut tx, person.id, &waiting.sealed_seed, step, now).await? {
        return Err(Error::NotFound);
    }
    attempts::take_back_in(&mut tx, noted).await?;
    let codes = new_codes(&mut tx, tools, person.id).await?;
    sessions::end_others(&mut tx, person.id, session).await?;
    of_oneself(&mut tx, Deed::SecondFactorSet, person.id.0, now).await?;
    tx.commit().await?;
    Ok(codes)
}

/// New codes on paper; the old ones are void.
///
/// # Errors
/// `Invalid` at `password` or `code`; `TooMany`.
pub async fn renew_codes(
    tools: &Tools<'_>,
    person: &Person,
    password: &str,
    typed: &str,
) -> Result<Vec<String>, Error> {
    let mut tx = prove_both(tools, person, password, typed).await?;
    let codes = new_codes(&mut tx, tools, person.id).await?;
    of_oneself(&mut tx, Deed::CodesRenewed, person.id.0, tools.now).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Puts one's own second factor away. Nothing to put away is fine.
///
/// # Errors
/// `Invalid` at `password` or `code`; `TooMany`.
pub async fn remove(
    tools: &Tools<'_>,
    person: &Person,
    password: &str,
    typed: &str,
) -> Result<(), Error> {
    if !stands(&mut tools.db.read(), person.id).await? {
        return Ok(());
    }
    let mut tx = prove_both(tools, person, password, typed).await?;
    forget(&mut tx, person.id).await?;
    of_oneself(&mut tx, Deed::SecondFactorRemoved, person.id.0, tools.now).await?;
    tx.commit().await
}

/// Forgets somebody's second factor, whoever asks: their administrator did, or they themselves.
pub async fn forget(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    store::forget(tx, person).await
}

/// Uses a code of the app, or one on paper, up. Tries are counted before they are judged.
///
/// # Errors
/// `Invalid` at `code`; `TooMany` after five wrong ones in a quarter of an hour.
pub async fn prove(tools: &Tools<'_>, person: PersonId, typed: &str) -> Result<Tx, Error> {
    let noted = note(tools, person).await?;
    prove_noted(tools, person, typed, noted).await
}

/// The same for whoever comes in by it: counted by their address, too, and told of when it fails.
///
/// # Errors
/// As for [`prove`]; `TooMany` after too many failures from this address as well.
pub async fn prove_to_enter(
    tools: &Tools<'_>,
    person: PersonId,
    typed: &str,
    tried: Try<'_>,
) -> Result<Tx, Error> {
    let subject = format!("person {person}");
    let counted = [
        (Counted::Code, subject.as_str()),
        (Counted::Address, tried.address),
    ];
    let noted = attempts::note_try(tools.db, Some(tried), &counted, tools.now).await?;
    prove_noted(tools, person, typed, noted).await
}

async fn prove_noted(
    tools: &Tools<'_>,
    person: PersonId,
    typed: &str,
    noted: attempts::Noted,
) -> Result<Tx, Error> {
    let mut tx = tools.db.write().await?;
    if !use_up(&mut tx, tools, person, &plain(typed)).await? {
        return Err(Error::invalid("code", "access-code-wrong"));
    }
    attempts::take_back_in(&mut tx, noted).await?;
    Ok(tx)
}

async fn prove_both(
    tools: &Tools<'_>,
    person: &Person,
    password: &str,
    typed: &str,
) -> Result<Tx, Error> {
    sign_in::prove_password(tools, person, password, "password").await?;
    prove(tools, person.id, typed).await
}

async fn note(tools: &Tools<'_>, person: PersonId) -> Result<attempts::Noted, Error> {
    let subject = format!("person {person}");
    attempts::note(tools.db, &[(Counted::Code, &subject)], tools.now).await
}

/// A code as it is compared: people type spaces, dashes and capitals.
fn plain(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(64)
        .flat_map(char::to_lowercase)
        .collect()
}

async fn use_up(
    tx: &mut Tx,
    tools: &Tools<'_>,
    person: PersonId,
    code: &str,
) -> Result<bool, Error> {
    let Some(row) = store::factor(tx, person).await? else {
        return Ok(false);
    };
    if row.confirmed_at.is_none() {
        return Ok(false);
    }
    if code.len() == totp::DIGITS {
        let seed = tools.seal.open(&row.sealed_seed, &place(person))?;
        return match totp::step_of(&seed, code, tools.now) {
            Some(step) => store::use_step(tx, person, step).await,
            None => Ok(false),
        };
    }
    store::use_recovery(tx, person, &tools.seal.digest(code), tools.now).await
}

async fn new_codes(tx: &mut Tx, tools: &Tools<'_>, person: PersonId) -> Result<Vec<String>, Error> {
    store::delete_recovery(tx, person).await?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let code = tools.dice.token()[..10].to_owned();
        store::insert_recovery(tx, person, &tools.seal.digest(&code)).await?;
        codes.push(format!("{}-{}", &code[..5], &code[5..]));
    }
    Ok(codes)
}
