//! Who works on what, right now, and what changed: told to every agent's open page, of what that agent
//! may see.
//!
//! What travels is who, where and since when, ids and versions. Never content: a page that hears of a
//! change fetches itself again through its own route, where rights are judged as ever (decision 0020).
//! Nothing of it is stored.

mod eyes;
pub mod hub;
pub mod kinds;
pub mod line;
pub mod pages;
mod store;
mod telling;
pub mod wire;

pub use hub::Hub;
