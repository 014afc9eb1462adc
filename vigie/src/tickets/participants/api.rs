//! People on a ticket, for programs.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Kind, Participant, typed};
use crate::house::{App, House};
use crate::people::PersonId;
use crate::tickets::comments::NewComment;
use crate::tickets::pages::number;
use crate::tickets::rights::{Invite, Read};
use crate::tickets::{Origin, TicketId, naming, reading};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, post};

/// The addresses of people on a ticket.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/tickets/{number}/participants", Who::Api, list),
        get("/api/v1/tickets/{number}/people", Who::Api, search),
        post("/api/v1/tickets/{number}/invitees", Who::Api, invite),
        delete(
            "/api/v1/tickets/{number}/invitees/{person}",
            Who::Api,
            uninvite,
        ),
        post(
            "/api/v1/tickets/{number}/observers",
            Who::Api,
            add_observers,
        ),
        delete(
            "/api/v1/tickets/{number}/observers/{person}",
            Who::Api,
            remove_observer,
        ),
        post("/api/v1/tickets/{number}/following", Who::Api, follow),
        delete("/api/v1/tickets/{number}/following", Who::Api, unfollow),
    ]
}

/// Somebody on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParticipantItem {
    /// Their identifier; null for an agent whom an anonymous department does not name.
    pub id: Option<i64>,
    /// Their name, or the department's.
    pub name: String,
    /// Their address; null likewise.
    pub email: Option<String>,
    /// Came with the department, by its rule.
    pub permanent: bool,
}

/// The people on a ticket besides requester and holder.
#[derive(Debug, Serialize, ToSchema)]
pub struct Participants {
    /// Who was let in.
    pub invitees: Vec<ParticipantItem>,
    /// Agents who observe; for staff.
    pub observers: Vec<ParticipantItem>,
    /// Whether you follow it. Nobody else knows.
    pub following: bool,
}

/// People to let in.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InviteBody {
    /// Addresses, or logins when staff asks; an unknown address becomes a person without access.
    pub people: Vec<String>,
    /// A public message, Markdown, which the invitation carries.
    pub message: Option<String>,
}

/// Agents to make observers.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ObserversBody {
    /// Addresses or logins; yourself when it is empty.
    pub people: Vec<String>,
}

/// What is known of somebody one looks for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// A part of their name, address or login.
    text: Option<String>,
}

fn item(person: Participant) -> ParticipantItem {
    ParticipantItem {
        id: naming::number(person.person_id),
        name: person.name,
        email: (!person.email.is_empty()).then_some(person.email),
        permanent: person.is_permanent,
    }
}

async fn answer(
    app: &House,
    visitor: &ApiVisitor,
    id: TicketId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let mut all = Participants {
        invitees: vec![],
        observers: vec![],
        following: false,
    };
    for person in super::of(&mut db, &visitor.actor, &ticket).await? {
        match person.kind {
            Kind::Invitee => all.invitees.push(item(person)),
            Kind::Observer => all.observers.push(item(person)),
            Kind::Follower => all.following = true,
        }
    }
    Ok(json(status, &all))
}

/// The people on a ticket.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/participants", operation_id = "participants", params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 200, body = Participants), (status = 404, description = "Not there, or not to be seen")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&n)?, StatusCode::OK).await
}

/// People whom staff who may invite could name: by a part of their name, address or login.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/people", operation_id = "people_to_name", params(("number" = i64, Path, description = "Its number"), SearchQuery), tag = "tickets",
    responses((status = 200, body = [ParticipantItem]), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be seen")))]
pub async fn search(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    Query(query): Query<SearchQuery>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let ticket = reading::find::<Invite>(&mut db, &visitor.actor, number(&n)?).await?;
    let text = query.text.unwrap_or_default();
    let items: Vec<ParticipantItem> = typed::search(&mut db, &visitor.actor, &ticket, &text)
        .await?
        .into_iter()
        .map(|p| ParticipantItem {
            id: Some(p.id.0),
            name: p.name,
            email: Some(p.email),
            permanent: false,
        })
        .collect();
    Ok(json(StatusCode::OK, &items))
}

/// Lets people in; each new one is mailed once.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/invitees", operation_id = "invite", request_body = InviteBody, params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")), tag = "tickets",
    responses((status = 201, body = Participants), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Somebody cannot be invited")))]
pub async fn invite(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<InviteBody>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    reading::find::<Read>(&mut app.db.read(), &visitor.actor, id).await?;
    let words = body
        .message
        .filter(|text| !text.trim().is_empty())
        .map(|text| NewComment {
            once: visitor.once.clone(),
            ..NewComment::typed(&text, Origin::Api)
        });
    let (actor, seen, now) = (&visitor.actor, visitor.seen_version()?, visitor.now());
    let typed = body.people.join(",");
    super::let_in(&app.db, actor, id, seen, &typed, words, now).await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

fn person(text: &str) -> Result<PersonId, Error> {
    text.parse().map(PersonId).map_err(|_| Error::NotFound)
}

/// Takes an invitation back: they lose sight of the ticket at once.
#[utoipa::path(delete, path = "/api/v1/tickets/{number}/invitees/{person}", operation_id = "uninvite", tag = "tickets",
    params(("number" = i64, Path, description = "Its number"), ("person" = i64, Path, description = "Their identifier"),
        ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 204, description = "They are not let in any more"), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions")))]
pub async fn uninvite(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, who)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let (id, who) = (number(&n)?, person(&who)?);
    let (actor, seen, now) = (&visitor.actor, visitor.seen_version()?, visitor.now());
    super::let_out(&app.db, actor, id, seen, who, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Makes agents observers of the ticket: others, or yourself.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/observers", operation_id = "add_observers", request_body = ObserversBody, params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")), tag = "tickets",
    responses((status = 201, body = Participants), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Somebody is no agent")))]
pub async fn add_observers(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<ObserversBody>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let (actor, seen, now) = (&visitor.actor, visitor.seen_version()?, visitor.now());
    if body.people.is_empty() {
        super::change_observer(&app.db, actor, id, visitor.person.id, true, seen, now).await?;
    } else {
        super::add_observers(&app.db, actor, id, &body.people.join(","), seen, now).await?;
    }
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Ends an observation; whoever saw the ticket by it alone loses sight of it at once.
#[utoipa::path(delete, path = "/api/v1/tickets/{number}/observers/{person}", operation_id = "remove_observer", tag = "tickets",
    params(("number" = i64, Path, description = "Its number"), ("person" = i64, Path, description = "Their identifier"),
        ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 204, description = "They do not observe any more"), (status = 403, description = "A right is missing, or the state does not allow it"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions")))]
pub async fn remove_observer(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, who)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let (id, who) = (number(&n)?, person(&who)?);
    let (actor, seen, now) = (&visitor.actor, visitor.seen_version()?, visitor.now());
    super::change_observer(&app.db, actor, id, who, false, seen, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Follows the ticket: you hear of what you see of it anyway.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/following", operation_id = "follow", params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 201, body = Participants), (status = 404, description = "Not there, or not to be seen")))]
pub async fn follow(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    super::change_following(&app.db, &visitor.actor, id, true, visitor.now()).await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Follows it no more.
#[utoipa::path(delete, path = "/api/v1/tickets/{number}/following", operation_id = "unfollow", params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 204, description = "You do not follow it"), (status = 404, description = "Not there, or not to be seen")))]
pub async fn unfollow(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    super::change_following(&app.db, &visitor.actor, id, false, visitor.now()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
