//! What one receiver sees of the things that people are on: asked of the rule. Of what the page shows it
//! is kept until a change or a minute calls it in question; of anything else it is asked each time.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::Error;
use presence::Item;

use super::hub::Hub;
use super::lately::Changed;
use super::store::Sighting;
use super::wire::Told;
use super::{kinds, store, turns};
use crate::notifications;

/// The most things that are kept beside those that the page shows: what a table of sixty-four places holds, which a
/// list of fifty needs.
const SEEN: usize = 56;
/// The most names that are kept.
const NAMES: usize = 200;
/// With more names than this, most are of people who were met once: they are asked for when they are met again.
const MET_AGAIN: usize = 60;

/// What was seen, and when everything was asked last.
#[derive(Debug)]
pub struct Eyes {
    actor: Actor,
    seen: HashMap<Item, Option<Sighting>>,
    names: HashMap<i64, Option<Arc<str>>>,
    since: Moment,
}

impl Eyes {
    /// The eyes of an actor, which saw nothing yet; as if everything had been asked at that moment.
    pub fn of(actor: Actor, now: Moment) -> Eyes {
        Eyes {
            actor,
            seen: HashMap::new(),
            names: HashMap::new(),
            since: now,
        }
    }

    /// Whether everything is to be asked again.
    pub fn are_stale(&self, now: Moment) -> bool {
        now.since(self.since) > turns::FRESH
    }

    /// Looks at what is not known of these.
    pub async fn look(
        &mut self,
        ask: &mut dyn Answers,
        items: &BTreeSet<Item>,
    ) -> Result<(), Error> {
        let unknown = items.iter().filter(|item| !self.seen.contains_key(*item));
        let unknown: BTreeSet<Item> = unknown.copied().collect();
        let seen = ask_rule(ask, &self.actor, &unknown).await?;
        self.seen
            .extend(unknown.into_iter().map(|item| (item, None)));
        self.seen.extend(
            seen.into_iter()
                .map(|(item, sighting)| (item, Some(sighting))),
        );
        Ok(())
    }

    /// Which of these are seen at this moment, without keeping it.
    pub async fn judge(
        &self,
        ask: &mut dyn Answers,
        items: &BTreeSet<Item>,
    ) -> Result<HashSet<Item>, Error> {
        let seen = ask_rule(ask, &self.actor, items).await?;
        Ok(seen.into_iter().map(|(item, _)| item).collect())
    }

    /// On which of these it may be known who is there, at this moment, without keeping it.
    pub async fn judge_people(
        &self,
        ask: &mut dyn Answers,
        items: &BTreeSet<Item>,
    ) -> Result<HashSet<Item>, Error> {
        let seen = ask_rule(ask, &self.actor, items).await?;
        let shown = seen.into_iter().filter(|(_, it)| it.shows_people);
        Ok(shown.map(|(item, _)| item).collect())
    }

    /// Whether a ticket that these eyes see was changed after a moment.
    pub async fn has_changed_since(
        &self,
        ask: &mut dyn Answers,
        at: Moment,
    ) -> Result<bool, Error> {
        store::has_changed_since(ask, &self.actor, at).await
    }

    /// What happened that concerns them, in numbers.
    pub async fn told(&self, ask: &mut dyn Answers) -> Result<Told, Error> {
        let all = notifications::unread(ask, &self.actor).await?;
        Ok(Told {
            unread: all.count,
            newest: all.newest,
        })
    }

    /// The version of a thing that was looked at; nothing when it is not for these eyes.
    pub fn version(&self, item: &Item) -> Option<i64> {
        self.sighting(item).map(|it| it.version)
    }

    /// Whether it may be known who is on a thing that was looked at: not who works on a ticket of a department that
    /// does not name its agents.
    pub fn shows_people(&self, item: &Item) -> bool {
        self.sighting(item).is_some_and(|it| it.shows_people)
    }

    fn sighting(&self, item: &Item) -> Option<Sighting> {
        self.seen.get(item).copied().flatten()
    }

    /// Forgets a thing, so that it is asked for again.
    pub fn forget(&mut self, item: &Item) {
        self.seen.remove(item);
    }

    /// Forgets everything; whose names are likely to be wanted again.
    pub fn forget_all(&mut self, now: Moment) -> BTreeSet<i64> {
        self.seen.clear();
        self.since = now;
        let names = std::mem::take(&mut self.names);
        match names.len() > MET_AGAIN {
            true => BTreeSet::new(),
            false => names.into_keys().collect(),
        }
    }

    /// Forgets what may be otherwise than it was seen: what changed lately, what the page shows in another version, and
    /// what nobody would have told of. The rest is kept while there is room, for who goes back and forth between a list
    /// and its tickets looks at the same things again.
    pub fn doubt(&mut self, lately: &Changed, shown: &BTreeMap<Item, i64>) {
        if lately.more {
            self.seen.clear();
        }
        self.seen.retain(|item, seen| {
            let is_heard = kinds::of(item).is_some_and(|kind| kind.is_heard);
            let version = shown.get(item).copied().unwrap_or(0);
            let is_other = version != 0 && seen.is_none_or(|it| it.version != version);
            is_heard && !is_other && !lately.items.contains(item)
        });
        let new = shown.keys().filter(|item| !self.seen.contains_key(*item));
        if self.seen.len() + new.count() > SEEN {
            self.seen.retain(|item, _| shown.contains_key(item));
        }
    }

    /// Learns the names of these people, as far as they may be found.
    pub async fn learn_names(
        &mut self,
        ask: &mut dyn Answers,
        hub: &Hub,
        people: &BTreeSet<i64>,
    ) -> Result<(), Error> {
        if self.names.len() > NAMES {
            self.names.clear();
        }
        let unknown = people.iter().filter(|id| !self.names.contains_key(*id));
        let unknown: BTreeSet<i64> = unknown.copied().collect();
        let mut found = self.find_names(ask, hub, &unknown).await?;
        let learnt = unknown.into_iter().map(|id| (id, found.remove(&id)));
        self.names.extend(learnt);
        Ok(())
    }

    /// The names of these people at this moment, as far as they may be found, without keeping them.
    pub async fn find_names(
        &self,
        ask: &mut dyn Answers,
        hub: &Hub,
        people: &BTreeSet<i64>,
    ) -> Result<HashMap<i64, Arc<str>>, Error> {
        if people.is_empty() {
            return Ok(HashMap::new());
        }
        let ids = people.iter().copied().collect();
        let named = store::names(ask, &self.actor, ids).await?;
        let name = |one: store::Named| (one.id, hub.name(one.id, &one.name));
        Ok(named.into_iter().map(name).collect())
    }

    /// Somebody's name, if these eyes may find them.
    pub fn name(&self, person: i64) -> Option<&str> {
        self.names.get(&person)?.as_deref()
    }
}

/// The one place where a line asks what its receiver sees: one query for each kind.
async fn ask_rule(
    ask: &mut dyn Answers,
    actor: &Actor,
    items: &BTreeSet<Item>,
) -> Result<Vec<(Item, Sighting)>, Error> {
    let mut seen = vec![];
    for kind in kinds::KINDS {
        let of_it = items.iter().filter(|item| **item == kind.item(item.id));
        let ids: Vec<i64> = of_it.map(|item| item.id).collect();
        if !ids.is_empty() {
            let sightings = (kind.see)(ask, actor, ids).await?;
            seen.extend(sightings.into_iter().map(|one| (kind.item(one.id), one)));
        }
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;

    fn ticket(id: i64) -> Item {
        Item::of(presence::Kind::named("ticket"), id)
    }

    fn tickets(ids: impl IntoIterator<Item = i64>) -> BTreeSet<Item> {
        ids.into_iter().map(ticket).collect()
    }

    /// What a page shows of tickets, in one version.
    fn shown(ids: impl IntoIterator<Item = i64>, version: i64) -> BTreeMap<Item, i64> {
        ids.into_iter().map(|id| (ticket(id), version)).collect()
    }

    fn sighting(id: i64) -> Option<Sighting> {
        Some(Sighting {
            id,
            version: 3,
            shows_people: true,
        })
    }

    /// Eyes that saw so many tickets in their third version, those that changed, and which they still know.
    fn known(saw: i64, changed: &[i64], more: bool, shown: &BTreeMap<Item, i64>) -> BTreeSet<Item> {
        let mut eyes = Eyes::of(policy::actor(1, None), Moment(0));
        eyes.seen = (1..=saw).map(|id| (ticket(id), sighting(id))).collect();
        let lately = Changed {
            items: tickets(changed.iter().copied()),
            more,
            count: 9,
        };
        eyes.doubt(&lately, shown);
        eyes.seen.into_keys().collect()
    }

    #[test]
    fn what_changed_is_looked_at_again_and_nothing_else() {
        assert_eq!(known(3, &[2, 7], false, &shown([2, 3], 0)), tickets([1, 3]));
    }

    #[test]
    fn what_the_page_shows_in_another_version_is_looked_at_again() {
        assert_eq!(known(2, &[], false, &shown([1], 3)), tickets([1, 2]));
        assert_eq!(known(2, &[], false, &shown([1], 4)), tickets([2]));
        assert_eq!(known(2, &[], false, &shown([1], 2)), tickets([2]));
    }

    #[test]
    fn what_nobody_tells_of_is_looked_at_each_time() {
        let person = Item::of(presence::Kind::named("person"), 5);
        let mut eyes = Eyes::of(policy::actor(1, None), Moment(0));
        eyes.seen = [(person, sighting(5))].into();
        eyes.doubt(&Changed::default(), &[(person, 3)].into());
        assert!(eyes.seen.is_empty());
    }

    #[test]
    fn after_more_changes_than_are_remembered_everything_is_looked_at_again() {
        assert_eq!(known(3, &[2], true, &shown([3], 0)), tickets([]));
    }

    #[test]
    fn without_room_only_what_the_page_shows_is_known_still() {
        assert_eq!(known(50, &[], false, &shown([1], 0)), tickets(1..=50));
        assert_eq!(known(50, &[], false, &shown(40..=60, 0)), tickets(40..=50));
    }
}
