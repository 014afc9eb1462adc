//! Whose turn it is, as a pure function: the rule, who is there, and what the turns before left.
//!
//! In turn is smooth and weighted: everybody's weight grows by their share, the heaviest is given the
//! ticket and gives back all that was shared out. Over any stretch nobody is given more than one ticket
//! more than their share, and shares mix instead of coming in rows. Whoever is away keeps their weight.
//!
//! Chance is a sequence of numbers kept with the turns (splitmix64), so that a lot needs nothing from
//! outside, and the same turns draw the same lots.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Rule;
use crate::people::PersonId;

/// Somebody who can be given a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// 1 to 100: how large a share of what is given out. Zero is never chosen.
    pub rate: i64,
    /// How many tickets they work on now.
    pub load: i64,
}

/// What the turns before left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    weights: BTreeMap<PersonId, i64>,
    /// Where chance stands.
    pub seed: i64,
}

impl Turns {
    /// From what is stored; what cannot be read begins anew.
    pub fn read(stored: &str, seed: i64) -> Turns {
        let pair = |word: &str| {
            let (person, weight) = word.split_once(':')?;
            Some((PersonId(person.parse().ok()?), weight.parse().ok()?))
        };
        Turns {
            weights: stored.split(' ').filter_map(pair).collect(),
            seed,
        }
    }

    /// As they are stored: `7:-40 9:40`.
    pub fn weights(&self) -> String {
        let words = self
            .weights
            .iter()
            .map(|(person, weight)| format!("{person}:{weight}"));
        words.collect::<Vec<_>>().join(" ")
    }

    /// The next number of chance, below `n`.
    fn draw(&mut self, n: i64) -> i64 {
        let mut at = self
            .seed
            .cast_unsigned()
            .wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.seed = at.cast_signed();
        at = (at ^ (at >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        at = (at ^ (at >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        at ^= at >> 31;
        (at % n.max(1).cast_unsigned()).cast_signed()
    }

    fn next(&mut self, among: &[Candidate]) -> Option<PersonId> {
        let mut heaviest: Option<(PersonId, i64)> = None;
        let mut all = 0;
        for one in among {
            let weight = self.weights.entry(one.person).or_default();
            *weight = weight.saturating_add(one.rate);
            all += one.rate;
            if heaviest.is_none_or(|(_, most)| *weight > most) {
                heaviest = Some((one.person, *weight));
            }
        }
        let (person, _) = heaviest?;
        if let Some(weight) = self.weights.get_mut(&person) {
            *weight = weight.saturating_sub(all);
        }
        Some(person)
    }
}

/// Who of those there is given the next ticket. They come in the order in which people see them; whoever
/// has no share is not among them.
pub fn choose(rule: Rule, there: &[Candidate], turns: &mut Turns) -> Option<PersonId> {
    let mut among: Vec<Candidate> = there.iter().copied().filter(|c| c.rate > 0).collect();
    let largest = among.iter().map(|c| c.rate).max()?;
    match rule {
        Rule::Nobody => None,
        Rule::FirstAvailable => among.iter().find(|c| c.rate == largest).map(|c| c.person),
        Rule::RoundRobin => turns.next(&among),
        Rule::Random => {
            let mut lot = turns.draw(among.iter().map(|c| c.rate).sum());
            let hit = among.iter().find(|c| {
                lot -= c.rate;
                lot < 0
            });
            hit.map(|c| c.person)
        }
        Rule::LeastLoaded => {
            let least = among.iter().copied().min_by(carries)?;
            // Those who carry the same take turns: else who ends quickly would be given everything.
            among.retain(|c| carries(c, &least) == Ordering::Equal);
            turns.next(&among)
        }
    }
}

/// Who would carry less for their share with one ticket more.
fn carries(one: &Candidate, other: &Candidate) -> Ordering {
    let (left, right) = (
        one.load.saturating_add(1).saturating_mul(other.rate),
        other.load.saturating_add(1).saturating_mul(one.rate),
    );
    left.cmp(&right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(person: i64, rate: i64, load: i64) -> Candidate {
        Candidate {
            person: PersonId(person),
            rate,
            load,
        }
    }

    fn given(rule: Rule, among: &[Candidate], times: usize) -> Vec<i64> {
        let mut turns = Turns::default();
        (0..times)
            .filter_map(|_| {
                // Between two tickets the desk may be started anew.
                turns = Turns::read(&turns.weights(), turns.seed);
                choose(rule, among, &mut turns).map(|person| person.0)
            })
            .collect()
    }

    #[test]
    fn each_rule_chooses_as_it_says() {
        let team = [one(1, 50, 3), one(2, 100, 9), one(3, 100, 0), one(4, 0, 0)];
        assert_eq!(given(Rule::Nobody, &team, 3), [0_i64; 0]);
        assert_eq!(given(Rule::FirstAvailable, &team, 3), [2, 2, 2]);
        assert_eq!(given(Rule::RoundRobin, &team, 5), [2, 3, 1, 2, 3]);
        assert_eq!(given(Rule::LeastLoaded, &team, 2), [3, 3]);
        let lots = given(Rule::Random, &team, 200);
        assert!(!lots.contains(&4) && [1, 2, 3].iter().all(|p| lots.contains(p)));
        assert_eq!(
            lots,
            given(Rule::Random, &team, 200),
            "the same turns, the same lots"
        );
        for rule in Rule::ALL {
            assert_eq!(
                given(*rule, &[], 1),
                [0_i64; 0],
                "{rule:?}: nobody is there"
            );
            assert_eq!(
                given(*rule, &[one(4, 0, 0)], 1),
                [0_i64; 0],
                "{rule:?}: no share"
            );
        }
    }

    #[test]
    fn a_load_counts_by_the_share_and_equals_take_turns() {
        // One ticket on a tenth is as much as ten on a whole.
        assert_eq!(
            given(Rule::LeastLoaded, &[one(1, 10, 1), one(2, 100, 9)], 1),
            [2]
        );
        assert_eq!(
            given(Rule::LeastLoaded, &[one(1, 10, 0), one(2, 100, 20)], 1),
            [1]
        );
        let idle = [one(1, 100, 0), one(2, 100, 0), one(3, 100, 0)];
        assert_eq!(given(Rule::LeastLoaded, &idle, 4), [1, 2, 3, 1]);
    }

    #[test]
    fn whoever_is_away_is_skipped_and_comes_back_to_their_turn() {
        let (first, second) = (one(1, 100, 0), one(2, 100, 0));
        let mut turns = Turns::default();
        let mut next = |among: &[Candidate]| {
            choose(Rule::RoundRobin, among, &mut turns).map(|person| person.0)
        };
        assert_eq!(next(&[first, second]), Some(1));
        assert_eq!(next(&[first]), Some(1), "the second is away");
        assert_eq!(
            next(&[first, second]),
            Some(2),
            "and their turn is still theirs"
        );
    }

    #[test]
    fn over_any_stretch_everybody_is_given_their_share() {
        let mut dice = Turns {
            seed: 26,
            ..Turns::default()
        };
        for _ in 0..500 {
            let people = 1 + dice.draw(8);
            let team: Vec<Candidate> = (0..people)
                .map(|person| one(person, 1 + dice.draw(100), 0))
                .collect();
            let all: i64 = team.iter().map(|c| c.rate).sum();
            let mut turns = Turns::default();
            let mut counts = BTreeMap::new();
            for n in 1..=3 * all.min(400) {
                let person = choose(Rule::RoundRobin, &team, &mut turns).unwrap();
                *counts.entry(person).or_insert(0) += 1;
                for c in &team {
                    let count: i64 = counts.get(&c.person).copied().unwrap_or(0);
                    // Compared without division: count against n · rate / all.
                    let ahead = count * all - n * c.rate;
                    assert!(ahead < all, "{team:?}: more than one too many");
                    assert!(-ahead < all * people, "{team:?}: left behind");
                }
                if n % all == 0 {
                    let is_even = team.iter().all(|c| counts[&c.person] * all == n * c.rate);
                    assert!(is_even, "{team:?}: a whole round is shared exactly");
                }
            }
        }
    }

    #[test]
    fn lots_fall_by_the_shares() {
        let team = [one(1, 10, 0), one(2, 30, 0), one(3, 60, 0)];
        let lots = given(Rule::Random, &team, 10_000);
        for c in team {
            let hit = lots.iter().filter(|person| **person == c.person.0).count();
            let expected = usize::try_from(c.rate * 100).unwrap();
            assert!(hit.abs_diff(expected) < 300, "{c:?}: {hit}");
        }
    }

    #[test]
    fn what_cannot_be_read_begins_anew() {
        let turns = Turns::read("7:-40 nonsense 9: 11:40", 3);
        assert_eq!(turns.weights(), "7:-40 11:40");
        assert_eq!(Turns::read("", 3).weights(), "");
    }
}
