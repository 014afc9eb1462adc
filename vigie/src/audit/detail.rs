//! What an entry says beside who and when: a name, and what became of what. Stored as JSON.

use kit::error::Error;
use serde_json::{Value, json};

use super::Field;

/// What a field was and became; `None` where it was empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub field: Field,
    /// Before.
    pub was: Option<String>,
    /// After.
    pub becomes: Option<String>,
}

/// What an entry tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// The name of what it is about, when that is no person and no department.
    pub thing: Option<String>,
    /// What became different.
    pub changes: Vec<Change>,
}

impl Detail {
    pub(super) fn store(&self) -> Result<String, Error> {
        let changes: Vec<Value> = self
            .changes
            .iter()
            .map(|it| json!([it.field.word(), it.was, it.becomes]))
            .collect();
        serde_json::to_string(&json!({ "thing": self.thing, "changes": changes }))
            .map_err(|e| Error::bug(format!("an entry of the journal cannot be written: {e}")))
    }

    /// What was stored; nothing, once it was taken out.
    pub fn read(stored: &str) -> Detail {
        let whole: Value = serde_json::from_str(stored).unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let change = |value: &Value| {
            Some(Change {
                field: Field::of(value.get(0)?.as_str()?)?,
                was: text(value.get(1)?),
                becomes: text(value.get(2)?),
            })
        };
        let changes = whole.get("changes").and_then(Value::as_array);
        Detail {
            thing: whole.get("thing").and_then(text),
            changes: changes.map_or(vec![], |all| all.iter().filter_map(change).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_read_back() {
        let noted = Detail {
            thing: Some("« Réseau »".to_owned()),
            changes: vec![Change {
                field: Field::Scope,
                was: None,
                becomes: Some("group".to_owned()),
            }],
        };
        let stored = noted.store().expect("it is written");
        assert_eq!(Detail::read(&stored), noted);
    }

    #[test]
    fn what_was_taken_out_says_nothing() {
        assert_eq!(Detail::read(""), Detail::default());
    }
}
