//! How one reader reads at one moment: language, zone, now. Made once per request, cheap to clone.

use crate::catalogue::{self, Arg};
use crate::language::Language;
use crate::{numbers, times};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// How one reader reads at one moment.
#[derive(Clone, Debug)]
pub struct Words {
    /// The reader's language.
    pub language: Language,
    /// The reader's zone.
    pub zone: TimeZone,
    /// The moment of reading, UTC microseconds since 1970.
    pub now_micros: i64,
    /// The reader's day, which every short moment of a list is compared with.
    today: Date,
}

impl Words {
    /// A reader of this language in this IANA zone (`Europe/Paris`); an unknown zone reads UTC.
    #[must_use]
    pub fn new(language: Language, zone_name: &str, now_micros: i64) -> Words {
        let zone = TimeZone::get(zone_name).unwrap_or(TimeZone::UTC);
        let today = times::today(&zone, now_micros);
        Words {
            language,
            zone,
            now_micros,
            today,
        }
    }

    /// A sentence without arguments; the key itself when the catalogue lacks it. A few nanoseconds.
    #[must_use]
    pub fn say(&self, key: &'static str) -> &'static str {
        catalogue::say(self.language, key)
    }

    /// A sentence with arguments (plurals, selectors); the key itself when the catalogue lacks it.
    #[must_use]
    pub fn say_with(&self, key: &'static str, args: &[(&'static str, Arg<'_>)]) -> String {
        catalogue::say_with(self.language, key, args)
    }

    /// `1 284`, `1,284`.
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        numbers::grouped(self.language, number)
    }

    /// Bytes as « 1,2 Mo », `1.2 MB`.
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        numbers::size(self.language, bytes)
    }

    /// The day of a moment as forms write it: « 2026-11-20 ».
    #[must_use]
    pub fn form_day(&self, micros: i64) -> String {
        times::form_day(&self.zone, micros)
    }

    /// Eight in the morning, here, of a day as forms write it; `None` for what is no day.
    #[must_use]
    pub fn morning(&self, day: &str) -> Option<i64> {
        times::morning(&self.zone, day)
    }

    /// When a day as forms write it begins here, and when the next one does; `None` for what is no day.
    #[must_use]
    pub fn whole_day(&self, day: &str) -> Option<(i64, i64)> {
        times::whole_day(&self.zone, day)
    }

    /// « ven. 20 nov. 16:48 ».
    #[must_use]
    pub fn date_time(&self, micros: i64) -> String {
        times::date_time(self.language, &self.zone, self.now_micros, micros)
    }

    /// « 20 nov. 2026 ».
    #[must_use]
    pub fn date(&self, micros: i64) -> String {
        times::date(self.language, &self.zone, micros)
    }

    /// « 20 nov. »: a day of the calendar.
    #[must_use]
    pub fn day(&self, day: Date) -> String {
        times::day(self.language, self.today, day)
    }

    /// The reader's day.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// « 4 min », « hier », « 20 nov. ».
    #[must_use]
    pub fn ago(&self, micros: i64) -> String {
        times::ago_on(
            self.language,
            &self.zone,
            self.today,
            self.now_micros,
            micros,
        )
    }

    /// RFC 3339 in UTC, for `<time datetime>`.
    #[must_use]
    pub fn iso(&self, micros: i64) -> String {
        times::iso(micros)
    }
}
