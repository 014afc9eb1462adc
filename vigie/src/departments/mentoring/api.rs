//! The API twin of mentors.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::departments::rights::{self, ChangeMembers};
use crate::departments::{DepartmentId, number};
use crate::house::{App, House};
use crate::people::PersonId;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/departments/{id}/mentors", Who::Api, list),
        put(
            "/api/v1/departments/{id}/mentors/{person}",
            Who::Api,
            change,
        ),
    ]
}

/// An agent.
#[derive(Debug, Serialize, ToSchema)]
pub struct MentoringAgent {
    /// Their identifier.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// A member of a department, with their mentors.
#[derive(Debug, Serialize, ToSchema)]
pub struct MentoredItem {
    /// The member.
    pub trainee: MentoringAgent,
    /// Who looks after them, by name.
    pub mentors: Vec<MentoringAgent>,
}

/// Everybody who belongs to a department.
#[derive(Debug, Serialize, ToSchema)]
pub struct Mentorings {
    /// They, by name.
    pub items: Vec<MentoredItem>,
    /// The version of the department, which the next change names.
    pub version: i64,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// The mentors of somebody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MentorsBody {
    /// Addresses or logins of agents; none ends it.
    pub mentors: Vec<String>,
}

async fn answer(app: &House, visitor: &ApiVisitor, id: DepartmentId) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let all = super::in_department(&mut db, &department).await?;
    let items = all.into_iter().map(|one| MentoredItem {
        trainee: MentoringAgent {
            id: one.member.person_id.0,
            name: one.member.name,
            email: one.member.email,
        },
        mentors: one
            .mentors
            .into_iter()
            .map(|it| MentoringAgent {
                id: it.mentor_id.0,
                name: it.name,
                email: it.email,
            })
            .collect(),
    });
    let body = Mentorings {
        items: items.collect(),
        version: department.version,
        next: None,
    };
    Ok(json(StatusCode::OK, &body))
}

/// Who belongs to a department, and who their mentors are.
#[utoipa::path(get, path = "/api/v1/departments/{id}/mentors", operation_id = "mentors", tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = Mentorings), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?).await
}

/// Says who the mentors of a member are. They see and may nothing by it.
#[utoipa::path(put, path = "/api/v1/departments/{id}/mentors/{person}", operation_id = "say_mentors", request_body = MentorsBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("person" = i64, Path, description = "The member"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 200, body = Mentorings), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "Somebody is no agent, is shut out, or is the member themselves")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((id, person)): Path<(String, String)>,
    ApiBody(body): ApiBody<MentorsBody>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let person: PersonId = person.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    let (actor, seen) = (&visitor.actor, visitor.seen_version()?);
    let mut tx = app.db.write().await?;
    let department = rights::find_to_change::<ChangeMembers>(&mut tx, actor, id).await?;
    let mentors = super::typed(&mut tx, actor, &body.mentors.join(",")).await?;
    let now = visitor.now();
    super::say(&mut tx, &department, actor, seen, person, &mentors, now).await?;
    tx.commit().await?;
    answer(&app, &visitor, id).await
}
