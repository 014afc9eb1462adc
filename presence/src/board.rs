//! The board: every tab that is known, found by person and by item.
//!
//! What is told of a person or an item follows from their tabs alone. One change looks at the tabs
//! of one person and at the numbers of one or two items, never at everybody.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::crowds::Crowds;
use crate::{
    Activity, Changes, Colour, Companion, Company, Item, Moment, NodeKey, PersonKey, Place, Tab,
    Whereabouts, colour,
};

/// A tab as it counts: an edit that ended is viewing here, and who is away is on no item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) person: PersonKey,
    pub(crate) place: Place,
    pub(crate) is_away: bool,
    /// Since when it stands there and does that.
    pub(crate) since: Moment,
    /// The tide when that began: it names this stay, so that a node hearing of it again keeps the
    /// `since` it has.
    pub(crate) turned: i64,
    /// The tide when the tab was used last.
    pub(crate) focus: i64,
}

impl Standing {
    /// Whether somebody looking on sees no difference but time and field.
    pub(crate) fn is_same_stay(&self, place: &Place, is_away: bool) -> bool {
        self.is_away == is_away
            && self.place.section == place.section
            && self.place.mode == place.mode
            && self.place.item == place.item
            && self.place.activity == place.activity
    }
}

/// Those on one item. The counts are those of `people`, kept so that a border costs nothing.
#[derive(Debug, Default)]
struct Group {
    people: BTreeMap<PersonKey, Companion>,
    editors: usize,
}

impl Group {
    fn colour(&self) -> Colour {
        colour(self.editors, self.people.len() - self.editors)
    }

    fn set(&mut self, person: PersonKey, companion: Option<Companion>) {
        let edits = |one: &Companion| usize::from(one.activity == Activity::Editing);
        self.editors += companion.as_ref().map_or(0, edits);
        let left = match companion {
            Some(companion) => self.people.insert(person, companion),
            None => self.people.remove(&person),
        };
        self.editors -= left.as_ref().map_or(0, edits);
    }
}

/// How everything touched by a deed looked before it, so that what comes and goes within one deed
/// is no change.
#[derive(Debug, Default)]
pub(crate) struct Before {
    people: BTreeMap<PersonKey, Option<Whereabouts>>,
    items: BTreeMap<Item, ItemBefore>,
}

#[derive(Debug)]
struct ItemBefore {
    colour: Colour,
    people: BTreeMap<PersonKey, Option<Companion>>,
}

#[derive(Debug, Default)]
pub(crate) struct Board {
    tabs: BTreeMap<Tab, Standing>,
    /// The tabs of each, the one used last at the end.
    people: BTreeMap<PersonKey, BTreeSet<(i64, Tab)>>,
    items: BTreeMap<Item, Group>,
    crowds: Crowds,
}

impl Board {
    pub(crate) fn get(&self, tab: Tab) -> Option<&Standing> {
        self.tabs.get(&tab)
    }

    pub(crate) fn tabs_of_node(&self, node: NodeKey) -> impl Iterator<Item = (Tab, &Standing)> {
        let all = Tab { node, number: 0 }..=Tab {
            node,
            number: u64::MAX,
        };
        self.tabs.range(all).map(|(tab, standing)| (*tab, standing))
    }

    pub(crate) fn tabs_of(&self, person: PersonKey) -> impl Iterator<Item = Tab> {
        self.people
            .get(&person)
            .into_iter()
            .flatten()
            .map(|one| one.1)
    }

    /// The focus of the tab that the person used longest ago.
    pub(crate) fn first_focus(&self, person: PersonKey) -> Option<i64> {
        self.people.get(&person)?.first().map(|one| one.0)
    }

    /// Puts a tab where it stands, or takes it off the board.
    pub(crate) fn put(&mut self, tab: Tab, standing: Option<Standing>, before: &mut Before) {
        if self.tabs.get(&tab) == standing.as_ref() {
            return;
        }
        let left = self.tabs.get(&tab).map(spot);
        let taken = standing.as_ref().map(spot);
        for (person, item) in [&left, &taken].into_iter().flatten() {
            self.remember(*person, item.as_ref(), before);
        }
        if let Some(old) = self.tabs.remove(&tab)
            && let Some(tabs) = self.people.get_mut(&old.person)
        {
            tabs.remove(&(old.focus, tab));
            if tabs.is_empty() {
                self.people.remove(&old.person);
            }
        }
        if let Some(standing) = standing {
            let tabs = self.people.entry(standing.person).or_default();
            tabs.insert((standing.focus, tab));
            self.tabs.insert(tab, standing);
        }
        for (person, item) in [left, taken].into_iter().flatten() {
            if let Some(item) = item {
                self.gather(person, item);
            }
        }
    }

    fn remember(&self, person: PersonKey, item: Option<&Item>, before: &mut Before) {
        if !before.people.contains_key(&person) {
            let mut whereabouts = self.whereabouts(person);
            // Others may have changed the border since the deed began.
            if let Some(whereabouts) = &mut whereabouts
                && let Some(item) = &whereabouts.item
                && let Some(then) = before.items.get(item)
            {
                whereabouts.colour = then.colour;
            }
            before.people.insert(person, whereabouts);
        }
        if let Some(item) = item {
            if !before.items.contains_key(item) {
                let then = ItemBefore {
                    colour: self.colour_of(item),
                    people: BTreeMap::new(),
                };
                before.items.insert(*item, then);
            }
            if let Some(then) = before.items.get_mut(item) {
                let companion = || self.companion(item, person).cloned();
                then.people.entry(person).or_insert_with(companion);
            }
        }
    }

    /// Says anew what the person is on that item.
    fn gather(&mut self, person: PersonKey, item: Item) {
        let mut companion: Option<Companion> = None;
        for standing in self.standings(person) {
            if standing.place.item.as_ref() != Some(&item) {
                continue;
            }
            let activity = standing.place.activity;
            match &mut companion {
                Some(said) if said.activity > activity => {}
                Some(said) if said.activity == activity => {
                    said.since = said.since.min(standing.since);
                }
                _ => {
                    companion = Some(Companion {
                        person,
                        activity,
                        since: standing.since,
                        field: standing.place.field.clone(),
                    });
                }
            }
        }
        let group = self.items.entry(item).or_default();
        group.set(person, companion);
        if group.people.is_empty() {
            self.items.remove(&item);
        }
    }

    /// What looks different from before.
    pub(crate) fn settle(&mut self, before: Before) -> Changes {
        let changes = self.compare(before);
        for person in &changes.people {
            let whereabouts = self.whereabouts(*person);
            self.crowds.put(*person, whereabouts.as_ref());
        }
        changes
    }

    fn compare(&self, before: Before) -> Changes {
        let mut changes = Changes::default();
        for (item, then) in &before.items {
            let is_other = |(person, companion): (&PersonKey, &Option<Companion>)| {
                self.companion(item, *person) != companion.as_ref()
            };
            if then.people.iter().any(is_other) {
                changes.items.insert(*item);
            }
            if then.colour == self.colour_of(item) {
                continue;
            }
            let here = self.items.get(item).into_iter();
            for person in here.flat_map(|group| group.people.keys()) {
                let shown = self.shown(*person).and_then(|one| one.place.item.as_ref());
                if shown == Some(item) && !before.people.contains_key(person) {
                    changes.people.insert(*person);
                }
            }
        }
        for (person, then) in before.people {
            if self.whereabouts(person) != then {
                changes.people.insert(person);
            }
        }
        changes
    }

    pub(crate) fn company(&self, item: &Item) -> Company {
        let group = self.items.get(item).into_iter();
        let mut people: Vec<Companion> =
            group.flat_map(|one| one.people.values().cloned()).collect();
        // Stable: in each half the order of their keys stays.
        people.sort_by_key(|one| std::cmp::Reverse(one.activity));
        Company {
            item: *item,
            people,
        }
    }

    pub(crate) fn colour_of(&self, item: &Item) -> Colour {
        self.items.get(item).map_or(Colour::White, Group::colour)
    }

    pub(crate) fn whereabouts(&self, person: PersonKey) -> Option<Whereabouts> {
        let shown = self.shown(person)?;
        let item = shown.place.item;
        Some(Whereabouts {
            person,
            section: shown.place.section,
            mode: shown.place.mode,
            colour: item
                .as_ref()
                .map_or(Colour::White, |one| self.colour_of(one)),
            item,
            activity: shown.place.activity,
            since: shown.since,
            is_away: shown.is_away,
        })
    }

    pub(crate) fn people(&self) -> impl Iterator<Item = PersonKey> {
        self.people.keys().copied()
    }

    pub(crate) fn crowds(&self) -> &Crowds {
        &self.crowds
    }

    pub(crate) fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.keys()
    }

    /// Since when another tab of the person stands just there.
    pub(crate) fn stay(&self, person: PersonKey, place: &Place, is_away: bool) -> Option<Moment> {
        self.standings(person)
            .filter(|one| one.is_same_stay(place, is_away))
            .map(|one| one.since)
            .min()
    }

    /// The tab that says where the person is.
    fn shown(&self, person: PersonKey) -> Option<&Standing> {
        let is_here = |one: &&Standing| !one.is_away;
        let last = || self.standings(person).next();
        self.standings(person).find(is_here).or_else(last)
    }

    /// The tabs of a person, the one used last first.
    fn standings(&self, person: PersonKey) -> impl Iterator<Item = &Standing> {
        let tabs = self.people.get(&person).into_iter();
        tabs.flat_map(|one| one.iter().rev())
            .filter_map(|(_, tab)| self.tabs.get(tab))
    }

    fn companion(&self, item: &Item, person: PersonKey) -> Option<&Companion> {
        self.items.get(item)?.people.get(&person)
    }
}

fn spot(standing: &Standing) -> (PersonKey, Option<Item>) {
    (standing.person, standing.place.item)
}
