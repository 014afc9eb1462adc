//! Full text: words that were analysed elsewhere, found again by each engine's own inverted index.
//!
//! What a word is, which words are the same and which answer comes first is decided outside, once
//! for both engines; here they are only kept, and found again by what `matching.rs` asks. [`Indexed`] is what is
//! kept of a document, of words of letters and digits, and `·`.
//!
//! Deliberately absent: tokenizers, stemmers, stop words and rankings of the engines, which differ.

use std::collections::{BTreeSet, HashMap};

use super::{Ask, Engine, Query, Tx, Value};
use crate::error::Error;

/// PostgreSQL counts places up to here; beyond, a word is found but is part of no phrase.
const LAST_PLACE: usize = 16_383;
/// PostgreSQL keeps so many places of one word; further ones are part of no phrase.
const MOST_PLACES: u8 = 255;
/// PostgreSQL keeps less than a mebibyte of one document's words; a document of so many different
/// words is no text, and further ones are not kept.
const MOST_BYTES: usize = 700_000;
/// What stands between two parts of a document, so that no phrase reaches across.
pub(super) const GAP: &str = "·";

/// What is kept of a document.
#[derive(Clone, Debug, Default)]
pub struct Indexed {
    places: Vec<Option<String>>,
    counted: HashMap<String, u8>,
    marks: BTreeSet<String>,
    bytes: usize,
}

impl Indexed {
    /// Adds the next word of the text.
    pub fn word(&mut self, word: &str) {
        if !self.counted.contains_key(word) && !self.has_room(word) {
            return self.gap();
        }
        let count = self.counted.entry(word.to_owned()).or_default();
        if *count == MOST_PLACES || self.places.len() >= LAST_PLACE {
            if *count == 0 {
                self.marks.insert(word.to_owned());
            }
            return self.gap();
        }
        *count += 1;
        self.places.push(Some(word.to_owned()));
    }

    /// Ends a part: a phrase does not go on after it.
    pub fn gap(&mut self) {
        if self.places.len() < LAST_PLACE && self.places.last().is_some_and(Option::is_some) {
            self.places.push(None);
        }
    }

    /// Adds a word without a place: found, but part of no phrase.
    pub fn mark(&mut self, word: String) {
        if !self.marks.contains(&word) && self.has_room(&word) {
            self.marks.insert(word);
        }
    }

    fn has_room(&mut self, word: &str) -> bool {
        let has_room = self.bytes + word.len() <= MOST_BYTES;
        if has_room {
            self.bytes += word.len();
        }
        has_room
    }

    fn text(&self, engine: Engine) -> String {
        match engine {
            Engine::Sqlite => {
                let mut out = String::new();
                for word in &self.places {
                    out.push_str(word.as_deref().unwrap_or(GAP));
                    out.push(' ');
                }
                for mark in &self.marks {
                    // Two marks never follow each other, so they are no phrase either.
                    out.push_str(GAP);
                    out.push(' ');
                    out.push_str(mark);
                    out.push(' ');
                }
                out
            }
            Engine::Postgres => {
                let mut places: HashMap<&str, Vec<String>> = HashMap::new();
                for (at, word) in self.places.iter().enumerate() {
                    if let Some(word) = word {
                        let place = (at + 1).to_string();
                        places.entry(word).or_default().push(place);
                    }
                }
                let mut out = String::new();
                for (word, places) in &places {
                    out.push_str(&format!("'{word}':{} ", places.join(",")));
                }
                for mark in self
                    .marks
                    .iter()
                    .filter(|m| !places.contains_key(m.as_str()))
                {
                    out.push_str(&format!("'{mark}' "));
                }
                out
            }
        }
    }
}

/// Pages of SQLite's index folded in one transaction: some 50 ms of its only writer.
const PAGES: i64 = 256;

impl Tx {
    /// Writes a document into an index of [`super::tables::INDEXES`]; what stood there under this
    /// row was removed before.
    pub async fn index(
        &mut self,
        index: &'static str,
        row: i64,
        document: &Indexed,
    ) -> Result<(), Error> {
        let engine = self.engine();
        let value = match engine {
            Engine::Sqlite => "$2",
            Engine::Postgres => "CAST(CAST($2 AS TEXT) AS tsvector)",
        };
        let text = format!("INSERT INTO {index} (rowid, terms) VALUES ($1, {value})");
        let arguments = vec![Value::from(row), Value::from(document.text(engine))];
        self.raw(&text, arguments).await
    }

    /// Folds an index together after a great many documents came at once, so that it answers
    /// sooner. PostgreSQL does it by itself.
    pub async fn fold_index(&mut self, index: &'static str) -> Result<(), Error> {
        match self.engine() {
            Engine::Sqlite => {
                let text = format!("INSERT INTO {index} ({index}) VALUES ('optimize')");
                self.raw(&text, vec![]).await
            }
            Engine::Postgres => Ok(()),
        }
    }

    /// The same by so many pages, for folding a large index while others write between two transactions; the first
    /// time it begins anew. Whether there may be more to do.
    pub async fn fold_index_further(
        &mut self,
        index: &'static str,
        is_first: bool,
    ) -> Result<bool, Error> {
        if self.engine() == Engine::Postgres {
            return Ok(false);
        }
        let pages = if is_first { -PAGES } else { PAGES };
        let before = self.changes().await?;
        let text = format!("INSERT INTO {index} ({index}, rank) VALUES ('merge', {pages})");
        self.raw(&text, vec![]).await?;
        // Fewer than two changes: there was nothing to do, as SQLite's manual of FTS5 has it.
        Ok(self.changes().await? - before > 1)
    }

    /// How many rows this connection to SQLite has changed since it was opened, those of indexes too.
    async fn changes(&mut self) -> Result<i64, Error> {
        crate::record! { struct Changes { n: i64 } }
        let query = Query {
            text: "SELECT total_changes() AS n".to_owned(),
            args: vec![],
            scoped: false,
        };
        let row: Changes = self.one(query).await?;
        Ok(row.n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_without_end_keeps_to_what_both_engines_count() {
        let mut document = Indexed::default();
        for _ in 0..400 {
            document.word("la");
            document.word("suite");
        }
        for n in 0..20_000 {
            document.word(&format!("w{n}"));
        }
        let text = document.text(Engine::Postgres);
        assert!(text.contains("'w19999' "), "found, without a place");
        let last = text
            .split([':', ',', ' '])
            .filter_map(|t| t.parse::<usize>().ok());
        assert_eq!(last.max(), Some(LAST_PLACE));
    }
}
