//! Moments as people write them, in their zone. A moment is UTC microseconds since 1970, as in the database.

use crate::catalogue::say;
use crate::language::Language;
use crate::numbers::NO_BREAK;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::fmt::Write;

const MONTHS: [&str; 12] = [
    "common-month-1",
    "common-month-2",
    "common-month-3",
    "common-month-4",
    "common-month-5",
    "common-month-6",
    "common-month-7",
    "common-month-8",
    "common-month-9",
    "common-month-10",
    "common-month-11",
    "common-month-12",
];
const WEEKDAYS: [&str; 7] = [
    "common-weekday-1",
    "common-weekday-2",
    "common-weekday-3",
    "common-weekday-4",
    "common-weekday-5",
    "common-weekday-6",
    "common-weekday-7",
];

/// « ven. 20 nov. 16:48 », with the year when it is not this one.
#[must_use]
pub fn date_time(language: Language, zone: &TimeZone, now: i64, moment: i64) -> String {
    let (then, today) = (local(zone, moment), local(zone, now));
    let mut text = String::with_capacity(32);
    text.push_str(weekday(language, then));
    text.push(' ');
    push_day(&mut text, language, then, then.year() != today.year());
    push_clock(&mut text, then);
    text
}

/// « 20 nov. 2026 ».
#[must_use]
pub fn date(language: Language, zone: &TimeZone, moment: i64) -> String {
    let mut text = String::with_capacity(20);
    push_day(&mut text, language, local(zone, moment), true);
    text
}

/// « 20 nov. », with the year when it is not the reader's: a day of the calendar, the same in every zone.
#[must_use]
pub fn day(language: Language, today: Date, day: Date) -> String {
    let mut text = String::with_capacity(20);
    let noon = day.at(12, 0, 0, 0);
    push_day(&mut text, language, noon, day.year() != today.year());
    text
}

/// The day of a moment as forms write it: « 2026-11-20 ».
#[must_use]
pub fn form_day(zone: &TimeZone, moment: i64) -> String {
    local(zone, moment).date().to_string()
}

/// Eight in the morning of a day as forms write it; `None` for what is no day.
#[must_use]
pub fn morning(zone: &TimeZone, day: &str) -> Option<i64> {
    let day: Date = day.parse().ok()?;
    let moment = day.at(8, 0, 0, 0).to_zoned(zone.clone()).ok()?;
    Some(moment.timestamp().as_microsecond())
}

/// When a day as forms write it begins, and when the next one does; `None` for what is no day.
pub fn whole_day(zone: &TimeZone, day: &str) -> Option<(i64, i64)> {
    let day: Date = day.trim().parse().ok()?;
    let begins = |day: Date| {
        Some(
            day.to_zoned(zone.clone())
                .ok()?
                .timestamp()
                .as_microsecond(),
        )
    };
    Some((begins(day)?, begins(day.tomorrow().ok()?)?))
}

/// Short and relative, for lists: « à l’instant », « 4 min », « 3 h », « hier », « 20 nov. », « 20 nov. 2025 ».
/// A moment to come, and anything older than yesterday, is its date.
#[must_use]
pub fn ago(language: Language, zone: &TimeZone, now: i64, moment: i64) -> String {
    ago_on(language, zone, today(zone, now), now, moment)
}

/// The reader's day at a moment; kept by whoever says many moments at once.
#[must_use]
pub fn today(zone: &TimeZone, now: i64) -> Date {
    local(zone, now).date()
}

/// [`ago`], the reader's day being known.
#[must_use]
pub fn ago_on(language: Language, zone: &TimeZone, today: Date, now: i64, moment: i64) -> String {
    let minutes = now.saturating_sub(moment) / 60_000_000;
    let mut text = String::with_capacity(20);
    // Two clocks of one desk may differ by a little: a moment just ahead is now.
    if (-1..1).contains(&minutes) {
        text.push_str(say(language, "common-just-now"));
        return text;
    }
    if (1..60).contains(&minutes) {
        push_number(&mut text, minutes);
        text.push(NO_BREAK);
        text.push_str(say(language, "common-minutes-short"));
        return text;
    }
    let then = local(zone, moment);
    if minutes > 0 && then.date() == today {
        push_number(&mut text, minutes / 60);
        text.push(NO_BREAK);
        text.push_str(say(language, "common-hours-short"));
    } else if minutes > 0 && today.yesterday().is_ok_and(|day| day == then.date()) {
        text.push_str(say(language, "common-yesterday"));
    } else {
        push_day(&mut text, language, then, then.year() != today.year());
    }
    text
}

/// RFC 3339 in UTC with seconds, for `<time datetime>`.
#[must_use]
pub fn iso(moment: i64) -> String {
    let utc = local(&TimeZone::UTC, moment);
    let mut text = String::with_capacity(20);
    let year = i64::from(utc.year()).clamp(0, 9999);
    for place in [1000, 100, 10, 1] {
        push_digit(&mut text, year / place % 10);
    }
    for (mark, part) in [
        ('-', utc.month()),
        ('-', utc.day()),
        ('T', utc.hour()),
        (':', utc.minute()),
        (':', utc.second()),
    ] {
        text.push(mark);
        push_two(&mut text, part);
    }
    text.push('Z');
    text
}

fn local(zone: &TimeZone, moment: i64) -> DateTime {
    // Outside the years jiff knows (-9999 to 9999) only a damaged row can lie; 1970 shows that plainly.
    zone.to_datetime(Timestamp::from_microsecond(moment).unwrap_or(Timestamp::UNIX_EPOCH))
}

fn weekday(language: Language, moment: DateTime) -> &'static str {
    let place = moment.weekday().to_monday_zero_offset();
    say(language, WEEKDAYS[usize::from(place.unsigned_abs()) % 7])
}

fn push_day(text: &mut String, language: Language, moment: DateTime, with_year: bool) {
    push_number(text, i64::from(moment.day()));
    if language == Language::French && moment.day() == 1 {
        text.push_str(say(language, "common-first-of-month"));
    }
    text.push(NO_BREAK);
    text.push_str(say(
        language,
        MONTHS[usize::from(moment.month().unsigned_abs() - 1) % 12],
    ));
    if with_year {
        text.push(' ');
        push_number(text, i64::from(moment.year()));
    }
}

fn push_clock(text: &mut String, moment: DateTime) {
    text.push(' ');
    push_two(text, moment.hour());
    text.push(':');
    push_two(text, moment.minute());
}

/// Digits by hand: a list writes a hundred numbers per page, and the formatter costs more than the digits.
fn push_number(text: &mut String, number: i64) {
    if !(0..=9999).contains(&number) {
        let _ = write!(text, "{number}");
        return;
    }
    let mut divisor = 1000;
    while divisor > 1 && number < divisor {
        divisor /= 10;
    }
    while divisor > 0 {
        push_digit(text, number / divisor % 10);
        divisor /= 10;
    }
}

fn push_two(text: &mut String, number: i8) {
    push_digit(text, i64::from(number) / 10 % 10);
    push_digit(text, i64::from(number) % 10);
}

fn push_digit(text: &mut String, digit: i64) {
    text.push(char::from(b'0' + u8::try_from(digit).unwrap_or(0)));
}

#[cfg(test)]
mod tests {
    use super::{ago, date, date_time, iso};
    use crate::language::Language::{English, French};
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>()
            .map_or(0, Timestamp::as_microsecond)
    }

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC)
    }

    #[test]
    fn a_moment_is_written_in_the_readers_zone_and_language() {
        let now = at("2026-11-23T13:00:00Z");
        for (moment, french, english) in [
            (
                "2026-11-20T15:48:00Z",
                "ven. 20\u{a0}nov. 16:48",
                "Fri 20\u{a0}Nov 16:48",
            ),
            (
                "2026-08-01T07:05:00Z",
                "sam. 1er\u{a0}août 09:05",
                "Sat 1\u{a0}Aug 09:05",
            ),
            (
                "2025-12-31T23:30:00Z",
                "jeu. 1er\u{a0}janv. 00:30",
                "Thu 1\u{a0}Jan 00:30",
            ),
            (
                "2025-02-03T11:00:00Z",
                "lun. 3\u{a0}févr. 2025 12:00",
                "Mon 3\u{a0}Feb 2025 12:00",
            ),
        ] {
            assert_eq!(date_time(French, &paris(), now, at(moment)), french);
            assert_eq!(date_time(English, &paris(), now, at(moment)), english);
        }
        assert_eq!(
            date(French, &paris(), at("2026-11-20T15:48:00Z")),
            "20\u{a0}nov. 2026"
        );
        assert_eq!(
            date(English, &paris(), at("2026-05-01T15:48:00Z")),
            "1\u{a0}May 2026"
        );
    }

    #[test]
    fn a_list_says_how_long_ago() {
        let now = at("2026-11-23T13:00:00Z");
        for (moment, french, english) in [
            ("2026-11-23T12:59:30Z", "à l’instant", "just now"),
            ("2026-11-23T13:00:20Z", "à l’instant", "just now"),
            ("2026-11-23T12:56:00Z", "4\u{a0}min", "4\u{a0}min"),
            ("2026-11-23T12:00:01Z", "59\u{a0}min", "59\u{a0}min"),
            ("2026-11-23T09:10:00Z", "3\u{a0}h", "3\u{a0}h"),
            ("2026-11-22T22:30:00Z", "hier", "yesterday"),
            ("2026-11-22T23:30:00Z", "13\u{a0}h", "13\u{a0}h"),
            ("2026-11-20T12:00:00Z", "20\u{a0}nov.", "20\u{a0}Nov"),
            (
                "2025-11-20T12:00:00Z",
                "20\u{a0}nov. 2025",
                "20\u{a0}Nov 2025",
            ),
            ("2026-12-01T12:00:00Z", "1er\u{a0}déc.", "1\u{a0}Dec"),
        ] {
            assert_eq!(ago(French, &paris(), now, at(moment)), french, "{moment}");
            assert_eq!(ago(English, &paris(), now, at(moment)), english, "{moment}");
        }
    }

    #[test]
    fn the_machine_readable_moment_is_utc() {
        assert_eq!(iso(at("2026-11-20T15:48:07.5Z")), "2026-11-20T15:48:07Z");
        assert_eq!(iso(i64::MAX), "1970-01-01T00:00:00Z");
    }
}
