//! Which tickets there are: when each was created, by whom, from which story, ending how.

use crate::calendar::{DAY, MINUTE, Zone, last_working_day};
use crate::company::{self, NORDET};
use crate::desk::{Agent, Department, Language, Notable};
use crate::dice::Dice;
use crate::famous::{self, Stage};
use crate::people::Cast;
use crate::scenario::{self, Scenario, Words};
use crate::story::{Plan, Writer, language_of};
use crate::ticket::{State, Ticket};

/// How many tickets there are.
pub(crate) const TICKETS: usize = 1_200;
/// The number of the first; the last is 4820.
pub(crate) const FIRST_NUMBER: u64 = 3_621;
/// How far back the first was created.
const PAST: i64 = 182 * DAY;
/// The minute at which the design pages were drawn: 14:08.
const DRAWN_AT: i64 = 14 * 60 + 8;
/// How many tickets stand in each state that is not an end, those of the design pages included.
const STANDING: [(State, usize); 5] = [
    (State::Free, 14),
    (State::InProgress, 72),
    (State::Incomplete, 25),
    (State::Postponed, 17),
    (State::Closed, 10),
];
/// How many of the last tickets are in progress, but for those nobody has taken.
const FIRST_LOOKS: usize = 9;
/// Of a hundred people who ask, how many are at a customer.
const CUSTOMERS: usize = 3;
/// Ended tickets of the employee whose portal is demonstrated, beside those of the design pages.
const OF_THE_EMPLOYEE: usize = 13;

/// A ticket not yet written.
struct Slot {
    number: u64,
    at: i64,
    zone: Zone,
    fate: State,
}

/// The tickets of the desk, by number.
pub(crate) fn tickets(
    cast: &Cast,
    departments: &[Department],
    agents: &[Agent],
    seed: u64,
    now: i64,
) -> Vec<Ticket> {
    let day = last_working_day(now, DRAWN_AT);
    let stage = Stage {
        people: &cast.people,
        agents,
        departments,
        day,
        seed,
    };
    let famous = famous::tickets(&stage);
    let mut dice = Dice::stream(seed, 5, 0);
    let mut slots = instants(&famous, now, &mut dice);
    fates(&mut slots, &famous, &mut dice);

    let words = Words::load();
    let scenarios = scenario::all();
    let writer = Writer {
        cast,
        departments,
        agents,
        words: &words,
        seed,
        now,
    };
    let mut decks = Decks::new(&scenarios);
    let employee = cast
        .people
        .iter()
        .position(|person| person.notable == Some(Notable::PortalEmployee));
    let mut spared = slots.len() / OF_THE_EMPLOYEE;
    let mut tickets = famous;
    for slot in &slots {
        spared += 1;
        let mut language = language_of(slot.zone, &mut dice);
        let hers = spared > slots.len() / (OF_THE_EMPLOYEE + 1)
            && slot.fate == State::Approved
            && slot.zone == Zone::Paris
            && language == Language::French;
        let customer = !hers && dice.chance(CUSTOMERS);
        if customer && !decks.has_customers(language) {
            language = Language::French;
        }
        let Some((scenario, subject)) = decks.deal(language, customer, &mut dice) else {
            continue;
        };
        let requester = match employee.filter(|_| hers) {
            Some(employee) => {
                spared = 0;
                employee
            }
            None => requester(cast, agents, language, customer, slot.zone, &mut dice),
        };
        let (number, created_at, fate) = (slot.number, slot.at, slot.fate);
        tickets.push(writer.write(&Plan {
            number,
            created_at,
            scenario,
            subject,
            requester,
            fate,
        }));
    }
    tickets.sort_by_key(|ticket| ticket.number);
    tickets
}

/// When the tickets that stand on no design page were created: in office hours, and in the order
/// of their numbers around those that do.
fn instants(famous: &[Ticket], now: i64, dice: &mut Dice) -> Vec<Slot> {
    let mut slots = Vec::with_capacity(TICKETS);
    let mut from = (FIRST_NUMBER - 1, now - PAST);
    let last = FIRST_NUMBER + TICKETS as u64;
    let anchors = famous
        .iter()
        .map(|ticket| (ticket.number, ticket.created_at));
    for (number, at) in anchors.chain([(last, now)]) {
        let mut found: Vec<(i64, Zone)> = (from.0 + 1..number)
            .map(|_| working_instant(from.1 + MINUTE, at - MINUTE, dice))
            .collect();
        found.sort_unstable_by_key(|&(at, _)| at);
        for (next, (at, zone)) in (from.0 + 1..number).zip(found) {
            slots.push(Slot {
                number: next,
                at,
                zone,
                fate: State::Approved,
            });
        }
        from = (number, at);
    }
    slots
}

fn working_instant(from: i64, to: i64, dice: &mut Dice) -> (i64, Zone) {
    for _ in 0..2_000 {
        let zone = if dice.chance(30) {
            Zone::Montreal
        } else {
            Zone::Paris
        };
        let at = dice.between(from, to);
        if zone.is_open(at) {
            return (at, zone);
        }
    }
    (dice.between(from, to), Zone::Paris)
}

/// Recent tickets are open, old ones have ended, with a long tail of open ones.
fn fates(slots: &mut [Slot], famous: &[Ticket], dice: &mut Dice) {
    let count = slots.len();
    let mut taken = vec![false; count];
    for (state, wanted) in STANDING {
        let there = famous.iter().filter(|ticket| ticket.state == state).count();
        let (nearest, reach) = match state {
            State::Free => (0, 34),
            State::Closed => (12, 70),
            _ => (2, 620),
        };
        for turn in there..wanted {
            let share = dice.below(1_000);
            let skewed = if state == State::Free || state == State::Closed {
                share * reach / 1_000
            } else {
                share * share / 1_000 * share / 1_000 * reach / 1_000
            };
            // The very last ones have had no time for anything but a first look.
            let first_look = state == State::InProgress && turn - there < FIRST_LOOKS;
            let mut back = if first_look { 0 } else { nearest + skewed };
            while taken[count - 1 - back] {
                back = (back + 1) % count;
            }
            taken[count - 1 - back] = true;
            slots[count - 1 - back].fate = state;
        }
    }
    for (position, slot) in slots.iter_mut().enumerate() {
        if taken[position] {
            continue;
        }
        let old = count - position > 180;
        slot.fate = match dice.below(100) {
            0..10 if old => State::Expired,
            10..15 => State::Cancelled,
            15..18 => State::Refused,
            _ => State::Approved,
        };
    }
}

fn requester(
    cast: &Cast,
    agents: &[Agent],
    language: Language,
    customer: bool,
    zone: Zone,
    dice: &mut Dice,
) -> usize {
    let fits = |at: usize, same_zone: bool| {
        let person = &cast.people[at];
        person.language == language
            && (person.organization != NORDET) == customer
            && person.notable != Some(Notable::PortalEmployee)
            && (!same_zone || company::zone(person.site) == zone)
            && (at >= agents.len() || agents[at].person != at)
    };
    let all = 0..cast.people.len();
    let near: Vec<usize> = all.clone().filter(|&at| fits(at, true)).collect();
    let any: Vec<usize> = all.filter(|&at| fits(at, false)).collect();
    dice.pick(&near)
        .or_else(|| dice.pick(&any))
        .copied()
        .unwrap_or(agents.len())
}

/// The stories, dealt like cards so that each comes as often as the others and seldom twice in a
/// row; and within a story, its subjects in turn.
struct Decks<'a> {
    decks: Vec<Deck<'a>>,
}

struct Deck<'a> {
    language: Language,
    customers: bool,
    cards: Vec<(&'a Scenario, usize)>,
    left: Vec<usize>,
}

impl<'a> Decks<'a> {
    fn new(scenarios: &'a [Scenario]) -> Self {
        let mut decks = Vec::new();
        for language in [Language::French, Language::English] {
            for customers in [false, true] {
                let cards = scenarios
                    .iter()
                    .filter(|scenario| {
                        scenario.language == language && scenario.customers == customers
                    })
                    .map(|scenario| (scenario, 0))
                    .collect();
                decks.push(Deck {
                    language,
                    customers,
                    cards,
                    left: Vec::new(),
                });
            }
        }
        Self { decks }
    }

    fn has_customers(&self, language: Language) -> bool {
        self.decks
            .iter()
            .any(|deck| deck.language == language && deck.customers && !deck.cards.is_empty())
    }

    fn deal(
        &mut self,
        language: Language,
        customers: bool,
        dice: &mut Dice,
    ) -> Option<(&'a Scenario, usize)> {
        let deck = self
            .decks
            .iter_mut()
            .find(|deck| deck.language == language && deck.customers == customers)?;
        if deck.left.is_empty() {
            deck.left = (0..deck.cards.len()).collect();
            dice.shuffle(&mut deck.left);
        }
        let (scenario, dealt) = deck.cards.get_mut(deck.left.pop()?)?;
        let subject = *dealt % scenario.subjects.len().max(1);
        *dealt += 1;
        Some((scenario, subject))
    }
}
