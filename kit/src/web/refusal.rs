//! Error × door → answer: the one table. A snapshot test prints it.
//!
//! Deliberately absent: what a refusal looks like. Pages and the API draw it in the reader's
//! language from what stands here.

use axum::http::StatusCode;

use crate::error::Error;

/// Which door a request came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A whole page in a browser.
    Page,
    /// The REST API.
    Api,
}

/// What an error becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    /// The catalogue key of the title.
    pub title: &'static str,
    /// The catalogue key of what to do next.
    pub advice: &'static str,
    /// Seconds for `Retry-After`.
    pub retry_after: Option<i64>,
}

/// The table.
pub fn refusal(error: &Error, door: Door) -> Refusal {
    let (status, title, advice) = match error {
        Error::NotFound => (404, "refusal-not-found", "refusal-not-found-advice"),
        // A page sends the person to the sign-in form instead; only the API shows this one.
        Error::SignedOut if door == Door::Page => {
            (303, "refusal-signed-out", "refusal-signed-out-advice")
        }
        Error::SignedOut => (401, "refusal-signed-out", "refusal-signed-out-advice"),
        Error::Forbidden(_) => (403, "refusal-forbidden", "refusal-forbidden-advice"),
        Error::Invalid(_) => (422, "refusal-invalid", "refusal-invalid-advice"),
        Error::Conflict(_) => (409, "refusal-conflict", "refusal-conflict-advice"),
        Error::TooLarge(_) => (413, "refusal-too-large", "refusal-too-large-advice"),
        Error::TooMany(_) => (429, "refusal-too-many", "refusal-too-many-advice"),
        Error::Down(_) => (503, "refusal-down", "refusal-down-advice"),
        Error::Bug(_) => (500, "refusal-bug", "refusal-bug-advice"),
    };
    Refusal {
        status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        title,
        advice,
        retry_after: match error {
            Error::TooMany(span) => Some(span.as_seconds_rounded_up().max(1)),
            Error::Down(_) => Some(5),
            _ => None,
        },
    }
}
