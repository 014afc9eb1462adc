//! The form that takes something out of a message: what, then what would be left, then the deed.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::form::FormField;
use pages::frame::{Section, Tone};
use pages::redaction::{FileChoice, Left, RedactionPage};

use super::{Preview, Wanted};
use crate::house::{App, House};
use crate::tickets::pages::{comment_number, frame, note_read, number};
use crate::tickets::{AttachmentId, CommentId, TicketId};
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of the form.
pub fn routes() -> Vec<Route> {
    vec![
        get(
            "/tickets/{number}/comments/{id}/redaction",
            Who::Staff,
            show,
        ),
        post(
            "/tickets/{number}/comments/{id}/redaction",
            Who::Staff,
            decide,
        ),
    ]
}

/// What stands in place of what is gone, in the desk's language: it is written down for readers of both.
pub fn mark(app: &House) -> &'static str {
    words::catalogue::say(app.post.language, "redaction-mark")
}

type At = (TicketId, CommentId);

/// What the page shows beside the message.
#[derive(Default)]
struct Shown {
    faults: Fields,
    left: Option<Preview>,
    is_changed: bool,
}

async fn drawn(
    app: &House,
    visitor: &Visitor,
    (id, comment): At,
    wanted: &Wanted,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let standing = super::standing(&mut db, &visitor.actor, id, comment).await?;
    let at = |field| fault_at(&shown.faults, field, &visitor.words);
    let field = |name, value: &str| FormField {
        value: value.to_owned(),
        error: at(name),
    };
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let template = RedactionPage {
        frame: frame(app, visitor, Section::Tickets, None).await?,
        number: id.0,
        comment: comment.0,
        version: standing.version,
        author: standing.comment.author,
        source: match &standing.comment.quoted {
            Some(quoted) => format!("{}\n\n{quoted}", standing.comment.body),
            None => standing.comment.body,
        },
        files: standing
            .files
            .into_iter()
            .map(|file| FileChoice {
                id: file.id.0,
                name: file.name,
                bytes: u64::try_from(file.size).unwrap_or(0),
                is_chosen: wanted.files.contains(&file.id),
            })
            .collect(),
        files_error: at("files"),
        words: field("words", &wanted.words),
        reason: field("reason", &wanted.reason),
        is_changed: shown.is_changed,
        left: shown.left.map(|left| Left {
            safe_html: left.html,
            safe_quoted_html: left.quoted.map(|q| letter::html::from_text(&q)),
            language: None,
            files: left.files,
            messages: count(left.messages),
            lines: count(left.lines),
            is_in_subject: left.is_in_subject,
        }),
    };
    Ok(page_with(status, &template))
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path((n, comment)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let place = (number(&n)?, comment_number(&comment)?);
    note_read(&app, &visitor, place.0);
    let nothing = Wanted {
        words: String::new(),
        files: vec![],
        reason: String::new(),
    };
    drawn(
        &app,
        &visitor,
        place,
        &nothing,
        Shown::default(),
        StatusCode::OK,
    )
    .await
}

fn wanted(form: &Form) -> Wanted {
    let chosen = form.all("files").filter_map(|id| id.trim().parse().ok());
    Wanted {
        words: form.raw("words").to_owned(),
        files: chosen.map(AttachmentId).collect(),
        reason: form.text("reason").to_owned(),
    }
}

async fn decide(
    State(app): State<App>,
    Path((n, comment)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let place = (number(&n)?, comment_number(&comment)?);
    let wanted = wanted(&form);
    let mut shown = Shown::default();
    let mut status = StatusCode::OK;
    let asked = match form.text("step") {
        "edit" => Ok(()),
        "remove" => {
            let seen = form.number("version", "fault-version")?;
            let who = (&visitor.actor, visitor.now());
            match super::remove(&app.db, who, place, &wanted, Some(seen), mark(&app)).await {
                Ok(()) => {
                    let to = format!("/tickets/{}#comment-{}", place.0, place.1);
                    return Ok(see_other(&to, Some((Tone::Ok, "redaction-said"))));
                }
                Err(error) => Err(error),
            }
        }
        _ => {
            let (mut db, actor) = (app.db.read(), &visitor.actor);
            match super::preview(&mut db, actor, place, &wanted, mark(&app)).await {
                Ok(left) => {
                    shown.left = Some(left);
                    Ok(())
                }
                Err(error) => Err(error),
            }
        }
    };
    match asked {
        Ok(()) => {}
        Err(Error::Invalid(faults)) => {
            status = StatusCode::UNPROCESSABLE_ENTITY;
            shown.faults = faults;
        }
        Err(Error::Conflict(_)) => {
            status = StatusCode::CONFLICT;
            shown.is_changed = true;
        }
        Err(other) => return Err(other.into()),
    }
    drawn(&app, &visitor, place, &wanted, shown, status).await
}
