//! Single keys given other keys: whoever's layout, hands or voice fit the usual ones badly chooses others
//! (WCAG 2.1.4). Pure but for `of` and `choose`.

use kit::db::{Answers, Tx};
use kit::error::{Clash, Error, Fields};
use kit::stored_words;

use crate::people::PersonId;

pub mod pages;
mod store;

stored_words! {
    /// What a single key does, wherever it does it.
    pub enum Shortcut {
        /// A new ticket, or a new one of what the page lists.
        New = "new",
        /// The field of the search.
        Search = "search",
        /// The help of keys.
        Help = "help",
        /// Takes the last deed back.
        Undo = "undo",
        /// Before the letter of a section.
        Go = "go",
        /// The next row.
        Down = "down",
        /// The row before.
        Up = "up",
        /// Ticks the row; with Shift, all from the last one ticked.
        Select = "select",
        /// Looks at the row without opening it.
        Peek = "peek",
        /// Adds a condition to the list.
        Filter = "filter",
        /// Shows the new rows that wait.
        Fresh = "fresh",
        /// Takes in charge.
        Take = "take",
        /// Lets go.
        Release = "release",
        /// Gives to somebody.
        Assign = "assign",
        /// Sends to another department.
        Transfer = "transfer",
        /// Invites somebody.
        Invite = "invite",
        /// The menu of what changes the status.
        Status = "status",
        /// The priority.
        Priority = "priority",
        /// The tags.
        Label = "label",
        /// Watches, or no longer.
        Watch = "watch",
        /// Closes.
        Close = "close",
        /// Merges those that are ticked.
        Merge = "merge",
        /// Writes to the requester.
        Reply = "reply",
        /// Writes to colleagues.
        Note = "note",
        /// The ticket before in the list.
        Previous = "previous",
        /// The next ticket of the list.
        Next = "next",
    }
}

impl Shortcut {
    /// The key it has unasked, as `aria-keyshortcuts` writes it.
    pub fn own(self) -> &'static str {
        match self {
            Shortcut::New => "c",
            Shortcut::Search => "/",
            Shortcut::Help => "?",
            Shortcut::Undo => "z",
            Shortcut::Go => "g",
            Shortcut::Down => "j",
            Shortcut::Up => "k",
            Shortcut::Select => "x",
            Shortcut::Peek => "space",
            Shortcut::Filter => "f",
            Shortcut::Fresh => ".",
            Shortcut::Take => "p",
            Shortcut::Release => "u",
            Shortcut::Assign => "a",
            Shortcut::Transfer => "t",
            Shortcut::Invite => "i",
            Shortcut::Status => "s",
            Shortcut::Priority => "y",
            Shortcut::Label => "l",
            Shortcut::Watch => "w",
            Shortcut::Close => "Shift+C",
            Shortcut::Merge => "m",
            Shortcut::Reply => "r",
            Shortcut::Note => "n",
            Shortcut::Previous => "[",
            Shortcut::Next => "]",
        }
    }

    /// Reads a key as people write it: `q`, `Q`, `Shift+Q`, `⇧Q`. Only what types one character is a key
    /// here, so that Tab, Enter and Escape keep doing what they do everywhere; the space bar only looks at
    /// a row, because it presses buttons.
    fn key(self, typed: &str) -> Option<String> {
        let typed = typed.trim();
        let lower = typed.to_lowercase();
        if matches!(lower.as_str(), "space" | "espace") {
            return (self == Shortcut::Peek).then(|| "space".to_owned());
        }
        let shifted = ["shift+", "maj+", "⇧"]
            .iter()
            .find_map(|sign| lower.strip_prefix(sign));
        let mut letters = shifted.unwrap_or(&lower).trim().chars();
        let (letter, None) = (letters.next()?, letters.next()) else {
            return None;
        };
        // A plus sign and a space part keys where they are written down; marks stand on no key alone.
        if letter == '+' || letter.is_whitespace() || letter.is_control() {
            return None;
        }
        match shifted {
            None => Some(letter.to_string()),
            // The select key with Shift ticks a range.
            Some(_) if self == Shortcut::Select || !letter.is_alphabetic() => None,
            Some(_) => Some(format!("Shift+{}", letter.to_uppercase())),
        }
    }
}

/// The keys somebody chose, where they differ from the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyMap(Vec<(Shortcut, String)>);

impl KeyMap {
    /// Reads what was stored; what this version of the program does not know is passed over.
    pub fn read(stored: &str) -> KeyMap {
        let pairs = stored.split(' ').filter_map(|pair| {
            let (word, key) = pair.split_once('=')?;
            let shortcut = Shortcut::of(word)?;
            Some((shortcut, shortcut.key(key)?))
        });
        KeyMap(pairs.collect())
    }

    /// As it is stored.
    pub fn text(&self) -> String {
        let pairs: Vec<String> = self
            .0
            .iter()
            .map(|(shortcut, key)| format!("{}={key}", shortcut.word()))
            .collect();
        pairs.join(" ")
    }

    /// The key of an action.
    pub fn key(&self, shortcut: Shortcut) -> &str {
        let found = self.0.iter().find(|(known, _)| *known == shortcut);
        found.map_or(shortcut.own(), |(_, key)| key)
    }

    /// Those that differ.
    pub fn chosen(&self) -> impl Iterator<Item = (Shortcut, &str)> {
        self.0
            .iter()
            .map(|(shortcut, key)| (*shortcut, key.as_str()))
    }

    /// From what was typed for each action; nothing typed is the usual key.
    ///
    /// # Errors
    /// What is no key, and what two actions would share, at each of them.
    pub fn typed<'a>(given: impl Fn(Shortcut) -> &'a str) -> Result<KeyMap, Error> {
        let mut faults = Fields::default();
        let mut keys: Vec<(Shortcut, String)> = vec![];
        for shortcut in Shortcut::ALL.iter().copied() {
            let typed = given(shortcut).trim();
            let key = if typed.is_empty() {
                Some(shortcut.own().to_owned())
            } else {
                shortcut.key(typed)
            };
            match key {
                Some(key) => keys.push((shortcut, key)),
                None => faults.add(shortcut.word(), "fault-key", None),
            }
        }
        for (shortcut, key) in &keys {
            let is_shared = keys.iter().any(|(other, theirs)| {
                other != shortcut && (theirs == key || range(*other, theirs) == Some(key.clone()))
            });
            faults.require(!is_shared, shortcut.word(), "fault-key-taken");
        }
        faults.settle()?;
        keys.retain(|(shortcut, key)| key != shortcut.own());
        Ok(KeyMap(keys))
    }
}

/// What the select key does with Shift belongs to it, too.
fn range(shortcut: Shortcut, key: &str) -> Option<String> {
    (shortcut == Shortcut::Select).then(|| format!("Shift+{}", key.to_uppercase()))
}

/// Somebody's keys and their version, which is 0 as long as they never chose.
pub async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<(KeyMap, i64), Error> {
    let found = store::of(ask, person).await?;
    Ok(found.map_or((KeyMap::default(), 0), |(keys, version)| {
        (KeyMap::read(&keys), version)
    }))
}

/// Keeps them, when nothing was saved since the version one saw.
///
/// # Errors
/// `Conflict` when they were changed meanwhile, in another tab.
pub async fn choose(
    tx: &mut Tx,
    person: PersonId,
    seen: Option<i64>,
    keys: &KeyMap,
) -> Result<(), Error> {
    let (_, current) = of(tx, person).await?;
    match seen {
        Some(seen) if seen != current => Err(Error::Conflict(Clash::of(seen, current))),
        _ => store::put(tx, person, &keys.text()).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(given: &[(Shortcut, &'static str)]) -> Result<KeyMap, Error> {
        KeyMap::typed(|shortcut| {
            let found = given.iter().find(|(known, _)| *known == shortcut);
            found.map_or("", |(_, text)| text)
        })
    }

    fn faults(given: &[(Shortcut, &'static str)]) -> Vec<(&'static str, &'static str)> {
        match typed(given) {
            Err(Error::Invalid(fields)) => fields.0.iter().map(|f| (f.field, f.key)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_key_is_read_as_people_write_it() {
        let keys = typed(&[
            (Shortcut::Take, "Q"),
            (Shortcut::Close, "maj+é"),
            (Shortcut::Peek, "v"),
            (Shortcut::Release, " ; "),
            (Shortcut::New, "c"),
        ])
        .unwrap();
        assert_eq!(keys.text(), "peek=v take=q release=; close=Shift+É");
        assert_eq!(KeyMap::read(&keys.text()), keys);
        assert_eq!(KeyMap::read("colour=q take=tab undo"), KeyMap::default());
        assert_eq!(
            (keys.key(Shortcut::Take), keys.key(Shortcut::Undo)),
            ("q", "z")
        );
        assert_eq!(
            typed(&[(Shortcut::Peek, "Espace")]).unwrap(),
            KeyMap::default()
        );
    }

    #[test]
    fn what_is_no_key_and_what_two_would_share_is_refused_at_its_field() {
        for text in ["Tab", "qq", "+", "Shift+1", "Ctrl+Q", "space"] {
            assert_eq!(
                faults(&[(Shortcut::Take, text)]),
                [("take", "fault-key")],
                "{text}"
            );
        }
        assert_eq!(
            faults(&[(Shortcut::Take, "u")]),
            [("take", "fault-key-taken"), ("release", "fault-key-taken")]
        );
        assert_eq!(
            faults(&[(Shortcut::Close, "Shift+X")]),
            [("close", "fault-key-taken")]
        );
        // Two may change places.
        assert!(typed(&[(Shortcut::Take, "u"), (Shortcut::Release, "p")]).is_ok());
    }

    #[test]
    fn every_action_has_a_key_of_its_own_unasked() {
        assert_eq!(typed(&[]).unwrap(), KeyMap::default());
    }
}
