//! Who is in each section, as one receiver is told: the most serious few, and how many more. Each look
//! asks the rule of the first ones only, so that what it costs does not grow with the desk. On a small desk
//! what was seen is kept until a change of the thing or a minute calls it in question; on a large one, where
//! others come until the next look, nothing is kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use kit::clock::Moment;
use kit::db::Answers;
use kit::error::Error;
use presence::{Item, Section, Whereabouts};

use super::eyes::Eyes;
use super::hub::Hub;
use super::line::Line;
use super::telling::{mark, seen};
use super::turns::{self, Turns};
use super::wire::{Crowd, Frame};

/// How many of a section's people are told one by one.
const TOLD: usize = 12;
/// How many of a section's people are looked at: those whom the receiver may know of are counted among these.
const LOOKED_AT: usize = 60;

/// What a receiver was told of the sections.
#[derive(Debug)]
pub struct Crowding {
    me: i64,
    /// Those of whose people the receiver is told.
    open: BTreeSet<Section>,
    told: BTreeMap<Section, u64>,
    /// What those are on whom the sidebar shows.
    faces: BTreeMap<Section, Vec<Item>>,
    turns: Turns,
    looked_at: Moment,
    seen: HashMap<Item, bool>,
    names: HashMap<i64, Option<Arc<str>>>,
    /// When everything was asked last, and how many changes had been heard of at the last look.
    since: Moment,
    changes: u64,
}

impl Crowding {
    /// Nothing yet; as if everything had been asked at that moment.
    pub fn of(me: i64, open: BTreeSet<Section>, now: Moment) -> Crowding {
        Crowding {
            me,
            open,
            told: BTreeMap::new(),
            faces: BTreeMap::new(),
            turns: Turns::default(),
            looked_at: now,
            seen: HashMap::new(),
            names: HashMap::new(),
            since: now,
            changes: 0,
        }
    }

    /// Everything is told anew.
    pub fn forgets(&mut self) {
        self.told.clear();
        self.turns = Turns::default();
        self.seen.clear();
        self.names.clear();
    }

    /// Whether something is different from what was looked at.
    pub fn is_behind(&self, hub: &Hub, now: Moment) -> bool {
        self.turns != hub.turns() || now.since(self.looked_at) > turns::FRESH
    }

    /// Looks, and tells what is new.
    pub async fn tell(
        &mut self,
        ask: &mut dyn Answers,
        eyes: &Eyes,
        hub: &Hub,
        line: &Line,
        now: Moment,
        frame: &mut Frame,
    ) -> Result<(), Error> {
        self.doubt(hub, now);
        (self.turns, self.looked_at) = (hub.turns(), now);
        let crowds: Vec<(Section, Vec<Whereabouts>)> = self
            .open
            .iter()
            .map(|section| (*section, hub.crowd(*section, LOOKED_AT)))
            .collect();
        let all = || crowds.iter().flat_map(|(_, crowd)| crowd);
        let items = all().filter_map(|one| one.item).collect();
        let people = all().map(|one| one.person).collect();
        self.look(ask, eyes, hub, &items, &people).await?;
        for (section, people) in &crowds {
            let may_tell = |one: &&Whereabouts| {
                one.person != self.me
                    && self.name(one.person).is_some()
                    && one
                        .item
                        .is_none_or(|item| self.seen.get(&item) == Some(&true))
            };
            let known: Vec<&Whereabouts> = people.iter().filter(may_tell).collect();
            let told = known.iter().take(TOLD);
            let crowd = Crowd {
                more: known.len().saturating_sub(TOLD),
                people: told.clone().map(|one| seen(one)).collect(),
            };
            self.faces
                .insert(*section, told.clone().filter_map(|one| one.item).collect());
            let is_new = if crowd.people.is_empty() {
                self.told.remove(section).is_some()
            } else {
                let mark = mark(&crowd);
                self.told.insert(*section, mark) != Some(mark)
            };
            if is_new {
                let name =
                    |one: &&Whereabouts| Some((one.person, self.name(one.person)?.to_owned()));
                frame.names.extend(told.filter_map(name));
                frame.sections.insert(section.word(), crowd);
            }
        }
        let faces = self.faces.values().flatten().copied().collect();
        hub.show_faces(line, faces, self.changes);
        if !turns::are_soon(hub.lines()) {
            (self.seen, self.names) = (HashMap::new(), HashMap::new());
        }
        Ok(())
    }

    /// Forgets what may be otherwise now.
    fn doubt(&mut self, hub: &Hub, now: Moment) {
        let lately = hub.lately(self.changes);
        self.changes = lately.count;
        if lately.more || now.since(self.since) > turns::FRESH {
            self.seen.clear();
            self.names.clear();
            self.since = now;
        }
        for item in lately.items {
            self.seen.remove(&item);
        }
    }

    /// Looks at what is not known of these, and forgets everything else.
    async fn look(
        &mut self,
        ask: &mut dyn Answers,
        eyes: &Eyes,
        hub: &Hub,
        items: &BTreeSet<Item>,
        people: &BTreeSet<i64>,
    ) -> Result<(), Error> {
        self.seen.retain(|item, _| items.contains(item));
        self.names.retain(|person, _| people.contains(person));
        let unknown = items.iter().filter(|item| !self.seen.contains_key(*item));
        let unknown: BTreeSet<Item> = unknown.copied().collect();
        let visible = eyes.judge_people(ask, &unknown).await?;
        self.seen.extend(
            unknown
                .into_iter()
                .map(|item| (item, visible.contains(&item))),
        );
        let unknown = people.iter().filter(|id| !self.names.contains_key(*id));
        let unknown: BTreeSet<i64> = unknown.copied().collect();
        let mut found = eyes.find_names(ask, hub, &unknown).await?;
        self.names
            .extend(unknown.into_iter().map(|id| (id, found.remove(&id))));
        Ok(())
    }

    fn name(&self, person: i64) -> Option<&str> {
        self.names.get(&person)?.as_deref()
    }
}
