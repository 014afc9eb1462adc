//! The product, met from outside: how it is built, started, asked and signed in to.

pub mod api;
pub mod people;
pub mod quiet;
pub mod selectors;
pub mod start;
pub mod visit;
