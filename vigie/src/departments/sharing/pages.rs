//! The page on which one says with which departments another shares its tickets.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::sharing::{PartnerRow, SharingPage};
use pages::frame::{Section, Tone};

use crate::audit::Pen;
use crate::departments::rights::{self, ChangeMembers};
use crate::departments::{DepartmentId, number, views};
use crate::house::{App, House};
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/departments/{id}/sharing", Who::Staff, show),
        post("/admin/departments/{id}/sharing", Who::Staff, change),
    ]
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (id, none) = (number(&id)?, Fields::default());
    sharing_page(&app, &visitor, id, None, &none, StatusCode::OK).await
}

/// The page as it stands, or with what was typed.
async fn sharing_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    back: Option<&Form>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let said = super::said_in(&mut db, &department).await?;
    let stands = said.tag.unwrap_or_default();
    let template = SharingPage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        id: id.0,
        department: department.name.clone(),
        version: department.version,
        may_tag: super::may_tag(&visitor.actor),
        typed: back.map_or_else(|| stands.clone(), |form| form.text("tag").to_owned()),
        tag: stands,
        tags: super::tags(&mut db, &visitor.actor).await?,
        partners: said
            .partners
            .into_iter()
            .map(|it| PartnerRow {
                name: it.name,
                look_here: it.look_here,
                look_there: it.look_there,
            })
            .collect(),
        faults: views::faults(faults, &visitor.words),
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
            &format!("/admin/departments/{id}/sharing"),
            Some((Tone::Ok, "sharing-said")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "sharing-changed")?;
            sharing_page(&app, &visitor, id, Some(&form), &faults, status).await
        }
    }
}

async fn say(app: &House, visitor: &Visitor, id: DepartmentId, form: &Form) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let actor = &visitor.actor;
    let department = rights::find_to_change::<ChangeMembers>(&mut tx, actor, id).await?;
    let seen = form.number("version", "fault-version")?;
    let pen = Pen::of(actor, app.clock.now());
    super::say(
        &mut tx,
        &department,
        actor,
        Some(seen),
        form.text("tag"),
        pen,
    )
    .await?;
    tx.commit().await
}
