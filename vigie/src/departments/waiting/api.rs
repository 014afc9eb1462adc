//! The API twin of how long things wait.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Days;
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeProperties};
use crate::departments::{CategoryId, DepartmentId, number};
use crate::house::{App, House};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/departments/{id}/waiting", Who::Api, show),
        put("/api/v1/departments/{id}/waiting", Who::Api, change),
    ]
}

/// How long things wait in a category.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryWaiting {
    /// The category's identifier.
    pub category: i64,
    /// Days before a closure expires; 0 never, null as the category above, or the department.
    pub expire_days: Option<i64>,
    /// Days in which a requester may open it again; 0 always, null as above.
    pub reopen_days: Option<i64>,
}

/// How long things wait in a department.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentWaiting {
    /// Days before a closure expires; 0 never, null 14.
    pub expire_days: Option<i64>,
    /// Days in which a requester may open an ended ticket again; 0 always, null 30.
    pub reopen_days: Option<i64>,
    /// What its categories say differently; when it is written, those not named stay as they are.
    #[serde(default)]
    pub categories: Vec<CategoryWaiting>,
}

async fn answer(app: &House, visitor: &ApiVisitor, id: DepartmentId) -> Result<Response, Fail> {
    let mut db = app.db.read();
    rights::find::<ChangeProperties>(&mut db, &visitor.actor, id).await?;
    let (own, said) = super::said_in(&mut db, id).await?;
    let categories = said
        .into_iter()
        .map(|c| CategoryWaiting {
            category: c.id.0,
            expire_days: c.expire_days,
            reopen_days: c.reopen_days,
        })
        .collect();
    Ok(json(
        StatusCode::OK,
        &DepartmentWaiting {
            expire_days: own.expire,
            reopen_days: own.reopen,
            categories,
        },
    ))
}

/// How long things wait in a department and its categories.
#[utoipa::path(get, path = "/api/v1/departments/{id}/waiting", tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = DepartmentWaiting), (status = 404, description = "Not there, or not yours to administer")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?).await
}

/// Says how long things wait.
#[utoipa::path(put, path = "/api/v1/departments/{id}/waiting", request_body = DepartmentWaiting, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 200, body = DepartmentWaiting), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "Days nobody can count, or a category of another department")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<DepartmentWaiting>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let seen = visitor.seen_version()?;
    let mut tx = app.db.write().await?;
    let department =
        rights::find_to_change::<ChangeProperties>(&mut tx, &visitor.actor, id).await?;
    let own = Days {
        expire: body.expire_days,
        reopen: body.reopen_days,
    };
    let said: Vec<(CategoryId, Days)> = body
        .categories
        .iter()
        .map(|c| {
            let days = Days {
                expire: c.expire_days,
                reopen: c.reopen_days,
            };
            (CategoryId(c.category), days)
        })
        .collect();
    super::say(
        &mut tx,
        &department,
        seen,
        own,
        &said,
        Pen::of(&visitor.actor, app.clock.now()),
    )
    .await?;
    tx.commit().await?;
    answer(&app, &visitor, id).await
}
