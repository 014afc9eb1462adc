//! The API twin of the pages on which roles are kept.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kit::error::{Because, Error};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Own, RoleId, Wanted};
use crate::administration::roles as deeds;
use crate::audit::Pen;
use crate::house::{App, House};
use crate::policy::Role;
use crate::policy::roles::{Granted, PERMISSIONS};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, patch, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/roles", Who::Api, list),
        post("/api/v1/roles", Who::Api, clone),
        get("/api/v1/roles/{id}", Who::Api, show),
        patch("/api/v1/roles/{id}", Who::Api, change),
        delete("/api/v1/roles/{id}", Who::Api, remove),
    ]
}

/// A role.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleItem {
    /// What names it: `owner`, `admin`, `agent`, `trainee`, `viewer`, `advisor`, or the number of one of the
    /// desk's own.
    pub id: String,
    /// Name of one of the desk's own; null for those of every desk.
    pub name: Option<String>,
    /// `owner`, `admin` or `agent`. Owners and administrators have every privilege in every department.
    pub rank: &'static str,
    /// The role of every desk that it comes from; null for those of every desk.
    pub parent: Option<&'static str>,
    /// What it grants.
    pub permissions: Vec<&'static str>,
    /// What it grants beside its parent.
    pub added: Vec<&'static str>,
    /// What its parent grants, and it does not.
    pub removed: Vec<&'static str>,
    /// How many have it.
    pub people: i64,
    /// Grows with every change; send it back in `If-Match`. Null for those of every desk.
    pub version: Option<i64>,
}

/// Every role.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleItems {
    /// Those of every desk, then the desk's own, by name.
    pub items: Vec<RoleItem>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

fn list_of(granted: Granted) -> Vec<&'static str> {
    granted.list().map(|it| it.word).collect()
}

fn rank(role: Role) -> &'static str {
    match role {
        Role::Owner | Role::Admin => role.word(),
        _ => Role::Agent.word(),
    }
}

fn item(role: Role, own: Option<&Own>, people: i64) -> RoleItem {
    let (added, removed) = own.map(Own::differs).unwrap_or_default();
    RoleItem {
        id: role.code(),
        name: own.map(|own| own.name.clone()),
        rank: rank(role),
        parent: own.map(|own| own.parent.word()),
        permissions: list_of(role.granted()),
        added: list_of(added),
        removed: list_of(removed),
        people,
        version: own.map(|own| own.version),
    }
}

/// Every role. For whoever manages roles.
#[utoipa::path(get, path = "/api/v1/roles", tag = "people",
    responses((status = 200, body = RoleItems), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers")))]
pub async fn list(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let mut db = app.db.read();
    let shipped = super::counts(&mut db).await?;
    let own = super::all(&mut db).await?;
    let shipped = shipped
        .into_iter()
        .map(|(role, people)| item(role, None, people));
    let own = own.iter().map(|it| item(it.role(), Some(it), it.people));
    let body = RoleItems {
        items: shipped.chain(own).collect(),
        next: None,
    };
    Ok(json(StatusCode::OK, &body))
}

async fn answer(app: &House, code: &str, status: StatusCode) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let (role, own) = super::named(&mut db, code).await?.ok_or(Error::NotFound)?;
    let people = i64::try_from(super::holders(&mut db, role).await?.len()).unwrap_or(i64::MAX);
    let item = item(role, own.as_ref(), people);
    let mut response = json(status, &item);
    let tag = item
        .version
        .map(|it| HeaderValue::from_str(&format!("\"{it}\"")));
    if let Some(Ok(tag)) = tag {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

/// A role. For whoever manages roles.
#[utoipa::path(get, path = "/api/v1/roles/{id}", tag = "people", params(("id" = String, Path, description = "What names the role")),
    responses((status = 200, body = RoleItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not for customers")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(code): Path<String>,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    answer(&app, &code, StatusCode::OK).await
}

/// A role to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRoleBody {
    /// Its name.
    name: String,
    /// What names the role that it is a clone of.
    from: String,
}

/// Clones a role. For whoever manages roles, and has what it grants.
#[utoipa::path(post, path = "/api/v1/roles", request_body = NewRoleBody, tag = "people",
    responses((status = 201, body = RoleItem), (status = 403, description = "A right is missing"), (status = 422, description = "Faults at fields")))]
pub async fn clone(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<NewRoleBody>,
) -> Result<Response, Fail> {
    let may = super::keeper(&visitor.actor)?;
    let mut tx = app.db.write().await?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let actor = &visitor.actor;
    let id = super::clone(&mut tx, actor, &may, &body.from, &body.name, pen).await?;
    tx.commit().await?;
    answer(&app, &id.to_string(), StatusCode::CREATED).await
}

/// What to change of a role; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleBody {
    /// Its name.
    name: Option<String>,
    /// Every permission it grants afterwards.
    permissions: Option<Vec<String>>,
}

fn number(code: &str) -> Result<RoleId, Error> {
    if Role::of(code).is_some() {
        return Err(Error::Forbidden(Because("right-shipped-role")));
    }
    code.parse().map(RoleId).map_err(|_| Error::NotFound)
}

/// Changes a role of the desk's own. For whoever manages roles, within what they have themselves.
#[utoipa::path(patch, path = "/api/v1/roles/{id}", request_body = RoleBody, tag = "people",
    params(("id" = String, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = RoleItem), (status = 403, description = "A right is missing, or it is a role of every desk"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(code): Path<String>,
    ApiBody(body): ApiBody<RoleBody>,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let id = number(&code)?;
    let standing = super::named(&mut app.db.read(), &code).await?;
    let (_, standing) = standing.ok_or(Error::NotFound)?;
    let standing = standing.ok_or(Error::NotFound)?;
    let granted = match &body.permissions {
        None => standing.granted(),
        Some(words) => {
            let known = |word: &String| PERMISSIONS.iter().any(|it| it.word == word.as_str());
            if !words.iter().all(known) {
                return Err(Error::invalid("permissions", "roles-fault-permission").into());
            }
            Granted::chosen(|it| words.iter().any(|word| word == it.word))
        }
    };
    let wanted = Wanted {
        name: body.name.unwrap_or_else(|| standing.name.clone()),
        granted,
    };
    // What was left out was read here: nobody may have changed it since.
    let seen = visitor.seen_version()?.unwrap_or(standing.version);
    let now = app.clock.now();
    deeds::change(&app.db, &visitor.actor, id, Some(seen), &wanted, now).await?;
    answer(&app, &code, StatusCode::OK).await
}

/// Throws a role of the desk's own away that nobody has. For whoever manages roles.
#[utoipa::path(delete, path = "/api/v1/roles/{id}", tag = "people",
    params(("id" = String, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 204, description = "Thrown away"), (status = 403, description = "A right is missing, or it is a role of every desk"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Somebody has it")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(code): Path<String>,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let id = number(&code)?;
    let seen = visitor.seen_version()?;
    deeds::remove(&app.db, &visitor.actor, id, seen, app.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
