//! Links between tickets and assets for programs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::LinkedAsset;
use crate::assets::pages as own;
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
        get("/api/v1/tickets/{number}/assets", Who::Api, list),
        post("/api/v1/tickets/{number}/assets", Who::Api, create),
        delete("/api/v1/tickets/{number}/assets/{id}", Who::Api, remove),
    ]
}

/// An asset that a ticket is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkedAssetItem {
    /// Its number.
    pub id: i64,
    /// `computer`, `screen`, `phone`, `printer`, `network`, `licence` or `other`.
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// What is written on its label.
    pub tag: String,
    /// `in_stock`, `in_use`, `in_repair` or `retired`.
    pub state: &'static str,
}

/// The assets that a ticket is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkedAssets {
    /// By name.
    pub items: Vec<LinkedAssetItem>,
    /// Always null: they come whole.
    pub next: Option<String>,
}

/// An asset to link.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewAssetLinkBody {
    /// Its number.
    pub asset: Option<i64>,
}

fn item(asset: LinkedAsset) -> LinkedAssetItem {
    LinkedAssetItem {
        id: asset.id.0,
        kind: asset.kind.word(),
        name: asset.name,
        tag: asset.tag,
        state: asset.state.word(),
    }
}

async fn answer(
    app: &House,
    visitor: &ApiVisitor,
    id: TicketId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let found = super::of_ticket(&mut db, &visitor.actor, id).await?;
    let items = found.into_iter().map(item).collect();
    Ok(json(status, &LinkedAssets { items, next: None }))
}

/// The assets that a ticket is about.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/assets", operation_id = "ticket_assets", params(("number" = i64, Path, description = "The ticket's number")), tag = "assets",
    responses((status = 200, body = LinkedAssets), (status = 404, description = "Not there, or not to be seen")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&n)?, StatusCode::OK).await
}

/// Links a ticket to an asset.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/assets", operation_id = "link_asset", request_body = NewAssetLinkBody, params(("number" = i64, Path, description = "The ticket's number")), tag = "assets",
    responses((status = 201, body = LinkedAssets), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 422, description = "The asset is not there, or not to be seen")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<NewAssetLinkBody>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    reading::find::<Read>(&mut app.db.read(), &visitor.actor, id).await?;
    // With the sign of a number, so that it is not taken for the same digits on a label.
    let asset = body.asset.map(|n| format!("#{n}")).unwrap_or_default();
    super::add(&app.db, &visitor.actor, id, &asset, visitor.now()).await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Takes the link between a ticket and an asset away.
#[utoipa::path(delete, path = "/api/v1/tickets/{number}/assets/{id}", operation_id = "unlink_asset", tag = "assets",
    params(("number" = i64, Path, description = "The ticket's number"), ("id" = i64, Path, description = "The asset's number")),
    responses((status = 204, description = "There is none any more"), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, asset)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let (id, asset) = (number(&n)?, own::number(&asset)?);
    super::remove(&app.db, &visitor.actor, id, asset, visitor.now()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
