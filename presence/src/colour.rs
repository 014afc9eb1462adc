//! The border: what the people on an item make of it together.

/// The border of everybody on an item, the least serious first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// Nobody is on an item: somebody is in a list, or adds something new.
    #[default]
    White,
    /// One views.
    Blue,
    /// Several view.
    Green,
    /// One edits.
    Orange,
    /// One edits, others view.
    Pink,
    /// Several edit: a conflict to be.
    Red,
}

impl Colour {
    /// All of them, the least serious first.
    pub const ALL: [Self; 6] = [
        Self::White,
        Self::Blue,
        Self::Green,
        Self::Orange,
        Self::Pink,
        Self::Red,
    ];

    /// What it is called where programs read it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::White => "white",
            Self::Blue => "blue",
            Self::Green => "green",
            Self::Orange => "orange",
            Self::Pink => "pink",
            Self::Red => "red",
        }
    }
}

/// The border of an item that `editors` people edit and `viewers` others view.
///
/// A person is one or the other, however many tabs they have: see [`crate::Company`].
pub const fn colour(editors: usize, viewers: usize) -> Colour {
    match (editors, viewers) {
        (0, 0) => Colour::White,
        (0, 1) => Colour::Blue,
        (0, _) => Colour::Green,
        (1, 0) => Colour::Orange,
        (1, _) => Colour::Pink,
        (_, _) => Colour::Red,
    }
}
