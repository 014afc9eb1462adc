//! The API twin of a department's permanent invitees.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::departments::DepartmentId;
use crate::departments::rights::{self, ChangeMembers};
use crate::house::{App, House};
use crate::people::{PersonId, directory};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/departments/{id}/invitees", Who::Api, list),
        post("/api/v1/departments/{id}/invitees", Who::Api, add),
        delete(
            "/api/v1/departments/{id}/invitees/{person}",
            Who::Api,
            remove,
        ),
    ]
}

/// Somebody who is let in to each ticket of a department.
#[derive(Debug, Serialize, ToSchema)]
pub struct PermanentInviteeItem {
    /// Their identifier.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Shut out: not let in meanwhile.
    pub disabled: bool,
}

/// Everybody who is.
#[derive(Debug, Serialize, ToSchema)]
pub struct PermanentInvitees {
    /// They, by name.
    pub items: Vec<PermanentInviteeItem>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// Somebody to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PermanentInviteeBody {
    /// Their address or login.
    person: String,
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
    let mut db = app.db.read();
    rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let all = super::of(&mut db, id).await?;
    let items = all.into_iter().map(|one| PermanentInviteeItem {
        id: one.person_id.0,
        name: one.name,
        email: one.email,
        disabled: one.disabled_at.is_some(),
    });
    let body = PermanentInvitees {
        items: items.collect(),
        next: None,
    };
    Ok(json(status, &body))
}

/// The permanent invitees of a department.
#[utoipa::path(get, path = "/api/v1/departments/{id}/invitees", operation_id = "permanent_invitees", tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = PermanentInvitees), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, DepartmentId(number(&id)?), StatusCode::OK).await
}

/// Lets somebody in to every ticket that is opened there or sent there from now on.
#[utoipa::path(post, path = "/api/v1/departments/{id}/invitees", operation_id = "add_permanent_invitee", request_body = PermanentInviteeBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 201, body = PermanentInvitees), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "Nobody goes by that, or they are shut out")))]
pub async fn add(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<PermanentInviteeBody>,
) -> Result<Response, Fail> {
    let id = DepartmentId(number(&id)?);
    let (actor, seen) = (&visitor.actor, visitor.seen_version()?);
    let mut tx = app.db.write().await?;
    let department = rights::find_to_change::<ChangeMembers>(&mut tx, actor, id).await?;
    let typed = body.person.trim();
    let person = directory::named(&mut tx, actor, typed)
        .await?
        .ok_or_else(|| Error::invalid_with("person", "fault-person-unknown", typed.to_owned()))?;
    super::add(&mut tx, &department, actor, seen, &person, visitor.now()).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Strikes somebody from the rule; tickets they are on stay as they are.
#[utoipa::path(delete, path = "/api/v1/departments/{id}/invitees/{person}", operation_id = "remove_permanent_invitee", tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("person" = i64, Path, description = "The person"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 204, description = "They are struck"), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((id, person)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let (id, person) = (DepartmentId(number(&id)?), PersonId(number(&person)?));
    let (actor, seen) = (&visitor.actor, visitor.seen_version()?);
    let mut tx = app.db.write().await?;
    let department = rights::find_to_change::<ChangeMembers>(&mut tx, actor, id).await?;
    super::remove(&mut tx, &department, actor, seen, person, visitor.now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
