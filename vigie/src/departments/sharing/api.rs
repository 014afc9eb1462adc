//! The API twin of departments that look at each other's tickets.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::audit::Pen;
use crate::departments::rights::{self, ChangeMembers};
use crate::departments::{DepartmentId, number};
use crate::house::{App, House};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/departments/{id}/sharing", Who::Api, show),
        put("/api/v1/departments/{id}/sharing", Who::Api, change),
    ]
}

/// Another department with the same tag.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharingPartner {
    /// Its identifier.
    pub department: i64,
    /// Its name.
    pub name: String,
    /// How many of its people look at the tickets here by the tag alone.
    pub look_here: i64,
    /// How many people of here look at its tickets by the tag alone.
    pub look_there: i64,
}

/// What a department shares, and with whom.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentSharing {
    /// Its tag; null when it shares nothing.
    pub tag: Option<String>,
    /// The other departments that carry it.
    pub departments: Vec<SharingPartner>,
    /// The department's version, for `If-Match`.
    pub version: i64,
}

/// What a department is to share.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentSharingBody {
    /// Its tag; null to share nothing.
    tag: Option<String>,
}

async fn answer(app: &House, visitor: &ApiVisitor, id: DepartmentId) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let said = super::said_in(&mut db, &department).await?;
    let partner = |it: super::Partner| SharingPartner {
        department: it.id.0,
        name: it.name,
        look_here: it.look_here,
        look_there: it.look_there,
    };
    let body = DepartmentSharing {
        tag: said.tag,
        departments: said.partners.into_iter().map(partner).collect(),
        version: department.version,
    };
    Ok(json(StatusCode::OK, &body))
}

/// The tag of a department, and which others carry it.
#[utoipa::path(get, path = "/api/v1/departments/{id}/sharing", tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = DepartmentSharing), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?).await
}

/// Gives a department a tag, which owners and administrators do, or takes it away.
#[utoipa::path(put, path = "/api/v1/departments/{id}/sharing", request_body = DepartmentSharingBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 200, body = DepartmentSharing), (status = 403, description = "A privilege is missing, or the rank to give a tag"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "The tag is too long")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<DepartmentSharingBody>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let (actor, seen) = (&visitor.actor, visitor.seen_version()?);
    let mut tx = app.db.write().await?;
    let department = rights::find_to_change::<ChangeMembers>(&mut tx, actor, id).await?;
    let tag = body.tag.unwrap_or_default();
    let pen = Pen::of(actor, app.clock.now());
    super::say(&mut tx, &department, actor, seen, &tag, pen).await?;
    tx.commit().await?;
    answer(&app, &visitor, id).await
}
