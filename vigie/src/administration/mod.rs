//! Deeds of administration that look at several nouns: who leaves a department or staff hands over
//! the tickets they hold, and roles are changed only when nobody is left holding tickets. The verbs themselves stand with their nouns.

pub mod departments;
pub mod leaving;
pub mod people;
pub mod roles;
pub mod teams;
