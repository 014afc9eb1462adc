//! When an agent was last there by their own hand, and when they were last away for long (decision 0081).
//!
//! Deliberately absent: earlier absences, how long anybody works, and anybody else who may read it. It is kept so that
//! whoever comes back can be told what happened meanwhile, and for nothing else.

mod store;

use kit::clock::{Moment, Span};
use kit::db::{Answers, Db, Tx};
use kit::error::Error;
use kit::record;

use super::PersonId;
use super::access::sessions::SEEN_EVERY;

/// Whoever was not there for so long was away.
pub const AWAY_AFTER: Span = Span::hours(4);
/// For so long after their return it is told what happened.
pub const TOLD_FOR: Span = Span::days(7);

record! {
    /// The last time somebody was away.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Absence {
        /// When they were last there before, within [`SEEN_EVERY`].
        pub away_since: Moment,
        /// When they came back.
        pub away_until: Moment,
        /// When they looked at what happened meanwhile, if they did.
        pub looked_at: Option<Moment>,
    }
}

/// What a sign of somebody's own hand is, after the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It was noted a moment ago that they are there.
    Known,
    /// They are there: to be noted beside what they ask.
    There,
    /// They come back: to be noted before they are shown anything.
    Back,
}

impl Sign {
    /// At this moment, when they were last there, if they ever were.
    #[must_use]
    pub fn after(there_at: Option<Moment>, now: Moment) -> Sign {
        match there_at.map(|before| now.since(before)) {
            None => Sign::There,
            Some(passed) if passed >= AWAY_AFTER => Sign::Back,
            Some(passed) if passed >= SEEN_EVERY => Sign::There,
            Some(_) => Sign::Known,
        }
    }
}

/// Notes that somebody is there. After [`AWAY_AFTER`] their absence ends by it and takes the place of the one before; of two
/// requests at once, the first ends it.
pub async fn there(tx: &mut Tx, person: PersonId, now: Moment) -> Result<(), Error> {
    store::there(tx, person, now, now.minus(AWAY_AFTER)).await
}

/// Somebody's last absence, as long as it is to be told of.
pub async fn told(
    ask: &mut dyn Answers,
    person: PersonId,
    now: Moment,
) -> Result<Option<Absence>, Error> {
    store::told(ask, person, now.minus(TOLD_FOR)).await
}

/// Notes that they looked at what happened in the absence that began then.
pub async fn look(db: &Db, person: PersonId, away_since: Moment, now: Moment) -> Result<(), Error> {
    let mut tx = db.write().await?;
    store::look(&mut tx, person, away_since, now).await?;
    tx.commit().await
}

/// Puts away what is told of the absence that began then. Of another one, such as on a page from before, it does nothing.
pub async fn dismiss(
    tx: &mut Tx,
    person: PersonId,
    away_since: Moment,
    now: Moment,
) -> Result<(), Error> {
    store::dismiss(tx, person, away_since, now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_not_there_for_four_hours_comes_back() {
        let now = Moment(1_795_439_280_000_000);
        for (passed, sign) in [
            (Span::minutes(0), Sign::Known),
            (Span::seconds(59), Sign::Known),
            (Span::minutes(1), Sign::There),
            (Span(AWAY_AFTER.0 - 1), Sign::There),
            (AWAY_AFTER, Sign::Back),
            (Span::days(400), Sign::Back),
            // Another node's clock is ahead.
            (Span::seconds(-5), Sign::Known),
        ] {
            assert_eq!(
                Sign::after(Some(now.minus(passed)), now),
                sign,
                "{passed:?}"
            );
        }
        assert_eq!(Sign::after(None, now), Sign::There, "they never were");
    }
}
