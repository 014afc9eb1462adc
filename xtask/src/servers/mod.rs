//! What a run starts beside itself, and how it is ended: folders, processes, packages, PostgreSQL, Dovecot, Postfix, small disks.

pub mod disk;
pub mod dovecot;
pub mod folder;
pub mod machine;
pub mod postfix;
pub mod postgres;
pub mod process;
mod signals;
