//! What a run starts beside itself, and how it is ended: folders, processes, packages, PostgreSQL.

pub mod folder;
pub mod machine;
pub mod postgres;
pub mod process;
