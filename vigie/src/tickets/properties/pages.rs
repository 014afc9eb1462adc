//! The forms of properties on the ticket's page, and both sides when somebody saved first.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Clash, Error};
use kit::web::form::Form;
use pages::errors::{ConflictField, ConflictPage};
use pages::frame::{Section, Tone};
use pages::tickets::visibility::Visibility as VisibilityView;
use pages::tickets::{Origin as OriginView, Priority};

use super::Wanted;
use crate::house::{App, House};
use crate::tickets::pages::{frame, number, whole};
use crate::tickets::panel::pages::again;
use crate::tickets::rights::{ChangeOrigin, ChangeVisibility, Read};
use crate::tickets::{TicketId, overtaken, reading, shared, unsent, views};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{address, page_with, see_other};
use crate::web::route::{Audience as Who, Route, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of properties.
pub fn routes() -> Vec<Route> {
    vec![
        post("/tickets/{number}/subject", Who::Staff, subject),
        post("/tickets/{number}/priority", Who::Staff, priority),
        post("/tickets/{number}/origin", Who::Staff, origin),
        post("/tickets/{number}/visibility", Who::Staff, visibility),
        post("/tickets/{number}/requester", Who::Staff, requester),
    ]
}

async fn subject(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let wanted = Wanted {
        subject: Some(form.text("subject").to_owned()),
        ..Wanted::default()
    };
    change(&app, &visitor.0, number(&n)?, "subject", &form, wanted).await
}

async fn priority(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    // A word that is no priority is none the rule knows either.
    let level = Priority::parse(form.text("priority")).map_or(0, Priority::level);
    let wanted = Wanted {
        priority: Some(level),
        ..Wanted::default()
    };
    change(&app, &visitor.0, number(&n)?, "priority", &form, wanted).await
}

async fn origin(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let Some(chosen) = OriginView::parse(form.text("origin")) else {
        // The right before what was sent.
        reading::find::<ChangeOrigin>(&mut app.db.read(), &visitor.0.actor, id).await?;
        return Err(Error::invalid("origin", "fault-origin").into());
    };
    let wanted = Wanted {
        origin: Some(views::origin_of(chosen)),
        ..Wanted::default()
    };
    change(&app, &visitor.0, id, "origin", &form, wanted).await
}

async fn visibility(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let chosen = match shared::typed(form.text("visibility")) {
        Ok(chosen) => chosen,
        Err(fault) => {
            reading::find::<ChangeVisibility>(&mut app.db.read(), &visitor.0.actor, id).await?;
            return Err(fault.into());
        }
    };
    let wanted = Wanted {
        visibility: Some(chosen),
        ..Wanted::default()
    };
    change(&app, &visitor.0, id, "visibility", &form, wanted).await
}

async fn requester(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let wanted = Wanted {
        requester: Some(form.text("requester").to_owned()),
        keeps_previous: form.is_ticked("keep"),
        ..Wanted::default()
    };
    change(&app, &visitor.0, number(&n)?, "requester", &form, wanted).await
}

async fn change(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    name: &'static str,
    form: &Form,
    wanted: Wanted,
) -> Result<Response, Fail> {
    let (actor, now) = (&visitor.actor, visitor.now());
    reading::find::<Read>(&mut app.db.read(), actor, id).await?;
    let seen = form.number("version", "fault-version")?;
    match super::change(&app.db, actor, id, Some(seen), &wanted, now).await {
        Ok(()) => {
            unsent::pages::is_saved(app, actor, name, id, now).await?;
            let done = Some((Tone::Ok, "properties-said-changed"));
            // Whoever gave their own request away may not see it any more.
            let mut db = app.db.read();
            let to = match reading::find::<Read>(&mut db, actor, id).await {
                Ok(_) => {
                    let to = overtaken::address(&mut db, actor, id, seen).await?;
                    // What came meanwhile is told above the thread, which the details cover on a phone.
                    match to.contains("since=") {
                        true => to,
                        false => format!("{to}#details"),
                    }
                }
                Err(_) => "/tickets".to_owned(),
            };
            Ok(match form.is_ticked("fragment") {
                true => address(&to, done),
                false => see_other(&to, done),
            })
        }
        Err(Error::Invalid(faults)) => {
            // What it was typed against comes back with it.
            let typed = [name, "version", "was", "keep"].map(|name| (name, form.text(name)));
            again(app, visitor, id, name, &typed, faults).await
        }
        Err(Error::Conflict(clash)) => conflict(app, visitor, id, name, form, clash).await,
        Err(other) => Err(other.into()),
    }
}

/// Somebody saved first: what they did, their value and the reader's, and both ways on.
async fn conflict(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    name: &'static str,
    form: &Form,
    clash: Clash,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let whole = whole(&mut db, visitor, &ticket).await?;
    let words = &visitor.words;
    let meanwhile = views::meanwhile(&whole, &ticket, &visitor.actor, words, clash.seen);
    let priority = |code: &str| Priority::parse(code).map_or("", |p| words.say(p.key()));
    let origin = |code: &str| OriginView::parse(code).map_or("", |o| words.say(o.key()));
    let seen_by = |code: &str| VisibilityView::parse(code).map_or("", |v| words.say(v.key()));
    let (label, theirs) = match name {
        "subject" => ("properties-subject", ticket.subject.clone()),
        "priority" => (
            "tickets-priority",
            Priority::of_level(ticket.priority).code().to_owned(),
        ),
        "origin" => (
            "tickets-origin",
            views::origin(ticket.origin).code().to_owned(),
        ),
        "visibility" => (
            "shared-visibility",
            views::visibility(ticket.visibility).code().to_owned(),
        ),
        _ => ("tickets-requester", whole.names.requester_email.clone()),
    };
    let shown = |value: &str| match name {
        "priority" => priority(value).to_owned(),
        "origin" => origin(value).to_owned(),
        "visibility" => seen_by(value).to_owned(),
        _ => value.to_owned(),
    };
    let mine = form.text(name).to_owned();
    let mut keep = vec![("was".to_owned(), theirs.clone())];
    if form.is_ticked("keep") {
        keep.push(("keep".to_owned(), "yes".to_owned()));
    }
    let template = ConflictPage {
        frame: frame(app, visitor, Section::Tickets, None).await?,
        number: id.0,
        subject: ticket.subject.clone(),
        who: meanwhile.who,
        at_micros: meanwhile.at.0,
        theirs: meanwhile.lines,
        action: format!("/tickets/{id}/{name}"),
        version: ticket.version,
        keep,
        fields: vec![ConflictField {
            name,
            label,
            was: shown(form.text("was")),
            theirs: (theirs.clone(), shown(&theirs)),
            mine: (mine.clone(), shown(&mine)),
        }],
        draft: None,
    };
    Ok(page_with(StatusCode::CONFLICT, &template))
}
