//! The closed sets a filter is made of: properties, operators, values; and what a day is to a reader.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::clock::Moment;
use kit::stored_words;

use crate::tickets::machine::{Stage, State};
use crate::tickets::{Origin, Visibility};

stored_words! {
    /// What is looked at. The word is the parameter's name in addresses, and the form's field.
    pub enum Property {
        /// Where it is in its life.
        State = "state",
        /// The family of its state.
        Stage = "stage",
        /// Its department.
        Department = "department",
        /// Its category, with those below.
        Category = "category",
        /// Its priority.
        Priority = "priority",
        /// Which way it came in.
        Origin = "origin",
        /// Who else may look at it.
        Visibility = "visibility",
        /// Who asked.
        Requester = "requester",
        /// Who is in charge.
        Assignee = "assignee",
        /// Whether somebody is in charge whose mentor the reader is.
        Trainees = "trainees",
        /// A word of the staff that stands on it.
        Tag = "tag",
        /// How the reader takes part.
        Participant = "participant",
        /// Whether somebody asked for advice on it.
        Advice = "advice",
        /// Whether others changed it since the reader looked.
        Unread = "unread",
        /// When it was opened.
        Created = "created",
        /// When a person last changed it.
        Updated = "updated",
        /// When it was closed.
        Closed = "closed",
    }
}

stored_words! {
    /// How a property is compared.
    pub enum Operator {
        /// It is this, or any of these.
        Is = "is",
        /// It is none of these.
        Not = "not",
        /// Before the day begins.
        Before = "before",
        /// From the day's beginning on.
        After = "after",
    }
}

/// A day of the reader's calendar, with the moments at which it begins and the next one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    said: Said,
    /// Its first moment.
    pub from: Moment,
    /// The first moment of the day after.
    pub until: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Date(Date),
    DaysAgo(i64),
}

/// One value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A state.
    State(State),
    /// A family of states.
    Stage(Stage),
    /// A way in.
    Origin(Origin),
    /// Who else may look.
    Visibility(Visibility),
    /// 1 to 5.
    Priority(i64),
    /// The row of a department, a category, a person or a tag.
    Row(i64),
    /// The reader.
    Me,
    /// Nobody, or nothing.
    Nobody,
    /// The reader was let in.
    Invited,
    /// The reader observes it.
    Observing,
    /// Yes or no.
    Yes(bool),
    /// A day.
    Day(Day),
}

/// What "today" is for the reader, to whom `-7d` means a week ago.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Where days begin.
    pub zone: TimeZone,
    /// The present.
    pub now: Moment,
}

impl Property {
    /// The operators it knows.
    pub const fn operators(self) -> &'static [Operator] {
        match self {
            Property::Created | Property::Updated | Property::Closed => {
                &[Operator::After, Operator::Before, Operator::Is]
            }
            Property::Trainees | Property::Advice | Property::Unread => &[Operator::Is],
            _ => &[Operator::Is, Operator::Not],
        }
    }

    pub(super) fn value(self, text: &str, calendar: &Calendar) -> Option<Value> {
        let row = || text.parse().ok().filter(|n| *n > 0).map(Value::Row);
        match self {
            // Pages say in-progress, programs in_progress.
            Property::State => State::of(&text.replace('-', "_")).map(Value::State),
            Property::Stage => Stage::of(text).map(Value::Stage),
            Property::Origin => Origin::of(text).map(Value::Origin),
            Property::Visibility => Visibility::of(text).map(Value::Visibility),
            Property::Priority => text
                .parse()
                .ok()
                .filter(|n| (1..=5).contains(n))
                .map(Value::Priority),
            Property::Department | Property::Category | Property::Tag => row(),
            Property::Requester if text == "me" => Some(Value::Me),
            Property::Requester => row(),
            Property::Assignee => match text {
                "me" => Some(Value::Me),
                "none" => Some(Value::Nobody),
                _ => row(),
            },
            Property::Participant => match text {
                "invited" => Some(Value::Invited),
                "observing" => Some(Value::Observing),
                _ => None,
            },
            Property::Trainees | Property::Advice | Property::Unread => match text {
                "yes" => Some(Value::Yes(true)),
                "no" => Some(Value::Yes(false)),
                _ => None,
            },
            Property::Created | Property::Updated | Property::Closed => {
                calendar.day(text).map(Value::Day)
            }
        }
    }

    /// Whether one value says it: a day, or yes or no.
    pub(super) const fn holds_one(self) -> bool {
        self.is_date()
            || matches!(
                self,
                Property::Trainees | Property::Advice | Property::Unread
            )
    }

    pub(super) const fn is_date(self) -> bool {
        matches!(
            self,
            Property::Created | Property::Updated | Property::Closed
        )
    }
}

impl Value {
    /// As it stands in an address.
    pub fn text(self) -> String {
        match self {
            Value::State(state) => state.word().to_owned(),
            Value::Stage(stage) => stage.word().to_owned(),
            Value::Origin(origin) => origin.word().to_owned(),
            Value::Visibility(visibility) => visibility.word().to_owned(),
            Value::Priority(n) | Value::Row(n) => n.to_string(),
            Value::Me => "me".to_owned(),
            Value::Nobody => "none".to_owned(),
            Value::Invited => "invited".to_owned(),
            Value::Observing => "observing".to_owned(),
            Value::Yes(true) => "yes".to_owned(),
            Value::Yes(false) => "no".to_owned(),
            Value::Day(day) => match day.said {
                Said::Date(date) => date.to_string(),
                Said::DaysAgo(n) => format!("-{n}d"),
            },
        }
    }
}

impl Day {
    /// A day that no moment is on, before or after.
    pub(in crate::tickets::listing) const NEVER: Day = Day {
        said: Said::DaysAgo(0),
        from: Moment(i64::MAX),
        until: Moment(i64::MIN),
    };

    /// How many days ago it is, when it was said so.
    pub fn days_ago(self) -> Option<i64> {
        match self.said {
            Said::DaysAgo(n) => Some(n),
            Said::Date(_) => None,
        }
    }
}

impl Calendar {
    /// For lists without dates, such as those of the desk itself.
    pub fn utc(now: Moment) -> Calendar {
        Calendar {
            zone: TimeZone::UTC,
            now,
        }
    }

    /// Reads `2026-11-23`, or `-7d` for a week ago.
    fn day(&self, text: &str) -> Option<Day> {
        let (said, date) = match text.strip_prefix('-').and_then(|t| t.strip_suffix('d')) {
            Some(days) => {
                let days: i64 = days.parse().ok().filter(|n| (0..=3660).contains(n))?;
                let now = jiff::Timestamp::from_microsecond(self.now.0).ok()?;
                let today = now.to_zoned(self.zone.clone()).date();
                let date = today
                    .checked_sub(jiff::Span::new().try_days(days).ok()?)
                    .ok()?;
                (Said::DaysAgo(days), date)
            }
            None => {
                let date: Date = text.parse().ok()?;
                (Said::Date(date), date)
            }
        };
        Some(Day {
            said,
            from: self.begins(date)?,
            until: self.begins(date.tomorrow().ok()?)?,
        })
    }

    fn begins(&self, date: Date) -> Option<Moment> {
        let start = date.to_zoned(self.zone.clone()).ok()?.start_of_day().ok()?;
        Some(Moment(start.timestamp().as_microsecond()))
    }
}
