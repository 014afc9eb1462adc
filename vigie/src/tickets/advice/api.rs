//! Advice for programs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::house::App;
use crate::tickets::comments::NewComment;
use crate::tickets::pages::number;
use crate::tickets::rights::Read;
use crate::tickets::{Origin, reading};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, post};

/// The addresses of advice.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/tickets/{number}/advice", Who::Api, show),
        post("/api/v1/tickets/{number}/advice", Who::Api, ask),
        delete("/api/v1/tickets/{number}/advice", Who::Api, end),
    ]
}

/// Whether a ticket needs advice.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdviceItem {
    /// It does; for staff.
    pub needed: bool,
    /// Who asked for it.
    pub asked_by: Option<AdviceAsker>,
    /// Since when, RFC 3339.
    pub asked_at: Option<String>,
}

/// Who asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdviceAsker {
    /// Their identifier.
    pub id: i64,
    /// Their name.
    pub name: String,
}

/// What one wants to know.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AdviceBody {
    /// An internal note, Markdown, that goes with it.
    pub message: Option<String>,
}

async fn answer(
    app: &App,
    visitor: &ApiVisitor,
    n: &str,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, number(n)?).await?;
    let asked = super::of(&mut db, &visitor.actor, ticket.id).await?;
    Ok(json(
        status,
        &AdviceItem {
            needed: asked.is_some(),
            asked_at: asked.as_ref().map(|it| it.asked_at.rfc3339()),
            asked_by: asked.map(|it| AdviceAsker {
                id: it.asked_by_id.0,
                name: it.asked_by,
            }),
        },
    ))
}

/// Whether the ticket needs advice, and who asked for it; staff alone learns that.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/advice", operation_id = "advice", params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 200, body = AdviceItem), (status = 404, description = "Not there, or not to be seen")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, &n, StatusCode::OK).await
}

/// Says that the ticket needs advice. The next internal note of somebody else is it.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/advice", operation_id = "ask_for_advice", request_body = AdviceBody, params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")), tag = "tickets",
    responses((status = 201, body = AdviceItem), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "A version that never was"), (status = 422, description = "It needs advice already, and the words would be lost; or too many words")))]
pub async fn ask(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<AdviceBody>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let words = body.message.map(|text| NewComment {
        once: visitor.once.clone(),
        ..NewComment::typed(&text, Origin::Api)
    });
    let (actor, seen, now) = (&visitor.actor, visitor.seen_version()?, visitor.now());
    super::do_ask(&app.db, actor, id, seen, words, now).await?;
    answer(&app, &visitor, &n, StatusCode::CREATED).await
}

/// Says that it needs none any more; whoever asked may, and whoever is in charge.
#[utoipa::path(delete, path = "/api/v1/tickets/{number}/advice", operation_id = "end_advice", tag = "tickets",
    params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 204, description = "It needs none"), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "A version that never was")))]
pub async fn end(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let (actor, seen, now) = (&visitor.actor, visitor.seen_version()?, visitor.now());
    super::do_end(&app.db, actor, id, seen, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
