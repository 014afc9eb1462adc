//! Taking a file off, from the agents' page and from the portal.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::authz::Actor;
use kit::error::Error;
use pages::frame::Tone;

use crate::house::{App, House};
use crate::policy;
use crate::tickets::AttachmentId;
use crate::tickets::pages::number;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::see_other;
use crate::web::route::{Audience as Who, Route, post};
use crate::web::visitor::{AgentVisitor, CustomerVisitor, Visitor};

/// The addresses of files taken off.
pub fn routes() -> Vec<Route> {
    vec![
        post(
            "/tickets/{number}/attachments/{id}/removal",
            Who::Staff,
            remove,
        ),
        post(
            "/portal/tickets/{number}/attachments/{id}/removal",
            Who::Customer,
            remove_own,
        ),
    ]
}

async fn removed(
    app: &House,
    visitor: &Visitor,
    actor: &Actor,
    room: &str,
    (n, file): (String, String),
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let file = file
        .parse()
        .map(AttachmentId)
        .map_err(|_| Error::NotFound)?;
    // The one file that was named goes, whatever else changed: no version is compared.
    super::remove(&app.db, actor, id, file, None, visitor.now()).await?;
    Ok(see_other(
        &format!("{room}/{id}"),
        Some((Tone::Ok, "properties-said-file-removed")),
    ))
}

async fn remove(
    State(app): State<App>,
    Path(path): Path<(String, String)>,
    Posted { visitor, .. }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    removed(&app, &visitor, &visitor.actor, "/tickets", path).await
}

async fn remove_own(
    State(app): State<App>,
    Path(path): Path<(String, String)>,
    Posted { visitor, .. }: Posted<CustomerVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    // In the portal everybody is a requester, staff too.
    let actor = policy::actor(visitor.person.id.0, None);
    removed(&app, &visitor, &actor, "/portal/tickets", path).await
}
