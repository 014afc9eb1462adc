//! Opening a ticket for oneself in the portal, in three steps: where, what, and what happens next.

pub mod pages;
