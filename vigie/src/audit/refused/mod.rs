//! Requests of somebody signed in that were refused: counted beside the answer, told hour by hour (decision 0064).
//!
//! Deliberately absent: those of whoever is not signed in (tries to come in are told of where people come in), forms
//! with a mistake, and what colleagues cross each other with on tickets, which is work.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kit::authz::Way;
use kit::clock::{Moment, Span};
use kit::db::Db;
use kit::error::Error;
use kit::stored_words;

use super::{Deed, Entry, Field, Pen};

mod store;

stored_words! {
    /// What a refused request was answered.
    pub enum Answer {
        /// They may not.
        Forbidden = "forbidden",
        /// There is no such thing for them.
        NotThere = "not_there",
        /// It could not be read.
        Malformed = "malformed",
        /// It brought too much.
        TooLarge = "too_large",
        /// Somebody else had changed it since: of administration alone.
        Changed = "changed",
    }
}

impl Answer {
    /// What of a refusal is told, if it is; the request is its method and the pattern of its address.
    pub fn to(error: &Error, request: &str) -> Option<Answer> {
        match error {
            Error::Conflict(_) => Answer::to_conflict(request),
            // What a state or a moment does not let anybody do is no lack of right.
            Error::Forbidden(because) if because.0.starts_with("rule-") => None,
            Error::Forbidden(_) => Some(Answer::Forbidden),
            Error::NotFound => Some(Answer::NotThere),
            Error::TooLarge(_) => Some(Answer::TooLarge),
            Error::Invalid(faults) => {
                let is_unread = |key| matches!(key, "fault-json" | "fault-not-json");
                let unread = faults.0.iter().any(|fault| is_unread(fault.key));
                unread.then_some(Answer::Malformed)
            }
            _ => None,
        }
    }

    /// What of a change is told that somebody else was quicker with, if it is.
    pub fn to_conflict(request: &str) -> Option<Answer> {
        is_administration(request).then_some(Answer::Changed)
    }

    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Answer::Forbidden => "audit-answer-forbidden",
            Answer::NotThere => "audit-answer-not-there",
            Answer::Malformed => "audit-answer-malformed",
            Answer::TooLarge => "audit-answer-too-large",
            Answer::Changed => "audit-answer-changed",
        }
    }
}

/// Where administrators change things.
const ADMINISTRATION: &[&str] = &[
    "/admin/",
    "/api/v1/activity",
    "/api/v1/channels",
    "/api/v1/departments",
    "/api/v1/desk",
    "/api/v1/filters",
    "/api/v1/mail-texts",
    "/api/v1/mailboxes",
    "/api/v1/people",
    "/api/v1/retention",
    "/api/v1/roles",
    "/api/v1/scope-reviews",
    "/api/v1/teams",
];

/// Whether a request, its method and the pattern of its address, changes how the desk is set up or who may what.
fn is_administration(request: &str) -> bool {
    let path = request.split_once(' ').map_or(request, |(_, path)| path);
    ADMINISTRATION.iter().any(|place| path.starts_with(place))
}

/// A refused request, as those of one hour are told together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// Whose it was, whoever's eyes they looked with.
    pub person: i64,
    /// In a browser, or by a program.
    pub way: Way,
    /// Method and pattern of the address: addresses themselves may hold secrets.
    pub request: String,
    /// What it was answered.
    pub answer: Answer,
}

/// Reads of what is not there that one hour must hold to be told: an old link is no try, ten are a search.
pub const READS_TOLD_FROM: i64 = 10;
/// Entries that one telling makes at most; what is beyond is one entry more.
pub const MOST_TOLD: usize = 50;
/// Microseconds of an hour.
const HOUR: i64 = Span::hours(1).0;

/// What waits to be counted, in memory: under a storm many are written at once.
#[derive(Clone, Debug, Default)]
pub struct Tally(Arc<Mutex<BTreeMap<Refused, i64>>>);

impl Tally {
    /// Adds one; whether it is the first that waits, so that somebody is to [`Tally::write`] them.
    #[must_use]
    pub fn add(&self, refused: Refused) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = waiting.is_empty();
        *waiting.entry(refused).or_default() += 1;
        is_first
    }

    /// Counts what waits.
    ///
    /// # Errors
    /// Those of the store; what waited is then known to the log alone.
    pub async fn write(&self, db: &Db, now: Moment) -> Result<(), Error> {
        let begun = db.write().await;
        // Taken when the turn to write has come: whatever was refused until then is written with it. Taken when it never
        // comes, too, so that the next one begins anew.
        let waiting = {
            let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *waiting)
        };
        let mut tx = begun?;
        for (refused, count) in &waiting {
            store::add(&mut tx, refused, *count, now.0.div_euclid(HOUR)).await?;
        }
        tx.commit().await
    }
}

/// Tells the journal of hours that are over; how many entries that made.
///
/// # Errors
/// Those of the store.
pub async fn tell(db: &Db, now: Moment) -> Result<usize, Error> {
    // A request is counted a moment after it was refused.
    let hour = now.minus(Span::minutes(1)).0.div_euclid(HOUR);
    if !store::has_before(&mut db.read(), hour).await? {
        return Ok(0);
    }
    let mut tx = db.write().await?;
    let mut found = store::take_before(&mut tx, hour).await?;
    found.retain(store::Counted::is_told);
    found.sort_by(|a, b| {
        (-a.count, a.person_id, &a.request).cmp(&(-b.count, b.person_id, &b.request))
    });
    let rest = found.split_off(found.len().min(MOST_TOLD));
    for one in &found {
        let entry = Entry::of(Deed::RequestsRefused)
            .field(Field::Count, "", &one.count.to_string())
            .field(Field::Request, "", &one.request)
            .field(Field::Answer, "", one.answer.word())
            .field(Field::Hour, "", &Moment(one.hour * HOUR).rfc3339());
        let pen = Pen::of_earlier(one.person_id, one.way, now);
        super::note(&mut tx, pen, entry).await?;
    }
    if !rest.is_empty() {
        let count: i64 = rest.iter().map(|one| one.count).sum();
        let entry = Entry::of(Deed::RequestsRefused).field(Field::Count, "", &count.to_string());
        super::note(&mut tx, Pen::of_time(now), entry).await?;
    }
    tx.commit().await?;
    Ok(found.len() + usize::from(!rest.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::error::{Because, Clash};

    #[test]
    fn what_is_told_is_a_try_or_a_race_of_administrators_and_no_mistake() {
        for (error, told) in [
            (
                Error::Forbidden(Because("right-administer")),
                Some(Answer::Forbidden),
            ),
            (
                Error::Forbidden(Because("refusal-forged")),
                Some(Answer::Forbidden),
            ),
            (Error::Forbidden(Because("rule-state")), None),
            (Error::NotFound, Some(Answer::NotThere)),
            (Error::TooLarge(1), Some(Answer::TooLarge)),
            (Error::invalid("", "fault-json"), Some(Answer::Malformed)),
            (Error::invalid("name", "fault-missing"), None),
            (Error::SignedOut, None),
        ] {
            assert_eq!(
                Answer::to(&error, "POST /admin/roles/{id}"),
                told,
                "{error:?}"
            );
        }
        let conflict = Error::Conflict(Clash::of(1, 2));
        for (request, told) in [
            ("POST /admin/departments/{id}", Some(Answer::Changed)),
            ("PATCH /api/v1/roles/{id}", Some(Answer::Changed)),
            ("POST /tickets/{number}/subject", None),
            ("PATCH /api/v1/tickets/{number}", None),
            ("POST /replies/{id}", None),
        ] {
            assert_eq!(Answer::to(&conflict, request), told, "{request}");
        }
    }

    #[test]
    fn whoever_comes_first_writes_for_those_after() {
        let tally = Tally::default();
        let refused = Refused {
            person: 1,
            way: Way::Web,
            request: "GET /admin".to_owned(),
            answer: Answer::Forbidden,
        };
        assert!(tally.add(refused.clone()));
        assert!(!tally.add(refused));
    }
}
