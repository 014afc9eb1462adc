//! The few commands.
