//! The API twin of a department's journal.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::departments::DepartmentId;
use crate::departments::rights::{self, ChangeMembers};
use crate::house::App;
use crate::journal::Noted;
use crate::journal::api::{JournalChange, changes};
use crate::policy::permission;
use crate::web::api::{ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get};

/// The address of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![get("/api/v1/departments/{id}/journal", Who::Api, list)]
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DepartmentJournalQuery {
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// What was done to a department.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentJournalItem {
    /// When, RFC 3339.
    pub at: String,
    /// Who did it; null when it was done at the machine.
    pub actor: Option<i64>,
    /// How they came: `web`, `api`, `command`, `clock`.
    pub way: &'static str,
    /// What, such as `member_changed`.
    pub deed: &'static str,
    /// Whom it is about.
    pub person: Option<i64>,
    /// The name of what else it is about.
    pub thing: Option<String>,
    /// What became different.
    pub changes: Vec<JournalChange>,
}

/// A page of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentJournalItems {
    /// Entries, the newest first.
    pub items: Vec<DepartmentJournalItem>,
    /// Where to go on; null at the end.
    pub next: Option<String>,
}

fn item(noted: Noted) -> DepartmentJournalItem {
    let (thing, changes) = changes(&noted.detail);
    DepartmentJournalItem {
        at: noted.at.rfc3339(),
        actor: noted.actor_id.map(|id| id.0),
        way: noted.way.word(),
        deed: noted.deed.word(),
        person: noted.person_id.map(|id| id.0),
        thing,
        changes,
    }
}

/// What was done to a department, its members, categories, templates and invitees. For whoever manages its members.
#[utoipa::path(get, path = "/api/v1/departments/{id}/journal", operation_id = "department_journal", tag = "journal",
    params(("id" = i64, Path, description = "The department"), DepartmentJournalQuery),
    responses((status = 200, body = DepartmentJournalItems), (status = 403, description = "A right is missing"),
        (status = 404, description = "Not there, or not theirs to administer"), (status = 422, description = "A parameter is none")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    Query(query): Query<DepartmentJournalQuery>,
) -> Result<Response, Fail> {
    if !visitor.actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound.into());
    }
    let id = id.parse().map(DepartmentId).map_err(|_| Error::NotFound)?;
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let page: i64 = match query.cursor.as_deref() {
        None => 1,
        Some(text) => text
            .parse()
            .map_err(|_| Error::invalid("cursor", "fault-cursor"))?,
    };
    let (rows, has_more) = super::page(&mut db, &visitor.actor, &department, page).await?;
    let body = DepartmentJournalItems {
        items: rows.into_iter().map(item).collect(),
        next: has_more.then(|| (page + 1).to_string()),
    };
    Ok(json(StatusCode::OK, &body))
}
