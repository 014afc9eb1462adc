//! `/portal/tickets/{number}/cancellation`: withdrawing a request, confirmed.

use crate::form::FormField;
use crate::frame::Frame;
use crate::portal::Navigation;
use askama::Template;

/// The confirmation.
#[derive(Template)]
#[template(path = "portal/cancellation.html")]
pub struct CancellationPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// The ticket's number.
    pub number: i64,
    /// Version the reader saw.
    pub version: i64,
    /// Its subject.
    pub subject: String,
    /// Why, typed so far.
    pub reason: FormField,
}
