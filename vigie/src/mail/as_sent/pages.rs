//! The frame in which a mail is shown as it was sent.

use axum::extract::{Path, Query, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_FRAME_OPTIONS};
use axum::response::Response;
use kit::error::Error;
use pages::tickets::as_sent::{AsSentFrame, AsSentLine};
use serde::Deserialize;
use tokio::sync::Semaphore;

use crate::house::App;
use crate::mail::post::host_of;
use crate::tickets::pages::number;
use crate::tickets::rights::Read;
use crate::tickets::{CommentId, reading};
use crate::web::fail::Fail;
use crate::web::respond::page;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::AgentVisitor;

/// The address.
pub fn routes() -> Vec<Route> {
    vec![get(
        "/tickets/{number}/comments/{id}/letter",
        Who::Staff,
        show,
    )]
}

/// No script, no form, nothing fetched: an origin of its own, links beside it.
const POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; \
     img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
/// The same, and pictures of other hosts.
const POLICY_WITH_PICTURES: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; \
     img-src data: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// How many letters are made ready to be shown at once: each may take as long as reading it did.
static SHOWING: Semaphore = Semaphore::const_new(2);

#[derive(Debug, Deserialize)]
struct Asked {
    /// Pictures of other hosts are to be shown.
    pictures: Option<String>,
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path((n, comment)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let comment = comment
        .parse()
        .map(CommentId)
        .map_err(|_| Error::NotFound)?;
    let with_pictures = asked.pictures.is_some();
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let found = super::find(&mut db, &visitor.actor, &ticket, comment).await;
    let letter = match found {
        Ok(raw) => {
            let own = host_of(&app.config.public_url);
            // Held until the letter is shown, whoever still waits for it.
            let turn = SHOWING.acquire().await;
            let turn = turn.map_err(|_| Error::bug("nobody ends the showing of letters"))?;
            let reading = tokio::task::spawn_blocking(move || {
                let shown = super::shown(&raw, with_pictures, &own);
                drop(turn);
                shown
            });
            let read = reading.await;
            read.map_err(|_| Error::bug("a letter that was read before could not be shown"))?
        }
        // The page may be older than the end of the letter.
        Err(Error::NotFound) if ticket.is_on_staff_side(&visitor.actor) => None,
        Err(error) => return Err(error.into()),
    };
    let line = |key, values: Vec<String>| AsSentLine {
        key,
        value: values.join(", "),
    };
    let template = match letter {
        Some(it) => AsSentFrame {
            words: visitor.words.clone(),
            lines: vec![
                line("tickets-as-sent-from", vec![it.from]),
                line("tickets-as-sent-to", it.to),
                line("tickets-as-sent-cc", it.cc),
                line("tickets-as-sent-subject", vec![it.subject]),
            ],
            safe_html: Some(it.html),
        },
        None => AsSentFrame {
            words: visitor.words.clone(),
            lines: vec![],
            safe_html: None,
        },
    };
    let mut response = page(&template);
    let policy = match with_pictures {
        true => POLICY_WITH_PICTURES,
        false => POLICY,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, policy),
        (X_FRAME_OPTIONS, "SAMEORIGIN"),
        (REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}
