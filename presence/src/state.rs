//! Everything one node knows of who is where, and what its own tabs do.

use std::collections::{BTreeMap, BTreeSet};

use crate::board::{Before, Board, Standing};
use crate::exchange::Foreign;
use crate::own::Own;
use crate::tide::Tide;
use crate::{
    Changes, Colour, Company, Item, Moment, NodeKey, PersonKey, Place, Section, Tab, Whereabouts,
};

/// Who is where, as one node knows it.
///
/// Each deed first does what time has done since the last one, each thing at its own moment. So what
/// is known depends on what happened and on how late it is, not on how often one looked.
#[derive(Debug)]
pub struct State {
    pub(crate) node: NodeKey,
    pub(crate) epoch: u64,
    pub(crate) now: Moment,
    pub(crate) tide: Tide,
    pub(crate) board: Board,
    own: BTreeMap<u64, Own>,
    pub(crate) foreign: BTreeMap<NodeKey, Foreign>,
    /// What time does next, to whom: never all tabs are looked at to find the few.
    pub(crate) due: BTreeSet<(Moment, Due)>,
    /// Own tabs that changed since the others were told.
    pub(crate) unsaid: BTreeSet<u64>,
    pub(crate) number: u64,
    pub(crate) said_at: Option<Moment>,
}

/// To whom time does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    Tab(u64),
    Node(NodeKey),
}

impl State {
    /// A node that knows nobody yet.
    ///
    /// `epoch` must be greater at each start of the same node: with the first word of a new life the
    /// others forget what the earlier one said, and never listen to it again.
    pub fn new(node: NodeKey, epoch: u64) -> Self {
        Self {
            node,
            epoch,
            now: Moment::BEGINNING,
            tide: Tide::new(),
            board: Board::default(),
            own: BTreeMap::new(),
            foreign: BTreeMap::new(),
            due: BTreeSet::new(),
            unsaid: BTreeSet::new(),
            number: 0,
            said_at: None,
        }
    }

    /// A tab of this node opens, at a place.
    ///
    /// A person who comes back to where another tab of theirs still stands has been there since
    /// then: who only lost a connection for a second disturbs nobody.
    pub fn arrive(&mut self, number: u64, person: PersonKey, place: Place, now: Moment) -> Changes {
        self.open(number, person, place, None, now)
    }

    /// The same of a tab in the background since so many milliseconds: it is not the one used last,
    /// whenever it comes. After a line broke, tabs come again in any order, and the person is where
    /// they were.
    pub fn arrive_hidden(
        &mut self,
        number: u64,
        person: PersonKey,
        place: Place,
        since: i64,
        now: Moment,
    ) -> Changes {
        self.open(number, person, place, Some(since.max(0)), now)
    }

    fn open(
        &mut self,
        number: u64,
        person: PersonKey,
        place: Place,
        hidden: Option<i64>,
        now: Moment,
    ) -> Changes {
        let mut before = self.begin(now);
        let mut own = Own::new(place, self.now);
        own.hidden = hidden.map(|since| self.now.before(since));
        own.due = own.next_due(self.now);
        let due = own.due;
        if let Some(old) = self.own.insert(number, own) {
            self.due.remove(&(old.due, Due::Tab(number)));
        }
        self.due.insert((due, Due::Tab(number)));
        self.redraw(number, person, hidden.is_none(), self.now, &mut before);
        self.board.settle(before)
    }

    /// A tab is elsewhere, or does something else there. It is a sign of life, and when it begins to
    /// edit, this counts as an input. Unless it is in the background, the tab is the one used last.
    pub fn moves(&mut self, number: u64, place: Place, now: Moment) -> Changes {
        self.touch(number, now, |own, now| {
            if own.place != place {
                own.input = now;
            }
            own.place = place;
            own.hidden.is_none()
        })
    }

    /// A tab says that it is still there.
    pub fn beats(&mut self, number: u64, now: Moment) -> Changes {
        self.touch(number, now, |_, _| false)
    }

    /// Somebody types in a tab. An edit goes on, and one that had ended for want of input is taken
    /// up again. Where no edit was said to have begun, none begins: [`State::moves`] says that.
    pub fn types(&mut self, number: u64, now: Moment) -> Changes {
        self.touch(number, now, |own, now| {
            own.input = now;
            false
        })
    }

    /// A tab goes into the background or comes out of it. When it comes out, it is the one used
    /// last.
    pub fn hides(&mut self, number: u64, is_hidden: bool, now: Moment) -> Changes {
        self.touch(number, now, |own, now| {
            let was_hidden = own.hidden.is_some();
            own.hidden = is_hidden.then(|| own.hidden.unwrap_or(now));
            was_hidden && !is_hidden
        })
    }

    /// A tab closes. As often as one likes; a tab that is unknown closes without a trace.
    pub fn leaves(&mut self, number: u64, now: Moment) -> Changes {
        let mut before = self.begin(now);
        self.remove(number, &mut before);
        self.board.settle(before)
    }

    /// Time passed: silent tabs go, idle edits end, tabs long in the background leave their item,
    /// silent nodes are forgotten.
    pub fn passes(&mut self, now: Moment) -> Changes {
        let before = self.begin(now);
        self.board.settle(before)
    }

    /// When time does something next, if nothing else happens before.
    pub fn next_due(&self) -> Option<Moment> {
        self.due.first().map(|one| one.0)
    }

    /// Whether the tab is one of this node. One that was silent for too long no longer is, even when
    /// it speaks again: it has to arrive, under a new number.
    pub fn knows(&self, number: u64) -> bool {
        self.own.contains_key(&number)
    }

    /// The people on an item.
    pub fn company(&self, item: &Item) -> Company {
        self.board.company(item)
    }

    /// The border of an item: that of its company.
    pub fn colour_of(&self, item: &Item) -> Colour {
        self.board.colour_of(item)
    }

    /// The items that somebody is on, in their order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.board.items()
    }

    /// Where a person is; nowhere without a tab.
    pub fn whereabouts(&self, person: PersonKey) -> Option<Whereabouts> {
        self.board.whereabouts(person)
    }

    /// Where everybody is, by their keys.
    pub fn everybody(&self) -> impl Iterator<Item = Whereabouts> {
        let people = self.board.people();
        people.filter_map(|person| self.board.whereabouts(person))
    }

    /// Where the people of a section are, the most serious first: by the border, those who are here
    /// before those who are away, who came first first. Costs what is taken of it.
    pub fn crowd(&self, section: Section) -> impl Iterator<Item = Whereabouts> {
        let people = self.board.crowds().of(section);
        people.filter_map(|person| self.board.whereabouts(person))
    }

    /// Another number whenever anything that [`State::crowd`] says of a section is different.
    pub fn turn(&self, section: Section) -> u64 {
        self.board.crowds().turn(section)
    }

    /// The tabs of a person on all nodes, the one used last at the end.
    pub fn tabs_of(&self, person: PersonKey) -> impl Iterator<Item = Tab> {
        self.board.tabs_of(person)
    }

    /// What every deed begins with: time goes forward, and does what it does.
    pub(crate) fn begin(&mut self, now: Moment) -> Before {
        self.now = self.now.max(now);
        let mut before = Before::default();
        while let Some((at, due)) = self.due.first().copied()
            && at <= self.now
        {
            self.due.pop_first();
            match due {
                Due::Tab(number) => self.lapse(number, at, &mut before),
                Due::Node(node) => self.forget(node, &mut before),
            }
        }
        before
    }

    fn lapse(&mut self, number: u64, at: Moment, before: &mut Before) {
        match self.own.get(&number) {
            Some(own) if !own.is_gone(at) => {
                self.plan(number, at);
                if let Some(standing) = self.board.get(self.tab(number)) {
                    self.redraw(number, standing.person, false, at, before);
                }
            }
            _ => self.remove(number, before),
        }
    }

    /// A sign of life of a tab, with what else it says; `says` tells whether the tab is used now.
    fn touch(
        &mut self,
        number: u64,
        now: Moment,
        says: impl FnOnce(&mut Own, Moment) -> bool,
    ) -> Changes {
        let mut before = self.begin(now);
        let now = self.now;
        let tab = self.tab(number);
        if let Some(own) = self.own.get_mut(&number)
            && let Some(standing) = self.board.get(tab)
        {
            let person = standing.person;
            own.beat = now;
            let is_used = says(own, now);
            self.plan(number, now);
            self.redraw(number, person, is_used, now, &mut before);
        }
        self.board.settle(before)
    }

    /// Notes when time does something to the tab next.
    fn plan(&mut self, number: u64, now: Moment) {
        if let Some(own) = self.own.get_mut(&number) {
            self.due.remove(&(own.due, Due::Tab(number)));
            own.due = own.next_due(now);
            self.due.insert((own.due, Due::Tab(number)));
        }
    }

    /// Puts a tab on the board as it counts at that moment.
    fn redraw(
        &mut self,
        number: u64,
        person: PersonKey,
        is_used: bool,
        at: Moment,
        before: &mut Before,
    ) {
        let Some(own) = self.own.get(&number) else {
            return;
        };
        let tab = self.tab(number);
        let (place, is_away) = own.counts(at);
        let old = self.board.get(tab).filter(|old| old.person == person);
        let stays = old.filter(|old| old.is_same_stay(&place, is_away));
        if let Some(stays) = stays
            && !is_used
            && stays.place == place
        {
            return;
        }
        let stamp = self.tide.stamp(self.now);
        let (since, turned) = match stays {
            Some(stays) => (stays.since, stays.turned),
            None => {
                let since = self.board.stay(person, &place, is_away);
                (since.unwrap_or(at), stamp)
            }
        };
        let focus = match old {
            _ if is_used => stamp,
            Some(old) => old.focus,
            None => {
                let behind = self.board.first_focus(person);
                behind.map_or(stamp, |focus| focus.saturating_sub(1))
            }
        };
        let standing = Standing {
            person,
            place,
            is_away,
            since,
            turned,
            focus,
        };
        self.board.put(tab, Some(standing), before);
        self.unsaid.insert(number);
    }

    fn remove(&mut self, number: u64, before: &mut Before) {
        if let Some(own) = self.own.remove(&number) {
            self.due.remove(&(own.due, Due::Tab(number)));
            self.board.put(self.tab(number), None, before);
            self.tide.stamp(self.now);
            self.unsaid.insert(number);
        }
    }

    pub(crate) fn tab(&self, number: u64) -> Tab {
        let node = self.node;
        Tab { node, number }
    }
}
