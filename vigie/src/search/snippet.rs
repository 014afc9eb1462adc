//! What is shown of a hit: the words around what was found, with what was found marked. Pure.

use super::analyse::{self, Stems, Word};
use super::rank::{Sought, Written};

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// It is what was looked for.
    pub is_hit: bool,
}

/// Characters before the first word found.
const BEFORE: usize = 50;
/// Characters of a snippet.
const LENGTH: usize = 220;

/// A text, and where in it something was found.
#[derive(Clone, Debug)]
pub struct Looked<'a> {
    text: &'a str,
    hits: Vec<(usize, usize)>,
    /// How many parts of the query were found.
    pub parts: usize,
}

/// Looks for the parts of a query in a text. The texts of a page repeat their words, and to find a stem takes
/// longer than all else here: the stems found before are kept from one text to the next.
pub fn look<'a>(text: &'a str, sought: &[Sought], known: &mut Stems) -> Looked<'a> {
    let words: Vec<Word> = analyse::words(text);
    let stems: Vec<String> = words
        .iter()
        .map(|w| {
            if sought.iter().any(|s| s.may_be(&w.folded)) {
                known.of(&w.folded).to_owned()
            } else {
                w.folded.clone()
            }
        })
        .collect();
    let written: Vec<Written<'_>> = words
        .iter()
        .zip(&stems)
        .map(|(w, stem)| Written {
            folded: &w.folded,
            stem,
        })
        .collect();
    let mut hits = vec![];
    let mut parts = 0;
    for part in sought {
        let found = part.find(&written);
        parts += usize::from(!found.is_empty());
        hits.extend(
            found
                .into_iter()
                .map(|(first, last)| (words[first].start, words[last].end)),
        );
    }
    hits.sort_unstable();
    let mut joined: Vec<(usize, usize)> = vec![];
    for (start, end) in hits {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    Looked {
        text,
        hits: joined,
        parts,
    }
}

impl Looked<'_> {
    /// The whole text, marked.
    pub fn whole(&self) -> Vec<Piece> {
        self.pieces(0, self.text.len())
    }

    /// The words around the first hit, or the text's beginning, marked; `…` where it was cut.
    pub fn around(&self) -> Vec<Piece> {
        let first = self.hits.first().map_or(0, |h| h.0);
        let before = self.text[..first].char_indices().rev().nth(BEFORE);
        let start = before.map_or(0, |(at, _)| {
            let space = self.text[at..first].find(char::is_whitespace);
            at + space.unwrap_or(0)
        });
        let after = self.text[start..].char_indices().nth(LENGTH);
        let end = after.map_or(self.text.len(), |(at, _)| {
            let at = start + at;
            let space = self.text[start..at].rfind(char::is_whitespace);
            space.map_or(at, |space| start + space).max(
                self.hits
                    .first()
                    .map_or(start, |h| h.1.min(start + LENGTH * 4)),
            )
        });
        let end = self.text.ceil_char_boundary(end);
        let mut pieces = self.pieces(start, end);
        for piece in &mut pieces {
            piece.text = in_one_line(&piece.text);
        }
        if let Some(first) = pieces.first_mut() {
            first.text = first.text.trim_start().to_owned();
        }
        if let Some(last) = pieces.last_mut() {
            last.text = last.text.trim_end().to_owned();
        }
        let dots = || Piece {
            text: "…".to_owned(),
            is_hit: false,
        };
        if start > 0 {
            pieces.insert(0, dots());
        }
        if !self.text[end..].trim().is_empty() {
            pieces.push(dots());
        }
        pieces.retain(|p| !p.text.is_empty());
        pieces
    }

    fn pieces(&self, start: usize, end: usize) -> Vec<Piece> {
        let mut out = vec![];
        let mut at = start;
        let mut push = |from: usize, to: usize, is_hit: bool| {
            if from < to {
                out.push(Piece {
                    text: self.text[from..to].to_owned(),
                    is_hit,
                });
            }
        };
        for (from, to) in &self.hits {
            if *from < at || *to > end {
                continue;
            }
            push(at, *from, false);
            push(*from, *to, true);
            at = *to;
        }
        push(at, end, false);
        out
    }
}

/// Without line ends and runs of spaces; one space stays at either end.
fn in_one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_space = false;
    for c in text.chars() {
        if matches!(c, ' ' | '\n' | '\r' | '\t') {
            if !is_space {
                out.push(' ');
            }
            is_space = true;
        } else {
            is_space = false;
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::language::{Fields, understand};
    use words::language::Language;
    use words::reader::Words;

    fn sought(query: &str) -> Vec<Sought> {
        let reader = Words::new(Language::English, "UTC", 0);
        let understood = understand(query, Fields::Staff, &reader);
        understood.leaves().map(Sought::of).collect()
    }

    fn drawn(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|p| {
                if p.is_hit {
                    format!("[{}]", p.text)
                } else {
                    p.text.clone()
                }
            })
            .collect()
    }

    #[test]
    fn what_was_found_is_marked_as_it_was_written() {
        for (text, query, expected) in [
            ("Écran noir au réveil", "ecrans", "[Écran] noir au réveil"),
            (
                "L’imprimante imprime",
                "imprimantes",
                "L’[imprimante] [imprime]",
            ),
            ("a black, screen", "\"black screens\"", "a [black, screen]"),
            ("black old screen", "\"black screen\"", "black old screen"),
            ("printing prints", "prin*", "[printing] [prints]"),
            ("chevaux", "cheval", "[chevaux]"),
            ("<b>printer</b>", "printer b", "<[b]>[printer]</[b]>"),
            ("", "printer", ""),
            ("nothing here", "printer", "nothing here"),
        ] {
            let found = look(text, &sought(query), &mut Stems::default());
            assert_eq!(drawn(&found.whole()), expected, "{text} {query}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_words_around_the_first_hit() {
        let text = format!(
            "{} the  printer\n\nis broken {}",
            "before ".repeat(50),
            "after ".repeat(90)
        );
        let found = drawn(&look(&text, &sought("printer"), &mut Stems::default()).around());
        assert!(found.starts_with("…before before"), "{found}");
        assert!(
            found.contains("before the [printer] is broken after"),
            "{found}"
        );
        assert!(found.ends_with("after…"), "{found}");
        assert!(found.chars().count() < LENGTH + 10, "{found}");
    }

    proptest::proptest! {
        #[test]
        fn cutting_loses_no_letter_boundary(text in "(?s).{0,400}", query in "[a-zé]{1,3}\\*") {
            let found = look(&text, &sought(&query), &mut Stems::default());
            let whole: String = found.whole().into_iter().map(|p| p.text).collect();
            proptest::prop_assert_eq!(whole, text.clone());
            found.around();
        }
    }
}
