//! The lines of all open pages, and where their people are: in memory, one lock, no waiting under it.
//!
//! A change does not travel to a line. It leaves a note of what to look at again and rings; the line
//! then looks with its own eyes, so a slow one misses nothing and holds nobody up.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use kit::clock::{Clock, Moment, Span};
use kit::db::{Db, Hint};
use presence::{Activity, Changes, Company, Item, Place, State, TAB_IS_SILENT_AFTER, Whereabouts};
use tokio::sync::{broadcast, watch};

use super::kinds;
use super::line::{End, Line, lock};

/// How many pages one person may have open: beyond that the oldest is shut.
pub const PAGES_OF_ONE: usize = 40;
/// A line that said nothing for so long has ended.
const SILENCE: Span = Span(TAB_IS_SILENT_AFTER * 1000);
/// How often the hub looks at the clock.
const TICK: std::time::Duration = std::time::Duration::from_secs(1);

struct Page {
    line: Arc<Line>,
    heard_at: Moment,
    watched: BTreeSet<Item>,
    shows_list: bool,
    place: Option<Place>,
}

struct Inner {
    state: State,
    pages: HashMap<u64, Page>,
    of_person: HashMap<i64, BTreeSet<u64>>,
    watchers: HashMap<Item, HashSet<u64>>,
    next: u64,
}

/// Where everybody is, and the lines to tell it.
pub struct Hub {
    inner: Mutex<Inner>,
    clock: Clock,
}

impl Hub {
    /// An empty desk. The epoch is the moment of its start: what an earlier life said is forgotten.
    pub fn new(clock: Clock) -> Hub {
        let epoch = u64::try_from(clock.now().0).unwrap_or_default();
        Hub {
            inner: Mutex::new(Inner {
                state: State::new(0, epoch),
                pages: HashMap::new(),
                of_person: HashMap::new(),
                watchers: HashMap::new(),
                next: 1,
            }),
            clock,
        }
    }

    /// Opens a line. With too many of one person, their oldest end.
    pub fn open(&self, person: i64) -> Arc<Line> {
        let now = self.clock.now();
        let mut inner = lock(&self.inner);
        let number = inner.next;
        inner.next += 1;
        let line = Arc::new(Line::new(number, person));
        let page = Page {
            line: line.clone(),
            heard_at: now,
            watched: BTreeSet::new(),
            shows_list: false,
            place: None,
        };
        inner.pages.insert(number, page);
        let theirs = inner.of_person.entry(person).or_default();
        theirs.insert(number);
        let superfluous = theirs.len().saturating_sub(PAGES_OF_ONE);
        let oldest: Vec<u64> = theirs.iter().take(superfluous).copied().collect();
        for page in oldest.iter().filter_map(|number| inner.pages.get(number)) {
            page.line.note(|news| news.end = Some(End::Superfluous));
        }
        line
    }

    /// Ends a line; twice is once.
    pub fn close(&self, line: &Line) {
        let mut inner = lock(&self.inner);
        let Some(page) = inner.pages.remove(&line.number()) else {
            return;
        };
        for item in &page.watched {
            inner.unwatch(item, line.number());
        }
        if let Some(theirs) = inner.of_person.get_mut(&line.person()) {
            theirs.remove(&line.number());
            if theirs.is_empty() {
                inner.of_person.remove(&line.person());
            }
        }
        let now = millis(self.clock.now());
        let changes = inner.state.leaves(line.number(), now);
        inner.tell(&changes);
    }

    /// Says where this page is now, which items it shows, and whether it is a list that grows.
    /// A page that comes behind others does not say where its person is.
    pub fn place(
        &self,
        line: &Line,
        place: Place,
        hidden: Option<Span>,
        watched: BTreeSet<Item>,
        shows_list: bool,
    ) {
        let now = self.clock.now();
        let mut inner = lock(&self.inner);
        let Some(page) = inner.pages.get_mut(&line.number()) else {
            return;
        };
        page.heard_at = now;
        page.shows_list = shows_list;
        let before = std::mem::replace(&mut page.watched, watched.clone());
        let arrives = page.place.replace(place.clone()).is_none();
        for item in before.difference(&watched) {
            inner.unwatch(item, line.number());
        }
        for item in watched.difference(&before) {
            let those = inner.watchers.entry(item.clone()).or_default();
            those.insert(line.number());
        }
        let now = millis(now);
        if !arrives && !inner.state.knows(line.number()) {
            // It was silent for too long and wakes: it comes again, as another line.
            return line.note(|news| news.end = Some(End::Silent));
        }
        let (number, person) = (line.number(), line.person());
        let changes = match hidden {
            None if arrives => inner.state.arrive(number, person, place, now),
            Some(since) if arrives => {
                let since = since.0 / 1000;
                inner.state.arrive_hidden(number, person, place, since, now)
            }
            _ => {
                let mut changes = inner.state.hides(number, hidden.is_some(), now);
                changes.merge(inner.state.moves(number, place, now));
                changes
            }
        };
        inner.tell(&changes);
    }

    /// Takes a page off an item that its person does not see any more: nobody stands where they do not
    /// see.
    pub fn lose(&self, line: &Line, items: &BTreeSet<Item>) {
        let now = millis(self.clock.now());
        let mut inner = lock(&self.inner);
        let Some(page) = inner.pages.get_mut(&line.number()) else {
            return;
        };
        let Some(place) = page.place.as_mut() else {
            return;
        };
        if place.item.as_ref().is_some_and(|item| items.contains(item)) {
            place.item = None;
            place.activity = Activity::Viewing;
            place.field = None;
            let place = place.clone();
            let changes = inner.state.moves(line.number(), place, now);
            inner.tell(&changes);
        }
    }

    /// A sign of life.
    pub fn beat(&self, line: &Line) {
        self.on(line, State::beats);
    }

    /// Somebody typed: prolongs that they edit.
    pub fn input(&self, line: &Line) {
        self.on(line, State::types);
    }

    /// The page went behind others, or came back.
    pub fn hide(&self, line: &Line, is_hidden: bool) {
        self.on(line, |state, number, now| {
            state.hides(number, is_hidden, now)
        });
    }

    fn on(&self, line: &Line, change: impl FnOnce(&mut State, u64, presence::Moment) -> Changes) {
        let now = self.clock.now();
        let mut inner = lock(&self.inner);
        if let Some(page) = inner.pages.get_mut(&line.number()) {
            page.heard_at = now;
            if page.place.is_some() && !inner.state.knows(line.number()) {
                return line.note(|news| news.end = Some(End::Silent));
            }
        }
        let changes = change(&mut inner.state, line.number(), millis(now));
        inner.tell(&changes);
    }

    /// Lets time pass: who fell silent leaves.
    pub fn pass(&self) {
        let now = self.clock.now();
        let mut inner = lock(&self.inner);
        let changes = inner.state.passes(millis(now));
        inner.tell(&changes);
        for page in inner.pages.values() {
            if now.since(page.heard_at) > SILENCE {
                page.line.note(|news| news.end = Some(End::Silent));
            }
        }
    }

    /// A committed change: whoever shows the thing looks at it again, and whoever's rights changed
    /// comes again.
    pub fn hear(&self, hint: &Hint) {
        let inner = lock(&self.inner);
        if hint.topic == "access" {
            let theirs = inner.of_person.get(&hint.id).into_iter().flatten();
            for page in theirs.filter_map(|number| inner.pages.get(number)) {
                page.line.note(|news| news.end = Some(End::Access));
            }
            return;
        }
        let Some(kind) = kinds::named(hint.topic) else {
            return;
        };
        let item = Item::new(kind.word, hint.id);
        let watching = inner.watchers.get(&item);
        // Whoever is told of somebody on it may have lost sight of it, whatever their own page shows.
        let is_occupied = !inner.state.company(&item).people.is_empty();
        for (number, page) in &inner.pages {
            let shows = watching.is_some_and(|those| those.contains(number));
            let changes = shows || (page.shows_list && kind.is_listed);
            if changes || is_occupied {
                page.line.note(|news| {
                    if changes {
                        news.changed.insert(item.clone());
                    }
                    if is_occupied {
                        news.doubted.insert(item.clone());
                    }
                });
            }
        }
    }

    /// This line looks at everything again.
    pub fn look_again(&self, line: &Line) {
        line.note(|news| news.people = true);
    }

    /// Changes were missed: everybody looks at everything again.
    pub fn miss(&self) {
        for page in lock(&self.inner).pages.values() {
            page.line.note(|news| news.everything = true);
        }
    }

    /// Ends every line.
    pub fn end_all(&self) {
        for page in lock(&self.inner).pages.values() {
            page.line.note(|news| news.end = Some(End::Stopping));
        }
    }

    /// How many lines are open.
    pub fn lines(&self) -> usize {
        lock(&self.inner).pages.len()
    }

    /// Where everybody is.
    pub fn everybody(&self) -> Vec<Whereabouts> {
        lock(&self.inner).state.everybody().collect()
    }

    /// Who is on these items.
    pub fn companies(&self, items: &BTreeSet<Item>) -> BTreeMap<Item, Company> {
        let inner = lock(&self.inner);
        let of = |item: &Item| (item.clone(), inner.state.company(item));
        items.iter().map(of).collect()
    }
}

impl Inner {
    fn unwatch(&mut self, item: &Item, number: u64) {
        if let Some(those) = self.watchers.get_mut(item) {
            those.remove(&number);
            if those.is_empty() {
                self.watchers.remove(item);
            }
        }
    }

    fn tell(&self, changes: &Changes) {
        if !changes.people.is_empty() {
            for page in self.pages.values() {
                page.line.note(|news| news.people = true);
            }
        }
        for item in &changes.items {
            let those = self.watchers.get(item).into_iter().flatten();
            for page in those.filter_map(|number| self.pages.get(number)) {
                page.line.note(|news| {
                    news.items.insert(item.clone());
                });
            }
        }
    }
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub").field("lines", &self.lines()).finish()
    }
}

/// Presence counts milliseconds.
fn millis(moment: Moment) -> presence::Moment {
    presence::Moment(moment.0 / 1000)
}

/// Hears of every change and of the time that passes, until everything stops.
pub async fn keep(hub: Arc<Hub>, db: Db, mut stopped: watch::Receiver<bool>) {
    let mut hints = db.hints();
    let mut clock = tokio::time::interval(TICK);
    loop {
        tokio::select! {
            hint = hints.recv() => match hint {
                Ok(hint) => hub.hear(&hint),
                Err(broadcast::error::RecvError::Lagged(_)) => hub.miss(),
                Err(broadcast::error::RecvError::Closed) => break,
            },
            _ = clock.tick() => hub.pass(),
            _ = stopped.wait_for(|stop| *stop) => break,
        }
    }
    hub.end_all();
}
