//! The portal's pages of tickets: what one asked for, and what one was invited to.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use pages::fields::{Fault, Faults};
use pages::frame::{Section, Tone};
use pages::pager::Pager;
use pages::portal::ticket::{Invitee, Message, TicketPage};
use pages::portal::{
    AttachmentLimits, Filter as Part, HomePage, LastStep, Navigation, Tab, TicketRow, TicketsPage,
    Waiting, WaitingFor,
};
use pages::tickets::thread::{AuthorRole, CommentView};
use serde::Deserialize;

use super::comments::{Body, NewComment};
use super::counts::{self, Counts};
use super::deeds;
use super::history::EventKind;
use super::listing::{Cursor, Filter, Listed, Order};
use super::machine::{Deed, Stage, State as Life};
use super::pages::{number, serve_attachment};
use super::rights::Read;
use super::{
    Audience, Hat, Origin, TicketId, joining, listing, naming, participants, reading, shared,
    solutions, unsent, uploads, views,
};
use crate::house::{App, House};
use crate::web::fail::{Fail, fault_text};
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Limit, Route, get, post};
use crate::web::visitor::{CustomerVisitor, Visitor};

/// Rows on a page of the list.
const ROWS: i64 = 25;

/// The addresses of the portal.
pub fn routes() -> Vec<Route> {
    vec![
        get("/portal", Who::Customer, home),
        get("/portal/tickets", Who::Customer, list),
        get("/portal/tickets/{number}", Who::Customer, show),
        post("/portal/tickets/{number}/comments", Who::Customer, comment).taking(Limit::FILES),
        get(
            "/portal/tickets/{number}/attachments/{id}",
            Who::Customer,
            attachment,
        ),
    ]
}

/// In the portal everybody is a requester: what a member of staff sees by scope stays outside.
pub fn as_requester(visitor: &Visitor) -> kit::authz::Actor {
    crate::policy::actor(visitor.person.id.0, None)
}

/// What surrounds a page of the portal.
pub async fn surroundings(
    app: &House,
    visitor: &Visitor,
    tab: Tab,
) -> Result<(pages::frame::Frame, Navigation, Counts), Error> {
    let frame = visitor.frame(app, Section::Other, None).await?;
    let actor = as_requester(visitor);
    let counts = counts::seen_by(&mut app.db.read(), &actor).await?;
    let waiting = counts.in_stage(Stage::Awaiting) + counts.of(Life::Incomplete);
    let navigation = Navigation {
        tab,
        waiting,
        shows_assets: app.desk().shows_assets,
    };
    Ok((frame, navigation, counts))
}

fn row(listed: Listed, visitor: &Visitor) -> TicketRow {
    let me = visitor.person.id;
    let last = match (listed.state.stage(), listed.last_side) {
        (Stage::Ended | Stage::Archived, _) => LastStep::Ended,
        (Stage::Awaiting, _) => LastStep::ClosureProposed,
        _ if listed.last_actor_id == Some(me) && listed.comment_count <= 1 => LastStep::Sent,
        _ if listed.last_actor_id == Some(me) => LastStep::YouWrote,
        (_, Hat::Requester) if listed.comment_count <= 1 => LastStep::Sent,
        (_, Hat::Requester | Hat::Invitee) => LastStep::Wrote(listed.requester.clone()),
        _ => match &listed.assignee {
            Some(name) if listed.comment_count <= 1 => LastStep::Taken(name.clone()),
            Some(name) => LastStep::Wrote(name.clone()),
            None => LastStep::Wrote(listed.department.clone()),
        },
    };
    TicketRow {
        number: listed.id.0,
        subject: listed.subject,
        state: views::state(listed.state),
        last,
        last_at: listed.updated_at.0,
        invited_by: (listed.requester_id != me).then_some(listed.requester),
    }
}

async fn home(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
) -> Result<Response, Fail> {
    let (frame, navigation, counts) = surroundings(&app, &visitor, Tab::Home).await?;
    let actor = as_requester(&visitor);
    let mut db = app.db.read();
    let mut waiting = vec![];
    for (life, what) in [
        (Life::Closed, WaitingFor::Approval),
        (Life::Incomplete, WaitingFor::Answer),
    ] {
        let filter = Filter::default().in_state(life).asked_by(visitor.person.id);
        let found = listing::page(&mut db, &actor, &filter, Order::USUAL, None, 10).await?;
        waiting.extend(found.rows.into_iter().map(|r| Waiting {
            what,
            number: r.id.0,
            subject: r.subject,
        }));
    }
    let any = Filter::default();
    let recent = listing::page(&mut db, &actor, &any, Order::USUAL, None, 5).await?;
    let first_name = visitor
        .person
        .name
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned();
    Ok(page(&HomePage {
        frame,
        navigation,
        first_name,
        waiting,
        recent: recent.rows.into_iter().map(|r| row(r, &visitor)).collect(),
        shown: shared::pages::told_at_home(&app, &visitor).await?,
        solutions: solutions::pages::at_home(&app, &visitor).await?,
        total: counts.all(),
    }))
}

#[derive(Debug, Deserialize)]
struct ListQuery {
    state: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

async fn list(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fail> {
    let (frame, navigation, counts) = surroundings(&app, &visitor, Tab::Tickets).await?;
    let part = Part::parse(query.state.as_deref().unwrap_or_default());
    let cursor = query.after.or(query.before);
    let cursor = cursor.as_deref().and_then(Cursor::parse);
    let filter = Filter::default().over(part == Part::Ended);
    let actor = as_requester(&visitor);
    let mut db = app.db.read();
    let found = listing::page(&mut db, &actor, &filter, Order::USUAL, cursor, ROWS).await?;
    let link = |side: &str, cursor: Cursor| {
        format!(
            "/portal/tickets?state={}&{side}={}",
            part.code(),
            cursor.text()
        )
    };
    let ended = counts.in_stage(Stage::Ended) + counts.in_stage(Stage::Archived);
    Ok(page(&TicketsPage {
        frame,
        navigation,
        filter: part,
        open_count: counts.all() - ended,
        ended_count: ended,
        pager: Pager {
            previous: found.before.map(|c| link("before", c)),
            next: found.after.map(|c| link("after", c)),
        },
        rows: found.rows.into_iter().map(|r| row(r, &visitor)).collect(),
    }))
}

/// How many files, how large.
pub fn limits() -> AttachmentLimits {
    AttachmentLimits {
        files: crate::files::MOST as i64,
        bytes: crate::files::LARGEST,
    }
}

/// Faults as the portal says them.
pub fn said(faults: &Fields, visitor: &Visitor) -> Faults {
    Faults(
        faults
            .0
            .iter()
            .map(|f| Fault {
                field: f.field,
                text: fault_text(f, &visitor.words),
            })
            .collect(),
    )
}

async fn show(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let none = Fields::default();
    ticket_page(
        &app,
        &visitor,
        number(&n)?,
        ("", None),
        &none,
        StatusCode::OK,
    )
    .await
}

pub(super) async fn ticket_page(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    reply: (&str, Option<String>),
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let template = ticket_view(app, visitor, id, reply, faults).await?;
    Ok(page_with(status, &template))
}

/// Comments as the portal shows them.
pub fn messages(comments: Vec<CommentView>) -> Vec<Message> {
    let message = |c: CommentView| Message {
        id: c.id,
        is_agent: c.role == AuthorRole::Agent,
        author: c.author,
        at: c.at_micros,
        safe_html: c.safe_html,
        safe_quoted_html: c.safe_quoted_html,
        is_forged: c.is_forged,
        language: c.language,
        attachments: c.attachments,
        from_ticket: c.from_ticket,
        edited_micros: c.edited_micros,
        reword_href: c.reword_href,
        redacted: c.redacted,
    };
    comments.into_iter().map(message).collect()
}

/// The ticket as its requester sees it, with what was wrong in a form of it; a reply that was refused, by its words and
/// the token of its form.
pub async fn ticket_view(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    (reply, once): (&str, Option<String>),
    faults: &Fields,
) -> Result<TicketPage, Error> {
    let actor = as_requester(visitor);
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &actor, id).await?;
    let names = reading::names(&mut db, &actor, &ticket).await?;
    let comments = reading::comments(&mut db, &actor, &ticket).await?;
    let files = reading::attachments(&mut db, &actor, id).await?;
    let events = reading::events(&mut db, &actor, &ticket).await?;
    let people = participants::of(&mut db, &actor, &ticket).await?;
    let (frame, navigation, _) = surroundings(app, visitor, Tab::Tickets).await?;
    // What was sent and refused stands there instead of what was kept.
    let kept = match (reply.is_empty(), &once) {
        (true, None) => unsent::reply(&mut db, &actor, id).await?,
        _ => None,
    };
    let is_own = ticket.is_requester(&actor);
    let when = |kinds: &[EventKind]| {
        events
            .iter()
            .rev()
            .find(|e| kinds.contains(&e.kind))
            .map(|e| e.at.0)
    };
    let closed = events.iter().rev().find(|e| e.kind == EventKind::Closed);
    let is_over = ticket.state.stage() == Stage::Ended;
    let comments = views::comment_views(&actor, &ticket, comments, files, "/portal/tickets");
    let messages = messages(comments);
    Ok(TicketPage {
        frame,
        navigation,
        number: id.0,
        version: ticket.version,
        subject: ticket.subject.clone(),
        state: views::state(ticket.state),
        came_in_by: names.entry(),
        department: names.department,
        category: names.category,
        assignee: names.assignee,
        invited_by: (!is_own).then_some(names.requester),
        invitees: people
            .into_iter()
            .filter(|p| p.kind == participants::Kind::Invitee)
            .map(|p| Invitee {
                id: naming::number(p.person_id),
                name: p.name,
            })
            .collect(),
        may_invite: ticket.allows(&actor, Deed::Invite),
        visibility: views::visibility(ticket.visibility),
        invitation: Default::default(),
        created_at: ticket.created_at.0,
        taken_at: when(&[EventKind::Taken, EventKind::Assigned]),
        closed_at: closed.map(|e| e.at.0),
        ended_at: is_over
            .then(|| {
                when(&[
                    EventKind::Approved,
                    EventKind::Expired,
                    EventKind::Refused,
                    EventKind::Cancelled,
                    EventKind::Closed,
                ])
            })
            .flatten(),
        closed_by: closed.and_then(|e| e.actor.clone()),
        messages,
        earlier: None,
        may_decide: ticket.allows(&actor, Deed::Approve),
        may_reply: ticket.allows(&actor, Deed::Reply),
        may_reopen: ticket.allows(&actor, Deed::Reopen),
        may_cancel: ticket.allows(&actor, Deed::Cancel),
        may_correct: ticket.allows(&actor, Deed::ChangePriority),
        may_follow_up: ticket.allows(&actor, Deed::FollowUp),
        merged: match ticket.state {
            Life::Merged => Some(joining::goes_on_in(&mut db, &actor, id).await?.map(|t| t.0)),
            _ => None,
        },
        reply: kept.as_ref().map_or(reply, |it| it.text("body")).to_owned(),
        unsent: kept.as_ref().map(unsent::pages::view),
        faults: said(faults, visitor),
        once: once
            .or(kept.map(|kept| kept.token))
            .unwrap_or_else(|| app.dice.token()),
        limits: limits(),
    })
}

async fn comment(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<CustomerVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let id = number(&n)?;
    let actor = as_requester(&visitor);
    // Seen before anything of the form is kept: a hidden ticket takes no files.
    reading::find::<Read>(&mut app.db.read(), &actor, id).await?;
    let body = form.raw("body").trim_end().to_owned();
    let (once, token) = (form.once(), form.optional("once").map(str::to_owned));
    let again = token.clone();
    let written = async {
        let comment = NewComment {
            body: Body::of_markdown(&body),
            files: uploads::keep(&app.files, form.files).await?,
            origin: Origin::Portal,
            once,
            incoming_mail: None,
        };
        deeds::write(
            &app.db,
            &actor,
            id,
            Audience::Public,
            comment,
            None,
            visitor.now(),
        )
        .await
    }
    .await;
    if let (Ok(_), Some(token)) = (&written, token) {
        let mut tx = app.db.write().await?;
        unsent::sent(
            &mut tx,
            &actor,
            unsent::Form::PortalReply,
            &token,
            visitor.now(),
        )
        .await?;
        tx.commit().await?;
    }
    match written {
        Ok(written) => Ok(see_other(
            &format!("/portal/tickets/{id}#comment-{}", written.comment),
            Some((Tone::Ok, "portal-said-replied")),
        )),
        Err(Error::Invalid(faults)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            ticket_page(&app, &visitor, id, (&body, again), &faults, status).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn attachment(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Path((n, file)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let mut visitor = visitor;
    visitor.actor = as_requester(&visitor);
    serve_attachment(&app, &visitor, &n, &file).await
}
