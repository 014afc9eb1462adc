//! The API twin of the pages on which departments are administered.

mod wire;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use kit::error::{Error, Fields};

pub use wire::RemovalQuery;
use wire::{
    CategoryAdminItem, CategoryBody, DepartmentBody, DepartmentItem, MemberBody, MemberItem,
    NewCategoryBody, NewDepartmentBody, NewMemberBody,
};

use super::admin::{self, Properties};
use super::categories::{self, CategoryChange};
use super::rights::{self, ChangeMembers, Inspect};
use super::{CategoryId, DepartmentId};
use crate::administration::departments::{self as deeds, MemberChange};
use crate::administration::leaving;
use crate::house::{App, House};
use crate::people::PersonId;
use crate::policy::{Level, Privilege, Service};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, patch, post};

/// The addresses of this part of the API. Reading the list is with tickets.
pub fn routes() -> Vec<Route> {
    vec![
        post("/api/v1/departments", Who::Api, create),
        get("/api/v1/departments/{id}", Who::Api, show),
        patch("/api/v1/departments/{id}", Who::Api, change),
        post(
            "/api/v1/departments/{id}/categories",
            Who::Api,
            add_category,
        ),
        patch(
            "/api/v1/departments/{id}/categories/{category}",
            Who::Api,
            change_category,
        ),
        post("/api/v1/departments/{id}/members", Who::Api, add_member),
        patch(
            "/api/v1/departments/{id}/members/{person}",
            Who::Api,
            change_member,
        ),
        delete(
            "/api/v1/departments/{id}/members/{person}",
            Who::Api,
            remove_member,
        ),
    ]
}

fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn answer(
    app: &House,
    visitor: &ApiVisitor,
    id: DepartmentId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let found = rights::find::<Inspect>(&mut db, actor, id).await?;
    let categories = categories::tree(&mut db, id).await?;
    let members = if found.allows::<ChangeMembers>(actor) {
        Some(admin::members(&mut db, id).await?)
    } else {
        None
    };
    let item = DepartmentItem {
        id: id.0,
        name: found.name.clone(),
        active: found.is_active,
        anonymous: found.is_anonymous,
        default_category: found.default_category_id.map(|c| c.0),
        categories: categories
            .into_iter()
            .map(|(_, c)| CategoryAdminItem {
                id: c.id.0,
                name: c.name,
                parent: c.parent_id.map(|p| p.0),
                active: c.is_active,
                version: c.version,
            })
            .collect(),
        members: members.map(|all| {
            all.into_iter()
                .map(|m| MemberItem {
                    person: m.person_id.0,
                    level: m.level.word(),
                    services: Service::read(&m.services)
                        .into_iter()
                        .map(Service::word)
                        .collect(),
                    privileges: words_of(&m.privileges),
                    available: m.is_available,
                    rate: m.rate,
                    name: m.name,
                    email: m.email,
                    version: m.version,
                })
                .collect()
        }),
        version: found.version,
    };
    let mut response = json(status, &item);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", item.version)) {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

fn words_of(stored: &str) -> Vec<&'static str> {
    Privilege::read(stored)
        .into_iter()
        .map(Privilege::word)
        .collect()
}

/// Makes a department, with a first category. For administrators.
#[utoipa::path(post, path = "/api/v1/departments", request_body = NewDepartmentBody, tag = "departments",
    responses((status = 201, body = DepartmentItem), (status = 403, description = "A right is missing"), (status = 422, description = "Faults at fields")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<NewDepartmentBody>,
) -> Result<Response, Fail> {
    let id = deeds::create(
        &app.db,
        &visitor.actor,
        &body.name,
        body.active,
        visitor.words.language,
        visitor.now(),
    )
    .await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// A department that one administers, whole or in part.
#[utoipa::path(get, path = "/api/v1/departments/{id}", params(("id" = i64, Path, description = "The department")), tag = "departments",
    responses((status = 200, body = DepartmentItem), (status = 404, description = "Not there, or not to be administered")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, DepartmentId(number(&id)?), StatusCode::OK).await
}

/// Changes a department's properties.
#[utoipa::path(patch, path = "/api/v1/departments/{id}", request_body = DepartmentBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = DepartmentItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be administered"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<DepartmentBody>,
) -> Result<Response, Fail> {
    let (actor, id) = (&visitor.actor, DepartmentId(number(&id)?));
    let standing = rights::find::<Inspect>(&mut app.db.read(), actor, id).await?;
    let default = body.default_category.map(|c| c.map(CategoryId));
    let wanted = Properties {
        name: body.name.as_deref().unwrap_or(&standing.name),
        is_active: body.active.unwrap_or(standing.is_active),
        is_anonymous: body.anonymous.unwrap_or(standing.is_anonymous),
        default_category: default.unwrap_or(standing.default_category_id),
    };
    // What was left out was read here: nobody may have changed it since.
    let seen = visitor.seen_version()?.unwrap_or(standing.version);
    deeds::change(&app.db, actor, id, Some(seen), &wanted, app.clock.now()).await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}

/// Adds a category.
#[utoipa::path(post, path = "/api/v1/departments/{id}/categories", request_body = NewCategoryBody, tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 201, body = DepartmentItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be administered"),
        (status = 422, description = "Faults at fields")))]
pub async fn add_category(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<NewCategoryBody>,
) -> Result<Response, Fail> {
    let id = DepartmentId(number(&id)?);
    let parent = body.parent.map(CategoryId);
    deeds::add_category(
        &app.db,
        &visitor.actor,
        id,
        &body.name,
        parent,
        app.clock.now(),
    )
    .await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Renames, moves, opens or shuts a category.
#[utoipa::path(patch, path = "/api/v1/departments/{id}/categories/{category}", request_body = CategoryBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("category" = i64, Path, description = "The category"), ("If-Match" = Option<String>, Header, description = "The version of the category one saw")),
    responses((status = 200, body = DepartmentItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be administered"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn change_category(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((id, which)): Path<(String, String)>,
    ApiBody(body): ApiBody<CategoryBody>,
) -> Result<Response, Fail> {
    let (actor, id) = (&visitor.actor, DepartmentId(number(&id)?));
    let which = CategoryId(number(&which)?);
    let mut db = app.db.read();
    rights::find::<Inspect>(&mut db, actor, id).await?;
    let tree = categories::tree(&mut db, id).await?;
    let found = tree.into_iter().find(|(_, c)| c.id == which);
    let (_, standing) = found.ok_or(Error::NotFound)?;
    let parent = body.parent.map(|p| p.map(CategoryId));
    let wanted = CategoryChange {
        name: body.name.as_deref().unwrap_or(&standing.name),
        parent: parent.unwrap_or(standing.parent_id),
        is_active: body.active.unwrap_or(standing.is_active),
    };
    let seen = visitor.seen_version()?.unwrap_or(standing.version);
    deeds::change_category(
        &app.db,
        actor,
        id,
        which,
        Some(seen),
        &wanted,
        app.clock.now(),
    )
    .await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}

fn level(word: &str) -> Result<Level, Error> {
    Level::of(word).ok_or_else(|| Error::invalid("level", "fault-level"))
}

/// What a membership is to hold for.
///
/// # Errors
/// `Invalid` at `services` for a word that is none.
pub fn services(words: &[String]) -> Result<Vec<Service>, Error> {
    let known: Vec<Service> = words.iter().filter_map(|word| Service::of(word)).collect();
    if known.len() == words.len() {
        // Each once, in one order, so that the same set is stored as the same text.
        return Ok(Service::read(&Service::store(&known)));
    }
    Err(Error::invalid("services", "fault-services"))
}

/// Lets an agent into the department.
#[utoipa::path(post, path = "/api/v1/departments/{id}/members", request_body = NewMemberBody, tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 201, body = DepartmentItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be administered"),
        (status = 422, description = "Faults at fields")))]
pub async fn add_member(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<NewMemberBody>,
) -> Result<Response, Fail> {
    let id = DepartmentId(number(&id)?);
    let level = body.level.as_deref().map_or(Ok(Level::Edit), level)?;
    let services = match body.services.as_deref() {
        Some(words) => services(words)?,
        None => Service::ALL.to_vec(),
    };
    deeds::add_member(
        &app.db,
        &visitor.actor,
        id,
        &body.person,
        (level, &services),
        app.clock.now(),
    )
    .await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Changes what a member may do.
#[utoipa::path(patch, path = "/api/v1/departments/{id}/members/{person}", request_body = MemberBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("person" = i64, Path, description = "The person"), ("If-Match" = Option<String>, Header, description = "The version of the membership one saw")),
    responses((status = 200, body = DepartmentItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be administered"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "They hold open tickets; or faults at fields")))]
pub async fn change_member(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((id, person)): Path<(String, String)>,
    ApiBody(body): ApiBody<MemberBody>,
) -> Result<Response, Fail> {
    let (actor, id) = (&visitor.actor, DepartmentId(number(&id)?));
    let person = PersonId(number(&person)?);
    let mut faults = Fields::default();
    let privileges = body.privileges.map(|words| {
        let known: Vec<_> = words.iter().filter_map(|w| Privilege::of(w)).collect();
        faults.require(known.len() == words.len(), "privileges", "fault-privilege");
        known
    });
    faults.settle()?;
    let wanted = MemberChange {
        level: body.level.as_deref().map(level).transpose()?,
        privileges,
        services: body.services.as_deref().map(services).transpose()?,
        is_available: body.available,
        rate: body.rate,
        fate: leaving::said(body.release, body.give_out, body.give_to)?,
    };
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    deeds::change_member(&app.db, actor, id, person, seen, wanted, now).await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}

/// Takes a member out of the department.
#[utoipa::path(delete, path = "/api/v1/departments/{id}/members/{person}", tag = "departments",
    params(RemovalQuery, ("id" = i64, Path, description = "The department"), ("person" = i64, Path, description = "The person"), ("If-Match" = Option<String>, Header, description = "The version of the membership one saw")),
    responses((status = 204, description = "They left"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be administered"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "They hold open tickets")))]
pub async fn remove_member(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((id, person)): Path<(String, String)>,
    Query(query): Query<RemovalQuery>,
) -> Result<Response, Fail> {
    use axum::response::IntoResponse;
    let (actor, id) = (&visitor.actor, DepartmentId(number(&id)?));
    let person = PersonId(number(&person)?);
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    let fate = leaving::said(query.release, query.give_out, query.give_to)?;
    deeds::remove_member(&app.db, actor, id, person, seen, fate, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
