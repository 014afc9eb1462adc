//! The API twin of merges, splits and follow-ups.

pub mod wire;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::splitting::{self, For, Wanted};
use super::{LetIn, Seen, following};
use crate::departments::CategoryId;
use crate::house::App;
use crate::tickets::comments::{Body, NewComment};
use crate::tickets::pages::number;
use crate::tickets::reading::find;
use crate::tickets::rights::Read;
use crate::tickets::verbs::NewTicket;
use crate::tickets::{CommentId, Origin, Visibility};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, post};
use wire::{FollowUpBody, MergeBody, NumberItem, SplitBody};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        post("/api/v1/tickets/{number}/merge", Who::Api, merge),
        delete("/api/v1/tickets/{number}/merge", Who::Api, give_back),
        post("/api/v1/tickets/{number}/split", Who::Api, split),
        post("/api/v1/tickets/{number}/follow-up", Who::Api, follow_up),
    ]
}

/// Merges the ticket into another; answers the number of the one that goes on.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/merge", request_body = MergeBody, tag = "merging",
    params(("number" = i64, Path, description = "The ticket to be merged"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = NumberItem), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn merge(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<MergeBody>,
) -> Result<Response, Fail> {
    let seen = Seen {
        from: visitor.seen_version()?,
        into: body.into_version,
    };
    let let_in = LetIn {
        requester: body.let_requester_in,
        others: body.let_others_in,
    };
    let (actor, now, into) = (&visitor.actor, visitor.now(), body.into.to_string());
    let into = super::do_merge(&app.db, actor, number(&n)?, &into, seen, let_in, now).await?;
    Ok(json(StatusCode::OK, &NumberItem { number: into.0 }))
}

/// Undoes a merge: exactly what moved goes back; what was written since stays.
#[utoipa::path(delete, path = "/api/v1/tickets/{number}/merge", tag = "merging",
    params(("number" = i64, Path, description = "The ticket that was merged"), ("If-Match" = Option<String>, Header, description = "Its version one saw")),
    responses((status = 200, body = NumberItem), (status = 403, description = "A right is missing, or it can no longer be undone"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions")))]
pub async fn give_back(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    super::do_give_back(&app.db, &visitor.actor, id, seen, now).await?;
    Ok(json(StatusCode::OK, &NumberItem { number: id.0 }))
}

/// Makes a ticket of a comment, which moves there with its files.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/split", request_body = SplitBody, tag = "merging",
    params(("number" = i64, Path, description = "The ticket it stands on"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 201, body = NumberItem), (status = 403, description = "A right is missing"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn split(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<SplitBody>,
) -> Result<Response, Fail> {
    let (id, actor) = (number(&n)?, &visitor.actor);
    let from = find::<Read>(&mut app.db.read(), actor, id).await?;
    let wanted = Wanted {
        comment: CommentId(body.comment),
        subject: body.subject,
        category: body.category.map_or(from.category_id, CategoryId),
        requester: if body.for_author {
            For::Author
        } else {
            For::Requester
        },
    };
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    let new = splitting::do_split(&app.db, actor, id, seen, &wanted, now).await?;
    Ok(json(StatusCode::CREATED, &NumberItem { number: new.0 }))
}

/// Opens the ticket that follows one that is over, for whoever asked for the first.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/follow-up", request_body = FollowUpBody, tag = "merging",
    params(("number" = i64, Path, description = "The ticket that is over")),
    responses((status = 201, body = NumberItem), (status = 403, description = "A right is missing, or it is not over"),
        (status = 404, description = "Not there, or not to be seen"), (status = 422, description = "Faults at fields")))]
pub async fn follow_up(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<FollowUpBody>,
) -> Result<Response, Fail> {
    let (id, actor, now) = (number(&n)?, &visitor.actor, visitor.now());
    let first = find::<Read>(&mut app.db.read(), actor, id).await?;
    let new = NewTicket {
        subject: body.subject.unwrap_or_else(|| first.subject.clone()),
        priority: first.priority,
        visibility: Visibility::Private,
        comment: NewComment {
            body: Body::of_markdown(&body.body),
            files: vec![],
            origin: Origin::Api,
            once: visitor.once.clone(),
            incoming_mail: None,
        },
    };
    let category = body.category.map_or(first.category_id, CategoryId);
    let opened = following::do_follow_up(&app.db, actor, id, category, new, now).await?;
    Ok(json(
        StatusCode::CREATED,
        &NumberItem {
            number: opened.ticket.0,
        },
    ))
}
