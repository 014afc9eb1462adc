//! The API twin of every list and deed of tickets, decided by the same verbs.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::error::{Because, Error};
use kit::web::form::Upload;
use serde::Deserialize;
use utoipa::IntoParams;

use super::comments::{Body, NewComment};
use super::deeds::{self, Wanted};
use super::listing::{Calendar, Cursor, Filter, Listed, Order};
use super::machine::State as Life;
use super::pages::{note_read_by, number};
use super::reading::{Attachment, Comment};
use super::rights::Read;
use super::verbs::{self, NewTicket};
use super::{
    Audience, Origin, Ticket, TicketId, Visibility, counts, joining, listing, reading, shared,
    tags, uploads,
};
use crate::departments::{self, CategoryId};
use crate::house::{App, House};
use crate::people::{self, directory};
use crate::policy::permission;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Limit, Route, get, post};

pub mod wire;

use wire::{
    AttachmentItem, CategoryItem, CommentItem, Comments, CountItem, DeedBody, EventItem, Events,
    FileBody, Named, NewCommentBody, NewTicketBody, PersonName, TicketItem, TicketPage,
    WrittenItem,
};

/// The addresses of the API of tickets.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/tickets", Who::Api, list),
        post("/api/v1/tickets", Who::Api, create).taking(Limit::FILES),
        get("/api/v1/tickets/counts", Who::Api, count),
        get("/api/v1/tickets/{number}", Who::Api, show),
        get("/api/v1/tickets/{number}/comments", Who::Api, comments),
        post("/api/v1/tickets/{number}/comments", Who::Api, comment).taking(Limit::FILES),
        get("/api/v1/tickets/{number}/events", Who::Api, events),
        post("/api/v1/tickets/{number}/assignment", Who::Api, take),
        post("/api/v1/tickets/{number}/release", Who::Api, release),
        post("/api/v1/tickets/{number}/closure", Who::Api, close),
        post("/api/v1/tickets/{number}/approval", Who::Api, approve),
        post("/api/v1/tickets/{number}/refusal", Who::Api, refuse_closure),
        post("/api/v1/tickets/{number}/reopening", Who::Api, reopen),
        get("/api/v1/categories", Who::Api, categories),
        get("/api/v1/departments", Who::Api, departments_seen),
    ]
}

/// Filters and order of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// 1 to 200, 50 unless given.
    limit: Option<i64>,
    /// Where the page before said to go on.
    cursor: Option<String>,
    /// `activity`, `number` (or `created`), `priority`, `subject`, `state`, `requester`, `assignee`, `department`,
    /// `category`, `closed` or `origin`, with `-` before it for the largest first; `-activity` unless given.
    sort: Option<String>,
    /// States between commas: `free,in_progress`; `not:` before them for the others.
    state: Option<String>,
    /// Stages, the families of states.
    stage: Option<String>,
    /// Departments' identifiers.
    department: Option<String>,
    /// Categories' identifiers, with those below.
    category: Option<String>,
    /// Priorities, 1 to 5.
    priority: Option<String>,
    /// Ways in: `web`, `portal`, `email`, `phone`, `api`, `other`.
    origin: Option<String>,
    /// Who else may look: `private`, `subject`, `intranet`, `public`.
    visibility: Option<String>,
    /// `me` or people's identifiers.
    requester: Option<String>,
    /// `me`, `none`, or people's identifiers.
    assignee: Option<String>,
    /// Tags' identifiers.
    tag: Option<String>,
    /// How you take part: `invited`, `observing`.
    participant: Option<String>,
    /// `yes`: somebody is in charge whose mentor you are; `no`.
    trainees: Option<String>,
    /// `yes`: an agent asked for advice on it; `no`. For staff.
    advice: Option<String>,
    /// `yes`: others changed it since you looked; `no`.
    unread: Option<String>,
    /// When it was opened: `after:2026-11-01`, `before:2026-11-30`, `after:-7d`, or a day.
    created: Option<String>,
    /// When a person last changed it.
    updated: Option<String>,
    /// When it was closed.
    closed: Option<String>,
}

impl ListQuery {
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        [
            ("state", &self.state),
            ("stage", &self.stage),
            ("department", &self.department),
            ("category", &self.category),
            ("priority", &self.priority),
            ("origin", &self.origin),
            ("visibility", &self.visibility),
            ("requester", &self.requester),
            ("assignee", &self.assignee),
            ("tag", &self.tag),
            ("participant", &self.participant),
            ("trainees", &self.trainees),
            ("advice", &self.advice),
            ("unread", &self.unread),
            ("created", &self.created),
            ("updated", &self.updated),
            ("closed", &self.closed),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.as_deref().map(|value| (name, value)))
    }
}

/// A ticket as programs read it in lists, with the words on it.
pub fn item(listed: Listed, tags: Vec<String>) -> TicketItem {
    TicketItem {
        number: listed.id.0,
        subject: listed.subject,
        state: listed.state.word(),
        stage: listed.state.stage().word(),
        department: Named {
            id: listed.department_id.0,
            name: listed.department,
        },
        category: Named {
            id: listed.category_id.0,
            name: listed.category,
        },
        requester: Named {
            id: listed.requester_id.0,
            name: listed.requester,
        },
        assignee: listed
            .assignee_id
            .zip(listed.assignee)
            .map(|(who, name)| PersonName::told(who, name)),
        priority: listed.priority,
        visibility: None,
        comments: listed.comment_count,
        tags,
        needs_advice: listed.needs_advice,
        merged_into: None,
        came_in_by: None,
        version: listed.version,
        created_at: listed.created_at.rfc3339(),
        updated_at: listed.updated_at.rfc3339(),
    }
}

/// Where days begin for the person whose program asks, and which day it is.
pub fn calendar(app: &House, visitor: &ApiVisitor) -> Calendar {
    let zone = visitor.person.time_zone.as_deref();
    let zone = jiff::tz::TimeZone::get(zone.unwrap_or(&app.config.time_zone));
    Calendar {
        zone: zone.unwrap_or(jiff::tz::TimeZone::UTC),
        now: visitor.now(),
    }
}

fn order(sort: Option<&str>) -> Result<Order, Error> {
    match sort {
        None => Ok(Order::USUAL),
        Some(sort) => Order::parse(sort).ok_or_else(|| Error::invalid("sort", "fault-filter")),
    }
}

/// Tickets one sees.
#[utoipa::path(get, path = "/api/v1/tickets", params(ListQuery), tag = "tickets",
    responses((status = 200, body = TicketPage), (status = 422, description = "A filter is not one")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fail> {
    let limit = query.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Error::invalid("limit", "fault-limit").into());
    }
    let cursor = match query.cursor.as_deref() {
        None => None,
        Some(text) => {
            Some(Cursor::parse(text).ok_or_else(|| Error::invalid("cursor", "fault-cursor"))?)
        }
    };
    let filter = Filter::parse(query.pairs(), &calendar(&app, &visitor))?;
    let order = order(query.sort.as_deref())?;
    let mut db = app.db.read();
    let actor = &visitor.actor;
    let found = listing::page(&mut db, actor, &filter, order, cursor, limit).await?;
    let mut tags = tags::of_page(&mut db, actor, found.rows.iter().map(|row| row.id)).await?;
    let items = found.rows.into_iter().map(|row| {
        let tags = tags.remove(&row.id).unwrap_or_default();
        item(row, tags)
    });
    Ok(json(
        StatusCode::OK,
        &TicketPage {
            next: found.after.map(|c| c.text()),
            items: items.collect(),
        },
    ))
}

/// Counts by state, of what one sees.
#[utoipa::path(get, path = "/api/v1/tickets/counts", tag = "tickets", responses((status = 200, body = [CountItem])))]
pub async fn count(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let counts = counts::seen_by(&mut app.db.read(), &visitor.actor).await?;
    let items: Vec<CountItem> = Life::ALL
        .iter()
        .map(|state| CountItem {
            state: state.word(),
            count: counts.of(*state),
        })
        .collect();
    Ok(json(StatusCode::OK, &items))
}

async fn kept(app: &House, files: Vec<FileBody>) -> Result<Vec<super::comments::NewFile>, Error> {
    let mut uploads = Vec::with_capacity(files.len());
    for file in files {
        let bytes = data_encoding::BASE64
            .decode(file.content.as_bytes())
            .map_err(|_| Error::invalid("files", "fault-base64"))?;
        uploads.push(Upload {
            name: file.name,
            bytes: bytes.into(),
        });
    }
    uploads::keep(&app.files, uploads).await
}

/// Opens a ticket.
#[utoipa::path(post, path = "/api/v1/tickets", request_body = NewTicketBody, tag = "tickets",
    responses((status = 201, body = TicketItem), (status = 403, description = "For somebody else needs a right"), (status = 422, description = "Faults at fields")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<NewTicketBody>,
) -> Result<Response, Fail> {
    // The right first: whoever lacks it must not learn from the answer who has an account here.
    let for_somebody = body
        .requester
        .as_deref()
        .is_some_and(|name| people::email_key(name) != people::email_key(&visitor.person.email));
    if for_somebody && !visitor.actor.is_permitted(permission::HANDLE) {
        return Err(Error::Forbidden(Because("right-open-for-somebody")).into());
    }
    let requester = match body.requester.as_deref() {
        None => None,
        Some(name) => Some(
            directory::named(&mut app.db.read(), &visitor.actor, name)
                .await?
                .ok_or_else(|| {
                    Error::invalid_with("requester", "fault-person-unknown", name.to_owned())
                })?
                .id,
        ),
    };
    let new = NewTicket {
        subject: body.subject,
        priority: body.priority.unwrap_or(3),
        // A program is not warned as a form warns: it says so itself, or nobody else looks.
        visibility: match body.visibility.as_deref() {
            None => Visibility::Private,
            Some(word) => shared::typed(word)?,
        },
        comment: NewComment {
            body: Body::of_markdown(&body.body),
            files: kept(&app, body.files).await?,
            origin: Origin::Api,
            once: visitor.once.clone(),
            incoming_mail: None,
        },
    };
    let (actor, category) = (&visitor.actor, CategoryId(body.category));
    let mut tx = app.db.write().await?;
    let opened = match requester.filter(|r| *r != visitor.person.id) {
        None => {
            let place = departments::place(&mut tx, actor, category).await?;
            verbs::open(&mut tx, &place, actor, new, visitor.now()).await?
        }
        Some(requester) => {
            let place = departments::place_for_somebody(&mut tx, actor, category).await?;
            verbs::open_for_somebody(&mut tx, &place, actor, requester, new, visitor.now()).await?
        }
    };
    tx.commit().await?;
    // Whoever files for somebody may not see it afterwards; then its number is all they get.
    match reading::find::<Read>(&mut app.db.read(), actor, opened.ticket).await {
        Ok(ticket) => Ok(json(
            StatusCode::CREATED,
            &item_of(&app, actor, &ticket).await?,
        )),
        Err(Error::NotFound) => Ok(json(
            StatusCode::CREATED,
            &serde_json::json!({ "number": opened.ticket.0 }),
        )),
        Err(other) => Err(other.into()),
    }
}

async fn item_of(
    app: &House,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
) -> Result<TicketItem, Error> {
    let mut db = app.db.read();
    let names = reading::names(&mut db, actor, ticket).await?;
    let tags = tags::of(&mut db, actor, ticket.id).await?;
    let tags = tags.into_iter().map(|tag| tag.name).collect();
    Ok(TicketItem::whole(ticket, names, tags))
}

/// The ticket as it stands, through the actor's eyes, with its version as `ETag`.
pub async fn answer(app: &House, actor: &Actor, id: TicketId) -> Result<Response, Fail> {
    let ticket = reading::find::<Read>(&mut app.db.read(), actor, id).await?;
    let mut item = item_of(app, actor, &ticket).await?;
    if ticket.state == Life::Merged {
        let into = joining::goes_on_in(&mut app.db.read(), actor, id).await?;
        item.merged_into = into.map(|t| t.0);
    }
    let mut response = json(StatusCode::OK, &item);
    if let Ok(tag) = axum::http::HeaderValue::from_str(&format!("\"{}\"", ticket.version)) {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

/// One ticket.
#[utoipa::path(get, path = "/api/v1/tickets/{number}", params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 200, body = TicketItem), (status = 404, description = "Not there, or not to be seen")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let answer = answer(&app, &visitor.actor, number(&n)?).await?;
    note_read_by(&app, &visitor.actor, number(&n)?, visitor.now());
    Ok(answer)
}

/// The comments one may read.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/comments", params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 200, body = Comments), (status = 404, description = "Not there, or not to be seen")))]
pub async fn comments(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let ticket = reading::find::<Read>(&mut db, actor, number(&n)?).await?;
    let files = reading::attachments(&mut db, actor, ticket.id).await?;
    let found = reading::comments(&mut db, actor, &ticket).await?;
    let items = comment_items(found, &files);
    note_read_by(&app, actor, ticket.id, visitor.now());
    Ok(json(StatusCode::OK, &Comments { items, next: None }))
}

/// Comments as programs read them, each with its files.
pub fn comment_items(comments: Vec<Comment>, files: &[Attachment]) -> Vec<CommentItem> {
    comments
        .into_iter()
        .map(|c| CommentItem {
            id: c.id.0,
            attachments: files
                .iter()
                .filter(|f| f.comment_id == c.id)
                .map(|f| AttachmentItem {
                    id: f.id.0,
                    name: f.name.clone(),
                    media_type: f.media_type.clone(),
                    size: f.size,
                })
                .collect(),
            author: PersonName::told(c.author_id, c.author),
            edited_at: c.edited_at.map(Moment::rfc3339),
            forged: c.is_forged,
            redacted_at: c.redacted_at.map(Moment::rfc3339),
            redaction_reason: c.redaction_reason,
            audience: c.audience.word(),
            hat: c.hat.word(),
            origin: c.origin.word(),
            body: c.body,
            html: c.html,
            created_at: c.created_at.rfc3339(),
        })
        .collect()
}

/// Writes a comment. With `If-Match`, a reply whose author has not read what others did meanwhile is refused.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/comments", request_body = NewCommentBody, tag = "tickets",
    params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 201, body = WrittenItem), (status = 403, description = "A right is missing"),
        (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Others wrote meanwhile; both versions")))]
pub async fn comment(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<NewCommentBody>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    reading::find::<Read>(&mut app.db.read(), &visitor.actor, id).await?;
    let audience =
        Audience::of(&body.audience).ok_or_else(|| Error::invalid("audience", "fault-audience"))?;
    let comment = NewComment {
        body: Body::of_markdown(body.body.trim_end()),
        files: kept(&app, body.files).await?,
        origin: Origin::Api,
        once: visitor.once.clone(),
        incoming_mail: None,
    };
    let now = visitor.now();
    let to = verbs::Addressed {
        audience,
        is_quiet: body.quiet,
    };
    let seen = visitor.seen_version()?;
    let written = deeds::write(&app.db, &visitor.actor, id, to, comment, seen, now).await?;
    Ok(json(
        StatusCode::CREATED,
        &WrittenItem {
            id: written.comment.0,
        },
    ))
}

/// The history one may read.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/events", params(("number" = i64, Path, description = "Its number")), tag = "tickets",
    responses((status = 200, body = Events), (status = 404, description = "Not there, or not to be seen")))]
pub async fn events(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let ticket = reading::find::<Read>(&mut db, actor, number(&n)?).await?;
    note_read_by(&app, actor, ticket.id, visitor.now());
    let found = reading::events(&mut db, actor, &ticket).await?;
    let items = found.into_iter().map(EventItem::of).collect();
    Ok(json(StatusCode::OK, &Events { items, next: None }))
}

/// Does a deed and answers with the ticket as it stands after it. `message` goes with the deed.
pub(super) async fn act(
    app: &House,
    visitor: &ApiVisitor,
    n: &str,
    wanted: Wanted,
    message: Option<String>,
) -> Result<Response, Fail> {
    let id = number(n)?;
    let seen = visitor.seen_version()?;
    let words = message.map(|text| NewComment {
        once: visitor.once.clone(),
        ..NewComment::typed(&text, Origin::Api)
    });
    let (actor, now) = (&visitor.actor, visitor.now());
    deeds::act(&app.db, actor, id, wanted, seen, words, now).await?;
    match answer(app, actor, id).await {
        // Sent out of one's own sight: its number is all that is left to say.
        Err(Fail(Error::NotFound)) => {
            Ok(json(StatusCode::OK, &serde_json::json!({ "number": id.0 })))
        }
        other => other,
    }
}

macro_rules! deed {
    ($(#[$meta:meta])* $name:ident, $wanted:ident, $path:literal) => {
        $(#[$meta])*
        #[utoipa::path(post, path = $path, request_body = DeedBody, tag = "tickets",
            params(("number" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
            responses((status = 200, body = TicketItem), (status = 403, description = "A right is missing, or the state does not allow it"),
                (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions")))]
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
    /// Become the one in charge.
    take, Take, "/api/v1/tickets/{number}/assignment"
);
deed!(
    /// Stop being in charge.
    release, Release, "/api/v1/tickets/{number}/release"
);
deed!(
    /// Say it is solved, taking it first when one may.
    close, Close, "/api/v1/tickets/{number}/closure"
);
deed!(
    /// Agree that it is solved.
    approve, Approve, "/api/v1/tickets/{number}/approval"
);
deed!(
    /// Disagree that it is solved.
    refuse_closure, RefuseClosure, "/api/v1/tickets/{number}/refusal"
);
deed!(
    /// Open it again.
    reopen, Reopen, "/api/v1/tickets/{number}/reopening"
);

/// Where one may open a ticket: what one is offered, or everything for whoever opens them for others.
#[utoipa::path(get, path = "/api/v1/categories", tag = "tickets", responses((status = 200, body = [CategoryItem])))]
pub async fn categories(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let places = departments::places_offered(&mut app.db.read(), &visitor.actor).await?;
    let items: Vec<CategoryItem> = places
        .into_iter()
        .map(|p| CategoryItem {
            id: p.id.0,
            name: p.name,
            parent: p.parent_id.map(|id| id.0),
            department: Named {
                id: p.department_id.0,
                name: p.department,
            },
            is_virtual: p.virtual_of_id.is_some(),
        })
        .collect();
    Ok(json(StatusCode::OK, &items))
}

/// The departments whose lists one may open.
#[utoipa::path(get, path = "/api/v1/departments", tag = "tickets", responses((status = 200, body = [Named])))]
pub async fn departments_seen(
    State(app): State<App>,
    visitor: ApiVisitor,
) -> Result<Response, Fail> {
    let items: Vec<Named> = departments::seen_by(&mut app.db.read(), &visitor.actor)
        .await?
        .into_iter()
        .map(|d| Named {
            id: d.id.0,
            name: d.name,
        })
        .collect();
    Ok(json(StatusCode::OK, &items))
}
