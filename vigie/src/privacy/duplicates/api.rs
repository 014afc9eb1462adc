//! Merging two records of one human, for programs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Seen;
use crate::house::App;
use crate::people::PersonId;
use crate::policy::permission;
use crate::web::api::{ApiBody, ApiVisitor};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, post};

/// The address of a merge.
pub fn routes() -> Vec<Route> {
    vec![post("/api/v1/people/{id}/merge", Who::Api, merge)]
}

/// Which record goes into this one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateBody {
    /// The other record.
    pub other: i64,
    /// Its version one saw.
    pub other_version: Option<i64>,
}

/// Merges another record of the same human into this one, for good. For administrators, up to their own rank.
#[utoipa::path(post, path = "/api/v1/people/{id}/merge", operation_id = "merge_people", tag = "people", request_body = DuplicateBody,
    params(("id" = i64, Path, description = "The record that is kept"), ("If-Match" = Option<String>, Header, description = "Its version one saw")),
    responses((status = 204, description = "Both are one; so they are when asked again"), (status = 403, description = "A right is missing"),
        (status = 404, description = "One is not there"), (status = 409, description = "One changed meanwhile; both versions"),
        (status = 422, description = "Oneself, the same twice, staff that would go, who is erased, shut out or merged elsewhere")))]
pub async fn merge(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<DuplicateBody>,
) -> Result<Response, Fail> {
    // Customers learn that there is nothing, as on the pages.
    if !visitor.actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound.into());
    }
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    let seen = Seen {
        kept: visitor.seen_version()?,
        other: body.other_version,
    };
    let (other, who) = (PersonId(body.other), (&visitor.actor, visitor.now()));
    super::merge(&app.db, who, id, other, seen).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
