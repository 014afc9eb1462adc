//! What a list may be narrowed by: a closed set of properties, operators and values. Pure: it reads
//! and writes the text of an address, which is also what a saved view stores, and judges it.
//!
//! Deliberately absent: conditions on what not everybody on a list may read (words of notes, a
//! person's secrets), and any way to widen. Who sees what is in policy.rs and stands beside these.

mod values;

pub use values::{Calendar, Day, Operator, Property, Value};

use kit::error::{Error, Fields};

use crate::departments::DepartmentId;
use crate::people::PersonId;
use crate::tickets::machine::{Stage, State};

/// The most conditions a list may have.
pub const MOST_TERMS: usize = 20;
/// The most values one condition may name.
pub const MOST_VALUES: usize = 50;

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    property: Property,
    operator: Operator,
    values: Vec<Value>,
}

/// Conditions that hold all together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    terms: Vec<Term>,
}

impl Term {
    /// Reads one condition from its parts.
    ///
    /// # Errors
    /// A sentence at the property's field: which value it does not know, or what is missing.
    pub fn parse<'a>(
        property: Property,
        operator: Operator,
        texts: impl Iterator<Item = &'a str>,
        calendar: &Calendar,
    ) -> Result<Term, Error> {
        let field = property.word();
        let mut faults = Fields::default();
        let mut values: Vec<Value> = vec![];
        for text in texts.map(str::trim).filter(|text| !text.is_empty()) {
            match property.value(text, calendar) {
                Some(value) if !values.contains(&value) => values.push(value),
                Some(_) => {}
                None if property.is_date() => {
                    faults.add(field, "fault-filter-date", Some(text.to_owned()));
                }
                None => faults.add(field, "fault-filter-value", Some(text.to_owned())),
            }
        }
        faults.require(
            property.operators().contains(&operator),
            field,
            "fault-filter-operator",
        );
        if faults.0.is_empty() {
            faults.require(!values.is_empty(), field, "fault-filter-missing");
        }
        if values.len() > MOST_VALUES {
            let most = Some(MOST_VALUES.to_string());
            faults.add(field, "fault-filter-values", most);
        }
        faults.require(
            !property.holds_one() || values.len() < 2,
            field,
            "fault-filter-one",
        );
        faults.settle()?;
        Ok(Term {
            property,
            operator,
            values,
        })
    }

    /// What is looked at.
    pub fn property(&self) -> Property {
        self.property
    }
    /// How.
    pub fn operator(&self) -> Operator {
        self.operator
    }
    /// Compared with what; never empty.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The right-hand side in an address: `free,in_progress`, `not:free`, `before:2026-11-23`.
    pub fn text(&self) -> String {
        let values: Vec<String> = self.values.iter().map(|v| v.text()).collect();
        let values = values.join(",");
        match self.operator {
            Operator::Is => values,
            other => format!("{}:{values}", other.word()),
        }
    }
}

impl Filter {
    /// Reads the conditions among an address's parameters; others are passed over.
    ///
    /// # Errors
    /// Every sentence there is to say, each at its property.
    pub fn parse<'a>(
        pairs: impl Iterator<Item = (&'a str, &'a str)>,
        calendar: &Calendar,
    ) -> Result<Filter, Error> {
        let mut faults = Fields::default();
        let mut filter = Filter::default();
        for (name, text) in pairs {
            let Some(property) = Property::of(name) else {
                continue;
            };
            // An empty choice of a form is no condition.
            if text.trim().is_empty() {
                continue;
            }
            let (operator, values) = match text.split_once(':') {
                Some((word, rest)) => (Operator::of(word), rest),
                None => (Some(Operator::Is), text),
            };
            let Some(operator) = operator else {
                faults.add(property.word(), "fault-filter-operator", None);
                continue;
            };
            match Term::parse(property, operator, values.split(','), calendar) {
                Ok(term) => filter.add(term),
                Err(Error::Invalid(more)) => faults.0.extend(more.0),
                Err(other) => return Err(other),
            }
        }
        if filter.terms.len() > MOST_TERMS {
            let most = Some(MOST_TERMS.to_string());
            faults.add("filter", "fault-filter-terms", most);
        }
        faults.settle()?;
        Ok(filter)
    }

    /// Reads what [`Filter::text`] wrote.
    ///
    /// # Errors
    /// As [`Filter::parse`].
    pub fn of_text(text: &str, calendar: &Calendar) -> Result<Filter, Error> {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes())
            .into_owned()
            .collect();
        Filter::parse(
            pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())),
            calendar,
        )
    }

    /// As a saved view stores it, and as it stands in an address after `?` or `&`.
    pub fn text(&self) -> String {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        for term in &self.terms {
            out.append_pair(term.property.word(), &term.text());
        }
        // Commas and colons mean themselves in a query, and people read addresses.
        out.finish().replace("%2C", ",").replace("%3A", ":")
    }

    /// The conditions, in the order they were given.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Adds a condition; the same one twice is one.
    pub fn add(&mut self, term: Term) {
        if !self.terms.contains(&term) {
            self.terms.push(term);
        }
    }

    /// The same without one of its conditions.
    pub fn without(&self, term: &Term) -> Filter {
        Filter {
            terms: self.terms.iter().filter(|t| *t != term).cloned().collect(),
        }
    }

    /// These conditions and those, together.
    pub fn and(mut self, other: &Filter) -> Filter {
        for term in &other.terms {
            self.add(term.clone());
        }
        self
    }

    fn with(mut self, property: Property, values: Vec<Value>) -> Filter {
        self.add(Term {
            property,
            operator: Operator::Is,
            values,
        });
        self
    }

    /// In this stage, too.
    pub fn in_stage(self, stage: Stage) -> Filter {
        self.with(Property::Stage, vec![Value::Stage(stage)])
    }
    /// In this state, too.
    pub fn in_state(self, state: State) -> Filter {
        self.with(Property::State, vec![Value::State(state)])
    }
    /// Ended or archived, or not.
    pub fn over(self, is_over: bool) -> Filter {
        let stages = if is_over {
            [Stage::Ended, Stage::Archived]
        } else {
            [Stage::Open, Stage::Awaiting]
        };
        self.with(Property::Stage, stages.map(Value::Stage).to_vec())
    }
    /// Asked by this person, too.
    pub fn asked_by(self, person: PersonId) -> Filter {
        self.with(Property::Requester, vec![Value::Row(person.0)])
    }
    /// With the reader in charge, too.
    pub fn held_by_me(self) -> Filter {
        self.with(Property::Assignee, vec![Value::Me])
    }
    /// Of this department, too.
    pub fn of_department(self, department: DepartmentId) -> Filter {
        self.with(Property::Department, vec![Value::Row(department.0)])
    }

    /// The only stage that these conditions let through, if they say so themselves.
    pub(super) fn only_stage(&self) -> Option<Stage> {
        self.terms.iter().find_map(|term| match term.values[..] {
            [Value::Stage(stage)] if term.operator == Operator::Is => Some(stage),
            _ => None,
        })
    }

    /// Whether nothing passes that is ended, because they say so themselves.
    pub(super) fn is_current(&self) -> bool {
        let is_current = |value: &Value| match value {
            Value::Stage(stage) => matches!(stage, Stage::Open | Stage::Awaiting),
            Value::State(state) => matches!(state.stage(), Stage::Open | Stage::Awaiting),
            _ => false,
        };
        let mut terms = self.terms.iter();
        terms.any(|term| {
            let is = term.operator == Operator::Is && !term.values.is_empty();
            is && term.values.iter().all(is_current)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;
    use kit::clock::Moment;

    #[test]
    fn what_is_current_says_so_itself() {
        for (text, expect) in [
            ("stage=open", true),
            ("stage=open,awaiting&priority=5", true),
            ("state=free,closed", true),
            ("stage=open,ended", false),
            ("state=free,approved", false),
            ("stage=not:ended", false),
            ("priority=5", false),
            ("", false),
        ] {
            let filter = Filter::of_text(text, &calendar()).unwrap();
            assert_eq!(filter.is_current(), expect, "{text}");
        }
    }

    fn calendar() -> Calendar {
        // Monday 23 November 2026, 14:08 in Paris.
        Calendar {
            zone: TimeZone::get("Europe/Paris").unwrap(),
            now: Moment(1_795_439_280_000_000),
        }
    }

    fn read(text: &str) -> Result<Filter, Error> {
        Filter::of_text(text, &calendar())
    }

    #[test]
    fn what_an_address_says_is_read_back_as_it_was_written() {
        for text in [
            "",
            "state=free,in_progress",
            "state=not:closed&department=3,4",
            "stage=open&category=12&priority=4,5&origin=email",
            "assignee=me,none&requester=not:7",
            "participant=invited&trainees=yes&advice=no&unread=yes",
            "created=after:-7d&updated=before:2026-11-01&closed=2026-10-31",
        ] {
            assert_eq!(read(text).unwrap().text(), text);
        }
        assert_eq!(
            read("state=in-progress&state=&view=open&sort=-number")
                .unwrap()
                .text(),
            "state=in_progress"
        );
    }

    #[test]
    fn what_is_no_condition_is_refused_with_a_sentence_at_its_property() {
        for (text, field, key) in [
            ("state=open", "state", "fault-filter-value"),
            ("state=free;drop", "state", "fault-filter-value"),
            ("department=-1", "department", "fault-filter-value"),
            ("department=Blue", "department", "fault-filter-value"),
            ("priority=6", "priority", "fault-filter-value"),
            ("requester=none", "requester", "fault-filter-value"),
            ("assignee=before:me", "assignee", "fault-filter-operator"),
            ("assignee=like:me", "assignee", "fault-filter-operator"),
            ("state=not:", "state", "fault-filter-missing"),
            ("created=after:tomorrow", "created", "fault-filter-date"),
            ("created=after:2026-02-30", "created", "fault-filter-date"),
            ("created=after:-1d,-2d", "created", "fault-filter-one"),
            ("unread=yes,no", "unread", "fault-filter-one"),
            ("advice=yes,no", "advice", "fault-filter-one"),
            ("advice=not:yes", "advice", "fault-filter-operator"),
        ] {
            match read(text) {
                Err(Error::Invalid(faults)) => {
                    assert_eq!((faults.0[0].field, faults.0[0].key), (field, key), "{text}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
        let many: Vec<String> = (1..=MOST_VALUES + 1).map(|n| n.to_string()).collect();
        assert!(read(&format!("requester={}", many.join(","))).is_err());
        let many: Vec<String> = (1..=MOST_TERMS + 1)
            .map(|n| format!("requester={n}"))
            .collect();
        assert!(read(&many.join("&")).is_err());
    }

    #[test]
    fn no_parameter_reaches_a_column_that_is_not_a_property() {
        for text in ["password_hash=x", "once=1", "body=secret", "version=1"] {
            assert_eq!(read(text).unwrap(), Filter::default(), "{text}");
        }
    }

    #[test]
    fn a_day_begins_where_the_reader_is() {
        let term = read("created=after:-1d").unwrap().terms[0].clone();
        let [Value::Day(day)] = term.values()[..] else {
            panic!("{term:?}")
        };
        // Sunday 22 November, midnight in Paris, is Saturday 23:00 in UTC.
        assert_eq!(day.from.rfc3339(), "2026-11-21T23:00:00Z");
        assert_eq!(day.until.rfc3339(), "2026-11-22T23:00:00Z");
    }
}
