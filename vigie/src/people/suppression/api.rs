//! The API twin of addresses nothing is mailed to.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::{Error, Fields};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Suppressed, SuppressionId};
use crate::audit::Pen;
use crate::house::App;
use crate::policy::permission;
use crate::web::api::{ApiVisitor, Leafing, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/suppressed-addresses", Who::Api, suppressed),
        delete("/api/v1/suppressed-addresses/{id}", Who::Api, lift),
    ]
}

/// An address nothing is mailed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuppressedItem {
    /// Its identifier.
    pub id: i64,
    /// It, in small letters.
    pub address: String,
    /// Why: `refused`, `bounced` or `complaint`.
    pub reason: &'static str,
    /// What the other side said.
    pub said: Option<String>,
    /// Since when.
    pub since: String,
    /// How many mails were held back.
    pub held_back: i64,
}

/// Addresses nothing is mailed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuppressedItems {
    /// They, the latest first.
    pub items: Vec<SuppressedItem>,
    /// What `cursor` is for those behind; null when there is none.
    pub next: Option<String>,
}

fn item(it: Suppressed) -> SuppressedItem {
    SuppressedItem {
        id: it.id.0,
        address: it.address,
        reason: it.reason.word(),
        said: it.said,
        since: it.since.rfc3339(),
        held_back: it.held_back,
    }
}

/// Which part of them is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SuppressedQuery {
    /// 1 to 200, 50 unless given.
    limit: Option<i64>,
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// Addresses nothing is mailed to, the latest first. For administrators.
#[utoipa::path(get, path = "/api/v1/suppressed-addresses", tag = "mail", params(SuppressedQuery),
    responses((status = 200, body = SuppressedItems), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers"),
        (status = 422, description = "A parameter is none")))]
pub async fn suppressed(
    State(app): State<App>,
    visitor: ApiVisitor,
    Query(query): Query<SuppressedQuery>,
) -> Result<Response, Fail> {
    visitor.must(permission::SEE_POST)?;
    let mut faults = Fields::default();
    let leafing = Leafing::of(query.limit, query.cursor.as_deref(), &mut faults);
    faults.settle()?;
    let before = leafing.after.map(SuppressionId);
    let (mut reader, most) = (app.db.read(), leafing.rows());
    let mut all = super::list(&mut reader, &visitor.actor, before, most).await?;
    let body = SuppressedItems {
        next: leafing.cut(&mut all, |it| it.id.0),
        items: all.into_iter().map(item).collect(),
    };
    Ok(json(StatusCode::OK, &body))
}

/// Lets mails be sent there again; what was held back stays unsent. For administrators.
#[utoipa::path(delete, path = "/api/v1/suppressed-addresses/{id}", tag = "mail", operation_id = "lift_suppression",
    params(("id" = i64, Path, description = "The entry")),
    responses((status = 204, description = "Mails are sent there again"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or lifted before")))]
pub async fn lift(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    visitor.must(permission::SEE_POST)?;
    let id = id.parse().map(SuppressionId).map_err(|_| Error::NotFound)?;
    let mut tx = app.db.write().await?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    super::lift(&mut tx, &visitor.actor, id, pen).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
