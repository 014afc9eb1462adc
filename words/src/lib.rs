//! Every sentence, date and number, in the reader's language.
//!
//! Sentences live in `locales/{fr,en}/*.ftl`, one file per noun, embedded in the binary. Code and templates name a
//! sentence by its key, whose first word is the name of its file (`tickets-title` is in `tickets.ftl`).
//!
//! Deliberately absent: the clock (a reader's moment is given), any noun of the desk, HTML.

pub mod catalogue;
pub mod language;
pub mod numbers;
pub mod placeholders;
pub mod reader;
pub mod times;
