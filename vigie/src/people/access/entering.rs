//! What the journal is told of coming in: who did, by which way and from where; and together, hour by hour,
//! who tried and did not, so that whoever tries a thousand names fills no journal (decision 0036).

use kit::clock::{Moment, Span};
use kit::db::{Db, Tx};
use kit::error::Error;
use kit::{record, stored_words};

use super::store;
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::PersonId;

stored_words! {
    /// By which way somebody comes in.
    pub enum Means {
        /// A password.
        Password = "password",
        /// A code that was mailed.
        MailedCode = "mailed_code",
        /// A passkey.
        Passkey = "passkey",
        /// A password, and a code of an app or on paper.
        PasswordAndCode = "password_and_code",
        /// A mailed code, and one of an app or on paper.
        MailedCodeAndCode = "mailed_code_and_code",
    }
}

impl Means {
    /// The same with a second factor after it.
    #[must_use]
    pub const fn and_code(self) -> Means {
        match self {
            Means::MailedCode | Means::MailedCodeAndCode => Means::MailedCodeAndCode,
            _ => Means::PasswordAndCode,
        }
    }

    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Means::Password => "audit-means-password",
            Means::MailedCode => "audit-means-mailed-code",
            Means::Passkey => "audit-means-passkey",
            Means::PasswordAndCode => "audit-means-password-and-code",
            Means::MailedCodeAndCode => "audit-means-mailed-code-and-code",
        }
    }
}

record! {
    /// Tries that failed, told together.
    #[derive(Clone, Debug)]
    pub struct Failures {
        /// At whose account, as attempts are counted; empty for names that nobody has.
        pub whose: String,
        /// By which way.
        pub means: Means,
        /// From where; empty where it is not known.
        pub address: String,
        /// In which hour, counted from the beginning of time.
        pub hour: i64,
        /// How many.
        pub n: i64,
    }
}

/// Entries that one telling makes at most; what is beyond is one entry more.
pub const MOST_TOLD: i64 = 50;
/// Microseconds of an hour.
const HOUR: i64 = Span::hours(1).0;

/// Notes that somebody came in.
pub async fn note(
    tx: &mut Tx,
    person: PersonId,
    means: Means,
    address: &str,
    now: Moment,
) -> Result<(), Error> {
    let entry = Entry::of(Deed::SignedIn)
        .person(person.0)
        .field(Field::Means, "", means.word())
        .field(Field::Address, "", address);
    audit::note(tx, Pen::of_themselves(person.0, now), entry).await
}

/// The end of the hours that can be told of: those that are over, and in which nobody is still being judged.
fn edge(now: Moment) -> Moment {
    let settled = now.minus(Span::minutes(1)).0;
    Moment(settled - settled.rem_euclid(HOUR))
}

/// Tells the journal of the failed tries of hours that are over; how many entries that made.
pub async fn tell(db: &Db, now: Moment) -> Result<usize, Error> {
    if store::count_failures(&mut db.read(), None, edge(now)).await? == 0 {
        return Ok(0);
    }
    let mut tx = db.write().await?;
    let told = tell_failures(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(told)
}

/// The same within a change; of one account, whatever the hour, if it is given.
pub async fn tell_failures(
    tx: &mut Tx,
    account: Option<&str>,
    now: Moment,
) -> Result<usize, Error> {
    let before = match account {
        Some(_) => Moment(now.0 + 1),
        None => edge(now),
    };
    let all = store::count_failures(tx, account, before).await?;
    if all == 0 {
        return Ok(0);
    }
    let found = store::failures(tx, account, before, MOST_TOLD).await?;
    store::failures_told(tx, account, before).await?;
    let told: i64 = found.iter().map(|one| one.n).sum();
    for one in &found {
        audit::note(tx, Pen::of_time(now), entry(one)).await?;
    }
    let rest = all - told;
    if rest > 0 {
        let entry = Entry::of(Deed::SignInFailed).field(Field::Count, "", &rest.to_string());
        audit::note(tx, Pen::of_time(now), entry).await?;
    }
    Ok(found.len() + usize::from(rest > 0))
}

fn entry(one: &Failures) -> Entry {
    let entry = Entry::of(Deed::SignInFailed)
        .field(Field::Count, "", &one.n.to_string())
        .field(Field::Means, "", one.means.word())
        .field(Field::Address, "", &one.address)
        .field(Field::Hour, "", &Moment(one.hour * HOUR).rfc3339());
    match one.whose.strip_prefix("person ").map(str::parse) {
        Some(Ok(person)) => entry.person(person),
        _ => entry,
    }
}
