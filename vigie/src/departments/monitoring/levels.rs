//! How much an agent hears of a department: three kinds of tickets, three behaviours, and names for the triples that
//! are chosen most (features N-21 to N-23). Pure.

use kit::stored_words;

stored_words! {
    /// What is told of a kind of tickets.
    pub enum Alert {
        /// Nothing.
        Never = "never",
        /// What is new, or free again.
        Creation = "creation",
        /// Everything.
        Always = "always",
    }
}

stored_words! {
    /// A triple by its name.
    pub enum Level {
        /// Nothing at all.
        None = "none",
        /// Everything of what one holds.
        Minimal = "minimal",
        /// Besides, what is new in one's categories: the usual one.
        Medium = "medium",
        /// Besides, what is new in the whole department.
        Assiduous = "assiduous",
        /// Everything.
        Complete = "complete",
        /// Any other triple.
        Custom = "custom",
    }
}

/// What is told of any ticket of the department, of those of one's categories, and of those one holds. Never less of
/// what is nearer: whoever hears of any ticket hears of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    any: Alert,
    category: Alert,
    held: Alert,
}

impl Levels {
    /// What everybody has who chose nothing.
    pub const USUAL: Levels = Levels {
        any: Alert::Never,
        category: Alert::Creation,
        held: Alert::Always,
    };

    /// These three; what is nearer is raised to what is farther.
    pub fn raised(any: Alert, category: Alert, held: Alert) -> Levels {
        let category = category.max(any);
        Levels {
            any,
            category,
            held: held.max(category),
        }
    }

    /// Of any ticket of the department.
    pub const fn any(self) -> Alert {
        self.any
    }

    /// Of tickets of the categories one serves.
    pub const fn category(self) -> Alert {
        self.category
    }

    /// Of tickets one holds.
    pub const fn held(self) -> Alert {
        self.held
    }

    /// Its name.
    pub fn level(self) -> Level {
        let mut named = Level::ALL.iter().copied();
        named
            .find(|level| level.levels() == Some(self))
            .unwrap_or(Level::Custom)
    }
}

impl Level {
    /// The triple of this name; `Custom` names none.
    pub const fn levels(self) -> Option<Levels> {
        let (any, category, held) = match self {
            Level::None => (Alert::Never, Alert::Never, Alert::Never),
            Level::Minimal => (Alert::Never, Alert::Never, Alert::Always),
            Level::Medium => return Some(Levels::USUAL),
            Level::Assiduous => (Alert::Creation, Alert::Creation, Alert::Always),
            Level::Complete => (Alert::Always, Alert::Always, Alert::Always),
            Level::Custom => return None,
        };
        Some(Levels {
            any,
            category,
            held,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Alert::{Always, Creation, Never};
    use super::*;

    /// The ten that make sense, and their names.
    const SENSIBLE: &[(Alert, Alert, Alert, Level)] = &[
        (Never, Never, Never, Level::None),
        (Never, Never, Creation, Level::Custom),
        (Never, Never, Always, Level::Minimal),
        (Never, Creation, Creation, Level::Custom),
        (Never, Creation, Always, Level::Medium),
        (Never, Always, Always, Level::Custom),
        (Creation, Creation, Creation, Level::Custom),
        (Creation, Creation, Always, Level::Assiduous),
        (Creation, Always, Always, Level::Custom),
        (Always, Always, Always, Level::Complete),
    ];

    #[test]
    fn of_all_27_triples_ten_stand_and_the_others_are_raised_to_the_nearest_of_these() {
        let mut unchanged = 0;
        for any in Alert::ALL.iter().copied() {
            for category in Alert::ALL.iter().copied() {
                for held in Alert::ALL.iter().copied() {
                    let raised = Levels::raised(any, category, held);
                    let becomes = (raised.any(), raised.category(), raised.held());
                    // The lowest of the ten that gives nobody less than they asked for.
                    let least = SENSIBLE
                        .iter()
                        .filter(|(a, c, h, _)| *a >= any && *c >= category && *h >= held)
                        .min_by_key(|(a, c, h, _)| *a as u8 + *c as u8 + *h as u8)
                        .unwrap();
                    assert_eq!(becomes, (least.0, least.1, least.2));
                    assert_eq!(raised.level(), least.3, "{becomes:?}");
                    unchanged += usize::from(becomes == (any, category, held));
                }
            }
        }
        assert_eq!(unchanged, SENSIBLE.len());
    }

    #[test]
    fn a_name_stands_for_its_triple_and_back() {
        for level in Level::ALL.iter().copied() {
            match level.levels() {
                Some(levels) => assert_eq!(levels.level(), level),
                None => assert_eq!(level, Level::Custom),
            }
        }
        assert_eq!(Levels::USUAL.level(), Level::Medium);
    }
}
