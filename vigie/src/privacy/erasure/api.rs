//! Erasing somebody, for programs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Wanted;
use crate::house::App;
use crate::people::PersonId;
use crate::policy::permission;
use crate::web::api::{ApiBody, ApiVisitor};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, post};

/// The address of an erasure.
pub fn routes() -> Vec<Route> {
    vec![post("/api/v1/people/{id}/erasure", Who::Api, erase)]
}

/// Who is to be erased, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasureBody {
    /// Their name as it stands, so that nobody is erased by a slip.
    pub name: String,
    /// What they wrote goes, too: messages, files, subjects of their requests.
    #[serde(default)]
    pub words: bool,
    /// Open tickets in their charge are released first.
    #[serde(default)]
    pub release: bool,
}

/// Erases a person for good. For administrators, up to their own rank.
#[utoipa::path(post, path = "/api/v1/people/{id}/erasure", operation_id = "erase_person", tag = "people", request_body = ErasureBody,
    params(("id" = i64, Path, description = "The person"), ("If-Match" = Option<String>, Header, description = "Their version one saw")),
    responses((status = 204, description = "A nobody stands in their place"), (status = 403, description = "A right is missing"),
        (status = 404, description = "Not there"), (status = 409, description = "They changed meanwhile; both versions"),
        (status = 422, description = "Not their name, oneself, the last owner, or they hold tickets")))]
pub async fn erase(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<ErasureBody>,
) -> Result<Response, Fail> {
    // Customers learn that there is nothing, as on the pages.
    if !visitor.actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound.into());
    }
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    let wanted = Wanted {
        name: body.name,
        with_words: body.words,
        releases: body.release,
    };
    let (seen, who) = (visitor.seen_version()?, (&visitor.actor, visitor.now()));
    super::erase(&app.db, who, id, &wanted, seen, app.post.language).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
