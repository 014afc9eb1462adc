//! The buttons beside further addresses.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::error::Error;
use pages::frame::Tone;

use crate::house::{App, House};
use crate::people::{self, PersonId};
use crate::policy::permission;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::see_other;
use crate::web::route::{Audience as Who, Route, post};

/// The address of these buttons.
pub fn routes() -> Vec<Route> {
    vec![post(
        "/admin/people/{id}/addresses/removal",
        Who::May(permission::MANAGE_PEOPLE),
        remove,
    )]
}

/// To the record that somebody was merged into.
///
/// # Errors
/// `NotFound` when they were not.
pub async fn went(app: &House, id: PersonId) -> Result<Response, Fail> {
    let into = people::merged_into(&mut app.db.read(), id).await?;
    let to = format!("/admin/people/{}", into.ok_or(Error::NotFound)?);
    Ok(see_other(&to, Some((Tone::Ok, "duplicates-went-here"))))
}

async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let id = id.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    let mut tx = app.db.write().await?;
    super::remove(
        &mut tx,
        &visitor.actor,
        id,
        form.text("address"),
        visitor.now(),
    )
    .await?;
    tx.commit().await?;
    let to = format!("/admin/people/{id}");
    Ok(see_other(&to, Some((Tone::Ok, "duplicates-address-gone"))))
}
