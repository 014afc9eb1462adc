//! Further addresses, for programs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::house::App;
use crate::people::{PersonId, directory};
use crate::policy::permission;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/people/{id}/addresses", Who::Api, list),
        post("/api/v1/people/{id}/addresses/removal", Who::Api, remove),
    ]
}

fn number(visitor: &ApiVisitor, text: &str) -> Result<PersonId, Error> {
    // Customers learn that there is nothing, as on the pages.
    if !visitor.actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    text.parse().map(PersonId).map_err(|_| Error::NotFound)
}

/// A further address of somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddressItem {
    /// As it was given.
    pub address: String,
    /// Since when it is theirs.
    pub since: String,
}

/// Further addresses of somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddressItems {
    /// They, the oldest first.
    pub items: Vec<AddressItem>,
}

/// Further addresses of a person: those of records merged into theirs. For staff who find them.
#[utoipa::path(get, path = "/api/v1/people/{id}/addresses", operation_id = "list_addresses", tag = "people",
    params(("id" = i64, Path, description = "The person")),
    responses((status = 200, body = AddressItems), (status = 404, description = "Not there, or not for customers")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&visitor, &id)?;
    let mut db = app.db.read();
    directory::card(&mut db, &visitor.actor, id).await?;
    let all = super::of(&mut db, id).await?;
    let items = all.into_iter().map(|it| AddressItem {
        address: it.email,
        since: it.created_at.rfc3339(),
    });
    let items = items.collect();
    Ok(json(StatusCode::OK, &AddressItems { items }))
}

/// A further address to take away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovalBody {
    /// Which.
    pub address: String,
}

/// Takes a further address away: mail from it makes somebody new. For administrators, up to their own rank.
#[utoipa::path(post, path = "/api/v1/people/{id}/addresses/removal", operation_id = "remove_address", tag = "people", request_body = RemovalBody,
    params(("id" = i64, Path, description = "The person")),
    responses((status = 204, description = "They have it no more"), (status = 403, description = "A right is missing"),
        (status = 404, description = "Not there, or not theirs")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<RemovalBody>,
) -> Result<Response, Fail> {
    let id = number(&visitor, &id)?;
    let mut tx = app.db.write().await?;
    super::remove(&mut tx, &visitor.actor, id, &body.address, visitor.now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
