//! From a ticket to the one before and after it, in the list one came from.

pub mod pages;
