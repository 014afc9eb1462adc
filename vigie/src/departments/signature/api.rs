//! The API twin of what a department writes under its mails.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::audit::Pen;
use crate::departments::rights::{self, ChangeProperties};
use crate::departments::{DepartmentId, number};
use crate::house::{App, House};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

const ADDRESS: &str = "/api/v1/departments/{id}/signature";

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![get(ADDRESS, Who::Api, show), put(ADDRESS, Who::Api, change)]
}

/// What stands under mails about a department's tickets.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentSignature {
    /// It, at most 1,000 characters; null for none.
    pub signature: Option<String>,
}

async fn answer(app: &House, visitor: &ApiVisitor, id: DepartmentId) -> Result<Response, Fail> {
    let mut db = app.db.read();
    rights::find::<ChangeProperties>(&mut db, &visitor.actor, id).await?;
    let signature = Some(super::of(&mut db, id).await?).filter(|it| !it.is_empty());
    Ok(json(StatusCode::OK, &DepartmentSignature { signature }))
}

/// What stands under mails about a department's tickets.
#[utoipa::path(get, path = "/api/v1/departments/{id}/signature", tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = DepartmentSignature), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?).await
}

/// Writes another one.
#[utoipa::path(put, path = "/api/v1/departments/{id}/signature", request_body = DepartmentSignature, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 200, body = DepartmentSignature), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "Too long")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<DepartmentSignature>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let seen = visitor.seen_version()?;
    let mut tx = app.db.write().await?;
    let department =
        rights::find_to_change::<ChangeProperties>(&mut tx, &visitor.actor, id).await?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let wanted = body.signature.unwrap_or_default();
    super::say(&mut tx, &department, seen, &wanted, pen).await?;
    tx.commit().await?;
    answer(&app, &visitor, id).await
}
