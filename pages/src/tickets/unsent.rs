//! Forms that were typed in and not sent: offered again wherever their author comes back.

/// One of them.
#[derive(Clone, Debug)]
pub struct UnsentView {
    /// Its identifier.
    pub id: i64,
    /// Its first words.
    pub name: String,
    /// When it was touched last, UTC microseconds.
    pub at_micros: i64,
}

/// One of a form of the panel, with what was typed in it.
#[derive(Clone, Debug)]
pub struct UnsentForm {
    /// Which form: `subject`, `priority` …
    pub form: &'static str,
    /// Its fields as they were typed.
    pub fields: Vec<(String, String)>,
    /// The version of the ticket that was looked at.
    pub seen: i64,
    /// How it is named.
    pub view: UnsentView,
}

impl UnsentForm {
    /// What was typed in a field.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        let found = self.fields.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, value)| value)
    }
}

impl UnsentView {
    /// A printer, an hour ago.
    #[must_use]
    pub fn sample() -> UnsentView {
        UnsentView {
            id: 12,
            name: "§ Imprimante du 2e étage".to_owned(),
            at_micros: crate::frame::SAMPLE_NOW - 3_600_000_000,
        }
    }
}
