//! Both ends of a mail conversation: a client that sends raw mails, and a server that collects them.

pub mod client;
pub mod sink;
pub mod write;
