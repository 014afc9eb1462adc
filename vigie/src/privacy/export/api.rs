//! The file of what the desk holds on somebody, taken by a program.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::error::Error;

use super::pages::answer;
use crate::house::App;
use crate::people::PersonId;
use crate::policy::permission;
use crate::web::api::ApiVisitor;
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get};

/// The addresses of the file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/people/{id}/data", Who::Api, of_somebody),
        get("/api/v1/me/data", Who::Api, of_oneself),
    ]
}

/// What the desk holds on a person. For administrators, of whom they may change; noted in the journal.
#[utoipa::path(get, path = "/api/v1/people/{id}/data", operation_id = "export_person", tag = "people",
    params(("id" = i64, Path, description = "The person")),
    responses((status = 200, description = "Everything, a list for each part", content_type = "application/json"),
        (status = 403, description = "A right is missing"), (status = 404, description = "Not there")))]
pub async fn of_somebody(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    // Customers learn that there is nothing, as on the pages.
    if !visitor.actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound.into());
    }
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    let base = &app.config.public_url;
    let taken = super::of_somebody(&app.db, &visitor.actor, id, base, visitor.now()).await?;
    Ok(answer(taken))
}

/// What the desk holds on oneself, as far as one sees it; noted in the journal.
#[utoipa::path(get, path = "/api/v1/me/data", operation_id = "export_me", tag = "people",
    responses((status = 200, description = "Everything, a list for each part", content_type = "application/json")))]
pub async fn of_oneself(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let base = &app.config.public_url;
    let taken = super::of_oneself(&app.db, &visitor.actor, base, visitor.now()).await?;
    Ok(answer(taken))
}
