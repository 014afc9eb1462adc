//! At which hours of their own day somebody is told, and which of these is due (feature N-26, trap E-36). Pure.
//!
//! An hour of a day is one moment, whatever the clocks do that day: one that they skip is the moment at which they go
//! on, one that comes twice is the first of both. So each is told once, and two that fall together are told as one.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use kit::clock::{Moment, Span};
use kit::error::{Error, Fields};
use kit::record;

/// How late an hour may still be told, such as when the desk was shut. Later it is left out: what it would say is said
/// better by the next.
pub const LATEST: Span = Span::hours(4);

record! {
    /// The hours of somebody's day.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Hours {
        /// From 0 to 23.
        pub first_hour: i64,
        /// Another one, from 0 to 23.
        pub second_hour: Option<i64>,
        /// On Saturdays and Sundays too.
        pub at_weekends: bool,
    }
}

impl Hours {
    /// What everybody has who chose nothing.
    pub const USUAL: Hours = Hours {
        first_hour: 8,
        second_hour: None,
        at_weekends: false,
    };

    /// Looks at what was chosen.
    ///
    /// # Errors
    /// `Invalid` at the hour that is none, or the same as the other.
    pub fn check(self) -> Result<Hours, Error> {
        let mut faults = Fields::default();
        let is_hour = |hour: i64| (0..24).contains(&hour);
        faults.require(is_hour(self.first_hour), "first", "fault-report-hour");
        faults.require(
            self.second_hour.is_none_or(is_hour),
            "second",
            "fault-report-hour",
        );
        faults.require(
            self.second_hour != Some(self.first_hour),
            "second",
            "fault-report-hour-same",
        );
        faults.settle()?;
        Ok(self)
    }

    /// The latest hour that has come and was not told: what is to be told now. Of several that were missed it is
    /// the last, for all would say the same.
    #[must_use]
    pub fn due(&self, told_until: Moment, now: Moment, zone: &TimeZone) -> Option<Moment> {
        let today = day(now, zone)?;
        // One that is late may be yesterday's.
        let days = [today.yesterday().ok(), Some(today)];
        let all = days
            .into_iter()
            .flatten()
            .flat_map(|day| self.of(day, zone));
        all.filter(|at| *at <= now && *at > told_until && now.since(*at) <= LATEST)
            .max()
    }

    /// The next hour after a moment.
    #[must_use]
    pub fn next(&self, after: Moment, zone: &TimeZone) -> Option<Moment> {
        let mut date = day(after, zone)?;
        // A weekend, and the day on which it begins.
        for _ in 0..4 {
            let coming = self.of(date, zone).into_iter().filter(|at| *at > after);
            if let Some(at) = coming.min() {
                return Some(at);
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// The moments of a day.
    fn of(&self, date: Date, zone: &TimeZone) -> Vec<Moment> {
        let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        if is_weekend && !self.at_weekends {
            return vec![];
        }
        let hours = [Some(self.first_hour), self.second_hour];
        let moment = |hour: i64| {
            let local = date.at(i8::try_from(hour).ok()?, 0, 0, 0);
            let at = local.to_zoned(zone.clone()).ok()?;
            Some(Moment(at.timestamp().as_microsecond()))
        };
        hours.into_iter().flatten().filter_map(moment).collect()
    }
}

fn day(at: Moment, zone: &TimeZone) -> Option<Date> {
    let at = jiff::Timestamp::from_microsecond(at.0).ok()?;
    Some(at.to_zoned(zone.clone()).date())
}

/// Where somebody is: their own zone, or the desk's.
#[must_use]
pub fn zone(own: Option<&str>, desks: &str) -> TimeZone {
    TimeZone::get(own.unwrap_or(desks)).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(local: &str, zone: &str) -> Moment {
        let zoned: jiff::Zoned = format!("{local}[{zone}]").parse().unwrap();
        Moment(zoned.timestamp().as_microsecond())
    }

    fn said(at: Moment, zone: &TimeZone) -> String {
        let at = jiff::Timestamp::from_microsecond(at.0).unwrap();
        at.to_zoned(zone.clone())
            .strftime("%m-%d %H:%M")
            .to_string()
    }

    /// What a desk tells that looks every seven minutes, from one local moment to another.
    fn told(hours: Hours, zone_name: &str, from: &str, until: &str) -> Vec<String> {
        let zone = TimeZone::get(zone_name).unwrap();
        let (mut now, until) = (at(from, zone_name), at(until, zone_name));
        let (mut told_until, mut all) = (now, vec![]);
        while now <= until {
            if let Some(due) = hours.due(told_until, now, &zone) {
                told_until = due;
                all.push(said(due, &zone));
            }
            now = now.plus(Span::minutes(7));
        }
        all
    }

    const TWICE: Hours = Hours {
        first_hour: 8,
        second_hour: Some(14),
        at_weekends: false,
    };

    #[test]
    fn eight_and_fourteen_are_two_times_a_day_of_ones_own_and_none_at_weekends() {
        // Friday to Monday.
        let days = ("2026-11-27T06:00", "2026-11-30T23:00");
        let weekdays = ["11-27 08:00", "11-27 14:00", "11-30 08:00", "11-30 14:00"];
        assert_eq!(told(TWICE, "Europe/Paris", days.0, days.1), weekdays);
        assert_eq!(told(TWICE, "Indian/Reunion", days.0, days.1), weekdays);
        assert_eq!(told(TWICE, "America/New_York", days.0, days.1), weekdays);
        let ticked = Hours {
            at_weekends: true,
            ..TWICE
        };
        assert_eq!(told(ticked, "Europe/Paris", days.0, days.1).len(), 8);
    }

    #[test]
    fn when_the_clocks_change_each_hour_is_told_once() {
        let night = Hours {
            first_hour: 2,
            second_hour: Some(8),
            at_weekends: true,
        };
        // Two o'clock is skipped in spring, and comes twice in autumn.
        let spring = told(
            night,
            "Europe/Paris",
            "2026-03-28T12:00",
            "2026-03-30T12:00",
        );
        assert_eq!(
            spring,
            ["03-29 03:00", "03-29 08:00", "03-30 02:00", "03-30 08:00"]
        );
        let autumn = told(
            night,
            "Europe/Paris",
            "2026-10-24T12:00",
            "2026-10-26T12:00",
        );
        assert_eq!(
            autumn,
            ["10-25 02:00", "10-25 08:00", "10-26 02:00", "10-26 08:00"]
        );
        let whole_year = told(
            TWICE,
            "Europe/Paris",
            "2026-01-01T00:00",
            "2026-12-31T23:00",
        );
        assert_eq!(whole_year.len(), 2 * 261, "weekdays of 2026");
    }

    #[test]
    fn what_was_missed_is_told_late_once_or_left_to_the_next() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let paris_at = |local: &str| at(local, "Europe/Paris");
        let before = paris_at("2026-11-26T14:00");
        let due = |told_until, now: &str| TWICE.due(told_until, paris_at(now), &paris);
        let eight = paris_at("2026-11-27T08:00");
        assert_eq!(due(before, "2026-11-27T07:59"), None);
        assert_eq!(due(before, "2026-11-27T08:00"), Some(eight));
        assert_eq!(
            due(before, "2026-11-27T12:00"),
            Some(eight),
            "shut until noon"
        );
        assert_eq!(due(before, "2026-11-27T12:01"), None, "too late");
        assert_eq!(due(eight, "2026-11-27T08:01"), None, "told");
        let fourteen = paris_at("2026-11-27T14:00");
        assert_eq!(due(before, "2026-11-27T15:00"), Some(fourteen));
        // Both were missed: one report.
        let near = Hours {
            second_hour: Some(9),
            ..TWICE
        };
        let nine = paris_at("2026-11-27T09:00");
        let now = paris_at("2026-11-27T10:00");
        assert_eq!(near.due(before, now, &paris), Some(nine));
        assert_eq!(near.due(nine, now, &paris), None);
        // One late in the evening is still yesterday's after midnight.
        let late = Hours {
            first_hour: 23,
            ..Hours::USUAL
        };
        let friday = paris_at("2026-11-27T23:00");
        assert_eq!(
            late.due(before, paris_at("2026-11-28T01:00"), &paris),
            Some(friday)
        );
    }

    #[test]
    fn the_next_hour_steps_over_the_weekend() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let next = |after: &str| TWICE.next(at(after, "Europe/Paris"), &paris).unwrap();
        assert_eq!(said(next("2026-11-27T07:00"), &paris), "11-27 08:00");
        assert_eq!(said(next("2026-11-27T08:00"), &paris), "11-27 14:00");
        assert_eq!(said(next("2026-11-27T14:00"), &paris), "11-30 08:00");
    }

    #[test]
    fn what_is_no_hour_is_said_at_its_field() {
        for (first_hour, second_hour, field) in [
            (24, None, Some("first")),
            (-1, None, Some("first")),
            (8, Some(24), Some("second")),
            (8, Some(8), Some("second")),
            (0, Some(23), None),
        ] {
            let hours = Hours {
                first_hour,
                second_hour,
                at_weekends: false,
            };
            let fault = match hours.check() {
                Err(Error::Invalid(faults)) => Some(faults.0[0].field),
                _ => None,
            };
            assert_eq!(fault, field, "{hours:?}");
        }
    }
}
