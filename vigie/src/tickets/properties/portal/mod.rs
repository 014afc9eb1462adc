//! What whoever asked puts right of their open request in the portal: what it is about, and how
//! pressing it is.

pub mod pages;
