//! The API twin of the buttons for the safety of somebody's account.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::Error;

use crate::house::App;
use crate::people::PersonId;
use crate::policy::permission;
use crate::web::api::ApiVisitor;
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        delete("/api/v1/people/{id}/sessions", Who::Api, end_sessions),
        delete(
            "/api/v1/people/{id}/second-factor",
            Who::Api,
            remove_second_factor,
        ),
    ]
}

fn number(visitor: &ApiVisitor, text: &str) -> Result<PersonId, Error> {
    // Customers learn that there is nothing, as on the pages.
    if !visitor.actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    text.parse().map(PersonId).map_err(|_| Error::NotFound)
}

/// Ends every session of a person. For administrators.
#[utoipa::path(delete, path = "/api/v1/people/{id}/sessions", tag = "people",
    params(("id" = i64, Path, description = "The person")),
    responses((status = 204, description = "None is open"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there")))]
pub async fn end_sessions(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&visitor, &id)?;
    let mut tx = app.db.write().await?;
    super::end_sessions(&mut tx, &visitor.actor, id, app.clock.now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Takes a person's second factor away and ends their sessions. For administrators.
#[utoipa::path(delete, path = "/api/v1/people/{id}/second-factor", tag = "people",
    params(("id" = i64, Path, description = "The person")),
    responses((status = 204, description = "They have none"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there")))]
pub async fn remove_second_factor(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&visitor, &id)?;
    let mut tx = app.db.write().await?;
    super::remove_second_factor(&mut tx, &visitor.actor, id, app.clock.now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
