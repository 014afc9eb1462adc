//! The API twin of what becomes of people in copy of a mail.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Fields;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Copied;
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeMembers};
use crate::departments::{CategoryId, DepartmentId, number};
use crate::house::{App, House};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/departments/{id}/copied", Who::Api, show),
        put("/api/v1/departments/{id}/copied", Who::Api, change),
    ]
}

/// What becomes of people in copy in a category.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryCopiedItem {
    /// The category's identifier.
    pub category: i64,
    /// Who is invited: `nobody`, `known` or `everybody`; null as the category above, or the department.
    pub copied: Option<String>,
}

/// What becomes of people in copy of a mail in a department.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentCopied {
    /// Who is invited: `nobody`, `known` or `everybody`; null is nobody.
    pub copied: Option<String>,
    /// What its categories say differently; when it is written, those not named stay as they are.
    #[serde(default)]
    pub categories: Vec<CategoryCopiedItem>,
}

async fn answer(app: &House, visitor: &ApiVisitor, id: DepartmentId) -> Result<Response, Fail> {
    let mut db = app.db.read();
    rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let (own, said) = super::said_in(&mut db, id).await?;
    let word = |copied: Option<Copied>| copied.map(|it| it.word().to_owned());
    let categories = said.into_iter().map(|it| CategoryCopiedItem {
        category: it.id.0,
        copied: word(it.copied),
    });
    let body = DepartmentCopied {
        copied: word(own),
        categories: categories.collect(),
    };
    Ok(json(StatusCode::OK, &body))
}

/// What becomes of people in copy of a mail in a department and its categories.
#[utoipa::path(get, path = "/api/v1/departments/{id}/copied", operation_id = "copied", tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = DepartmentCopied), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?).await
}

fn read(text: Option<&str>, faults: &mut Fields) -> Option<Copied> {
    let copied = text.and_then(Copied::of);
    let is_fine = text.is_none() || copied.is_some();
    faults.require(is_fine, "copied", "fault-choice");
    copied
}

/// Says who of the people in copy of a mail is invited.
#[utoipa::path(put, path = "/api/v1/departments/{id}/copied", operation_id = "say_copied", request_body = DepartmentCopied, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 200, body = DepartmentCopied), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "No such word, or a category of another department")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<DepartmentCopied>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let seen = visitor.seen_version()?;
    let mut tx = app.db.write().await?;
    let department = rights::find_to_change::<ChangeMembers>(&mut tx, &visitor.actor, id).await?;
    let mut faults = Fields::default();
    let own = read(body.copied.as_deref(), &mut faults);
    let said: Vec<(CategoryId, Option<Copied>)> = body
        .categories
        .iter()
        .map(|it| {
            let copied = read(it.copied.as_deref(), &mut faults);
            (CategoryId(it.category), copied)
        })
        .collect();
    faults.settle()?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    super::say(&mut tx, &department, seen, own, &said, pen).await?;
    tx.commit().await?;
    answer(&app, &visitor, id).await
}
