//! What programs read and change of a card: the tickets that the reader may see, and the particulars.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use words::language::Language;

use super::Particulars;
use crate::house::App;
use crate::people::PersonId;
use crate::people::admin::api::{PersonItem, answer};
use crate::tickets::person_store;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, patch};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/people/{id}/tickets", Who::Api, tickets),
        patch("/api/v1/people/{id}/card", Who::Api, change_card),
    ]
}

/// A ticket on a person's card.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardTicketItem {
    /// Its number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Where it is in its life.
    pub state: &'static str,
    /// Name of its department.
    pub department: String,
    /// When a person last changed it, RFC 3339.
    pub updated_at: String,
}

/// What a person asked for, as far as the reader sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardTickets {
    /// Open, or waiting for approval.
    pub open: i64,
    /// All of them.
    pub total: i64,
    /// The twenty changed last; the whole list is `GET /tickets` with its filters.
    pub items: Vec<CardTicketItem>,
}

/// The tickets a person asked for. For staff.
#[utoipa::path(get, path = "/api/v1/people/{id}/tickets", tag = "people",
    params(("id" = i64, Path, description = "The person")),
    responses((status = 200, body = CardTickets), (status = 404, description = "Not there, or not for customers")))]
pub async fn tickets(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    super::staff_only(&visitor.actor)?;
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    let mut db = app.db.read();
    super::card(&mut db, &visitor.actor, id).await?;
    let found = person_store::asked_by(&mut db, &visitor.actor, id).await?;
    let counts = person_store::count_asked_by(&mut db, &visitor.actor, id).await?;
    let items = found.into_iter().map(|t| CardTicketItem {
        number: t.id.0,
        subject: t.subject,
        state: t.state.word(),
        department: t.department,
        updated_at: t.updated_at.rfc3339(),
    });
    let body = CardTickets {
        open: counts.open,
        total: counts.total,
        items: items.collect(),
    };
    Ok(json(StatusCode::OK, &body))
}

/// What to change of a card; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardBody {
    /// Their name.
    name: Option<String>,
    /// Their address; for administrators once they may sign in.
    email: Option<String>,
    /// `fr` or `en`.
    language: Option<String>,
    /// Their phone; empty for unknown.
    phone: Option<String>,
    /// Their post; empty for unknown.
    job_title: Option<String>,
    /// Whom they work for; empty for unknown.
    organization: Option<String>,
    /// Where they work; empty for unknown.
    site: Option<String>,
    /// Works here, rather than being served by us.
    employee: Option<bool>,
    /// Whether they may open the portal; for administrators once they do.
    portal: Option<bool>,
}

/// Changes a person's card: particulars, not rights. For whoever handles tickets.
#[utoipa::path(patch, path = "/api/v1/people/{id}/card", request_body = CardBody, tag = "people",
    params(("id" = i64, Path, description = "The person"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = PersonItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn change_card(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<CardBody>,
) -> Result<Response, Fail> {
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    let card = super::card(&mut app.db.read(), &visitor.actor, id).await?;
    card.must_write(&visitor.actor)?;
    let language = match body.language.as_deref() {
        None => None,
        Some(word) => {
            Some(Language::parse(word).ok_or(Error::invalid("language", "fault-language"))?)
        }
    };
    let standing = Particulars::of(&card, visitor.words.language);
    let wanted = Particulars {
        name: body.name.unwrap_or(standing.name),
        email: body.email.unwrap_or(standing.email),
        login: standing.login,
        is_employee: body.employee.unwrap_or(standing.is_employee),
        language: language.unwrap_or(standing.language),
        phone: body.phone.unwrap_or(standing.phone),
        job_title: body.job_title.unwrap_or(standing.job_title),
        organization: body.organization.unwrap_or(standing.organization),
        site: body.site.unwrap_or(standing.site),
        has_portal: body.portal.unwrap_or(standing.has_portal),
    };
    // What was left out was read here: nobody may have changed it since.
    let seen = visitor.seen_version()?.unwrap_or(card.version);
    let mut tx = app.db.write().await?;
    let now = app.clock.now();
    super::change(&mut tx, &visitor.actor, id, Some(seen), &wanted, now).await?;
    tx.commit().await?;
    answer(&app, id, StatusCode::OK).await
}
