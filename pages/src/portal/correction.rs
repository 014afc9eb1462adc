//! `/portal/tickets/{number}/correction`: what a request is about, how pressing it is and who else may
//! look at it, put right by whoever asked, while it is open.

use crate::fields::{Conflict, Faults};
use crate::frame::Frame;
use crate::portal::Navigation;
use crate::tickets::Priority;
use crate::tickets::visibility::Visibility;
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
    /// Who else may look at it, chosen so far.
    pub visibility: Visibility,
    /// What was wrong, at `subject`, `priority` or `visibility`.
    pub faults: Faults,
    /// Somebody saved first.
    pub conflict: Option<Conflict>,
}
