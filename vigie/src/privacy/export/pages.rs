//! The file of what the desk holds on somebody, taken in a browser.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::error::Error;

use super::Taken;
use crate::house::App;
use crate::people::PersonId;
use crate::policy::permission;
use crate::web::download;
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::Visitor;

/// The addresses of the file.
pub fn routes() -> Vec<Route> {
    vec![
        get(
            "/admin/people/{id}/data",
            Who::May(permission::MANAGE_PEOPLE),
            of_somebody,
        ),
        get("/preferences/data", Who::SignedIn, of_oneself),
    ]
}

/// The file as an answer.
pub(super) fn answer(taken: Taken) -> Response {
    download::answer(&taken.name, "application/json", false, taken.bytes)
}

async fn of_somebody(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    let base = &app.config.public_url;
    let taken = super::of_somebody(&app.db, &visitor.actor, id, base, visitor.now()).await?;
    Ok(answer(taken))
}

async fn of_oneself(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    let base = &app.config.public_url;
    let taken = super::of_oneself(&app.db, &visitor.actor, base, visitor.now()).await?;
    Ok(answer(taken))
}
