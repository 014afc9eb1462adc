//! The buttons with which somebody's eyes are opened and closed.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::error::Error;
use pages::frame::Tone;

use crate::house::App;
use crate::people::PersonId;
use crate::people::admin::find_to_look;
use crate::policy::permission;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::see_other;
use crate::web::route::{Audience as Who, Route, post};

/// The addresses of these buttons.
pub fn routes() -> Vec<Route> {
    vec![
        post(
            "/admin/people/{id}/eyes",
            Who::May(permission::SEE_AUDIT),
            open,
        ),
        post("/eyes/end", Who::SignedIn, close).for_eyes(),
    ]
}

async fn open(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    let mut tx = app.db.write().await?;
    let person = find_to_look(&mut tx, &visitor.actor, id).await?;
    let now = app.clock.now();
    super::open(&mut tx, &visitor.actor, &person, &visitor.session, now).await?;
    tx.commit().await?;
    Ok(see_other("/tickets", None))
}

async fn close(State(app): State<App>, Posted { visitor, .. }: Posted) -> Result<Response, Fail> {
    let mut tx = app.db.write().await?;
    super::close(&mut tx, visitor.owner(), &visitor.session, app.clock.now()).await?;
    tx.commit().await?;
    let back = format!("/admin/people/{}", visitor.person.id);
    // Whoever looked with nobody's eyes any more comes back to where they may be.
    Ok(match visitor.looks_for() {
        Some(_) => see_other(&back, Some((Tone::Ok, "eyes-said-closed"))),
        None => see_other("/", None),
    })
}
