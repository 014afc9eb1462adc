//! Links for programs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Relation;
use crate::house::{App, House};
use crate::tickets::pages::number;
use crate::tickets::rights::Read;
use crate::tickets::{TicketId, reading};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, post};

/// The addresses of links.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/tickets/{number}/links", Who::Api, list),
        post("/api/v1/tickets/{number}/links", Who::Api, create),
        delete("/api/v1/tickets/{number}/links/{id}", Who::Api, remove),
    ]
}

/// A link of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkItem {
    /// The other ticket's number.
    pub ticket: i64,
    /// What it is to this one: `relates_to`, `duplicate_of`, `duplicated_by`, `follow_up_of`, `followed_by`.
    pub relation: &'static str,
    /// Its subject.
    pub subject: String,
    /// Where it is in its life.
    pub state: &'static str,
}

/// The links of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Links {
    /// By the other ticket's number; those to tickets one may not see are not among them.
    pub items: Vec<LinkItem>,
    /// Always null: a ticket's links come whole.
    pub next: Option<String>,
}

/// A link to make.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewLinkBody {
    /// The other ticket's number.
    pub other: Option<i64>,
    /// `relates_to` unless given.
    pub relation: Option<String>,
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
        .map(|link| LinkItem {
            ticket: link.number.0,
            relation: link.relation.word(),
            subject: link.subject,
            state: link.state.word(),
        })
        .collect();
    Ok(json(status, &Links { items, next: None }))
}

/// The tickets this one is linked to.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/links", operation_id = "links", params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 200, body = Links), (status = 404, description = "Not there, or not to be seen")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&n)?, StatusCode::OK).await
}

/// Links it to another ticket one sees.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/links", operation_id = "link", request_body = NewLinkBody, params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 201, body = Links), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 422, description = "The other ticket is not there, or not to be seen")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<NewLinkBody>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    reading::find::<Read>(&mut app.db.read(), &visitor.actor, id).await?;
    let relation = match body.relation.as_deref() {
        None => Relation::RelatesTo,
        Some(word) => {
            Relation::of(word).ok_or_else(|| Error::invalid("relation", "fault-relation"))?
        }
    };
    let other = body.other.map(|n| n.to_string()).unwrap_or_default();
    let (actor, seen, now) = (&visitor.actor, visitor.seen_version()?, visitor.now());
    super::add(&app.db, actor, id, seen, relation, &other, now).await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Takes the links between two tickets away.
#[utoipa::path(delete, path = "/api/v1/tickets/{number}/links/{id}", operation_id = "unlink", tag = "tickets",
    params(("number" = i64, Path, description = "Its number"), ("id" = i64, Path, description = "The other ticket's number")),
    responses((status = 204, description = "There is none any more"), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, other)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let (id, other) = (number(&n)?, number(&other)?);
    let (actor, seen, now) = (&visitor.actor, visitor.seen_version()?, visitor.now());
    super::remove(&app.db, actor, id, seen, other, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
