//! The API twin of what administrators say in mails.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use kit::error::Error;
use pages::mail::Event;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use words::language::Language;

use super::{Kept, Wanted};
use crate::audit::Pen;
use crate::house::{App, House};
use crate::policy::permission;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/mail-texts", Who::Api, mail_texts),
        put("/api/v1/mail-texts/{event}/{language}", Who::Api, say),
    ]
}

/// What is said of one event in one language.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailText {
    /// The event's word.
    pub event: &'static str,
    /// `fr` or `en`.
    pub language: &'static str,
    /// The subject; null for the desk's own.
    pub subject: Option<String>,
    /// What happened; null for the desk's own.
    pub lead: Option<String>,
    /// What to do next; null for the desk's own.
    pub next: Option<String>,
    /// What may stand between braces there.
    pub placeholders: Vec<&'static str>,
    /// Grows with every change; 1 before the first.
    pub version: i64,
}

/// Every event in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailTexts {
    /// They.
    pub items: Vec<MailText>,
}

/// What is to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailTextBody {
    /// The subject; null or empty for the desk's own.
    subject: Option<String>,
    /// What happened; null or empty for the desk's own.
    lead: Option<String>,
    /// What to do next; null or empty for the desk's own.
    next: Option<String>,
}

fn item(event: Event, language: Language, kept: Kept) -> MailText {
    MailText {
        event: event.word(),
        language: language.code(),
        subject: kept.subject,
        lead: kept.lead,
        next: kept.next,
        placeholders: event.placeholders().iter().map(|(name, _)| *name).collect(),
        version: kept.version,
    }
}

/// What mails say, by event and language. For whoever has the permission `settings`.
#[utoipa::path(get, path = "/api/v1/mail-texts", tag = "mail",
    responses((status = 200, body = MailTexts), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers")))]
pub async fn mail_texts(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    visitor.must(permission::MANAGE_SETTINGS)?;
    let own = super::all(&mut app.db.read()).await?;
    let items = Event::ALL
        .into_iter()
        .flat_map(|event| Language::ALL.map(|it| (event, it)));
    let items = items.map(|(event, language)| {
        let mut own = own.iter();
        let kept = own.find(|it| it.event == event.word() && it.language == language.code());
        item(
            event,
            language,
            kept.cloned().unwrap_or_else(Kept::untouched),
        )
    });
    let items = items.collect();
    Ok(json(StatusCode::OK, &MailTexts { items }))
}

async fn answer(app: &House, event: Event, language: Language) -> Result<Response, Fail> {
    let kept = super::of(&mut app.db.read(), event, language).await?;
    let version = kept.version;
    let mut response = json(StatusCode::OK, &item(event, language, kept));
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

/// Says it; all null is the desk's own again. For whoever has the permission `settings`.
#[utoipa::path(put, path = "/api/v1/mail-texts/{event}/{language}", tag = "mail", operation_id = "say_mail_text", request_body = MailTextBody,
    params(("event" = String, Path, description = "The event's word"), ("language" = String, Path, description = "`fr` or `en`"),
        ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = MailText), (status = 403, description = "A right is missing"), (status = 404, description = "No such event or language"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "A text too long, or a placeholder that is none there")))]
pub async fn say(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((event, language)): Path<(String, String)>,
    ApiBody(body): ApiBody<MailTextBody>,
) -> Result<Response, Fail> {
    visitor.must(permission::MANAGE_SETTINGS)?;
    let event = Event::of(&event).ok_or(Error::NotFound)?;
    let language = Language::parse(&language).ok_or(Error::NotFound)?;
    let seen = visitor.seen_version()?;
    let wanted = Wanted {
        subject: body.subject.as_deref().unwrap_or_default(),
        lead: body.lead.as_deref().unwrap_or_default(),
        next: body.next.as_deref().unwrap_or_default(),
    };
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    super::say(
        &mut tx,
        &visitor.actor,
        (event, language),
        seen,
        &wanted,
        pen,
    )
    .await?;
    tx.commit().await?;
    answer(&app, event, language).await
}
