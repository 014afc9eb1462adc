//! The forms of links on the ticket's page.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::error::Error;
use pages::frame::Tone;

use super::Relation;
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
        post("/tickets/{number}/links", Who::Staff, add),
        post("/tickets/{number}/links/{id}/removal", Who::Staff, remove),
    ]
}

async fn add(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let relation = Relation::of(form.text("relation")).unwrap_or(Relation::RelatesTo);
    // A link overwrites nothing: whatever else changed meanwhile, it is still wanted.
    let (actor, now) = (&visitor.actor, visitor.now());
    let typed = form.text("other");
    match super::add(&app.db, actor, id, None, relation, typed, now).await {
        Ok(()) => Ok(see_other(
            &format!("/tickets/{id}#details"),
            Some((Tone::Ok, "properties-said-linked")),
        )),
        Err(Error::Invalid(faults)) => {
            let typed = [("relation", relation.word()), ("other", typed)];
            again(&app, &visitor, id, "links", &typed, faults).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn remove(
    State(app): State<App>,
    Path((n, other)): Path<(String, String)>,
    Posted { visitor, .. }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, other) = (visitor.0, number(&n)?, number(&other)?);
    super::remove(&app.db, &visitor.actor, id, None, other, visitor.now()).await?;
    Ok(see_other(
        &format!("/tickets/{id}#details"),
        Some((Tone::Ok, "properties-said-unlinked")),
    ))
}
