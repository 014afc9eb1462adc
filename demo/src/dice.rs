//! A small generator of pseudo-random numbers, so that a seed means the same desk for ever.
//!
//! SplitMix64 (Steele, Lea, Flood, 2014): one addition and three mixes per number. Written here
//! because a dependency may change its numbers between versions, and the desk must not.

/// A stream of numbers that depends on nothing but its seed.
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    state: u64,
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Dice {
    /// A stream of its own for one thing, so that changing how one ticket is told leaves the others.
    pub(crate) const fn stream(seed: u64, purpose: u64, index: u64) -> Self {
        let mut dice = Self {
            state: seed ^ purpose.wrapping_mul(GOLDEN),
        };
        let first = dice.next();
        Self {
            state: first ^ index.wrapping_mul(GOLDEN),
        }
    }

    /// The next 64 bits.
    pub(crate) const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number under `limit`; 0 when `limit` is 0.
    pub(crate) const fn below(&mut self, limit: usize) -> usize {
        // Multiply-shift: the bias is under 2^-40 for the limits used here.
        (((self.next() as u128) * (limit as u128)) >> 64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(crate) const fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = if high > low { high - low + 1 } else { 1 };
        low + self.below(span as usize) as i64
    }

    /// True `percent` times out of a hundred.
    pub(crate) const fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `items`, none when there are none.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// `items` in another order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
