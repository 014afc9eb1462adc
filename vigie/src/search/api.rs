//! The API twin of the search page.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::snippet::Piece;
use super::{Hit, Slice, fields, language, people, tickets};
use crate::house::App;
use crate::tickets::api::item;
use crate::tickets::api::wire::TicketItem;
use crate::tickets::{TicketId, tags};
use crate::web::api::{ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get};

/// People in an answer.
const PEOPLE: usize = 20;

/// The address of the API of searching.
pub fn routes() -> Vec<Route> {
    vec![get("/api/v1/search", Who::Api, search)]
}

/// What is searched, and which of the answers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// What to search, in the language of the search field.
    #[serde(default)]
    q: String,
    /// 1 to 200, 20 unless given.
    limit: Option<i64>,
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// A piece of a text.
#[derive(Debug, Serialize, ToSchema)]
pub struct PieceItem {
    /// The text.
    pub text: String,
    /// It is what was searched.
    pub hit: bool,
}

/// A ticket that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct HitItem {
    /// The ticket.
    pub ticket: TicketItem,
    /// Its subject, in pieces.
    pub subject: Vec<PieceItem>,
    /// The words that answer best, in pieces.
    pub snippet: Vec<PieceItem>,
    /// Those words are of an internal note.
    pub is_note: bool,
    /// Names of files that answer, in pieces.
    pub files: Vec<Vec<PieceItem>>,
}

/// Somebody who was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundPersonItem {
    /// Their identifier.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchResult {
    /// Tickets, the best first.
    pub items: Vec<HitItem>,
    /// The cursor of the next page, or null.
    pub next: Option<String>,
    /// How many tickets there are; at least so many when `is_cut`.
    pub count: i64,
    /// There are more than are ranked.
    pub is_cut: bool,
    /// People, by name; on the first page and for staff only.
    pub people: Vec<FoundPersonItem>,
}

fn pieces(pieces: Vec<Piece>) -> Vec<PieceItem> {
    pieces
        .into_iter()
        .map(|p| PieceItem {
            text: p.text,
            hit: p.is_hit,
        })
        .collect()
}

fn hit(hit: Hit, tags: &mut BTreeMap<TicketId, Vec<String>>) -> HitItem {
    let tags = tags.remove(&hit.ticket.id).unwrap_or_default();
    HitItem {
        subject: pieces(hit.subject),
        snippet: pieces(hit.snippet),
        is_note: hit.is_note,
        files: hit.files.into_iter().map(pieces).collect(),
        ticket: item(hit.ticket, tags),
    }
}

/// Tickets and people that answer a search, among those one sees.
#[utoipa::path(get, path = "/api/v1/search", params(SearchQuery), tag = "search",
    responses((status = 200, body = SearchResult), (status = 422, description = "A field of the search cannot have this value")))]
pub async fn search(
    State(app): State<App>,
    visitor: ApiVisitor,
    Query(query): Query<SearchQuery>,
) -> Result<Response, Fail> {
    let limit = query.limit.unwrap_or(20);
    if !(1..=200).contains(&limit) {
        return Err(Error::invalid("limit", "fault-limit").into());
    }
    let limit = usize::try_from(limit).unwrap_or(20);
    let offset: usize = match query.cursor.as_deref() {
        None => 0,
        Some(text) => {
            let offset = text.parse().ok().filter(|n| *n <= 100_000);
            offset.ok_or_else(|| Error::invalid("cursor", "fault-cursor"))?
        }
    };
    let understood = language::understand(&query.q, fields(&visitor.actor), &visitor.words);
    let mut faults = Fields::default();
    for fault in &understood.faults {
        faults.add("q", fault.key, Some(fault.about.clone()));
    }
    faults.settle()?;
    let slice = Slice { offset, limit };
    let found = tickets(&app.db, &visitor.actor, &understood, slice, visitor.now()).await?;
    let on_page = found.hits.iter().map(|hit| hit.ticket.id);
    let mut tags = tags::of_page(&mut app.db.read(), &visitor.actor, on_page).await?;
    let persons = match offset {
        0 => people(&app.db, &visitor.actor, &understood, PEOPLE).await?,
        _ => vec![],
    };
    let persons = persons.into_iter().map(|person| FoundPersonItem {
        id: person.id.0,
        name: person.name,
        email: person.email,
    });
    let next = offset + limit;
    let hits = found.hits.into_iter().map(|found| hit(found, &mut tags));
    Ok(json(
        StatusCode::OK,
        &SearchResult {
            next: (found.count > next).then(|| next.to_string()),
            count: i64::try_from(found.count).unwrap_or(i64::MAX),
            is_cut: found.is_cut,
            items: hits.collect(),
            people: persons.collect(),
        },
    ))
}
