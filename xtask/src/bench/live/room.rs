//! What all pages do, in one place: to know how long it takes until others see it, and whether they do.

use super::figures::{Audit, Figures, times};
use anyhow::bail;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Pages of a room.
pub const PAGES: usize = 50;
/// Tickets of a room.
pub const TICKETS: usize = 50;

/// Where a page is by its own doing.
#[derive(Clone, Copy, Debug)]
pub struct Stand {
    /// On this ticket; none in the list.
    pub ticket: Option<i64>,
    /// Changing a field of it.
    pub is_editing: bool,
    /// Since when.
    pub at: Instant,
}

/// A ticket on a page.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Of which version; 0 when it was told none.
    pub version: i64,
    /// Since when the page shows it.
    pub since: Instant,
}

impl Shown {
    /// From now on, of no version known.
    pub fn now() -> Self {
        let since = Instant::now();
        Self { version: 0, since }
    }
}

/// What a page knows.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The tickets it shows.
    pub shown: BTreeMap<i64, Shown>,
    /// Who is on each of them, and edits it.
    pub companies: HashMap<i64, BTreeMap<i64, bool>>,
    /// Frames whose number was not the next.
    pub gaps: u64,
    /// Tickets it was told it does not see.
    pub gone: u64,
}

/// A page's side of the floor.
#[derive(Debug)]
pub struct Desk {
    /// Whose page it is.
    pub person: i64,
    /// What the browser sends.
    pub cookie: String,
    room: usize,
    stand: Mutex<Stand>,
    known: Mutex<Known>,
    is_open: AtomicBool,
}

/// A room: its tickets, and the page of each person in it.
#[derive(Debug)]
struct Room {
    tickets: Vec<i64>,
    pages: HashMap<i64, usize>,
}

/// Everybody.
#[derive(Debug, Default)]
pub struct Floor {
    rooms: Vec<Room>,
    desks: Vec<Desk>,
    open: AtomicUsize,
    is_working: AtomicBool,
    is_over: AtomicBool,
    bytes: AtomicU64,
    arrivals: Mutex<Vec<Duration>>,
    changes: Mutex<Vec<Duration>>,
    changed_at: Mutex<HashMap<i64, Instant>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Floor {
    /// A room of these people's pages, on these tickets.
    pub fn add_room(&mut self, people: impl Iterator<Item = (i64, String)>, tickets: &[i64]) {
        let room = self.rooms.len();
        let mut pages = HashMap::new();
        for (person, cookie) in people {
            pages.insert(person, self.desks.len());
            self.desks.push(Desk {
                person,
                cookie,
                room,
                stand: Mutex::new(Stand {
                    ticket: None,
                    is_editing: false,
                    at: Instant::now(),
                }),
                known: Mutex::default(),
                is_open: AtomicBool::new(false),
            });
        }
        let tickets = tickets.to_vec();
        self.rooms.push(Room { tickets, pages });
    }

    /// How many pages there are.
    pub fn len(&self) -> usize {
        self.desks.len()
    }

    /// Of how many people.
    pub fn people(&self) -> usize {
        let people: BTreeSet<i64> = self.desks.iter().map(|it| it.person).collect();
        people.len()
    }

    /// A page.
    pub fn desk(&self, page: usize) -> &Desk {
        &self.desks[page]
    }

    /// The tickets of a page's room.
    pub fn tickets(&self, page: usize) -> &[i64] {
        &self.rooms[self.desks[page].room].tickets
    }

    /// Some ticket of some room.
    pub fn ticket(&self, number: u64) -> i64 {
        let all = self.rooms.len() * TICKETS;
        let at = usize::try_from(number % u64::try_from(all).unwrap_or(1)).unwrap_or(0);
        self.rooms[at / TICKETS].tickets[at % TICKETS]
    }

    /// What the browser of some person sends.
    pub fn cookie(&self) -> String {
        self.desks
            .first()
            .map(|it| it.cookie.clone())
            .unwrap_or_default()
    }

    /// The page goes somewhere.
    pub fn goes(&self, page: usize, ticket: Option<i64>, is_editing: bool) {
        let at = Instant::now();
        *lock(&self.desks[page].stand) = Stand {
            ticket,
            is_editing,
            at,
        };
    }

    /// Where it is.
    pub fn stand(&self, page: usize) -> Stand {
        *lock(&self.desks[page].stand)
    }

    /// What a page knows, to change it.
    pub fn known(&self, page: usize) -> MutexGuard<'_, Known> {
        lock(&self.desks[page].known)
    }

    /// A page was told everything: it is open.
    pub fn is_open(&self, page: usize) {
        if !self.desks[page].is_open.swap(true, Ordering::Relaxed) {
            self.open.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// All pages are going to be shut.
    pub fn expect_all_again(&self) {
        for desk in &self.desks {
            desk.is_open.store(false, Ordering::Relaxed);
        }
        self.open.store(0, Ordering::Relaxed);
    }

    /// Whether every page is open.
    pub fn is_all_open(&self) -> bool {
        self.open.load(Ordering::Relaxed) >= self.desks.len()
    }

    /// Waits for that.
    pub async fn all_are_open(&self, patience: Duration) -> anyhow::Result<()> {
        let begin = Instant::now();
        while !self.is_all_open() {
            if begin.elapsed() > patience {
                let open = self.open.load(Ordering::Relaxed);
                bail!("{open} of {} pages are open after {patience:?}", self.len());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Pages move from now on.
    pub fn begin_to_work(&self) {
        self.is_working.store(true, Ordering::Relaxed);
    }

    /// They stay where they are.
    pub fn stop_working(&self) {
        self.is_working.store(false, Ordering::Relaxed);
    }

    /// Whether they move.
    pub fn is_working(&self) -> bool {
        self.is_working.load(Ordering::Relaxed)
    }

    /// Everybody goes home.
    pub fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    /// Whether they do.
    pub fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// So many bytes came.
    pub fn came(&self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or_default();
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// A ticket is being changed.
    pub fn changes(&self, ticket: i64) {
        lock(&self.changed_at).insert(ticket, Instant::now());
    }

    /// It was not, or perhaps not.
    pub fn forget_change(&self, ticket: i64) {
        lock(&self.changed_at).remove(&ticket);
    }

    /// A page was told that a ticket changed.
    pub fn heard_of_change(&self, ticket: i64) {
        let at = lock(&self.changed_at).get(&ticket).copied();
        if let Some(at) = at {
            lock(&self.changes).push(at.elapsed());
        }
    }

    /// The page sees another company on a ticket: what is new to it, and since when it could be.
    pub fn sees(
        &self,
        page: usize,
        ticket: i64,
        before: &BTreeMap<i64, bool>,
        now: &BTreeMap<i64, bool>,
    ) {
        let me = &self.desks[page];
        let mine = lock(&me.stand).at;
        let mut took = Vec::new();
        let people: BTreeSet<&i64> = before.keys().chain(now.keys()).collect();
        for person in people.into_iter().filter(|it| **it != me.person) {
            let (was, is) = (before.get(person), now.get(person));
            let Some(their) = self.rooms[me.room].pages.get(person) else {
                continue;
            };
            let their = *lock(&self.desks[*their].stand);
            let is_so = match is {
                _ if was == is => false,
                None => their.ticket != Some(ticket),
                Some(edits) => their.ticket == Some(ticket) && their.is_editing == *edits,
            };
            // Of what was so before one came to look one learns by looking.
            if is_so && their.at > mine {
                took.push(their.at.elapsed());
            }
        }
        lock(&self.arrivals).extend(took);
    }

    /// Counts from now on.
    pub fn forget_figures(&self) {
        self.bytes.store(0, Ordering::Relaxed);
        lock(&self.arrivals).clear();
        lock(&self.changes).clear();
    }

    /// What was counted.
    pub fn figures(&self) -> Figures {
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let kibibytes = self.bytes.load(Ordering::Relaxed) as f64 / 1024.0;
        Figures {
            arrivals: times("from action to arrival", lock(&self.arrivals).clone()),
            changes: times("from change to arrival", lock(&self.changes).clone()),
            kibibytes,
        }
    }

    /// Compares what every page knows with what all of them did, and with the versions that stand.
    pub fn audit(&self, versions: &BTreeMap<i64, i64>) -> Audit {
        let mut audit = Audit::default();
        let mut truth: HashMap<i64, BTreeMap<i64, bool>> = HashMap::new();
        for desk in &self.desks {
            let stand = *lock(&desk.stand);
            if let Some(ticket) = stand.ticket {
                truth
                    .entry(ticket)
                    .or_default()
                    .insert(desk.person, stand.is_editing);
            }
        }
        let (nobody, mut first) = (BTreeMap::new(), None);
        let changed = lock(&self.changed_at).clone();
        for desk in &self.desks {
            let known = lock(&desk.known);
            audit.gaps += known.gaps;
            audit.gone += known.gone;
            for (ticket, shown) in &known.shown {
                audit.compared += 1;
                let there = truth.get(ticket).unwrap_or(&nobody);
                let told = known.companies.get(ticket).unwrap_or(&nobody);
                if told != there {
                    audit.missed += 1;
                    first.get_or_insert_with(|| format!("{ticket}: {told:?}, not {there:?}"));
                }
                // Whoever came to look later was never told of that change.
                let is_concerned = changed.get(ticket).is_some_and(|at| shown.since < *at);
                let is_other = versions.get(ticket).is_some_and(|it| *it != shown.version);
                audit.behind += u64::from(is_concerned && is_other);
            }
        }
        audit.first = first;
        audit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floor() -> Floor {
        let mut floor = Floor::default();
        let people = [(1, String::new()), (2, String::new())];
        floor.add_room(people.into_iter(), &(1..=50).collect::<Vec<i64>>());
        floor
    }

    #[test]
    fn what_a_page_does_not_know_is_found() {
        let floor = floor();
        floor.goes(0, Some(7), true);
        floor.known(1).shown = BTreeMap::from([(7, Shown::now()), (8, Shown::now())]);
        floor.changes(8);
        let audit = floor.audit(&BTreeMap::from([(8, 2)]));
        assert_eq!((audit.compared, audit.missed, audit.behind), (2, 1, 1));
        floor
            .known(1)
            .companies
            .insert(7, BTreeMap::from([(1, true)]));
        assert_eq!(floor.audit(&BTreeMap::new()).missed, 0);
    }

    #[test]
    fn only_what_somebody_did_since_one_looks_counts() {
        let floor = floor();
        let (nobody, ada) = (BTreeMap::new(), BTreeMap::from([(1, false)]));
        floor.goes(0, Some(7), false);
        floor.goes(1, None, false);
        floor.sees(1, 7, &nobody, &ada);
        assert!(lock(&floor.arrivals).is_empty(), "she was there before");
        floor.goes(0, None, false);
        floor.sees(1, 7, &ada, &nobody);
        assert_eq!(lock(&floor.arrivals).len(), 1);
        // What is not true any more counts for nothing.
        floor.sees(1, 7, &nobody, &ada);
        assert_eq!(lock(&floor.arrivals).len(), 1);
    }
}
