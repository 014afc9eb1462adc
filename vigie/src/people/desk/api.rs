//! What the desk says of itself, for programs.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Change;
use crate::house::{App, House};
use crate::policy::{AgentScope, permission};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, patch};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/desk", Who::Api, show),
        patch("/api/v1/desk", Who::Api, change),
    ]
}

/// What the desk says of itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeskItem {
    /// Name of the organisation that runs it.
    pub organisation: String,
    /// The scope of agents made from now on, unless said otherwise: `global` on an open desk, `group` on a partitioned one.
    pub default_scope: &'static str,
    /// Whether the portal shows people the assets they have.
    pub portal_assets: bool,
}

/// What to change of it; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskBody {
    /// Name of the organisation that runs it.
    organisation: Option<String>,
    /// `global` or `group`.
    default_scope: Option<String>,
    /// Whether the portal shows people the assets they have.
    portal_assets: Option<bool>,
}

/// Customers learn that there is nothing.
fn must_manage(visitor: &ApiVisitor) -> Result<(), Error> {
    if !visitor.actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    super::must_manage(&visitor.actor)
}

async fn answer(app: &House) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let desk = super::read(&mut db).await?;
    let version = super::version(&mut db).await?;
    let mut response = json(
        StatusCode::OK,
        &DeskItem {
            organisation: desk.organisation,
            default_scope: desk.default_scope.word(),
            portal_assets: desk.shows_assets,
        },
    );
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

/// The organisation's name and the scope of new agents, with the version of that saying in `ETag`. For whoever has the permission `settings`.
#[utoipa::path(get, path = "/api/v1/desk", operation_id = "show_desk", tag = "people",
    responses((status = 200, body = DeskItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers")))]
pub async fn show(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    must_manage(&visitor)?;
    answer(&app).await
}

/// Changes them; agents who are there keep their scope. For whoever has the permission `settings`.
#[utoipa::path(patch, path = "/api/v1/desk", operation_id = "change_desk", tag = "people", request_body = DeskBody,
    params(("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = DeskItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<DeskBody>,
) -> Result<Response, Fail> {
    must_manage(&visitor)?;
    let default_scope = match body.default_scope.as_deref() {
        None => None,
        Some(word) => Some(
            AgentScope::chosen(word)
                .ok_or_else(|| Error::invalid("default_scope", "fault-default-scope"))?,
        ),
    };
    let wanted = Change {
        organisation: body.organisation.as_deref(),
        default_scope,
        shows_assets: body.portal_assets,
    };
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    let mut tx = app.db.write().await?;
    super::change(&mut tx, &visitor.actor, seen, &wanted, now).await?;
    tx.commit().await?;
    app.refresh_desk().await?;
    answer(&app).await
}
