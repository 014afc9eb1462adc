//! The deeds of requesters: agree, disagree, open again, withdraw.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::form::FormField;
use pages::frame::Tone;
use pages::portal::Tab;
use pages::portal::cancellation::CancellationPage;

use crate::house::{App, House};
use crate::tickets::comments::NewComment;
use crate::tickets::deeds::{self, Wanted};
use crate::tickets::machine::Deed;
use crate::tickets::pages::number;
use crate::tickets::portal::{as_requester, surroundings, ticket_page};
use crate::tickets::rights::Read;
use crate::tickets::{Origin, TicketId, reading};
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{CustomerVisitor, Visitor};

/// The addresses of requesters' deeds.
pub fn routes() -> Vec<Route> {
    vec![
        post("/portal/tickets/{number}/approval", Who::Customer, approve),
        post("/portal/tickets/{number}/refusal", Who::Customer, refuse),
        post("/portal/tickets/{number}/reopening", Who::Customer, reopen),
        get(
            "/portal/tickets/{number}/cancellation",
            Who::Customer,
            cancel_page,
        ),
        post(
            "/portal/tickets/{number}/cancellation",
            Who::Customer,
            cancel,
        ),
    ]
}

macro_rules! deed {
    ($name:ident, $wanted:ident, $said:literal) => {
        async fn $name(
            State(app): State<App>,
            Path(n): Path<String>,
            Posted { visitor, form }: Posted<CustomerVisitor>,
        ) -> Result<Response, Fail> {
            do_deed(&app, &visitor.0, number(&n)?, Wanted::$wanted, $said, &form).await
        }
    };
}
deed!(approve, Approve, "portal-said-approved");
deed!(refuse, RefuseClosure, "portal-said-refused");
deed!(reopen, Reopen, "portal-said-reopened");
deed!(cancel, Cancel, "portal-said-cancelled");

async fn do_deed(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    wanted: Wanted,
    done: &'static str,
    form: &Form,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let body = form.text("body");
    let words = (!body.is_empty()).then(|| NewComment::typed(body, Origin::Portal));
    let actor = as_requester(visitor);
    let here = format!("/portal/tickets/{id}");
    let now = visitor.now();
    match deeds::act(&app.db, &actor, id, wanted, Some(seen), words, now).await {
        Ok(()) => Ok(see_other(&here, Some((Tone::Ok, done)))),
        Err(Error::Invalid(faults)) if wanted == Wanted::Cancel => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            cancellation(app, visitor, id, body, &faults, status).await
        }
        // Somebody answered meanwhile: they read it first, then decide again; the text stays.
        Err(Error::Conflict(_)) => {
            let mut faults = Fields::default();
            faults.add("", "portal-said-changed", None);
            let status = StatusCode::CONFLICT;
            ticket_page(app, visitor, id, (body, None), &faults, status).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn cancel_page(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let none = Fields::default();
    cancellation(&app, &visitor, number(&n)?, "", &none, StatusCode::OK).await
}

async fn cancellation(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    typed: &str,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let actor = as_requester(visitor);
    let ticket = reading::find::<Read>(&mut app.db.read(), &actor, id).await?;
    if !ticket.allows(&actor, Deed::Cancel) {
        // Nothing to withdraw any more: the ticket says why.
        return Ok(see_other(&format!("/portal/tickets/{id}"), None));
    }
    let (frame, navigation, _) = surroundings(app, visitor, Tab::Tickets).await?;
    let template = CancellationPage {
        frame,
        navigation,
        number: id.0,
        version: ticket.version,
        subject: ticket.subject.clone(),
        reason: FormField {
            value: typed.to_owned(),
            error: fault_at(faults, "body", &visitor.words),
        },
    };
    Ok(page_with(status, &template))
}
