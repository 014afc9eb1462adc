//! The page on which one says where a department and its categories lead.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Because, Error, Fields};
use kit::web::form::Form;
use pages::admin::redirects::{Lead, Places, RedirectRow, RedirectsPage};
use pages::frame::{Section, Tone};

use super::{Node, takes_tickets};
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeCategories, ChangeProperties, Inspect};
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
        get("/admin/departments/{id}/redirects", Who::Staff, show).for_eyes(),
        post("/admin/departments/{id}/redirects", Who::Staff, change),
    ]
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (id, none) = (number(&id)?, Fields::default());
    redirects_page(&app, &visitor, id, None, &none, StatusCode::OK).await
}

/// Every category by department, for the fields that ask where to.
fn places(all: &[Node]) -> Vec<Places> {
    let mut groups: Vec<(DepartmentId, Places)> = vec![];
    for node in all {
        let one = (node.id.0, node.name.clone());
        match groups.last_mut() {
            Some((id, group)) if *id == node.department_id => group.categories.push(one),
            _ => groups.push((
                node.department_id,
                Places {
                    department: node.department.clone(),
                    categories: vec![one],
                },
            )),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn lead(all: &[Node], to: CategoryId) -> Option<Lead> {
    let there = all.iter().find(|node| node.id == to)?;
    Some(Lead {
        to: there.full_name(),
        arrives: takes_tickets(all, to),
    })
}

/// The page as it stands, or with what was typed.
async fn redirects_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    back: Option<&Form>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let (mut db, actor) = (app.db.read(), &visitor.actor);
    let department = rights::find::<Inspect>(&mut db, actor, id).await?;
    let may_department = department.allows::<ChangeProperties>(actor);
    let may_categories = department.allows::<ChangeCategories>(actor);
    if !may_department && !may_categories {
        return Err(Error::Forbidden(Because("right-manage-categories")).into());
    }
    let all = super::all(&mut db).await?;
    let mine: Vec<&Node> = all.iter().filter(|node| node.department_id == id).collect();
    let to = mine.iter().find_map(|node| node.departments_id);
    let typed = |field: &str| back.and_then(|form| form.text(field).parse::<i64>().ok());
    let is_back = |of_category: bool| {
        back.is_some_and(|form| form.optional("category").is_some() == of_category)
    };
    let rows = mine.iter().filter_map(|node| {
        Some(RedirectRow {
            category: node.id.0,
            name: node.name.clone(),
            lead: lead(&all, node.own_id?)?,
        })
    });
    let shown = views::faults(faults, &visitor.words);
    let known = super::known_to(&mut db, actor, id, &all).await?;
    let elsewhere: Vec<Node> = known
        .iter()
        .filter(|node| node.department_id != id)
        .cloned()
        .collect();
    let template = RedirectsPage {
        frame: visitor.frame(app, Section::Administration, None).await?.on(
            "department",
            id.0,
            department.version,
        ),
        id: id.0,
        department: department.name.clone(),
        version: department.version,
        may_department,
        may_categories,
        lead: to.and_then(|to| lead(&all, to)),
        to: match is_back(false) {
            true => typed("to"),
            false => to.map(|c| c.0),
        },
        faults: if is_back(false) {
            shown.clone()
        } else {
            views::faults(&Fields::default(), &visitor.words)
        },
        rows: rows.collect(),
        own: mine
            .iter()
            .map(|node| (node.id.0, node.name.clone()))
            .collect(),
        category: typed("category"),
        category_to: if is_back(true) { typed("to") } else { None },
        category_faults: if is_back(true) {
            shown
        } else {
            views::faults(&Fields::default(), &visitor.words)
        },
        elsewhere: places(&elsewhere),
        everywhere: places(&known),
    };
    Ok(page_with(status, &template))
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    match lead_on(&app, &visitor, id, &form).await {
        Ok(()) => Ok(see_other(
            &format!("/admin/departments/{id}/redirects"),
            Some((Tone::Ok, "redirects-said")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "waiting-changed")?;
            redirects_page(&app, &visitor, id, Some(&form), &faults, status).await
        }
    }
}

/// A category's number in a field; nothing is none.
fn category(form: &Form, field: &'static str) -> Result<Option<CategoryId>, Error> {
    match form.optional(field) {
        None => Ok(None),
        Some(_) => form
            .number(field, "fault-category-unknown")
            .map(|id| Some(CategoryId(id))),
    }
}

async fn lead_on(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    form: &Form,
) -> Result<(), Error> {
    let actor = &visitor.actor;
    let pen = Pen::of(actor, app.clock.now());
    let mut tx = app.db.write().await?;
    let seen = Some(form.number("version", "fault-version")?);
    match form.optional("category") {
        None => {
            let may = rights::find_to_change::<ChangeProperties>(&mut tx, actor, id).await?;
            let to = category(form, "to")?;
            super::lead_department(&mut tx, &may, actor, seen, to, pen).await?;
        }
        Some(_) => {
            let may = rights::find_to_change::<ChangeCategories>(&mut tx, actor, id).await?;
            let chosen = category(form, "category")?
                .ok_or_else(|| Error::invalid("category", "fault-category-missing"))?;
            let to = category(form, "to")?;
            super::lead_category(&mut tx, &may, actor, seen, (chosen, to), pen).await?;
        }
    }
    tx.commit().await
}
