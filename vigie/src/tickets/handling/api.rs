//! The API twin of handling, decided by the same verbs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::clock::Moment;
use kit::error::Error;

use super::transfer::{self, Target};
use crate::departments::{CategoryId, DepartmentId, serving};
use crate::house::App;
use crate::people::PersonId;
use crate::tickets::api::act;
use crate::tickets::api::wire::{CategoryItem, DeedBody, Named, TicketItem};
use crate::tickets::deeds::Wanted;
use crate::tickets::pages::number;
use crate::tickets::reading;
use crate::tickets::rights::{Assign, Transfer};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, post};

pub mod wire;

use wire::{AssignmentBody, HandlerItem, PostponementBody, ReturnBody, TransferBody};

/// The addresses of the API of handling.
pub fn routes() -> Vec<Route> {
    vec![
        post(
            "/api/v1/tickets/{number}/assignment/closure",
            Who::Api,
            take_and_close,
        ),
        post(
            "/api/v1/tickets/{number}/assignment/question",
            Who::Api,
            take_and_ask,
        ),
        post("/api/v1/tickets/{number}/question", Who::Api, ask),
        get("/api/v1/tickets/{number}/assignee", Who::Api, handlers),
        post("/api/v1/tickets/{number}/assignee", Who::Api, assign),
        post("/api/v1/tickets/{number}/postponement", Who::Api, postpone),
        post("/api/v1/tickets/{number}/recall", Who::Api, recall),
        get("/api/v1/tickets/{number}/transfer", Who::Api, destinations),
        post("/api/v1/tickets/{number}/transfer", Who::Api, send),
        post("/api/v1/tickets/{number}/return", Who::Api, move_back),
        post("/api/v1/tickets/{number}/rejection", Who::Api, refuse),
        post("/api/v1/tickets/{number}/cancellation", Who::Api, cancel),
    ]
}

macro_rules! deed {
    ($(#[$meta:meta])* $name:ident, $wanted:ident, $path:literal) => {
        $(#[$meta])*
        #[utoipa::path(post, path = $path, request_body = DeedBody, tag = "tickets",
            params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
            responses((status = 200, body = TicketItem), (status = 403, description = "A right is missing, or the state does not allow it"),
                (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions"),
                (status = 422, description = "Faults at fields")))]
        pub async fn $name(
            State(app): State<App>,
            visitor: ApiVisitor,
            Path(n): Path<String>,
            ApiBody(body): ApiBody<DeedBody>,
        ) -> Result<Response, Fail> {
            act(&app, &visitor, &n, Wanted::$wanted, body.message).await
        }
    };
}
deed!(
    /// Take it and say it is solved, in one.
    take_and_close, TakeAndClose, "/api/v1/tickets/{number}/assignment/closure"
);
deed!(
    /// Take it and ask the requester for more, in one; the message is the question.
    take_and_ask, TakeAndAsk, "/api/v1/tickets/{number}/assignment/question"
);
deed!(
    /// Ask the requester for more; the message is the question.
    ask, Ask, "/api/v1/tickets/{number}/question"
);
deed!(
    /// Turn it down; the message says why.
    refuse, Refuse, "/api/v1/tickets/{number}/rejection"
);
deed!(
    /// Withdraw one's own request.
    cancel, Cancel, "/api/v1/tickets/{number}/cancellation"
);
deed!(
    /// Bring it back before its time.
    recall, Recall, "/api/v1/tickets/{number}/recall"
);

/// Who can be put in charge now: members of its department who handle tickets and are available.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/assignee", tag = "tickets",
    params(("number" = i64, Path, description = "Its number")),
    responses((status = 200, body = [HandlerItem]), (status = 403, description = "You may not assign it"), (status = 404, description = "Not there, or not to be seen")))]
pub async fn handlers(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let ticket = reading::find::<Assign>(&mut db, &visitor.actor, number(&n)?).await?;
    let found = serving::handlers(&mut db, ticket.department_id, ticket.category_id)
        .await?
        .without(visitor.person.id);
    let item = |serves_category| {
        move |h: serving::Handler| HandlerItem {
            id: h.person_id.0,
            name: h.name,
            serves_category,
        }
    };
    let members = found.members.into_iter().map(item(true));
    let items: Vec<HandlerItem> = members
        .chain(found.others.into_iter().map(item(false)))
        .collect();
    Ok(json(StatusCode::OK, &items))
}

/// Put a colleague in charge.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/assignee", request_body = AssignmentBody, tag = "tickets",
    params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = TicketItem), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "Not somebody who can be put in charge")))]
pub async fn assign(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<AssignmentBody>,
) -> Result<Response, Fail> {
    // Nobody is nobody's colleague: the verb says so, after it has looked for the ticket.
    let wanted = Wanted::Assign(PersonId(body.person.unwrap_or(0)));
    act(&app, &visitor, &n, wanted, body.message).await
}

/// Put it off.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/postponement", request_body = PostponementBody, tag = "tickets",
    params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = TicketItem), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "No moment, or none to come")))]
pub async fn postpone(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<PostponementBody>,
) -> Result<Response, Fail> {
    let until = match body.until.as_deref() {
        None => None,
        Some(text) => {
            let moment = Moment::parse(text);
            Some(moment.ok_or_else(|| Error::invalid("until", "fault-moment"))?)
        }
    };
    act(&app, &visitor, &n, Wanted::Postpone(until), body.message).await
}

/// Where one may send it.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/transfer", tag = "tickets",
    params(("number" = i64, Path, description = "Its number")),
    responses((status = 200, body = [CategoryItem]), (status = 403, description = "You may not send it anywhere"), (status = 404, description = "Not there, or not to be seen")))]
pub async fn destinations(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let ticket = reading::find::<Transfer>(&mut db, &visitor.actor, number(&n)?).await?;
    let items: Vec<CategoryItem> = transfer::destinations(&mut db, &ticket, &visitor.actor)
        .await?
        .into_iter()
        .map(|(place, _)| CategoryItem {
            id: place.id.0,
            name: place.name,
            parent: place.parent_id.map(|id| id.0),
            department: Named {
                id: place.department_id.0,
                name: place.department,
            },
            is_virtual: place.virtual_of_id.is_some(),
        })
        .collect();
    Ok(json(StatusCode::OK, &items))
}

/// Send it to another category or department.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/transfer", request_body = TransferBody, tag = "tickets",
    params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = TicketItem, description = "Its number alone when you do not see it there"),
        (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "Not a place it can be sent to")))]
pub async fn send(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<TransferBody>,
) -> Result<Response, Fail> {
    reading::find::<Transfer>(&mut app.db.read(), &visitor.actor, number(&n)?).await?;
    let target = match (body.category, body.department) {
        (Some(category), _) => Target::Category(CategoryId(category)),
        (None, Some(department)) => Target::Department(DepartmentId(department)),
        (None, None) => return Err(Error::invalid("category", "fault-category-missing").into()),
    };
    let wanted = Wanted::Transfer(target, body.follow);
    act(&app, &visitor, &n, wanted, body.message).await
}

/// Send it back to where it was before it was last transferred.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/return", request_body = ReturnBody, tag = "tickets",
    params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = TicketItem, description = "Its number alone when you do not see it there"),
        (status = 403, description = "A right is missing, the state does not allow it, or it was never transferred"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions")))]
pub async fn move_back(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<ReturnBody>,
) -> Result<Response, Fail> {
    act(
        &app,
        &visitor,
        &n,
        Wanted::MoveBack(body.follow),
        body.message,
    )
    .await
}
