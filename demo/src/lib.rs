//! The demonstration desk: a company, its people and six months of their tickets.
//!
//! Pure data: no clock, no file, no database. The same seed and the same instant give the same
//! desk, byte for byte, on every machine.

pub mod desk;
mod dice;
