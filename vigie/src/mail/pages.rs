//! The post as administrators see it, and the mails of the demonstration.

use axum::extract::{Path, Query, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_FRAME_OPTIONS};
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use pages::admin::mails::{
    DemonstrationMail, DevMailPage, DevMailsPage, HeldMail, MailPage, OutgoingMail, Quarantine,
    QuarantinedMail,
};
use pages::frame::{Section, Tone};
use pages::pager::Pager;
use serde::Deserialize;
use words::reader::Words;

use super::filters::quarantine;
use super::judge::Reason;
use super::lists_store::{self, Captured, ListedOutgoing};
use super::outbox;
use super::outbox_store::{self, OutgoingId, OutgoingState};
use super::store::{IncomingId, IncomingState};
use crate::audit::Pen;
use crate::house::App;
use crate::policy::permission;
use crate::tickets::pages::note_read;
use crate::web::download;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, see_other};
use crate::web::route::{Audience, Route, get, post};
use crate::web::visitor::{Guest, Visitor};

/// Rows of each list.
const ROWS: i64 = 50;
/// Mails that wait, or whose fate is not known yet.
const WAITING: [OutgoingState; 2] = [OutgoingState::Waiting, OutgoingState::Uncertain];
/// Mails that did not arrive.
const FAILED: [OutgoingState; 2] = [OutgoingState::Failed, OutgoingState::Bounced];

/// The addresses of the post.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/mail", Audience::May(permission::SEE_POST), overview),
        get(
            "/admin/mail/incoming/{id}/raw",
            Audience::May(permission::SEE_POST),
            raw,
        ),
        post(
            "/admin/mail/incoming/{id}/replay",
            Audience::May(permission::SEE_POST),
            replay,
        ),
        post(
            "/admin/mail/outgoing/{id}/retry",
            Audience::May(permission::SEE_POST),
            retry,
        ),
        get("/dev/mail", Audience::Anyone, captured),
        get("/dev/mail/{id}", Audience::Anyone, captured_mail),
        get("/dev/mail/{id}/html", Audience::Anyone, captured_html),
    ]
}

/// Which letters in quarantine are asked for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    rule: String,
    before: Option<String>,
}

/// The letters in quarantine, by one rule or by any.
async fn in_quarantine(app: &App, visitor: &Visitor, asked: Asked) -> Result<Quarantine, Error> {
    let mut reader = app.db.read();
    let actor = &visitor.actor;
    let held = quarantine::held(&mut reader, actor).await?;
    let rule = asked.rule.trim().to_owned();
    let before = asked.before.and_then(|it| it.parse().ok()).map(IncomingId);
    let mut mails = quarantine::list(&mut reader, actor, &rule, before, ROWS + 1).await?;
    let has_more = mails.len() > ROWS as usize;
    mails.truncate(ROWS as usize);
    let at = |before: Option<IncomingId>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !rule.is_empty() {
            query.append_pair("rule", &rule);
        }
        if let Some(before) = before {
            query.append_pair("before", &before.to_string());
        }
        format!("/admin/mail?{}#quarantine", query.finish())
    };
    let last = mails.last().filter(|_| has_more).map(|it| it.id);
    Ok(Quarantine {
        count: held.iter().map(|it| it.letters).sum(),
        rules: held
            .into_iter()
            .map(|it| {
                let args = [
                    ("rule", it.rule.as_str().into()),
                    ("count", it.letters.into()),
                ];
                let shown = visitor
                    .words
                    .say_with("filters-held-rule-with-count", &args);
                (it.rule, shown)
            })
            .collect(),
        pager: Pager {
            previous: before.map(|_| at(None)),
            next: last.map(|last| at(Some(last))),
        },
        mails: mails
            .into_iter()
            .map(|it| QuarantinedMail {
                id: it.id.0,
                from: it.sender,
                to: it.channel.unwrap_or_default(),
                subject: it.subject,
                received_at: it.received_at.0,
                bytes: u64::try_from(it.bytes).unwrap_or(0),
                rule: it.rule,
            })
            .collect(),
        rule,
    })
}

async fn overview(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let actor = &visitor.actor;
    let mut reader = app.db.read();
    let mut held = Vec::new();
    let mut held_count = 0;
    for state in [IncomingState::Held, IncomingState::Unreadable] {
        held_count += lists_store::count_incoming(&mut reader, actor, state).await?;
        for mail in lists_store::list_incoming(&mut reader, actor, state, ROWS).await? {
            let reason = mail.reason.as_deref().and_then(Reason::of);
            held.push(HeldMail {
                id: mail.id.0,
                from: mail.sender.unwrap_or(mail.envelope_from),
                subject: mail.subject.unwrap_or_default(),
                received_at: mail.received_at.0,
                bytes: u64::try_from(mail.size).unwrap_or(0),
                reason: visitor
                    .words
                    .say(reason_key(reason.unwrap_or(Reason::Failed)))
                    .to_owned(),
            });
        }
    }
    let waiting = lists_store::list_outgoing(&mut reader, actor, WAITING, ROWS).await?;
    let failed = lists_store::list_outgoing(&mut reader, actor, FAILED, ROWS).await?;
    let words = &visitor.words;
    Ok(page(&MailPage {
        frame: visitor.frame(&app, Section::Administration, None).await?,
        has_relay: app.post.relay.is_some() || app.is_demo,
        held,
        held_count,
        quarantine: in_quarantine(&app, &visitor, asked).await?,
        waiting: (waiting.into_iter())
            .map(|mail| outgoing(mail, words))
            .collect(),
        waiting_count: lists_store::count_outgoing(&mut reader, actor, WAITING).await?,
        failed: (failed.into_iter())
            .map(|mail| outgoing(mail, words))
            .collect(),
        failed_count: lists_store::count_outgoing(&mut reader, actor, FAILED).await?,
    }))
}

fn outgoing(mail: ListedOutgoing, words: &Words) -> OutgoingMail {
    OutgoingMail {
        id: mail.id.0,
        to: mail.address,
        subject: mail.subject.unwrap_or_default(),
        attempts: mail.attempts,
        next_try_at: mail.next_at.map(|at| at.0),
        // The page says itself that there is no relay.
        last_error: (mail.last_error.filter(|why| why != "no-relay"))
            .map(|why| outbox::views::why(&why, words)),
    }
}

/// The sentence of a reason.
pub fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::OwnLoop => "mail-reason-own-loop",
        Reason::ForeignBounce => "mail-reason-foreign-bounce",
        Reason::Bounce => "mail-reason-bounce",
        Reason::AutoReply => "mail-reason-auto-reply",
        Reason::Receipt => "mail-reason-receipt",
        Reason::List => "mail-reason-list",
        Reason::Generated => "mail-reason-generated",
        Reason::Flood => "mail-reason-flood",
        Reason::UnprovenSender => "mail-reason-unproven-sender",
        Reason::SenderUnclear => "mail-reason-sender-unclear",
        Reason::Forged => "mail-reason-forged",
        Reason::Unparseable => "mail-reason-unparseable",
        Reason::SenderDisabled => "mail-reason-sender-disabled",
        Reason::CategoryClosed => "mail-reason-category-closed",
        Reason::ChannelGone => "mail-reason-channel-gone",
        Reason::Failed => "mail-reason-failed",
    }
}

fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn raw(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = IncomingId(number(&id)?);
    let mut db = app.db.read();
    let (bytes, ticket) = lists_store::raw_incoming(&mut db, &visitor.actor, id).await?;
    if let Some(ticket) = ticket {
        note_read(&app, &visitor, ticket);
    }
    let name = format!("message-{id}.eml");
    Ok(download::answer(
        &name,
        "application/octet-stream",
        false,
        bytes,
    ))
}

async fn replay(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let id = IncomingId(number(&id)?);
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    let again = quarantine::let_in(&mut tx, &visitor.actor, id, pen).await?;
    tx.commit().await?;
    let said = if again {
        (Tone::Ok, "mail-replayed")
    } else {
        (Tone::Info, "mail-on-ticket-already")
    };
    Ok(see_other("/admin/mail", Some(said)))
}

async fn retry(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let id = OutgoingId(number(&id)?);
    let mut tx = app.db.write().await?;
    let again = outbox_store::retry(&mut tx, &visitor.actor, id, app.clock.now()).await?;
    tx.commit().await?;
    let said = if again {
        (Tone::Ok, "mail-retried")
    } else {
        (Tone::Info, "mail-sent-already")
    };
    let back = match form.text("back") {
        "outbox" => "/admin/mail/outbox",
        _ => "/admin/mail",
    };
    Ok(see_other(back, Some(said)))
}

/// Only the demonstration shows its mails; elsewhere there is nothing here.
fn only_demonstration(app: &App) -> Result<(), Error> {
    if app.is_demo {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

#[derive(Deserialize)]
struct Before {
    before: Option<i64>,
}

async fn captured(
    State(app): State<App>,
    guest: Guest,
    Query(Before { before }): Query<Before>,
) -> Result<Response, Fail> {
    only_demonstration(&app)?;
    let before = before.map(OutgoingId);
    let mut mails = lists_store::list_captured(&mut app.db.read(), before, ROWS + 1).await?;
    let has_more = mails.len() > ROWS as usize;
    mails.truncate(ROWS as usize);
    let next = mails.last().filter(|_| has_more);
    let pager = Pager {
        previous: before.map(|_| "/dev/mail".to_owned()),
        next: next.map(|last| format!("/dev/mail?before={}", last.id)),
    };
    Ok(page(&DevMailsPage {
        frame: around(&app, &guest).await?,
        rows: mails.iter().map(demonstration).collect(),
        pager,
    }))
}

/// The page's surroundings: whoever is signed in keeps theirs.
async fn around(app: &App, guest: &Guest) -> Result<pages::frame::Frame, Error> {
    match &guest.visitor {
        Some(visitor) => visitor.frame(app, Section::Other, None).await,
        None => Ok(guest.frame(app)),
    }
}

fn demonstration(mail: &Captured) -> DemonstrationMail {
    DemonstrationMail {
        id: mail.id.0,
        to: mail.address.clone(),
        subject: mail.subject.clone().unwrap_or_default(),
        at: mail.at.0,
    }
}

async fn found(app: &App, id: &str) -> Result<(Captured, Vec<u8>), Error> {
    only_demonstration(app)?;
    let id = OutgoingId(number(id)?);
    let mut mail = lists_store::captured(&mut app.db.read(), id)
        .await?
        .ok_or(Error::NotFound)?;
    let raw = mail.raw.take().unwrap_or_default();
    Ok((mail, raw))
}

async fn captured_mail(
    State(app): State<App>,
    guest: Guest,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (mail, raw) = found(&app, &id).await?;
    let read = letter::parse::parse(&raw);
    let mut ignored = letter::complaint::Complaints::default();
    let (headers, _) = letter::header::split(&raw, &mut ignored);
    let names = [
        "From",
        "To",
        "Reply-To",
        "Subject",
        "Date",
        "Message-ID",
        "In-Reply-To",
        "References",
        "Auto-Submitted",
    ];
    let headers = names
        .into_iter()
        .filter_map(|name| {
            let value = headers.first(&name.to_ascii_lowercase())?;
            let shown = letter::encoded_word::decode(value, &mut ignored);
            Some((name.to_owned(), shown))
        })
        .collect();
    Ok(page(&DevMailPage {
        frame: around(&app, &guest).await?,
        mail: demonstration(&mail),
        headers,
        links: own_links(&read.text, &app.config.public_url),
        text: read.text,
        has_html: read.html.is_some(),
    }))
}

/// The links of a mail that lead into this desk: the words on the line before, and the path.
fn own_links(text: &str, public_url: &str) -> Vec<(String, String)> {
    let mut before = "";
    let mut links = vec![];
    for line in text.lines().map(str::trim) {
        match line.strip_prefix(public_url) {
            Some(path) if path.starts_with('/') => {
                links.push((before.to_owned(), path.to_owned()));
            }
            _ => before = line,
        }
    }
    links
}

/// The HTML of a mail, in a frame that may do nothing but open links beside it.
async fn captured_html(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Fail> {
    let (_, raw) = found(&app, &id).await?;
    let html = letter::parse::parse(&raw).html.ok_or(Error::NotFound)?;
    let document = format!("<!doctype html><meta charset=\"utf-8\"><base target=\"_blank\">{html}");
    let mut response = document.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (
            CONTENT_SECURITY_POLICY,
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'self'",
        ),
        (X_FRAME_OPTIONS, "SAMEORIGIN"),
        (CACHE_CONTROL, "private, no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}
