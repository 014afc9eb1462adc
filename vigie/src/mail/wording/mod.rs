//! What administrators say in mails in place of the desk's own sentences, by event and language (decision 0071): the subject, the
//! sentence that says what happened, and what to do next, with placeholders and nothing that computes. What people
//! wrote, links and what a reader may see are not theirs to change.
//!
//! Deliberately absent: how a text is filled, which `pages` does for each mail.

pub mod api;
pub mod pages;
mod store;
mod texts;

pub use texts::{Kept, Wanted, all, of, say};
