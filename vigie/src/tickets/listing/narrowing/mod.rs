//! The panel that adds a condition to a list.

pub mod pages;
