//! `/api/docs`: what programs can ask, in a list; the whole is in the OpenAPI document.

use crate::frame::Frame;
use askama::Template;

/// One thing a program can ask.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `GET`, `POST` …
    pub method: String,
    /// Its address.
    pub path: String,
    /// What it does, in English: programs are written in it.
    pub summary: String,
}

/// The page.
#[derive(Template)]
#[template(path = "api/docs.html")]
pub struct DocsPage {
    /// Surroundings.
    pub frame: Frame,
    /// Everything there is.
    pub operations: Vec<Operation>,
}
