//! The API twin of ticket templates.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Wanted, standing};
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeCategories};
use crate::departments::{CategoryId, DepartmentId, place};
use crate::house::App;
use crate::policy::Visibility;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get(
            "/api/v1/categories/{category}/template",
            Who::Api,
            of_category,
        ),
        get("/api/v1/departments/{id}/template", Who::Api, show_whole),
        put("/api/v1/departments/{id}/template", Who::Api, set_whole),
        get(
            "/api/v1/departments/{id}/categories/{category}/template",
            Who::Api,
            show,
        ),
        put(
            "/api/v1/departments/{id}/categories/{category}/template",
            Who::Api,
            set,
        ),
    ]
}

/// What a new ticket is filled with.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateItem {
    /// The subject; null when nobody sets one.
    pub subject: Option<String>,
    /// The message, Markdown; null when nobody sets one.
    pub body: Option<String>,
    /// 1 very low to 5 very high; null when nobody sets one.
    pub priority: Option<i64>,
    /// Who beside its own people may look at a new ticket: `private`, `subject`, `intranet`, `public`; null when nobody sets it.
    pub visibility: Option<&'static str>,
    /// Of one's own template: grows with every change, 0 before the first; null of an inherited one.
    pub version: Option<i64>,
}

/// What a template is to be; what is null or left out is inherited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateBody {
    /// The subject.
    pub subject: Option<String>,
    /// The message, Markdown.
    pub body: Option<String>,
    /// 1 very low to 5 very high.
    pub priority: Option<i64>,
    /// Who beside its own people may look at a new ticket: `private`, `subject`, `intranet` or `public`.
    pub visibility: Option<String>,
}

fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// What a new ticket of a category is filled with, inherited properties included.
#[utoipa::path(get, path = "/api/v1/categories/{category}/template", params(("category" = i64, Path, description = "The category")), tag = "tickets",
    responses((status = 200, body = TemplateItem), (status = 422, description = "No such category, or it takes no tickets")))]
pub async fn of_category(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(category): Path<String>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let category = CategoryId(number(&category)?);
    place(&mut db, &visitor.actor, category).await?;
    let template = super::coming_in_by(&mut db, category).await?;
    let text = |text: String| Some(text).filter(|t| !t.is_empty());
    let item = TemplateItem {
        subject: text(template.subject),
        body: text(template.body),
        priority: template.priority,
        visibility: template.visibility.map(Visibility::word),
        version: None,
    };
    Ok(json(StatusCode::OK, &item))
}

async fn answer(
    app: &App,
    visitor: &ApiVisitor,
    id: DepartmentId,
    category: Option<CategoryId>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    rights::find::<ChangeCategories>(&mut db, &visitor.actor, id).await?;
    let (own, _) = standing(&mut db, id, category).await?;
    let item = TemplateItem {
        subject: own.subject,
        body: own.body,
        priority: own.priority,
        visibility: own.visibility.map(Visibility::word),
        version: Some(own.version),
    };
    Ok(json(StatusCode::OK, &item))
}

async fn change(
    app: &App,
    visitor: &ApiVisitor,
    id: DepartmentId,
    category: Option<CategoryId>,
    body: &TemplateBody,
) -> Result<Response, Fail> {
    let visibility = match body.visibility.as_deref() {
        None => None,
        Some(word) => {
            let known = Visibility::of(word);
            Some(known.ok_or_else(|| Error::invalid("visibility", "fault-visibility"))?)
        }
    };
    let mut tx = app.db.write().await?;
    let may = rights::find_to_change::<ChangeCategories>(&mut tx, &visitor.actor, id).await?;
    let wanted = Wanted {
        subject: body.subject.as_deref().unwrap_or_default(),
        body: body.body.as_deref().unwrap_or_default(),
        priority: body.priority,
        visibility,
    };
    super::set(
        &mut tx,
        &may,
        category,
        visitor.seen_version()?,
        wanted,
        Pen::of(&visitor.actor, app.clock.now()),
    )
    .await?;
    tx.commit().await?;
    answer(app, visitor, id, category).await
}

/// What the department as a whole sets.
#[utoipa::path(get, path = "/api/v1/departments/{id}/template", params(("id" = i64, Path, description = "The department")), tag = "departments",
    responses((status = 200, body = TemplateItem), (status = 404, description = "Not there, or not to be administered")))]
pub async fn show_whole(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, DepartmentId(number(&id)?), None).await
}

/// Sets what the department as a whole fills new tickets with.
#[utoipa::path(put, path = "/api/v1/departments/{id}/template", request_body = TemplateBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = TemplateItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be administered"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn set_whole(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<TemplateBody>,
) -> Result<Response, Fail> {
    change(&app, &visitor, DepartmentId(number(&id)?), None, &body).await
}

/// What a category sets itself.
#[utoipa::path(get, path = "/api/v1/departments/{id}/categories/{category}/template", tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("category" = i64, Path, description = "The category")),
    responses((status = 200, body = TemplateItem), (status = 404, description = "Not there, or not to be administered")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((id, category)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let category = Some(CategoryId(number(&category)?));
    answer(&app, &visitor, DepartmentId(number(&id)?), category).await
}

/// Sets what a category fills new tickets with.
#[utoipa::path(put, path = "/api/v1/departments/{id}/categories/{category}/template", request_body = TemplateBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("category" = i64, Path, description = "The category"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = TemplateItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be administered"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn set(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((id, category)): Path<(String, String)>,
    ApiBody(body): ApiBody<TemplateBody>,
) -> Result<Response, Fail> {
    let category = Some(CategoryId(number(&category)?));
    change(&app, &visitor, DepartmentId(number(&id)?), category, &body).await
}
