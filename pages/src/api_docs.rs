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
    /// Where the whole document is.
    pub document: &'static str,
    /// Everything there is.
    pub operations: Vec<Operation>,
}

impl DocsPage {
    /// The page with one operation.
    #[must_use]
    pub fn sample(language: words::language::Language) -> DocsPage {
        DocsPage {
            frame: Frame::sample_signed_out(language),
            document: "/api/v1/openapi.json",
            operations: vec![Operation {
                method: "GET".to_owned(),
                path: "/api/v1/tickets".to_owned(),
                summary: "§ Tickets one sees".to_owned(),
            }],
        }
    }
}
