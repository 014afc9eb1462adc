//! The agent's pages of tickets.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Done};
use kit::error::Error;
use pages::frame::{Frame, Section, TicketView, Tone};
use pages::tickets::panel::Typed;
use pages::tickets::show::TicketPage;
use pages::tickets::thread::Show;
use serde::Deserialize;

use super::composer::views::{Shown, composer};
use super::listing::{Filter, Order, walking};
use super::rights::Read;
use super::views::{self, Whole};
use super::{
    AttachmentId, CommentId, Ticket, TicketId, by_rank, joining, listing, machine, panel,
    participants, reading, unsent,
};
use crate::assets::{links, views as equipment};
use crate::house::{App, House};
use crate::people::suppression;
use crate::tasks::views as work;
use crate::web::fail::Fail;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::{AgentVisitor, Visitor};

/// Rows on a page of one's own requests.
const ROWS: i64 = 50;

/// The addresses of the agent's pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/tickets/{number}", Who::Staff, show).for_eyes(),
        get("/tickets/{number}/attachments/{id}", Who::Staff, attachment).for_eyes(),
        get("/my-requests", Who::Staff, my_requests).for_eyes(),
    ]
}

/// The number in an address; anything else is no ticket.
pub fn number(text: &str) -> Result<TicketId, Error> {
    text.parse().map(TicketId).map_err(|_| Error::NotFound)
}

/// A comment as an address names it.
pub fn comment_number(text: &str) -> Result<CommentId, Error> {
    text.parse().map(CommentId).map_err(|_| Error::NotFound)
}

/// What surrounds an agent's page: with the counts of the sidebar.
pub async fn frame(
    app: &House,
    visitor: &Visitor,
    section: Section,
    view: Option<TicketView>,
) -> Result<Frame, Error> {
    visitor.frame(app, section, view).await
}

/// Everything on a ticket, read through the reader's own eyes.
pub async fn whole(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    ticket: &kit::authz::May<Read, Ticket>,
) -> Result<Whole, Error> {
    let actor = &visitor.actor;
    let events = reading::events(ask, actor, ticket).await?;
    let names = reading::names(ask, actor, ticket).await?;
    Ok(Whole {
        mail_stopped: suppression::of(ask, &names.requester_email).await?,
        names,
        comments: reading::comments(ask, actor, ticket).await?,
        attachments: reading::attachments(ask, actor, ticket.id).await?,
        named: reading::named(ask, actor, ticket, &events).await?,
        events,
        participants: participants::of(ask, actor, ticket).await?,
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
    since: Option<i64>,
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
    let shown = Shown {
        since: query.since,
        ..Shown::default()
    };
    let typed = Typed::default();
    let id = number(&n)?;
    if query.list.is_none()
        && let Some(carried) = walking::pages::carried_on(&headers, id)
    {
        return Ok(see_other(&carried, None));
    }
    let mut template = ticket_view(&app, &visitor, id, part, back, shown, typed).await?;
    // A merged ticket keeps its address, which leads to where its words went on.
    if let Some(Some(into)) = template.joined.merged {
        let said = Some((Tone::Info, "merging-said-moved"));
        return Ok(see_other(&format!("/tickets/{into}"), said));
    }
    let (list, at) = (query.list.as_deref(), query.at.as_deref());
    template.place = walking::pages::place(&mut app.db.read(), &visitor, list, at).await?;
    note_look(&app, &visitor, id, template.version);
    Ok(page(&template))
}

/// Writes beside the request that somebody looked, so that reading never waits for the writer.
fn note_look(app: &App, visitor: &Visitor, id: TicketId, version: i64) {
    // Whoever looks with somebody's eyes has not read it for them.
    if visitor.looks_for().is_some() {
        return;
    }
    let (db, person, now) = (app.db.clone(), visitor.person.id, visitor.now());
    app.run_errand(async move {
        if let Err(error) = listing::marks::look(&db, person, id, version, now).await {
            tracing::warn!(%error, "that a ticket was looked at was not written down");
        }
    });
}

/// Writes beside the request that somebody reads a ticket, when only their rank shows it to them.
pub fn note_read(app: &House, visitor: &Visitor, id: TicketId) {
    // Whoever looks with somebody's eyes is in the journal already.
    if visitor.looks_for().is_none() {
        note_read_by(app, &visitor.actor, id, visitor.now());
    }
}

/// The same for programs.
pub fn note_read_by(app: &House, actor: &Actor, id: TicketId, now: Moment) {
    if !by_rank::may_be(actor) {
        return;
    }
    let (db, actor) = (app.db.clone(), actor.clone());
    app.run_errand(async move {
        // Read again it is written again.
        if let Err(error) = by_rank::read(&db, &actor, id, now).await {
            tracing::error!(%error, ticket = id.0, "a read by rank was not written down");
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
pub fn ticket_view<'a>(
    app: &'a House,
    visitor: &'a Visitor,
    id: TicketId,
    part: Show,
    back: Option<TicketView>,
    shown: Shown,
    typed: Typed,
) -> Done<'a, TicketPage> {
    // Boxed: it would be built anew wherever it is waited for (decision 0082).
    Box::pin(async move {
        let mut db = app.db.glance();
        let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
        let mut whole = whole(&mut db, visitor, &ticket).await?;
        let actor = &visitor.actor;
        let once = app.dice.token();
        whole.work = work::panel(&mut db, &visitor.words, actor, &ticket, once).await?;
        let people = whole.participants.clone();
        let beside = panel::read(&mut db, &visitor.actor, &ticket, people).await?;
        let frame = visitor.framed(&mut db, app, Section::Tickets, None).await?;
        let frame = frame.on("ticket", ticket.id.0, ticket.version);
        let back = back.unwrap_or(TicketView::Open);
        let splits = ticket.allows(actor, machine::Deed::Split);
        let first_words = splits.then(|| views::first_words(&whole.events));
        let (words, once) = (&visitor.words, app.dice.token());
        let came = |seen| views::meanwhile(&whole, &ticket, actor, words, seen);
        let meanwhile = shown.since.map_or(vec![], |seen| came(seen).lines);
        let overtaken = shown.overtaken.clone().map(|it| it.view(words, came));
        let mut composer = composer(&mut db, actor, id, shown, words, once).await?;
        composer.overtaken = overtaken;
        let mut page = views::ticket_page(frame, actor, &ticket, whole, part, back, composer);
        views::offer_split(&mut page, first_words);
        page.meanwhile = meanwhile;
        page.joined = joining::views::joined(&mut db, actor, &ticket).await?;
        page.panel = panel::views::panel(&ticket, actor, beside, typed, app.dice.token());
        let about = links::of_ticket(&mut db, actor, id).await?;
        page.panel.assets = about.into_iter().map(equipment::beside).collect();
        if page.panel.may_link {
            let offered = links::offered(&mut db, actor, &ticket).await?;
            page.panel.offered_assets = offered.into_iter().map(equipment::beside).collect();
        }
        page.panel.unsent = unsent::pages::of_panel(&unsent::of(&mut db, actor, id).await?);
        note_read(app, visitor, id);
        Ok(page)
    })
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

async fn attachment(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path((n, file)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let answer = serve_attachment(&app, &visitor, &n, &file).await?;
    note_read(&app, &visitor, number(&n)?);
    Ok(answer)
}

/// Sends a file one may see: as a download under a sandbox, or inline when it is a safe picture.
pub async fn serve_attachment(
    app: &House,
    visitor: &Visitor,
    n: &str,
    file: &str,
) -> Result<Response, Fail> {
    attachment_answer(app, &visitor.actor, n, file).await
}

/// The same for whoever looks with other eyes than their own.
pub async fn attachment_answer(
    app: &House,
    actor: &Actor,
    n: &str,
    file: &str,
) -> Result<Response, Fail> {
    let id = file
        .parse()
        .map(AttachmentId)
        .map_err(|_| Error::NotFound)?;
    let (mut db, ticket) = (app.db.read(), number(n)?);
    let found = joining::attachment(&mut db, actor, ticket, id).await?;
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
