//! How long the desk keeps what, for programs.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Kind, Rules};
use crate::house::{App, House};
use crate::policy::permission;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, post, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/retention", Who::Api, show),
        put("/api/v1/retention", Who::Api, change),
        post("/api/v1/retention/preview", Who::Api, preview),
    ]
}

/// After how many days what goes; null keeps it for good.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionRules {
    /// Letters as they came, once their ticket is over.
    pub letters: Option<i64>,
    /// What mails said that have left.
    pub mails: Option<i64>,
    /// Files on tickets that are over.
    pub files: Option<i64>,
    /// Archived tickets as a whole, counted from when they were archived.
    pub tickets: Option<i64>,
    /// What became of what, in the journal.
    pub journal: Option<i64>,
}

impl RetentionRules {
    fn rules(&self) -> Rules {
        Rules([
            self.letters,
            self.mails,
            self.files,
            self.tickets,
            self.journal,
        ])
    }
}

/// How much would go now.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionCounts {
    /// Letters.
    pub letters: i64,
    /// Mails.
    pub mails: i64,
    /// Files.
    pub files: i64,
    /// Tickets, with those merged into them.
    pub tickets: i64,
    /// Lines of the journal.
    pub journal: i64,
}

/// Customers learn that there is nothing.
fn of_owners(visitor: &ApiVisitor) -> Result<(), Error> {
    if !visitor.actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    super::of_owners(&visitor.actor)
}

async fn answer(app: &House) -> Result<Response, Fail> {
    let (rules, version) = super::rules(&mut app.db.read()).await?;
    let mut response = json(
        StatusCode::OK,
        &RetentionRules {
            letters: rules.of(Kind::Letters),
            mails: rules.of(Kind::Mails),
            files: rules.of(Kind::Files),
            tickets: rules.of(Kind::Tickets),
            journal: rules.of(Kind::Journal),
        },
    );
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

/// After how many days what goes, with the version of that saying in `ETag`. For owners.
#[utoipa::path(get, path = "/api/v1/retention", operation_id = "show_retention", tag = "people",
    responses((status = 200, body = RetentionRules), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers")))]
pub async fn show(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    of_owners(&visitor)?;
    answer(&app).await
}

/// Says after how many days what goes; what is left out is kept for good. For owners.
#[utoipa::path(put, path = "/api/v1/retention", operation_id = "change_retention", tag = "people", request_body = RetentionRules,
    params(("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = RetentionRules), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Days nobody can count")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<RetentionRules>,
) -> Result<Response, Fail> {
    of_owners(&visitor)?;
    let seen = visitor.seen_version()?;
    super::say(&app.db, &visitor.actor, seen, &body.rules(), visitor.now()).await?;
    answer(&app).await
}

/// How much would go now by such rules; nothing is saved. For owners.
#[utoipa::path(post, path = "/api/v1/retention/preview", operation_id = "preview_retention", tag = "people", request_body = RetentionRules,
    responses((status = 200, body = RetentionCounts), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers")))]
pub async fn preview(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<RetentionRules>,
) -> Result<Response, Fail> {
    of_owners(&visitor)?;
    let (actor, now) = (&visitor.actor, visitor.now());
    let [letters, mails, files, tickets, journal] =
        super::preview(&mut app.db.read(), actor, &body.rules(), now).await?;
    Ok(json(
        StatusCode::OK,
        &RetentionCounts {
            letters,
            mails,
            files,
            tickets,
            journal,
        },
    ))
}
