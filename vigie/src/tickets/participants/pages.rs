//! People on a ticket: the forms of agents, the search for somebody, and inviting from the portal.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use pages::frame::{Section, Tone};
use pages::tickets::people::{Candidate, NamingPage, Purpose};
use serde::Deserialize;

use super::typed;
use crate::house::App;
use crate::people::PersonId;
use crate::policy;
use crate::tickets::comments::NewComment;
use crate::tickets::machine::Deed;
use crate::tickets::pages::{frame, number};
use crate::tickets::panel::pages::again;
use crate::tickets::rights::Read;
use crate::tickets::{Origin, TicketId, portal, reading};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, CustomerVisitor, Visitor};

/// The addresses of people on a ticket.
pub fn routes() -> Vec<Route> {
    vec![
        get("/tickets/{number}/people", Who::Staff, search),
        post("/tickets/{number}/invitees", Who::Staff, invite),
        post(
            "/tickets/{number}/invitees/{person}/removal",
            Who::Staff,
            uninvite,
        ),
        post("/tickets/{number}/observers", Who::Staff, add_observers),
        post(
            "/tickets/{number}/observers/{person}/removal",
            Who::Staff,
            remove_observer,
        ),
        post("/tickets/{number}/observation", Who::Staff, observe),
        post("/tickets/{number}/following", Who::Staff, follow),
        post(
            "/portal/tickets/{number}/invitees",
            Who::Customer,
            invite_colleague,
        ),
        post(
            "/portal/tickets/{number}/invitees/{person}/removal",
            Who::Customer,
            uninvite_colleague,
        ),
    ]
}

fn person(text: &str) -> Result<PersonId, Error> {
    text.parse().map(PersonId).map_err(|_| Error::NotFound)
}

/// What was typed, and the boxes that were ticked, as one text.
pub fn named(form: &kit::web::form::Form) -> String {
    let mut all = vec![form.text("people")];
    all.extend(form.all("person"));
    all.retain(|name| !name.trim().is_empty());
    all.join(", ")
}

fn words(form: &kit::web::form::Form, origin: Origin) -> Option<NewComment> {
    let message = form.text("message");
    (!message.is_empty()).then(|| NewComment {
        once: form.once(),
        ..NewComment::typed(message, origin)
    })
}

/// Back to the ticket; to the list when one has just lost sight of it oneself.
async fn back(app: &App, visitor: &Visitor, id: TicketId, said: &'static str) -> Response {
    let seen = reading::find::<Read>(&mut app.db.read(), &visitor.actor, id).await;
    match seen {
        Ok(_) => see_other(&format!("/tickets/{id}#details"), Some((Tone::Ok, said))),
        Err(_) => see_other("/tickets", Some((Tone::Ok, said))),
    }
}

async fn invite(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let (typed, words) = (named(&form), words(&form, Origin::Web));
    let (actor, now) = (&visitor.actor, visitor.now());
    // Letting somebody in overwrites nothing: no version is compared.
    match super::let_in(&app.db, actor, id, None, &typed, words, now).await {
        Ok(0) => Ok(back(&app, &visitor, id, "participants-said-already").await),
        Ok(_) => Ok(back(&app, &visitor, id, "participants-said-invited").await),
        Err(Error::Invalid(faults)) => {
            let fields = [
                ("people", typed.as_str()),
                ("message", form.text("message")),
            ];
            again(&app, &visitor, id, "invitees", &fields, faults).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn uninvite(
    State(app): State<App>,
    Path((n, who)): Path<(String, String)>,
    Posted { visitor, .. }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, who) = (visitor.0, number(&n)?, person(&who)?);
    super::let_out(&app.db, &visitor.actor, id, None, who, visitor.now()).await?;
    Ok(back(&app, &visitor, id, "participants-said-uninvited").await)
}

async fn add_observers(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, typed) = (visitor.0, number(&n)?, named(&form));
    match super::add_observers(&app.db, &visitor.actor, id, &typed, None, visitor.now()).await {
        Ok(()) => Ok(back(&app, &visitor, id, "participants-said-observer-added").await),
        Err(Error::Invalid(faults)) => {
            let fields = [("people", typed.as_str())];
            again(&app, &visitor, id, "observers", &fields, faults).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn remove_observer(
    State(app): State<App>,
    Path((n, who)): Path<(String, String)>,
    Posted { visitor, .. }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, who) = (visitor.0, number(&n)?, person(&who)?);
    let (actor, now) = (&visitor.actor, visitor.now());
    super::change_observer(&app.db, actor, id, who, false, None, now).await?;
    Ok(back(&app, &visitor, id, "participants-said-observer-removed").await)
}

/// `wants` is `yes` or `no`, so that sending it twice changes nothing more.
async fn observe(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let wants = form.text("wants") != "no";
    let (me, now) = (visitor.person.id, visitor.now());
    super::change_observer(&app.db, &visitor.actor, id, me, wants, None, now).await?;
    let said = if wants {
        "participants-said-observing"
    } else {
        "participants-said-not-observing"
    };
    Ok(back(&app, &visitor, id, said).await)
}

async fn follow(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let wants = form.text("wants") != "no";
    super::change_following(&app.db, &visitor.actor, id, wants, visitor.now()).await?;
    let said = if wants {
        "participants-said-following"
    } else {
        "participants-said-not-following"
    };
    Ok(back(&app, &visitor, id, said).await)
}

#[derive(Debug, Deserialize)]
struct SearchQuery {
    text: Option<String>,
    r#for: Option<String>,
}

/// The search beside a field that names people: a page of its own, so that it works without script.
async fn search(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
    Query(query): Query<SearchQuery>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let purpose = Purpose::parse(query.r#for.as_deref().unwrap_or_default());
    let actor = &visitor.actor;
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, actor, id).await?;
    let deed = match purpose {
        Purpose::Invite => Deed::Invite,
        Purpose::Observe => Deed::AddObserver,
    };
    if !ticket.allows(actor, deed) {
        // Nobody to choose for who may not name anybody: the ticket shows what they may do.
        return Ok(see_other(&format!("/tickets/{id}#details"), None));
    }
    let text = query.text.unwrap_or_default().trim().to_owned();
    let found = typed::search(&mut db, actor, &ticket, &text).await?;
    let people = found
        .into_iter()
        .filter(|p| purpose == Purpose::Invite || p.role.is_some())
        .filter(|p| p.id != ticket.requester_id)
        .map(|p| Candidate {
            name: p.name,
            email: p.email,
            site: p.site.unwrap_or_default(),
            is_agent: p.role.is_some(),
        })
        .collect();
    Ok(page(&NamingPage {
        frame: frame(&app, &visitor, Section::Tickets, None).await?,
        number: id.0,
        version: ticket.version,
        subject: ticket.subject.clone(),
        purpose,
        text,
        people,
        once: app.dice.token(),
    }))
}

async fn invite_colleague(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<CustomerVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    // In the portal everybody is a requester, staff too.
    let actor = policy::actor(visitor.person.id.0, None);
    let (typed, words) = (form.text("people"), words(&form, Origin::Portal));
    let here = format!("/portal/tickets/{id}#people");
    match super::let_in(&app.db, &actor, id, None, typed, words, visitor.now()).await {
        Ok(0) => Ok(see_other(
            &here,
            Some((Tone::Ok, "participants-said-already")),
        )),
        Ok(_) => Ok(see_other(
            &here,
            Some((Tone::Ok, "participants-said-invited")),
        )),
        Err(Error::Invalid(faults)) => {
            let mut page = portal::ticket_view(&app, &visitor, id, ("", None), &faults).await?;
            page.invitation = (typed.to_owned(), form.text("message").to_owned());
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}

async fn uninvite_colleague(
    State(app): State<App>,
    Path((n, who)): Path<(String, String)>,
    Posted { visitor, .. }: Posted<CustomerVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, who) = (visitor.0, number(&n)?, person(&who)?);
    let actor = policy::actor(visitor.person.id.0, None);
    super::let_out(&app.db, &actor, id, None, who, visitor.now()).await?;
    Ok(see_other(
        &format!("/portal/tickets/{id}#people"),
        Some((Tone::Ok, "participants-said-uninvited")),
    ))
}
