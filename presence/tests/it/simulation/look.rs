//! Everything that can be seen of a node, and what differs between two looks.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use presence::{Changes, Colour, Company, Item, PersonKey, Section, State, Tab, Whereabouts};

use super::truth::{Seen, Truth};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Look {
    people: BTreeMap<PersonKey, Whereabouts>,
    items: BTreeMap<Item, Company>,
    /// Those of each, the one used last at the end.
    tabs: BTreeMap<PersonKey, Vec<Tab>>,
}

impl Look {
    pub(super) fn at(state: &State) -> Self {
        let people: BTreeMap<_, _> = state.everybody().map(|one| (one.person, one)).collect();
        let tabs = people
            .keys()
            .map(|one| (*one, state.tabs_of(*one).collect()));
        let tabs = tabs.collect();
        let items = state.items().map(|item| (*item, state.company(item)));
        for section in Section::ALL {
            let mut crowd: Vec<_> = people
                .values()
                .filter(|one| one.section == section)
                .collect();
            crowd.sort_by_key(|one| (Reverse(one.colour), one.is_away, one.since, one.person));
            assert!(
                state.crowd(section).eq(crowd.into_iter().cloned()),
                "{section:?}"
            );
        }
        Self {
            people,
            items: items.collect(),
            tabs,
        }
    }

    /// Who and what differs, found by comparing all.
    pub(super) fn differences(&self, other: &Self) -> Changes {
        Changes {
            people: differing(&self.people, &other.people),
            items: differing(&self.items, &other.items),
        }
    }

    /// The same without the clock: every `since` as it was so many milliseconds ago.
    pub(super) fn aged(&self, now: i64) -> Self {
        let mut aged = self.clone();
        for one in aged.people.values_mut() {
            one.since.0 = now - one.since.0;
        }
        for company in aged.items.values_mut() {
            for one in &mut company.people {
                one.since.0 = now - one.since.0;
            }
        }
        aged
    }

    /// Compares with another node's, both [`Look::aged`]: nothing differs but ages, by little.
    pub(super) fn agrees_with(&self, other: &Self, tolerance: i64) {
        let (mut mine, theirs) = (self.clone(), other);
        for (person, one) in &mut mine.people {
            if let Some(their) = theirs.people.get(person) {
                assert!(
                    (one.since.0 - their.since.0).abs() <= tolerance,
                    "{one:?} {their:?}"
                );
                one.since = their.since;
            }
        }
        for (item, company) in &mut mine.items {
            let there = theirs.items.get(item).map_or(&[][..], |one| &one.people);
            for (one, their) in company.people.iter_mut().zip(there) {
                assert!(
                    (one.since.0 - their.since.0).abs() <= tolerance,
                    "{one:?} {their:?}"
                );
                one.since = their.since;
            }
        }
        assert_eq!(&mine, theirs, "two nodes do not agree");
    }

    /// Compares with what is true.
    pub(super) fn is_true(&self, truth: &Truth) {
        let known: Vec<_> = self.people.keys().collect();
        assert_eq!(
            known,
            truth.people.keys().collect::<Vec<_>>(),
            "who is there"
        );
        for (person, tabs) in &truth.tabs {
            let mut known = self.tabs[person].clone();
            known.sort();
            let true_ones: Vec<Tab> = tabs.iter().copied().collect();
            assert_eq!(known, true_ones, "the tabs of {person}");
        }
        for (person, places) in &truth.people {
            let one = &self.people[person];
            let seen = Seen {
                section: one.section,
                mode: one.mode,
                item: one.item,
                activity: one.activity,
                is_away: one.is_away,
            };
            assert!(places.contains(&seen), "{one:?} is none of {places:?}");
            let item = one.item.as_ref().and_then(|item| truth.items.get(item));
            let told = item.into_iter().flat_map(|people| people.values());
            let activities: Vec<_> = told.map(|one| one.0).collect();
            assert_eq!(one.colour, naive_colour(&activities), "{one:?}");
        }
        let known: Vec<_> = self.items.keys().collect();
        assert_eq!(
            known,
            truth.items.keys().collect::<Vec<_>>(),
            "what somebody is on"
        );
        for (item, people) in &truth.items {
            let company = &self.items[item].people;
            assert_eq!(company.len(), people.len(), "{company:?} {people:?}");
            for one in company {
                let (activity, fields) = &people[&one.person];
                assert_eq!(one.activity, *activity, "{one:?}");
                assert!(fields.contains(&one.field), "{one:?} {fields:?}");
            }
        }
    }
}

fn differing<K: Ord + Clone, V: PartialEq>(
    before: &BTreeMap<K, V>,
    after: &BTreeMap<K, V>,
) -> BTreeSet<K> {
    let all = before.keys().chain(after.keys());
    all.filter(|key| before.get(*key) != after.get(*key))
        .cloned()
        .collect()
}

/// The border, counted on one's fingers.
fn naive_colour(activities: &[presence::Activity]) -> Colour {
    let mut sorted = activities.to_vec();
    sorted.sort_by(|a, b| b.cmp(a));
    use presence::Activity::{Editing, Viewing};
    match sorted[..] {
        [] => Colour::White,
        [Editing, Editing, ..] => Colour::Red,
        [Editing, Viewing, ..] => Colour::Pink,
        [Editing] => Colour::Orange,
        [Viewing, _, ..] => Colour::Green,
        [Viewing] => Colour::Blue,
    }
}
