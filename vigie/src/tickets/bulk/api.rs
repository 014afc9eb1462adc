//! The API twin of deeds on many tickets.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Because, Error};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Deed, Picked, Row, Run, RunId, Wanted};
use crate::house::{App, House};
use crate::policy::permission;
use crate::tickets::TicketId;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, post};

/// The addresses of the API of deeds on many tickets.
pub fn routes() -> Vec<Route> {
    vec![
        post("/api/v1/bulk", Who::Api, start),
        get("/api/v1/bulk/{id}", Who::Api, show),
        post("/api/v1/bulk/{id}/undoing", Who::Api, undo),
    ]
}

/// A ticket, with the version one saw.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PickedBody {
    /// Its number.
    pub number: i64,
    /// The version one saw; a ticket at another one is left as it is.
    pub version: Option<i64>,
}

/// A deed on many tickets.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkBody {
    /// `take`, `release`, `assign`, `close`, `priority`, `tag`, `merge`, `postpone`, `refuse`, `reopen`,
    /// `read` or `unread`.
    pub deed: String,
    /// At most 200.
    pub tickets: Vec<PickedBody>,
    /// The public message that goes with a closure, a refusal or a reopening, the tags, between commas,
    /// the priority, 1 to 5, the identifier of whom to put in charge, the number of the ticket that
    /// takes the others in, or the moment to postpone to, RFC 3339.
    pub text: Option<String>,
    /// Whoever is on a merged ticket is invited to the one that goes on, and reads its whole public
    /// conversation; unless given, nobody newly reads anything.
    #[serde(default)]
    pub let_in: bool,
}

/// What became of one ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkRow {
    /// Its number.
    pub number: i64,
    /// `done`, `already`, `refused`, `changed`, `missing` or `undone`.
    pub outcome: &'static str,
    /// The missing right or rule, when it was refused.
    pub reason: Option<String>,
    /// The version it then had.
    pub version: Option<i64>,
}

/// A run of a deed on many tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkItem {
    /// Its identifier.
    pub id: i64,
    /// What was done.
    pub deed: &'static str,
    /// It can still be undone.
    pub is_undoable: bool,
    /// Ticket by ticket.
    pub rows: Vec<BulkRow>,
}

fn item(run: &Run, rows: Vec<Row>, visitor: &ApiVisitor) -> BulkItem {
    BulkItem {
        id: run.id.0,
        deed: run.deed.word(),
        is_undoable: run.is_undoable(visitor.now()),
        rows: rows
            .into_iter()
            .map(|row| BulkRow {
                number: row.number,
                outcome: row.outcome.word(),
                reason: row.reason,
                version: row.version,
            })
            .collect(),
    }
}

async fn answer(app: &House, visitor: &ApiVisitor, id: RunId) -> Result<Response, Fail> {
    let (run, rows) = super::find(&mut app.db.read(), &visitor.actor, id).await?;
    Ok(json(StatusCode::OK, &item(&run, rows, visitor)))
}

/// Does the same to many tickets, and says of each what became of it.
#[utoipa::path(post, path = "/api/v1/bulk", tag = "tickets", request_body = BulkBody,
    responses((status = 200, body = BulkItem), (status = 403, description = "For staff"), (status = 422, description = "Faults at fields; nothing was done")))]
pub async fn start(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<BulkBody>,
) -> Result<Response, Fail> {
    if !visitor.actor.is_permitted(permission::STAFF) {
        return Err(Error::Forbidden(Because(permission::STAFF)).into());
    }
    let deed = Deed::of(&body.deed).ok_or_else(|| Error::invalid("deed", "fault-bulk-deed"))?;
    let wanted = Wanted {
        deed,
        text: body.text.unwrap_or_default(),
        lets_in: body.let_in,
    };
    let picked = body.tickets.into_iter().map(|one| Picked {
        ticket: TicketId(one.number),
        seen: one.version,
    });
    let (actor, once) = (&visitor.actor, visitor.once.as_deref());
    let picked: Vec<Picked> = picked.collect();
    let run = super::run(&app.db, actor, &wanted, picked, once, visitor.now()).await?;
    answer(&app, &visitor, run).await
}

/// One of your own runs.
#[utoipa::path(get, path = "/api/v1/bulk/{id}", tag = "tickets", params(("id" = i64, Path)),
    responses((status = 200, body = BulkItem), (status = 404, description = "Not there, or somebody else's")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, id(&n)?).await
}

fn id(text: &str) -> Result<RunId, Error> {
    text.parse().map(RunId).map_err(|_| Error::NotFound)
}

/// Takes it back where nobody changed the ticket since.
#[utoipa::path(post, path = "/api/v1/bulk/{id}/undoing", tag = "tickets", params(("id" = i64, Path)),
    responses((status = 200, body = BulkItem), (status = 403, description = "Too late, or it cannot be undone")))]
pub async fn undo(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let run = id(&n)?;
    super::undo(&app.db, &visitor.actor, run, visitor.now()).await?;
    answer(&app, &visitor, run).await
}
