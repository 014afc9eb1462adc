//! What is told of people and items.

use std::collections::BTreeSet;

use crate::{Activity, Colour, Item, Mode, Moment, PersonKey, Section, colour};

/// The people on one item, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// The item they are on.
    pub item: Item,
    /// Who edits first, then who views; in each, by their keys. Every node has the same order.
    pub people: Vec<Companion>,
}

impl Company {
    /// How many edit.
    pub fn editors(&self) -> usize {
        let edits = |one: &&Companion| one.activity == Activity::Editing;
        self.people.iter().filter(edits).count()
    }

    /// How many only view.
    pub fn viewers(&self) -> usize {
        self.people.len() - self.editors()
    }

    /// The border of everybody here.
    pub fn colour(&self) -> Colour {
        colour(self.editors(), self.viewers())
    }
}

/// A person on an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// Who.
    pub person: PersonKey,
    /// The most they do to it in any of their tabs.
    pub activity: Activity,
    /// Since when they do that, by the clock of the node that tells.
    pub since: Moment,
    /// The field they edit; with several tabs, that of the one they used last.
    pub field: Option<String>,
}

/// Where a person is: one place, whatever their tabs.
///
/// That of the tab used last among those that are not in the background for long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whereabouts {
    /// Who.
    pub person: PersonKey,
    /// The part of the desk.
    pub section: Section,
    /// How they work in it.
    pub mode: Mode,
    /// What they are on. None when away.
    pub item: Option<Item>,
    /// What they do in that tab; the item's company says what they do to it in all.
    pub activity: Activity,
    /// The border of the item; white without one.
    pub colour: Colour,
    /// Since when they are there and do that, by the clock of the node that tells.
    pub since: Moment,
    /// Every tab they have is in the background for long.
    pub is_away: bool,
}

/// Whose picture is different from before: exactly these, since whoever looks at them is woken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "who looks at these people and items is to be told"]
pub struct Changes {
    /// Whose whereabouts differ.
    pub people: BTreeSet<PersonKey>,
    /// Whose company differs.
    pub items: BTreeSet<Item>,
}

impl Changes {
    /// Nothing looks different.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.items.is_empty()
    }

    /// Adds what `others` say.
    pub fn merge(&mut self, others: Self) {
        self.people.extend(others.people);
        self.items.extend(others.items);
    }
}
