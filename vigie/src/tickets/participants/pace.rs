//! How many people somebody may let in within an hour. Pure: the clock is an argument.
//!
//! Whoever is not staff types addresses, and each unknown one becomes a person who is mailed: without a
//! bound, an account of the portal would write to the world in the desk's name. Known and unknown
//! addresses count alike, so that the bound tells nobody who is known here.

use kit::clock::{Moment, Span};

/// The most people whoever is not staff lets in within [`WINDOW`].
pub const MOST: usize = 20;
/// How long an invitation counts.
pub const WINDOW: Span = Span::hours(1);

/// Whether these invitations of one person, the last of them made now, are more than they may make.
pub fn is_too_fast(invitations: &[Moment], now: Moment) -> bool {
    let lately = invitations.iter().filter(|at| at.plus(WINDOW) > now);
    lately.count() > MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_people_an_hour_and_not_one_more() {
        let now = Moment(10 * Span::hours(1).0);
        let ago = |minutes: i64| now.minus(Span::minutes(minutes));
        let mut made = vec![ago(59); MOST - 1];
        made.push(now);
        assert!(!is_too_fast(&made, now));
        made.push(now);
        assert!(is_too_fast(&made, now));
        // An hour later the first ones no longer count.
        assert!(!is_too_fast(&made, now.plus(Span::minutes(1))));
        let old = vec![ago(60); 500];
        assert!(!is_too_fast(&old, now));
    }
}
