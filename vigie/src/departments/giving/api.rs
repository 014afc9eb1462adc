//! The API twin of how free tickets are given out.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Rule;
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeCategories};
use crate::departments::{CategoryId, DepartmentId, number};
use crate::house::{App, House};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/departments/{id}/giving", Who::Api, show),
        put("/api/v1/departments/{id}/giving", Who::Api, change),
    ]
}

/// How free tickets of a category are given out.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryGiving {
    /// The category's identifier.
    pub category: i64,
    /// `none`, `first_available`, `round_robin`, `random` or `least_loaded`; null as the category above, or the department.
    pub rule: Option<&'static str>,
    /// What holds there, inherited or not.
    pub holds: &'static str,
    /// Who can be given a ticket there now.
    pub candidates: Vec<i64>,
}

/// How free tickets of a department are given out.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentGiving {
    /// The department's rule; null is `none`.
    pub rule: Option<&'static str>,
    /// Its categories.
    pub categories: Vec<CategoryGiving>,
}

/// What a category is to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryGivingBody {
    /// The category's identifier.
    category: i64,
    /// Its rule; null as above.
    rule: Option<String>,
}

/// What a department and its categories are to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentGivingBody {
    /// The department's rule; null is `none`.
    rule: Option<String>,
    /// What its categories say; those not named stay as they are.
    #[serde(default)]
    categories: Vec<CategoryGivingBody>,
}

async fn answer(app: &House, visitor: &ApiVisitor, id: DepartmentId) -> Result<Response, Fail> {
    let mut db = app.db.read();
    rights::find::<ChangeCategories>(&mut db, &visitor.actor, id).await?;
    let said = super::said_in(&mut db, id).await?;
    let mut categories = vec![];
    for category in &said.categories {
        let there = super::candidates(&mut db, id, category.id).await?;
        categories.push(CategoryGiving {
            category: category.id.0,
            rule: category.giving.map(Rule::word),
            holds: said.of(category.id).0.word(),
            candidates: there.into_iter().map(|h| h.person_id.0).collect(),
        });
    }
    let rule = said.own.map(Rule::word);
    Ok(json(StatusCode::OK, &DepartmentGiving { rule, categories }))
}

fn rule(word: Option<&str>) -> Result<Option<Rule>, Error> {
    let known = |word| Rule::of(word).ok_or_else(|| Error::invalid("rule", "fault-giving"));
    word.map(known).transpose()
}

/// How free tickets of a department and its categories are given out.
#[utoipa::path(get, path = "/api/v1/departments/{id}/giving", tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = DepartmentGiving), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?).await
}

/// Says how they are given out.
#[utoipa::path(put, path = "/api/v1/departments/{id}/giving", request_body = DepartmentGivingBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 200, body = DepartmentGiving), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "A rule that is none, or a category of another department")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<DepartmentGivingBody>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let seen = visitor.seen_version()?;
    let mut tx = app.db.write().await?;
    let department =
        rights::find_to_change::<ChangeCategories>(&mut tx, &visitor.actor, id).await?;
    let own = rule(body.rule.as_deref())?;
    let mut wanted = vec![];
    for category in &body.categories {
        let id = CategoryId(category.category);
        wanted.push((id, rule(category.rule.as_deref())?));
    }
    let pen = Pen::of(&visitor.actor, app.clock.now());
    super::say(&mut tx, &department, seen, own, &wanted, pen).await?;
    tx.commit().await?;
    answer(&app, &visitor, id).await
}
