//! The page on which one says who serves the categories of a department.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::serving::{ServingPage, ServingRow};
use pages::frame::{Section, Tone};
use pages::tickets::Choice;

use super::Named;
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeCategories};
use crate::departments::{DepartmentId, categories, number, views};
use crate::house::{App, House};
use crate::people::PersonId;
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/departments/{id}/serving", Who::Staff, show),
        post("/admin/departments/{id}/serving", Who::Staff, change),
    ]
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (id, none) = (number(&id)?, Fields::default());
    serving_page(&app, &visitor, id, None, &none, StatusCode::OK).await
}

/// The page as it stands, or with what was ticked.
async fn serving_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    back: Option<&Form>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeCategories>(&mut db, &visitor.actor, id).await?;
    let tree = categories::tree(&mut db, id).await?;
    let members = super::takers(&mut db, id).await?;
    let stands = super::named_in(&mut db, id).await?;
    let rows = tree.into_iter().map(|(depth, category)| {
        let ticked = match back {
            Some(form) => ticked(form, category.id),
            None => stands.get(&category.id).cloned().unwrap_or_default(),
        };
        let people = members.iter().map(|m| Choice {
            value: m.person_id.to_string(),
            name: m.name.clone(),
            selected: ticked.contains(&m.person_id),
        });
        ServingRow {
            id: category.id.0,
            name: category.name,
            depth,
            people: people.collect(),
        }
    });
    let template = ServingPage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        id: id.0,
        department: department.name.clone(),
        version: department.version,
        rows: rows.collect(),
        faults: views::faults(faults, &visitor.words),
    };
    Ok(page_with(status, &template))
}

/// Who is ticked at a category.
fn ticked(form: &Form, category: crate::departments::CategoryId) -> BTreeSet<PersonId> {
    form.all(&format!("serves-{category}"))
        .filter_map(|person| person.parse().ok().map(PersonId))
        .collect()
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    match name(&app, &visitor, id, &form).await {
        Ok(()) => Ok(see_other(
            &format!("/admin/departments/{id}/serving"),
            Some((Tone::Ok, "waiting-serving-said")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "waiting-changed")?;
            serving_page(&app, &visitor, id, Some(&form), &faults, status).await
        }
    }
}

async fn name(app: &House, visitor: &Visitor, id: DepartmentId, form: &Form) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let department =
        rights::find_to_change::<ChangeCategories>(&mut tx, &visitor.actor, id).await?;
    let seen = form.number("version", "fault-version")?;
    let tree = categories::tree(&mut tx, id).await?;
    let wanted: Named = tree
        .iter()
        .map(|(_, category)| (category.id, ticked(form, category.id)))
        .collect();
    super::name(
        &mut tx,
        &department,
        Some(seen),
        &wanted,
        Pen::of(&visitor.actor, app.clock.now()),
    )
    .await?;
    tx.commit().await
}
