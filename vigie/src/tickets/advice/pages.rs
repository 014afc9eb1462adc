//! The forms of advice on the ticket's page.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::error::Error;
use pages::frame::Tone;

use crate::house::App;
use crate::tickets::Origin;
use crate::tickets::comments::NewComment;
use crate::tickets::pages::number;
use crate::tickets::panel::pages::again;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::see_other;
use crate::web::route::{Audience as Who, Route, post};
use crate::web::visitor::AgentVisitor;

/// The addresses of advice.
pub fn routes() -> Vec<Route> {
    vec![
        post("/tickets/{number}/advice", Who::Staff, ask),
        post("/tickets/{number}/advice/removal", Who::Staff, end),
    ]
}

async fn ask(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let typed = form.text("message");
    let words = NewComment {
        once: form.once(),
        ..NewComment::typed(typed, Origin::Web)
    };
    // Asking overwrites nothing: no version is compared.
    match super::do_ask(
        &app.db,
        &visitor.actor,
        id,
        None,
        Some(words),
        visitor.now(),
    )
    .await
    {
        Ok(()) => Ok(see_other(
            &format!("/tickets/{id}"),
            Some((Tone::Ok, "advice-said-asked")),
        )),
        Err(Error::Invalid(faults)) => {
            again(&app, &visitor, id, "advice", &[("message", typed)], faults).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn end(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, .. }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    super::do_end(&app.db, &visitor.actor, id, None, visitor.now()).await?;
    Ok(see_other(
        &format!("/tickets/{id}"),
        Some((Tone::Ok, "advice-said-ended")),
    ))
}
