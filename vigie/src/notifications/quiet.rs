//! When somebody wants nothing to come up: hours of their own day, and weekends. Pure.

use jiff::tz::TimeZone;
use kit::clock::Moment;
use kit::error::{Error, Fields};
use kit::record;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

record! {
    /// Hours in which nothing comes up; none when `quiet_from` is.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Quiet {
        /// From this minute of the day.
        pub quiet_from: Option<i64>,
        /// Until this one; over midnight when it is the earlier.
        pub quiet_until: Option<i64>,
        /// And at weekends not at all.
        pub quiet_weekends: bool,
    }
}

impl Quiet {
    /// Whether nothing is to come up at this moment, where the person is.
    #[must_use]
    pub fn is_now(&self, now: Moment, zone: &TimeZone) -> bool {
        let Ok(at) = jiff::Timestamp::from_microsecond(now.0) else {
            return false;
        };
        let local = at.to_zoned(zone.clone());
        use jiff::civil::Weekday::{Saturday, Sunday};
        if self.quiet_weekends && matches!(local.weekday(), Saturday | Sunday) {
            return true;
        }
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        match (self.quiet_from, self.quiet_until) {
            (Some(from), Some(until)) if from < until => (from..until).contains(&minute),
            (Some(from), Some(until)) => minute >= from || minute < until,
            _ => false,
        }
    }

    /// As two fields of a form say it, `22:00` and `07:30`; both empty say: never.
    ///
    /// # Errors
    /// `Invalid` at the field that is no time of a day, or missing beside the other, or the same.
    pub fn typed(from: &str, until: &str, quiet_weekends: bool) -> Result<Quiet, Error> {
        let mut faults = Fields::default();
        let mut minute = |name: &'static str, text: &str| {
            let read = minute_of(text);
            if read.is_none() && !text.is_empty() {
                faults.add(name, "fault-time", Some(text.chars().take(20).collect()));
            }
            read
        };
        let (quiet_from, quiet_until) = (minute("from", from), minute("until", until));
        if faults.0.is_empty() {
            faults.require(
                !from.is_empty() || until.is_empty(),
                "from",
                "fault-missing",
            );
            faults.require(
                !until.is_empty() || from.is_empty(),
                "until",
                "fault-missing",
            );
            let is_same = quiet_from.is_some() && quiet_from == quiet_until;
            faults.require(!is_same, "until", "fault-time-same");
        }
        faults.settle()?;
        Ok(Quiet {
            quiet_from,
            quiet_until,
            quiet_weekends,
        })
    }
}

/// `07:30` as minutes of the day.
fn minute_of(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    let is_time = (0..24).contains(&hours) && (0..60).contains(&minutes);
    is_time.then_some(hours * 60 + minutes)
}

/// Minutes of the day as `07:30`.
#[must_use]
pub fn text_of(minute: i64) -> String {
    let minute = minute.rem_euclid(DAY);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(local: &str) -> Moment {
        let zoned: jiff::Zoned = format!("{local}[Europe/Paris]").parse().unwrap();
        Moment(zoned.timestamp().as_microsecond())
    }

    #[test]
    fn nothing_comes_up_in_quiet_hours_of_ones_own_day() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let night = Quiet::typed("22:00", "07:30", false).unwrap();
        let noon = Quiet::typed("12:00", "14:00", true).unwrap();
        for (quiet, when, is_quiet) in [
            (night, "2026-03-02T22:00", true),
            (night, "2026-03-02T21:59", false),
            (night, "2026-03-03T07:29", true),
            (night, "2026-03-03T07:30", false),
            // In the night in which the clocks go forward, and in the one in which they go back.
            (night, "2026-03-29T03:30", true),
            (night, "2026-10-25T02:30", true),
            (noon, "2026-03-02T12:00", true),
            (noon, "2026-03-02T14:00", false),
            (noon, "2026-03-07T20:00", true),
            (Quiet::default(), "2026-03-07T03:00", false),
        ] {
            assert_eq!(quiet.is_now(at(when), &paris), is_quiet, "{quiet:?} {when}");
        }
        // The same moment elsewhere.
        let reunion = TimeZone::get("Indian/Reunion").unwrap();
        assert!(!night.is_now(at("2026-03-02T20:00"), &paris));
        assert!(night.is_now(at("2026-03-02T20:00"), &reunion));
    }

    #[test]
    fn what_is_no_time_of_a_day_is_said_at_its_field() {
        for (from, until, field) in [
            ("25:00", "07:00", Some("from")),
            ("22:00", "7h30", Some("until")),
            ("22:00", "", Some("until")),
            ("", "07:00", Some("from")),
            ("07:00", "07:00", Some("until")),
            ("-1:00", "07:00", Some("from")),
            ("", "", None),
        ] {
            let fault = match Quiet::typed(from, until, false) {
                Err(Error::Invalid(faults)) => Some(faults.0[0].field),
                _ => None,
            };
            assert_eq!(fault, field, "{from} {until}");
        }
        assert_eq!(text_of(450), "07:30");
    }
}
