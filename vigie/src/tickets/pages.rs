//! The agent's pages of tickets.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::db::Ask;
use kit::error::{Clash, Error, Fields};
use pages::errors::ConflictPage;
use pages::form::FormField;
use pages::frame::{Frame, Section, TicketView, Tone};
use pages::tickets::list::Sort;
use pages::tickets::opening::NewTicketPage;
use pages::tickets::panel::Typed;
use pages::tickets::show::{ClosurePage, Draft, TicketPage};
use pages::tickets::thread::{Audience as AudienceView, Show};
use pages::tickets::{Choice, ChoiceGroup, Origin as OriginView, Priority, StateView};
use serde::Deserialize;

use super::comments::{Body, NewComment};
use super::deeds::{self, Wanted};
use super::rights::Read;
use super::verbs::{self, NewTicket};
use super::views::{self, Asked, Whole};
use super::{
    AttachmentId, Audience, Origin, Ticket, TicketId, counts, listing, panel, reading, uploads,
};
use crate::departments::{self, CategoryId, DepartmentId};
use crate::house::{App, House};
use crate::people;
use crate::tasks::views as work;
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Limit, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// Rows on a page of the list.
const ROWS: i64 = 50;

/// The addresses of the agent's pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/tickets", Who::Staff, list),
        post("/tickets", Who::Staff, create).taking(Limit::FILES),
        get("/tickets/new", Who::Staff, new),
        get("/tickets/{number}", Who::Staff, show),
        post("/tickets/{number}/comments", Who::Staff, comment).taking(Limit::FILES),
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

/// The parameters of the list.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    view: Option<String>,
    state: Option<String>,
    department: Option<String>,
    sort: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

async fn list(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fail> {
    let view = query.view.as_deref().and_then(TicketView::parse);
    let asked = Asked {
        view: view.unwrap_or(TicketView::Open),
        state: query.state.as_deref().and_then(StateView::parse),
        department: query.department.as_deref().and_then(|d| d.parse().ok()),
        sort: Sort::parse(query.sort.as_deref().unwrap_or_default()),
    };
    let cursor = query.after.or(query.before);
    let cursor = cursor.as_deref().and_then(listing::Cursor::parse);
    let mut filter = views::filter(asked.view, visitor.person.id);
    filter.state = filter.state.or(asked.state.map(views::state_of));
    filter.department = asked.department.map(DepartmentId);
    let mut db = app.db.read();
    let order = views::order(asked.sort);
    let found = listing::page(&mut db, &visitor.actor, filter, order, cursor, ROWS).await?;
    let departments = departments::seen_by(&mut db, &visitor.actor).await?;
    let frame = frame(&app, &visitor, Section::Tickets, Some(asked.view)).await?;
    Ok(page(&views::list_page(
        frame,
        &visitor.actor,
        &asked,
        departments,
        found,
    )))
}

/// Everything on a ticket, read through the reader's own eyes.
pub async fn whole(
    ask: &mut impl Ask,
    visitor: &Visitor,
    ticket: &kit::authz::May<Read, Ticket>,
) -> Result<Whole, Error> {
    let actor = &visitor.actor;
    Ok(Whole {
        names: reading::names(ask, ticket).await?,
        comments: reading::comments(ask, actor, ticket.id).await?,
        attachments: reading::attachments(ask, actor, ticket.id).await?,
        events: reading::events(ask, actor, ticket.id).await?,
        participants: reading::participants(ask, actor, ticket.id).await?,
        other_open: reading::other_open(ask, actor, ticket).await?,
        work: None,
    })
}

#[derive(Debug, Default, Deserialize)]
struct ShowQuery {
    show: Option<String>,
    view: Option<String>,
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
    Query(query): Query<ShowQuery>,
) -> Result<Response, Fail> {
    let part = Show::parse(query.show.as_deref().unwrap_or_default());
    let back = query.view.as_deref().and_then(TicketView::parse);
    let draft = Draft::default();
    let id = number(&n)?;
    ticket_page(&app, &visitor, id, part, back, draft, StatusCode::OK).await
}

async fn ticket_page(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    part: Show,
    back: Option<TicketView>,
    draft: Draft,
    status: StatusCode,
) -> Result<Response, Fail> {
    let typed = Typed::default();
    let template = ticket_view(app, visitor, id, part, back, draft, typed).await?;
    Ok(page_with(status, &template))
}

async fn ticket_view(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    part: Show,
    back: Option<TicketView>,
    draft: Draft,
    typed: Typed,
) -> Result<TicketPage, Error> {
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let mut whole = whole(&mut db, visitor, &ticket).await?;
    let actor = &visitor.actor;
    let once = app.dice.token();
    whole.work = work::panel(&mut db, &visitor.words, actor, &ticket, once).await?;
    let beside = panel::read(&mut db, &visitor.actor, &ticket).await?;
    let frame = frame(app, visitor, Section::Tickets, None).await?;
    let back = back.unwrap_or(TicketView::Open);
    let once = app.dice.token();
    let mut page = views::ticket_page(frame, actor, &ticket, whole, part, back, draft, once);
    page.panel = panel::views::panel(&ticket, actor, beside, typed);
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
    let (part, draft) = (Show::All, Draft::default());
    let template = ticket_view(app, visitor, id, part, None, draft, typed).await?;
    Ok(page_with(status, &template))
}

async fn comment(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let id = number(&n)?;
    // Seen before anything of the form is kept: a hidden ticket takes no files.
    reading::find::<Read>(&mut app.db.read(), &visitor.actor, id).await?;
    let audience = match AudienceView::parse(form.text("audience")) {
        Some(AudienceView::Public) => Audience::Public,
        Some(AudienceView::Staff) => Audience::Staff,
        None => return Err(Error::invalid("audience", "fault-audience").into()),
    };
    let body = form.raw("body").trim_end().to_owned();
    let once = form.optional("once").map(str::to_owned);
    let written = async {
        let comment = NewComment {
            body: Body::of_markdown(&body),
            files: uploads::keep(&app.files, form.files).await?,
            origin: Origin::Web,
            once,
            incoming_mail: None,
        };
        deeds::write(
            &app.db,
            &visitor.actor,
            id,
            audience,
            comment,
            visitor.now(),
        )
        .await
    }
    .await;
    match written {
        Ok(written) => Ok(see_other(
            &format!("/tickets/{id}#comment-{}", written.comment),
            Some((Tone::Ok, said(audience))),
        )),
        Err(Error::Invalid(faults)) => {
            let draft = Draft {
                is_note: audience == Audience::Staff,
                error: first_fault(&faults, &["body", "files"], &visitor),
                body,
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            ticket_page(&app, &visitor, id, Show::All, None, draft, status).await
        }
        Err(other) => Err(other.into()),
    }
}

fn said(audience: Audience) -> &'static str {
    match audience {
        Audience::Public => "tickets-said-replied",
        Audience::Staff => "tickets-said-noted",
    }
}

fn first_fault(faults: &Fields, at: &[&str], visitor: &Visitor) -> Option<String> {
    at.iter()
        .find_map(|field| fault_at(faults, field, &visitor.words))
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

async fn new(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
) -> Result<Response, Fail> {
    let typed = Filled::default();
    new_page(&app, &visitor, &typed, &Fields::default(), StatusCode::OK).await
}

/// What was typed in the form of a new ticket.
#[derive(Default)]
struct Filled {
    requester: String,
    category: String,
    subject: String,
    body: String,
    priority: String,
    origin: String,
}

async fn new_page(
    app: &House,
    visitor: &Visitor,
    typed: &Filled,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let at = |field: &str| fault_at(faults, field, &visitor.words);
    let places = departments::places(&mut app.db.read()).await?;
    let mut groups: Vec<(DepartmentId, ChoiceGroup)> = vec![];
    for place in places {
        let choice = Choice {
            value: place.id.to_string(),
            selected: typed.category == place.id.to_string(),
            name: place.name,
        };
        match groups.last_mut() {
            Some((id, group)) if *id == place.department_id => group.choices.push(choice),
            _ => groups.push((
                place.department_id,
                ChoiceGroup {
                    name: place.department,
                    choices: vec![choice],
                },
            )),
        }
    }
    let template = NewTicketPage {
        frame: frame(app, visitor, Section::Tickets, None).await?,
        requester: FormField {
            value: typed.requester.clone(),
            error: at("requester"),
        },
        categories: groups.into_iter().map(|(_, g)| g).collect(),
        category_error: at("category"),
        subject: FormField {
            value: typed.subject.clone(),
            error: at("subject"),
        },
        body: FormField {
            value: typed.body.clone(),
            error: at("body"),
        },
        priority: Priority::parse(&typed.priority).unwrap_or(Priority::Normal),
        origin: OriginView::parse(&typed.origin).unwrap_or(OriginView::Phone),
        most_files: crate::files::MOST as i64,
        largest_file: crate::files::LARGEST,
        files_error: at("files"),
        once: app.dice.token(),
    };
    Ok(page_with(status, &template))
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let typed = Filled {
        requester: form.text("requester").to_owned(),
        category: form.text("category").to_owned(),
        subject: form.text("subject").to_owned(),
        body: form.raw("body").trim_end().to_owned(),
        priority: form.text("priority").to_owned(),
        origin: form.text("origin").to_owned(),
    };
    match open(&app, &visitor, &typed, form).await {
        Ok(ticket) => Ok(see_other(
            &format!("/tickets/{ticket}"),
            Some((Tone::Ok, "tickets-said-opened")),
        )),
        Err(Error::Invalid(faults)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            new_page(&app, &visitor, &typed, &faults, status).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn open(
    app: &House,
    visitor: &Visitor,
    typed: &Filled,
    form: kit::web::form::Form,
) -> Result<TicketId, Error> {
    let mut faults = Fields::default();
    form.required("subject", verbs::LONGEST_SUBJECT, &mut faults);
    form.required("body", super::comments::LONGEST, &mut faults);
    let requester = people::find_by_name(&mut app.db.read(), &typed.requester).await?;
    if typed.requester.is_empty() {
        faults.add("requester", "fault-missing", None);
    } else if requester.is_none() {
        faults.add(
            "requester",
            "fault-person-unknown",
            Some(typed.requester.clone()),
        );
    }
    let category = typed.category.parse().ok().map(CategoryId);
    faults.require(category.is_some(), "category", "fault-category-missing");
    let (Some(requester), Some(category)) = (requester.map(|p| p.id), category) else {
        return Err(Error::Invalid(faults));
    };
    faults.settle()?;
    let once = form.optional("once").map(str::to_owned);
    let files = uploads::keep(&app.files, form.files).await?;
    let mut tx = app.db.write().await?;
    let place = departments::place_for_somebody(&mut tx, &visitor.actor, category).await?;
    let new = NewTicket {
        subject: typed.subject.clone(),
        priority: Priority::parse(&typed.priority)
            .unwrap_or(Priority::Normal)
            .level(),
        comment: NewComment {
            body: Body::of_markdown(&typed.body),
            files,
            origin: views::origin_of(OriginView::parse(&typed.origin).unwrap_or(OriginView::Desk)),
            once,
            incoming_mail: None,
        },
    };
    let actor = &visitor.actor;
    let opened =
        verbs::open_for_somebody(&mut tx, &place, actor, requester, new, visitor.now()).await?;
    tx.commit().await?;
    Ok(opened.ticket)
}

async fn my_requests(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fail> {
    let cursor = query.after.or(query.before);
    let cursor = cursor.as_deref().and_then(listing::Cursor::parse);
    let filter = listing::Filter {
        requester: Some(visitor.person.id),
        ..listing::Filter::default()
    };
    let mut db = app.db.read();
    let order = views::order(Sort::DEFAULT);
    let found = listing::page(&mut db, &visitor.actor, filter, order, cursor, ROWS).await?;
    let frame = frame(&app, &visitor, Section::MyRequests, None).await?;
    Ok(page(&views::my_requests_page(frame, &visitor.actor, found)))
}
