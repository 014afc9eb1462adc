//! Properties for programs.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Wanted;
use crate::house::App;
use crate::tickets::Origin;
use crate::tickets::api::answer;
use crate::tickets::api::wire::TicketItem;
use crate::tickets::pages::number;
use crate::tickets::reading;
use crate::tickets::rights::Read;
use crate::tickets::shared;
use crate::web::api::{ApiBody, ApiVisitor};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, patch};

/// The address of properties.
pub fn routes() -> Vec<Route> {
    vec![patch("/api/v1/tickets/{number}", Who::Api, change)]
}

/// Properties to change; those left out stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeBody {
    /// What it is about.
    pub subject: Option<String>,
    /// 1 very low to 5 urgent.
    pub priority: Option<i64>,
    /// `web`, `portal`, `email`, `phone`, `api` or `other`.
    pub origin: Option<String>,
    /// Who else may look at it: `private`, `subject`, `intranet` or `public`.
    pub visibility: Option<String>,
    /// E-mail or login of who asks; an unknown address becomes a person without access.
    pub requester: Option<String>,
    /// Whoever asked until now stays on it, as an invitee.
    pub keep_requester: bool,
}

/// Changes properties: all of those named, or none.
#[utoipa::path(patch, path = "/api/v1/tickets/{number}", operation_id = "change_ticket", request_body = ChangeBody, tag = "tickets",
    params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = TicketItem), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "Faults at fields")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<ChangeBody>,
) -> Result<Response, Fail> {
    let (id, actor) = (number(&n)?, &visitor.actor);
    reading::find::<Read>(&mut app.db.read(), actor, id).await?;
    let origin = match body.origin.as_deref() {
        None => None,
        Some(word) => {
            Some(Origin::of(word).ok_or_else(|| Error::invalid("origin", "fault-origin"))?)
        }
    };
    let visibility = body.visibility.as_deref().map(shared::typed).transpose()?;
    let wanted = Wanted {
        subject: body.subject,
        priority: body.priority,
        origin,
        visibility,
        requester: body.requester,
        keeps_previous: body.keep_requester,
    };
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    super::change(&app.db, actor, id, seen, &wanted, now).await?;
    answer(&app, actor, id).await
}
