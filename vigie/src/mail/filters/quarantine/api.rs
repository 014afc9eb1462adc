//! The quarantine for programs of administrators.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Quarantined;
use crate::audit::Pen;
use crate::house::App;
use crate::mail::store::IncomingId;
use crate::policy::permission;
use crate::web::api::{ApiVisitor, Leafing, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/quarantine", Who::Api, quarantined),
        post("/api/v1/quarantine/{id}/release", Who::Api, release),
    ]
}

/// A letter in quarantine.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuarantineItem {
    /// Its identifier.
    pub id: i64,
    /// The address it came to; null when that is gone.
    pub address: Option<String>,
    /// Who wrote it, as far as it says.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// The name of the rule that did it, as it was then.
    pub rule: String,
    /// When it came.
    pub received_at: String,
    /// Its size in bytes.
    pub bytes: i64,
}

/// Letters in quarantine.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuarantineItems {
    /// They, the newest first.
    pub items: Vec<QuarantineItem>,
    /// What `cursor` is for those behind; null when there is none.
    pub next: Option<String>,
}

fn quarantine_item(it: Quarantined) -> QuarantineItem {
    QuarantineItem {
        id: it.id.0,
        address: it.channel,
        sender: it.sender,
        subject: it.subject,
        rule: it.rule,
        received_at: it.received_at.rfc3339(),
        bytes: it.bytes,
    }
}

/// Which letters in quarantine are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QuarantineQuery {
    /// By the rule of this name alone.
    #[serde(default)]
    rule: String,
    /// 1 to 200, 50 unless given.
    limit: Option<i64>,
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// Letters that a filter rule put into quarantine, the newest first. For administrators.
#[utoipa::path(get, path = "/api/v1/quarantine", tag = "mail", params(QuarantineQuery),
    responses((status = 200, body = QuarantineItems), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers"),
        (status = 422, description = "A parameter is none")))]
pub async fn quarantined(
    State(app): State<App>,
    visitor: ApiVisitor,
    Query(query): Query<QuarantineQuery>,
) -> Result<Response, Fail> {
    visitor.must(permission::SEE_POST)?;
    let mut faults = Fields::default();
    let leafing = Leafing::of(query.limit, query.cursor.as_deref(), &mut faults);
    faults.settle()?;
    let before = leafing.after.map(IncomingId);
    let (actor, rule) = (&visitor.actor, query.rule.trim());
    let mut all = super::list(&mut app.db.read(), actor, rule, before, leafing.rows()).await?;
    let body = QuarantineItems {
        next: leafing.cut(&mut all, |it| it.id.0),
        items: all.into_iter().map(quarantine_item).collect(),
    };
    Ok(json(StatusCode::OK, &body))
}

/// What letting in came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetIn {
    /// Whether it is read now; false when it was let in before.
    pub let_in: bool,
}

/// Lets a letter in: it is read now, past the rules, and opens its ticket once. For administrators.
#[utoipa::path(post, path = "/api/v1/quarantine/{id}/release", tag = "mail",
    params(("id" = i64, Path, description = "The letter")),
    responses((status = 200, body = LetIn), (status = 403, description = "A right is missing"), (status = 404, description = "Not there")))]
pub async fn release(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    visitor.must(permission::SEE_POST)?;
    let id = id.parse().map(IncomingId).map_err(|_| Error::NotFound)?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    let let_in = super::release(&mut tx, &visitor.actor, id, pen).await?;
    tx.commit().await?;
    Ok(json(StatusCode::OK, &LetIn { let_in }))
}
