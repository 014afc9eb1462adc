//! The pages of what tickets show to others: in the desk for staff, in the portal for everybody else.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::clock::Span;
use kit::error::Error;
use pages::frame::Section;
use pages::portal::Tab;
use pages::shared::{
    DeskListPage, DeskTicketPage, PortalListPage, PortalTicketPage, SharedRow, SharedTicket,
};

use super::{Looked, Shown, onlooker};
use crate::house::{App, House};
use crate::policy::permission;
use crate::tickets::pages::{attachment_answer, frame, number};
use crate::tickets::portal::{as_requester, surroundings};
use crate::tickets::rights::Read;
use crate::tickets::{TicketId, reading, views};
use crate::web::fail::Fail;
use crate::web::respond::{page, see_other};
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::Visitor;

/// How long an ended one goes on being shown.
const AFTER_ITS_END: Span = Span::days(30);

/// The addresses of what is shown.
pub fn routes() -> Vec<Route> {
    vec![
        get("/shared", Who::SignedIn, list).for_eyes(),
        get("/shared/{number}", Who::SignedIn, show).for_eyes(),
        get(
            "/shared/{number}/attachments/{id}",
            Who::SignedIn,
            attachment,
        ),
    ]
}

/// A row of the list.
fn row(shown: Shown) -> SharedRow {
    SharedRow {
        number: shown.id.0,
        subject: shown.subject,
        state: views::state(shown.state),
        visibility: views::visibility(shown.visibility),
        department: shown.department,
        category: shown.category,
        at_micros: shown.updated_at.0,
    }
}

/// The open ones that the portal's first page tells of; one's own stand there anyway.
pub async fn told_at_home(app: &House, visitor: &Visitor) -> Result<Vec<SharedRow>, Error> {
    let mut db = app.db.read();
    let shown = super::list(&mut db, visitor.person.id, visitor.now(), true).await?;
    let of_others = shown
        .into_iter()
        .filter(|one| one.requester_id != visitor.person.id);
    Ok(of_others.take(3).map(row).collect())
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    let since = visitor.now().minus(AFTER_ITS_END);
    let shown = super::list(&mut app.db.read(), visitor.person.id, since, false).await?;
    let rows = shown.into_iter().map(row).collect();
    if visitor.actor.is_permitted(permission::STAFF) {
        let frame = frame(&app, &visitor, Section::Tickets, None).await?;
        return Ok(page(&DeskListPage { frame, rows }));
    }
    let (frame, navigation, _) = surroundings(&app, &visitor, Tab::Tickets).await?;
    Ok(page(&PortalListPage {
        frame,
        navigation,
        rows,
    }))
}

/// Whoever the ticket concerns reads it where they read their own.
async fn own_place(app: &House, visitor: &Visitor, id: TicketId) -> Option<String> {
    let mut db = app.db.read();
    if visitor.actor.is_permitted(permission::STAFF)
        && reading::find::<Read>(&mut db, &visitor.actor, id)
            .await
            .is_ok()
    {
        return Some(format!("/tickets/{id}"));
    }
    let own = reading::find::<Read>(&mut db, &as_requester(visitor), id).await;
    (visitor.person.has_portal && own.is_ok()).then(|| format!("/portal/tickets/{id}"))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    if let Some(place) = own_place(&app, &visitor, id).await {
        return Ok(see_other(&place, None));
    }
    let looked = super::look(&mut app.db.read(), visitor.person.id, id).await?;
    let ticket = ticket(looked, &visitor);
    if visitor.actor.is_permitted(permission::STAFF) {
        let frame = frame(&app, &visitor, Section::Tickets, None).await?;
        return Ok(page(&DeskTicketPage { frame, ticket }));
    }
    let (frame, navigation, _) = surroundings(&app, &visitor, Tab::Tickets).await?;
    Ok(page(&PortalTicketPage {
        frame,
        navigation,
        ticket,
    }))
}

fn ticket(looked: Looked, visitor: &Visitor) -> SharedTicket {
    let Looked {
        ticket,
        department,
        category,
        comments,
        files,
    } = looked;
    let actor = onlooker(visitor.person.id);
    let comments = views::comment_views(&actor, &ticket, comments, files, "/shared");
    SharedTicket {
        row: SharedRow {
            number: ticket.id.0,
            subject: ticket.subject.clone(),
            state: views::state(ticket.state),
            visibility: views::visibility(ticket.visibility),
            department,
            category,
            at_micros: ticket.updated_at.0,
        },
        created_micros: ticket.created_at.0,
        messages: crate::tickets::portal::messages(comments),
    }
}

async fn attachment(
    State(app): State<App>,
    visitor: Visitor,
    Path((n, id)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let actor = onlooker(visitor.person.id);
    attachment_answer(&app, &actor, &n, &id).await
}
