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
//! In a text, `{a|b}` is one or the other, `{=a|b}` the one that goes with the subject drawn,
//! `{3..9}` a number, `{n:3..9}` a number kept under a name, `{name}` a variable: known of the ticket (`prenom`, `collegue`…) or drawn from `words.*.txt`, the same each time in one ticket.

use std::collections::BTreeMap;

use crate::desk::Language;
use crate::ticket::Origin;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::company::{departments, find_category};

    #[test]
    fn there_are_a_hundred_stories_half_of_them_french() {
        let scenarios = all();
        let french = scenarios
            .iter()
            .filter(|scenario| scenario.language == Language::French)
            .count();
        assert!(scenarios.len() >= 100, "{} stories", scenarios.len());
        assert!(
            (45..=55).contains(&(french * 100 / scenarios.len())),
            "{french} in French"
        );
        assert!(scenarios.iter().any(|scenario| scenario.customers));
    }

    #[test]
    fn every_story_begins_with_a_request_in_a_known_category_and_ends_with_a_closure() {
        let departments = departments();
        for scenario in all() {
            let name = scenario.subjects.first().cloned().unwrap_or_default();
            assert!(
                find_category(&departments, &scenario.category).is_some(),
                "{}: {name}",
                scenario.category
            );
            assert!(
                scenario.subjects.len() >= 2 && !scenario.origins.is_empty(),
                "{name}"
            );
            assert!((1..=5).contains(&scenario.priority), "{name}");
            assert!(
                (2..=8).contains(&scenario.steps.len()),
                "{name}: {} steps",
                scenario.steps.len()
            );
            assert_eq!(scenario.steps[0].mark, Mark::Requester, "{name}");
            let closures = scenario
                .steps
                .iter()
                .filter(|step| step.mark == Mark::Close)
                .count();
            assert_eq!(closures, 1, "{name}");
            for pair in scenario.steps.windows(2) {
                assert!(
                    pair[0].mark != Mark::Ask || pair[1].mark == Mark::Requester,
                    "{name}: nobody answers"
                );
                assert!(
                    pair[1].mark != Mark::Thanks || pair[0].mark == Mark::Close,
                    "{name}: thanks too early"
                );
            }
        }
    }
}
