//! Who is in each section, the most serious first: kept in that order, so that telling of a few costs
//! a few, however many there are.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::{Colour, Moment, PersonKey, Section, Whereabouts};

/// Where somebody stands among the others: by the border, those who are here before those who are
/// away, who came first first.
type Rank = (Reverse<Colour>, bool, Moment, PersonKey);

#[derive(Debug, Default)]
pub(crate) struct Crowds {
    ranks: BTreeMap<PersonKey, (Section, Rank)>,
    sections: BTreeMap<Section, Crowd>,
}

#[derive(Debug, Default)]
struct Crowd {
    people: BTreeSet<Rank>,
    turn: u64,
}

impl Crowds {
    /// Puts a person where they are, or nowhere.
    pub(crate) fn put(&mut self, person: PersonKey, whereabouts: Option<&Whereabouts>) {
        if let Some((section, rank)) = self.ranks.remove(&person) {
            let crowd = self.sections.entry(section).or_default();
            crowd.people.remove(&rank);
            crowd.turn += 1;
        }
        if let Some(one) = whereabouts {
            let rank = (Reverse(one.colour), one.is_away, one.since, person);
            let crowd = self.sections.entry(one.section).or_default();
            crowd.people.insert(rank);
            crowd.turn += 1;
            self.ranks.insert(person, (one.section, rank));
        }
    }

    /// The people of a section, the most serious first.
    pub(crate) fn of(&self, section: Section) -> impl Iterator<Item = PersonKey> {
        let crowd = self.sections.get(&section).into_iter();
        crowd.flat_map(|one| one.people.iter().map(|rank| rank.3))
    }

    /// Another number whenever something that is told of a section is different.
    pub(crate) fn turn(&self, section: Section) -> u64 {
        self.sections.get(&section).map_or(0, |one| one.turn)
    }
}
