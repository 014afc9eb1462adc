//! The API twin of saved replies.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rights::Use;
use super::{ReplyId, SavedReply, Sharing, Wanted};
use crate::departments::DepartmentId;
use crate::house::App;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, patch, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/replies", Who::Api, list),
        post("/api/v1/replies", Who::Api, create),
        get("/api/v1/replies/{id}", Who::Api, show),
        patch("/api/v1/replies/{id}", Who::Api, change),
        delete("/api/v1/replies/{id}", Who::Api, remove),
    ]
}

/// A saved reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedReplyItem {
    /// Its identifier.
    pub id: i64,
    /// What it is found by.
    pub title: String,
    /// Markdown with placeholders such as `{requester.name}`.
    pub body: String,
    /// `private`, `department` or `everyone`.
    pub sharing: &'static str,
    /// The department's identifier, when it is one's.
    pub department: Option<i64>,
    /// The identifier of whoever owns it.
    pub owner: i64,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
}

/// All saved replies one may use.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedReplies {
    /// One's own first, then by department and title.
    pub items: Vec<SavedReplyItem>,
    /// Always null: they come whole.
    pub next: Option<String>,
}

/// A reply to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReplyBody {
    /// What it is found by.
    pub title: String,
    /// Markdown with placeholders such as `{requester.name}`.
    pub body: String,
    /// `private`, unless `department` or `everyone`.
    pub sharing: Option<String>,
    /// The department's identifier, for `department`.
    pub department: Option<i64>,
}

/// What to change of a saved reply; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyBody {
    /// What it is found by.
    pub title: Option<String>,
    /// Markdown with placeholders.
    pub body: Option<String>,
    /// `private`, `department` or `everyone`.
    pub sharing: Option<String>,
    /// The department's identifier, for `department`.
    pub department: Option<i64>,
}

fn number(text: &str) -> Result<ReplyId, Error> {
    text.parse().map(ReplyId).map_err(|_| Error::NotFound)
}

fn sharing(word: &str) -> Result<Sharing, Error> {
    Sharing::of(word).ok_or_else(|| Error::invalid("sharing", "fault-sharing"))
}

fn item(reply: &SavedReply) -> SavedReplyItem {
    SavedReplyItem {
        id: reply.id.0,
        title: reply.title.clone(),
        body: reply.body.clone(),
        sharing: reply.sharing.word(),
        department: reply.department_id.map(|d| d.0),
        owner: reply.owner_id.0,
        version: reply.version,
    }
}

async fn answer(
    app: &App,
    visitor: &ApiVisitor,
    id: ReplyId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let reply = super::find::<Use>(&mut app.db.read(), &visitor.actor, id).await?;
    Ok(json(status, &item(&reply)))
}

/// The saved replies one may use.
#[utoipa::path(get, path = "/api/v1/replies", tag = "replies", responses((status = 200, body = SavedReplies)))]
pub async fn list(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let found = super::usable(&mut app.db.read(), &visitor.actor).await?;
    let items = found.iter().map(item).collect();
    Ok(json(StatusCode::OK, &SavedReplies { items, next: None }))
}

/// Saves a reply.
#[utoipa::path(post, path = "/api/v1/replies", request_body = NewReplyBody, tag = "replies",
    responses((status = 201, body = SavedReplyItem), (status = 403, description = "A right is missing"), (status = 422, description = "Faults at fields")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<NewReplyBody>,
) -> Result<Response, Fail> {
    let actor = &visitor.actor;
    let kind = body
        .sharing
        .as_deref()
        .map_or(Ok(Sharing::Private), sharing)?;
    let mut tx = app.db.write().await?;
    let department = body.department.map(DepartmentId);
    let shelf = super::shelf(&mut tx, actor, kind, department).await?;
    let wanted = Wanted {
        title: &body.title,
        body: &body.body,
    };
    let id = super::add(&mut tx, &shelf, actor, wanted, visitor.now()).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// A saved reply.
#[utoipa::path(get, path = "/api/v1/replies/{id}", params(("id" = i64, Path, description = "The reply")), tag = "replies",
    responses((status = 200, body = SavedReplyItem), (status = 404, description = "Not there, or not for you")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?, StatusCode::OK).await
}

/// Changes a saved reply.
#[utoipa::path(patch, path = "/api/v1/replies/{id}", request_body = ReplyBody, tag = "replies",
    params(("id" = i64, Path, description = "The reply"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = SavedReplyItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not for you"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<ReplyBody>,
) -> Result<Response, Fail> {
    let (actor, id) = (&visitor.actor, number(&id)?);
    let mut tx = app.db.write().await?;
    let reply = super::find_to_change(&mut tx, actor, id).await?;
    let kind = body.sharing.as_deref().map_or(Ok(reply.sharing), sharing)?;
    let department = body.department.map(DepartmentId).or(reply.department_id);
    let shelf = super::shelf(&mut tx, actor, kind, department).await?;
    let wanted = Wanted {
        title: body.title.as_deref().unwrap_or(&reply.title),
        body: body.body.as_deref().unwrap_or(&reply.body),
    };
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    super::change(&mut tx, &reply, &shelf, actor, seen, wanted, now).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}

/// Throws a saved reply away.
#[utoipa::path(delete, path = "/api/v1/replies/{id}", tag = "replies",
    params(("id" = i64, Path, description = "The reply"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 204, description = "It is gone"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not for you"),
        (status = 409, description = "Changed meanwhile; both versions")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let mut tx = app.db.write().await?;
    let reply = super::find_to_change(&mut tx, &visitor.actor, number(&id)?).await?;
    super::remove(&mut tx, &reply, visitor.seen_version()?).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
