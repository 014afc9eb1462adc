//! How often anybody may try, by account and by network address.
//!
//! An attempt is written down before it is judged, so that a hundred at once see each other; one
//! that is refused for coming too often is taken back, so that hammering does not prolong itself.

use kit::clock::{Moment, Span};
use kit::db::{Db, Tx};
use kit::error::Error;
use kit::stored_words;

use super::entering::{self, Means};
use super::store;

stored_words! {
    /// What is counted.
    pub enum Counted {
        /// Failed sign-ins with one account's name.
        Account = "account",
        /// Failed sign-ins from one address.
        Address = "address",
        /// Password links asked for one account.
        LinkAccount = "link_account",
        /// Password links asked from one address.
        LinkAddress = "link_address",
        /// Wrong current passwords, when changing it.
        Change = "change",
        /// Wrong codes of a second factor.
        Code = "code",
        /// Codes asked for one account by mail.
        MailedAccount = "mailed_account",
        /// Codes asked by mail from one address.
        MailedAddress = "mailed_address",
        /// Wrong codes typed where one was asked for.
        MailedTry = "mailed_try",
        /// Challenges for passkeys given to one address.
        Challenge = "challenge",
    }
}

/// The longest window below; older attempts are of no use.
pub const LONGEST_WINDOW: Span = Span::hours(1);

impl Counted {
    /// So many within so long are allowed.
    pub const fn limit(self) -> (i64, Span) {
        match self {
            Counted::Account => (10, Span::minutes(15)),
            Counted::Address => (50, Span::minutes(15)),
            Counted::LinkAccount => (3, Span::hours(1)),
            Counted::LinkAddress => (20, Span::hours(1)),
            Counted::Change => (10, Span::minutes(15)),
            // Three of a million codes fit at any time, and whoever tries has the password already.
            Counted::Code => (5, Span::minutes(15)),
            Counted::MailedAccount => (5, Span::hours(1)),
            Counted::MailedAddress => (20, Span::hours(1)),
            Counted::MailedTry => (5, Span::hours(1)),
            Counted::Challenge => (120, Span::minutes(15)),
        }
    }
}

/// Attempts written down, to be taken back when they turn out well.
#[derive(Debug)]
#[must_use]
pub struct Noted(Vec<i64>);

/// A try to come in, of which the journal tells when it fails.
#[derive(Clone, Copy, Debug)]
pub struct Try<'a> {
    /// By which way.
    pub means: Means,
    /// From where.
    pub address: &'a str,
}

/// Writes attempts down, or refuses.
///
/// # Errors
/// `TooMany`, with the span until the next may come.
pub async fn note(db: &Db, attempts: &[(Counted, &str)], now: Moment) -> Result<Noted, Error> {
    note_try(db, None, attempts, now).await
}

/// The same for a try to come in; the first of the attempts says whose account it was at.
///
/// # Errors
/// `TooMany`, with the span until the next may come.
pub async fn note_try(
    db: &Db,
    tried: Option<Try<'_>>,
    attempts: &[(Counted, &str)],
    now: Moment,
) -> Result<Noted, Error> {
    let mut noted = Noted(vec![]);
    let mut tx = db.write().await?;
    for (at, (counted, subject)) in attempts.iter().enumerate() {
        let tried = tried.filter(|_| at == 0);
        let id = store::insert_attempt(&mut tx, *counted, subject, tried, now).await?;
        noted.0.push(id);
    }
    tx.commit().await?;
    let mut reader = db.read();
    for (counted, subject) in attempts {
        let (most, window) = counted.limit();
        let seen =
            store::attempts(&mut reader, *counted, subject, now.minus(window), most + 1).await?;
        if seen.len() as i64 > most {
            let oldest = seen.last().copied().unwrap_or(now);
            take_back(db, noted).await?;
            let wait = oldest.plus(window).since(now);
            return Err(Error::TooMany(wait.max(Span::seconds(1))));
        }
    }
    Ok(noted)
}

/// Forgets attempts that turned out well, or were refused.
pub async fn take_back(db: &Db, noted: Noted) -> Result<(), Error> {
    let mut tx = db.write().await?;
    take_back_in(&mut tx, noted).await?;
    tx.commit().await
}

/// The same within a change being made.
pub async fn take_back_in(tx: &mut Tx, noted: Noted) -> Result<(), Error> {
    for id in noted.0 {
        store::delete_attempt(tx, id).await?;
    }
    Ok(())
}

/// Forgets every failed sign-in of an account: its password was just set anew. The journal hears of them
/// before.
pub async fn forgive(tx: &mut Tx, account: &str, now: Moment) -> Result<(), Error> {
    entering::tell_failures(tx, Some(account), now).await?;
    store::delete_attempts(tx, Counted::Account, account).await
}
