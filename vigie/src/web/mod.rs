//! The web door: what every page and every call of the API passes through.
//!
//! Deliberately absent: any page of a noun. Those stand with their noun, in `pages.rs` and `api.rs`.

pub mod api;
pub mod download;
pub mod fail;
pub mod flash;
pub mod health;
mod last_use;
pub mod meters;
pub mod outer;
pub mod posted;
pub mod respond;
pub mod route;
pub mod statics;
pub mod token;
pub mod visitor;
