//! Both ends of a mail conversation: a client that sends raw mails, and a server that collects them; and what may
//! stand between: a wire that breaks, a service that puts off.

pub mod client;
pub mod cut;
pub mod greylist;
pub mod sink;
pub mod write;
