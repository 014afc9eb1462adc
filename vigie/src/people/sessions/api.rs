//! The API twin of the list of one's open sessions.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use serde::Serialize;
use utoipa::ToSchema;

use crate::audit::{self, Deed, Entry, Pen};
use crate::house::App;
use crate::people::access::sessions;
use crate::people::device;
use crate::web::api::{ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/me/sessions", Who::Api, list),
        delete("/api/v1/me/sessions", Who::Api, end_all),
        delete("/api/v1/me/sessions/{hash}", Who::Api, end_one),
    ]
}

/// A browser one is signed in with.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionItem {
    /// What it is called; opens nothing.
    pub id: String,
    /// Browser and system, as people call them.
    pub device: String,
    /// The network address it was opened from.
    pub address: String,
    /// When it was opened, RFC 3339.
    pub opened_at: String,
    /// When it was last used, RFC 3339.
    pub seen_at: String,
}

/// The browsers one is signed in with.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionItems {
    /// They, last used first.
    pub items: Vec<SessionItem>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// The browsers one is signed in with
#[utoipa::path(get, path = "/api/v1/me/sessions", tag = "people", responses((status = 200, body = SessionItems)))]
pub async fn list(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let now = app.clock.now();
    let mine = sessions::list(&mut app.db.read(), visitor.person.id, now).await?;
    let items = mine.into_iter().map(|one| SessionItem {
        id: sessions::public_id(&one.token_hash),
        device: device::name(&one.user_agent, &visitor.words),
        address: one.address,
        opened_at: one.created_at.rfc3339(),
        seen_at: one.seen_at.rfc3339(),
    });
    let body = SessionItems {
        items: items.collect(),
        next: None,
    };
    Ok(json(StatusCode::OK, &body))
}

/// End every session of one's own
#[utoipa::path(delete, path = "/api/v1/me/sessions", tag = "people", responses((status = 204, description = "None is open")))]
pub async fn end_all(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let mut tx = app.db.write().await?;
    sessions::end_others(&mut tx, visitor.person.id, "").await?;
    let entry = Entry::of(Deed::SessionsEnded).person(visitor.person.id.0);
    audit::note(&mut tx, Pen::of(&visitor.actor, app.clock.now()), entry).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// End one session of one's own
#[utoipa::path(delete, path = "/api/v1/me/sessions/{hash}", tag = "people",
    params(("hash" = String, Path, description = "What the list calls it")),
    responses((status = 204, description = "It is closed"), (status = 404, description = "One has no such session")))]
pub async fn end_one(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let now = app.clock.now();
    let mine = sessions::list(&mut app.db.read(), visitor.person.id, now).await?;
    let found = mine
        .into_iter()
        .find(|one| sessions::public_id(&one.token_hash) == id)
        .ok_or(Error::NotFound)?;
    let mut tx = app.db.write().await?;
    sessions::end(&mut tx, visitor.person.id, &found.token_hash).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
