//! What one line is told: looked at with its receiver's eyes, and only what differs from what it was
//! told before. Of that only a mark is kept.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::Error;
use presence::{Activity, Company, Item, Section, Whereabouts};

use super::crowding::Crowding;
use super::eyes::Eyes;
use super::hub::Hub;
use super::line::{Line, News};
use super::wire::{Frame, Seen, Told};
use super::{kinds, turns};

/// The most people of whom it is remembered that their names were told.
const NAMED: usize = 500;

/// What a line looks at.
#[derive(Debug, Default)]
pub struct Look {
    /// What it was rung for.
    pub news: News,
    /// It is its turn to look who is in the sections, and what its list may have to show.
    pub is_turn: bool,
}

/// Looks for one line, and remembers what it was told.
#[derive(Debug)]
pub struct Teller {
    me: i64,
    eyes: Eyes,
    number: u64,
    /// What the page shows: the version of each item, as it said itself or was told; none once it was
    /// told that the item is gone.
    shown: BTreeMap<Item, Option<i64>>,
    named: HashSet<i64>,
    told_me: Option<u64>,
    /// What concerns the receiver, as it was told last.
    told: Option<Told>,
    items: BTreeMap<Item, u64>,
    crowding: Crowding,
    /// How many changes had been heard of when the page last said what it shows.
    changes: u64,
    /// The list that is shown may be behind.
    is_list_behind: bool,
    /// After how many changes the list that is shown is looked at, and when it was last.
    listed: Option<u64>,
    listed_at: Moment,
}

impl Teller {
    /// For a receiver who was told nothing yet, and can open these sections. What it sees it calls in question
    /// as if it had asked everything at the moment `since`.
    pub fn new(actor: Actor, open: BTreeSet<Section>, now: Moment, since: Moment) -> Teller {
        Teller {
            me: actor.id(),
            crowding: Crowding::of(actor.id(), open, since),
            eyes: Eyes::of(actor, since),
            changes: 0,
            number: 0,
            shown: BTreeMap::new(),
            named: HashSet::new(),
            told_me: None,
            told: None,
            items: BTreeMap::new(),
            is_list_behind: false,
            listed: None,
            listed_at: now.minus(super::LAG),
        }
    }

    /// What the page shows from now on, with its versions. Gives which of these and of the `claimed`
    /// the receiver sees: where one may stand. What changed since it was looked at, this line may not have heard
    /// of, and looks at again.
    pub async fn shows(
        &mut self,
        ask: &mut dyn Answers,
        hub: &Hub,
        shown: BTreeMap<Item, i64>,
        claimed: Option<Item>,
    ) -> Result<BTreeSet<Item>, Error> {
        let all: BTreeSet<Item> = shown.keys().copied().chain(claimed).collect();
        let lately = hub.lately(self.changes);
        self.changes = lately.count;
        self.eyes.doubt(&lately, &shown);
        // Where one stands is judged in the moment one comes.
        if let Some(item) = &claimed {
            self.eyes.forget(item);
        }
        self.eyes.look(ask, &all).await?;
        self.items.retain(|item, _| shown.contains_key(item));
        self.shown = shown.into_iter().map(|(item, v)| (item, Some(v))).collect();
        Ok(all
            .into_iter()
            .filter(|i| self.eyes.version(i).is_some())
            .collect())
    }

    /// Whether the page shows a list that may grow, from now on.
    pub fn lists(&mut self, hub: &Hub, shows_list: bool) {
        self.listed = shows_list.then(|| self.listed.unwrap_or_else(|| hub.changes()));
    }

    /// When the list was read that the page shows: what changed since, before the line stood, is looked
    /// for once.
    pub async fn list_stood(&mut self, ask: &mut dyn Answers, at: Moment) -> Result<(), Error> {
        self.is_list_behind |= self.eyes.has_changed_since(ask, at).await?;
        Ok(())
    }

    /// Everything is told anew.
    pub fn forgets(&mut self, now: Moment) {
        self.eyes.forget_all(now);
        self.named.clear();
        self.told_me = None;
        self.told = None;
        self.crowding.forgets();
        self.items.clear();
        self.number = 0;
    }

    /// Whether there is something to look at when it is this line's turn.
    pub fn is_behind(&self, hub: &Hub, now: Moment) -> bool {
        self.number == 0
            || self.crowding.is_behind(hub, now)
            || self.listed.is_some_and(|count| count != hub.changes())
    }

    /// Looks again and gives what is new, if anything is.
    pub async fn frame(
        &mut self,
        ask: &mut dyn Answers,
        hub: &Hub,
        line: &Line,
        look: &Look,
        now: Moment,
    ) -> Result<Option<Frame>, Error> {
        let news = &look.news;
        let is_whole = self.number == 0;
        let is_stale = news.everything || self.eyes.are_stale(now);
        // Asked again together: one by one, as they are met again, would be as many questions.
        let known = match is_stale {
            true => self.eyes.forget_all(now),
            false => BTreeSet::new(),
        };
        let mine = (is_whole || is_stale || news.me)
            .then(|| hub.whereabouts(self.me))
            .flatten();
        let items: BTreeSet<Item> = if is_whole || is_stale || news.shown {
            self.shown.keys().copied().collect()
        } else {
            let rung = news.items.union(&news.changed);
            rung.filter(|item| self.shown.contains_key(*item))
                .copied()
                .collect()
        };
        for item in &news.changed {
            self.eyes.forget(item);
        }
        let companies = hub.companies(&items);
        let mut looked = items;
        looked.extend(mine.as_ref().and_then(|one| one.item));
        self.eyes.look(ask, &looked).await?;
        let met = companies.values().flat_map(|one| &one.people);
        let met = met.map(|one| one.person).chain([self.me]).chain(known);
        self.eyes.learn_names(ask, hub, &met.collect()).await?;

        let mut frame = Frame {
            whole: is_whole,
            you: is_whole.then_some(self.me),
            ..Frame::default()
        };
        self.tell_me(mine, &mut frame);
        self.tell_changes(news, companies.keys(), &mut frame);
        self.tell_items(companies, &mut frame);
        if look.is_turn
            || news.crowds
            || news.everything
            || (is_whole && !turns::are_taken(hub.lines()))
        {
            let crowding = &mut self.crowding;
            crowding
                .tell(ask, &self.eyes, hub, line, now, &mut frame)
                .await?;
        }
        frame.list = news.everything || std::mem::take(&mut self.is_list_behind);
        if look.is_turn {
            frame.list |= self.has_list_changed(ask, hub, now).await?;
        }
        if is_whole || is_stale || news.told {
            frame.told = self.tell_told(ask).await?;
        }
        self.tell_names(&mut frame);
        if !frame.says_anything() {
            return Ok(None);
        }
        self.number += 1;
        frame.n = self.number;
        Ok(Some(frame))
    }

    /// What concerns the receiver, when that is other than it was told.
    async fn tell_told(&mut self, ask: &mut dyn Answers) -> Result<Option<Told>, Error> {
        let stands = self.eyes.told(ask).await?;
        let is_new = self.told.replace(stands) != Some(stands);
        Ok(is_new.then_some(stands))
    }

    /// The reader as others see them, but for what they are on when they do not see it themselves.
    fn tell_me(&mut self, mine: Option<Whereabouts>, frame: &mut Frame) {
        let Some(one) = mine else { return };
        let is_seen = |item: &Item| self.eyes.version(item).is_some();
        if self.eyes.name(self.me).is_none() || !one.item.as_ref().is_none_or(is_seen) {
            return;
        }
        let seen = seen(&one);
        let mark = mark(&seen);
        if self.told_me.replace(mark) != Some(mark) {
            frame.me = Some(seen);
        }
    }

    fn tell_items(&mut self, companies: BTreeMap<Item, Company>, frame: &mut Frame) {
        for (item, company) in companies {
            let present: Vec<Seen> = if self.eyes.shows_people(&item) {
                on_item(&company, |person| self.eyes.name(person).is_some())
            } else {
                vec![]
            };
            let is_new = if present.is_empty() {
                self.items.remove(&item).is_some()
            } else {
                let mark = mark(&present);
                self.items.insert(item, mark) != Some(mark)
            };
            if is_new {
                frame.items.insert(item.to_string(), present);
            }
        }
    }

    fn tell_changes<'a>(
        &mut self,
        news: &News,
        items: impl Iterator<Item = &'a Item>,
        frame: &mut Frame,
    ) {
        for item in items {
            let Some(shown) = self.shown.get_mut(item) else {
                continue;
            };
            match self.eyes.version(item) {
                // Shown, and not for these eyes any more: told once.
                None => {
                    if shown.take().is_some() {
                        frame.gone.push(item.to_string());
                    }
                }
                Some(stands) => {
                    let is_other = shown.is_some_and(|shown| shown != 0 && shown != stands);
                    if is_other || news.changed.contains(item) {
                        frame.changed.insert(item.to_string(), stands);
                        *shown = Some(stands);
                    }
                }
            }
        }
    }

    /// Of what the page does not show only that something is there to look for, and only when it is for
    /// these eyes.
    async fn has_list_changed(
        &mut self,
        ask: &mut dyn Answers,
        hub: &Hub,
        now: Moment,
    ) -> Result<bool, Error> {
        let Some(after) = self.listed.filter(|after| *after != hub.changes()) else {
            return Ok(false);
        };
        let mut lately = hub.lately(after);
        let is_listed = |item: &Item| kinds::of(item).is_some_and(|kind| kind.is_listed);
        lately
            .items
            .retain(|item| is_listed(item) && !self.shown.contains_key(item));
        let since = std::mem::replace(&mut self.listed_at, now.minus(super::LAG));
        self.listed = Some(lately.count);
        if lately.more {
            return self.eyes.has_changed_since(ask, since).await;
        }
        Ok(!self.eyes.judge(ask, &lately.items).await?.is_empty())
    }

    fn tell_names(&mut self, frame: &mut Frame) {
        let in_sections = frame.sections.values().flat_map(|crowd| &crowd.people);
        let in_items = frame.items.values().flatten();
        let told = in_sections.chain(in_items).chain(&frame.me);
        let told: BTreeSet<i64> = told.map(|seen| seen.person).collect();
        if self.named.len() > NAMED {
            self.named.clear();
        }
        for person in told {
            if !self.named.insert(person) {
                frame.names.remove(&person);
            } else if let Some(name) = self.eyes.name(person) {
                frame.names.insert(person, name.to_owned());
            }
        }
    }
}

/// What was told, in a number: told again when it is another.
pub(super) fn mark(told: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    told.hash(&mut hasher);
    hasher.finish()
}

fn address(item: &Item) -> Option<String> {
    kinds::of(item).map(|kind| format!("{}{}", kind.address, item.id))
}

fn activity(activity: Activity) -> &'static str {
    match activity {
        Activity::Viewing => "viewing",
        Activity::Editing => "editing",
    }
}

/// Somebody somewhere, as it is told.
pub(super) fn seen(one: &Whereabouts) -> Seen {
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

fn on_item(company: &Company, may_name: impl Fn(i64) -> bool) -> Vec<Seen> {
    let people = company.people.iter().filter(|one| may_name(one.person));
    people
        .map(|one| Seen {
            person: one.person,
            mode: "detail",
            activity: activity(one.activity),
            colour: company.colour().word(),
            item: Some(company.item.to_string()),
            href: None,
            field: one.field.clone(),
            since: one.since.0,
            away: false,
        })
        .collect()
}
