//! How a list is shown, and what of it counts as read.

pub mod pages;
