//! The agent's pages of tickets.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kit::db::Ask;
use kit::error::{Clash, Error};
use pages::errors::ConflictPage;
use pages::frame::{Frame, Section, TicketView, Tone};
use pages::tickets::panel::Typed;
use pages::tickets::show::{ClosurePage, TicketPage};
use pages::tickets::thread::Show;
use serde::Deserialize;

use super::comments::NewComment;
use super::composer::views::{Shown, composer};
use super::deeds::{self, Wanted};
use super::listing::{Filter, Order, walking};
use super::rights::Read;
use super::views::{self, Whole};
use super::{
    AttachmentId, Origin, Ticket, TicketId, counts, listing, panel, participants, reading,
};
use crate::house::{App, House};
use crate::tasks::views as work;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// Rows on a page of one's own requests.
const ROWS: i64 = 50;

/// The addresses of the agent's pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/tickets/{number}", Who::Staff, show),
        post("/tickets/{number}/assignment", Who::Staff, take),
        post("/tickets/{number}/release", Who::Staff, release),
        get("/tickets/{number}/closure", Who::Staff, confirm_closure),
        post("/tickets/{number}/closure", Who::Staff, close),
        post("/tickets/{number}/approval", Who::Staff, approve),
        post("/tickets/{number}/refusal", Who::Staff, refuse_closure),
        post("/tickets/{number}/reopening", Who::Staff, reopen),
        get("/tickets/{number}/attachments/{id}", Who::Staff, attachment),
        get("/my-requests", Who::Staff, my_requests),
    ]
}

/// The number in an address; anything else is no ticket.
pub fn number(text: &str) -> Result<TicketId, Error> {
    text.parse().map(TicketId).map_err(|_| Error::NotFound)
}

/// What surrounds an agent's page: with the counts of the sidebar.
pub async fn frame(
    app: &House,
    visitor: &Visitor,
    section: Section,
    view: Option<TicketView>,
) -> Result<Frame, Error> {
    let mut frame = visitor.frame(app, section, view).await?;
    let seen = counts::seen_by(&mut app.db.read(), &visitor.actor).await?;
    frame.counts = views::side_counts(&seen);
    Ok(frame)
}

/// Everything on a ticket, read through the reader's own eyes.
pub async fn whole(
    ask: &mut impl Ask,
    visitor: &Visitor,
    ticket: &kit::authz::May<Read, Ticket>,
) -> Result<Whole, Error> {
    let actor = &visitor.actor;
    let events = reading::events(ask, actor, ticket.id).await?;
    Ok(Whole {
        names: reading::names(ask, ticket).await?,
        comments: reading::comments(ask, actor, ticket.id).await?,
        attachments: reading::attachments(ask, actor, ticket.id).await?,
        named: reading::named(ask, &events).await?,
        events,
        participants: participants::of(ask, actor, ticket.id).await?,
        other_open: reading::other_open(ask, actor, ticket).await?,
        work: None,
    })
}

#[derive(Debug, Default, Deserialize)]
struct ShowQuery {
    show: Option<String>,
    view: Option<String>,
    list: Option<String>,
    at: Option<String>,
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
    Query(query): Query<ShowQuery>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let part = Show::parse(query.show.as_deref().unwrap_or_default());
    let back = query.view.as_deref().and_then(TicketView::parse);
    let (shown, typed) = (Shown::default(), Typed::default());
    let id = number(&n)?;
    if query.list.is_none()
        && let Some(carried) = walking::pages::carried_on(&headers, id)
    {
        return Ok(see_other(&carried, None));
    }
    let mut template = ticket_view(&app, &visitor, id, part, back, shown, typed).await?;
    let (list, at) = (query.list.as_deref(), query.at.as_deref());
    template.place = walking::pages::place(&mut app.db.read(), &visitor, list, at).await?;
    note_look(&app, &visitor, id, template.version);
    Ok(page(&template))
}

/// Writes beside the request that somebody looked, so that reading never waits for the writer.
fn note_look(app: &App, visitor: &Visitor, id: TicketId, version: i64) {
    let (db, person, now) = (app.db.clone(), visitor.person.id, visitor.now());
    app.run_errand(async move {
        if let Err(error) = listing::marks::look(&db, person, id, version, now).await {
            tracing::warn!(%error, "that a ticket was looked at was not written down");
        }
    });
}

/// The ticket's page, with what a form of the composer brought back.
pub async fn ticket_page(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    part: Show,
    back: Option<TicketView>,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, Fail> {
    let typed = Typed::default();
    let template = ticket_view(app, visitor, id, part, back, shown, typed).await?;
    Ok(page_with(status, &template))
}

/// The ticket's page as it is shown.
pub async fn ticket_view(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    part: Show,
    back: Option<TicketView>,
    shown: Shown,
    typed: Typed,
) -> Result<TicketPage, Error> {
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let mut whole = whole(&mut db, visitor, &ticket).await?;
    let actor = &visitor.actor;
    let once = app.dice.token();
    whole.work = work::panel(&mut db, &visitor.words, actor, &ticket, once).await?;
    let people = whole.participants.clone();
    let beside = panel::read(&mut db, &visitor.actor, &ticket, people).await?;
    let frame = frame(app, visitor, Section::Tickets, None).await?;
    let back = back.unwrap_or(TicketView::Open);
    let (words, once) = (&visitor.words, app.dice.token());
    let composer = composer(&mut db, actor, id, shown, words, once).await?;
    let mut page = views::ticket_page(frame, actor, &ticket, whole, part, back, composer);
    page.panel = panel::views::panel(&ticket, actor, beside, typed, app.dice.token());
    Ok(page)
}

/// The ticket's page with a form of its panel as it was sent and refused.
pub async fn refused_in_panel(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    typed: Typed,
    status: StatusCode,
) -> Result<Response, Fail> {
    let (part, shown) = (Show::All, Shown::default());
    let template = ticket_view(app, visitor, id, part, None, shown, typed).await?;
    Ok(page_with(status, &template))
}

macro_rules! deed {
    ($name:ident, $wanted:ident, $said:literal) => {
        async fn $name(
            State(app): State<App>,
            Path(n): Path<String>,
            Posted { visitor, form }: Posted<AgentVisitor>,
        ) -> Result<Response, Fail> {
            let asked = Deed {
                wanted: Wanted::$wanted,
                said: $said,
                noun: form_noun(Wanted::$wanted),
            };
            do_deed(&app, &visitor.0, number(&n)?, asked, &form).await
        }
    };
}
deed!(take, Take, "tickets-said-taken");
deed!(release, Release, "tickets-said-released");
deed!(close, Close, "tickets-said-closed");
deed!(approve, Approve, "tickets-said-approved");
deed!(refuse_closure, RefuseClosure, "tickets-said-refused");
deed!(reopen, Reopen, "tickets-said-reopened");

struct Deed {
    wanted: Wanted,
    said: &'static str,
    noun: &'static str,
}

/// The last part of a deed's address.
pub fn form_noun(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Take => "assignment",
        Wanted::Release => "release",
        Wanted::Close => "closure",
        Wanted::Approve => "approval",
        Wanted::RefuseClosure => "refusal",
        Wanted::Reopen => "reopening",
    }
}

async fn do_deed(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    deed: Deed,
    form: &kit::web::form::Form,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let message = form.text("message");
    let words = (!message.is_empty()).then(|| NewComment::typed(message, Origin::Web));
    let now = visitor.now();
    let done = deeds::act(
        &app.db,
        &visitor.actor,
        id,
        deed.wanted,
        Some(seen),
        words,
        now,
    )
    .await;
    match done {
        Ok(()) => Ok(see_other(
            &format!("/tickets/{id}"),
            Some((Tone::Ok, deed.said)),
        )),
        Err(Error::Conflict(clash)) => conflict(app, visitor, id, deed.noun, message, clash).await,
        Err(other) => Err(other.into()),
    }
}

/// Somebody changed the ticket meanwhile: what they did, what was wanted, and both ways on.
async fn conflict(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    noun: &'static str,
    message: &str,
    clash: Clash,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let whole = whole(&mut db, visitor, &ticket).await?;
    let last = whole.events.last();
    let who = last.and_then(|e| e.actor.clone());
    let at = last.map_or(ticket.updated_at.0, |e| e.at.0);
    let lines = views::last_sentences(&whole, &ticket, &visitor.words, clash);
    let template = ConflictPage {
        frame: frame(app, visitor, Section::Tickets, None).await?,
        number: id.0,
        subject: ticket.subject.clone(),
        who: who.unwrap_or_else(|| "Vigie".to_owned()),
        at_micros: at,
        theirs: lines,
        action: format!("/tickets/{id}/{noun}"),
        version: ticket.version,
        keep: vec![("message".to_owned(), message.to_owned())],
        fields: vec![],
        draft: None,
    };
    Ok(page_with(StatusCode::CONFLICT, &template))
}

async fn confirm_closure(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let may = views::may(&ticket, &visitor.actor);
    if !may.close && !may.take {
        // Nothing to confirm any more: the ticket says why.
        return Ok(see_other(&format!("/tickets/{id}"), None));
    }
    Ok(page(&ClosurePage {
        frame: frame(&app, &visitor, Section::Tickets, None).await?,
        number: id.0,
        version: ticket.version,
        subject: ticket.subject.clone(),
        takes: !may.close && may.take,
        is_own: ticket.is_requester(&visitor.actor),
        message: String::new(),
    }))
}

async fn attachment(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path((n, file)): Path<(String, String)>,
) -> Result<Response, Fail> {
    serve_attachment(&app, &visitor, &n, &file).await
}

/// Sends a file one may see: as a download under a sandbox, or inline when it is a safe picture.
pub async fn serve_attachment(
    app: &House,
    visitor: &Visitor,
    n: &str,
    file: &str,
) -> Result<Response, Fail> {
    let id = file
        .parse()
        .map(AttachmentId)
        .map_err(|_| Error::NotFound)?;
    let found = reading::attachment(&mut app.db.read(), &visitor.actor, number(n)?, id).await?;
    let bytes = app.files.fetch(&found.digest).await?;
    Ok(crate::web::download::answer(
        &found.name,
        &found.media_type,
        crate::files::is_safe_image(&found.media_type),
        bytes,
    ))
}

#[derive(Debug, Deserialize)]
struct RequestsQuery {
    before: Option<String>,
    after: Option<String>,
}

async fn my_requests(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(query): Query<RequestsQuery>,
) -> Result<Response, Fail> {
    let cursor = query.after.or(query.before);
    let cursor = cursor.as_deref().and_then(listing::Cursor::parse);
    let filter = Filter::default().asked_by(visitor.person.id);
    let mut db = app.db.read();
    let found = listing::page(&mut db, &visitor.actor, &filter, Order::USUAL, cursor, ROWS).await?;
    let frame = frame(&app, &visitor, Section::MyRequests, None).await?;
    Ok(page(&views::my_requests_page(frame, &visitor.actor, found)))
}
