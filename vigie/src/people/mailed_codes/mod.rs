//! One-time codes by mail, for people with a portal account who would rather not keep a password.
//!
//! A code is bound to the address it was sent to, to the browser that asked (its cookie) and to that
//! one request: the code of another request is worth nothing here, even to the same person. Known and
//! unknown addresses get the same answers after the same work; the mail is written beside the answer.
//!
//! Deliberately absent: staff, whose mailboxes should not open the desk, and the second factor, which
//! comes after the code as it does after a password.

use kit::clock::{Moment, Span};
use kit::db::Tx;
use kit::error::Error;
use kit::ids::{Dice, digest};
use kit::seal::Seal;

use super::access::attempts::{self, Counted, Try};
use super::access::entering::Means;
use super::access::sign_in::{self, AccountMail, Entered, Tools, Whence};
use super::{Person, PersonId, email_key};

pub mod pages;
mod store;

/// A code is good for so long.
pub const GOOD_FOR: Span = Span::minutes(10);
/// Digits of a code.
pub const DIGITS: usize = 8;

/// Whether somebody may come in by a code in their mailbox.
fn may_receive(person: &Person) -> bool {
    person.has_portal && person.role.is_none() && person.may_sign_in()
}

/// Whom a code may be mailed to: nobody when the name is unknown, staff, shut out, or asked for too
/// often. Whoever asks hears the same.
///
/// # Errors
/// `TooMany` when this address asked too often, whatever the names.
pub async fn whom(tools: &Tools<'_>, name: &str, address: &str) -> Result<Option<Person>, Error> {
    let counted = (Counted::MailedAccount, Counted::MailedAddress);
    let person = sign_in::whom_to_mail(tools, name, address, counted).await?;
    Ok(person.filter(may_receive))
}

/// Writes the mail with a code that only the browser with this token can use; older codes of the
/// person are void. `link_base` is the address people use.
pub async fn send(
    tx: &mut Tx,
    person: &Person,
    token: &str,
    seal: &Seal,
    link_base: &str,
    (now, dice): (Moment, &Dice),
) -> Result<(), Error> {
    let number = u64::from_be_bytes(dice.bytes()) % 100_000_000;
    let code = format!("{number:08}");
    store::delete_of(tx, person.id).await?;
    let hash = code_hash(seal, token, &code);
    let key = email_key(&person.email);
    store::insert(tx, &digest(token), person.id, &key, &hash, now).await?;
    let mail = AccountMail::SignInCode {
        code: &code,
        link: &format!("{link_base}/login/mailed/code"),
    };
    sign_in::write_account_mail(tx, person, &mail, link_base, now, dice).await
}

/// The code alone is never hashed: the same digits in another browser are another code.
fn code_hash(seal: &Seal, token: &str, code: &str) -> String {
    seal.digest(&format!("mailed code {token} {code}"))
}

/// Comes in with a code.
///
/// # Errors
/// `Invalid` at `code`, for whatever reason it is none; `TooMany` after five wrong ones in one
/// request, or too many from one address.
pub async fn enter(
    tools: &Tools<'_>,
    token: &str,
    typed: &str,
    from: &Whence<'_>,
) -> Result<Entered, Error> {
    let request = digest(token);
    let tries = [
        (Counted::MailedTry, request.as_str()),
        (Counted::Address, from.address),
    ];
    let tried = Try {
        means: Means::MailedCode,
        address: from.address,
    };
    let noted = attempts::note_try(tools.db, Some(tried), &tries, tools.now).await?;
    let typed: String = typed
        .chars()
        .filter(char::is_ascii_digit)
        .take(64)
        .collect();
    let hash = code_hash(tools.seal, token, &typed);
    let wrong = || Error::invalid("code", "access-mailed-wrong");
    let mut tx = tools.db.write().await?;
    // Used by being taken away: of two who try at once, one gets it.
    let since = tools.now.minus(GOOD_FOR);
    let found = store::take(&mut tx, &request, &hash, since).await?;
    let found = found.ok_or_else(wrong)?;
    let person = super::find(&mut tx, found.person_id).await?;
    let is_theirs = email_key(&person.email) == found.email_key;
    if !is_theirs || !may_receive(&person) {
        return Err(wrong());
    }
    attempts::take_back_in(&mut tx, noted).await?;
    sign_in::let_in(tools, tx, person, Means::MailedCode, from).await
}

/// Voids every code of a person.
pub async fn end_all(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    store::delete_of(tx, person).await
}

/// Clears away what nobody used.
pub async fn sweep(tx: &mut Tx, now: Moment) -> Result<(), Error> {
    store::delete_older(tx, now.minus(GOOD_FOR)).await
}
