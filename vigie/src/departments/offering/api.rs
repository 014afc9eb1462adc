//! The API twin of who is offered a department.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Offering, Wanted};
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeProperties};
use crate::departments::{DepartmentId, number};
use crate::house::{App, House};
use crate::people::clientele::Clientele;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, patch};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/departments/{id}/offering", Who::Api, show),
        patch("/api/v1/departments/{id}/offering", Who::Api, change),
    ]
}

/// Whether somebody is offered a department.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferedToPerson {
    /// Who.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Whether they are.
    pub is_offered: bool,
    /// Why: `everybody`, `organization`, `site`, `domain`; why not: `nobody`, `others`.
    pub reason: &'static str,
    /// The organisation, site or domain.
    pub through: Option<String>,
}

/// To whom a department is offered when they open a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentOffering {
    /// `everybody`, `nobody` or `these`.
    pub offered_to: &'static str,
    /// The organisations that are named, by name.
    pub organizations: Vec<String>,
    /// The sites.
    pub sites: Vec<String>,
    /// The mail domains.
    pub domains: Vec<String>,
    /// Whether the person that was asked about is offered it.
    pub person: Option<OfferedToPerson>,
    /// The department's version, for `If-Match`.
    pub version: i64,
}

/// To whom it is to be offered; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentOfferingBody {
    /// `everybody`, `nobody` or `these`.
    offered_to: Option<String>,
    /// Organisations, by name.
    organizations: Option<Vec<String>>,
    /// Sites, by name.
    sites: Option<Vec<String>>,
    /// Mail domains.
    domains: Option<Vec<String>>,
}

/// About whom.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub struct OfferingQuery {
    /// Whether they are offered it: an address or a login.
    person: Option<String>,
}

async fn answer(
    app: &House,
    visitor: &ApiVisitor,
    id: DepartmentId,
    query: &OfferingQuery,
) -> Result<Response, Fail> {
    let (mut db, actor) = (app.db.read(), &visitor.actor);
    let department = rights::find::<ChangeProperties>(&mut db, actor, id).await?;
    let said = super::said_in(&mut db, &department).await?;
    let person = match query.person.as_deref() {
        None => None,
        Some(typed) => {
            let (card, why) = super::of_person(&mut db, actor, &said, typed).await?;
            Some(OfferedToPerson {
                id: card.id.0,
                name: card.name,
                is_offered: why.is_offered(),
                reason: why.word(),
                through: why.through().map(str::to_owned),
            })
        }
    };
    let body = DepartmentOffering {
        offered_to: said.whom.word(),
        organizations: Offering::names(&said.organizations),
        sites: Offering::names(&said.sites),
        domains: said.domains,
        person,
        version: department.version,
    };
    Ok(json(StatusCode::OK, &body))
}

/// To whom a department is offered when they open a ticket, and whether somebody is.
#[utoipa::path(get, path = "/api/v1/departments/{id}/offering", tag = "departments",
    params(("id" = i64, Path, description = "The department"), OfferingQuery),
    responses((status = 200, body = DepartmentOffering), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 422, description = "Nobody you find is called that")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    Query(query): Query<OfferingQuery>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?, &query).await
}

/// Says to whom a department is offered.
#[utoipa::path(patch, path = "/api/v1/departments/{id}/offering", request_body = DepartmentOfferingBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("If-Match" = Option<String>, Header, description = "The version of the department one saw")),
    responses((status = 200, body = DepartmentOffering), (status = 403, description = "A privilege is missing"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "An organisation, a site or a domain that is none, or nobody named")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<DepartmentOfferingBody>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let (actor, seen) = (&visitor.actor, visitor.seen_version()?);
    let mut tx = app.db.write().await?;
    let department = rights::find_to_change::<ChangeProperties>(&mut tx, actor, id).await?;
    let stands = super::said_in(&mut tx, &department).await?;
    let or = |typed: Option<Vec<String>>, stands: Vec<String>| typed.unwrap_or(stands);
    let wanted = Wanted {
        whom: body
            .offered_to
            .unwrap_or_else(|| stands.whom.word().to_owned()),
        clientele: Clientele {
            organizations: or(body.organizations, Offering::names(&stands.organizations)),
            sites: or(body.sites, Offering::names(&stands.sites)),
        },
        domains: or(body.domains, stands.domains),
    };
    let pen = Pen::of(actor, app.clock.now());
    super::say(&mut tx, &department, seen, &wanted, pen).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, &OfferingQuery::default()).await
}
