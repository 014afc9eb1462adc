//! Fields of forms, shown again with what was typed and what was wrong.

/// One field of a form: what was typed, and what was wrong with it in the reader's language.
#[derive(Clone, Debug, Default)]
pub struct FormField {
    /// Typed value.
    pub value: String,
    /// What was wrong.
    pub error: Option<String>,
}

impl FormField {
    /// A value without complaint.
    #[must_use]
    pub fn of(value: &str) -> FormField {
        FormField {
            value: value.to_owned(),
            error: None,
        }
    }
}
