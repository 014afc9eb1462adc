//! Which answer comes first. Pure, and said here alone: the engines' own rankings differ.
//!
//! A part of the query found in the subject counts [`IN_SUBJECT`], in the requester's name
//! [`IN_REQUESTER`], in a file's name [`IN_FILE`], elsewhere [`IN_WORDS`]; a word written exactly as it
//! was typed counts [`EXACT`] more. The sum over the parts is halved for every [`HALF_LIFE`] days since
//! the ticket was opened, along a hyperbola: an old subject still comes before fresh small talk. Between
//! equals the newer ticket comes first.

use kit::clock::Moment;

use super::SHORTEST_PREFIX;
use super::analyse;
use super::language::Leaf;
use super::marks::BETWEEN;

const IN_SUBJECT: i64 = 100;
const IN_REQUESTER: i64 = 60;
const IN_FILE: i64 = 40;
const IN_WORDS: i64 = 20;
const EXACT: i64 = 5;
const HALF_LIFE: i64 = 365;
const DAY: i64 = 86_400_000_000;

/// A part of the query, ready to be compared.
#[derive(Clone, Debug)]
pub struct Sought {
    words: Vec<String>,
    stems: Vec<String>,
    is_prefix: bool,
}

/// A word as it was written and its stem.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// Folded.
    pub folded: &'a str,
    /// Its stem.
    pub stem: &'a str,
}

impl Sought {
    /// The same part, its words stemmed.
    pub fn of(leaf: &Leaf) -> Sought {
        Sought {
            stems: leaf.words.iter().map(|w| analyse::stem(w)).collect(),
            words: leaf.words.clone(),
            is_prefix: leaf.is_prefix,
        }
    }

    /// Whether a word might be one that is sought, before its stem is known: stems end otherwise than
    /// their words, but begin alike.
    pub fn may_be(&self, folded: &str) -> bool {
        let first = folded.chars().next();
        self.words.iter().any(|w| w.chars().next() == first)
    }

    /// Where the part is found among words: the indexes of its first and last word, one after the
    /// other for a phrase.
    pub fn find(&self, words: &[Written<'_>]) -> Vec<(usize, usize)> {
        let length = self.stems.len();
        if self.is_prefix && length > 1 {
            let mut out = vec![];
            for (at, word) in words.iter().enumerate() {
                let last = length - 1;
                let is_one =
                    self.stems[..last].iter().any(|s| s == word.stem) || self.begins(last, *word);
                if is_one {
                    out.push((at, at));
                }
            }
            return out;
        }
        (0..(words.len() + 1).saturating_sub(length))
            .filter(|at| (0..length).all(|n| self.is_word(n, words[at + n])))
            .map(|at| (at, at + length - 1))
            .collect()
    }

    fn begins(&self, n: usize, word: Written<'_>) -> bool {
        let beginning = self.words[n].as_str();
        word.folded.starts_with(beginning)
            || word.stem.starts_with(beginning)
            || word.stem == self.stems[n]
    }

    fn is_word(&self, n: usize, word: Written<'_>) -> bool {
        if self.is_prefix {
            self.begins(n, word)
        } else {
            word.stem == self.stems[n]
        }
    }

    /// Whether a subject holds each of its words, in whatever order.
    fn is_among(&self, subject: &[Written<'_>]) -> bool {
        (0..self.stems.len()).all(|n| {
            let is_beginning = self.is_prefix
                && n + 1 == self.stems.len()
                && self.words[n].chars().count() >= SHORTEST_PREFIX;
            let mut words = subject.iter();
            words.any(|word| word.stem == self.stems[n] || (is_beginning && self.begins(n, *word)))
        })
    }

    fn value(&self, words: &[Written<'_>], place: i64) -> Option<i64> {
        let found = self.find(words);
        if found.is_empty() {
            return None;
        }
        let is_exact = found.iter().any(|(first, last)| {
            words[*first..=*last]
                .iter()
                .zip(&self.words)
                .all(|(w, typed)| w.folded == typed)
        });
        Some(place + if is_exact { EXACT } else { 0 })
    }
}

/// The words of a line of heads, as [`super::document`] wrote them.
fn read(line: &str) -> Vec<Written<'_>> {
    line.split_whitespace()
        .map(|word| match word.split_once('/') {
            Some((folded, stem)) => Written { folded, stem },
            None => Written {
                folded: word,
                stem: word,
            },
        })
        .collect()
}

/// Whether the subject of a document holds every part: what the index says of its marks (`marks::subject`).
pub fn is_by_subject(heads: &str, sought: &[Sought]) -> bool {
    let subject = read(heads.split('\n').next().unwrap_or_default());
    sought.iter().all(|part| part.is_among(&subject))
}

/// How well a document answers.
pub fn score(heads: &str, sought: &[Sought], created_at: Moment, now: Moment) -> i64 {
    let mut lines = heads.split('\n');
    let subject = read(lines.next().unwrap_or_default());
    let requester = read(lines.next().unwrap_or_default());
    let files: Vec<Vec<Written<'_>>> = lines
        .next()
        .unwrap_or_default()
        .split(BETWEEN)
        .map(read)
        .collect();
    let mut sum = 0;
    for part in sought {
        sum += part
            .value(&subject, IN_SUBJECT)
            .or_else(|| part.value(&requester, IN_REQUESTER))
            .or_else(|| files.iter().find_map(|file| part.value(file, IN_FILE)))
            .unwrap_or(IN_WORDS);
    }
    let age = now.since(created_at).0.max(0) / DAY;
    sum * 1_000_000 / (HALF_LIFE + age)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_795_439_280_000_000);

    fn sought(words: &[&str], is_prefix: bool) -> Sought {
        Sought::of(&Leaf {
            words: words.iter().map(|w| (*w).to_owned()).collect(),
            is_prefix,
            is_quoted: false,
        })
    }

    #[test]
    fn subject_before_requester_before_file_before_words_and_new_before_old() {
        let printer = [sought(&["printers"], false)];
        let days = |n: i64| Moment(NOW.0 - n * DAY);
        let of = |heads: &str, age: i64| score(heads, &printer, days(age), NOW);
        let places = [
            of("printers/print \nann \n", 0),
            of("printer/print \nann \n", 0),
            of("badge/badg \nprinter/print \n", 0),
            of("badge/badg \nann \nprinter/print pdf · ", 0),
            of("badge/badg \nann \n", 0),
        ];
        assert!(places.is_sorted_by(|a, b| a > b), "{places:?}");
        assert!(of("printer/print \n\n", 10) < of("printer/print \n\n", 3));
        assert!(of("printer/print \n\n", 700) > of("badge/badg \n\n", 0));
    }

    #[test]
    fn a_subject_holds_every_part_in_whatever_order() {
        let is = |words: &[&str], is_prefix| {
            is_by_subject(
                "old printers/print jam \nscreen \n",
                &[sought(words, is_prefix)],
            )
        };
        assert!(is(&["jam", "printing"], false), "a phrase in another order");
        assert!(is(&["jam", "pri"], true) && is(&["printe"], true));
        assert!(!is(&["pri", "jam"], true), "only the last word may go on");
        assert!(!is(&["j"], true) && !is(&["screen"], false));
        assert!(is_by_subject("jam \n\n", &[]), "nothing is asked of it");
    }

    #[test]
    fn a_phrase_is_found_only_one_word_after_the_other() {
        let words = read("black screen/screen on my black/black old screen");
        assert_eq!(sought(&["black", "screens"], false).find(&words), [(0, 1)]);
        assert_eq!(sought(&["scr"], true).find(&words), [(1, 1), (6, 6)]);
        assert!(sought(&["screen", "black"], false).find(&words).is_empty());
        assert!(sought(&["a", "b"], false).find(&[]).is_empty());
    }
}
