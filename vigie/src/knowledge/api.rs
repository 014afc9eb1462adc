//! The API twin of the knowledge base.

use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::{Error, Fields};
use words::language::Language;

mod wire;

use wire::{ArticleBody, ArticleItem, ArticleLines, ArticleQuery, NewArticleBody, item, line};

use super::rights::{Keep, Read};
use super::views::number;
use super::{ArticleId, Audience, Filter, State, Wanted, verbs};
use crate::audit::Pen;
use crate::departments::{CategoryId, DepartmentId};
use crate::house::App;
use crate::web::api::{ApiBody, ApiVisitor, Leafing, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, patch, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/articles", Who::Api, list),
        post("/api/v1/articles", Who::Api, create),
        get("/api/v1/articles/{id}", Who::Api, show),
        patch("/api/v1/articles/{id}", Who::Api, change),
        delete("/api/v1/articles/{id}", Who::Api, remove),
        post("/api/v1/articles/{id}/publication", Who::Api, publish),
        delete("/api/v1/articles/{id}/publication", Who::Api, withdraw),
    ]
}

fn audience(word: &str) -> Result<Audience, Error> {
    Audience::of(word).ok_or_else(|| Error::invalid("audience", "knowledge-fault-audience"))
}

fn language(code: &str) -> Result<Language, Error> {
    Language::parse(code).ok_or_else(|| Error::invalid("language", "fault-language"))
}

async fn answer(
    app: &App,
    visitor: &ApiVisitor,
    id: ArticleId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let article = super::find::<Read>(&mut db, actor, id).await?;
    let categories = super::categories_of(&mut db, actor, id).await?;
    let is_kept = super::find::<Keep>(&mut db, actor, id).await.is_ok();
    Ok(json(status, &item(&article, &categories, is_kept)))
}

/// The articles one sees, the newest first.
#[utoipa::path(get, path = "/api/v1/articles", tag = "articles", params(ArticleQuery),
    responses((status = 200, body = ArticleLines), (status = 422, description = "A parameter is none")))]
pub async fn list(
    Of(app): Of<App>,
    visitor: ApiVisitor,
    Query(query): Query<ArticleQuery>,
) -> Result<Response, Fail> {
    let mut faults = Fields::default();
    let leafing = Leafing::of(query.limit, query.cursor.as_deref(), &mut faults);
    let state = query.state.as_deref().map(State::of);
    faults.require(state != Some(None), "state", "knowledge-fault-state");
    faults.settle()?;
    let filter = Filter {
        state: state.flatten(),
        language: query.language.as_deref().map(language).transpose()?,
        department: query.department.map(DepartmentId),
        category: query.category.map(CategoryId),
        ..Filter::default()
    };
    let before = leafing.after.map(ArticleId);
    let (actor, filter, most) = (&visitor.actor, filter.holding(&query.q), leafing.rows());
    let mut all = super::list(&mut app.db.read(), actor, &filter, before, most).await?;
    let body = ArticleLines {
        next: leafing.cut(&mut all, |it| it.id.0),
        items: all.into_iter().map(line).collect(),
    };
    Ok(json(StatusCode::OK, &body))
}

/// Writes an article, as a draft.
#[utoipa::path(post, path = "/api/v1/articles", request_body = NewArticleBody, tag = "articles",
    responses((status = 201, body = ArticleItem), (status = 403, description = "A right is missing"), (status = 422, description = "Faults at fields")))]
pub async fn create(
    Of(app): Of<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<NewArticleBody>,
) -> Result<Response, Fail> {
    let actor = &visitor.actor;
    let audience = body
        .audience
        .as_deref()
        .map_or(Ok(Audience::Staff), audience)?;
    let wanted = Wanted {
        title: body.title,
        body: body.body,
        language: body
            .language
            .as_deref()
            .map_or(Ok(Language::French), language)?,
        categories: body.categories.into_iter().map(CategoryId).collect(),
    };
    let mut tx = app.db.write().await?;
    let department = body.department.map(DepartmentId);
    let shelf = super::shelf(&mut tx, actor, audience, department).await?;
    let id = verbs::add(&mut tx, &shelf, actor, &wanted, visitor.now()).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// An article.
#[utoipa::path(get, path = "/api/v1/articles/{id}", params(("id" = i64, Path, description = "The article")), tag = "articles",
    responses((status = 200, body = ArticleItem), (status = 404, description = "Not there, or not for you")))]
pub async fn show(
    Of(app): Of<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?, StatusCode::OK).await
}

/// Changes an article; what it said before is kept.
#[utoipa::path(patch, path = "/api/v1/articles/{id}", request_body = ArticleBody, tag = "articles",
    params(("id" = i64, Path, description = "The article"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = ArticleItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not for you"),
        (status = 409, description = "Changed meanwhile; both sides"), (status = 422, description = "Faults at fields")))]
pub async fn change(
    Of(app): Of<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<ArticleBody>,
) -> Result<Response, Fail> {
    let (actor, id) = (&visitor.actor, number(&id)?);
    let mut tx = app.db.write().await?;
    let article = super::find_to_change::<Keep>(&mut tx, actor, id).await?;
    let stands = super::categories_of(&mut tx, actor, id).await?;
    let audience = body
        .audience
        .as_deref()
        .map_or(Ok(article.audience), audience)?;
    let department = match body.department {
        Some(0) => None,
        Some(id) => Some(DepartmentId(id)),
        None => article.department_id,
    };
    let wanted = Wanted {
        title: body.title.unwrap_or_else(|| article.title.clone()),
        body: body.body.unwrap_or_else(|| article.body.clone()),
        language: body
            .language
            .as_deref()
            .map_or(Ok(article.language()), language)?,
        categories: match body.categories {
            Some(all) => all.into_iter().map(CategoryId).collect(),
            None => stands.into_iter().map(|it| it.id).collect(),
        },
    };
    let shelf = super::shelf(&mut tx, actor, audience, department).await?;
    let pen = Pen::of(actor, visitor.now());
    verbs::change(
        &mut tx,
        &article,
        &shelf,
        visitor.seen_version()?,
        &wanted,
        pen,
    )
    .await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}

/// Publishes an article, or brings back what was withdrawn.
#[utoipa::path(post, path = "/api/v1/articles/{id}/publication", tag = "articles",
    params(("id" = i64, Path, description = "The article"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = ArticleItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not for you"),
        (status = 409, description = "Changed meanwhile")))]
pub async fn publish(
    Of(app): Of<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (actor, id) = (&visitor.actor, number(&id)?);
    let mut tx = app.db.write().await?;
    let article = super::find_to_change::<Keep>(&mut tx, actor, id).await?;
    let pen = Pen::of(actor, visitor.now());
    verbs::publish(&mut tx, &article, visitor.seen_version()?, pen).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}

/// Takes a published article back from its readers.
#[utoipa::path(delete, path = "/api/v1/articles/{id}/publication", tag = "articles",
    params(("id" = i64, Path, description = "The article"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = ArticleItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not for you"),
        (status = 409, description = "Changed meanwhile")))]
pub async fn withdraw(
    Of(app): Of<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (actor, id) = (&visitor.actor, number(&id)?);
    let mut tx = app.db.write().await?;
    let article = super::find_to_change::<Keep>(&mut tx, actor, id).await?;
    let pen = Pen::of(actor, visitor.now());
    verbs::withdraw(&mut tx, &article, visitor.seen_version()?, pen).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}

/// Throws an article away that is not published.
#[utoipa::path(delete, path = "/api/v1/articles/{id}", tag = "articles",
    params(("id" = i64, Path, description = "The article"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 204, description = "It is gone"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not for you"),
        (status = 409, description = "Changed meanwhile"), (status = 422, description = "It is published")))]
pub async fn remove(
    Of(app): Of<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (actor, id) = (&visitor.actor, number(&id)?);
    let mut tx = app.db.write().await?;
    let article = super::find_to_change::<Keep>(&mut tx, actor, id).await?;
    let pen = Pen::of(actor, visitor.now());
    verbs::remove(&mut tx, &article, visitor.seen_version()?, pen).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
