//! The page on which one says how long things wait in a department and its categories.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::waiting::{WaitingPage, WaitingRow};
use pages::frame::{Section, Tone};

use super::{CategoryDays, Days, EXPIRE_DAYS, REOPEN_DAYS};
use crate::audit::Pen;
use crate::departments::categories::{self, in_tree_order};
use crate::departments::rights::{self, ChangeProperties};
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
        get("/admin/departments/{id}/waiting", Who::Staff, show),
        post("/admin/departments/{id}/waiting", Who::Staff, change),
    ]
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (id, none) = (number(&id)?, Fields::default());
    waiting_page(&app, &visitor, id, None, &none, StatusCode::OK).await
}

fn typed(days: Option<i64>) -> String {
    days.map(|d| d.to_string()).unwrap_or_default()
}

/// The page as it stands, or with what was typed.
async fn waiting_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    back: Option<&Form>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeProperties>(&mut db, &visitor.actor, id).await?;
    let (own, said) = super::said_in(&mut db, id).await?;
    let field = |name: String, stands: Option<i64>| match back {
        Some(form) => form.text(&name).to_owned(),
        None => typed(stands),
    };
    let tree = in_tree_order(said.iter().map(as_category).collect());
    let rows = tree.into_iter().filter_map(|(depth, category)| {
        let days = said.iter().find(|c| c.id == category.id)?;
        Some(WaitingRow {
            id: days.id.0,
            name: days.name.clone(),
            depth,
            expire: field(format!("expire-{}", days.id), days.expire_days),
            reopen: field(format!("reopen-{}", days.id), days.reopen_days),
        })
    });
    let template = WaitingPage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        id: id.0,
        department: department.name.clone(),
        version: department.version,
        expire: field("expire".to_owned(), own.expire),
        reopen: field("reopen".to_owned(), own.reopen),
        usual_expire: EXPIRE_DAYS,
        usual_reopen: REOPEN_DAYS,
        rows: rows.collect(),
        faults: views::faults(faults, &visitor.words),
    };
    Ok(page_with(status, &template))
}

fn as_category(days: &CategoryDays) -> categories::Category {
    categories::Category {
        id: days.id,
        parent_id: days.parent_id,
        name: days.name.clone(),
        is_active: true,
        version: 0,
    }
}

/// Days as typed: nothing is not said here; what is no number is a fault.
fn days(form: &Form, name: &str, at: &'static str, faults: &mut Fields) -> Option<i64> {
    match form.text(name) {
        "" => None,
        text => {
            let days = text.parse().ok();
            faults.require(days.is_some(), at, "fault-days");
            days
        }
    }
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    match say(&app, &visitor, id, &form).await {
        Ok(()) => Ok(see_other(
            &format!("/admin/departments/{id}/waiting"),
            Some((Tone::Ok, "waiting-said")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "waiting-changed")?;
            waiting_page(&app, &visitor, id, Some(&form), &faults, status).await
        }
    }
}

async fn say(app: &House, visitor: &Visitor, id: DepartmentId, form: &Form) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let department =
        rights::find_to_change::<ChangeProperties>(&mut tx, &visitor.actor, id).await?;
    let seen = form.number("version", "fault-version")?;
    let mut faults = Fields::default();
    let own = Days {
        expire: days(form, "expire", "expire", &mut faults),
        reopen: days(form, "reopen", "reopen", &mut faults),
    };
    let (_, said) = super::said_in(&mut tx, id).await?;
    let said: Vec<(CategoryId, Days)> = said
        .iter()
        .map(|c| {
            let days = Days {
                expire: days(form, &format!("expire-{}", c.id), "expire", &mut faults),
                reopen: days(form, &format!("reopen-{}", c.id), "reopen", &mut faults),
            };
            (c.id, days)
        })
        .collect();
    faults.settle()?;
    super::say(
        &mut tx,
        &department,
        Some(seen),
        own,
        &said,
        Pen::of(&visitor.actor, app.clock.now()),
    )
    .await?;
    tx.commit().await
}
