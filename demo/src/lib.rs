//! The demonstration desk: a company, its people and six months of their tickets.
//!
//! Pure data: no clock, no file, no database. The same seed and the same instant give the same
//! desk, byte for byte, on every machine.
//!
//! [`desk()`] tells the whole story of Groupe Nordet; [`bulk`] makes any number of plain tickets
//! for measurements. The shapes are in [`mod@desk`] and [`ticket`].

pub mod articles;
mod assets;
pub mod bulk;
mod calendar;
mod company;
pub mod desk;
mod dice;
mod famous;
mod files;
mod names;
mod opening;
mod people;
mod plan;
mod scenario;
mod staff;
mod story;
mod telling;
mod thread;
pub mod ticket;
mod typography;

use crate::desk::Desk;

/// Subject of the known trouble that the demonstration shows to whoever signs in.
pub const SHOWN: &str = "VPN drops every 10 minutes from the Montréal office";

/// The demonstration desk as it stands at `now` (microseconds since 1970-01-01T00:00:00Z).
///
/// Everything happened in the six months before `now`; only the recall of postponed tickets lies
/// ahead.
pub fn desk(seed: u64, now_micros: i64) -> Desk {
    let cast = people::cast(seed);
    let departments = company::departments();
    let agents = staff::agents();
    let tickets = plan::tickets(&cast, &departments, &agents, seed, now_micros);
    let (organizations, sites) = (company::organizations(), company::sites());
    let is_customer = |index: usize| organizations.get(index).is_some_and(|it| it.customer);
    let assets = assets::assets(
        &cast.people,
        &sites,
        is_customer,
        &tickets,
        seed,
        now_micros,
    );
    Desk {
        organizations,
        sites,
        assets,
        departments,
        people: cast.people,
        agents,
        tickets,
    }
}
