//! Full text: words that were analysed elsewhere, found again by each engine's own inverted index.
//!
//! What a word is, which words are the same and which answer comes first is decided outside, once
//! for both engines; here they only keep and find. [`Indexed`] is what is kept of a document,
//! [`Matching`] what is looked for; both hold words of letters and digits, and `·`.
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
const GAP: &str = "·";

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

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matching {
    /// Documents with this word.
    Word(String),
    /// Documents with a word that begins so.
    Prefix(String),
    /// Documents with these words one after the other.
    Phrase(Vec<String>),
    /// Documents that every part finds; none when there is no part.
    All(Vec<Matching>),
    /// Documents that any part finds; none when there is no part.
    Any(Vec<Matching>),
    /// Documents that the first finds and the second does not.
    Without(Box<Matching>, Box<Matching>),
}

impl Matching {
    /// What it looks for, without asking in which order words stand: finds all that it finds, and perhaps more.
    /// None when it asks for no order.
    pub fn without_order(&self) -> Option<Matching> {
        fn all(parts: &[Matching]) -> Option<Vec<Matching>> {
            let loose: Vec<Option<Matching>> = parts.iter().map(Matching::without_order).collect();
            let is_any = loose.iter().any(Option::is_some);
            let each = parts.iter().zip(loose);
            let each = each.map(|(part, loose)| loose.unwrap_or_else(|| part.clone()));
            is_any.then(|| each.collect())
        }
        match self {
            Matching::Word(_) | Matching::Prefix(_) => None,
            Matching::Phrase(words) => Some(Matching::All(
                words.iter().cloned().map(Matching::Word).collect(),
            )),
            Matching::All(parts) => all(parts).map(Matching::All),
            Matching::Any(parts) => all(parts).map(Matching::Any),
            // Nothing may be left out for words that only stand in another order.
            Matching::Without(those, these) => match (those.without_order(), these.without_order())
            {
                (None, None) => None,
                (Some(loose), None) => Some(Matching::Without(Box::new(loose), these.clone())),
                (loose, Some(_)) => Some(loose.unwrap_or_else(|| (**those).clone())),
            },
        }
    }

    /// In the engine's language. Words were cleaned when they were analysed; whatever else reaches
    /// this place is dropped, so that no text is an operator.
    fn text(&self, engine: Engine) -> String {
        let clean = |word: &str| -> String {
            let kept = word.chars().filter(|c| c.is_alphanumeric() || *c == '·');
            match kept.collect::<String>() {
                nothing if nothing.is_empty() => GAP.to_owned() + GAP,
                word => word,
            }
        };
        let join = |parts: &[Matching], by: &str| match parts {
            [] => Matching::Word(String::new()).text(engine),
            parts => {
                let parts: Vec<String> = parts.iter().map(|p| p.text(engine)).collect();
                format!("({})", parts.join(by))
            }
        };
        match (self, engine) {
            (Matching::Word(word), Engine::Sqlite) => format!("\"{}\"", clean(word)),
            (Matching::Word(word), Engine::Postgres) => format!("'{}'", clean(word)),
            (Matching::Prefix(word), Engine::Sqlite) => format!("\"{}\" *", clean(word)),
            (Matching::Prefix(word), Engine::Postgres) => format!("'{}':*", clean(word)),
            (Matching::Phrase(words), Engine::Sqlite) => {
                let words: Vec<String> = words.iter().map(|w| clean(w)).collect();
                format!("\"{}\"", words.join(" "))
            }
            (Matching::Phrase(words), Engine::Postgres) => {
                let words: Vec<String> = words.iter().map(|w| format!("'{}'", clean(w))).collect();
                format!("({})", words.join(" <-> "))
            }
            (Matching::All(parts), Engine::Sqlite) => join(parts, " AND "),
            (Matching::All(parts), Engine::Postgres) => join(parts, " & "),
            (Matching::Any(parts), Engine::Sqlite) => join(parts, " OR "),
            (Matching::Any(parts), Engine::Postgres) => join(parts, " | "),
            (Matching::Without(those, these), Engine::Sqlite) => {
                format!("({} NOT {})", those.text(engine), these.text(engine))
            }
            (Matching::Without(those, these), Engine::Postgres) => {
                format!("({} & !{})", those.text(engine), these.text(engine))
            }
        }
    }
}

impl Query {
    /// Says what is looked for at the marker `{words:index alias}`, which names an index of
    /// [`super::tables::INDEXES`].
    pub fn matching(mut self, engine: Engine, what: &Matching) -> Query {
        self.args.push(Value::from(what.text(engine)));
        let place = self.args.len();
        let Some(at) = self.text.find("{words:") else {
            return self;
        };
        let Some(length) = self.text[at..].find('}') else {
            return self;
        };
        let marker = &self.text[at + "{words:".len()..at + length];
        let (index, alias) = marker.split_once(' ').unwrap_or((marker, marker));
        // SQLite asks the index by its own name, PostgreSQL its column; there the question is read
        // once, not for each row that it is put to.
        let condition = match engine {
            Engine::Sqlite => format!("{alias}.{index} MATCH ${place}"),
            Engine::Postgres => {
                format!("{alias}.terms @@ (SELECT CAST(CAST(${place} AS TEXT) AS tsquery))")
            }
        };
        self.text.replace_range(at..=at + length, &condition);
        self
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
    use crate::db::sql::{every_scoped_table_is_marked, names_scoped_table};

    fn word(text: &str) -> Matching {
        Matching::Word(text.to_owned())
    }

    #[test]
    fn each_engine_is_asked_in_its_own_words() {
        let phrase = Matching::Phrase(vec!["mis".to_owned(), "jour".to_owned()]);
        let all = Matching::All(vec![word("écran"), Matching::Prefix("noi".to_owned())]);
        let both = Matching::Without(Box::new(all), Box::new(Matching::Any(vec![phrase])));
        assert_eq!(
            both.text(Engine::Sqlite),
            "((\"écran\" AND \"noi\" *) NOT (\"mis jour\"))"
        );
        assert_eq!(
            both.text(Engine::Postgres),
            "(('écran' & 'noi':*) & !(('mis' <-> 'jour')))"
        );
    }

    #[test]
    fn without_order_nothing_less_is_found() {
        let phrase = Matching::Phrase(vec!["mis".to_owned(), "jour".to_owned()]);
        let both = Matching::All(vec![word("mis"), word("jour")]);
        assert_eq!(word("mis").without_order(), None);
        assert_eq!(phrase.without_order(), Some(both.clone()));
        let all = |parts: Vec<Matching>| Matching::All(parts);
        assert_eq!(
            all(vec![word("a"), phrase.clone()]).without_order(),
            Some(all(vec![word("a"), both.clone()]))
        );
        let without = |a: &Matching, b: &Matching| {
            Matching::Without(Box::new(a.clone()), Box::new(b.clone()))
        };
        assert_eq!(without(&word("a"), &word("b")).without_order(), None);
        assert_eq!(
            without(&phrase, &word("b")).without_order(),
            Some(without(&both, &word("b")))
        );
        assert_eq!(
            without(&word("a"), &phrase).without_order(),
            Some(word("a"))
        );
    }

    #[test]
    fn an_index_is_named_only_beside_its_table_and_for_somebody() {
        let beside = "FROM search_index x CROSS JOIN search_documents d";
        assert!(names_scoped_table(beside) && !names_scoped_table("FROM my_search_index_of x"));
        assert!(!every_scoped_table_is_marked(beside));
        let marked = format!("{beside} WHERE {{visible:search_documents d}}");
        assert!(every_scoped_table_is_marked(&marked));
    }

    #[test]
    fn nothing_typed_is_an_operator() {
        for text in ["\" OR \"", "' | '", "a'b\\", "NEAR(a)", "*", ""] {
            let sqlite = word(text).text(Engine::Sqlite);
            assert_eq!(sqlite.matches('"').count(), 2, "{sqlite}");
            assert!(!sqlite.contains(['(', '*', '\\']), "{sqlite}");
            let postgres = word(text).text(Engine::Postgres);
            assert_eq!(postgres.matches('\'').count(), 2, "{postgres}");
            assert!(!postgres.contains(['(', '|', '\\', '*']), "{postgres}");
        }
        assert!(!Matching::All(vec![]).text(Engine::Postgres).is_empty());
    }

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
