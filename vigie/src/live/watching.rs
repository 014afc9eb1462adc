//! Which lines are told of an item: found by the item, so that a change looks at those and at nobody else.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use presence::Item;

/// Lines by what they look at.
#[derive(Debug, Default)]
pub(super) struct Watching {
    lines: HashMap<Item, BTreeSet<u64>>,
    items: BTreeMap<u64, BTreeSet<Item>>,
}

impl Watching {
    /// The line looks at these from now on, and at nothing else.
    pub(super) fn set(&mut self, line: u64, items: BTreeSet<Item>) {
        let before = self.items.remove(&line).unwrap_or_default();
        for item in before.difference(&items) {
            if let Some(those) = self.lines.get_mut(item) {
                those.remove(&line);
                if those.is_empty() {
                    self.lines.remove(item);
                }
            }
        }
        for item in items.difference(&before) {
            self.lines.entry(*item).or_default().insert(line);
        }
        if !items.is_empty() {
            self.items.insert(line, items);
        }
    }

    /// The lines that look at it.
    pub(super) fn of(&self, item: &Item) -> impl Iterator<Item = u64> {
        self.lines.get(item).into_iter().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_by_what_it_looks_at_now_and_by_nothing_it_looked_at_before() {
        let item = |text: &str| Item::parse(text).expect("an item");
        let (one, two) = (item("ticket/1"), item("person/1"));
        let mut watching = Watching::default();
        watching.set(7, [one, two].into());
        watching.set(8, [one].into());
        assert_eq!(watching.of(&one).collect::<Vec<_>>(), [7, 8]);
        watching.set(7, [two].into());
        assert_eq!(watching.of(&one).collect::<Vec<_>>(), [8]);
        assert_eq!(watching.of(&two).collect::<Vec<_>>(), [7]);
        watching.set(7, BTreeSet::new());
        watching.set(8, BTreeSet::new());
        // Nothing stays of those who left.
        assert!(watching.lines.is_empty() && watching.items.is_empty());
    }
}
