//! How the words of a story become the words of one ticket.

use std::collections::BTreeMap;

use crate::desk::Language;
use crate::dice::Dice;
use crate::scenario::Words;
use crate::typography::typeset;

/// One telling of a story: what its variables are.
pub(crate) struct Telling<'a> {
    pub(crate) words: &'a Words,
    pub(crate) language: Language,
    /// Which of the subjects of the story was drawn.
    pub(crate) subject: usize,
    pub(crate) known: BTreeMap<String, String>,
    pub(crate) dice: Dice,
}

impl Telling<'_> {
    /// `text` with every variable in its place and the typography of the language.
    pub(crate) fn tell(&mut self, text: &str) -> String {
        typeset(&self.fill(text), self.language)
    }

    fn fill(&mut self, text: &str) -> String {
        let mut told = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            told.push_str(before);
            let end = outside_braces(after).find(|&(_, letter)| letter == '}');
            let end = end.map_or(after.len(), |(end, _)| end);
            told.push_str(&self.value(&after[..end]));
            rest = after.get(end + 1..).unwrap_or_default();
        }
        told.push_str(rest);
        told
    }

    fn value(&mut self, inside: &str) -> String {
        let bars: Vec<usize> = outside_braces(inside)
            .filter(|&(_, letter)| letter == '|')
            .map(|(at, _)| at)
            .collect();
        if !bars.is_empty() {
            let follows = inside.starts_with('=');
            let drawn = self.dice.below(bars.len() + 1);
            let chosen = if follows {
                self.subject % (bars.len() + 1)
            } else {
                drawn
            };
            let start = if chosen == 0 {
                usize::from(follows)
            } else {
                bars[chosen - 1] + 1
            };
            let end = bars.get(chosen).copied().unwrap_or(inside.len());
            return self.fill(&inside[start..end]);
        }
        if let Some((name, range)) = inside.split_once(':') {
            if let Some(known) = self.known.get(name) {
                return known.clone();
            }
            let value = self.value(range);
            self.known.insert(name.to_owned(), value.clone());
            return value;
        }
        if let Some((low, high)) = inside.split_once("..")
            && let (Ok(least), Ok(most)) = (low.parse(), high.parse())
        {
            let width = low.len();
            return format!("{:0width$}", self.dice.between(least, most));
        }
        if let Some(known) = self.known.get(inside) {
            return known.clone();
        }
        // A digit asks for another draw of the same word: {pc2}.
        let name = inside.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let words = self.words.of(self.language).get(name);
        let drawn = words.and_then(|values| self.dice.pick(values)).copied();
        let value = drawn.map_or_else(|| format!("{{{inside}}}"), |drawn| self.fill(drawn));
        self.known.insert(inside.to_owned(), value.clone());
        value
    }
}

/// The places of a text that stand in no braces, the closing brace that ends it included.
fn outside_braces(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut depth = 0_usize;
    text.char_indices()
        .filter(move |&(_, letter)| match letter {
            '{' => {
                depth += 1;
                false
            }
            '}' if depth > 0 => {
                depth -= 1;
                false
            }
            _ => depth == 0,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_nest_follow_the_subject_and_keep_their_names() {
        let words = Words::load();
        let mut telling = Telling {
            words: &words,
            language: Language::French,
            subject: 3,
            known: BTreeMap::from([("nom".to_owned(), "Ève".to_owned())]),
            dice: Dice::stream(1, 0, 0),
        };
        assert_eq!(telling.tell("{=a|b {nom}} {nom}"), "b Ève Ève");
        let told = telling.tell("{n:10..99} {n} {n:100..999} {007..009}");
        let numbers: Vec<&str> = told.split(' ').collect();
        assert!(
            numbers[0] == numbers[1] && numbers[1] == numbers[2] && numbers[0].len() == 2,
            "{told}"
        );
        assert!(
            numbers[3].len() == 3 && numbers[3].starts_with("00"),
            "{told}"
        );
    }
}
