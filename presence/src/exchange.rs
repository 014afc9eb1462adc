//! How nodes tell each other, and what is made of what they tell.
//!
//! Each node speaks for its own tabs only and numbers its words; whoever misses one asks for the
//! whole. No node repeats what it heard of a third, so nothing goes round in circles, and who falls
//! silent is forgotten by each of the others by its own clock.

use std::collections::BTreeSet;

use crate::board::{Before, Standing};
use crate::said::{Heard, Said, SaidTab};
use crate::state::{Due, State};
use crate::tide::DRIFT;
use crate::{Moment, NODE_BEATS_EVERY, NODE_IS_SILENT_AFTER, NodeKey, Tab, WHOLE_IS_ASKED_EVERY};

/// What is kept of another node beside its tabs. It outlives them, so that late words of a node that
/// was forgotten, or of an earlier life, bring nobody back.
#[derive(Debug)]
pub(crate) struct Foreign {
    epoch: u64,
    /// The last difference that was taken in.
    number: u64,
    /// The tide of what was taken in last.
    content: i64,
    /// The greatest tide heard from it: only a greater one is a sign of life.
    tide: i64,
    /// When it will have been silent for too long; none once it was.
    silent_at: Option<Moment>,
    asked_at: Option<Moment>,
}

impl State {
    /// What changed on our own tabs since this was asked last, for all other nodes.
    ///
    /// None when there is nothing to say; but at least once in [`NODE_BEATS_EVERY`] a word that says
    /// only that we are here. Time is that of the last deed: [`State::passes`] comes before.
    pub fn take_differences(&mut self) -> Option<Said> {
        let rests = |at: Moment| self.now < at.after(NODE_BEATS_EVERY);
        if self.unsaid.is_empty() && self.said_at.is_some_and(rests) {
            return None;
        }
        let mut said = self.say(false);
        for number in std::mem::take(&mut self.unsaid) {
            match self.board.get(self.tab(number)) {
                Some(standing) => said.tabs.push(self.tell(number, standing)),
                None => said.gone.push(number),
            }
        }
        if !said.is_beat() {
            self.number += 1;
            said.number = self.number;
        }
        self.said_at = Some(self.now);
        Some(said)
    }

    /// All of our own tabs, for a node that is new or missed something. Time is that of the last
    /// deed, as in [`State::take_differences`].
    pub fn whole(&self) -> Said {
        let mut said = self.say(true);
        let tabs = self.board.tabs_of_node(self.node);
        said.tabs = tabs
            .map(|(tab, standing)| self.tell(tab.number, standing))
            .collect();
        said
    }

    /// Hears another node. Old words, words of an earlier life and our own are passed over.
    pub fn hear(&mut self, said: &Said, now: Moment) -> Heard {
        let mut before = self.begin(now);
        let mut lacks = None;
        if said.node != self.node && self.meet(said, &mut before) {
            self.rise(said.tide, &mut before);
            if !self.take_in(said, &mut before) && self.asks(said.node) {
                lacks = Some(said.node);
            }
        }
        Heard {
            changes: self.board.settle(before),
            lacks,
        }
    }

    /// Forgets everybody on a node that was silent for too long, but not that it was there.
    pub(crate) fn forget(&mut self, node: NodeKey, before: &mut Before) {
        if let Some(foreign) = self.foreign.get_mut(&node)
            && let Some(at) = foreign.silent_at.take()
        {
            self.due.remove(&(at, Due::Node(node)));
        }
        let tabs: Vec<Tab> = self.board.tabs_of_node(node).map(|one| one.0).collect();
        for tab in tabs {
            self.board.put(tab, None, before);
        }
    }

    fn say(&self, is_whole: bool) -> Said {
        Said {
            node: self.node,
            epoch: self.epoch,
            number: self.number,
            tide: self.tide.at(self.now),
            is_whole,
            tabs: Vec::new(),
            gone: Vec::new(),
        }
    }

    fn tell(&self, number: u64, standing: &Standing) -> SaidTab {
        SaidTab {
            number,
            person: standing.person,
            place: standing.place.clone(),
            is_away: standing.is_away,
            age: self.now.elapsed_since(standing.since),
            turned: standing.turned,
            focus: standing.focus,
        }
    }

    /// Whether to listen at all. With the first word of a new life, the earlier one is forgotten.
    fn meet(&mut self, said: &Said, before: &mut Before) -> bool {
        let known = self.foreign.get_mut(&said.node);
        match known.map(|foreign| (said.epoch.cmp(&foreign.epoch), foreign)) {
            Some((std::cmp::Ordering::Less, _)) => return false,
            Some((std::cmp::Ordering::Equal, foreign)) => {
                let is_younger = said.tide > foreign.tide;
                if foreign.silent_at.is_none() {
                    // It was forgotten. Only its whole brings it back, and not a late one.
                    return is_younger;
                }
                if is_younger {
                    self.revive(said);
                }
                return true;
            }
            _ => {}
        }
        self.forget(said.node, before);
        // Nothing is missed of a life that one hears from its first word on; of any other, its whole
        // is needed, whenever that was said.
        let foreign = Foreign {
            epoch: said.epoch,
            number: 0,
            content: i64::MIN,
            tide: i64::MIN,
            silent_at: None,
            asked_at: None,
        };
        self.foreign.insert(said.node, foreign);
        if !said.is_whole && said.number == u64::from(!said.is_beat()) {
            self.revive(said);
        }
        true
    }

    /// The word is a sign of life: its node is there for some time from now.
    fn revive(&mut self, said: &Said) {
        if let Some(foreign) = self.foreign.get_mut(&said.node) {
            foreign.tide = said.tide;
            let at = self.now.after(NODE_IS_SILENT_AFTER);
            if let Some(old) = foreign.silent_at.replace(at) {
                self.due.remove(&(old, Due::Node(said.node)));
            }
            self.due.insert((at, Due::Node(said.node)));
        }
    }

    /// When two nodes meet whose tides differ, the lower one's deeds were stamped too low. It stamps
    /// them again, as much later as its tide rises, and tells everybody.
    fn rise(&mut self, heard: i64, before: &mut Before) {
        let rise = self.tide.rise(heard, self.now);
        if rise < DRIFT {
            return;
        }
        let own = self.board.tabs_of_node(self.node);
        let own: Vec<(Tab, Standing)> = own.map(|(tab, one)| (tab, one.clone())).collect();
        for (tab, mut standing) in own {
            standing.focus = standing.focus.saturating_add(rise);
            self.board.put(tab, Some(standing), before);
            self.unsaid.insert(tab.number);
        }
    }

    /// Takes in what is news; false when something was missed before it.
    fn take_in(&mut self, said: &Said, before: &mut Before) -> bool {
        let Some(foreign) = self.foreign.get_mut(&said.node) else {
            return false;
        };
        let is_known = foreign.silent_at.is_some();
        if said.is_whole {
            let is_older = (said.number, said.tide) < (foreign.number, foreign.content);
            if is_older {
                return true;
            }
        } else if !is_known {
            return false;
        } else if said.is_beat() || foreign.number.checked_add(1) != Some(said.number) {
            return said.number <= foreign.number;
        }
        foreign.number = said.number;
        foreign.content = said.tide;
        foreign.asked_at = None;
        if !is_known {
            self.revive(said);
        }
        self.copy(said, before);
        true
    }

    fn copy(&mut self, said: &Said, before: &mut Before) {
        let node = said.node;
        let mut gone: BTreeSet<u64> = said.gone.iter().copied().collect();
        if said.is_whole {
            gone.extend(self.board.tabs_of_node(node).map(|one| one.0.number));
        }
        for told in &said.tabs {
            gone.remove(&told.number);
            let tab = Tab {
                node,
                number: told.number,
            };
            let known = self.board.get(tab).filter(|one| one.turned == told.turned);
            let standing = Standing {
                person: told.person,
                place: told.place.clone(),
                is_away: told.is_away,
                since: known.map_or(self.now.before(told.age.max(0)), |one| one.since),
                turned: told.turned,
                focus: told.focus,
            };
            self.board.put(tab, Some(standing), before);
        }
        for number in gone {
            self.board.put(Tab { node, number }, None, before);
        }
    }

    /// Whether to ask the node for its whole now. An answer takes its time, and words that show the
    /// same gap come meanwhile.
    fn asks(&mut self, node: NodeKey) -> bool {
        let now = self.now;
        let Some(foreign) = self.foreign.get_mut(&node) else {
            return false;
        };
        let is_waiting = |at: Moment| now < at.after(WHOLE_IS_ASKED_EVERY);
        let asks = !foreign.asked_at.is_some_and(is_waiting);
        if asks {
            foreign.asked_at = Some(now);
        }
        asks
    }
}
