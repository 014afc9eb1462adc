//! The lines of all open pages, and where their people are: in memory, one lock, no waiting under it.
//!
//! A change does not travel to a line. It leaves a note of what to look at again and rings; the line
//! then looks with its own eyes, so a slow one misses nothing and holds nobody up. Whom a change concerns
//! is found by the item: nobody is rung for what their page does not show. Who is in the sections, every
//! page shows; that is looked at now and then, the less often the more pages there are ([`super::turns`]).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kit::clock::{Clock, Moment, Span};
use kit::db::{Db, Hint};
use presence::{
    Activity, Changes, Company, Item, Place, Section, State, TAB_IS_SILENT_AFTER, Whereabouts,
};
use tokio::sync::{broadcast, watch};

use super::kinds;
use super::lately::{Changed, Lately};
use super::line::{End, Line, News, lock};
use super::turns::Turns;
use super::watching::Watching;

/// How many pages one person may have open: beyond that the oldest is shut.
pub const PAGES_OF_ONE: usize = 40;
/// A line that said nothing for so long has ended.
const SILENCE: Span = Span(TAB_IS_SILENT_AFTER * 1000);
/// How often the hub looks at the clock.
const TICK: Duration = Duration::from_secs(1);

struct Page {
    line: Arc<Line>,
    heard_at: Moment,
    place: Option<Place>,
}

struct Inner {
    state: State,
    pages: HashMap<u64, Page>,
    of_person: HashMap<i64, BTreeSet<u64>>,
    /// What pages show.
    watching: Watching,
    /// What those are on whom the sidebars show.
    faces: Watching,
    lately: Lately,
    /// How people are called, once for all lines. Whom of them a line may name it asks the rule itself.
    names: HashMap<i64, Arc<str>>,
    next: u64,
}

/// Where everybody is, and the lines to tell it.
pub struct Hub {
    inner: Mutex<Inner>,
    clock: Clock,
    turns: [AtomicU64; Section::ALL.len()],
    /// How many changes were heard of.
    changes: AtomicU64,
    open: AtomicUsize,
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
                watching: Watching::default(),
                faces: Watching::default(),
                lately: Lately::default(),
                names: HashMap::new(),
                next: 1,
            }),
            clock,
            turns: Default::default(),
            changes: AtomicU64::new(0),
            open: AtomicUsize::new(0),
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
            place: None,
        };
        inner.pages.insert(number, page);
        self.open.store(inner.pages.len(), Ordering::Relaxed);
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
        let number = line.number();
        if inner.pages.remove(&number).is_none() {
            return;
        }
        self.open.store(inner.pages.len(), Ordering::Relaxed);
        inner.watching.set(number, BTreeSet::new());
        inner.faces.set(number, BTreeSet::new());
        if let Some(theirs) = inner.of_person.get_mut(&line.person()) {
            theirs.remove(&number);
            if theirs.is_empty() {
                inner.of_person.remove(&line.person());
            }
        }
        let now = millis(self.clock.now());
        let changes = inner.state.leaves(number, now);
        self.tell(&inner, &changes);
    }

    /// Says which items this page shows: changes of these are told from now on.
    pub fn watch(&self, line: &Line, watched: BTreeSet<Item>) {
        let mut inner = lock(&self.inner);
        if inner.pages.contains_key(&line.number()) {
            inner.watching.set(line.number(), watched);
        }
    }

    /// Says where this page is now. A page that comes behind others does not say where its person is.
    pub fn place(&self, line: &Line, place: Place, hidden: Option<Span>) {
        let now = self.clock.now();
        let mut inner = lock(&self.inner);
        let (number, person) = (line.number(), line.person());
        let Some(page) = inner.pages.get_mut(&number) else {
            return;
        };
        page.heard_at = now;
        let arrives = page.place.replace(place.clone()).is_none();
        let now = millis(now);
        if !arrives && !inner.state.knows(number) {
            // It was silent for too long and wakes: it comes again, as another line.
            return line.note(|news| news.end = Some(End::Silent));
        }
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
        self.tell(&inner, &changes);
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
            self.tell(&inner, &changes);
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
        self.tell(&inner, &changes);
    }

    /// Lets time pass: who fell silent leaves.
    pub fn pass(&self) {
        let now = self.clock.now();
        let mut inner = lock(&self.inner);
        let changes = inner.state.passes(millis(now));
        self.tell(&inner, &changes);
        for page in inner.pages.values() {
            if now.since(page.heard_at) > SILENCE {
                page.line.note(|news| news.end = Some(End::Silent));
            }
        }
    }

    /// A committed change: whoever shows the thing looks at it again, and whoever's rights changed
    /// comes again.
    pub fn hear(&self, hint: &Hint) {
        let mut inner = lock(&self.inner);
        if hint.topic == "access" {
            let theirs = inner.of_person.get(&hint.id).into_iter().flatten();
            for page in theirs.filter_map(|number| inner.pages.get(number)) {
                page.line.note(|news| news.end = Some(End::Access));
            }
            return;
        }
        if hint.topic == "notification" {
            let theirs = inner.of_person.get(&hint.id).into_iter().flatten();
            return inner.ring(theirs.copied(), |news| news.told = true);
        }
        let Some(kind) = kinds::named(hint.topic) else {
            return;
        };
        let item = kind.item(hint.id);
        inner.ring(inner.watching.of(&item), |news| {
            news.changed.insert(item);
        });
        // Whoever is told of somebody on it may have lost sight of it, whatever their own page shows.
        inner.ring(inner.faces.of(&item), |news| news.crowds = true);
        let count = inner.lately.add(item);
        self.changes.store(count, Ordering::Relaxed);
    }

    /// How many changes were heard of until now.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    /// Which those are that came after so many.
    pub fn lately(&self, after: u64) -> Changed {
        lock(&self.inner).lately.after(after)
    }

    /// This line looks at all that its page shows.
    pub fn look_again(&self, line: &Line) {
        line.note(|news| news.shown = true);
    }

    /// The sidebar of this line shows people who are on these, looked up when so many changes
    /// had been heard of. If one came since, it looks again.
    pub fn show_faces(&self, line: &Line, items: BTreeSet<Item>, changes: u64) {
        let mut inner = lock(&self.inner);
        if inner.pages.contains_key(&line.number()) {
            inner.faces.set(line.number(), items);
        }
        if self.changes() != changes {
            line.note(|news| news.crowds = true);
        }
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

    /// The same name for all lines that may know it, as it was read just now.
    pub fn name(&self, person: i64, name: &str) -> Arc<str> {
        let mut inner = lock(&self.inner);
        let kept = inner.names.entry(person).or_insert_with(|| name.into());
        if **kept != *name {
            *kept = name.into();
        }
        Arc::clone(kept)
    }

    /// How many lines are open.
    pub fn lines(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    /// Which crowds stand.
    pub fn turns(&self) -> Turns {
        std::array::from_fn(|at| {
            self.turns
                .get(at)
                .map_or(0, |turn| turn.load(Ordering::Relaxed))
        })
    }

    /// The first of a section, the most serious ones.
    pub fn crowd(&self, section: Section, most: usize) -> Vec<Whereabouts> {
        lock(&self.inner).state.crowd(section).take(most).collect()
    }

    /// Where somebody is.
    pub fn whereabouts(&self, person: i64) -> Option<Whereabouts> {
        lock(&self.inner).state.whereabouts(person)
    }

    /// Who is on these items.
    pub fn companies(&self, items: &BTreeSet<Item>) -> BTreeMap<Item, Company> {
        let inner = lock(&self.inner);
        let of = |item: &Item| (*item, inner.state.company(item));
        items.iter().map(of).collect()
    }
}

impl Hub {
    fn tell(&self, inner: &Inner, changes: &Changes) {
        for person in &changes.people {
            let theirs = inner.of_person.get(person).into_iter().flatten();
            inner.ring(theirs.copied(), |news| news.me = true);
        }
        for item in &changes.items {
            inner.ring(inner.watching.of(item), |news| {
                news.items.insert(*item);
            });
        }
        for (section, turn) in Section::ALL.into_iter().zip(&self.turns) {
            turn.store(inner.state.turn(section), Ordering::Relaxed);
        }
    }
}

impl Inner {
    fn ring(&self, lines: impl Iterator<Item = u64>, note: impl Fn(&mut News)) {
        for page in lines.filter_map(|number| self.pages.get(&number)) {
            page.line.note(&note);
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
