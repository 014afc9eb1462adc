//! What requesters have (features P-11, P-30).

pub mod pages;
