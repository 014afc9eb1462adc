//! The pages on which one says which categories are confidential, and who is let in.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::Level as LevelView;
use pages::admin::confidence::{ConfidantRow, ConfidenceForm, ConfidencePage, ConfidenceRow};
use pages::frame::{Section, Tone};

use super::{Confidants, Confidence};
use crate::audit::Pen;
use crate::departments::categories::tree;
use crate::departments::rights::{self, ChangeMembers};
use crate::departments::{CategoryId, DepartmentId, admin, views};
use crate::house::{App, House};
use crate::people::PersonId;
use crate::policy::Level;
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    let one = "/admin/departments/{id}/categories/{category}/confidence";
    vec![
        get("/admin/departments/{id}/confidence", Who::Staff, list),
        get(one, Who::Staff, show),
        post(one, Who::Staff, change),
    ]
}

fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn list(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = DepartmentId(number(&id)?);
    confidence_page(
        &app,
        &visitor,
        id,
        None,
        None,
        &Fields::default(),
        StatusCode::OK,
    )
    .await
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path((id, category)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let id = DepartmentId(number(&id)?);
    let category = Some(CategoryId(number(&category)?));
    confidence_page(
        &app,
        &visitor,
        id,
        category,
        None,
        &Fields::default(),
        StatusCode::OK,
    )
    .await
}

/// The page as it stands, or with what was chosen.
async fn confidence_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    category: Option<CategoryId>,
    back: Option<&Form>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let chosen = match category {
        None => None,
        Some(category) => {
            let said = super::said_of(&mut db, &department, &visitor.actor, category).await?;
            let level = |id: PersonId| match back {
                Some(form) => LevelView::parse(form.text(&format!("level-{id}"))),
                None => said.says.confidants.get(&id).map(|it| views::level(*it)),
            };
            let people = said.members.iter().map(|member| ConfidantRow {
                id: member.person_id.0,
                name: member.name.clone(),
                level: level(member.person_id).unwrap_or(LevelView::None),
            });
            Some(ConfidenceForm {
                id: category.0,
                name: said.category.name.clone(),
                version: said.category.version,
                is_confidential: match back {
                    Some(form) => form.is_ticked("confidential"),
                    None => said.says.is_confidential,
                },
                is_mailed_bare: match back {
                    Some(form) => form.is_ticked("bare"),
                    None => said.says.is_mailed_bare,
                },
                people: people.collect(),
                faults: views::faults(faults, &visitor.words),
            })
        }
    };
    let template = ConfidencePage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        id: id.0,
        department: department.name.clone(),
        rows: rows(&mut db, id).await?,
        chosen,
    };
    Ok(page_with(status, &template))
}

async fn rows(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<ConfidenceRow>, Error> {
    let held = super::held_in(ask, department).await?;
    let all = tree(ask, department).await?;
    let name = |id: CategoryId| {
        all.iter()
            .find(|(_, it)| it.id == id)
            .map(|(_, it)| it.name.clone())
    };
    let row = |(depth, category): &(usize, crate::departments::categories::Category)| {
        let by = held.get(&category.id).copied();
        ConfidenceRow {
            id: category.id.0,
            name: category.name.clone(),
            depth: *depth,
            is_confidential: by.is_some(),
            held_by: by.filter(|it| *it != category.id).and_then(name),
        }
    };
    Ok(all.iter().map(row).collect())
}

async fn change(
    State(app): State<App>,
    Path((id, category)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, DepartmentId(number(&id)?));
    let category = CategoryId(number(&category)?);
    match say(&app, &visitor, id, category, &form).await {
        Ok(()) => Ok(see_other(
            &format!("/admin/departments/{id}/confidence"),
            Some((Tone::Ok, "confidence-said")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "confidence-changed")?;
            let chosen = Some(category);
            confidence_page(&app, &visitor, id, chosen, Some(&form), &faults, status).await
        }
    }
}

async fn say(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    category: CategoryId,
    form: &Form,
) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let department = rights::find_to_change::<ChangeMembers>(&mut tx, &visitor.actor, id).await?;
    let seen = form.number("version", "fault-version")?;
    let mut faults = Fields::default();
    let mut confidants = Confidants::new();
    for member in admin::members(&mut tx, id).await? {
        let level = match form.text(&format!("level-{}", member.person_id)) {
            "" => Some(Level::None),
            text => Level::of(text),
        };
        faults.require(level.is_some(), "confidants", "fault-level");
        confidants.insert(member.person_id, level.unwrap_or(Level::None));
    }
    faults.settle()?;
    let wanted = Confidence {
        is_confidential: form.is_ticked("confidential"),
        confidants,
        is_mailed_bare: form.is_ticked("bare"),
    };
    let (actor, pen) = (&visitor.actor, Pen::of(&visitor.actor, app.clock.now()));
    super::say(
        &mut tx,
        &department,
        actor,
        category,
        Some(seen),
        &wanted,
        pen,
    )
    .await?;
    tx.commit().await
}
