//! Vigie: a help desk where a team sees, live, who works on what.
//!
//! The map, in reading order: the rule, then the nouns, each calling only those before it, then
//! the doors. `ARCHITECTURE.md` says who may import whom and why.

pub mod policy;

// people

// departments

pub mod tickets;

pub mod schema;

pub mod seed;
