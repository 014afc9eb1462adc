//! The page of a department's permanent invitees.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::invitees::{InviteeRow, InviteesPage};
use pages::frame::{Section, Tone};

use crate::departments::rights::{self, ChangeMembers};
use crate::departments::{DepartmentId, views};
use crate::house::{App, House};
use crate::people::{PersonId, directory};
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/departments/{id}/invitees", Who::Staff, show),
        post("/admin/departments/{id}/invitees", Who::Staff, add),
        post(
            "/admin/departments/{id}/invitees/{person}/removal",
            Who::Staff,
            remove,
        ),
    ]
}

fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (id, none) = (DepartmentId(number(&id)?), Fields::default());
    invitees_page(&app, &visitor, id, "", &none, StatusCode::OK).await
}

/// The page as it stands, with what was typed.
async fn invitees_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    typed: &str,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let rows = super::of(&mut db, id).await?;
    let template = InviteesPage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        id: id.0,
        department: department.name.clone(),
        version: department.version,
        rows: rows
            .into_iter()
            .map(|one| InviteeRow {
                person: one.person_id.0,
                name: one.name,
                email: one.email,
                is_disabled: one.disabled_at.is_some(),
            })
            .collect(),
        typed: typed.to_owned(),
        faults: views::faults(faults, &visitor.words),
    };
    Ok(page_with(status, &template))
}

/// What comes of a change: back to the list, or the form again.
async fn settle(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    form: &Form,
    deed: Result<(), Error>,
) -> Result<Response, Fail> {
    match deed {
        Ok(()) => Ok(see_other(
            &format!("/admin/departments/{id}/invitees"),
            Some((Tone::Ok, "admin-said-saved")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "waiting-changed")?;
            invitees_page(app, visitor, id, form.text("person"), &faults, status).await
        }
    }
}

async fn add(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, DepartmentId(number(&id)?));
    let deed = async {
        let mut tx = app.db.write().await?;
        let actor = &visitor.actor;
        let department = rights::find_to_change::<ChangeMembers>(&mut tx, actor, id).await?;
        let seen = form.number("version", "fault-version")?;
        let typed = form.text("person").trim();
        if typed.is_empty() {
            return Err(Error::invalid("person", "fault-missing"));
        }
        let person = directory::named(&mut tx, actor, typed)
            .await?
            .ok_or_else(|| {
                Error::invalid_with("person", "fault-person-unknown", typed.to_owned())
            })?;
        let now = visitor.now();
        super::add(&mut tx, &department, actor, Some(seen), &person, now).await?;
        tx.commit().await
    }
    .await;
    settle(&app, &visitor, id, &form, deed).await
}

async fn remove(
    State(app): State<App>,
    Path((id, person)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, DepartmentId(number(&id)?));
    let person = PersonId(number(&person)?);
    let deed = async {
        let mut tx = app.db.write().await?;
        let actor = &visitor.actor;
        let department = rights::find_to_change::<ChangeMembers>(&mut tx, actor, id).await?;
        let seen = form.number("version", "fault-version")?;
        let now = visitor.now();
        super::remove(&mut tx, &department, actor, Some(seen), person, now).await?;
        tx.commit().await
    }
    .await;
    settle(&app, &visitor, id, &form, deed).await
}
