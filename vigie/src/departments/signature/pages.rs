//! The page of what a department writes under its mails.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::signature::SignaturePage;
use pages::frame::{Section, Tone};

use crate::audit::Pen;
use crate::departments::rights::{self, ChangeProperties};
use crate::departments::{DepartmentId, number, views};
use crate::house::{App, House};
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

const PAGE: &str = "/admin/departments/{id}/signature";

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![get(PAGE, Who::Staff, show), post(PAGE, Who::Staff, change)]
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (id, none) = (number(&id)?, Fields::default());
    drawn(&app, &visitor, id, None, &none, StatusCode::OK).await
}

/// The page as it stands, or with what was typed.
async fn drawn(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    back: Option<&Form>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeProperties>(&mut db, &visitor.actor, id).await?;
    let standing = super::of(&mut db, id).await?;
    let template = SignaturePage {
        id: id.0,
        department: department.name.clone(),
        version: department.version,
        signature: match back {
            Some(form) => form.text("signature").to_owned(),
            None => standing.clone(),
        },
        standing: (status == StatusCode::CONFLICT).then_some(standing),
        faults: views::faults(faults, &visitor.words),
        frame: visitor.frame(app, Section::Administration, None).await?,
    };
    Ok(page_with(status, &template))
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    match say(&app, &visitor, id, &form).await {
        Ok(()) => Ok(see_other(
            &format!("/admin/departments/{id}/signature"),
            Some((Tone::Ok, "wording-signature-said")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "waiting-changed")?;
            drawn(&app, &visitor, id, Some(&form), &faults, status).await
        }
    }
}

async fn say(app: &House, visitor: &Visitor, id: DepartmentId, form: &Form) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let department =
        rights::find_to_change::<ChangeProperties>(&mut tx, &visitor.actor, id).await?;
    let seen = form.number("version", "fault-version")?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    super::say(
        &mut tx,
        &department,
        Some(seen),
        form.text("signature"),
        pen,
    )
    .await?;
    tx.commit().await
}
