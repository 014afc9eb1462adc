//! The API twin of the journal.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Fields;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Noted, Past, Wanted};
use crate::audit::chain::{self, Standing};
use crate::audit::{Change, Deed, Detail};
use crate::departments::DepartmentId;
use crate::house::App;
use crate::people::{PersonId, desk};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/journal", Who::Api, list),
        get("/api/v1/journal/chain", Who::Api, standing),
        get("/api/v1/journal/noting", Who::Api, noting),
        put("/api/v1/journal/noting", Who::Api, say_noting),
    ]
}

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct JournalQuery {
    /// What this person did.
    actor: Option<i64>,
    /// What was done about this person.
    person: Option<i64>,
    /// What was done in this department.
    department: Option<i64>,
    /// This deed, by its word.
    deed: Option<String>,
    /// 1 to 200, 50 unless given.
    limit: Option<i64>,
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// What a field was and became.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalChange {
    /// The field's word, such as `scope`.
    pub field: &'static str,
    /// Before; null where it was empty.
    pub was: Option<String>,
    /// After.
    pub becomes: Option<String>,
}

/// An entry of the journal.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalItem {
    /// Its number; there is no gap between them.
    pub number: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who did it; null when it was done at the machine.
    pub actor: Option<i64>,
    /// How they came: `web`, `api`, `command`, `clock`.
    pub way: &'static str,
    /// What, such as `member_changed`.
    pub deed: &'static str,
    /// Whom it is about.
    pub person: Option<i64>,
    /// Which department it is about.
    pub department: Option<i64>,
    /// The name of what else it is about.
    pub thing: Option<String>,
    /// What became different.
    pub changes: Vec<JournalChange>,
    /// Ties it to the entry before.
    pub link: String,
}

/// A page of the journal.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalItems {
    /// Entries, the newest first.
    pub items: Vec<JournalItem>,
    /// Where to go on; null at the end.
    pub next: Option<String>,
}

/// Whether every entry is as it was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalChain {
    /// It is.
    pub whole: bool,
    /// How many entries there are; null when the chain is broken.
    pub entries: Option<i64>,
    /// The link of the newest.
    pub link: Option<String>,
    /// The first entry that does not fit.
    pub broken_at: Option<i64>,
}

/// The name of what an entry is about, and what became different, as they are stored.
pub(super) fn changes(stored: &str) -> (Option<String>, Vec<JournalChange>) {
    let detail = Detail::read(stored);
    let change = |it: Change| JournalChange {
        field: it.field.word(),
        was: it.was,
        becomes: it.becomes,
    };
    let changes = detail.changes.into_iter().map(change).collect();
    (detail.thing, changes)
}

fn item(noted: Noted) -> JournalItem {
    let (thing, changes) = changes(&noted.detail);
    JournalItem {
        number: noted.id,
        at: noted.at.rfc3339(),
        actor: noted.actor_id.map(|id| id.0),
        way: noted.way.word(),
        deed: noted.deed.word(),
        person: noted.person_id.map(|id| id.0),
        department: noted.department_id.map(|id| id.0),
        thing,
        changes,
        link: noted.link,
    }
}

/// The journal of what was done to accounts, rights and settings. For administrators.
#[utoipa::path(get, path = "/api/v1/journal", params(JournalQuery), tag = "journal",
    responses((status = 200, body = JournalItems), (status = 403, description = "A right is missing"),
        (status = 404, description = "Not for customers"), (status = 422, description = "A parameter is none")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Query(query): Query<JournalQuery>,
) -> Result<Response, Fail> {
    let may = super::reader(&visitor.actor)?;
    let mut faults = Fields::default();
    let limit = query.limit.unwrap_or(50);
    faults.require((1..=200).contains(&limit), "limit", "fault-limit");
    let deed = query.deed.as_deref().map(Deed::of);
    faults.require(deed != Some(None), "deed", "fault-filter");
    let past = match query.cursor.as_deref().map(str::parse) {
        None => Past::Start,
        Some(Ok(id)) => Past::Older(id),
        Some(Err(_)) => {
            faults.add("cursor", "fault-cursor", None);
            Past::Start
        }
    };
    faults.settle()?;
    let wanted = Wanted {
        actor: query.actor.map(PersonId),
        person: query.person.map(PersonId),
        department: query.department.map(DepartmentId),
        deed: deed.flatten(),
        from: None,
        until: None,
    };
    let page = super::page(
        &mut app.db.read(),
        &visitor.actor,
        &may,
        &wanted,
        past,
        limit,
    )
    .await?;
    let last = page.rows.last().map(|it| it.id.to_string());
    Ok(json(
        StatusCode::OK,
        &JournalItems {
            next: last.filter(|_| page.has_older),
            items: page.rows.into_iter().map(item).collect(),
        },
    ))
}

/// Whether the journal is as it was written: each entry is tied to the one before. For administrators.
#[utoipa::path(get, path = "/api/v1/journal/chain", tag = "journal",
    responses((status = 200, body = JournalChain), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers")))]
pub async fn standing(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    super::reader(&visitor.actor)?;
    let answer = match chain::standing(&mut app.db.read()).await? {
        Standing::Whole { entries, link } => JournalChain {
            whole: true,
            entries: Some(entries),
            link: Some(link),
            broken_at: None,
        },
        Standing::Broken { at } => JournalChain {
            whole: false,
            entries: None,
            link: None,
            broken_at: Some(at),
        },
    };
    Ok(json(StatusCode::OK, &answer))
}

/// What the journal is told besides deeds.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalNoting {
    /// Whether it is told which tickets are read by rank alone.
    pub reads_by_rank: bool,
    /// Grows with every change; 0 before the first.
    pub version: i64,
}

/// What it is to be told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JournalNotingBody {
    /// Whether it is told which tickets are read by rank alone.
    reads_by_rank: bool,
}

/// What the journal is told besides deeds. For administrators.
#[utoipa::path(get, path = "/api/v1/journal/noting", operation_id = "journal_noting", tag = "journal",
    responses((status = 200, body = JournalNoting), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers")))]
pub async fn noting(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    super::reader(&visitor.actor)?;
    let (reads_by_rank, version) = desk::notes_reads(&mut app.db.read()).await?;
    let body = JournalNoting {
        reads_by_rank,
        version,
    };
    Ok(json(StatusCode::OK, &body))
}

/// Says whether the journal is told which tickets are read by rank alone. For owners.
#[utoipa::path(put, path = "/api/v1/journal/noting", operation_id = "set_journal_noting", request_body = JournalNotingBody, tag = "journal",
    params(("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = JournalNoting), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers"),
        (status = 409, description = "Changed meanwhile; both versions")))]
pub async fn say_noting(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<JournalNotingBody>,
) -> Result<Response, Fail> {
    let (actor, seen) = (&visitor.actor, visitor.seen_version()?);
    super::say_noting(&app.db, actor, seen, body.reads_by_rank, visitor.now()).await?;
    noting(State(app), visitor).await
}
