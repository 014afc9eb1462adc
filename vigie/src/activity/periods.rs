//! Days and weeks of the reader's calendar, and how they are asked for: pure.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use kit::clock::Moment;
use kit::stored_words;
use words::reader::Words;

stored_words! {
    /// By which periods one looks.
    pub enum By {
        /// Day by day.
        Day = "day",
        /// Week by week, from Monday.
        Week = "week",
    }
}

/// A period of the reader's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub day: Date,
    /// When it begins.
    pub from: Moment,
    /// When the next one does.
    pub until: Moment,
}

/// Periods of one length in a row: what one query counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which period its first one is.
    pub first: i64,
    /// When that begins.
    pub from: Moment,
    /// When its last one ends.
    pub until: Moment,
    /// How long each is, in microseconds.
    pub length: i64,
}

/// The days from the first on, each with where the next begins.
fn spans(words: &Words, mut day: Date, step: i64) -> Vec<Period> {
    let bounds = |day: Date| words.whole_day(&day.to_string());
    let mut all = vec![];
    while day <= words.today() {
        let Ok(next) = day.checked_add(step.days()) else {
            break;
        };
        let (Some((from, _)), Some((until, _))) = (bounds(day), bounds(next)) else {
            break;
        };
        all.push(Period {
            day,
            from: Moment(from),
            until: Moment(until),
        });
        day = next;
    }
    all
}

/// The last so many days, today among them, day by day or by those weeks that begin within them.
pub fn by(words: &Words, by: By, days: i64) -> Vec<Period> {
    let first = words.today().checked_sub((days - 1).days());
    let Some(mut first) = first.ok().filter(|_| days > 0) else {
        return vec![];
    };
    match by {
        By::Day => spans(words, first, 1),
        By::Week => {
            while first.weekday() != Weekday::Monday {
                let Ok(next) = first.tomorrow() else { break };
                first = next;
            }
            spans(words, first, 7)
        }
    }
}

/// The last so many days as one period.
pub fn whole(words: &Words, days: i64) -> Vec<Period> {
    let all = by(words, By::Day, days);
    match (all.first(), all.last()) {
        (Some(first), Some(last)) => vec![Period {
            until: last.until,
            ..*first
        }],
        _ => vec![],
    }
}

/// Periods of one length go together; the day on which clocks are changed is a piece of its own.
pub fn pieces(periods: &[Period]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = vec![];
    for (first, period) in (0..).zip(periods) {
        let length = period.until.0 - period.from.0;
        match pieces.last_mut() {
            Some(last) if last.length == length && last.until == period.from => {
                last.until = period.until;
            }
            _ => pieces.push(Piece {
                first,
                from: period.from,
                until: period.until,
                length,
            }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use words::language::Language;

    /// At noon of this day, in Paris.
    fn at(day: &str) -> Words {
        let noon: jiff::Timestamp = format!("{day}T11:00:00Z").parse().expect("a day");
        Words::new(Language::French, "Europe/Paris", noon.as_microsecond())
    }

    #[test]
    fn the_last_days_end_today_and_weeks_begin_on_monday() {
        let words = at("2026-11-27");
        let days = by(&words, By::Day, 7);
        let named: Vec<String> = days.iter().map(|it| it.day.to_string()).collect();
        assert_eq!(
            (named.len(), &named[0][..], &named[6][..]),
            (7, "2026-11-21", "2026-11-27")
        );
        let weeks = by(&words, By::Week, 28);
        let named: Vec<String> = weeks.iter().map(|it| it.day.to_string()).collect();
        assert_eq!(
            named,
            ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"]
        );
        assert_eq!(by(&words, By::Week, 3), [], "none begins within them");
        let whole = whole(&words, 7);
        assert_eq!(
            (whole.len(), whole[0].from, whole[0].until),
            (1, days[0].from, days[6].until)
        );
        assert_eq!(super::whole(&words, 0), [], "not even today");
    }

    #[test]
    fn the_day_on_which_clocks_change_is_asked_for_alone_and_no_moment_is_lost() {
        for (day, hours) in [("2026-10-25", 25), ("2026-03-29", 23)] {
            let words = at(&day.replace("-25", "-28").replace("-29", "-31"));
            let days = by(&words, By::Day, 7);
            let pieces = pieces(&days);
            assert_eq!(pieces.len(), 3, "{pieces:?}");
            assert_eq!(pieces[1].length, hours * 3_600_000_000);
            assert_eq!(
                days[usize::try_from(pieces[1].first).expect("few")]
                    .day
                    .to_string(),
                day
            );
            assert!(pieces.windows(2).all(|two| two[0].until == two[1].from));
            for (n, it) in (0..).zip(&days) {
                for moment in [it.from.0, it.until.0 - 1] {
                    let of = pieces
                        .iter()
                        .find(|p| (p.from.0..p.until.0).contains(&moment))
                        .expect("a piece");
                    assert_eq!(of.first + (moment - of.from.0) / of.length, n);
                }
            }
        }
    }
}
