//! The API twin of saved views.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::db::Answers;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Audience, Change, Read, View, ViewId, Wanted};
use crate::departments::DepartmentId;
use crate::house::{App, House};
use crate::tickets::api::calendar;
use crate::tickets::listing::{Filter, Order};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, patch, post};

/// The addresses of the API of views.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/views", Who::Api, list),
        post("/api/v1/views", Who::Api, create),
        get("/api/v1/views/{id}", Who::Api, show),
        patch("/api/v1/views/{id}", Who::Api, change),
        delete("/api/v1/views/{id}", Who::Api, remove),
    ]
}

/// A saved view.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewItem {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Who sees it: `personal`, `department`, `everyone`.
    pub audience: &'static str,
    /// Of which department it is.
    pub department: Option<i64>,
    /// Its conditions, as the query of `GET /tickets`.
    pub filter: String,
    /// Its order.
    pub sort: String,
    /// How many of its tickets you see, up to 500.
    pub count: Option<i64>,
    /// There are more than `count`.
    pub is_more: bool,
    /// You may change it.
    pub may_change: bool,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
}

/// What a view is to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewBody {
    /// Its name.
    pub name: Option<String>,
    /// `personal`, `department` or `everyone`.
    pub audience: Option<String>,
    /// The department's identifier.
    pub department: Option<i64>,
    /// Conditions, as the query of `GET /tickets`: `state=free&priority=4,5`.
    pub filter: Option<String>,
    /// Order, as `sort` of `GET /tickets`.
    pub sort: Option<String>,
}

async fn items(
    ask: &mut dyn Answers,
    app: &House,
    visitor: &ApiVisitor,
    views: &[View],
) -> Result<Vec<ViewItem>, Error> {
    let calendar = calendar(app, visitor);
    let counts = super::counts(ask, &visitor.actor, views, &calendar).await?;
    let items = views.iter().zip(counts).map(|(view, count)| ViewItem {
        id: view.id.0,
        name: view.name.clone(),
        audience: view.audience.word(),
        department: view.department_id.map(|d| d.0),
        filter: view.filter.clone(),
        sort: view.sort.clone(),
        count: count.map(|c| c.n),
        is_more: count.is_some_and(|c| c.is_more),
        may_change: view.allows(&visitor.actor),
        version: view.version,
    });
    Ok(items.collect())
}

async fn item(
    ask: &mut dyn Answers,
    app: &House,
    visitor: &ApiVisitor,
    view: &View,
) -> Result<ViewItem, Error> {
    let one = items(ask, app, visitor, std::slice::from_ref(view)).await?;
    let one = one.into_iter().next();
    one.ok_or_else(|| Error::bug("a view was not counted"))
}

/// Views you see.
#[utoipa::path(get, path = "/api/v1/views", tag = "views", responses((status = 200, body = [ViewItem])))]
pub async fn list(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let views = super::seen_by(&mut db, &visitor.actor).await?;
    let items = items(&mut db, &app, &visitor, &views).await?;
    Ok(json(StatusCode::OK, &items))
}

/// One view.
#[utoipa::path(get, path = "/api/v1/views/{id}", tag = "views", params(("id" = i64, Path)),
    responses((status = 200, body = ViewItem), (status = 404, description = "Not there, or not yours to see")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let view = super::find::<Read>(&mut db, &visitor.actor, id(&n)?).await?;
    Ok(json(
        StatusCode::OK,
        &item(&mut db, &app, &visitor, &view).await?,
    ))
}

fn id(text: &str) -> Result<ViewId, Error> {
    text.parse().map(ViewId).map_err(|_| Error::NotFound)
}

fn audience(word: &str) -> Result<Audience, Error> {
    Audience::of(word).ok_or_else(|| Error::invalid("audience", "fault-view-audience"))
}

fn order(sort: &str) -> Result<Order, Error> {
    Order::parse(sort).ok_or_else(|| Error::invalid("sort", "fault-filter"))
}

/// Makes a view.
#[utoipa::path(post, path = "/api/v1/views", tag = "views", request_body = ViewBody,
    responses((status = 201, body = ViewItem), (status = 403, description = "Sharing needs a right"), (status = 422, description = "Faults at fields")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<ViewBody>,
) -> Result<Response, Fail> {
    if !visitor.actor.is_permitted(crate::policy::permission::STAFF) {
        return Err(Error::Forbidden(kit::error::Because(crate::policy::permission::STAFF)).into());
    }
    let calendar = calendar(&app, &visitor);
    let wanted = Wanted {
        name: body.name.unwrap_or_default(),
        audience: match body.audience.as_deref() {
            None => Audience::Personal,
            Some(word) => audience(word)?,
        },
        department: body.department.map(DepartmentId),
        filter: Filter::of_text(body.filter.as_deref().unwrap_or_default(), &calendar)?,
        order: body.sort.as_deref().map_or(Ok(Order::USUAL), order)?,
    };
    let mut tx = app.db.write().await?;
    let id = super::create(&mut tx, &visitor.actor, &wanted, visitor.now()).await?;
    tx.commit().await?;
    let mut db = app.db.read();
    let view = super::find::<Read>(&mut db, &visitor.actor, id).await?;
    Ok(json(
        StatusCode::CREATED,
        &item(&mut db, &app, &visitor, &view).await?,
    ))
}

/// Changes what is named of a view.
#[utoipa::path(patch, path = "/api/v1/views/{id}", tag = "views", params(("id" = i64, Path)), request_body = ViewBody,
    responses((status = 200, body = ViewItem), (status = 403, description = "Not yours to change"), (status = 409, description = "Changed meanwhile")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<ViewBody>,
) -> Result<Response, Fail> {
    let calendar = calendar(&app, &visitor);
    let mut tx = app.db.write().await?;
    let view = super::find::<Change>(&mut tx, &visitor.actor, id(&n)?).await?;
    let wanted = Wanted {
        name: body.name.unwrap_or_else(|| view.name.clone()),
        audience: body
            .audience
            .as_deref()
            .map_or(Ok(view.audience), audience)?,
        department: body.department.map(DepartmentId).or(view.department_id),
        filter: match body.filter.as_deref() {
            Some(text) => Filter::of_text(text, &calendar)?,
            None => view.conditions(&calendar)?,
        },
        order: body.sort.as_deref().map_or(Ok(view.order()), order)?,
    };
    let seen = visitor.seen_version()?;
    super::change(&mut tx, &view, &visitor.actor, &wanted, seen).await?;
    tx.commit().await?;
    show(State(app), visitor, Path(n)).await
}

/// Deletes a view.
#[utoipa::path(delete, path = "/api/v1/views/{id}", tag = "views", params(("id" = i64, Path)),
    responses((status = 204, description = "Deleted"), (status = 403, description = "Not yours to change")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let mut tx = app.db.write().await?;
    let view = super::find::<Change>(&mut tx, &visitor.actor, id(&n)?).await?;
    visitor.must_match(view.version)?;
    super::delete(&mut tx, &view, None).await?;
    tx.commit().await?;
    Ok(axum::response::IntoResponse::into_response(
        StatusCode::NO_CONTENT,
    ))
}
