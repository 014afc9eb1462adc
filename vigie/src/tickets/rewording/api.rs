//! Putting one's last words right, for programs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::house::App;
use crate::tickets::pages::{comment_number, number};
use crate::web::api::{ApiBody, ApiVisitor};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, patch};

/// The address of a comment's words.
pub fn routes() -> Vec<Route> {
    vec![patch(
        "/api/v1/tickets/{number}/comments/{id}",
        Who::Api,
        reword,
    )]
}

/// Words that replace those that stand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsBody {
    /// The new words, Markdown.
    pub body: String,
}

/// Replaces the words of one's own last comment.
#[utoipa::path(patch, path = "/api/v1/tickets/{number}/comments/{id}", operation_id = "reword_comment", tag = "tickets", request_body = WordsBody,
    params(("number" = i64, Path, description = "The ticket"), ("id" = i64, Path, description = "The comment"),
        ("If-Match" = Option<String>, Header, description = "The ticket's version one saw")),
    responses((status = 204, description = "They stand"), (status = 403, description = "Not one's own, not the last, or it came by mail"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "The ticket changed meanwhile; both versions"),
        (status = 422, description = "No words, or too many")))]
pub async fn reword(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, comment)): Path<(String, String)>,
    ApiBody(body): ApiBody<WordsBody>,
) -> Result<Response, Fail> {
    let (id, comment) = (number(&n)?, comment_number(&comment)?);
    let (actor, seen, now) = (&visitor.actor, visitor.seen_version()?, visitor.now());
    super::do_reword(&app.db, actor, id, comment, &body.body, seen, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
