//! The API twin of the pages on which teams are kept.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Team, TeamId, TeamMember, TeamPlace};
use crate::administration::{leaving, teams as deeds};
use crate::departments::DepartmentId;
use crate::departments::api::RemovalQuery;
use crate::house::{App, House};
use crate::people::PersonId;
use crate::policy::Level;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, patch, post, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/teams", Who::Api, list),
        post("/api/v1/teams", Who::Api, create),
        get("/api/v1/teams/{id}", Who::Api, show),
        patch("/api/v1/teams/{id}", Who::Api, rename),
        delete("/api/v1/teams/{id}", Who::Api, remove),
        post("/api/v1/teams/{id}/members", Who::Api, add_member),
        delete(
            "/api/v1/teams/{id}/members/{person}",
            Who::Api,
            remove_member,
        ),
        put(
            "/api/v1/teams/{id}/departments/{department}",
            Who::Api,
            set_level,
        ),
    ]
}

/// A team in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedTeam {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How many agents are in it.
    pub members: i64,
    /// In how many departments it gives something.
    pub departments: i64,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
}

/// Every team.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamItems {
    /// They, by name.
    pub items: Vec<ListedTeam>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// An agent in a team.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamPerson {
    /// Their identifier.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// They may not come in any more.
    pub is_disabled: bool,
}

/// What a team gives in a department.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamDepartment {
    /// The department's identifier.
    pub department: i64,
    /// Its name.
    pub name: String,
    /// `assigned`, `view` or `edit`.
    pub level: &'static str,
}

/// A team.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamItem {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Who is in it, by name.
    pub members: Vec<TeamPerson>,
    /// Where it gives something, by name.
    pub departments: Vec<TeamDepartment>,
    /// Grows with every change, of its members and departments too; send it back in `If-Match`.
    pub version: i64,
}

/// What a team is called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamBody {
    /// Its name.
    name: String,
}

/// Who is taken into a team.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamMemberBody {
    /// Their address or login.
    person: String,
}

/// What a team is to give in a department.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamLevelBody {
    /// `assigned`, `view` or `edit`; null is nothing.
    level: Option<String>,
    /// Release the open tickets of those who would handle no more.
    #[serde(default)]
    release: bool,
    /// Give them out again by their categories' rules instead.
    #[serde(default)]
    give_out: bool,
    /// Give them to this colleague instead.
    give_to: Option<i64>,
}

fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

fn team_id(text: &str) -> Result<TeamId, Error> {
    number(text).map(TeamId)
}

/// Every team. For whoever manages people and sees everything.
#[utoipa::path(get, path = "/api/v1/teams", operation_id = "teams", tag = "people",
    responses((status = 200, body = TeamItems), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers")))]
pub async fn list(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let may = super::keeper(&visitor.actor)?;
    let all = super::all(&mut app.db.read(), &may).await?;
    let item = |team: Team| ListedTeam {
        id: team.id.0,
        name: team.name,
        members: team.members,
        departments: team.departments,
        version: team.version,
    };
    let body = TeamItems {
        items: all.into_iter().map(item).collect(),
        next: None,
    };
    Ok(json(StatusCode::OK, &body))
}

async fn answer(
    app: &House,
    visitor: &ApiVisitor,
    id: TeamId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let may = super::keeper(&visitor.actor)?;
    let mut db = app.db.read();
    let team = super::one(&mut db, &may, id).await?;
    let person = |it: TeamMember| TeamPerson {
        person: it.person_id.0,
        name: it.name,
        is_disabled: it.is_disabled,
    };
    let place = |it: TeamPlace| TeamDepartment {
        department: it.department_id.0,
        name: it.department,
        level: it.level.word(),
    };
    let members = super::members(&mut db, id).await?;
    let departments = super::places(&mut db, id).await?;
    let item = TeamItem {
        id: team.id.0,
        name: team.name,
        members: members.into_iter().map(person).collect(),
        departments: departments.into_iter().map(place).collect(),
        version: team.version,
    };
    let mut response = json(status, &item);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", item.version)) {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

/// A team, its members and what it gives them. For whoever manages people and sees everything.
#[utoipa::path(get, path = "/api/v1/teams/{id}", operation_id = "team", tag = "people", params(("id" = i64, Path, description = "The team")),
    responses((status = 200, body = TeamItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not for customers")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    answer(&app, &visitor, team_id(&id)?, StatusCode::OK).await
}

/// Makes a team, with nobody in it.
#[utoipa::path(post, path = "/api/v1/teams", operation_id = "make_team", request_body = TeamBody, tag = "people",
    responses((status = 201, body = TeamItem), (status = 403, description = "A right is missing"), (status = 422, description = "Faults at fields")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<TeamBody>,
) -> Result<Response, Fail> {
    let id = deeds::create(&app.db, &visitor.actor, &body.name, visitor.now()).await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Gives a team another name.
#[utoipa::path(patch, path = "/api/v1/teams/{id}", operation_id = "rename_team", request_body = TeamBody, tag = "people",
    params(("id" = i64, Path, description = "The team"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = TeamItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn rename(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<TeamBody>,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let id = team_id(&id)?;
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    deeds::rename(&app.db, &visitor.actor, id, seen, &body.name, now).await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}

/// Dissolves a team: what it gave is gone at once.
#[utoipa::path(delete, path = "/api/v1/teams/{id}", operation_id = "remove_team", tag = "people",
    params(RemovalQuery, ("id" = i64, Path, description = "The team"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 204, description = "Dissolved"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Members hold open tickets")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    Query(query): Query<RemovalQuery>,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let id = team_id(&id)?;
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    let fate = leaving::said(query.release, query.give_out, query.give_to)?;
    deeds::remove(&app.db, &visitor.actor, id, seen, fate, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Takes an agent into a team. For whoever may let them into each of its departments.
#[utoipa::path(post, path = "/api/v1/teams/{id}/members", operation_id = "add_team_member", request_body = TeamMemberBody, tag = "people",
    params(("id" = i64, Path, description = "The team"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 201, body = TeamItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn add_member(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<TeamMemberBody>,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let id = team_id(&id)?;
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    deeds::add_member(&app.db, &visitor.actor, id, seen, &body.person, now).await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Takes somebody out of a team: what it gave them is gone at once.
#[utoipa::path(delete, path = "/api/v1/teams/{id}/members/{person}", operation_id = "remove_team_member", tag = "people",
    params(RemovalQuery, ("id" = i64, Path, description = "The team"), ("person" = i64, Path, description = "The person"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 204, description = "They left"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "They hold open tickets")))]
pub async fn remove_member(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((id, person)): Path<(String, String)>,
    Query(query): Query<RemovalQuery>,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let (id, person) = (team_id(&id)?, PersonId(number(&person)?));
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    let fate = leaving::said(query.release, query.give_out, query.give_to)?;
    deeds::remove_member(&app.db, &visitor.actor, id, seen, person, fate, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Says what a team gives in a department. For whoever decides who belongs there.
#[utoipa::path(put, path = "/api/v1/teams/{id}/departments/{department}", operation_id = "set_team_level", request_body = TeamLevelBody, tag = "people",
    params(("id" = i64, Path, description = "The team"), ("department" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = TeamItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Members hold open tickets; or faults at fields")))]
pub async fn set_level(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((id, department)): Path<(String, String)>,
    ApiBody(body): ApiBody<TeamLevelBody>,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let (id, department) = (team_id(&id)?, DepartmentId(number(&department)?));
    let level = match body.level.as_deref() {
        None => None,
        Some(word) => {
            let unknown = || Error::invalid("level", "teams-fault-level");
            Some(Level::of(word).ok_or_else(unknown)?)
        }
    };
    let fate = leaving::said(body.release, body.give_out, body.give_to)?;
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    let wanted = vec![(department, level)];
    deeds::set_levels(&app.db, &visitor.actor, id, seen, wanted, fate, now).await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}
