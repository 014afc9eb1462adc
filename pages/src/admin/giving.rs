//! `/admin/departments/{id}/giving`: how free tickets are given out.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// Whom a free ticket is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Nobody.
    Nobody,
    /// The available one with the largest share.
    FirstAvailable,
    /// One after the other, by their shares.
    RoundRobin,
    /// By lot, by their shares.
    Random,
    /// Who has least to do.
    LeastLoaded,
}

impl Rule {
    /// Every one, in the order of the choice.
    pub const ALL: [Rule; 5] = [
        Rule::Nobody,
        Rule::FirstAvailable,
        Rule::RoundRobin,
        Rule::Random,
        Rule::LeastLoaded,
    ];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Rule::Nobody => "none",
            Rule::FirstAvailable => "first_available",
            Rule::RoundRobin => "round_robin",
            Rule::Random => "random",
            Rule::LeastLoaded => "least_loaded",
        }
    }

    /// Reads a form field.
    #[must_use]
    pub fn parse(code: &str) -> Option<Rule> {
        Rule::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Rule::Nobody => "giving-nobody",
            Rule::FirstAvailable => "giving-first",
            Rule::RoundRobin => "giving-round",
            Rule::Random => "giving-random",
            Rule::LeastLoaded => "giving-least",
        }
    }

    /// Key of what it does.
    #[must_use]
    pub fn hint_key(self) -> &'static str {
        match self {
            Rule::Nobody => "giving-nobody-hint",
            Rule::FirstAvailable => "giving-first-hint",
            Rule::RoundRobin => "giving-round-hint",
            Rule::Random => "giving-random-hint",
            Rule::LeastLoaded => "giving-least-hint",
        }
    }

    /// Key of how a line of history says it.
    #[must_use]
    pub fn by_key(self) -> &'static str {
        match self {
            Rule::Nobody => "giving-by-rule",
            Rule::FirstAvailable => "giving-by-first",
            Rule::RoundRobin => "giving-by-round",
            Rule::Random => "giving-by-random",
            Rule::LeastLoaded => "giving-by-least",
        }
    }
}

/// A category with what it says.
#[derive(Clone, Debug)]
pub struct GivingRow {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How deep it stands in the tree, from 0.
    pub depth: usize,
    /// What it says itself; nothing is as above.
    pub rule: Option<Rule>,
    /// What holds where it says nothing.
    pub inherited: Rule,
    /// How many could be given a ticket there now.
    pub candidates: i64,
}

impl GivingRow {
    /// The depth the style sheet knows.
    #[must_use]
    pub fn shown_depth(&self) -> usize {
        self.depth.min(4)
    }

    /// Whether this rule is the one it says.
    #[must_use]
    pub fn is_said(&self, rule: &Rule) -> bool {
        self.rule == Some(*rule)
    }

    /// Whether tickets there are to be given out, and nobody could be given one now.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.candidates == 0 && self.rule.unwrap_or(self.inherited) != Rule::Nobody
    }
}

/// The page.
#[derive(Template)]
#[template(path = "admin/giving.html")]
pub struct GivingPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Version the reader saw.
    pub version: i64,
    /// The department's rule.
    pub rule: Rule,
    /// Its categories, in the tree's order.
    pub rows: Vec<GivingRow>,
    /// What was wrong, at `rule`, or with the whole form.
    pub faults: Faults,
}

impl GivingPage {
    /// A department whose categories say this and that.
    #[must_use]
    pub fn sample(language: Language) -> GivingPage {
        let row = |id, name: &str, depth, rule, candidates| GivingRow {
            id,
            name: name.to_owned(),
            depth,
            rule,
            inherited: Rule::RoundRobin,
            candidates,
        };
        GivingPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Postes de travail".to_owned(),
            version: 4,
            rule: Rule::RoundRobin,
            rows: vec![
                row(31, "§ Périphériques", 0, None, 3),
                row(32, "§ Écrans", 1, Some(Rule::LeastLoaded), 1),
                row(33, "§ Claviers", 1, None, 0),
                row(34, "§ Achats", 0, Some(Rule::Nobody), 0),
            ],
            faults: Faults::default(),
        }
    }

    /// The same, refused.
    #[must_use]
    pub fn sample_refused(language: Language) -> GivingPage {
        let fault = |field| Fault {
            field,
            text: "§ à corriger".to_owned(),
        };
        GivingPage {
            faults: Faults(vec![fault(""), fault("rule")]),
            ..GivingPage::sample(language)
        }
    }
}
