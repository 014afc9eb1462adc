//! The API twin of the inspector.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Glimpse, Look, Seer, Share, Verdict};
use crate::departments::DepartmentId;
use crate::departments::sharing::ByTag;
use crate::house::App;
use crate::people::PersonId;
use crate::policy::grounds::Ground;
use crate::tickets::TicketId;
use crate::web::api::{ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/tickets/{number}/access", Who::Api, of_ticket),
        get(
            "/api/v1/tickets/{number}/access/{person}",
            Who::Api,
            of_both,
        ),
        get("/api/v1/people/{id}/access", Who::Api, of_person),
        get("/api/v1/departments/{id}/access", Who::Api, of_department),
    ]
}

/// Whether and why somebody sees a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessVerdict {
    /// The person's identifier.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// They see the ticket.
    pub sees: bool,
    /// What its visibility shows to them all the same: `subject` or `words`; null when they see it, or nothing of it.
    pub glimpse: Option<&'static str>,
    /// They read internal notes on it.
    pub reads_notes: bool,
    /// Every reason that holds: `everything`, `department`, `assignee`, `requester`, `invitee`, `observer`.
    pub reasons: Vec<&'static str>,
    /// Names of the teams that give them a level in its department.
    pub teams: Vec<String>,
    /// The sharing tags by which they look at its department.
    pub tags: Vec<String>,
    /// They are disabled, and see nothing.
    pub is_disabled: bool,
}

/// What somebody sees of a department.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessShare {
    /// The department's identifier.
    pub department: i64,
    /// Its name.
    pub name: String,
    /// Their level in it: `none`, `view`, `edit`; null for who is no member.
    pub level: Option<&'static str>,
    /// How many of its tickets they see.
    pub seen: i64,
    /// How many it has.
    pub total: i64,
}

/// How somebody of the staff looks at a department's tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessLook {
    /// The person's identifier.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// They see all of its tickets.
    pub sees: bool,
    /// Why: `everything` or `department`.
    pub reason: Option<&'static str>,
    /// Their level in it.
    pub level: Option<&'static str>,
    /// Names of the teams that give them a level in it.
    pub teams: Vec<String>,
    /// The sharing tags by which they look at it.
    pub tags: Vec<String>,
}

fn verdict(it: Verdict) -> AccessVerdict {
    let Seer {
        id,
        name,
        is_disabled,
        ..
    } = it.seer;
    AccessVerdict {
        person: id.0,
        name,
        sees: it.sees,
        glimpse: it.glimpse.map(|glimpse| match glimpse {
            Glimpse::Subject => "subject",
            Glimpse::Words => "words",
        }),
        reads_notes: it.reads_notes,
        reasons: it.grounds.into_iter().map(Ground::word).collect(),
        teams: it.teams.into_iter().map(|it| it.team).collect(),
        tags: tags(it.tags),
        is_disabled,
    }
}

/// Each tag once: several departments of theirs may carry it.
fn tags(by: Vec<ByTag>) -> Vec<String> {
    let mut tags: Vec<String> = by.into_iter().map(|it| it.tag).collect();
    tags.dedup();
    tags
}

fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// Everybody who sees a ticket as one of its people, and why; its `visibility` says who looks at it beside them. For
/// administrators.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/access", tag = "access",
    params(("number" = i64, Path, description = "The ticket")),
    responses((status = 200, body = [AccessVerdict]), (status = 403, description = "A right is missing"), (status = 404, description = "Not there")))]
pub async fn of_ticket(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let subject = super::subject(&mut db, &visitor.actor, TicketId(number(&n)?)).await?;
    let all = super::who(&mut db, &visitor.actor, &subject).await?;
    let items: Vec<AccessVerdict> = all.into_iter().map(verdict).collect();
    Ok(json(StatusCode::OK, &items))
}

/// Whether and why somebody sees a ticket. For administrators.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/access/{person}", tag = "access",
    params(("number" = i64, Path, description = "The ticket"), ("person" = i64, Path, description = "The person")),
    responses((status = 200, body = AccessVerdict), (status = 403, description = "A right is missing"), (status = 404, description = "Not there")))]
pub async fn of_both(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, person)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let subject = super::subject(&mut db, &visitor.actor, TicketId(number(&n)?)).await?;
    let seer = super::seer(&mut db, &visitor.actor, PersonId(number(&person)?)).await?;
    let it = super::why(&mut db, seer, &subject).await?;
    Ok(json(StatusCode::OK, &verdict(it)))
}

/// What somebody sees of each department. For administrators.
#[utoipa::path(get, path = "/api/v1/people/{id}/access", tag = "access",
    params(("id" = i64, Path, description = "The person")),
    responses((status = 200, body = [AccessShare]), (status = 403, description = "A right is missing"), (status = 404, description = "Not there")))]
pub async fn of_person(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let seer = super::seer(&mut db, &visitor.actor, PersonId(number(&id)?)).await?;
    let shares = super::shares(&mut db, &visitor.actor, &seer).await?;
    let item = |share: Share| AccessShare {
        department: share.department_id.0,
        name: share.department,
        level: share.level.map(|level| level.word()),
        seen: share.seen,
        total: share.total,
    };
    let items: Vec<AccessShare> = shares.into_iter().map(item).collect();
    Ok(json(StatusCode::OK, &items))
}

/// How each of the staff looks at a department's tickets. For administrators.
#[utoipa::path(get, path = "/api/v1/departments/{id}/access", tag = "access",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = [AccessLook]), (status = 403, description = "A right is missing"), (status = 404, description = "Not there")))]
pub async fn of_department(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let looks = super::looks(&mut db, &visitor.actor, DepartmentId(number(&id)?)).await?;
    let item = |look: Look| AccessLook {
        person: look.seer.id.0,
        name: look.seer.name,
        sees: look.sees,
        reason: look.ground.map(Ground::word),
        teams: look.teams.into_iter().map(|it| it.team).collect(),
        tags: tags(look.tags),
        level: look.level.map(|level| level.word()),
    };
    let items: Vec<AccessLook> = looks.into_iter().map(item).collect();
    Ok(json(StatusCode::OK, &items))
}
