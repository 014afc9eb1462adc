//! The form that puts a request right.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use pages::fields::{Conflict, Faults};
use pages::frame::Tone;
use pages::portal::Tab;
use pages::portal::correction::CorrectionPage;
use pages::tickets::Priority;
use pages::tickets::visibility::Visibility;

use crate::departments::views::differs;
use crate::house::{App, House};
use crate::tickets::machine::Deed;
use crate::tickets::pages::number;
use crate::tickets::portal::{as_requester, said, surroundings, ticket_page};
use crate::tickets::properties::{self, Wanted};
use crate::tickets::rights::Read;
use crate::tickets::{TicketId, reading, shared, views};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{CustomerVisitor, Visitor};

/// The addresses of the form.
pub fn routes() -> Vec<Route> {
    vec![
        get("/portal/tickets/{number}/correction", Who::Customer, show),
        post(
            "/portal/tickets/{number}/correction",
            Who::Customer,
            correct,
        ),
    ]
}

/// The form as the ticket stands; `None` when its requester cannot put it right any more.
async fn standing(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
) -> Result<Option<CorrectionPage>, Error> {
    let actor = as_requester(visitor);
    let ticket = reading::find::<Read>(&mut app.db.read(), &actor, id).await?;
    if !ticket.allows(&actor, Deed::ChangePriority) {
        return Ok(None);
    }
    let (frame, navigation, _) = surroundings(app, visitor, Tab::Tickets).await?;
    Ok(Some(CorrectionPage {
        frame,
        navigation,
        number: ticket.id.0,
        version: ticket.version,
        standing: ticket.subject.clone(),
        subject: ticket.subject.clone(),
        priority: Priority::of_level(ticket.priority),
        visibility: views::visibility(ticket.visibility),
        faults: Faults::default(),
        conflict: None,
    }))
}

async fn show(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    match standing(&app, &visitor, id).await? {
        Some(form) => Ok(page(&form)),
        // Nothing to put right any more: the ticket says why.
        None => Ok(see_other(&format!("/portal/tickets/{id}"), None)),
    }
}

async fn correct(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<CustomerVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let actor = as_requester(&visitor);
    reading::find::<Read>(&mut app.db.read(), &actor, id).await?;
    let seen = form.number("version", "fault-version")?;
    let chosen = Priority::parse(form.text("priority"));
    let shown = Visibility::parse(form.text("visibility"));
    let done = async {
        let wanted = Wanted {
            subject: Some(form.text("subject").to_owned()),
            // A word that is no priority is none the rule knows either.
            priority: Some(chosen.map_or(0, Priority::level)),
            visibility: form.optional("visibility").map(shared::typed).transpose()?,
            ..Wanted::default()
        };
        properties::change(&app.db, &actor, id, Some(seen), &wanted, visitor.now()).await
    };
    let error = match done.await {
        Ok(()) => {
            let done = Some((Tone::Ok, "portal-said-corrected"));
            return Ok(see_other(&format!("/portal/tickets/{id}"), done));
        }
        Err(error) => error,
    };
    let Some(mut again) = standing(&app, &visitor, id).await? else {
        // Nothing to put right any more, but what was typed stays, where one can write it.
        if matches!(error, Error::Conflict(_)) {
            let mut faults = Fields::default();
            faults.add("", "portal-said-changed", None);
            let (typed, status) = (form.text("subject"), StatusCode::CONFLICT);
            return ticket_page(&app, &visitor, id, (typed, None), &faults, status).await;
        }
        return Err(error.into());
    };
    let was = std::mem::replace(&mut again.subject, form.text("subject").to_owned());
    let priority = again.priority;
    again.priority = chosen.unwrap_or(priority);
    let was_shown = again.visibility;
    again.visibility = shown.unwrap_or(was_shown);
    let status = match error {
        Error::Invalid(faults) => {
            again.faults = said(&faults, &visitor);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        // Both stand on the page: what is there now, and what was typed.
        Error::Conflict(_) => {
            let name = |priority: Priority| visitor.words.say(priority.key()).to_owned();
            let (now, mine) = (name(priority), name(again.priority));
            let values = [
                differs("portal-subject", &was, &again.subject),
                differs("tickets-priority", &now, &mine),
                differs(
                    "shared-visibility",
                    visitor.words.say(was_shown.key()),
                    visitor.words.say(again.visibility.key()),
                ),
            ];
            again.conflict = Some(Conflict {
                by: visitor.words.say("admin-somebody").to_owned(),
                standing: values.into_iter().flatten().collect(),
            });
            StatusCode::CONFLICT
        }
        other => return Err(other.into()),
    };
    Ok(page_with(status, &again))
}
