//! The pages that ask before a merge, a split and a follow-up, and what their forms do.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::authz::Actor;
use kit::clock::Moment;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::form::FormField;
use pages::frame::{Section, Tone};
use pages::joining::{FollowUpPage, MergePage, PortalFollowUpPage, SplitPage};
use pages::portal::Tab;
use serde::Deserialize;

use super::splitting::{self, For, Wanted};
use super::{LetIn, Seen, circles, following, views};
use crate::departments::{self, CategoryId};
use crate::house::{App, House};
use crate::tickets::comments::{Body, NewComment};
use crate::tickets::machine::Deed;
use crate::tickets::pages::{comment_number, frame, note_read, number};
use crate::tickets::portal;
use crate::tickets::reading::{self, find};
use crate::tickets::rights::{FollowUp, Merge, Read, Split};
use crate::tickets::verbs::NewTicket;
use crate::tickets::{CommentId, Origin, TicketId, Visibility};
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, CustomerVisitor, Visitor};

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/tickets/{number}/merge", Who::Staff, ask_merge),
        post("/tickets/{number}/merge", Who::Staff, merge),
        post("/tickets/{number}/merge/removal", Who::Staff, give_back),
        get("/tickets/{number}/split", Who::Staff, ask_split),
        post("/tickets/{number}/split", Who::Staff, split),
        get("/tickets/{number}/follow-up", Who::Staff, ask_follow_up),
        post("/tickets/{number}/follow-up", Who::Staff, follow_up),
        get(
            "/portal/tickets/{number}/follow-up",
            Who::Customer,
            ask_follow_up_as_requester,
        ),
        post(
            "/portal/tickets/{number}/follow-up",
            Who::Customer,
            follow_up_as_requester,
        ),
    ]
}

#[derive(Debug, Deserialize)]
struct MergeQuery {
    into: Option<String>,
}

async fn ask_merge(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
    Query(query): Query<MergeQuery>,
) -> Result<Response, Fail> {
    let asked = Asked {
        into: query.into.unwrap_or_default(),
        // Whoever asked goes on reading their own words, unless the agent says otherwise.
        boxes: LetIn {
            requester: true,
            others: true,
        },
        ..Asked::default()
    };
    merge_page(&app, &visitor, number(&n)?, asked).await
}

/// The question as it was asked, and why it comes back.
#[derive(Default)]
struct Asked {
    into: String,
    boxes: LetIn,
    faults: Fields,
    status: StatusCode,
    was_changed: bool,
}

async fn merge_page(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    mut asked: Asked,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let from = find::<Read>(&mut db, actor, id).await?;
    find::<Merge>(&mut db, actor, id).await?;
    let mut choice = None;
    if !asked.into.trim().is_empty() && asked.faults.0.is_empty() {
        match super::named(&mut db, actor, &asked.into).await {
            Ok(into) if into.id == id => {
                asked.faults.add("into", "fault-ticket-itself", None);
            }
            Ok(into) if !into.allows(actor, Deed::TakeIn) => {
                asked.faults.add("into", "fault-merge-into-ended", None);
            }
            Ok(into) => {
                let around = circles::circles(&mut db, actor, &from, &into).await?;
                let words = &visitor.words;
                choice = Some(
                    views::choice(&mut db, (words, actor), &from, &into, &around, asked.boxes)
                        .await?,
                );
            }
            Err(Error::Invalid(faults)) => asked.faults = faults,
            Err(other) => return Err(other.into()),
        }
    }
    if !asked.faults.0.is_empty() && asked.status == StatusCode::OK {
        asked.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    let template = MergePage {
        frame: frame(app, visitor, Section::Tickets, None).await?,
        number: id.0,
        version: from.version,
        subject: from.subject.clone(),
        into: FormField {
            error: fault_at(&asked.faults, "into", &visitor.words),
            value: asked.into,
        },
        choice,
        was_changed: asked.was_changed,
    };
    Ok(page_with(asked.status, &template))
}

async fn merge(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let into = form.text("into").to_owned();
    let boxes = LetIn {
        requester: form.is_ticked("let_requester"),
        others: form.is_ticked("let_others"),
    };
    let done = async {
        find::<Read>(&mut app.db.read(), &visitor.actor, id).await?;
        let seen = Seen {
            from: Some(form.number("version", "fault-version")?),
            // What the page said of who will read what is only true of that version.
            into: Some(form.number("into_version", "fault-version")?),
        };
        let (actor, now) = (&visitor.actor, visitor.now());
        super::do_merge(&app.db, actor, id, &into, seen, boxes, now).await
    }
    .await;
    let asked = match done {
        Ok(into) => {
            let to = format!("/tickets/{into}");
            return Ok(see_other(&to, Some((Tone::Ok, "merging-said-merged"))));
        }
        Err(Error::Conflict(_)) => Asked {
            into,
            boxes,
            status: StatusCode::CONFLICT,
            was_changed: true,
            ..Asked::default()
        },
        Err(Error::Invalid(faults)) => Asked {
            into,
            boxes,
            faults,
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Asked::default()
        },
        Err(other) => return Err(other.into()),
    };
    merge_page(&app, &visitor, id, asked).await
}

async fn give_back(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    find::<Read>(&mut app.db.read(), &visitor.actor, id).await?;
    let seen = Some(form.number("version", "fault-version")?);
    super::do_give_back(&app.db, &visitor.actor, id, seen, visitor.now()).await?;
    let to = format!("/tickets/{id}");
    Ok(see_other(&to, Some((Tone::Ok, "merging-said-undone"))))
}

#[derive(Debug, Deserialize)]
struct SplitQuery {
    comment: Option<String>,
}

async fn ask_split(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
    Query(query): Query<SplitQuery>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    find::<Read>(&mut app.db.read(), &visitor.actor, id).await?;
    note_read(&app, &visitor, id);
    let comment = comment_number(query.comment.as_deref().unwrap_or_default())?;
    split_page(&app, &visitor, id, comment, None).await
}

async fn split_page(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    comment: CommentId,
    back: Option<(&Form, Fields, StatusCode)>,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let from = find::<Read>(&mut db, actor, id).await?;
    find::<Split>(&mut db, actor, id).await?;
    let all = reading::comments(&mut db, actor, &from).await?;
    let one = all.into_iter().find(|c| c.id == comment);
    let one = one.ok_or(Error::NotFound)?;
    let refused = match splitting::splittable(&mut db, actor, id, comment).await {
        Ok(_) => None,
        Err(Error::Invalid(faults)) => fault_at(&faults, "comment", &visitor.words),
        Err(other) => return Err(other.into()),
    };
    let blank = (Form::default(), Fields::default(), StatusCode::OK);
    let (form, faults, mut status) = match back {
        Some((form, faults, status)) => (form, faults, status),
        None => (&blank.0, blank.1, blank.2),
    };
    if refused.is_some() {
        status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    let subject = match form.is_ticked("subject") {
        true => form.text("subject").to_owned(),
        false => views::proposed(&one.body),
    };
    let category = form.text("category").parse().map(CategoryId);
    let names = reading::names(&mut db, actor, &from).await?;
    let words = &visitor.words;
    let template = SplitPage {
        frame: frame(app, visitor, Section::Tickets, None).await?,
        number: id.0,
        version: from.version,
        comment: comment.0,
        excerpt: views::excerpt(&one.body),
        subject: views::field(&subject, &faults, "subject", words),
        categories: views::categories(
            departments::places(&mut db).await?,
            category.unwrap_or(from.category_id),
        ),
        category_error: fault_at(&faults, "category", words),
        requester: names.requester,
        offers_author: one.author_id != from.requester_id,
        is_for_author: form.text("requester") == "author",
        author: one.author,
        refused,
    };
    Ok(page_with(status, &template))
}

async fn split(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    find::<Read>(&mut app.db.read(), &visitor.actor, id).await?;
    let comment = comment_number(form.text("comment"))?;
    let done = async {
        let seen = form.number("version", "fault-version")?;
        let category = form.text("category").parse().map(CategoryId);
        let wanted = Wanted {
            comment,
            subject: form.text("subject").to_owned(),
            category: category.map_err(|_| Error::invalid("category", "fault-category-missing"))?,
            requester: match form.text("requester") {
                "author" => For::Author,
                _ => For::Requester,
            },
        };
        let (actor, now) = (&visitor.actor, visitor.now());
        splitting::do_split(&app.db, actor, id, Some(seen), &wanted, now).await
    }
    .await;
    let (faults, status) = match done {
        Ok(new) => {
            let to = format!("/tickets/{new}");
            return Ok(see_other(&to, Some((Tone::Ok, "merging-said-split"))));
        }
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict(_)) => (Fields::default(), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    split_page(&app, &visitor, id, comment, Some((&form, faults, status))).await
}

/// What a follow-up form says, or what it begins with.
struct Typed {
    subject: String,
    body: String,
    category: Option<CategoryId>,
    once: Option<String>,
}

fn typed(form: &Form) -> Typed {
    Typed {
        subject: form.text("subject").to_owned(),
        body: form.raw("body").trim_end().to_owned(),
        category: form.text("category").parse().ok().map(CategoryId),
        once: form.once(),
    }
}

async fn do_follow_up(
    app: &House,
    actor: &Actor,
    now: Moment,
    id: TicketId,
    typed: &Typed,
    origin: Origin,
) -> Result<TicketId, Error> {
    let first = find::<Read>(&mut app.db.read(), actor, id).await?;
    let new = NewTicket {
        subject: typed.subject.clone(),
        priority: first.priority,
        visibility: Visibility::Private,
        comment: NewComment {
            body: Body::of_markdown(&typed.body),
            files: vec![],
            origin,
            once: typed.once.clone(),
            incoming_mail: None,
        },
    };
    let category = typed.category.unwrap_or(first.category_id);
    let opened = following::do_follow_up(&app.db, actor, id, category, new, now).await?;
    Ok(opened.ticket)
}

async fn ask_follow_up(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    follow_up_page(&app, &visitor, number(&n)?, None, &Fields::default()).await
}

async fn follow_up_page(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    back: Option<Typed>,
    faults: &Fields,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let ticket = find::<Read>(&mut db, actor, id).await?;
    find::<FollowUp>(&mut db, actor, id).await?;
    let names = reading::names(&mut db, actor, &ticket).await?;
    let (status, typed) = shown(back, &ticket);
    let category = typed.category.unwrap_or(ticket.category_id);
    let texts = (typed.subject.as_str(), typed.body.as_str());
    let (words, once) = (&visitor.words, app.dice.token());
    let places = departments::places(&mut db).await?;
    let template = FollowUpPage {
        frame: frame(app, visitor, Section::Tickets, None).await?,
        number: id.0,
        version: ticket.version,
        old_subject: ticket.subject.clone(),
        requester: names.requester,
        form: views::follow_up(places, words, texts, category, faults, once),
    };
    Ok(page_with(status, &template))
}

/// What the form shows: what was typed, or the subject of the ticket that is over.
fn shown(back: Option<Typed>, ticket: &crate::tickets::Ticket) -> (StatusCode, Typed) {
    match back {
        Some(typed) => (StatusCode::UNPROCESSABLE_ENTITY, typed),
        None => (
            StatusCode::OK,
            Typed {
                subject: ticket.subject.clone(),
                body: String::new(),
                category: None,
                once: None,
            },
        ),
    }
}

async fn follow_up(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, typed) = (visitor.0, number(&n)?, typed(&form));
    let now = visitor.now();
    match do_follow_up(&app, &visitor.actor, now, id, &typed, Origin::Web).await {
        Ok(new) => {
            // Whoever opens one elsewhere may not see it afterwards.
            let seen = find::<Read>(&mut app.db.read(), &visitor.actor, new).await;
            let to = if seen.is_ok() { new } else { id };
            let said = Some((Tone::Ok, "merging-said-followed"));
            Ok(see_other(&format!("/tickets/{to}"), said))
        }
        Err(Error::Invalid(faults)) => {
            follow_up_page(&app, &visitor, id, Some(typed), &faults).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn ask_follow_up_as_requester(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    portal_page(&app, &visitor, number(&n)?, None, &Fields::default()).await
}

async fn portal_page(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    back: Option<Typed>,
    faults: &Fields,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let (actor, words) = (&portal::as_requester(visitor), &visitor.words);
    let ticket = find::<Read>(&mut db, actor, id).await?;
    find::<FollowUp>(&mut db, actor, id).await?;
    let (frame, navigation, _) = portal::surroundings(app, visitor, Tab::Tickets).await?;
    let (status, typed) = shown(back, &ticket);
    let category = typed.category.unwrap_or(ticket.category_id);
    let texts = (typed.subject.as_str(), typed.body.as_str());
    let once = app.dice.token();
    let places = departments::places_following(&mut db, actor, ticket.category_id).await?;
    let template = PortalFollowUpPage {
        frame,
        navigation,
        number: id.0,
        old_subject: ticket.subject.clone(),
        form: views::follow_up(places, words, texts, category, faults, once),
    };
    Ok(page_with(status, &template))
}

async fn follow_up_as_requester(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<CustomerVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, typed) = (visitor.0, number(&n)?, typed(&form));
    let actor = portal::as_requester(&visitor);
    let now = visitor.now();
    match do_follow_up(&app, &actor, now, id, &typed, Origin::Portal).await {
        Ok(new) => Ok(see_other(&format!("/portal/tickets/{new}/sent"), None)),
        Err(Error::Invalid(faults)) => portal_page(&app, &visitor, id, Some(typed), &faults).await,
        Err(other) => Err(other.into()),
    }
}
