//! Presence: who is where, right now, and what that makes of an item.
//!
//! Browsers hold tabs, tabs stand at places, people have tabs. From that follow the company of
//! every item (who views it, who edits it, which border that gives) and one whereabouts for every
//! person. [`State`] is all of it for one node: a value that is told what happens, and answers with
//! whose picture is different now.
//!
//! Time is an argument, and so is the number of each tab; nothing here reads a file, a socket or a
//! clock. What is deliberately absent: anything stored, for a desk that starts again knows nobody
//! and is right; counters that could be wrong by one, for everything is a set of tabs; and rights:
//! who may see whom is decided by whoever passes this on.
//!
//! Several nodes tell each other what their own tabs do ([`Said`]); no node speaks for another's.

mod board;
mod colour;
mod company;
mod crowds;
mod exchange;
mod moment;
mod own;
mod place;
mod said;
mod state;
mod tide;

pub use colour::{Colour, colour};
pub use company::{Changes, Companion, Company, Whereabouts};
pub use moment::{
    Moment, NODE_BEATS_EVERY, NODE_IS_SILENT_AFTER, TAB_BEATS_EVERY, TAB_IS_AWAY_AFTER,
    TAB_IS_SILENT_AFTER, WHOLE_IS_ASKED_EVERY, WRITING_ENDS_AFTER,
};
pub use place::{
    Activity, Item, Kind, LONGEST_KIND, Mode, NodeKey, PersonKey, Place, Section, Tab,
};
pub use said::{Heard, Said};
pub use state::State;
