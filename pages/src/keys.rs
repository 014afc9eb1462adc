//! The keys of a page as its reader chose them, and the page on which they are chosen.

use crate::fields::{Faults, Standing};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;
use words::reader::Words;

/// Keys that somebody gave other keys. A template names each action by the key it has unasked, and
/// prints the one it has for this reader.
#[derive(Clone, Debug, Default)]
pub struct Keys(Vec<(&'static str, String)>);

impl Keys {
    /// Pairs of the key an action has unasked and the one it was given, where they differ.
    #[must_use]
    pub fn new(chosen: Vec<(&'static str, String)>) -> Keys {
        Keys(chosen)
    }

    /// The key for an action whose own key this is, as `aria-keyshortcuts` writes it.
    #[must_use]
    pub fn of<'a>(&'a self, own: &'a str) -> &'a str {
        let found = self.0.iter().find(|(known, _)| *known == own);
        found.map_or(own, |(_, chosen)| chosen)
    }

    /// Nothing differs.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        self.0.is_empty()
    }

    /// For scripts, whose keys stand on no element: `j=n space=v`.
    #[must_use]
    pub fn text(&self) -> String {
        let pairs: Vec<String> = self
            .0
            .iter()
            .map(|(own, chosen)| format!("{own}={chosen}"))
            .collect();
        pairs.join(" ")
    }
}

impl Frame {
    /// The key for an action whose own key this is, for `aria-keyshortcuts`.
    #[must_use]
    pub fn key<'a>(&'a self, own: &'a str) -> &'a str {
        self.keys.of(own)
    }

    /// The same as it is printed on a key.
    #[must_use]
    pub fn cap(&self, own: &str) -> String {
        cap_of(&self.words, self.keys.of(own))
    }
}

/// A key as it is printed: `Q`, `⇧ C`, or the name of the space bar.
#[must_use]
pub fn cap_of(words: &Words, key: &str) -> String {
    match key.strip_prefix("Shift+") {
        _ if key == "space" => words.say("list-key-space").to_owned(),
        Some(letter) => format!("⇧ {letter}"),
        None => key.to_uppercase(),
    }
}

/// One action of the form.
#[derive(Clone, Debug)]
pub struct ShortcutRow {
    /// Name of its field.
    pub field: &'static str,
    /// Catalogue key of what it does.
    pub label: &'static str,
    /// The key it has unasked.
    pub own: &'static str,
    /// What stands in the field.
    pub value: String,
}

/// `/preferences/shortcuts`.
#[derive(Template)]
#[template(path = "identity/shortcuts.html")]
pub struct ShortcutsPage {
    /// Surroundings.
    pub frame: Frame,
    /// The version the form was made from.
    pub version: i64,
    /// Every action.
    pub rows: Vec<ShortcutRow>,
    /// What was wrong, at its field.
    pub faults: Faults,
    /// What was saved meanwhile elsewhere, where it differs from what was typed; `None` when nothing was.
    pub meanwhile: Option<Vec<Standing>>,
}

impl ShortcutsPage {
    /// Three actions, one with another key.
    #[must_use]
    pub fn sample(language: Language) -> ShortcutsPage {
        let row = |field, label, own: &'static str, value: &str| ShortcutRow {
            field,
            label,
            own,
            value: value.to_owned(),
        };
        ShortcutsPage {
            frame: Frame {
                section: Section::Other,
                keys: Keys::new(vec![("p", "q".to_owned())]),
                here: "/preferences/shortcuts".to_owned(),
                ..Frame::sample(language)
            },
            version: 3,
            rows: vec![
                row("take", "keys-take", "p", "q"),
                row("peek", "keys-peek", "space", "space"),
                row("close", "keys-close", "Shift+C", "Shift+C"),
            ],
            faults: Faults::default(),
            meanwhile: None,
        }
    }

    /// A key that another action has, and a change made elsewhere meanwhile.
    #[must_use]
    pub fn sample_refused(language: Language) -> ShortcutsPage {
        ShortcutsPage {
            faults: Faults(vec![crate::fields::Fault {
                field: "take",
                text: "§ Une autre action a déjà cette touche.".to_owned(),
            }]),
            meanwhile: Some(vec![Standing {
                label: "keys-take",
                value: "W".to_owned(),
            }]),
            ..ShortcutsPage::sample(language)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;

    #[test]
    fn a_key_that_was_given_another_is_that_other_one() {
        let keys = Keys::new(vec![("p", "q".to_owned()), ("space", "=".to_owned())]);
        assert_eq!((keys.of("p"), keys.of("u")), ("q", "u"));
        assert_eq!(keys.text(), "p=q space==");
        assert!(!keys.is_usual() && Keys::default().is_usual());
    }
}
