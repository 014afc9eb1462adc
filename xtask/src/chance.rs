//! Chance that can be repeated: everything random in a run follows from one printed seed.

use anyhow::Context;
use std::io::Read;

/// A stream of numbers that is the same for the same seed (SplitMix64, Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The stream of this seed.
    pub fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number of the stream, over all 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        it ^ (it >> 31)
    }

    /// A number from 0 to `limit - 1`; 0 when `limit` is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        if limit == 0 { 0 } else { self.next() % limit }
    }
}

/// A seed nobody chose, from the machine, for a run that was given none.
pub fn fresh_seed() -> anyhow::Result<u64> {
    let mut bytes = [0_u8; 8];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut it| it.read_exact(&mut bytes))
        .context("cannot read /dev/urandom")?;
    Ok(u64::from_le_bytes(bytes))
}

/// A word that occurs nowhere else, for folder names and passwords of private servers.
pub fn fresh_word() -> anyhow::Result<String> {
    Ok(format!("{:016x}", fresh_seed()?))
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_seed_gives_others() {
        let numbers = |seed| {
            let mut chance = Chance::from_seed(seed);
            (0..8).map(|_| chance.next()).collect::<Vec<_>>()
        };
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
    }

    #[test]
    fn a_number_below_a_limit_stays_below_it_and_reaches_every_value() {
        let mut chance = Chance::from_seed(1);
        let mut seen = [false; 5];
        for _ in 0..200 {
            seen[usize::try_from(chance.below(5)).expect("small")] = true;
        }
        assert_eq!(seen, [true; 5]);
    }
}
