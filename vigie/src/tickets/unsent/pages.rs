//! The addresses that keep what is typed in forms while it is typed, and throw it away.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::authz::Actor;
use kit::clock::{Moment, Span};
use kit::db::Answers;
use kit::error::Error;
use kit::web::form::Form as Posting;
use pages::frame::Tone;
use pages::tickets::Priority;
use pages::tickets::unsent::{UnsentForm, UnsentView};

use super::{Form, KEPT_FOR, Kept, Typed, Unsent, UnsentId};
use crate::house::{App, House};
use crate::tickets::portal::as_requester;
use crate::tickets::rights::Read;
use crate::tickets::{Ticket, TicketId, reading, views};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::see_other;
use crate::web::route::{Audience as Who, Route, post};
use crate::web::visitor::{AgentVisitor, CustomerVisitor};

/// The longest token of a form.
const TOKEN: usize = 64;
/// So many of those begun are offered at once.
const OFFERED: usize = 5;

/// The addresses.
pub fn routes() -> Vec<Route> {
    vec![
        post("/tickets/unsent", Who::Staff, keep),
        post("/tickets/unsent/{id}/deletion", Who::Staff, discard),
        post("/portal/unsent", Who::Customer, keep_in_portal),
        post(
            "/portal/unsent/{id}/deletion",
            Who::Customer,
            discard_in_portal,
        ),
    ]
}

/// A form that was not sent, as pages show it.
pub fn view(unsent: &Unsent) -> UnsentView {
    let name = if unsent.text("subject").trim().is_empty() {
        unsent.text("body")
    } else {
        unsent.text("subject")
    };
    let name = name.lines().find(|line| !line.trim().is_empty());
    UnsentView {
        id: unsent.id.0,
        name: name.unwrap_or_default().trim().chars().take(120).collect(),
        at_micros: unsent.at.0,
    }
}

/// What else the actor has begun and not sent of this form, to be offered beside the one of this token.
pub async fn others(
    ask: &mut dyn Answers,
    actor: &Actor,
    form: Form,
    token: &str,
) -> Result<Vec<UnsentView>, Error> {
    let begun = super::begun(ask, actor, form).await?;
    let others = begun.iter().filter(|it| it.token != token);
    Ok(others.take(OFFERED).map(view).collect())
}

/// Keeps a form whose sender wants to go on later; the sentence that says so, or that there was nothing to keep.
pub async fn put_off(
    app: &House,
    actor: &Actor,
    form: Form,
    posting: &Posting,
    now: Moment,
) -> Result<(Tone, &'static str), Error> {
    let mut typed = of_posting(form, None, posting, now);
    typed.at = now;
    let mut tx = app.db.write().await?;
    let mut kept = super::keep(&mut tx, actor, typed.clone()).await?;
    if kept == Kept::TooLate {
        // The form of another ticket by now: its page was gone back to, and written in again.
        typed.token = app.dice.token();
        kept = super::keep(&mut tx, actor, typed).await?;
    }
    tx.commit().await?;
    Ok(match kept {
        Kept::As(_) | Kept::TooLate => (Tone::Ok, "unsent-said-kept"),
        Kept::Nothing => (Tone::Info, "unsent-said-nothing"),
    })
}

/// A property was saved: what was kept of its form goes.
pub async fn is_saved(
    app: &House,
    actor: &Actor,
    form: &str,
    ticket: TicketId,
    now: Moment,
) -> Result<(), Error> {
    let Some(form) = Form::of(form) else {
        return Ok(());
    };
    let kept = super::of(&mut app.db.read(), actor, ticket).await?;
    if !kept.iter().any(|it| it.form == form) {
        return Ok(());
    }
    let mut tx = app.db.write().await?;
    super::sent(&mut tx, actor, form, &ticket.to_string(), now).await?;
    tx.commit().await
}

/// What was typed in the forms of the panel and not sent.
pub fn of_panel(all: &[Unsent]) -> Vec<UnsentForm> {
    let of_it = all.iter().filter(|it| !it.form.is_of_portal());
    of_it
        .map(|it| UnsentForm {
            form: it.form.word(),
            fields: it
                .fields
                .iter()
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            seen: it.seen.unwrap_or_default(),
            view: view(it),
        })
        .collect()
}

async fn keep(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let typed = typed(&form, false, visitor.now())?;
    kept(&app, &visitor.actor, typed).await
}

async fn keep_in_portal(
    State(app): State<App>,
    Posted { visitor, form }: Posted<CustomerVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let typed = typed(&form, true, visitor.now())?;
    kept(&app, &as_requester(&visitor), typed).await
}

/// What the ticket says where this form changes it.
fn value_of(form: Form, ticket: &Ticket) -> Option<String> {
    match form {
        Form::Subject => Some(ticket.subject.clone()),
        Form::Priority => Some(Priority::of_level(ticket.priority).code().to_owned()),
        Form::Origin => Some(views::origin(ticket.origin).code().to_owned()),
        Form::Visibility => Some(views::visibility(ticket.visibility).code().to_owned()),
        _ => None,
    }
}

async fn kept(app: &House, actor: &Actor, mut typed: Typed) -> Result<Response, Fail> {
    if let Some(id) = typed.ticket {
        let ticket = reading::find::<Read>(&mut app.db.read(), actor, id).await?;
        typed.stands = value_of(typed.form, &ticket);
    }
    let mut tx = app.db.write().await?;
    let kept = super::keep(&mut tx, actor, typed).await?;
    tx.commit().await?;
    Ok(match kept {
        Kept::As(_) => StatusCode::CREATED.into_response(),
        Kept::Nothing => StatusCode::NO_CONTENT.into_response(),
        // What the form holds is over: its page begins another one.
        Kept::TooLate => StatusCode::RESET_CONTENT.into_response(),
    })
}

/// What the form says: which one it is, of which ticket, and its fields.
fn typed(posting: &Posting, is_of_portal: bool, now: Moment) -> Result<Typed, Error> {
    let form = Form::of(posting.text("form"))
        .filter(|form| form.is_of_portal() == is_of_portal)
        .ok_or(Error::NotFound)?;
    let ticket = posting.text("ticket").parse().ok().map(TicketId);
    let is_told_apart = !form.has_token() || !posting.text("once").is_empty();
    if form.is_of_ticket() != ticket.is_some() || !is_told_apart {
        return Err(Error::NotFound);
    }
    Ok(of_posting(form, ticket, posting, now))
}

/// What a posting says; `ago` is how long it waited in its browser, in milliseconds.
fn of_posting(form: Form, ticket: Option<TicketId>, posting: &Posting, now: Moment) -> Typed {
    let fields = form.fields().iter();
    let ago: i64 = posting.text("ago").parse().unwrap_or(0);
    let ago = ago.clamp(0, KEPT_FOR.0 / 1000);
    Typed {
        form,
        ticket,
        token: posting.text("once").chars().take(TOKEN).collect(),
        seen: posting.text("version").parse().ok(),
        fields: fields
            .filter(|name| posting.is_ticked(name))
            .map(|name| ((*name).to_owned(), posting.raw(name).to_owned()))
            .collect(),
        stands: None,
        at: now.minus(Span(ago * 1000)),
    }
}

async fn discard(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let ticket = discarded(&app, &visitor.0.actor, &id).await?;
    let to = ticket.map_or("/tickets/new".to_owned(), |it| format!("/tickets/{it}"));
    Ok(see_other(&to, Some((Tone::Ok, "unsent-said-discarded"))))
}

async fn discard_in_portal(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted<CustomerVisitor>,
) -> Result<Response, Fail> {
    let ticket = discarded(&app, &as_requester(&visitor.0), &id).await?;
    let to = ticket.map_or("/portal/tickets/new".to_owned(), |it| {
        format!("/portal/tickets/{it}")
    });
    Ok(see_other(&to, Some((Tone::Ok, "unsent-said-discarded"))))
}

async fn discarded(app: &House, actor: &Actor, id: &str) -> Result<Option<TicketId>, Error> {
    let id = id.parse().map(UnsentId).map_err(|_| Error::NotFound)?;
    let mut tx = app.db.write().await?;
    let ticket = super::discard(&mut tx, actor, id).await?;
    tx.commit().await?;
    Ok(ticket)
}
