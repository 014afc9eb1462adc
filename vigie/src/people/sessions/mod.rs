//! The door by which programs list and end one's own sessions; the page is with the preferences.

pub mod api;
