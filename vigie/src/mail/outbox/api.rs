//! The API twin of the page of mails going out.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Looked;
use crate::house::App;
use crate::mail::lists_store::ListedOutgoing;
use crate::mail::outbox_store::{self, OutgoingId, OutgoingState};
use crate::policy::permission;
use crate::web::api::{ApiVisitor, Leafing, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/outgoing-mails", Who::Api, outgoing_mails),
        post("/api/v1/outgoing-mails/{id}/retry", Who::Api, retry),
    ]
}

/// A mail going out.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutgoingItem {
    /// Its identifier.
    pub id: i64,
    /// Where to.
    pub address: String,
    /// Its subject; null before it was written.
    pub subject: Option<String>,
    /// What for: `acknowledgement`, `event`, `approval_request`, `invitation`, `mention`, `password_link`, `sign_in_code`,
    /// `monitoring_mailbox` or `daily_report`.
    pub purpose: &'static str,
    /// Where it is: `waiting`, `sending`, `sent`, `uncertain`, `repeating`, `failed`, `dropped`, `captured` or `bounced`.
    pub state: &'static str,
    /// How often it was handed over.
    pub attempts: i64,
    /// When it is tried next.
    pub next_at: Option<String>,
    /// Why it is where it is: a word of ours such as `no-relay` or `suppressed`, or what the relay said.
    pub why: Option<String>,
    /// Its ticket.
    pub ticket: Option<i64>,
    /// When it was written down.
    pub created_at: String,
}

/// Mails going out.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutgoingItems {
    /// They, the newest first.
    pub items: Vec<OutgoingItem>,
    /// What `cursor` is for those behind; null when there is none.
    pub next: Option<String>,
}

fn item(it: ListedOutgoing) -> OutgoingItem {
    OutgoingItem {
        id: it.id.0,
        address: it.address,
        subject: it.subject,
        purpose: it.purpose.word(),
        state: it.state.word(),
        attempts: it.attempts,
        next_at: it.next_at.map(|at| at.rfc3339()),
        why: it.last_error,
        ticket: it.ticket_id.map(|id| id.0),
        created_at: it.created_at.rfc3339(),
    }
}

/// Which mails are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OutgoingQuery {
    /// Where they are; anywhere unless given.
    state: Option<String>,
    /// What their address holds.
    #[serde(default)]
    address: String,
    /// 1 to 200, 50 unless given.
    limit: Option<i64>,
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// Mails that went out, wait, or did not arrive, the newest first. For administrators.
#[utoipa::path(get, path = "/api/v1/outgoing-mails", tag = "mail", params(OutgoingQuery),
    responses((status = 200, body = OutgoingItems), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers"),
        (status = 422, description = "A parameter is none")))]
pub async fn outgoing_mails(
    State(app): State<App>,
    visitor: ApiVisitor,
    Query(query): Query<OutgoingQuery>,
) -> Result<Response, Fail> {
    visitor.must(permission::SEE_POST)?;
    let mut faults = Fields::default();
    let leafing = Leafing::of(query.limit, query.cursor.as_deref(), &mut faults);
    let state = query.state.as_deref().map(OutgoingState::of);
    faults.require(state != Some(None), "state", "fault-filter");
    faults.settle()?;
    let looked = Looked {
        state: state.flatten(),
        address: query.address,
    };
    let before = leafing.after.map(OutgoingId);
    let (mut reader, most) = (app.db.read(), leafing.rows());
    let mut all = super::list(&mut reader, &visitor.actor, &looked, before, most).await?;
    let body = OutgoingItems {
        next: leafing.cut(&mut all, |it| it.id.0),
        items: all.into_iter().map(item).collect(),
    };
    Ok(json(StatusCode::OK, &body))
}

/// What asking for another try came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Retried {
    /// Whether it is tried again; false when it arrived, is under way, or says nothing to anybody.
    pub retried: bool,
}

/// Lets a mail be tried again that waits, was given up, came back, or may have got lost. For administrators.
#[utoipa::path(post, path = "/api/v1/outgoing-mails/{id}/retry", tag = "mail",
    params(("id" = i64, Path, description = "The mail")),
    responses((status = 200, body = Retried), (status = 403, description = "A right is missing"), (status = 404, description = "Not there")))]
pub async fn retry(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    visitor.must(permission::SEE_POST)?;
    let id = id.parse().map(OutgoingId).map_err(|_| Error::NotFound)?;
    let mut tx = app.db.write().await?;
    let retried = outbox_store::retry(&mut tx, &visitor.actor, id, app.clock.now()).await?;
    tx.commit().await?;
    Ok(json(StatusCode::OK, &Retried { retried }))
}
