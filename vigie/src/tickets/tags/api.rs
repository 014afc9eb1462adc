//! Tags for programs.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::TagId;
use crate::house::{App, House};
use crate::tickets::pages::number;
use crate::tickets::rights::Read;
use crate::tickets::{TicketId, reading};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, post};

/// The most words offered.
const OFFERED: i64 = 50;

/// The addresses of tags.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/tags", Who::Api, offered),
        get("/api/v1/tickets/{number}/tags", Who::Api, list),
        post("/api/v1/tickets/{number}/tags", Who::Api, create),
        delete("/api/v1/tickets/{number}/tags/{id}", Who::Api, remove),
    ]
}

/// A tag of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct TagItem {
    /// Its identifier.
    pub id: i64,
    /// The word.
    pub name: String,
}

/// The tags of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tags {
    /// In order of the alphabet; none for those who do not stand on staff's side of the ticket.
    pub items: Vec<TagItem>,
    /// Always null: a ticket's tags come whole.
    pub next: Option<String>,
}

/// Tags to add.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewTagsBody {
    /// The words, each of at most 40 characters.
    pub tags: Vec<String>,
}

/// What is typed of a tag so far.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OfferedQuery {
    /// How the words begin; all unless given.
    text: Option<String>,
}

async fn answer(
    app: &House,
    visitor: &ApiVisitor,
    id: TicketId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let items = super::of(&mut db, &visitor.actor, id)
        .await?
        .into_iter()
        .map(|tag| TagItem {
            id: tag.id.0,
            name: tag.name,
        })
        .collect();
    Ok(json(status, &Tags { items, next: None }))
}

/// Words that stand on tickets one sees: those that begin so, or those used lately.
#[utoipa::path(get, path = "/api/v1/tags", operation_id = "tags_offered", params(OfferedQuery), tag = "tickets", responses((status = 200, body = [String])))]
pub async fn offered(
    State(app): State<App>,
    visitor: ApiVisitor,
    Query(query): Query<OfferedQuery>,
) -> Result<Response, Fail> {
    let text = query.text.unwrap_or_default();
    let found = super::suggestions(&mut app.db.read(), &visitor.actor, &text, OFFERED).await?;
    Ok(json(StatusCode::OK, &found))
}

/// The tags of a ticket.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/tags", operation_id = "tags", params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 200, body = Tags), (status = 404, description = "Not there, or not to be seen")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&n)?, StatusCode::OK).await
}

/// Puts words on it; those that stand there already are left as they are.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/tags", operation_id = "tag", request_body = NewTagsBody, params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 201, body = Tags), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 422, description = "Too long, or too many")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<NewTagsBody>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    reading::find::<Read>(&mut app.db.read(), &visitor.actor, id).await?;
    let (actor, seen, now) = (&visitor.actor, visitor.seen_version()?, visitor.now());
    super::add(&app.db, actor, id, seen, &body.tags.join(","), now).await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Takes a word off.
#[utoipa::path(delete, path = "/api/v1/tickets/{number}/tags/{id}", operation_id = "untag", tag = "tickets",
    params(("number" = i64, Path, description = "Its number"), ("id" = i64, Path, description = "The tag's identifier")),
    responses((status = 204, description = "It is not there any more"), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, tag)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let tag = tag.parse().map(TagId).map_err(|_| Error::NotFound)?;
    let (actor, seen, now) = (&visitor.actor, visitor.seen_version()?, visitor.now());
    super::remove(&app.db, actor, id, seen, tag, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
