//! Taking something out of a message, for programs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Wanted;
use super::pages::mark;
use crate::house::App;
use crate::tickets::AttachmentId;
use crate::tickets::pages::{comment_number, number};
use crate::web::api::{ApiBody, ApiVisitor};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, post};

/// The address of what is taken out.
pub fn routes() -> Vec<Route> {
    vec![post(
        "/api/v1/tickets/{number}/comments/{id}/redaction",
        Who::Api,
        redact,
    )]
}

/// What is to go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedactionBody {
    /// The words, exactly as they stand in the message; they go from the whole ticket.
    #[serde(default)]
    pub words: String,
    /// Identifiers of files of the message.
    #[serde(default)]
    pub files: Vec<i64>,
    /// Why, for everybody who reads the message.
    pub reason: String,
}

/// Takes words or files out of a message for good; a mark stands in their place.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/comments/{id}/redaction", operation_id = "redact_comment", tag = "tickets", request_body = RedactionBody,
    params(("number" = i64, Path, description = "The ticket"), ("id" = i64, Path, description = "The comment"),
        ("If-Match" = Option<String>, Header, description = "The ticket's version one saw")),
    responses((status = 204, description = "They are gone"), (status = 403, description = "A right is missing"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "The ticket changed meanwhile; both versions"),
        (status = 422, description = "Not in this message, or without a reason")))]
pub async fn redact(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, comment)): Path<(String, String)>,
    ApiBody(body): ApiBody<RedactionBody>,
) -> Result<Response, Fail> {
    let place = (number(&n)?, comment_number(&comment)?);
    let wanted = Wanted {
        words: body.words,
        files: body.files.into_iter().map(AttachmentId).collect(),
        reason: body.reason,
    };
    let (seen, who) = (visitor.seen_version()?, (&visitor.actor, visitor.now()));
    super::remove(&app.db, who, place, &wanted, seen, mark(&app)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
