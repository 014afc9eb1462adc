//! The forms that link tickets and assets, on the ticket's page and on the asset's.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::error::Error;
use pages::frame::Tone;

use crate::assets::pages as own;
use crate::house::App;
use crate::tickets::pages::number;
use crate::tickets::panel::pages::again;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::see_other;
use crate::web::route::{Audience as Who, Route, post};
use crate::web::visitor::AgentVisitor;

/// The addresses of links.
pub fn routes() -> Vec<Route> {
    vec![
        post("/tickets/{number}/assets", Who::Staff, add),
        post("/tickets/{number}/assets/{id}/removal", Who::Staff, remove),
        post("/assets/{id}/tickets", Who::Staff, add_ticket),
    ]
}

async fn add(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let (actor, now) = (&visitor.actor, visitor.now());
    let typed = form.text("asset");
    match super::add(&app.db, actor, id, typed, now).await {
        Ok(()) => Ok(see_other(
            &format!("/tickets/{id}#details"),
            Some((Tone::Ok, "assets-said-linked")),
        )),
        Err(Error::Invalid(faults)) => {
            again(&app, &visitor, id, "assets", &[("asset", typed)], faults).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn remove(
    State(app): State<App>,
    Path((n, asset)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, asset) = (visitor.0, number(&n)?, own::number(&asset)?);
    super::remove(&app.db, &visitor.actor, id, asset, visitor.now()).await?;
    let to = match form.text("from") {
        "asset" => format!("/assets/{asset}"),
        _ => format!("/tickets/{id}#details"),
    };
    Ok(see_other(&to, Some((Tone::Ok, "assets-said-unlinked"))))
}

async fn add_ticket(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, own::number(&id)?);
    let typed = form.text("ticket");
    match super::add_ticket(&app.db, &visitor.actor, id, typed, visitor.now()).await {
        Ok(()) => Ok(see_other(
            &format!("/assets/{id}"),
            Some((Tone::Ok, "assets-said-linked")),
        )),
        Err(Error::Invalid(faults)) => {
            own::refused(&app, &visitor, id, ("ticket", typed), &faults).await
        }
        Err(other) => Err(other.into()),
    }
}
