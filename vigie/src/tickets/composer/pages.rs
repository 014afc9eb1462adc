//! The addresses behind the composer. Each form works without script; `fragment` in a form asks for
//! the piece alone, which composer.js puts where it belongs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use kit::authz::{Actor, Judged};
use kit::clock::Moment;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::frame::{Section, Tone};
use pages::tickets::show::PreviewFragment;
use pages::tickets::thread::Show;

use super::views::{self, Overtaken, Shown};
use super::{Sending, Sent, keep, send};
use crate::house::{App, House};
use crate::replies::rights::Use;
use crate::replies::{self, ReplyId, fill};
use crate::tickets::drafts::{self, DraftFileId, DraftId, ReadUpTo, Typed, Undone};
use crate::tickets::machine::Deed;
use crate::tickets::pages::{number, ticket_page};
use crate::tickets::panel::pages::addressed;
use crate::tickets::rights::Read;
use crate::tickets::{Audience, Ticket, TicketId, mentions, reading, uploads};
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page, see_other};
use crate::web::route::{Audience as Who, Limit, Route, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of the composer.
pub fn routes() -> Vec<Route> {
    vec![
        post("/tickets/{number}/comments", Who::Staff, comment).taking(Limit::FILES),
        post("/tickets/{number}/preview", Who::Staff, preview).taking(Limit::FILES),
        post("/tickets/{number}/insertion", Who::Staff, insert).taking(Limit::FILES),
        post("/tickets/{number}/draft", Who::Staff, draft).taking(Limit::FILES),
        post("/tickets/{number}/drafts/{id}/undo", Who::Staff, undo),
    ]
}

/// Who is to read it, as a form says.
fn audience(form: &Form) -> Option<Audience> {
    addressed(form).map(|to| to.audience)
}

fn body(form: &Form) -> String {
    form.raw("body").replace("\r\n", "\n").trim_end().to_owned()
}

/// The form, with its files kept; of the files kept before, those still ticked. A form that shows
/// none leaves them as they are.
async fn typed(app: &House, form: Form) -> Result<Typed, Error> {
    let kept = form.is_ticked("draft").then(|| {
        form.all("kept")
            .filter_map(|id| id.parse().ok().map(DraftFileId))
            .collect()
    });
    Ok(Typed {
        audience: audience(&form).unwrap_or(Audience::Public),
        body: body(&form),
        files: uploads::keep(&app.files, form.files).await?,
        kept,
    })
}

async fn comment(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let actor = &visitor.actor;
    // Seen before anything of the form is kept: a hidden ticket takes no files.
    let ticket = reading::find::<Read>(&mut app.db.read(), actor, id).await?;
    let Some(audience) = audience(&form) else {
        may_write(&ticket, actor, Deed::Note)
            .or_else(|_| may_write(&ticket, actor, Deed::Reply))?;
        return Err(Error::invalid("audience", "fault-audience").into());
    };
    let once = form.once();
    let is_quiet = form.is_ticked("quiet");
    let read = ReadUpTo {
        seen: match form.optional("version") {
            Some(_) => Some(form.number("version", "fault-version")?),
            None => None,
        },
        knows: form
            .optional("knows")
            .and_then(|at| at.parse().ok().map(Moment)),
    };
    let mut shown = Shown {
        audience: Some(audience),
        body: Some(body(&form)),
        is_quiet,
        ..Shown::default()
    };
    let sent = async {
        let typed = typed(&app, form).await?;
        let now = visitor.now();
        let sending = Sending {
            typed: typed.clone(),
            is_quiet,
            once,
            read,
        };
        match send(&app.db, actor, id, sending, now).await {
            // Words that did not leave stay a draft, whatever becomes of this page.
            overtaken @ (Err(Error::Conflict(_)) | Ok(Sent::Crossed(_))) => {
                keep(&app.db, actor, id, &typed, visitor.now()).await?;
                overtaken
            }
            // What came with it stays with it: a browser does not send a file twice by itself.
            Err(Error::Invalid(faults)) if !typed.files.is_empty() => {
                keep(&app.db, actor, id, &typed, visitor.now()).await?;
                Err(Error::Invalid(faults))
            }
            other => other,
        }
    }
    .await;
    match sent {
        Ok(Sent::Held(draft)) => Ok(see_other(&format!("/tickets/{id}#held-{draft}"), None)),
        Ok(Sent::Written(comment)) => {
            let text = shown.body.unwrap_or_default();
            let mut db = app.db.read();
            let untold = mentions::untold(&mut db, actor, id, audience, &text).await?;
            let said = match untold.as_slice() {
                [] if audience != Audience::Staff => (Tone::Ok, "properties-said-quiet"),
                [] => (Tone::Ok, "tickets-said-noted"),
                _ => (Tone::Warn, "composer-said-noted-untold"),
            };
            Ok(see_other(
                &format!("/tickets/{id}#comment-{comment}"),
                Some(said),
            ))
        }
        Ok(Sent::Crossed(other)) => {
            let came = Overtaken::Crossed(other);
            told_first(&app, &visitor, id, shown, came).await
        }
        Err(Error::Conflict(clash)) => {
            let came = Overtaken::Since(clash.seen);
            told_first(&app, &visitor, id, shown, came).await
        }
        Err(Error::Invalid(faults)) => {
            let deed = match audience {
                Audience::Staff => Deed::Note,
                _ => Deed::Reply,
            };
            may_write(&ticket, actor, deed)?;
            shown.error = first_fault(&faults, &visitor);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            ticket_page(&app, &visitor, id, Show::All, None, shown, status).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The ticket as it stands, with what came between and the words that did not leave.
async fn told_first(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    shown: Shown,
    came: Overtaken,
) -> Result<Response, Fail> {
    let shown = Shown {
        overtaken: Some(came),
        ..shown
    };
    ticket_page(
        app,
        visitor,
        id,
        Show::All,
        None,
        shown,
        StatusCode::CONFLICT,
    )
    .await
}

/// Whoever may not write is told that, not what is wrong with their words.
fn may_write(ticket: &Ticket, actor: &Actor, deed: Deed) -> Result<(), Error> {
    ticket.judge(actor, deed.word()).map_err(Error::Forbidden)
}

fn first_fault(faults: &Fields, visitor: &Visitor) -> Option<String> {
    ["body", "files"]
        .iter()
        .find_map(|field| fault_at(faults, field, &visitor.words))
}

/// What is shown again after a button of the form that sends nothing; its files are kept.
async fn shown_again(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    form: Form,
    body: String,
) -> Result<Shown, Error> {
    let audience = audience(&form);
    let is_quiet = form.is_ticked("quiet");
    if !form.files.is_empty() || form.is_ticked("kept") {
        let mut typed = typed(app, form).await?;
        typed.body.clone_from(&body);
        keep(&app.db, &visitor.actor, id, &typed, visitor.now()).await?;
    }
    Ok(Shown {
        audience,
        is_quiet,
        body: Some(body),
        ..Shown::default()
    })
}

async fn preview(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let actor = &visitor.actor;
    let mut db = app.db.read();
    reading::find::<Read>(&mut db, actor, id).await?;
    let text = body(&form);
    if form.is_ticked("fragment") {
        let reader = audience(&form).unwrap_or(Audience::Public);
        let preview = views::preview(&mut db, actor, id, reader, &text).await?;
        let frame = visitor.frame(&app, Section::Tickets, None).await?;
        return Ok(page(&PreviewFragment { frame, preview }));
    }
    let mut shown = shown_again(&app, &visitor, id, form, text).await?;
    shown.has_preview = true;
    ticket_page(&app, &visitor, id, Show::All, None, shown, StatusCode::OK).await
}

async fn insert(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let actor = &visitor.actor;
    let mut db = app.db.read();
    let desk = app.desk().organisation.clone();
    let facts = super::facts(&mut db, actor, id, &visitor.person.name, &desk).await?;
    let mut text = body(&form);
    if let Some(reply) = form.optional("reply") {
        let reply = reply.parse().map(ReplyId).map_err(|_| Error::NotFound)?;
        let reply = replies::find::<Use>(&mut db, actor, reply).await?;
        let filled = fill::fill(&reply.body, &facts);
        if form.is_ticked("fragment") {
            let plain = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
            return Ok((plain, filled).into_response());
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&filled);
    }
    let shown = shown_again(&app, &visitor, id, form, text).await?;
    ticket_page(&app, &visitor, id, Show::All, None, shown, StatusCode::OK).await
}

/// Keeps what stands in the composer, or throws it away.
async fn draft(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let actor = &visitor.actor;
    let seen = reading::find::<Read>(&mut app.db.read(), actor, id).await?;
    let is_empty = body(&form).is_empty() && !form.is_ticked("kept") && form.files.is_empty();
    let throws_away = form.is_ticked("discard");
    if throws_away || is_empty {
        let mut tx = app.db.write().await?;
        drafts::discard(&mut tx, actor, id).await?;
        tx.commit().await?;
    } else {
        let may = crate::tickets::views::may(&seen, actor);
        if !may.reply && !may.note {
            return Err(Error::Forbidden(kit::error::Because("right-reply")).into());
        }
        let typed = typed(&app, form).await?;
        keep(&app.db, actor, id, &typed, visitor.now()).await?;
    }
    if throws_away {
        let said = Some((Tone::Ok, "composer-said-discarded"));
        return Ok(see_other(&format!("/tickets/{id}"), said));
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn undo(
    State(app): State<App>,
    Path((n, draft)): Path<(String, String)>,
    Posted { visitor, .. }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let draft = draft.parse().map(DraftId).map_err(|_| Error::NotFound)?;
    let mut tx = app.db.write().await?;
    let undone = drafts::undo(&mut tx, &visitor.actor, id, draft, visitor.now()).await?;
    tx.commit().await?;
    Ok(match undone {
        Undone::Back => see_other(
            &format!("/tickets/{id}#composer"),
            Some((Tone::Ok, "composer-said-undone")),
        ),
        Undone::TooLate => see_other(
            &format!("/tickets/{id}"),
            Some((Tone::Warn, "composer-said-too-late")),
        ),
    })
}
