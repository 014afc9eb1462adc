//! Tickets.
pub mod machine;
