//! What one line is told: looked at with its receiver's eyes, and only what differs from what it was
//! told before.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::Error;
use presence::{Activity, Company, Item, Section, Whereabouts};

use super::eyes::Eyes;
use super::hub::Hub;
use super::kinds;
use super::line::News;
use super::wire::{Crowd, Frame, Seen};

/// How many of a section's people are told one by one.
const TOLD: usize = 30;

/// Looks for one line, and remembers what it was told.
#[derive(Debug)]
pub struct Teller {
    me: i64,
    /// Those of whose people the receiver is told.
    open: BTreeSet<Section>,
    eyes: Eyes,
    number: u64,
    watched: BTreeSet<Item>,
    /// What the page shows: the version of each item, as it said itself or was told.
    shown: BTreeMap<Item, i64>,
    named: BTreeSet<i64>,
    told_me: Option<Seen>,
    /// The list that is shown may be behind.
    is_list_behind: bool,
    sections: BTreeMap<Section, Crowd>,
    items: BTreeMap<Item, Vec<Seen>>,
}

impl Teller {
    /// For a receiver who was told nothing yet, and can open these sections.
    pub fn new(actor: Actor, open: BTreeSet<Section>, now: Moment) -> Teller {
        Teller {
            me: actor.id(),
            open,
            eyes: Eyes::of(actor, now),
            number: 0,
            watched: BTreeSet::new(),
            shown: BTreeMap::new(),
            named: BTreeSet::new(),
            told_me: None,
            is_list_behind: false,
            sections: BTreeMap::new(),
            items: BTreeMap::new(),
        }
    }

    /// Which of these the receiver sees: where one may stand, and what one may watch.
    pub async fn sees(
        &mut self,
        ask: &mut dyn Answers,
        items: &BTreeSet<Item>,
        now: Moment,
    ) -> Result<BTreeSet<Item>, Error> {
        // What is known stays known: `look` forgets all but what it is asked for.
        let mut all: BTreeSet<Item> = items.clone();
        all.extend(self.watched.iter().cloned());
        self.eyes.look(ask, &all, now).await?;
        let seen = items.iter().filter(|i| self.eyes.version(i).is_some());
        Ok(seen.cloned().collect())
    }

    /// What the page shows from now on, with its versions.
    pub fn shows(&mut self, shown: BTreeMap<Item, i64>) {
        self.watched = shown.keys().cloned().collect();
        // Looked at again: they may have changed before this line heard of them.
        for item in &self.watched {
            self.eyes.forget(item);
        }
        self.shown = shown;
        self.items.retain(|item, _| self.watched.contains(item));
    }

    /// When the list was read that the page shows: what changed since, before the line stood, is looked
    /// for once.
    pub async fn list_stood(&mut self, ask: &mut dyn Answers, at: Moment) -> Result<(), Error> {
        self.is_list_behind |= self.eyes.has_changed_since(ask, at).await?;
        Ok(())
    }

    /// Everything is told anew.
    pub fn forgets(&mut self) {
        self.named.clear();
        self.told_me = None;
        self.sections.clear();
        self.items.clear();
        self.number = 0;
    }

    /// Looks again and gives what is new, if anything is.
    pub async fn frame(
        &mut self,
        ask: &mut dyn Answers,
        hub: &Hub,
        news: &News,
        now: Moment,
    ) -> Result<Option<Frame>, Error> {
        let is_whole = self.number == 0;
        if news.everything || is_whole {
            self.eyes.forget_all();
        }
        for item in news.changed.union(&news.doubted) {
            self.eyes.forget(item);
        }
        let everybody = hub.everybody();
        let companies = hub.companies(&self.watched);
        let mut items: BTreeSet<Item> = everybody
            .iter()
            .filter_map(|one| one.item.clone())
            .collect();
        items.extend(self.watched.iter().cloned());
        items.extend(news.changed.iter().cloned());
        self.eyes.look(ask, &items, now).await?;
        let people = everybody.iter().map(|one| one.person).collect();
        self.eyes.learn_names(ask, &people).await?;

        let mut frame = Frame {
            whole: is_whole,
            you: is_whole.then_some(self.me),
            ..Frame::default()
        };
        self.tell_sections(&everybody, &mut frame);
        self.tell_items(companies, &mut frame);
        self.tell_changes(news, &mut frame);
        self.tell_names(&mut frame);
        if !frame.says_anything() {
            return Ok(None);
        }
        self.number += 1;
        frame.n = self.number;
        Ok(Some(frame))
    }

    /// Whether somebody's whereabouts are for these eyes: their name, where, and what they are on.
    fn may_tell(&self, one: &Whereabouts) -> bool {
        self.eyes.name(one.person).is_some()
            && (self.open.contains(&one.section) || one.person == self.me)
            && one
                .item
                .as_ref()
                .is_none_or(|item| self.eyes.version(item).is_some())
    }

    fn tell_sections(&mut self, everybody: &[Whereabouts], frame: &mut Frame) {
        let told = everybody.iter().filter(|one| self.may_tell(one));
        let (mine, others): (Vec<_>, Vec<_>) = told.partition(|one| one.person == self.me);
        if let Some(seen) = mine.first().map(|one| seen(one))
            && self.told_me.as_ref() != Some(&seen)
        {
            frame.me = Some(seen.clone());
            self.told_me = Some(seen);
        }
        let mut fresh: BTreeMap<Section, Vec<&Whereabouts>> = BTreeMap::new();
        for one in others {
            fresh.entry(one.section).or_default().push(one);
        }
        let left = self.sections.keys().filter(|s| !fresh.contains_key(s));
        let left: Vec<Section> = left.copied().collect();
        for section in left {
            self.sections.remove(&section);
            frame.sections.insert(section.word(), Crowd::default());
        }
        for (section, mut people) in fresh {
            people.sort_by_key(|one| (Reverse(one.colour), one.is_away, one.since, one.person));
            let crowd = Crowd {
                more: people.len().saturating_sub(TOLD),
                people: people.into_iter().take(TOLD).map(seen).collect(),
            };
            if self.sections.get(&section) != Some(&crowd) {
                frame.sections.insert(section.word(), crowd.clone());
                self.sections.insert(section, crowd);
            }
        }
    }

    fn tell_items(&mut self, companies: BTreeMap<Item, Company>, frame: &mut Frame) {
        for (item, company) in companies {
            let is_seen = self.eyes.version(&item).is_some();
            let present: Vec<Seen> = if is_seen {
                on_item(&item, &company, |person| self.eyes.name(person).is_some())
            } else {
                vec![]
            };
            if self.items.get(&item).map_or(&[][..], Vec::as_slice) != present {
                frame.items.insert(item.to_string(), present.clone());
                self.items.insert(item, present);
            }
        }
    }

    fn tell_changes(&mut self, news: &News, frame: &mut Frame) {
        for item in &self.watched {
            let shown = self.shown.get(item).copied().unwrap_or_default();
            match self.eyes.version(item) {
                // Shown, and not for these eyes any more: told once.
                None => {
                    if self.shown.remove(item).is_some() {
                        frame.gone.push(item.to_string());
                    }
                }
                Some(stands) if news.changed.contains(item) || (shown != 0 && shown != stands) => {
                    frame.changed.insert(item.to_string(), stands);
                    self.shown.insert(item.clone(), stands);
                }
                Some(_) => {}
            }
        }
        // Of others only that something is there to look for, and only when it is for these eyes.
        let others = news.changed.difference(&self.watched);
        frame.list = news.everything
            || std::mem::take(&mut self.is_list_behind)
            || others
                .into_iter()
                .any(|item| self.eyes.version(item).is_some());
    }

    fn tell_names(&mut self, frame: &mut Frame) {
        let in_sections = frame.sections.values().flat_map(|crowd| &crowd.people);
        let in_items = frame.items.values().flatten();
        let told = in_sections.chain(in_items).chain(&frame.me);
        for person in told.map(|seen| seen.person) {
            if self.named.insert(person)
                && let Some(name) = self.eyes.name(person)
            {
                frame.names.insert(person, name.to_owned());
            }
        }
    }
}

fn address(item: &Item) -> Option<String> {
    kinds::named(&item.kind).map(|kind| format!("{}{}", kind.address, item.id))
}

fn activity(activity: Activity) -> &'static str {
    match activity {
        Activity::Viewing => "viewing",
        Activity::Editing => "editing",
    }
}

fn seen(one: &Whereabouts) -> Seen {
    Seen {
        person: one.person,
        mode: one.mode.word(),
        activity: activity(one.activity),
        colour: one.colour.word(),
        item: one.item.as_ref().map(Item::to_string),
        href: one.item.as_ref().and_then(address),
        field: None,
        since: one.since.0,
        away: one.is_away,
    }
}

fn on_item(item: &Item, company: &Company, may_name: impl Fn(i64) -> bool) -> Vec<Seen> {
    let people = company.people.iter().filter(|one| may_name(one.person));
    people
        .map(|one| Seen {
            person: one.person,
            mode: "detail",
            activity: activity(one.activity),
            colour: company.colour().word(),
            item: Some(item.to_string()),
            href: None,
            field: one.field.clone(),
            since: one.since.0,
            away: false,
        })
        .collect()
}
