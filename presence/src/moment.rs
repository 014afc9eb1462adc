//! Moments, and how long things last.

/// An instant, in milliseconds since whatever its node counts from.
///
/// It should come from a clock that only goes forward; one that goes back is held still until it
/// catches up. Moments of two nodes have nothing to do with each other, and are never compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// Earlier than every other.
    pub(crate) const BEGINNING: Self = Self(i64::MIN);

    /// The moment `milliseconds` later.
    pub const fn after(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// The moment `milliseconds` earlier.
    pub const fn before(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_sub(milliseconds))
    }

    /// Milliseconds from `earlier` until this moment; 0 when `earlier` is later.
    pub const fn elapsed_since(self, earlier: Self) -> i64 {
        let elapsed = self.0.saturating_sub(earlier.0);
        if elapsed > 0 { elapsed } else { 0 }
    }
}

/// How often a tab says that it is still there, in milliseconds.
pub const TAB_BEATS_EVERY: i64 = 15_000;
/// A tab that said nothing for so many milliseconds is gone: two beats may be lost.
pub const TAB_IS_SILENT_AFTER: i64 = 40_000;
/// So many milliseconds after the last input, who edited only views. The draft is kept elsewhere.
pub const WRITING_ENDS_AFTER: i64 = 90_000;
/// A tab in the background for so many milliseconds no longer stands on its item.
pub const TAB_IS_AWAY_AFTER: i64 = 300_000;
/// How often a node says that it is still there, in milliseconds, when it has nothing else to say.
pub const NODE_BEATS_EVERY: i64 = 5_000;
/// Everybody on a node that said nothing for so many milliseconds is gone.
pub const NODE_IS_SILENT_AFTER: i64 = 15_000;
/// A node is asked for all it knows once in so many milliseconds, not with each word that shows
/// again that one was missed.
pub const WHOLE_IS_ASKED_EVERY: i64 = 2_000;

// One lost beat must not make anybody vanish.
const _: () = assert!(TAB_IS_SILENT_AFTER >= 2 * TAB_BEATS_EVERY);
const _: () = assert!(NODE_IS_SILENT_AFTER >= 2 * NODE_BEATS_EVERY);
