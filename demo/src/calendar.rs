//! Office hours: so that nobody in the demonstration writes at three in the morning.
//!
//! The two time zones of the company are computed from their rules of daylight saving (in force
//! since 1996 in Europe and 2007 in North America), because the desk reads no file.

use crate::dice::Dice;

pub(crate) const SECOND: i64 = 1_000_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

const MINUTES_PER_DAY: i64 = 24 * 60;
/// First minute of the day at which people write: 8:00.
const MORNING: i64 = 8 * 60;
/// Minute of the day after which they no longer do: 18:20.
const EVENING: i64 = 18 * 60 + 20;

/// The time zone of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    Paris,
    Montreal,
}

impl Zone {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Paris => "Europe/Paris",
            Self::Montreal => "America/Toronto",
        }
    }

    /// Minutes to add to UTC to read the time on the wall.
    const fn offset_minutes(self, at: i64) -> i64 {
        let day = at.div_euclid(DAY);
        let (year, _, _) = civil_from_days(day);
        match self {
            Self::Paris => {
                let start = sunday_on_or_before(days_from_civil(year, 3, 31)) * DAY + HOUR;
                let end = sunday_on_or_before(days_from_civil(year, 10, 31)) * DAY + HOUR;
                if at >= start && at < end { 120 } else { 60 }
            }
            Self::Montreal => {
                let start = sunday_on_or_before(days_from_civil(year, 3, 14)) * DAY + 7 * HOUR;
                let end = sunday_on_or_before(days_from_civil(year, 11, 7)) * DAY + 6 * HOUR;
                if at >= start && at < end { -240 } else { -300 }
            }
        }
    }

    /// The day (since 1970-01-01) and the minute of that day, on the wall.
    pub(crate) const fn local(self, at: i64) -> (i64, i64) {
        let minutes = at.div_euclid(MINUTE) + self.offset_minutes(at);
        (
            minutes.div_euclid(MINUTES_PER_DAY),
            minutes.rem_euclid(MINUTES_PER_DAY),
        )
    }

    /// The instant at which the wall shows that minute of that day.
    pub(crate) const fn instant(self, day: i64, minute: i64) -> i64 {
        let wall = day * DAY + minute * MINUTE;
        let guess = wall - self.offset_minutes(wall) * MINUTE;
        wall - self.offset_minutes(guess) * MINUTE
    }

    /// `at` when people are at work there, otherwise a moment early in their next working day.
    pub(crate) const fn at_work(self, at: i64, dice: &mut Dice) -> i64 {
        let (day, minute) = self.local(at);
        if is_working_day(day) && minute >= MORNING && minute < EVENING {
            return at;
        }
        let mut next = if minute < MORNING { day } else { day + 1 };
        while !is_working_day(next) {
            next += 1;
        }
        self.instant(next, MORNING + dice.between(0, 90)) + dice.between(0, 59) * SECOND
    }

    /// Whether people are at work there.
    pub(crate) const fn is_open(self, at: i64) -> bool {
        let (day, minute) = self.local(at);
        is_working_day(day) && minute >= MORNING && minute < EVENING
    }
}

/// Monday to Friday, but for the French public holidays that keep their date.
pub(crate) const fn is_working_day(day: i64) -> bool {
    // 1970-01-01 was a Thursday; 0 is Monday here.
    if (day + 3).rem_euclid(7) >= 5 {
        return false;
    }
    let (_, month, date) = civil_from_days(day);
    !matches!(
        (month, date),
        (1 | 5 | 11, 1) | (5, 8) | (7, 14) | (8, 15) | (11, 11) | (12, 25)
    )
}

/// The working day `back` working days before `day` (`day` itself for 0).
pub(crate) const fn working_days_before(day: i64, back: i64) -> i64 {
    let mut left = back;
    let mut found = day;
    while left > 0 {
        found -= 1;
        if is_working_day(found) {
            left -= 1;
        }
    }
    found
}

/// The last working day in Paris on which that minute has already passed.
pub(crate) const fn last_working_day(now: i64, minute: i64) -> i64 {
    let (mut day, _) = Zone::Paris.local(now);
    while !is_working_day(day) || Zone::Paris.instant(day, minute) > now {
        day -= 1;
    }
    day
}

const fn sunday_on_or_before(day: i64) -> i64 {
    day - (day + 4).rem_euclid(7)
}

/// Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub(crate) const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month, day; the inverse of [`days_from_civil`].
pub(crate) const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_clock_follows_daylight_saving() {
        let noon = |year, month, day| days_from_civil(year, month, day) * DAY + 12 * HOUR;
        assert_eq!(Zone::Paris.local(noon(2026, 7, 1)).1, 14 * 60);
        assert_eq!(Zone::Paris.local(noon(2026, 11, 23)).1, 13 * 60);
        assert_eq!(Zone::Montreal.local(noon(2026, 7, 1)).1, 8 * 60);
        assert_eq!(Zone::Montreal.local(noon(2026, 11, 23)).1, 7 * 60);
        // The two weeks of March when only America has changed.
        assert_eq!(Zone::Montreal.local(noon(2026, 3, 20)).1, 8 * 60);
        assert_eq!(Zone::Paris.local(noon(2026, 3, 20)).1, 13 * 60);
    }

    #[test]
    fn days_and_dates_agree() {
        assert_eq!(days_from_civil(1970, 1, 1), 0);
        for day in [-1, 0, 59, 60, 20_000, 20_780] {
            let (year, month, date) = civil_from_days(day);
            assert_eq!(days_from_civil(year, month, date), day);
        }
        assert!(is_working_day(days_from_civil(2026, 11, 20)), "a Friday");
        assert!(!is_working_day(days_from_civil(2026, 11, 21)), "a Saturday");
        assert!(!is_working_day(days_from_civil(2026, 7, 14)), "a holiday");
    }

    #[test]
    fn what_falls_on_a_sunday_waits_for_monday() {
        let sunday = Zone::Paris.instant(days_from_civil(2026, 11, 22), 700);
        let moved = Zone::Paris.at_work(sunday, &mut Dice::stream(1, 0, 0));
        assert_eq!(Zone::Paris.local(moved).0, days_from_civil(2026, 11, 23));
        assert!(Zone::Paris.is_open(moved));
    }
}
