//! Fetching a file and taking it off, for programs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::Error;

use crate::house::App;
use crate::tickets::pages::{note_read_by, number};
use crate::tickets::{AttachmentId, joining};
use crate::web::api::ApiVisitor;
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get};

/// The address of a file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/tickets/{number}/attachments/{id}", Who::Api, fetch),
        delete(
            "/api/v1/tickets/{number}/attachments/{id}",
            Who::Api,
            remove,
        ),
    ]
}

/// Takes a file off; its bytes go once nothing names them.
#[utoipa::path(delete, path = "/api/v1/tickets/{number}/attachments/{id}", operation_id = "remove_attachment", tag = "tickets",
    params(("number" = i64, Path, description = "The ticket"), ("id" = i64, Path, description = "The file"),
        ("If-Match" = Option<String>, Header, description = "The ticket's version one saw")),
    responses((status = 204, description = "It is not there any more"), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "The ticket is not there, or not to be seen"), (status = 409, description = "The ticket changed meanwhile; both versions")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, file)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let file = file
        .parse()
        .map(AttachmentId)
        .map_err(|_| Error::NotFound)?;
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    super::remove(&app.db, &visitor.actor, id, file, seen, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A file's bytes. What a merge took elsewhere is found at its old address too, by whoever reads it there.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/attachments/{id}", operation_id = "attachment", tag = "tickets",
    params(("number" = i64, Path, description = "The ticket"), ("id" = i64, Path, description = "The file")),
    responses((status = 200, description = "Its bytes"), (status = 404, description = "Not there, or not to be seen")))]
pub async fn fetch(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, file)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let id = file
        .parse()
        .map(AttachmentId)
        .map_err(|_| Error::NotFound)?;
    let found = joining::attachment(&mut app.db.read(), &visitor.actor, number(&n)?, id).await?;
    let bytes = app.files.fetch(&found.digest).await?;
    note_read_by(&app, &visitor.actor, number(&n)?, visitor.now());
    Ok(crate::web::download::answer(
        &found.name,
        &found.media_type,
        false,
        bytes,
    ))
}
