//! Who sees what is in one department, for whoever decides who belongs to it: names, levels and reasons, of this
//! department alone.

pub mod pages;
