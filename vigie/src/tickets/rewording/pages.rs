//! The form that puts one's last words right, on both sides of the desk.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::authz::Actor;
use kit::error::{Error, Fields};
use pages::form::FormField;
use pages::frame::{Section, Tone};
use pages::portal::Tab;
use pages::rewording::{PortalWordsPage, Rewording, WordsPage};

use crate::house::{App, House};
use crate::tickets::pages::{comment_number, frame, number};
use crate::tickets::portal::{as_requester, surroundings};
use crate::tickets::reading::find;
use crate::tickets::rights::Read;
use crate::tickets::{CommentId, TicketId};
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, CustomerVisitor, Visitor};

/// The addresses of a comment's words.
pub fn routes() -> Vec<Route> {
    vec![
        get("/tickets/{number}/comments/{id}/words", Who::Staff, show),
        post("/tickets/{number}/comments/{id}/words", Who::Staff, change),
        get(
            "/portal/tickets/{number}/comments/{id}/words",
            Who::Customer,
            show_own,
        ),
        post(
            "/portal/tickets/{number}/comments/{id}/words",
            Who::Customer,
            change_own,
        ),
    ]
}

/// A side of the desk.
#[derive(Clone, Copy)]
enum Room {
    Desk,
    Portal,
}

impl Room {
    fn base(self) -> &'static str {
        match self {
            Room::Desk => "/tickets",
            Room::Portal => "/portal/tickets",
        }
    }
}

/// Who does it, and from which side of the desk.
struct Doer<'a> {
    visitor: &'a Visitor,
    actor: Actor,
    room: Room,
}

impl Doer<'_> {
    fn at_desk(visitor: &Visitor) -> Doer<'_> {
        Doer {
            visitor,
            actor: visitor.actor.clone(),
            room: Room::Desk,
        }
    }

    fn outside(visitor: &Visitor) -> Doer<'_> {
        Doer {
            visitor,
            actor: as_requester(visitor),
            room: Room::Portal,
        }
    }
}

async fn form(
    app: &House,
    doer: &Doer<'_>,
    (id, comment): (TicketId, CommentId),
    typed: Option<(&str, Fields, StatusCode)>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let ticket = find::<Read>(&mut db, &doer.actor, id).await?;
    let standing = super::standing(&mut db, &doer.actor, &ticket, comment).await?;
    let words = &doer.visitor.words;
    let (value, error, status) = match typed {
        None => (standing.body.clone(), None, StatusCode::OK),
        Some((text, faults, status)) => (text.to_owned(), fault_at(&faults, "body", words), status),
    };
    let form = Rewording {
        number: id.0,
        comment: comment.0,
        version: ticket.version,
        standing: (status == StatusCode::CONFLICT).then_some(standing.body),
        body: FormField { value, error },
    };
    Ok(match doer.room {
        Room::Desk => {
            let frame = frame(app, doer.visitor, Section::Tickets, None).await?;
            page_with(status, &WordsPage { frame, form })
        }
        Room::Portal => {
            let (frame, navigation, _) = surroundings(app, doer.visitor, Tab::Tickets).await?;
            let template = PortalWordsPage {
                frame,
                navigation,
                form,
            };
            page_with(status, &template)
        }
    })
}

async fn changed(
    app: &House,
    doer: &Doer<'_>,
    place: (TicketId, CommentId),
    posted: &kit::web::form::Form,
) -> Result<Response, Fail> {
    let (id, comment) = place;
    let seen = posted.number("version", "fault-version")?;
    let (text, now) = (posted.raw("body"), doer.visitor.now());
    let done = super::do_reword(&app.db, &doer.actor, id, comment, text, Some(seen), now).await;
    let (faults, status) = match done {
        Ok(()) => {
            let to = format!("{}/{id}#comment-{comment}", doer.room.base());
            return Ok(see_other(&to, Some((Tone::Ok, "rewording-said"))));
        }
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict(_)) => (Fields::default(), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    form(app, doer, place, Some((text, faults, status))).await
}

fn place(n: &str, comment: &str) -> Result<(TicketId, CommentId), Error> {
    Ok((number(n)?, comment_number(comment)?))
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path((n, comment)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let doer = Doer::at_desk(&visitor);
    form(&app, &doer, place(&n, &comment)?, None).await
}

async fn change(
    State(app): State<App>,
    Path((n, comment)): Path<(String, String)>,
    Posted {
        visitor,
        form: posted,
    }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let doer = Doer::at_desk(&visitor.0);
    changed(&app, &doer, place(&n, &comment)?, &posted).await
}

async fn show_own(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Path((n, comment)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let doer = Doer::outside(&visitor);
    form(&app, &doer, place(&n, &comment)?, None).await
}

async fn change_own(
    State(app): State<App>,
    Path((n, comment)): Path<(String, String)>,
    Posted {
        visitor,
        form: posted,
    }: Posted<CustomerVisitor>,
) -> Result<Response, Fail> {
    let doer = Doer::outside(&visitor.0);
    changed(&app, &doer, place(&n, &comment)?, &posted).await
}
