//! What tickets show to others, for programs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::clock::Span;
use serde::Serialize;
use utoipa::ToSchema;

use crate::house::App;
use crate::tickets::api::comment_items;
use crate::tickets::api::wire::CommentItem;
use crate::tickets::pages::number;
use crate::web::api::{ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/shared", Who::Api, list),
        get("/api/v1/shared/{number}", Who::Api, show),
    ]
}

/// A ticket as it shows itself to people whom it does not concern.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedItem {
    /// Its number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Where it is in its life: `free`, `in_progress` …
    pub state: &'static str,
    /// Who may look at it: `subject`, `intranet` or `public`.
    pub visibility: &'static str,
    /// The name of its department.
    pub department: String,
    /// The name of its category.
    pub category: String,
    /// When it was opened, RFC 3339.
    pub created_at: String,
    /// When a person last changed it, RFC 3339.
    pub updated_at: String,
    /// Its public words, oldest first; null in a list, and empty when only the subject is shown.
    pub comments: Option<Vec<CommentItem>>,
}

/// What is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedItems {
    /// Open ones first, then what ended within 30 days; the last changed first.
    pub items: Vec<SharedItem>,
}

/// The tickets that show themselves to people whom they do not concern.
#[utoipa::path(get, path = "/api/v1/shared", operation_id = "list_shared", tag = "tickets", responses((status = 200, body = SharedItems)))]
pub async fn list(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let since = visitor.now().minus(Span::days(30));
    let shown = super::list(&mut app.db.read(), visitor.person.id, since, false).await?;
    let items = shown
        .into_iter()
        .map(|one| SharedItem {
            number: one.id.0,
            subject: one.subject,
            state: one.state.word(),
            visibility: one.visibility.word(),
            department: one.department,
            category: one.category,
            created_at: one.created_at.rfc3339(),
            updated_at: one.updated_at.rfc3339(),
            comments: None,
        })
        .collect();
    Ok(json(StatusCode::OK, &SharedItems { items }))
}

/// One ticket as it shows itself.
#[utoipa::path(get, path = "/api/v1/shared/{number}", operation_id = "show_shared", params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 200, body = SharedItem), (status = 404, description = "Not there, or it shows nothing")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let looked = super::look(&mut app.db.read(), visitor.person.id, number(&n)?).await?;
    let ticket = &looked.ticket;
    let item = SharedItem {
        number: ticket.id.0,
        subject: ticket.subject.clone(),
        state: ticket.state.word(),
        visibility: ticket.visibility.word(),
        department: looked.department.clone(),
        category: looked.category.clone(),
        created_at: ticket.created_at.rfc3339(),
        updated_at: ticket.updated_at.rfc3339(),
        comments: Some(comment_items(looked.comments, &looked.files)),
    };
    Ok(json(StatusCode::OK, &item))
}
