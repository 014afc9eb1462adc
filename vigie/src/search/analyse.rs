//! From text to the words that are searched: cut, folded, reduced to their stem. The same for what is
//! kept and for what is typed, on both engines, so that both find the same.
//!
//! - Cut at whatever is neither letter nor digit; elided articles (`l’`, `d’`, `qu’` …) and the English
//!   `’s` are dropped.
//! - Folded: capitals, accents and ligatures count for nothing (`Œuvré` is `oeuvre`).
//! - Stemmed by the French rules, then by the English ones, until nothing changes. People of one desk
//!   write both languages, often in one sentence; a word must not need to know which it is. What a
//!   stem gives is its own stem, so that stems and words may stand in one index.
//!
//! Any change here, or of what is kept of a ticket (`document.rs`), must raise [`VERSION`], which rebuilds the index.

use std::collections::HashMap;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::char::is_combining_mark;

pub use crate::folding::fold;

/// The analyser's version; the index remembers by which it was made.
pub const VERSION: i64 = 2;

/// The longest word, in characters; what follows counts for nothing.
const LONGEST: usize = 64;
/// The shortest stem: shorter ones mean nothing any more.
const SHORTEST_STEM: usize = 3;
/// Stems remembered at once.
const REMEMBERED: usize = 50_000;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Without capitals and accents.
    pub folded: String,
}

/// Words so common that a query does without them when it has others.
const COMMON: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "au", "aux", "avec", "be", "by", "c", "ce", "ces", "d",
    "dans", "de", "des", "do", "du", "elle", "en", "est", "et", "for", "from", "i", "il", "ils",
    "in", "is", "it", "j", "je", "l", "la", "le", "les", "leur", "m", "ma", "mais", "me", "mes",
    "mon", "my", "n", "ne", "nous", "of", "on", "or", "ou", "par", "pas", "plus", "pour", "qu",
    "que", "qui", "s", "sa", "se", "ses", "son", "sur", "t", "that", "the", "this", "to", "un",
    "une", "vous", "was", "we", "with", "y", "you",
];

/// What stands before an apostrophe without being a word.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
];

/// Whether a word says so little that others decide.
pub fn is_common(folded: &str) -> bool {
    COMMON.binary_search(&folded).is_ok()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘')
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = vec![];
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if !is_part(first) {
            continue;
        }
        let (mut end, mut letters) = (start + first.len_utf8(), 1);
        let mut cut = end;
        while let Some((at, c)) = rest.next_if(|(_, c)| is_part(*c)) {
            end = at + c.len_utf8();
            letters += 1;
            if letters <= LONGEST {
                cut = end;
            }
        }
        let folded = fold(&text[start..cut]);
        if folded.is_empty() {
            continue;
        }
        let after = text[end..].chars().next();
        let is_elided = after.is_some_and(is_apostrophe)
            && ELIDED.contains(&folded.as_str())
            && text[end..].chars().nth(1).is_some_and(is_part);
        let before = text[..start].chars().next_back();
        let is_genitive = folded == "s"
            && before.is_some_and(is_apostrophe)
            && out.last().is_some_and(|w: &Word| {
                text[w.end..start].chars().count() == 1 && !ELIDED.contains(&w.folded.as_str())
            });
        if !is_elided && !is_genitive {
            out.push(Word { start, end, folded });
        }
    }
    out
}

fn stemmers() -> &'static [Stemmer; 2] {
    static STEMMERS: OnceLock<[Stemmer; 2]> = OnceLock::new();
    STEMMERS.get_or_init(|| {
        [
            Stemmer::create(Algorithm::French),
            Stemmer::create(Algorithm::English),
        ]
    })
}

/// Without the ending of a plural, which the rules know less well once accents are gone, and not at
/// all after some letters (`connexions`).
fn singular(word: &str) -> String {
    if word.len() < 5 {
        return word.to_owned();
    }
    if let Some(root) = word.strip_suffix("eaux") {
        return format!("{root}eau");
    }
    if let Some(root) = word.strip_suffix("aux") {
        return format!("{root}al");
    }
    let keeps_s = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('s') {
        Some(root) if !keeps_s => root.to_owned(),
        _ => word.to_owned(),
    }
}

/// The stem of a folded word.
pub fn stem(folded: &str) -> String {
    // Numbers, serial numbers and other alphabets are what they are.
    if !folded.bytes().all(|b| b.is_ascii_lowercase()) {
        return folded.to_owned();
    }
    let mut word = folded.to_owned();
    for _ in 0..12 {
        let mut shorter = singular(&word);
        for stemmer in stemmers() {
            let next = stemmer.stem(&shorter);
            if next.len() >= SHORTEST_STEM {
                shorter = next.into_owned();
            }
        }
        if shorter == word {
            break;
        }
        word = shorter;
    }
    word
}

/// Stems, with those found before at hand: texts repeat themselves.
#[derive(Debug, Default)]
pub struct Stems(HashMap<String, String>);

impl Stems {
    /// The stem of a folded word.
    pub fn of(&mut self, folded: &str) -> &str {
        if self.0.len() > REMEMBERED {
            self.0.clear();
        }
        self.0
            .entry(folded.to_owned())
            .or_insert_with(|| stem(folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let words = words(text);
        let words: Vec<&str> = words.iter().map(|w| w.folded.as_str()).collect();
        words.join(" ")
    }

    #[test]
    fn texts_are_cut_into_folded_words() {
        for (text, expected) in [
            ("Écran noir au réveil", "ecran noir au reveil"),
            ("L’imprimante n'imprime plus", "imprimante imprime plus"),
            ("aujourd’hui, l'été", "aujourd hui ete"),
            ("Ben's badge don’t", "ben badge don t"),
            ("Œuvre ŒUVRE œuvré cœur", "oeuvre oeuvre oeuvre coeur"),
            ("rapport_final-2026.PDF", "rapport final 2026 pdf"),
            ("NB-2417 (n°3)", "nb 2417 n 3"),
            (
                "e\u{301}cran E\u{301}CRAN ﬁchier ½",
                "ecran ecran fichier 12",
            ),
            ("Straße İstanbul Łódź", "strasse istanbul lodz"),
            ("Жанна 漢字", "жанна 漢字"),
            ("l' d’ ' ’ \" % _ * -", "l d"),
            ("", ""),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "  « Écran » l’été";
        let found: Vec<&str> = words(text).iter().map(|w| &text[w.start..w.end]).collect();
        assert_eq!(found, ["Écran", "été"]);
    }

    #[test]
    fn forms_of_one_word_are_one_word_in_both_languages() {
        for family in [
            "imprimante imprimantes imprimer imprimé",
            "bloqué bloquée bloqués bloquées bloque",
            "ordinateur ordinateurs",
            "cheval chevaux",
            "réseau réseaux",
            "connexion connexions",
            "installation installations installer installé",
            "facture factures facturation",
            "journal journaux",
            "licence licences",
            "congé congés",
            "mise mises",
            "bureau bureaux",
            "erreur erreurs",
            "version versions",
            "printer printers printing printed prints print",
            "closed closes close closing",
            "battery batteries",
            "company companies",
            "user users",
            "work works working worked",
            "failed fails failing fail",
            "password passwords",
        ] {
            let stems: Vec<String> = family.split(' ').map(|w| stem(&fold(w))).collect();
            assert!(stems.iter().all(|s| *s == stems[0]), "{family}: {stems:?}");
        }
        for (one, other) in [
            ("imprimante", "important"),
            ("badge", "bagage"),
            ("fuite", "faite"),
            ("payslip", "payment"),
            ("salaire", "salle"),
            ("souris", "source"),
        ] {
            assert_ne!(stem(one), stem(other));
        }
    }

    #[test]
    fn a_stem_is_its_own_stem_and_never_empty() {
        let desk = demo::desk(1, 1_780_300_800_000_000);
        let mut seen = std::collections::BTreeSet::new();
        for ticket in &desk.tickets {
            for word in words(&ticket.subject) {
                seen.insert(word.folded);
            }
            for event in &ticket.events {
                for word in words(&format!("{:?}", event.deed)) {
                    seen.insert(word.folded);
                }
            }
        }
        assert!(seen.len() > 1_500, "{}", seen.len());
        for word in &seen {
            let once = stem(word);
            assert!(!once.is_empty(), "{word}");
            assert_eq!(stem(&once), once, "{word}");
        }
    }

    #[test]
    fn the_common_words_stand_in_order() {
        assert!(COMMON.is_sorted());
        assert!(is_common("the") && is_common("une") && !is_common("printer"));
    }
}
