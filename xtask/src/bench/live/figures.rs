//! What was counted of a floor at work, and what pages know beside what is true.

use std::fmt;
use std::time::Duration;

/// The times of something, in one line.
pub fn times(what: &str, mut all: Vec<Duration>) -> String {
    all.sort();
    let at = |percent: usize| {
        let at = (all.len() * percent / 100).min(all.len().saturating_sub(1));
        all.get(at).map_or(0.0, |it| it.as_secs_f64() * 1000.0)
    };
    format!(
        "{what}: p50 {:.0} ms, p99 {:.0} ms, most {:.0} ms ({} seen)",
        at(50),
        at(99),
        at(100),
        all.len()
    )
}

/// What was counted of a floor at work.
#[derive(Debug)]
pub struct Figures {
    /// How long it took until others saw what somebody did.
    pub arrivals: String,
    /// How long it took until pages were told that a ticket they show changed.
    pub changes: String,
    /// What came to all pages.
    pub kibibytes: f64,
}

/// What pages know, beside what is true.
#[derive(Debug, Default)]
pub struct Audit {
    /// Tickets that were compared.
    pub compared: u64,
    /// Those with other people than the page knows.
    pub missed: u64,
    /// Those that stand at another version than the page was told.
    pub behind: u64,
    /// Frames whose number was not the next.
    pub gaps: u64,
    /// Tickets that pages were told they do not see.
    pub gone: u64,
    /// The first page that knows of other people, in words.
    pub first: Option<String>,
}

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} tickets on pages compared, {} with other people, {} at another version, {} gaps, {} gone",
            self.compared, self.missed, self.behind, self.gaps, self.gone
        )?;
        match &self.first {
            Some(first) => write!(f, " (first: {first})"),
            None => Ok(()),
        }
    }
}
