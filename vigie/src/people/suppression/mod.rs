//! Addresses nothing is mailed to any more, and why (decision 0070): their server says that there is nobody, or their person
//! called our mail unwanted. Whoever works on a ticket of theirs reads it there, administrators see and lift it, and a letter
//! from such an address shows that somebody is there after all.
//!
//! Deliberately absent: what is asked for at that moment, such as a link for a new password, which is sent all the same.

pub mod api;
pub mod pages;
mod store;

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::{id, record, stored_words};
use letter::report::{DeliveryReport, Failure};

use crate::audit::{self, Deed, Entry, Field, Pen};

id! {
    /// An address nothing is mailed to.
    SuppressionId
}

stored_words! {
    /// Why nothing is mailed there.
    pub enum Reason {
        /// The relay was told that there is nobody.
        Refused = "refused",
        /// A mail came back: there is nobody.
        Bounced = "bounced",
        /// Its person called our mail unwanted.
        Complaint = "complaint",
    }
}

record! {
    /// An address nothing is mailed to.
    #[derive(Clone, Debug)]
    pub struct Suppressed {
        /// Its row.
        pub id: SuppressionId,
        /// It, in small letters.
        pub address: String,
        /// Why.
        pub reason: Reason,
        /// What the other side said, as far as it did.
        pub said: Option<String>,
        /// Since when.
        pub since: Moment,
        /// How many mails were held back since.
        pub held_back: i64,
    }
}

/// Whether a status says that nobody is at the address, rather than that this mail, this hour or this sender does not suit
/// (RFC 3463: 5.1.x is about addresses, 5.1.7 to 5.1.9 about the sender's; 5.2.1 is a mailbox switched off).
pub fn says_nobody(status: &str) -> bool {
    match status.strip_prefix("5.1.") {
        Some(detail) => !matches!(detail, "7" | "8" | "9"),
        None => status == "5.2.1",
    }
}

/// Why a report about a mail of ours ends what is mailed to its address, if it does.
pub fn of_report(report: &DeliveryReport) -> Option<Reason> {
    match (report.failure, report.status.as_deref()) {
        (Failure::Complaint, _) => Some(Reason::Complaint),
        (Failure::Permanent, Some(status)) if says_nobody(status) => Some(Reason::Bounced),
        _ => None,
    }
}

/// What is known of an address, in any letters.
pub async fn of(ask: &mut dyn Answers, address: &str) -> Result<Option<Suppressed>, Error> {
    store::of(ask, address).await
}

/// Mails nothing there from now on. What was said first stays, but for a complaint, which counts for more.
pub async fn suppress(
    tx: &mut Tx,
    address: &str,
    reason: Reason,
    said: Option<&str>,
    now: Moment,
) -> Result<(), Error> {
    store::suppress(tx, address, reason, said, now).await
}

/// Counts a mail that was held back.
pub async fn count(tx: &mut Tx, id: SuppressionId) -> Result<(), Error> {
    store::count(tx, id).await
}

/// There is somebody after all, as a letter from there shows or an administrator believes who tries again. A complaint stays,
/// for it was not about that.
pub async fn somebody_is_there(tx: &mut Tx, address: &str) -> Result<(), Error> {
    store::lift_where_nobody_was(tx, address).await
}

/// Forgets an address whose person is erased.
pub async fn forget(tx: &mut Tx, address: &str) -> Result<(), Error> {
    store::forget(tx, address).await
}

/// Addresses nothing is mailed to, the latest first, before one of them, as far as the actor sees the post.
pub async fn list(
    ask: &mut dyn Answers,
    actor: &Actor,
    before: Option<SuppressionId>,
    limit: i64,
) -> Result<Vec<Suppressed>, Error> {
    store::list(ask, actor, before, limit).await
}

/// How many there are.
pub async fn total(ask: &mut dyn Answers, actor: &Actor) -> Result<i64, Error> {
    store::total(ask, actor).await
}

/// Mails are sent there again from now on; what was held back stays unsent. Pressed twice, the second finds nothing to do.
///
/// # Errors
/// `NotFound` for whoever does not see it, or when it was lifted before.
pub async fn lift(tx: &mut Tx, actor: &Actor, id: SuppressionId, pen: Pen) -> Result<(), Error> {
    let stands = store::find(tx, actor, id).await?.ok_or(Error::NotFound)?;
    store::remove(tx, stands.id).await?;
    let entry = Entry::of(Deed::SuppressionLifted).field(Field::Email, &stands.address, "");
    audit::note(tx, pen, entry).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_that_nobody_is_there_or_a_complaint_ends_what_is_mailed() {
        let table = [
            (Failure::Permanent, Some("5.1.1"), Some(Reason::Bounced)),
            (Failure::Permanent, Some("5.1.10"), Some(Reason::Bounced)),
            (Failure::Permanent, Some("5.2.1"), Some(Reason::Bounced)),
            (Failure::Permanent, Some("5.1.8"), None),
            (Failure::Permanent, Some("5.7.1"), None),
            (Failure::Permanent, Some("5.3.4"), None),
            (Failure::Permanent, None, None),
            (Failure::Temporary, Some("4.1.1"), None),
            (Failure::Temporary, Some("5.2.2"), None),
            (Failure::Delayed, Some("4.4.1"), None),
            (Failure::Unknown, None, None),
            (Failure::Complaint, None, Some(Reason::Complaint)),
        ];
        for (failure, status, wanted) in table {
            let report = DeliveryReport {
                failure,
                status: status.map(str::to_owned),
                ..DeliveryReport::default()
            };
            assert_eq!(of_report(&report), wanted, "{failure:?} {status:?}");
        }
    }
}
