//! Who works on what, right now, and what changed: told to every agent's open page, of what that agent
//! may see.
//!
//! What travels is who, where and since when, ids and versions. Never content: a page that hears of a
//! change fetches itself again through its own route, where rights are judged as ever (decision 0020).
//! Nothing of it is stored.

mod crowding;
mod eyes;
pub mod hub;
pub mod kinds;
pub mod lately;
pub mod line;
pub mod pages;
mod socket;
mod store;
mod telling;
pub mod turns;
mod watching;
pub mod wire;

pub use hub::Hub;

use kit::clock::Span;

/// So long a change may take from its moment to the moment when others read it.
const LAG: Span = Span::seconds(5);
