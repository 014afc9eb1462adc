//! The API twin of which mailbox is told of a department's tickets.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Alert, Said};
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeProperties};
use crate::departments::{CategoryId, DepartmentId, number};
use crate::house::{App, House};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get(
            "/api/v1/departments/{id}/monitoring-mailbox",
            Who::Api,
            show,
        ),
        put(
            "/api/v1/departments/{id}/monitoring-mailbox",
            Who::Api,
            change,
        ),
    ]
}

/// Which mailbox is told of tickets of a category.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryMonitoringMailbox {
    /// The category's identifier.
    pub category: i64,
    /// `never`, `creation`, `release`, `while_free` or `always`; null as the category above, or the department.
    pub alert: Option<String>,
    /// The address; null when nothing is told.
    pub address: Option<String>,
}

/// Which mailbox is told of tickets of a department.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentMonitoringMailbox {
    /// `never`, `creation`, `release`, `while_free` or `always`; null is `never`.
    pub alert: Option<String>,
    /// The address; null when nothing is told.
    pub address: Option<String>,
    /// What its categories say differently; when it is written, those not named stay as they are. Tickets of confidential
    /// categories are told to no mailbox.
    #[serde(default)]
    pub categories: Vec<CategoryMonitoringMailbox>,
}

/// The word and the address of what is said.
fn told(said: Said) -> (Option<String>, Option<String>) {
    let alert = said.alert.map(|alert| alert.word().to_owned());
    (alert, Some(said.address).filter(|it| !it.is_empty()))
}

fn said(alert: Option<&str>, address: Option<&str>) -> Result<Said, Error> {
    let known =
        |word| Alert::of(word).ok_or_else(|| Error::invalid("mailbox", "fault-mailbox-alert"));
    Ok(Said {
        alert: alert.map(known).transpose()?,
        address: address.unwrap_or_default().to_owned(),
    })
}

async fn answer(app: &House, visitor: &ApiVisitor, id: DepartmentId) -> Result<Response, Fail> {
    let mut db = app.db.read();
    rights::find::<ChangeProperties>(&mut db, &visitor.actor, id).await?;
    let stands = super::of(&mut db, id).await?;
    let categories = stands.categories.iter().map(|it| {
        let (alert, address) = told(it.said());
        CategoryMonitoringMailbox {
            category: it.id.0,
            alert,
            address,
        }
    });
    let categories = categories.collect();
    let (alert, address) = told(stands.own);
    Ok(json(
        StatusCode::OK,
        &DepartmentMonitoringMailbox {
            alert,
            address,
            categories,
        },
    ))
}

/// Which mailbox is told of tickets of a department and its categories.
#[utoipa::path(get, path = "/api/v1/departments/{id}/monitoring-mailbox", tag = "departments",
    params(("id" = i64, Path, description = "The department")),
    responses((status = 200, body = DepartmentMonitoringMailbox), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?).await
}

/// Says which mailbox is told.
#[utoipa::path(put, path = "/api/v1/departments/{id}/monitoring-mailbox", request_body = DepartmentMonitoringMailbox, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 200, body = DepartmentMonitoringMailbox), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "An address that is none or that letters come to, a word that is none, or a category of another department")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<DepartmentMonitoringMailbox>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let seen = visitor.seen_version()?;
    let mut tx = app.db.write().await?;
    let department =
        rights::find_to_change::<ChangeProperties>(&mut tx, &visitor.actor, id).await?;
    let own = said(body.alert.as_deref(), body.address.as_deref())?;
    let categories = body.categories.iter().map(|it| {
        let said = said(it.alert.as_deref(), it.address.as_deref())?;
        Ok((CategoryId(it.category), said))
    });
    let categories = categories.collect::<Result<Vec<_>, Error>>()?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    super::say(&mut tx, &department, seen, own, categories, pen).await?;
    tx.commit().await?;
    answer(&app, &visitor, id).await
}
