//! A day of the calendar, as it is typed and kept: `2026-11-27`. A task due on Friday is due on
//! Friday in every zone, so it is no moment.

use jiff::civil::Date;
use kit::db::value::Nullable;
use kit::db::{Column, Row, Value};
use kit::error::Error;

/// A day, between the years 1 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl Day {
    /// What a form or a program sends; `None` when it is no day.
    pub fn parse(text: &str) -> Option<Day> {
        let is_shaped = text.len() == 10
            && text.bytes().enumerate().all(|(i, b)| {
                if matches!(i, 4 | 7) {
                    b == b'-'
                } else {
                    b.is_ascii_digit()
                }
            });
        let day: Date = is_shaped.then(|| text.parse().ok()).flatten()?;
        (day.year() >= 1).then_some(Day(day))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl From<Day> for Value {
    fn from(day: Day) -> Self {
        Value::Text(Some(day.to_string()))
    }
}

impl Nullable for Day {
    const NULL: Value = Value::Text(None);
}

impl Column for Day {
    fn read(row: &Row, name: &str) -> Result<Self, Error> {
        let text = <String as Column>::read(row, name)?;
        Day::parse(&text).ok_or_else(|| Error::bug(format!("column {name} holds {text:?}")))
    }
    fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, Error> {
        match <String as Column>::read_optional(row, name)? {
            None => Ok(None),
            Some(text) => Day::parse(&text)
                .map(Some)
                .ok_or_else(|| Error::bug(format!("column {name} holds {text:?}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn only_days_of_the_calendar_are_days() {
        for text in ["2026-11-27", "2028-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "2026-02-30",
            "2027-02-29",
            "27/11/2026",
            "2026-1-1",
            "2026-11-27T00:00",
            "0000-01-01",
            "-001-01-01",
            "２026-11-27",
        ] {
            assert_eq!(Day::parse(text), None, "{text:?}");
        }
    }
}
