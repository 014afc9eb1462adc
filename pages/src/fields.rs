//! What a form says when it comes back: faults at their fields, and what somebody else saved meanwhile.

use askama::Template;
use askama::filters::HtmlSafe;

/// What was wrong, one sentence per field, already in the reader's language.
#[derive(Clone, Debug, Default)]
pub struct Faults(pub Vec<Fault>);

/// One sentence at one field.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Name of the field; empty when it is about the whole form.
    pub field: &'static str,
    /// The sentence: what is wrong and what to do.
    pub text: String,
}

impl Faults {
    /// The sentence at this field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|fault| fault.field == field)
            .map(|fault| fault.text.as_str())
    }

    /// Whether this field has a sentence.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.of(field).is_some()
    }

    /// What a control `id` says of its fault and its hint, in its attributes.
    #[must_use]
    pub fn attributes(&self, field: &str, id: &str, has_hint: bool) -> Described {
        Described {
            is_wrong: self.has(field),
            by: self.described_by(field, id, has_hint),
        }
    }

    /// The sentence at this field, beside the control `id`.
    #[must_use]
    pub fn sentence<'a>(&'a self, field: &str, id: &'a str) -> Sentence<'a> {
        Sentence {
            text: self.of(field),
            id,
        }
    }

    /// Value of `aria-describedby` of the control `id`: its hint when it has one, and its fault.
    #[must_use]
    pub fn described_by(&self, field: &str, id: &str, has_hint: bool) -> String {
        match (has_hint, self.has(field)) {
            (true, true) => format!("{id}-fault {id}-hint"),
            (true, false) => format!("{id}-hint"),
            (false, true) => format!("{id}-fault"),
            (false, false) => String::new(),
        }
    }
}

/// Attributes of a control: what describes it. Compiled once, as [`Sentence`] is, for every control of every form.
#[derive(Debug, Template)]
#[template(path = "fields/described.html")]
pub struct Described {
    is_wrong: bool,
    by: String,
}

/// What is wrong with a control, beside it.
#[derive(Debug, Template)]
#[template(path = "fields/fault.html")]
pub struct Sentence<'a> {
    text: Option<&'a str>,
    id: &'a str,
}

impl HtmlSafe for Described {}
impl HtmlSafe for Sentence<'_> {}

/// Somebody else saved the same thing first; the form comes back with what was typed and the new version.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Who saved.
    pub by: String,
    /// What stands now, where it differs from what was typed.
    pub standing: Vec<Standing>,
}

/// One value that stands now.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Catalogue key of the field's label.
    pub label: &'static str,
    /// The value, as the reader would see it.
    pub value: String,
}

#[cfg(test)]
mod tests {
    use super::{Fault, Faults};

    #[test]
    fn a_control_is_described_by_its_fault_before_its_hint() {
        let faults = Faults(vec![Fault {
            field: "name",
            text: "empty".to_owned(),
        }]);
        for (field, has_hint, expect) in [
            ("name", true, "n-fault n-hint"),
            ("name", false, "n-fault"),
            ("other", true, "n-hint"),
            ("other", false, ""),
        ] {
            assert_eq!(faults.described_by(field, "n", has_hint), expect);
        }
        assert_eq!(faults.of("name"), Some("empty"));
        assert_eq!(faults.of("other"), None);
    }
}
