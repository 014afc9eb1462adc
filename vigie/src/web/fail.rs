//! How a refusal leaves: handlers return [`Fail`], the outer layer draws it once, as a page or as a
//! problem of the API, in the reader's language.

use std::sync::Arc;

use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kit::error::{Error, Fields};
use kit::web::refusal::{Door, refusal};
use pages::errors::{Refusal, RefusalPage};
use words::catalogue::{self, Arg};
use words::reader::Words;

use super::outer::Asked;
use super::visitor::Reader;

/// What handlers fail with.
#[derive(Debug)]
pub struct Fail(pub Error);

impl<E: Into<Error>> From<E> for Fail {
    fn from(error: E) -> Self {
        Fail(error.into())
    }
}

/// Marks a response that is still to be drawn.
#[derive(Clone)]
pub struct Undrawn(pub Arc<Error>);

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Undrawn(Arc::new(self.0)));
        response
    }
}

/// The right behind the refusal of a forged or stale form. Not a right anybody can be given: the
/// page says to open the form again.
pub const FORGED: &str = "refusal-forged";

/// The right behind the refusal of whatever one does while looking with somebody else's eyes.
pub const LOOKING: &str = "eyes-refused";

/// Draws a refusal.
pub fn draw(error: &Error, asked: &Asked, reader: Reader) -> Response {
    let door = if asked.is_api { Door::Api } else { Door::Page };
    let answer = refusal(error, door);
    if let Error::Bug(cause) = error {
        tracing::error!(request = %asked.number, cause = %format!("{cause:#}"), "request failed");
    }
    let mut response = match (door, error) {
        (Door::Page, Error::SignedOut) => to_sign_in(asked),
        (Door::Page, _) => page(error, answer.status, asked, reader),
        (Door::Api, _) => problem(error, asked, &reader.words),
    };
    *response.status_mut() = answer.status;
    if let Some(seconds) = answer.retry_after {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn to_sign_in(asked: &Asked) -> Response {
    let mut target = "/login".to_owned();
    if asked.is_reading && asked.here != "/" {
        target.push_str("?next=");
        target.extend(url::form_urlencoded::byte_serialize(asked.here.as_bytes()));
    }
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(target) = HeaderValue::from_str(&target) {
        response.headers_mut().insert(LOCATION, target);
    }
    response
}

fn page(error: &Error, status: StatusCode, asked: &Asked, reader: Reader) -> Response {
    let words = &reader.words;
    let kind = match error {
        Error::Forbidden(because) if because.0.starts_with("right-") => {
            Refusal::Forbidden(words.say(because.0).to_owned())
        }
        // A rule that is nobody's right: the sentence itself says what to do.
        Error::Forbidden(because) => {
            Refusal::NotNow(status.as_u16(), words.say(because.0).to_owned())
        }
        Error::Invalid(faults) => {
            let said = faults.0.first().map(|f| fault_text(f, words));
            Refusal::NotNow(status.as_u16(), said.unwrap_or_default())
        }
        Error::Conflict(_) => Refusal::NotNow(status.as_u16(), words.say("rule-state").to_owned()),
        Error::TooLarge(limit) => Refusal::TooLarge(*limit),
        Error::TooMany(span) => Refusal::TooMany(span.as_seconds_rounded_up().max(1)),
        Error::Down(_) | Error::Bug(_) => Refusal::Broken(asked.number.clone()),
        _ => Refusal::NotFound,
    };
    super::respond::page_with(
        status,
        &RefusalPage {
            frame: reader.bare_frame(),
            refusal: kind,
        },
    )
}

/// RFC 9457: type, title, status, detail, and what each error adds.
fn problem(error: &Error, asked: &Asked, words: &Words) -> Response {
    let answer = refusal(error, Door::Api);
    let mut body = serde_json::json!({
        "type": "about:blank",
        "title": words.say(answer.title),
        "status": answer.status.as_u16(),
        "detail": words.say(answer.advice),
        "request": asked.number,
    });
    match error {
        Error::Forbidden(because) => {
            body["right"] = because.0.into();
            body["detail"] = words.say(because.0).into();
        }
        Error::Conflict(clash) => {
            body["seen_version"] = clash.seen.into();
            body["current_version"] = clash.current.into();
            if !clash.sides.is_empty() {
                let sides = clash.sides.iter();
                body["fields"] = sides
                    .map(|side| {
                        serde_json::json!({
                            "field": side.field,
                            "theirs": side.theirs,
                            "yours": side.yours,
                        })
                    })
                    .collect();
            }
        }
        Error::Invalid(fields) => {
            body["errors"] = fields
                .0
                .iter()
                .map(|fault| {
                    serde_json::json!({
                        "field": fault.field,
                        "code": fault.key,
                        "detail": fault_text(fault, words),
                    })
                })
                .collect();
        }
        Error::TooLarge(limit) => body["limit_bytes"] = (*limit).into(),
        _ => {}
    }
    (
        [(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        )],
        body.to_string(),
    )
        .into_response()
}

/// A fault's sentence; what it mentions is its `detail`, as text and, when it is one, as number.
pub fn fault_text(fault: &kit::error::Fault, words: &Words) -> String {
    let detail = fault.detail.as_deref().unwrap_or_default();
    let number = detail.parse::<i64>().map_or(Arg::Text(detail), Arg::from);
    catalogue::say_with(
        words.language,
        fault.key,
        &[("detail", Arg::Text(detail)), ("count", number)],
    )
}

/// The sentence at a field, for a form shown again.
pub fn fault_at(error: &Fields, field: &str, words: &Words) -> Option<String> {
    error
        .0
        .iter()
        .find(|fault| fault.field == field)
        .map(|fault| fault_text(fault, words))
}

/// What a form says when it is shown again: what is wrong with it, or with the sentence `changed` that somebody was
/// quicker.
///
/// # Errors
/// Every other refusal, which is not the form's.
pub fn again(error: Error, changed: &'static str) -> Result<(Fields, StatusCode), Fail> {
    match error {
        Error::Invalid(faults) => Ok((faults, StatusCode::UNPROCESSABLE_ENTITY)),
        Error::Conflict(_) => {
            let mut faults = Fields::default();
            faults.add("", changed, None);
            Ok((faults, StatusCode::CONFLICT))
        }
        other => Err(other.into()),
    }
}
