//! The API twin of the page on which filter rules are kept.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FilterAdmin, FilterId, Outcome, Source, Wanted};
use crate::audit::Pen;
use crate::departments::CategoryId;
use crate::house::App;
use crate::mail::channels::keeper;
use crate::mail::mailboxes::MailboxId;
use crate::mail::store::ChannelId;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, patch, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/filters", Who::Api, list),
        post("/api/v1/filters", Who::Api, create),
        patch("/api/v1/filters/{id}", Who::Api, change),
        delete("/api/v1/filters/{id}", Who::Api, remove),
    ]
}

/// A rule for letters that would open a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilterItem {
    /// Its identifier.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// Where it stands among the others; the first is asked first.
    pub position: i64,
    /// Whether it is asked.
    pub active: bool,
    /// The channel its letters came to; null for any.
    pub channel: Option<i64>,
    /// The mailbox they were fetched from; null for any.
    pub mailbox: Option<i64>,
    /// Addresses, or `@domain`: one of them wrote. Empty for anybody.
    pub senders: Vec<String>,
    /// The name of a header they have; null for any.
    pub header_name: Option<String>,
    /// What that header holds; null when it only has to be there.
    pub header_words: Option<String>,
    /// One of these stands in subject or text. Empty for any text.
    pub words: Vec<String>,
    /// They are larger than so many KiB; null for any size.
    pub size_over: Option<i64>,
    /// Whether a file came with them.
    pub needs_file: bool,
    /// What becomes of them: `ticket`, `quarantine`.
    pub outcome: String,
    /// The category they open tickets in; null for that of their address.
    pub category: Option<i64>,
    /// What is put on their tickets.
    pub tags: Vec<String>,
    /// How many letters it met in the last 30 days.
    pub met: i64,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
}

/// Every rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilterItems {
    /// They, in their order.
    pub items: Vec<FilterItem>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

fn item(it: FilterAdmin) -> FilterItem {
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    FilterItem {
        id: it.id.0,
        position: it.position,
        active: it.is_active,
        channel: it.channel_id.map(|id| id.0),
        mailbox: it.mailbox_id.map(|id| id.0),
        senders: lines(&it.senders),
        header_name: some(it.header_name),
        header_words: some(it.header_words),
        words: lines(&it.words),
        size_over: it.size_over,
        needs_file: it.needs_file,
        outcome: it.outcome.word().to_owned(),
        category: it.category_id.map(|id| id.0),
        tags: match it.tag_words.as_str() {
            "" => vec![],
            tags => tags.split(", ").map(str::to_owned).collect(),
        },
        met: it.met,
        version: it.version,
        name: it.name,
    }
}

/// Every filter rule, in order. For administrators.
#[utoipa::path(get, path = "/api/v1/filters", tag = "mail",
    responses((status = 200, body = FilterItems), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers")))]
pub async fn list(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let all = super::list(&mut app.db.read(), &may, app.clock.now()).await?;
    let body = FilterItems {
        items: all.into_iter().map(item).collect(),
        next: None,
    };
    Ok(json(StatusCode::OK, &body))
}

/// What a rule is to be; of one that is there, what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilterBody {
    /// What people call it.
    name: Option<String>,
    /// Where it stands among the others, from 1; the last unless said.
    position: Option<i64>,
    /// Whether it is asked; it is unless said.
    active: Option<bool>,
    /// The channel its letters came to; null for any.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<i64>)]
    channel: Option<Option<i64>>,
    /// The mailbox they were fetched from; null for any.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<i64>)]
    mailbox: Option<Option<i64>>,
    /// Addresses, or `@domain`: one of them wrote.
    senders: Option<Vec<String>>,
    /// The name of a header they have; null for any.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<String>)]
    header_name: Option<Option<String>>,
    /// What that header holds; null when it only has to be there.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<String>)]
    header_words: Option<Option<String>>,
    /// One of these stands in subject or text.
    words: Option<Vec<String>>,
    /// They are larger than so many KiB; null for any size.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<i64>)]
    size_over: Option<Option<i64>>,
    /// Whether a file came with them.
    needs_file: Option<bool>,
    /// What becomes of them: `ticket` unless said, `quarantine`.
    outcome: Option<String>,
    /// The category they open tickets in; null for that of their address.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<i64>)]
    category: Option<Option<i64>>,
    /// What is put on their tickets.
    tags: Option<Vec<String>>,
}

fn wanted(body: FilterBody, standing: Option<&FilterAdmin>) -> Wanted {
    let channel = body
        .channel
        .unwrap_or_else(|| standing.and_then(|it| it.channel_id).map(|id| id.0));
    let mailbox = body
        .mailbox
        .unwrap_or_else(|| standing.and_then(|it| it.mailbox_id).map(|id| id.0));
    let text = |given: Option<Option<String>>, stands: fn(&FilterAdmin) -> &str| match given {
        Some(text) => text.unwrap_or_default(),
        None => standing.map_or("", stands).to_owned(),
    };
    let lines =
        |given: Option<Vec<String>>, between: &str, stands: fn(&FilterAdmin) -> &str| match given {
            Some(lines) => lines.join(between),
            None => standing.map_or("", stands).to_owned(),
        };
    let size = body
        .size_over
        .unwrap_or_else(|| standing.and_then(|it| it.size_over));
    let category = body
        .category
        .unwrap_or_else(|| standing.and_then(|it| it.category_id).map(|id| id.0));
    let usual = || standing.map_or(Outcome::Ticket, |it| it.outcome);
    Wanted {
        name: text(body.name.map(Some), |it| &it.name),
        source: match (channel, mailbox) {
            (None, None) => Some(Source::Any),
            (Some(id), None) => Some(Source::Channel(ChannelId(id))),
            (None, Some(id)) => Some(Source::Mailbox(MailboxId(id))),
            // A mailbox brings the letters of one channel: both would say it twice, or nothing.
            (Some(_), Some(_)) => None,
        },
        senders: lines(body.senders, "\n", |it| &it.senders),
        header_name: text(body.header_name, |it| &it.header_name),
        header_words: text(body.header_words, |it| &it.header_words),
        words: lines(body.words, "\n", |it| &it.words),
        size_over: size.map(|kib| kib.to_string()).unwrap_or_default(),
        needs_file: body
            .needs_file
            .unwrap_or(standing.is_some_and(|it| it.needs_file)),
        outcome: body
            .outcome
            .map_or_else(|| Some(usual()), |it| Outcome::of(&it)),
        category: Ok(category.map(CategoryId)),
        tags: lines(body.tags, ", ", |it| &it.tag_words),
        is_active: body
            .active
            .unwrap_or(standing.is_none_or(|it| it.is_active)),
    }
}

async fn answer(
    app: &App,
    visitor: &ApiVisitor,
    id: FilterId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let found = super::find(&mut app.db.read(), &may, id, app.clock.now()).await?;
    let item = item(found);
    let mut response = json(status, &item);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", item.version)) {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

fn number(id: &str) -> Result<FilterId, Error> {
    id.parse().map(FilterId).map_err(|_| Error::NotFound)
}

/// Adds a filter rule. For administrators.
#[utoipa::path(post, path = "/api/v1/filters", request_body = FilterBody, tag = "mail",
    responses((status = 201, body = FilterItem), (status = 403, description = "A right is missing"), (status = 422, description = "Faults at fields")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<FilterBody>,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let position = body.position;
    let wanted = wanted(body, None);
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    let id = super::create(&mut tx, &may, &wanted, pen).await?;
    if let Some(position) = position {
        super::place(&mut tx, &may, (id, None), position, pen).await?;
    }
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Changes a filter rule, puts it at another place, or switches it off and on. For administrators.
#[utoipa::path(patch, path = "/api/v1/filters/{id}", request_body = FilterBody, tag = "mail",
    params(("id" = i64, Path, description = "The rule"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = FilterItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<FilterBody>,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let id = number(&id)?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let standing = super::find(&mut app.db.read(), &may, id, pen.now).await?;
    let position = body.position;
    let wanted = wanted(body, Some(&standing));
    // What was left out was read here: nobody may have changed it since.
    let seen = visitor.seen_version()?.unwrap_or(standing.version);
    let mut tx = app.db.write().await?;
    super::change(&mut tx, &may, (id, Some(seen)), &wanted, pen).await?;
    if let Some(position) = position {
        super::place(&mut tx, &may, (id, None), position, pen).await?;
    }
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}

/// Removes a filter rule. What it did stays done. For administrators.
#[utoipa::path(delete, path = "/api/v1/filters/{id}", tag = "mail",
    params(("id" = i64, Path, description = "The rule"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 204, description = "Removed"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let which = (number(&id)?, visitor.seen_version()?);
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    super::remove(&mut tx, &may, which, pen).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
