//! What people may ask of a desk that keeps words about them: to have it all, to be one record and not two, to be
//! gone from it, and that something is taken out of it for good.
//!
//! Deliberately absent: what a person reads of their own tickets (tickets/), and who signs in (people/).

pub mod duplicates;
pub mod erasure;
pub mod export;
mod holding_store;
pub mod redaction;
pub mod retention;
mod ways_in_store;
