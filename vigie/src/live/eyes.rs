//! What one receiver sees of the things that people are on: asked of the rule, kept until a change or a
//! minute calls it in question.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kit::authz::Actor;
use kit::clock::{Moment, Span};
use kit::db::Answers;
use kit::error::Error;
use presence::Item;

use super::{kinds, store};

/// After so long everything is asked again, should a change have gone unheard.
const FRESH: Span = Span::minutes(1);

/// What was seen, and when everything was asked last.
#[derive(Debug)]
pub struct Eyes {
    actor: Actor,
    seen: HashMap<Item, Option<i64>>,
    names: HashMap<i64, Option<String>>,
    since: Moment,
}

impl Eyes {
    /// The eyes of an actor, which saw nothing yet.
    pub fn of(actor: Actor, now: Moment) -> Eyes {
        Eyes {
            actor,
            seen: HashMap::new(),
            names: HashMap::new(),
            since: now,
        }
    }

    /// Looks at what is not known of these; everything else is forgotten.
    pub async fn look(
        &mut self,
        ask: &mut dyn Answers,
        items: &BTreeSet<Item>,
        now: Moment,
    ) -> Result<(), Error> {
        if now.since(self.since) > FRESH {
            self.seen.clear();
            self.names.clear();
            self.since = now;
        }
        self.seen.retain(|item, _| items.contains(item));
        let mut unknown: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for item in items.iter().filter(|item| !self.seen.contains_key(*item)) {
            unknown.entry(&item.kind).or_default().push(item.id);
        }
        for (word, ids) in unknown {
            let Some(kind) = kinds::named(word) else {
                continue;
            };
            for id in &ids {
                self.seen.insert(Item::new(word, *id), None);
            }
            for sighting in (kind.see)(ask, &self.actor, ids).await? {
                let item = Item::new(word, sighting.id);
                self.seen.insert(item, Some(sighting.version));
            }
        }
        Ok(())
    }

    /// Whether a ticket that these eyes see was changed after a moment.
    pub async fn has_changed_since(
        &self,
        ask: &mut dyn Answers,
        at: Moment,
    ) -> Result<bool, Error> {
        store::has_changed_since(ask, &self.actor, at).await
    }

    /// The version of a thing that was seen; nothing when it is not for these eyes.
    pub fn version(&self, item: &Item) -> Option<i64> {
        self.seen.get(item).copied().flatten()
    }

    /// Forgets a thing, so that it is asked for again.
    pub fn forget(&mut self, item: &Item) {
        self.seen.remove(item);
    }

    /// Forgets everything.
    pub fn forget_all(&mut self) {
        self.seen.clear();
    }

    /// Learns the names of these people, as far as they may be found.
    pub async fn learn_names(
        &mut self,
        ask: &mut dyn Answers,
        people: &BTreeSet<i64>,
    ) -> Result<(), Error> {
        let unknown = people.iter().filter(|id| !self.names.contains_key(*id));
        let unknown: Vec<i64> = unknown.copied().collect();
        if unknown.is_empty() {
            return Ok(());
        }
        for id in &unknown {
            self.names.insert(*id, None);
        }
        for named in store::names(ask, &self.actor, unknown).await? {
            self.names.insert(named.id, Some(named.name));
        }
        Ok(())
    }

    /// Somebody's name, if these eyes may find them.
    pub fn name(&self, person: i64) -> Option<&str> {
        self.names.get(&person)?.as_deref()
    }
}
