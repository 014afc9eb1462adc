//! The API twin of the switch.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Own;
use crate::departments::DepartmentId;
use crate::house::App;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, patch};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/me/departments", Who::Api, list),
        patch("/api/v1/me/departments/{id}", Who::Api, say),
    ]
}

/// A department in which one handles tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnDepartmentItem {
    /// The department.
    pub department: i64,
    /// Its name.
    pub name: String,
    /// Whether one takes what is given out.
    pub available: bool,
    /// 0 to 100: how large a share of it.
    pub rate: i64,
    /// Whether one may say oneself whether one is available.
    pub may_say: bool,
}

/// The departments in which one handles tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnDepartmentItems {
    /// They, by name.
    pub items: Vec<OwnDepartmentItem>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

fn item(own: Own, visitor: &ApiVisitor) -> OwnDepartmentItem {
    OwnDepartmentItem {
        department: own.department_id.0,
        available: own.is_available,
        rate: own.rate,
        may_say: own.may_say(&visitor.actor),
        name: own.department,
    }
}

/// The departments in which one handles tickets
#[utoipa::path(get, path = "/api/v1/me/departments", tag = "people", responses((status = 200, body = OwnDepartmentItems)))]
pub async fn list(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let mine = super::mine(&mut app.db.read(), &visitor.actor).await?;
    let body = OwnDepartmentItems {
        items: mine.into_iter().map(|own| item(own, &visitor)).collect(),
        next: None,
    };
    Ok(json(StatusCode::OK, &body))
}

/// What one says of oneself in a department.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AvailabilityBody {
    /// Whether one takes what is given out.
    available: bool,
}

/// Say whether one is available in a department
#[utoipa::path(patch, path = "/api/v1/me/departments/{id}", request_body = AvailabilityBody, tag = "people",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = OwnDepartmentItems), (status = 403, description = "The privilege is missing"), (status = 404, description = "One handles nothing there")))]
pub async fn say(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<AvailabilityBody>,
) -> Result<Response, Fail> {
    let id = id.parse().map(DepartmentId).map_err(|_| Error::NotFound)?;
    let mut tx = app.db.write().await?;
    super::say(&mut tx, &visitor.actor, id, body.available).await?;
    tx.commit().await?;
    list(State(app), visitor).await
}
