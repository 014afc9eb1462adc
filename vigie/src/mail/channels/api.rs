//! The API twin of the page on which mail channels are kept.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ChannelAdmin, ChannelId, Wanted};
use crate::audit::Pen;
use crate::departments::CategoryId;
use crate::house::App;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, patch, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/channels", Who::Api, list),
        post("/api/v1/channels", Who::Api, create),
        patch("/api/v1/channels/{id}", Who::Api, change),
    ]
}

/// A mail channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelItem {
    /// Its identifier.
    pub id: i64,
    /// The address by which letters come in.
    pub address: String,
    /// What people call it; the name beside the address in mails going out.
    pub name: String,
    /// The category in which its letters open tickets.
    pub category: i64,
    /// Name of that category.
    pub category_name: String,
    /// Name of its department.
    pub department: String,
    /// Whether it takes letters.
    pub active: bool,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
}

/// Every mail channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelItems {
    /// They, the oldest first.
    pub items: Vec<ChannelItem>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

fn item(channel: ChannelAdmin) -> ChannelItem {
    ChannelItem {
        id: channel.id.0,
        address: channel.address,
        name: channel.name,
        category: channel.category_id.0,
        category_name: channel.category,
        department: channel.department,
        active: channel.is_active,
        version: channel.version,
    }
}

/// Every mail channel. For administrators.
#[utoipa::path(get, path = "/api/v1/channels", tag = "mail",
    responses((status = 200, body = ChannelItems), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers")))]
pub async fn list(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let may = super::keeper(&visitor.actor)?;
    let all = super::list(&mut app.db.read(), &may).await?;
    let body = ChannelItems {
        items: all.into_iter().map(item).collect(),
        next: None,
    };
    Ok(json(StatusCode::OK, &body))
}

/// A mail channel to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChannelBody {
    /// The address by which letters come in, without a plus.
    address: String,
    /// What people call it.
    name: String,
    /// The category in which its letters open tickets.
    category: i64,
    /// Whether it takes letters; it does unless said.
    active: Option<bool>,
}

async fn answer(
    app: &App,
    visitor: &ApiVisitor,
    id: ChannelId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let may = super::keeper(&visitor.actor)?;
    let item = item(super::find(&mut app.db.read(), &may, id).await?);
    let mut response = json(status, &item);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", item.version)) {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

/// Makes a mail channel. For administrators.
#[utoipa::path(post, path = "/api/v1/channels", request_body = NewChannelBody, tag = "mail",
    responses((status = 201, body = ChannelItem), (status = 403, description = "A right is missing"), (status = 422, description = "Faults at fields")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<NewChannelBody>,
) -> Result<Response, Fail> {
    let may = super::keeper(&visitor.actor)?;
    let wanted = Wanted {
        address: body.address,
        name: body.name,
        category: Some(CategoryId(body.category)),
        is_active: body.active.unwrap_or(true),
    };
    let mut tx = app.db.write().await?;
    let id = super::create(
        &mut tx,
        &may,
        &wanted,
        Pen::of(&visitor.actor, app.clock.now()),
    )
    .await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// What to change of a mail channel; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelBody {
    /// The address by which letters come in.
    address: Option<String>,
    /// What people call it.
    name: Option<String>,
    /// The category in which its letters open tickets.
    category: Option<i64>,
    /// Whether it takes letters.
    active: Option<bool>,
}

/// Changes a mail channel, or switches it off and on. For administrators.
#[utoipa::path(patch, path = "/api/v1/channels/{id}", request_body = ChannelBody, tag = "mail",
    params(("id" = i64, Path, description = "The channel"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = ChannelItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<ChannelBody>,
) -> Result<Response, Fail> {
    let may = super::keeper(&visitor.actor)?;
    let id = id.parse().map(ChannelId).map_err(|_| Error::NotFound)?;
    let standing = super::find(&mut app.db.read(), &may, id).await?;
    let wanted = Wanted {
        address: body.address.unwrap_or(standing.address),
        name: body.name.unwrap_or(standing.name),
        category: Some(body.category.map_or(standing.category_id, CategoryId)),
        is_active: body.active.unwrap_or(standing.is_active),
    };
    // What was left out was read here: nobody may have changed it since.
    let seen = visitor.seen_version()?.unwrap_or(standing.version);
    let mut tx = app.db.write().await?;
    super::change(
        &mut tx,
        &may,
        id,
        Some(seen),
        &wanted,
        Pen::of(&visitor.actor, app.clock.now()),
    )
    .await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}
