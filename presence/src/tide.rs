//! The tide: a time that all nodes share well enough to say which of two deeds was later.
//!
//! Clocks of nodes differ, so their moments cannot be compared; counting deeds would order them
//! wrongly after a separation, when the busier side has counted further. So each node has a number
//! that grows as its clock does, and rises to any greater one it hears. As all nodes keep the number
//! that the owner gave, they agree on the order; and it is the true one but for deeds that lie
//! closer together than words take from node to node.

use crate::Moment;

/// The tide rose because a clock drifted, not because two nodes had never met, when it is by less
/// milliseconds than this.
pub(crate) const DRIFT: i64 = 1_000;

#[derive(Debug)]
pub(crate) struct Tide {
    stamp: i64,
    ahead: i64,
}

impl Tide {
    pub(crate) const fn new() -> Self {
        Self {
            stamp: i64::MIN,
            ahead: 0,
        }
    }

    /// Where it is.
    pub(crate) fn at(&self, now: Moment) -> i64 {
        self.stamp.max(now.0.saturating_add(self.ahead))
    }

    /// A number greater than any given before.
    pub(crate) fn stamp(&mut self, now: Moment) -> i64 {
        self.stamp = self.at(now).max(self.stamp.saturating_add(1));
        self.stamp
    }

    /// Rises to what another node said; by how much it did.
    pub(crate) fn rise(&mut self, heard: i64, now: Moment) -> i64 {
        let rise = heard.saturating_sub(self.at(now)).max(0);
        if rise > 0 {
            self.ahead = heard.saturating_sub(now.0);
        }
        rise
    }
}
