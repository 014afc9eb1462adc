//! The forms of tags on the ticket's page.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::error::Error;
use pages::frame::Tone;

use super::TagId;
use crate::house::App;
use crate::tickets::pages::number;
use crate::tickets::panel::pages::again;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::see_other;
use crate::web::route::{Audience as Who, Route, post};
use crate::web::visitor::AgentVisitor;

/// The addresses of tags.
pub fn routes() -> Vec<Route> {
    vec![
        post("/tickets/{number}/tags", Who::Staff, add),
        post("/tickets/{number}/tags/{id}/removal", Who::Staff, remove),
    ]
}

async fn add(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let typed = form.text("tags");
    // A word more overwrites nothing: no version is compared.
    match super::add(&app.db, &visitor.actor, id, None, typed, visitor.now()).await {
        Ok(()) => Ok(see_other(
            &format!("/tickets/{id}#details"),
            Some((Tone::Ok, "properties-said-tagged")),
        )),
        Err(Error::Invalid(faults)) => {
            again(&app, &visitor, id, "tags", &[("tags", typed)], faults).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn remove(
    State(app): State<App>,
    Path((n, tag)): Path<(String, String)>,
    Posted { visitor, .. }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let tag = tag.parse().map(TagId).map_err(|_| Error::NotFound)?;
    super::remove(&app.db, &visitor.actor, id, None, tag, visitor.now()).await?;
    Ok(see_other(
        &format!("/tickets/{id}#details"),
        Some((Tone::Ok, "properties-said-untagged")),
    ))
}
