//! Tools that know no noun of Vigie: clock, identifiers, errors, settings, the database seam,
//! the mechanism of rights, what web handlers stand on, and jobs.
//!
//! Deliberately absent: any word of the help desk. Whoever needs one writes it in `vigie`.

pub mod authz;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod ids;
pub mod jobs;
pub mod seal;
pub mod web;
