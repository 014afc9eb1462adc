//! The API twin of one's own monitoring.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::levels::{Alert, Level, Levels};
use super::{Monitoring, Own};
use crate::departments::DepartmentId;
use crate::house::App;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, patch};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/me/monitoring", Who::Api, show),
        patch("/api/v1/me/monitoring", Who::Api, change),
    ]
}

/// How much one hears by mail of a department.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonitoredItem {
    /// The department.
    pub department: i64,
    /// Its name.
    pub name: String,
    /// `none`, `minimal`, `medium`, `assiduous`, `complete` or `custom`.
    pub level: &'static str,
    /// Of any ticket of it: `never`, `creation` or `always`.
    pub any: &'static str,
    /// Of tickets of the categories one serves.
    pub category: &'static str,
    /// Of tickets one holds.
    pub held: &'static str,
}

/// How much one hears by mail of the departments one belongs to.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyMonitoring {
    /// Nothing of it is mailed for now.
    pub suspended: bool,
    /// They, by name.
    pub departments: Vec<MonitoredItem>,
    /// For `If-Match`; 1 as long as one never chose.
    pub version: i64,
}

fn answer(stands: Monitoring) -> Response {
    let item = |own: Own| MonitoredItem {
        department: own.department_id.0,
        name: own.department,
        level: own.levels.level().word(),
        any: own.levels.any().word(),
        category: own.levels.category().word(),
        held: own.levels.held().word(),
    };
    let body = MyMonitoring {
        suspended: stands.is_suspended,
        departments: stands.departments.into_iter().map(item).collect(),
        version: stands.version,
    };
    json(StatusCode::OK, &body)
}

/// Whoever is no staff monitors nothing.
fn must_be_staff(visitor: &ApiVisitor) -> Result<(), Error> {
    match visitor.person.role {
        Some(_) => Ok(()),
        None => Err(Error::NotFound),
    }
}

/// How much one hears by mail of the departments one belongs to
#[utoipa::path(get, path = "/api/v1/me/monitoring", tag = "people",
    responses((status = 200, body = MyMonitoring), (status = 404, description = "One is not staff")))]
pub async fn show(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    must_be_staff(&visitor)?;
    let stands = super::of(&mut app.db.read(), visitor.person.id).await?;
    Ok(answer(stands))
}

/// How much to hear of a department.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MonitoredBody {
    /// The department.
    department: i64,
    /// A level by its name; `custom`, or none, counts the three below.
    level: Option<String>,
    /// `never`, `creation` or `always`; what is left out stays.
    any: Option<String>,
    /// Raised to `any` where it says less.
    category: Option<String>,
    /// Raised to `category` where it says less.
    held: Option<String>,
}

/// What one changes; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MyMonitoringBody {
    /// Whether nothing of it is mailed for now.
    suspended: Option<bool>,
    /// Departments one belongs to; those that are not named stay.
    #[serde(default)]
    departments: Vec<MonitoredBody>,
}

fn levels(body: &MonitoredBody, stands: Levels) -> Result<Levels, Error> {
    let named = match &body.level {
        None => None,
        Some(word) => {
            let level = Level::of(word).ok_or(Error::invalid("level", "fault-monitoring-level"))?;
            level.levels()
        }
    };
    if let Some(levels) = named {
        return Ok(levels);
    }
    let alert = |field, given: &Option<String>, stands| match given {
        None => Ok(stands),
        Some(word) => Alert::of(word).ok_or(Error::invalid(field, "fault-monitoring-alert")),
    };
    Ok(Levels::raised(
        alert("any", &body.any, stands.any())?,
        alert("category", &body.category, stands.category())?,
        alert("held", &body.held, stands.held())?,
    ))
}

/// Changes how much one hears by mail of the departments one belongs to
#[utoipa::path(patch, path = "/api/v1/me/monitoring", request_body = MyMonitoringBody, tag = "people",
    params(("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = MyMonitoring), (status = 404, description = "One is not staff"),
        (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "A word that is none, or a department one does not belong to")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<MyMonitoringBody>,
) -> Result<Response, Fail> {
    must_be_staff(&visitor)?;
    let person = visitor.person.id;
    let seen = visitor.seen_version()?;
    let mut tx = app.db.write().await?;
    let stands = super::of(&mut tx, person).await?;
    let mut wanted = vec![];
    for one in &body.departments {
        let id = DepartmentId(one.department);
        let own = stands.departments.iter().find(|d| d.department_id == id);
        let own = own.ok_or(Error::invalid("department", "fault-department-not-yours"))?;
        wanted.push((id, levels(one, own.levels)?));
    }
    super::choose(&mut tx, person, seen, &wanted).await?;
    if let Some(is_suspended) = body.suspended {
        super::suspend(&mut tx, person, None, is_suspended).await?;
    }
    let stands = super::of(&mut tx, person).await?;
    tx.commit().await?;
    Ok(answer(stands))
}
