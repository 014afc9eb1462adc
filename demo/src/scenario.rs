//! The stories tickets are told from, and how one of them becomes text.
//!
//! A file of `scenarios/` holds stories in one language. A line that begins with one of these
//! marks and a space starts something; other lines continue it:
//!
//! ```text
//! * category | priority | origins (w, e, p) | x when only customers tell it
//! = a subject, several allowed, one is drawn
//! < the requester says (the first one opens the ticket)
//! > the holder answers      ~ the holder notes        / a colleague notes
//! ? the holder asks, and waits for the next <         @ a file with the message before
//! # the holder closes       ! the requester, satisfied
//! ```
//!
//! In a text, `{a|b}` is one or the other, `{3..9}` a number, `{name}` a variable: known of the
//! ticket (`prenom`, `collegue`…) or drawn from `words.*.txt`, the same each time in one ticket.

use std::collections::BTreeMap;

use crate::desk::{Language, Origin};
use crate::dice::Dice;
use crate::typography::typeset;

const SOURCES: [(Language, &str, &str); 12] = [
    (
        Language::French,
        "fr-workstations",
        include_str!("../scenarios/fr-workstations.txt"),
    ),
    (
        Language::French,
        "fr-mail",
        include_str!("../scenarios/fr-mail.txt"),
    ),
    (
        Language::French,
        "fr-network",
        include_str!("../scenarios/fr-network.txt"),
    ),
    (
        Language::French,
        "fr-applications",
        include_str!("../scenarios/fr-applications.txt"),
    ),
    (
        Language::French,
        "fr-facilities",
        include_str!("../scenarios/fr-facilities.txt"),
    ),
    (
        Language::French,
        "fr-people",
        include_str!("../scenarios/fr-people.txt"),
    ),
    (
        Language::English,
        "en-workstations",
        include_str!("../scenarios/en-workstations.txt"),
    ),
    (
        Language::English,
        "en-mail",
        include_str!("../scenarios/en-mail.txt"),
    ),
    (
        Language::English,
        "en-network",
        include_str!("../scenarios/en-network.txt"),
    ),
    (
        Language::English,
        "en-applications",
        include_str!("../scenarios/en-applications.txt"),
    ),
    (
        Language::English,
        "en-facilities",
        include_str!("../scenarios/en-facilities.txt"),
    ),
    (
        Language::English,
        "en-people",
        include_str!("../scenarios/en-people.txt"),
    ),
];
const FRENCH_WORDS: &str = include_str!("../scenarios/words.fr.txt");
const ENGLISH_WORDS: &str = include_str!("../scenarios/words.en.txt");

/// What a line of a story does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Requester,
    Reply,
    Note,
    ColleagueNote,
    Ask,
    Close,
    Thanks,
}

/// A step of a story: who says what, with which files.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) mark: Mark,
    pub(crate) text: String,
    pub(crate) files: Vec<String>,
}

/// A story tickets are told from.
#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) language: Language,
    pub(crate) category: String,
    pub(crate) priority: u8,
    pub(crate) origins: Vec<Origin>,
    /// Told by the people of customers, and only by them.
    pub(crate) customers: bool,
    pub(crate) subjects: Vec<String>,
    pub(crate) steps: Vec<Step>,
}

/// Every story, in the order of the files.
pub(crate) fn all() -> Vec<Scenario> {
    SOURCES
        .iter()
        .flat_map(|&(language, _, text)| parse(language, text))
        .collect()
}

fn parse(language: Language, text: &str) -> Vec<Scenario> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    for line in text.lines() {
        let (mark, rest) = line.split_at_checked(2).unwrap_or((line, ""));
        if mark == "* " {
            scenarios.push(header(language, rest));
            continue;
        }
        let Some(scenario) = scenarios.last_mut() else {
            continue;
        };
        let step = match mark {
            "= " => {
                scenario.subjects.push(rest.to_owned());
                continue;
            }
            "@ " => {
                if let Some(step) = scenario.steps.last_mut() {
                    step.files.push(rest.trim().to_owned());
                }
                continue;
            }
            "< " => Mark::Requester,
            "> " => Mark::Reply,
            "~ " => Mark::Note,
            "/ " => Mark::ColleagueNote,
            "? " => Mark::Ask,
            "# " => Mark::Close,
            "! " => Mark::Thanks,
            _ => {
                if let Some(step) = scenario.steps.last_mut() {
                    step.text.push('\n');
                    step.text.push_str(line);
                }
                continue;
            }
        };
        scenario.steps.push(Step {
            mark: step,
            text: rest.to_owned(),
            files: Vec::new(),
        });
    }
    for step in scenarios
        .iter_mut()
        .flat_map(|scenario| &mut scenario.steps)
    {
        step.text.truncate(step.text.trim_end().len());
    }
    scenarios
}

fn header(language: Language, text: &str) -> Scenario {
    let mut fields = text.split('|').map(str::trim);
    let category = fields.next().unwrap_or_default().to_owned();
    let priority = fields
        .next()
        .and_then(|field| field.parse().ok())
        .unwrap_or(3);
    let origins = fields.next().unwrap_or("w").chars().map(origin).collect();
    Scenario {
        language,
        category,
        priority,
        origins,
        customers: fields.next() == Some("x"),
        subjects: Vec::new(),
        steps: Vec::new(),
    }
}

/// The origin a letter stands for.
pub(crate) const fn origin(letter: char) -> Origin {
    match letter {
        'e' => Origin::Email,
        'p' => Origin::Phone,
        _ => Origin::Web,
    }
}

/// The words of both languages: name, then what may be drawn.
pub(crate) struct Words {
    french: BTreeMap<&'static str, Vec<&'static str>>,
    english: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Words {
    pub(crate) fn load() -> Self {
        Self {
            french: dictionary(FRENCH_WORDS),
            english: dictionary(ENGLISH_WORDS),
        }
    }

    pub(crate) fn of(&self, language: Language) -> &BTreeMap<&'static str, Vec<&'static str>> {
        match language {
            Language::French => &self.french,
            Language::English => &self.english,
        }
    }
}

fn dictionary(text: &'static str) -> BTreeMap<&'static str, Vec<&'static str>> {
    text.lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, values)| (name.trim(), values.split(" | ").map(str::trim).collect()))
        .collect()
}

/// One telling of a story: what its variables are.
pub(crate) struct Telling<'a> {
    pub(crate) words: &'a Words,
    pub(crate) language: Language,
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
            let chosen = self.dice.below(bars.len() + 1);
            let start = if chosen == 0 { 0 } else { bars[chosen - 1] + 1 };
            let end = bars.get(chosen).copied().unwrap_or(inside.len());
            return self.fill(&inside[start..end]);
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
