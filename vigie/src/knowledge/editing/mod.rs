//! The form of an article: new, or as it stands.

pub mod pages;
