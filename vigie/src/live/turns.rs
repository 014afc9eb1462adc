//! How often a line tells, and how often it looks at what every page shows: who is in the sections, and
//! whether its list is behind. What that costs in all stays the same, however many lines there are.

use std::time::Duration;

use kit::clock::Span;
use presence::Section;

/// After so long what a line sees is asked again, should a change have gone unheard.
pub(super) const FRESH: Span = Span::minutes(1);

/// All lines together look once in so long.
const APART: Duration = Duration::from_millis(4);
/// And each of them not more often than this.
const AT_MOST: Duration = Duration::from_millis(500);
/// With more lines than this, a new one is told of the sections when it is its turn.
const MANY: usize = 300;
/// With more lines than this, others have come until the next look: what was seen is not worth keeping.
const TOO_MANY: usize = 2000;
/// Lines that come together look one after the other, in so many groups.
const GROUPS: u32 = 16;

/// Into how many shares a time is divided: a prime, so that no step of the numbers comes back to the same few.
const SHARES: u32 = 241;

/// What changes within this time is told together: a little for each line, within bounds.
const TOGETHER: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(300));
const TOGETHER_FOR_EACH: Duration = Duration::from_micros(30);

/// Which crowds stand: another number for each section whenever what is told of it is different.
pub type Turns = [u64; Section::ALL.len()];

/// From one telling of a line to its next, among so many lines.
pub(super) fn together(lines: usize) -> Duration {
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    let (least, most) = TOGETHER;
    TOGETHER_FOR_EACH.saturating_mul(lines).clamp(least, most)
}

/// From one look of a line to its next, among so many lines.
pub(super) fn pace(lines: usize) -> Duration {
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    APART.saturating_mul(lines).max(AT_MOST)
}

/// After how long the line of that number looks first.
pub(super) fn first(number: u64, lines: usize) -> Duration {
    let group = u32::try_from(number % u64::from(GROUPS)).unwrap_or_default();
    pace(lines) * (group + 1) / GROUPS
}

/// A share of a time that is another for lines that came one after the other. What every line does again and again
/// begins so, since ten thousand that came back within five seconds would do it together ever after.
pub(super) fn share(number: u64, whole: Duration) -> Duration {
    let share = u32::try_from(number % u64::from(SHARES)).unwrap_or_default();
    whole * (share + 1) / SHARES
}

/// How long before it came the line of that number may be taken to have asked what it sees: less than [`FRESH`].
pub(super) fn earlier(number: u64) -> Span {
    let minute = Duration::from_micros(FRESH.0.unsigned_abs());
    let left = minute.saturating_sub(share(number, minute)).as_micros();
    Span(i64::try_from(left).unwrap_or_default())
}

/// Whether a new line waits for its turn.
pub(super) fn are_taken(lines: usize) -> bool {
    lines > MANY
}

/// Whether what was seen at one look is kept for the next.
pub(super) fn are_soon(lines: usize) -> bool {
    lines <= TOO_MANY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lines_together_look_at_most_so_often_as_two_hundred_and_fifty_do_in_a_second() {
        assert_eq!(pace(1), AT_MOST);
        for lines in [150, 1_000, 10_000, 1_000_000] {
            let each = pace(lines).as_millis();
            assert!(lines as u128 * 1000 / each <= 250, "{lines}");
        }
        assert_eq!(pace(10_000), Duration::from_secs(40));
    }

    #[test]
    fn lines_that_come_together_do_not_look_together() {
        let mut first: Vec<_> = (0..32).map(|number| super::first(number, 10_000)).collect();
        first.sort();
        first.dedup();
        assert_eq!(first.len(), 16);
        assert_eq!(first.last(), Some(&pace(10_000)));
    }

    #[test]
    fn what_lines_do_each_minute_they_do_all_minute_long() {
        let minute = Duration::from_secs(60);
        let mut of_second = [0; 61];
        for number in 0..10_000 {
            of_second[usize::try_from(share(number, minute).as_secs()).unwrap_or(60)] += 1;
        }
        let most = of_second.iter().max();
        assert!(most.is_some_and(|most| *most < 200), "{of_second:?}");
        assert_eq!(share(240, minute), minute);
        assert_eq!(earlier(240), Span(0));
        assert!((0..241).all(|number| earlier(number) < FRESH));
    }

    #[test]
    fn what_is_told_waits_longer_on_a_larger_desk_and_never_long() {
        let waits: Vec<u128> = [1, 1_000, 5_000, 10_000, usize::MAX]
            .map(|lines| together(lines).as_millis())
            .into();
        assert_eq!(waits, [50, 50, 150, 300, 300]);
    }
}
