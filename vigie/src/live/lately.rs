//! What changed lately: kept once for all lines, each of which looks at what came after it looked last.

use std::collections::{BTreeSet, VecDeque};

use presence::Item;

/// So many of the last ones are remembered one by one.
const KEPT: usize = 100;

/// The last things that changed, and how many there were.
#[derive(Debug, Default)]
pub(super) struct Lately {
    items: VecDeque<Item>,
    count: u64,
}

/// Things that changed.
#[derive(Debug, Default)]
pub struct Changed {
    /// The last ones.
    pub items: BTreeSet<Item>,
    /// There were more.
    pub more: bool,
    /// How many there were in all until now.
    pub count: u64,
}

impl Lately {
    /// One more; how many there were.
    pub(super) fn add(&mut self, item: Item) -> u64 {
        if self.items.len() == KEPT {
            self.items.pop_front();
        }
        self.items.push_back(item);
        self.count += 1;
        self.count
    }

    /// Those that came after so many.
    pub(super) fn after(&self, count: u64) -> Changed {
        let new = usize::try_from(self.count.saturating_sub(count)).unwrap_or(usize::MAX);
        Changed {
            items: self.items.iter().rev().take(new).copied().collect(),
            more: new > self.items.len(),
            count: self.count,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_looks_finds_what_came_since_they_looked_last_or_that_it_was_too_much() {
        let item = |id: i64| Item::of(presence::Kind::named("ticket"), id);
        let mut lately = Lately::default();
        for id in 1..=10 {
            lately.add(item(id));
        }
        let first = lately.after(7);
        assert_eq!(first.items, [item(8), item(9), item(10)].into());
        assert!(!first.more && first.count == 10);
        assert!(lately.after(first.count).items.is_empty());
        for id in 1..=150 {
            lately.add(item(id));
        }
        let later = lately.after(first.count);
        assert!(later.more && later.items.len() == KEPT);
        assert!(!lately.after(later.count).more);
    }
}
