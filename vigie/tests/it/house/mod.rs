//! The rules of the house: what ARCHITECTURE.md says "always" and "never" about, looked for in the
//! files themselves. Lists of exceptions may only shrink: one that is no longer needed fails too.

mod documents;
mod faults;
mod faults_named;
mod lengths;
mod letters;
pub mod one_rule;
mod one_search;
pub mod probes;
mod refusals;
mod routes;
mod schema;
mod tidy;
pub mod tree;
mod words_said;
