//! Words as they are compared: whoever looks for « reunion » finds « Réunion ».

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Without capitals, accents and ligatures.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        for c in c.to_lowercase() {
            match c {
                'œ' => out.push_str("oe"),
                'æ' => out.push_str("ae"),
                'ß' => out.push_str("ss"),
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                'đ' => out.push('d'),
                // A letter that only takes its mark apart when small (İ).
                c if is_combining_mark(c) || !c.is_alphanumeric() => {}
                c => out.push(c),
            }
        }
    }
    out
}

/// The words of a text, folded, in order; whatever is no letter and no digit stands between them.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let between = |c: char| !c.is_alphanumeric() && !is_combining_mark(c);
    text.split(between)
        .map(fold)
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_compared_without_accents_capitals_and_what_stands_between() {
        let words: Vec<String> = super::words("L’Été, à l'œuvre : n° 12 !").collect();
        assert_eq!(words, ["l", "ete", "a", "l", "oeuvre", "n", "12"]);
    }
}
