//! Chromium, driven over WebDriver as a person would use it, and asked afterwards what it did.

pub mod axe;
pub mod driver;
pub mod page;
pub mod view;
