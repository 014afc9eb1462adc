//! What time it is. The only caller of the system clock; everybody else is handed a [`Clock`]
//! or a [`Moment`], so a test can turn time as it likes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A moment: microseconds since 1970-01-01 UTC, as the database stores it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// A length of time in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub i64);

impl Span {
    /// A span of whole seconds.
    pub const fn seconds(n: i64) -> Span {
        Span(n * 1_000_000)
    }
    /// A span of whole minutes.
    pub const fn minutes(n: i64) -> Span {
        Span::seconds(n * 60)
    }
    /// A span of whole hours.
    pub const fn hours(n: i64) -> Span {
        Span::minutes(n * 60)
    }
    /// A span of days of 24 hours.
    pub const fn days(n: i64) -> Span {
        Span::hours(n * 24)
    }
    /// The span in whole seconds, rounded up, for a `Retry-After`.
    pub const fn as_seconds_rounded_up(self) -> i64 {
        (self.0 + 999_999) / 1_000_000
    }
}

impl Moment {
    /// This moment plus a span; saturates instead of wrapping.
    pub const fn plus(self, span: Span) -> Moment {
        Moment(self.0.saturating_add(span.0))
    }
    /// This moment minus a span; saturates instead of wrapping.
    pub const fn minus(self, span: Span) -> Moment {
        Moment(self.0.saturating_sub(span.0))
    }
    /// How long after `earlier` this moment is.
    pub const fn since(self, earlier: Moment) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
    /// Reads RFC 3339, whatever its offset.
    pub fn parse(text: &str) -> Option<Moment> {
        let moment: jiff::Timestamp = text.parse().ok()?;
        Some(Moment(moment.as_microsecond()))
    }
    /// RFC 3339 in UTC with microseconds, as the API prints it.
    pub fn rfc3339(self) -> String {
        jiff::Timestamp::from_microsecond(self.0)
            .map(|t| t.to_string())
            .unwrap_or_default()
    }
}

/// Tells the time; cheap to clone. A stopped clock is for tests and only moves when told to.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Stopped(Arc<AtomicI64>),
}

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Clock {
        Clock(Source::System)
    }

    /// A clock that stands at `at` until [`Clock::advance`] moves it.
    pub fn stopped(at: Moment) -> Clock {
        Clock(Source::Stopped(Arc::new(AtomicI64::new(at.0))))
    }

    /// The present moment.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the system"
    )]
    pub fn now(&self) -> Moment {
        match &self.0 {
            Source::System => Moment(jiff::Timestamp::now().as_microsecond()),
            Source::Stopped(at) => Moment(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a stopped clock forward; the system clock does not listen.
    pub fn advance(&self, span: Span) {
        if let Source::Stopped(at) = &self.0 {
            at.fetch_add(span.0, Ordering::SeqCst);
        }
    }
}
