//! The API twin of who serves which category.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Named;
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeCategories};
use crate::departments::{CategoryId, DepartmentId, categories, number};
use crate::house::{App, House};
use crate::people::PersonId;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/departments/{id}/serving", Who::Api, show),
        put("/api/v1/departments/{id}/serving", Who::Api, change),
    ]
}

/// Who serves a category.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryServing {
    /// The category's identifier.
    pub category: i64,
    /// Identifiers of people; nobody is whoever serves the category above, or every member.
    pub people: Vec<i64>,
}

/// Who serves the categories of a department.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentServing {
    /// Its categories; when it is written, those not named stay as they are.
    #[serde(default)]
    pub categories: Vec<CategoryServing>,
}

async fn answer(app: &House, visitor: &ApiVisitor, id: DepartmentId) -> Result<Response, Fail> {
    let mut db = app.db.read();
    rights::find::<ChangeCategories>(&mut db, &visitor.actor, id).await?;
    let named = super::named_in(&mut db, id).await?;
    let categories = categories::tree(&mut db, id)
        .await?
        .into_iter()
        .map(|(_, category)| CategoryServing {
            category: category.id.0,
            people: named
                .get(&category.id)
                .into_iter()
                .flatten()
                .map(|person| person.0)
                .collect(),
        })
        .collect();
    Ok(json(StatusCode::OK, &DepartmentServing { categories }))
}

/// Who serves the categories of a department.
#[utoipa::path(get, path = "/api/v1/departments/{id}/serving", tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = DepartmentServing), (status = 404, description = "Not there, or not yours to administer")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?).await
}

/// Says who serves these categories.
#[utoipa::path(put, path = "/api/v1/departments/{id}/serving", request_body = DepartmentServing, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 200, body = DepartmentServing), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "A category of another department, or somebody who does not handle its tickets")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<DepartmentServing>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let seen = visitor.seen_version()?;
    let mut tx = app.db.write().await?;
    let department =
        rights::find_to_change::<ChangeCategories>(&mut tx, &visitor.actor, id).await?;
    let wanted: Named = body
        .categories
        .into_iter()
        .map(|c| {
            let people = c.people.into_iter().map(PersonId).collect();
            (CategoryId(c.category), people)
        })
        .collect();
    super::name(
        &mut tx,
        &department,
        seen,
        &wanted,
        Pen::of(&visitor.actor, app.clock.now()),
    )
    .await?;
    tx.commit().await?;
    answer(&app, &visitor, id).await
}
