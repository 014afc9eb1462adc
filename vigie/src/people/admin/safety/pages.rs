//! The buttons for the safety of somebody's account.

use axum::extract::{Path, State};
use axum::response::Response;
use pages::frame::Tone;

use crate::house::App;
use crate::people::{PersonId, number};
use crate::policy::permission;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::see_other;
use crate::web::route::{Audience as Who, Route, post};

/// The addresses of these buttons.
pub fn routes() -> Vec<Route> {
    vec![
        post(
            "/admin/people/{id}/sessions/end",
            Who::May(permission::MANAGE_PEOPLE),
            end_sessions,
        ),
        post(
            "/admin/people/{id}/second-factor/removal",
            Who::May(permission::MANAGE_PEOPLE),
            remove_second_factor,
        ),
    ]
}

fn back(id: PersonId, said: &'static str) -> Response {
    see_other(&format!("/admin/people/{id}"), Some((Tone::Ok, said)))
}

async fn end_sessions(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let mut tx = app.db.write().await?;
    super::end_sessions(&mut tx, &visitor.actor, id, app.clock.now()).await?;
    tx.commit().await?;
    Ok(back(id, "access-said-sessions-ended"))
}

async fn remove_second_factor(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let mut tx = app.db.write().await?;
    super::remove_second_factor(&mut tx, &visitor.actor, id, app.clock.now()).await?;
    tx.commit().await?;
    Ok(back(id, "access-said-factor-removed"))
}
