//! The page on which one says what becomes of people in copy of a mail.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::copied::{CopiedChoice, CopiedPage, CopiedRow};
use pages::frame::{Section, Tone};

use super::Copied;
use crate::audit::Pen;
use crate::departments::categories::tree;
use crate::departments::rights::{self, ChangeMembers};
use crate::departments::{CategoryId, DepartmentId, number, views};
use crate::house::{App, House};
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/departments/{id}/copied", Who::Staff, show),
        post("/admin/departments/{id}/copied", Who::Staff, change),
    ]
}

fn choice(copied: Option<Copied>) -> CopiedChoice {
    match copied {
        None => CopiedChoice::AsAbove,
        Some(Copied::Nobody) => CopiedChoice::Nobody,
        Some(Copied::Known) => CopiedChoice::Known,
        Some(Copied::Everybody) => CopiedChoice::Everybody,
    }
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (id, none) = (number(&id)?, Fields::default());
    copied_page(&app, &visitor, id, None, &none, StatusCode::OK).await
}

/// The page as it stands, or with what was chosen.
async fn copied_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    back: Option<&Form>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let (own, said) = super::said_in(&mut db, id).await?;
    let chosen = |name: &str, stands: Option<Copied>| match back {
        Some(form) => choice(Copied::of(form.text(name))),
        None => choice(stands),
    };
    let rows = tree(&mut db, id)
        .await?
        .into_iter()
        .filter_map(|(depth, category)| {
            let it = said.iter().find(|it| it.id == category.id)?;
            Some(CopiedRow {
                id: it.id.0,
                name: it.name.clone(),
                depth,
                choice: chosen(&format!("copied-{}", it.id), it.copied),
            })
        });
    let template = CopiedPage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        id: id.0,
        department: department.name.clone(),
        version: department.version,
        own: chosen("copied", own),
        rows: rows.collect(),
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
            &format!("/admin/departments/{id}/copied"),
            Some((Tone::Ok, "copied-said")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "waiting-changed")?;
            copied_page(&app, &visitor, id, Some(&form), &faults, status).await
        }
    }
}

/// What was chosen; nothing is as above, and what nobody offered is a fault.
fn read(form: &Form, name: &str, faults: &mut Fields) -> Option<Copied> {
    let text = form.text(name);
    let copied = Copied::of(text);
    let is_fine = copied.is_some() || text.is_empty();
    faults.require(is_fine, "copied", "fault-choice");
    copied
}

async fn say(app: &House, visitor: &Visitor, id: DepartmentId, form: &Form) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let department = rights::find_to_change::<ChangeMembers>(&mut tx, &visitor.actor, id).await?;
    let seen = form.number("version", "fault-version")?;
    let mut faults = Fields::default();
    let own = read(form, "copied", &mut faults);
    let (_, there) = super::said_in(&mut tx, id).await?;
    let said: Vec<(CategoryId, Option<Copied>)> = there
        .iter()
        .map(|it| {
            let name = format!("copied-{}", it.id);
            (it.id, read(form, &name, &mut faults))
        })
        .collect();
    faults.settle()?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    super::say(&mut tx, &department, Some(seen), own, &said, pen).await?;
    tx.commit().await
}
