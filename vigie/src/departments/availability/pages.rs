//! The switch on the page of preferences.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::error::Error;
use pages::frame::Tone;

use crate::departments::DepartmentId;
use crate::house::App;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::see_other;
use crate::web::route::{Audience as Who, Route, post};
use crate::web::visitor::AgentVisitor;

/// The address of the switch.
pub fn routes() -> Vec<Route> {
    vec![post("/preferences/availability/{id}", Who::Staff, say)]
}

async fn say(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let id = id.parse().map(DepartmentId).map_err(|_| Error::NotFound)?;
    let is_available = form.text("available") == "yes";
    let mut tx = app.db.write().await?;
    super::say(&mut tx, &visitor.0.actor, id, is_available).await?;
    tx.commit().await?;
    Ok(see_other(
        "/preferences",
        Some((Tone::Ok, "admin-said-saved")),
    ))
}
