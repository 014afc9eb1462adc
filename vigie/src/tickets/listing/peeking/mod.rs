//! A quick look at a ticket, beside its list.

pub mod pages;
