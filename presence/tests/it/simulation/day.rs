//! A day: what happens, to whom, and how words travel.

use std::collections::BTreeMap;

use presence::{Changes, Moment, Said, State};

use super::chance::Chance;
use super::look::Look;
use super::truth::{TrueTab, Truth, tell};

/// Words travel no longer than this.
const LATEST: i64 = 3_000;

/// A node: a place where a process runs, most of the time.
pub(super) struct Machine {
    pub(super) epoch: u64,
    pub(super) state: Option<State>,
    pub(super) offset: i64,
    /// Parts of a million that its clock is fast.
    pub(super) drift: i64,
    pub(super) next_number: u64,
    /// Only machines on one side hear each other.
    pub(super) side: usize,
}

/// A browser's tab, with somebody before it.
pub(super) struct Client {
    pub(super) person: i64,
    pub(super) tab: Option<(usize, u64, u64)>,
    /// Its laptop is closed, or it has lost its node, until then.
    pub(super) still_until: i64,
    pub(super) next_beat: i64,
    /// Somebody writes in it without pause.
    pub(super) writes: bool,
}

pub(super) enum Letter {
    Words(Said),
    /// The node of that index asks for the whole.
    Question(usize),
    /// The connection of that number closes, in that life.
    Close(u64, u64),
}

pub(super) struct Day {
    pub(super) chance: Chance,
    pub(super) is_watched: bool,
    pub(super) now: i64,
    pub(super) turn: u64,
    pub(super) step: i64,
    pub(super) machines: Vec<Machine>,
    pub(super) clients: Vec<Client>,
    pub(super) tabs: Vec<TrueTab>,
    /// By when they come, and in which order they were sent.
    pub(super) letters: BTreeMap<(i64, u64), (usize, Letter)>,
    pub(super) lost: u64,
    pub(super) doubled: u64,
    pub(super) latest: i64,
}

impl Day {
    pub(super) fn new(number: u64, is_watched: bool) -> Self {
        let mut chance = Chance::new(number);
        let machines = chance.between(1, 5);
        let people = chance.between(1, 4);
        let clients = chance.between(1, 8);
        let step = [500, 1_000, 4_000][chance.below(3)];
        let mut day = Self {
            is_watched,
            now: 0,
            turn: 0,
            step,
            machines: vec![],
            clients: vec![],
            tabs: vec![],
            letters: BTreeMap::new(),
            lost: [0, 50, 300][chance.below(3)],
            doubled: [0, 100][chance.below(2)],
            latest: [0, 100, LATEST][chance.below(3)],
            chance,
        };
        for _ in 0..machines {
            day.machines.push(Machine {
                epoch: 0,
                state: None,
                offset: 0,
                drift: day.chance.between(-500, 500),
                next_number: 0,
                side: 0,
            });
            day.start(day.machines.len() - 1);
        }
        for _ in 0..clients {
            let client = Client {
                person: day.chance.between(1, people),
                tab: None,
                still_until: day.chance.between(0, 20_000),
                next_beat: 0,
                writes: day.chance.happens(300),
            };
            day.clients.push(client);
        }
        day
    }

    /// Everything goes wrong.
    pub(super) fn happens(&mut self) {
        for _ in 0..self.chance.between(40, 120) {
            self.now += self.step;
            self.machines_fail();
            for client in 0..self.clients.len() {
                self.client_acts(client);
            }
            self.time_passes();
        }
    }

    /// Nothing goes wrong any more, and people only stay where they are, until words have come
    /// everywhere and nothing is about to end. Then all is compared.
    pub(super) fn becomes_quiet(&mut self) {
        self.lost = 0;
        self.machines.iter_mut().for_each(|one| one.side = 0);
        let mut begin = self.now;
        if self.chance.happens(60) {
            // Everybody goes for a coffee, and leaves some tabs in the background.
            for client in 0..self.clients.len() {
                if self.chance.happens(500) {
                    self.hides(client, true);
                }
            }
            begin += 290_000;
        }
        let (mut seen, mut seen_since) = (vec![], begin);
        while self.now < begin + 30_000 || self.now < seen_since + 12_000 {
            self.now += 2_000;
            for client in 0..self.clients.len() {
                self.client_stays(client);
            }
            self.time_passes();
            let tabs = self.tabs.iter();
            let now: Vec<_> = tabs.map(|tab| tab.seen(self.local(tab.life.0))).collect();
            if now != seen {
                (seen, seen_since) = (now, self.now);
            }
        }
        let truth = self.truth();
        let looks: Vec<Look> = self.looks();
        for look in &looks {
            look.is_true(&truth);
            look.agrees_with(&looks[0], LATEST + 3_000);
        }
    }

    /// All tabs die, and nothing of the day is kept.
    pub(super) fn ends(&mut self) {
        self.now += 60_000;
        for machine in 0..self.machines.len() {
            let _ = self.watch(machine, |state, now| (state.passes(now), ()));
            if let Some(state) = &self.machines[machine].state {
                let left = (state.everybody().count(), state.items().count());
                assert_eq!(
                    (left, state.next_due()),
                    ((0, 0), None),
                    "something is left"
                );
            }
        }
    }

    fn machines_fail(&mut self) {
        if self.machines.len() > 1 && self.chance.happens(15) {
            // One is killed, with all connections it has. Their words already sent still travel.
            let machine = self.chance.below(self.machines.len());
            self.machines[machine].state = None;
            self.tabs.retain(|tab| tab.life.0 != machine);
            for client in &mut self.clients {
                if matches!(client.tab, Some((there, _, _)) if there == machine) {
                    client.tab = None;
                    client.still_until = self.now + self.chance.between(0, 10_000);
                }
            }
        }
        for machine in 0..self.machines.len() {
            if self.machines[machine].state.is_none() && self.chance.happens(60) {
                self.start(machine);
            }
        }
        if self.chance.happens(15) {
            for machine in &mut self.machines {
                machine.side = self.chance.below(2);
            }
        }
        if self.chance.happens(30) {
            self.machines.iter_mut().for_each(|one| one.side = 0);
        }
    }

    fn start(&mut self, machine: usize) {
        let one = &mut self.machines[machine];
        one.epoch += 1;
        one.state = Some(State::new(machine as u64 + 1, one.epoch));
        one.offset = self.chance.between(-1_000_000_000, 1_000_000_000);
        one.next_number = 0;
    }

    /// Letters come, and nodes speak.
    fn time_passes(&mut self) {
        while let Some(first) = self.letters.first_entry()
            && first.key().0 <= self.now
        {
            let (to, letter) = first.remove();
            self.delivers(to, letter);
        }
        let mut tabs = std::mem::take(&mut self.tabs);
        tabs.retain(|tab| !tab.is_gone(self.local(tab.life.0)));
        self.tabs = tabs;
        for machine in 0..self.machines.len() {
            let said = self.watch(machine, |state, now| {
                let changes = state.passes(now);
                (changes, state.take_differences())
            });
            if let Some(said) = said.flatten() {
                for other in 0..self.machines.len() {
                    self.sends(machine, other, said.clone());
                }
            }
        }
    }

    fn delivers(&mut self, to: usize, letter: Letter) {
        match letter {
            Letter::Words(said) => {
                let lacks = self.watch(to, |state, now| {
                    let heard = state.hear(&said, now);
                    (heard.changes, heard.lacks)
                });
                if let Some(node) = lacks.flatten() {
                    let node = node as usize - 1;
                    if self.machines[node].side == self.machines[to].side {
                        let at = self.now + self.chance.between(0, self.latest);
                        self.post(at, node, Letter::Question(to));
                    }
                }
            }
            Letter::Question(from) => {
                let whole = self.watch(to, |state, now| (state.passes(now), state.whole()));
                if let Some(whole) = whole {
                    self.sends(to, from, whole);
                }
            }
            Letter::Close(life, number) => {
                if self.machines[to].epoch == life {
                    self.tabs
                        .retain(|tab| tab.life.0 != to || tab.number != number);
                    let _ = self.watch(to, |state, now| (state.leaves(number, now), ()));
                }
            }
        }
    }

    /// Sends words, to the sender itself as well: not every network spares one that.
    fn sends(&mut self, from: usize, to: usize, said: Said) {
        let copies = 1 + usize::from(self.chance.happens(self.doubled));
        for _ in 0..copies {
            let is_heard = self.machines[from].side == self.machines[to].side;
            if is_heard && !self.chance.happens(self.lost) {
                let at = self.now + self.chance.between(0, self.latest);
                self.post(at, to, Letter::Words(said.clone()));
            }
        }
    }

    pub(super) fn post(&mut self, at: i64, to: usize, letter: Letter) {
        self.turn += 1;
        self.letters.insert((at, self.turn), (to, letter));
    }

    /// Does something to a node that runs. On a watched day, what it says to have changed is compared
    /// with two looks at everything.
    pub(super) fn watch<T>(
        &mut self,
        machine: usize,
        does: impl FnOnce(&mut State, Moment) -> (Changes, T),
    ) -> Option<T> {
        let now = Moment(self.local(machine));
        let state = self.machines[machine].state.as_mut()?;
        let before = self.is_watched.then(|| Look::at(state));
        let (changes, answer) = does(state, now);
        if let Some(before) = before {
            let differences = before.differences(&Look::at(state));
            assert_eq!(
                changes, differences,
                "what is said to have changed, and what has"
            );
            if self.machines.len() == 1 {
                let truth = self.truth();
                Look::at(self.machines[0].state.as_ref()?).is_true(&truth);
            }
        }
        Some(answer)
    }

    fn truth(&self) -> Truth {
        tell(&self.tabs, |tab| self.local(tab.life.0))
    }

    fn looks(&self) -> Vec<Look> {
        let running = (0..self.machines.len()).filter_map(|machine| {
            let state = self.machines[machine].state.as_ref()?;
            Some(Look::at(state).aged(self.local(machine)))
        });
        running.collect()
    }

    /// What the clock of a node says.
    pub(super) fn local(&self, machine: usize) -> i64 {
        let one = &self.machines[machine];
        one.offset + self.now + self.now * one.drift / 1_000_000
    }
}
