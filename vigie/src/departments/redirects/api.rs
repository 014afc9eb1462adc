//! The API twin of where virtual departments and categories lead.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::takes_tickets;
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeCategories, ChangeProperties, Inspect};
use crate::departments::{CategoryId, DepartmentId, number};
use crate::house::{App, House};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/departments/{id}/redirects", Who::Api, show),
        put("/api/v1/departments/{id}/redirects", Who::Api, change),
    ]
}

/// Where one category of a department leads.
#[derive(Debug, Serialize, ToSchema)]
pub struct RedirectItem {
    /// The category.
    pub category: i64,
    /// Its name.
    pub name: String,
    /// The category its tickets go on to.
    pub to: i64,
    /// That one, as `Department › Category`.
    pub to_name: String,
    /// True when the category says so itself, false when its department does.
    pub own: bool,
    /// Whether tickets arrive: every place on the way takes them. It is offered only then.
    pub arrives: bool,
}

/// Where a department and its categories lead.
#[derive(Debug, Serialize, ToSchema)]
pub struct Redirects {
    /// The category to which the whole department leads; null for a real one.
    pub to: Option<i64>,
    /// Its categories that lead elsewhere, by themselves or with the department.
    pub categories: Vec<RedirectItem>,
    /// The version of the department; send it back in `If-Match`.
    pub version: i64,
}

/// Where something is to lead.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedirectBody {
    /// The category to lead elsewhere; null or left out for the whole department.
    pub category: Option<i64>,
    /// The category its tickets go on to; null for a real one again.
    pub to: Option<i64>,
}

async fn answer(app: &House, visitor: &ApiVisitor, id: DepartmentId) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<Inspect>(&mut db, &visitor.actor, id).await?;
    let all = super::all(&mut db).await?;
    let mine = all.iter().filter(|node| node.department_id == id);
    let categories = mine.clone().filter_map(|node| {
        let to = node.leads_to()?;
        let there = all.iter().find(|other| other.id == to)?;
        Some(RedirectItem {
            category: node.id.0,
            name: node.name.clone(),
            to: to.0,
            to_name: there.full_name(),
            own: node.own_id.is_some(),
            arrives: takes_tickets(&all, node.id),
        })
    });
    let to = mine.clone().find_map(|node| node.departments_id);
    Ok(json(
        StatusCode::OK,
        &Redirects {
            to: to.map(|c| c.0),
            categories: categories.collect(),
            version: department.version,
        },
    ))
}

/// Where a department and its categories lead.
#[utoipa::path(get, path = "/api/v1/departments/{id}/redirects", tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = Redirects), (status = 404, description = "Not there, or not yours to administer")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?).await
}

/// Makes a department or one of its categories virtual, leads it elsewhere, or makes it real again.
#[utoipa::path(put, path = "/api/v1/departments/{id}/redirects", request_body = RedirectBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 200, body = Redirects), (status = 403, description = "A privilege is missing, or the right to send tickets there"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "No such category, or a way that leads back")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<RedirectBody>,
) -> Result<Response, Fail> {
    let (actor, id) = (&visitor.actor, number(&id)?);
    let (seen, to) = (visitor.seen_version()?, body.to.map(CategoryId));
    let pen = Pen::of(actor, app.clock.now());
    let mut tx = app.db.write().await?;
    match body.category.map(CategoryId) {
        None => {
            let may = rights::find_to_change::<ChangeProperties>(&mut tx, actor, id).await?;
            super::lead_department(&mut tx, &may, actor, seen, to, pen).await?;
        }
        Some(category) => {
            let may = rights::find_to_change::<ChangeCategories>(&mut tx, actor, id).await?;
            super::lead_category(&mut tx, &may, actor, seen, (category, to), pen).await?;
        }
    }
    tx.commit().await?;
    answer(&app, &visitor, id).await
}
