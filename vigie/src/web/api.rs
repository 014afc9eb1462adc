//! The door of programs: bearer tokens, JSON, and requests that may be repeated.
//!
//! Cookies open nothing here, so no other site can borrow a browser.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kit::authz::{Actor, Way};
use kit::clock::Moment;
use kit::error::{Because, Clash, Error, Fault, Fields};
use serde::Serialize;
use serde::de::DeserializeOwned;
use words::language::Language;
use words::reader::Words;

use super::fail::Fail;
use super::outer::Asked;
use super::route::Limit;
use super::visitor::Reader;
use crate::house::{App, House};
use crate::people::Person;
use crate::people::access::repeats::{self, Turn};
use crate::people::access::tokens;
use crate::policy::permission;

/// The header by which a request may be repeated.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Somebody's program.
#[derive(Clone, Debug)]
pub struct ApiVisitor {
    /// Who they are to the rule.
    pub actor: Actor,
    /// Whose token it is.
    pub person: Person,
    /// How they read: sentences of problems, dates in texts.
    pub words: Words,
    /// The request's `Idempotency-Key`, made this person's own: to be kept in the deed's `once` column.
    pub once: Option<String>,
    if_match: Option<String>,
}

impl ApiVisitor {
    /// The present moment, as this request reads it.
    pub fn now(&self) -> Moment {
        Moment(self.words.now_micros)
    }

    /// The version that `If-Match: "7"` names, if any.
    pub fn seen_version(&self) -> Result<Option<i64>, Error> {
        match self.if_match.as_deref().map(str::trim) {
            None | Some("*") => Ok(None),
            Some(text) => text
                .trim_start_matches("W/")
                .trim_matches('"')
                .parse()
                .map(Some)
                .map_err(|_| Error::invalid("If-Match", "fault-version")),
        }
    }

    /// Refuses whoever may not: customers learn that there is nothing, as on the pages, staff which right is missing.
    pub fn must(&self, permission: &'static str) -> Result<(), Error> {
        if !self.actor.is_permitted(permission::STAFF) {
            return Err(Error::NotFound);
        }
        match self.actor.is_permitted(permission) {
            true => Ok(()),
            false => Err(Error::Forbidden(Because(permission))),
        }
    }

    /// Refuses when the version named is not the one that stands.
    pub fn must_match(&self, current: i64) -> Result<(), Error> {
        kit::error::must_match(self.seen_version()?, current)
    }
}

/// Which part of a list a program asks for.
#[derive(Clone, Copy, Debug)]
pub struct Leafing {
    limit: i64,
    /// The number of the row after which it goes on.
    pub after: Option<i64>,
}

impl Leafing {
    /// `limit` is 1 to 200, 50 unless given; `cursor` is what the page before said. What is none is a fault.
    pub fn of(limit: Option<i64>, cursor: Option<&str>, faults: &mut Fields) -> Leafing {
        let limit = limit.unwrap_or(50);
        faults.require((1..=200).contains(&limit), "limit", "fault-limit");
        let after = cursor.map(str::parse);
        faults.require(!matches!(after, Some(Err(_))), "cursor", "fault-cursor");
        Leafing {
            limit,
            after: after.and_then(Result::ok),
        }
    }

    /// How many rows to read: one more than was asked for shows whether there are more.
    pub fn rows(self) -> i64 {
        self.limit + 1
    }

    /// Cuts what was read to what was asked for; what `cursor` is for those behind.
    pub fn cut<T>(self, rows: &mut Vec<T>, number: impl Fn(&T) -> i64) -> Option<String> {
        let limit = usize::try_from(self.limit).unwrap_or(0);
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let last = rows.last().filter(|_| has_more);
        last.map(|last| number(last).to_string())
    }
}

/// A JSON body. Anything else than `application/json`, an unknown shape or a wrong type is refused.
#[derive(Clone, Debug)]
pub struct ApiBody<T>(pub T);

/// An answer in JSON.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(text) => json_text(status, text),
        Err(cause) => Fail(Error::from(cause)).into_response(),
    }
}

fn json_text(status: StatusCode, text: String) -> Response {
    (
        status,
        [(CONTENT_TYPE, HeaderValue::from_static("application/json"))],
        text,
    )
        .into_response()
}

async fn visitor(app: &House, asked: &Asked, headers: &HeaderMap) -> Result<ApiVisitor, Error> {
    let secret = headers
        .get(AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, secret)| secret.trim())
        .ok_or(Error::SignedOut)?;
    let person = tokens::find(&mut app.db.read(), secret)
        .await?
        .ok_or(Error::SignedOut)?;
    let mut words = Reader::of_headers(app, asked, headers).words;
    if let Some(language) = person.language.as_deref().and_then(Language::parse) {
        words.language = language;
    }
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .map(str::to_owned)
    };
    Ok(ApiVisitor {
        actor: person.actor().through(Way::Api),
        once: text(IDEMPOTENCY_KEY).map(|key| format!("api:{key}")),
        if_match: text("if-match"),
        person,
        words,
    })
}

/// What stands before every API route.
pub(super) async fn stand_guard(
    app: &App,
    asked: &Arc<Asked>,
    limit: Limit,
    mut request: Request,
    next: Next,
) -> Response {
    let visitor = match visitor(app, asked, request.headers()).await {
        Ok(visitor) => visitor,
        Err(error) => return Fail(error).into_response(),
    };
    let _ = asked.program.set(visitor.person.id);
    request.extensions_mut().insert(visitor.clone());
    if request.method() != Method::POST || visitor.once.is_none() {
        return next.run(request).await;
    }
    match once(app, &visitor, limit, request, next).await {
        Ok(response) => response,
        Err(error) => Fail(error).into_response(),
    }
}

/// Lets a request with a key through once, and answers its repetitions.
async fn once(
    app: &App,
    visitor: &ApiVisitor,
    limit: Limit,
    request: Request,
    next: Next,
) -> Result<Response, Error> {
    let key = visitor.once.as_deref().unwrap_or_default().to_owned();
    if key.len() > repeats::LONGEST_KEY || !key.is_ascii() {
        return Err(Error::invalid("Idempotency-Key", "fault-idempotency-key"));
    }
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, limit.0)
        .await
        .map_err(|_| Error::TooLarge(limit.0 as u64))?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(parts.uri.path().as_bytes());
    hasher.update(b"\0");
    hasher.update(&bytes);
    let digest = hasher.finalize().to_hex().to_string();
    let person = visitor.person.id;
    match repeats::claim(&app.db, person, &key, &digest, app.clock.now()).await? {
        Turn::First => {}
        Turn::Again { status, body } => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            let mut response = json_text(status, body);
            response
                .headers_mut()
                .insert("idempotency-replayed", HeaderValue::from_static("true"));
            return Ok(response);
        }
        Turn::Different => {
            return Err(Error::invalid(
                "Idempotency-Key",
                "fault-idempotency-key-used",
            ));
        }
        Turn::Running => {
            return Err(Error::Conflict(Clash::of(0, 0)));
        }
    }
    let response = next
        .run(Request::from_parts(parts, Body::from(bytes)))
        .await;
    let (parts, body) = response.into_parts();
    if !parts.status.is_success() {
        repeats::forget(&app.db, person, &key).await?;
        return Ok(Response::from_parts(parts, body));
    }
    let bytes = to_bytes(body, usize::MAX).await.map_err(Error::bug)?;
    let text = String::from_utf8_lossy(&bytes);
    repeats::keep(&app.db, person, &key, parts.status.as_u16(), &text).await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

impl FromRequestParts<App> for ApiVisitor {
    type Rejection = Fail;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fail> {
        // Put there by the guard of every `Audience::Api` row.
        parts
            .extensions
            .get::<ApiVisitor>()
            .cloned()
            .ok_or(Fail(Error::SignedOut))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for ApiBody<T> {
    type Rejection = Fail;
    async fn from_request(request: Request, _: &App) -> Result<Self, Fail> {
        let is_json = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| {
                v.split(';')
                    .next()
                    .is_some_and(|t| t.trim().eq_ignore_ascii_case("application/json"))
            });
        if !is_json {
            return Err(Fail(Error::invalid("Content-Type", "fault-not-json")));
        }
        let limit = request
            .extensions()
            .get::<Limit>()
            .map_or(Limit::FORM.0, |l| l.0);
        let bytes = to_bytes(request.into_body(), limit)
            .await
            .map_err(|_| Error::TooLarge(limit as u64))?;
        serde_json::from_slice(&bytes).map(ApiBody).map_err(|e| {
            // Serde's own words: they name the field and what it should be.
            Fail(Error::Invalid(Fields(vec![Fault {
                field: "",
                key: "fault-json",
                detail: Some(e.to_string()),
            }])))
        })
    }
}
