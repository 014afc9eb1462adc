//! What is true, told a second time: a list of tabs, looked through from end to end each time.

use std::collections::{BTreeMap, BTreeSet};

use presence::{Activity, Item, Mode, PersonKey, Place, Section, Tab};

/// A tab that its node has not seen leave.
#[derive(Clone, Debug)]
pub(super) struct TrueTab {
    pub(super) person: PersonKey,
    /// Which node, and which of its lives.
    pub(super) life: (usize, u64),
    pub(super) number: u64,
    pub(super) place: Place,
    /// When it was used last: true time, which no node knows, and its turn among all deeds.
    pub(super) used: (i64, u64),
    /// By the clock of its node, like all that follow.
    pub(super) beat: i64,
    pub(super) input: i64,
    pub(super) hidden: Option<i64>,
}

/// What somebody looking on can see of a tab.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seen {
    pub(super) section: Section,
    pub(super) mode: Mode,
    pub(super) item: Option<Item>,
    pub(super) activity: Activity,
    pub(super) is_away: bool,
}

impl TrueTab {
    /// As nodes call it.
    fn tab(&self) -> Tab {
        Tab {
            node: self.life.0 as u64 + 1,
            number: self.number,
        }
    }

    pub(super) fn is_gone(&self, local: i64) -> bool {
        local - self.beat >= 40_000
    }

    pub(super) fn seen(&self, local: i64) -> Seen {
        let edits = self.place.activity == Activity::Editing && local - self.input < 90_000;
        let is_long = matches!(self.hidden, Some(since) if local - since >= 300_000);
        Seen {
            section: self.place.section,
            mode: self.place.mode,
            item: if edits || !is_long {
                self.place.item
            } else {
                None
            },
            activity: if edits {
                Activity::Editing
            } else {
                Activity::Viewing
            },
            is_away: is_long && !edits,
        }
    }
}

/// What may be told of one on an item: what they do, and the fields they may be said to edit.
pub(super) type OnItem = (Activity, BTreeSet<Option<String>>);

/// What every node has to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Truth {
    /// Where each is: one place, or several among which no node can tell the last.
    pub(super) people: BTreeMap<PersonKey, BTreeSet<Seen>>,
    pub(super) items: BTreeMap<Item, BTreeMap<PersonKey, OnItem>>,
    pub(super) tabs: BTreeMap<PersonKey, BTreeSet<Tab>>,
}

/// Nodes know which of two tabs was used last when more than this lies between: as much as a word
/// takes at most, and what a clock may drift.
const UNSURE: i64 = 5_000;

/// Of these tabs, those that may be taken for the one used last.
fn last<'a>(tabs: &[&'a TrueTab]) -> Vec<&'a TrueTab> {
    let Some(last) = tabs.iter().max_by_key(|one| one.used) else {
        return vec![];
    };
    let may_be = |one: &&&TrueTab| {
        let is_last_there = tabs
            .iter()
            .filter(|other| other.life == one.life)
            .all(|other| other.used <= one.used);
        is_last_there && (one.used == last.used || one.used.0 >= last.used.0 - UNSURE)
    };
    tabs.iter().filter(may_be).copied().collect()
}

/// Tells what is true, when the clock of each tab's node says what `local` does.
pub(super) fn tell(tabs: &[TrueTab], local: impl Fn(&TrueTab) -> i64) -> Truth {
    let there = tabs.iter().filter(|one| !one.is_gone(local(one)));
    let there: Vec<&TrueTab> = there.collect();
    let seen = |one: &TrueTab| one.seen(local(one));
    let mut truth = Truth::default();
    for person in there.iter().map(|one| one.person).collect::<BTreeSet<_>>() {
        let theirs = there.iter().copied().filter(|one| one.person == person);
        let theirs: Vec<&TrueTab> = theirs.collect();
        let awake = theirs.iter().copied().filter(|one| !seen(one).is_away);
        let awake: Vec<&TrueTab> = awake.collect();
        let may_be = last(if awake.is_empty() { &theirs } else { &awake });
        let places = may_be.into_iter().map(seen).collect();
        truth.people.insert(person, places);
        let tabs = theirs.iter().map(|one| one.tab());
        truth.tabs.insert(person, tabs.collect());
        for item in theirs.iter().filter_map(|one| seen(one).item) {
            let on_item = |one: &&TrueTab| seen(one).item.as_ref() == Some(&item);
            let on_item: Vec<&TrueTab> = theirs.iter().copied().filter(on_item).collect();
            let edits = |one: &&TrueTab| seen(one).activity == Activity::Editing;
            let editing: Vec<&TrueTab> = on_item.into_iter().filter(edits).collect();
            let told = if editing.is_empty() {
                (Activity::Viewing, BTreeSet::from([None]))
            } else {
                let fields = last(&editing)
                    .into_iter()
                    .map(|one| one.place.field.clone());
                (Activity::Editing, fields.collect())
            };
            truth.items.entry(item).or_default().insert(person, told);
        }
    }
    truth
}
