//! The few commands.

pub mod demo;
pub mod seed;
