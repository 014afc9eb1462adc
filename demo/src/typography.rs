//! The spaces and apostrophes of the two languages, put in at one place so that nobody who
//! writes a scenario has to remember them.

use crate::desk::Language;

/// Before `;`, `!`, `?`, `%` and inside guillemets.
const NARROW: char = '\u{202f}';
/// Before `:`.
const WIDE: char = '\u{a0}';

/// `text` with the typography of its language; what stands between back quotes is left alone.
pub(crate) fn typeset(text: &str, language: Language) -> String {
    match language {
        Language::French => elide(&spaced(text, language)),
        Language::English => spaced(text, language),
    }
}

/// "celui de Adrien" becomes "celui d’Adrien": names are put in texts that cannot know them.
fn elide(text: &str) -> String {
    let mut elided = String::with_capacity(text.len());
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let mut letters = words.peek().map(|next| next.chars()).into_iter().flatten();
        let vowel = letters
            .next()
            .is_some_and(|first| "AEÉÈIOUŒ".contains(first));
        let name = vowel && letters.next().is_some_and(char::is_lowercase);
        match word {
            "de" | "que" if name => {
                elided.push_str(word.trim_end_matches('e').trim_end_matches('u'));
                elided.push_str(if word == "que" { "u’" } else { "’" });
            }
            _ => {
                elided.push_str(word);
                if words.peek().is_some() {
                    elided.push(' ');
                }
            }
        }
    }
    elided
}

fn spaced(text: &str, language: Language) -> String {
    let mut set = String::with_capacity(text.len() + 16);
    let mut code = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '`' {
            code = !code;
        }
        let next = letters.peek().copied();
        let previous = set.chars().next_back();
        let typeset = match (letter, next) {
            _ if code => letter,
            ('\'', Some(next))
                if next.is_alphanumeric() && previous.is_some_and(char::is_alphabetic) =>
            {
                '’'
            }
            ('\'', _)
                if language == Language::English && previous.is_some_and(char::is_alphabetic) =>
            {
                '’'
            }
            _ if language == Language::English => letter,
            (' ', Some(';' | '!' | '?' | '%' | '»')) => NARROW,
            (' ', Some(':')) => WIDE,
            (' ', _) if previous == Some('«') => NARROW,
            _ => letter,
        };
        set.push(typeset);
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_gets_its_spaces_and_its_apostrophes() {
        assert_eq!(
            typeset("C'est « ici » : 20 % ; oui ! `a : b'c`", Language::French),
            "C’est «\u{202f}ici\u{202f}»\u{a0}: 20\u{202f}%\u{202f}; oui\u{202f}! `a : b'c`"
        );
    }

    #[test]
    fn french_elides_before_a_name() {
        assert_eq!(
            typeset("le poste de Émilie, que Olivia a", Language::French),
            "le poste d’Émilie, qu’Olivia a"
        );
        assert_eq!(
            typeset("le poste de Nadia, de A104 que ", Language::French),
            "le poste de Nadia, de A104 que "
        );
    }

    #[test]
    fn english_only_gets_its_apostrophes() {
        assert_eq!(
            typeset("It's the users' fault: 20 %!", Language::English),
            "It’s the users’ fault: 20 %!"
        );
    }
}
