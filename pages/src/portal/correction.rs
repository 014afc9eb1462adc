//! `/portal/tickets/{number}/correction`: what a request is about and how pressing it is, put right by
//! whoever asked, while it is open.

use crate::fields::{Conflict, Faults};
use crate::frame::Frame;
use crate::portal::Navigation;
use crate::tickets::Priority;
use askama::Template;

/// The form.
#[derive(Template)]
#[template(path = "portal/correction.html")]
pub struct CorrectionPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// The ticket's number.
    pub number: i64,
    /// Version the reader saw.
    pub version: i64,
    /// Its subject as it stands.
    pub standing: String,
    /// Subject typed so far.
    pub subject: String,
    /// Priority chosen so far.
    pub priority: Priority,
    /// What was wrong, at `subject` or `priority`.
    pub faults: Faults,
    /// Somebody saved first.
    pub conflict: Option<Conflict>,
}
