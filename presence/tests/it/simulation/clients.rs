//! What people do before their browsers, and what is true then.

use presence::{Activity, Mode, Place, Section};

use super::day::{Day, Letter};
use super::truth::TrueTab;

impl Day {
    pub(super) fn client_acts(&mut self, client: usize) {
        if self.clients[client].still_until > self.now {
            return;
        }
        let Some((machine, number)) = self.connected(client) else {
            return self.arrives(client);
        };
        let now = self.now;
        match self.chance.below(1_000) {
            0..120 => {
                let place = self.place();
                let is_used = self.is_in_front(client);
                self.deed(client, is_used, |tab, local| {
                    if tab.place != place {
                        tab.input = local;
                    }
                    tab.place = place.clone();
                });
                let _ = self.watch(machine, |state, now| (state.moves(number, place, now), ()));
            }
            120..160 => self.hides(client, true),
            160..200 => self.hides(client, false),
            200..215 => {
                // The laptop is closed for a while.
                self.clients[client].still_until = now + self.chance.between(1_000, 100_000);
            }
            215..225 => {
                // It dies, and another one is opened, at once or later. Or both ends forget.
                self.clients[client].tab = None;
                self.clients[client].still_until = now + self.chance.between(0, 60_000);
            }
            225..250 => {
                // It connects anew, here or elsewhere; that it left comes late.
                let life = self.machines[machine].epoch;
                let at = now + self.chance.between(0, 20_000);
                self.post(at, machine, Letter::Close(life, number));
                self.arrives(client);
            }
            250..265 => {
                self.tabs
                    .retain(|tab| tab.life.0 != machine || tab.number != number);
                let _ = self.watch(machine, |state, now| (state.leaves(number, now), ()));
                self.clients[client].tab = None;
                self.clients[client].still_until = now + self.chance.between(0, 60_000);
            }
            _ => self.client_stays(client),
        }
    }

    /// Only beats, and goes on writing.
    pub(super) fn client_stays(&mut self, client: usize) {
        if self.clients[client].still_until > self.now {
            return;
        }
        let Some((machine, number)) = self.connected(client) else {
            return;
        };
        if self.clients[client].writes && self.chance.happens(100) {
            self.deed(client, false, |tab, local| tab.input = local);
            let _ = self.watch(machine, |state, now| (state.types(number, now), ()));
        }
        if self.clients[client].next_beat <= self.now {
            self.clients[client].next_beat = self.now + 15_000;
            self.deed(client, false, |_, _| {});
            let _ = self.watch(machine, |state, now| (state.beats(number, now), ()));
        }
    }

    pub(super) fn hides(&mut self, client: usize, is_hidden: bool) {
        let Some((machine, number)) = self.connected(client) else {
            return;
        };
        let was_hidden = self
            .tabs
            .iter()
            .any(|tab| tab.life.0 == machine && tab.number == number && tab.hidden.is_some());
        self.deed(client, was_hidden && !is_hidden, |tab, local| {
            tab.hidden = if is_hidden {
                tab.hidden.or(Some(local))
            } else {
                None
            };
        });
        let _ = self.watch(machine, |state, now| {
            (state.hides(number, is_hidden, now), ())
        });
    }

    /// The node and number of a tab that its node still knows.
    fn connected(&mut self, client: usize) -> Option<(usize, u64)> {
        let (machine, life, number) = self.clients[client].tab?;
        let local = self.local(machine);
        let is_known = |tab: &TrueTab| {
            tab.life == (machine, life) && tab.number == number && !tab.is_gone(local)
        };
        let is_known = self.tabs.iter().any(is_known);
        is_known.then_some((machine, number))
    }

    fn arrives(&mut self, client: usize) {
        let machine = self.chance.below(self.machines.len());
        let place = self.place();
        if self.machines[machine].state.is_none() {
            return;
        }
        let one = &mut self.machines[machine];
        one.next_number += 1;
        let (number, life) = (one.next_number, one.epoch);
        let person = self.clients[client].person;
        self.clients[client].tab = Some((machine, life, number));
        self.clients[client].next_beat = self.now + 15_000;
        let local = self.local(machine);
        self.turn += 1;
        self.tabs.push(TrueTab {
            person,
            life: (machine, life),
            number,
            place: place.clone(),
            used: (self.now, self.turn),
            beat: local,
            input: local,
            hidden: None,
        });
        let _ = self.watch(machine, |state, now| {
            (state.arrive(number, person, place, now), ())
        });
    }

    fn is_in_front(&mut self, client: usize) -> bool {
        let here = self.connected(client);
        let tab = self
            .tabs
            .iter()
            .find(|tab| Some((tab.life.0, tab.number)) == here);
        tab.is_none_or(|tab| tab.hidden.is_none())
    }

    /// Writes down what is true of a client's tab now.
    fn deed(&mut self, client: usize, is_used: bool, does: impl FnOnce(&mut TrueTab, i64)) {
        let Some((machine, number)) = self.connected(client) else {
            return;
        };
        let local = self.local(machine);
        self.turn += 1;
        let is_it = |tab: &&mut TrueTab| tab.life.0 == machine && tab.number == number;
        if let Some(tab) = self.tabs.iter_mut().find(is_it) {
            tab.beat = local;
            if is_used {
                tab.used = (self.now, self.turn);
            }
            does(tab, local);
        }
    }

    fn place(&mut self) -> Place {
        let is_editing = self.chance.happens(400);
        let item = crate::ticket(self.chance.between(1, 3));
        Place {
            section: [Section::Tickets, Section::Tasks][self.chance.below(2)],
            mode: [Mode::List, Mode::Detail, Mode::Adding][self.chance.below(3)],
            item: self.chance.happens(750).then_some(item),
            activity: [Activity::Viewing, Activity::Editing][usize::from(is_editing)],
            field: is_editing.then(|| ["subject", "priority"][self.chance.below(2)].into()),
        }
    }
}
